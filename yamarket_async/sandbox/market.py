"""The pretend Market without HTTP: a request that was read goes in, an answer comes out; no waiting."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yamarket_async.endpoints import Endpoint
from yamarket_async.sandbox import checking
from yamarket_async.sandbox.access import Access
from yamarket_async.sandbox.answers import handlers
from yamarket_async.sandbox.calls import Answer, Call, Key, Query, Refusal, encoder, error_body, locked
from yamarket_async.sandbox.limits import Figures, Standing, Windows, size_at
from yamarket_async.sandbox.routes import Routes
from yamarket_async.sandbox.synthesis import Synthesis, document
from yamarket_async.sandbox.world import World

DECLARED_AS_JSON = frozenset({"application/json", "application/octet-stream", ""})
"""What a body may be declared as: JSON, or nothing at all, which the Market guesses."""

ALSO_LOCKED = frozenset({"getHiddenOffers", "updatePromoOffers", "deletePromoOffers"})
"""The methods of which only the page of errors says that they give 423 while a business is being moved."""


class Admitted(NamedTuple):
    """A request that may be answered: its method, what its path names, who sent it, and whose limits it uses."""

    endpoint: Endpoint
    ids: Mapping[str, Any]
    key: Key
    entity: int


class Served(NamedTuple):
    """What the Market answers. `exhausted` says that a 420 is for the resource limit."""

    status: int
    body: bytes
    standing: Standing | None = None
    content_type: str = ""
    headers: Mapping[str, str] = {}
    exhausted: bool = False


class Market:
    """A world with the rules of the Market around it.

    Attributes:
        world: what is remembered.
        access: who may call what.
        figures: the limits in force.
        windows: what was used of them.
        told_before: whether an answer tells what remained before it was counted itself.
        locked: stores, or the business, that are being moved, so that methods which change products give 423.
        degraded: how probable it is that a deprecated method is refused, 0 … 1.
    """

    def __init__(
        self,
        world: World,
        access: Access,
        *,
        figures: Figures,
        windows: Windows,
        unversioned: bool,
        told_before: bool,
        degraded: float,
    ) -> None:
        self.world = world
        self.access = access
        self.figures = figures
        self.windows = windows
        self.told_before = told_before
        self.degraded = degraded
        self.locked: set[int] = set()
        self._routes = Routes(unversioned=unversioned)
        self._synthesis = Synthesis(world.seed)
        self._random = world.random("degraded")

    def find(self, http_method: str, url: str) -> tuple[Endpoint, Mapping[str, str]]:
        """Find the method that a request leads to, and the parameters of its path.

        Raises:
            Refusal: there is none.
        """
        return self._routes.find(http_method, url)

    def admit(self, endpoint: Endpoint, sent: Mapping[str, str], headers: Mapping[str, str]) -> Admitted:
        """Find out who calls, and whose limits are used.

        Raises:
            Refusal: 401, or 404 and 403 for a store or a business that isn't there.
        """
        key = self.access.who(headers)
        ids = checking.path_of(endpoint, sent)
        self.access.find(ids)
        return Admitted(endpoint, ids, key, ids.get("campaignId") or self.world.business_id)

    def standing(self, endpoint: Endpoint, entity: int, now: float) -> Standing:
        """Tell how the limit of a method stands."""
        return self.windows.standing((endpoint.name, entity), self.figures.of(endpoint), now)

    def charge(self, endpoint: Endpoint, entity: int, cost: int, now: float) -> Standing:
        """Use something of the limit of a method."""
        before = self.standing(endpoint, entity, now)
        after = self.windows.charge((endpoint.name, entity), self.figures.of(endpoint), cost, now)
        return before if self.told_before else after

    def serve(  # noqa: PLR0911 — one for each way a request may end
        self,
        admitted: Admitted,
        query: Query,
        content: bytes,
        headers: Mapping[str, str],
        now: float,
        *,
        form: Mapping[str, bytes] | None = None,
        repeat_token: bool = False,
        empty_page: bool = False,
    ) -> Served:
        """Answer a request: look at its limit, do the work, count what it cost. 4xx cost too, but a 420 doesn't."""
        endpoint, ids, key, entity = admitted
        call = Call(endpoint, self.world, ids, key, now, content=content, form=form or {}, headers=headers)
        call.repeat_token, call.empty_page = repeat_token, empty_page
        unit = self.figures.of(endpoint).unit
        standing = self.standing(endpoint, entity, now)
        if standing.remaining <= 0:
            return self._exhausted(endpoint, standing, entity)
        try:
            self._check_rights(admitted, headers)
            self._read(call, query)
        except Refusal as refusal:
            call.body = checking.decoded(content)
            cost = _sent_size(call) if unit == "request_items" else 1
            return self._refused(refusal, self.charge(endpoint, entity, cost, now))
        sent = _sent_size(call)
        known = 1 if unit == "requests" else sent if unit == "request_items" or endpoint.access != "read" else None
        if known is not None and not self.windows.admits(standing, unit, known):
            return self._exhausted(endpoint, standing, entity)
        try:
            answer = self._answer(call)
        except Refusal as refusal:
            if refusal.status == 420:
                return self._refused(refusal, standing)
            return self._refused(refusal, self.charge(endpoint, entity, known or 1, now))
        cost = known if known is not None else _answered_size(call, answer)
        if not self.windows.admits(standing, unit, cost):
            return self._exhausted(endpoint, standing, entity)
        standing = self.charge(endpoint, entity, cost, now)
        return Served(200, answer.body, standing, answer.content_type, _name(answer))

    def _check_rights(self, admitted: Admitted, headers: Mapping[str, str]) -> None:
        endpoint = admitted.endpoint
        _check_content_type(endpoint, headers.get("Content-Type", "").partition(";")[0].strip().lower())
        self.access.admit(endpoint, admitted.key, admitted.ids, headers)
        if endpoint.deprecated and self._random.random() < self.degraded:
            message = "The method is deprecated and is occasionally forbidden. Please stop using it"
            raise Refusal(403, "FORBIDDEN", message)

    def _read(self, call: Call, query: Query) -> None:
        call.query = checking.query_of(call.endpoint, query)
        if call.endpoint.pages is None or call.endpoint.pages.by != "number":
            call.limit, call.page_token = checking.page_of(call.endpoint, query)
        else:
            page, size = checking.page_number(query, default_size=call.world.settings.get("page_size", 50))
            call.query |= {"page": page, "pageSize": size}
        call.body = checking.body_of(call.endpoint, call.content)
        checking.ids_of(call.endpoint, query, call.query, call.body)

    def _answer(self, call: Call) -> Answer:
        with self.world.lock:
            self._check_open(call)
            handler = handlers().get(call.endpoint.name)
            made = self._synthesis.answer(call) if handler is None else handler(call)
        if isinstance(made, Answer):
            return made
        if call.endpoint.files and made is None:
            return document(call.endpoint)
        payload = {"status": "OK"} if made is None else made
        answer = Answer(b"" if call.endpoint.response is None else encoder.encode(payload))
        if self.figures.of(call.endpoint).unit == "response_items":
            answer.cost = size_at(payload, _cost_path(call.endpoint))
        return answer

    def _check_open(self, call: Call) -> None:
        campaign_id = call.ids.get("campaignId")
        if campaign_id is not None:
            self.access.fits(call.endpoint, campaign_id)
        if 423 not in call.endpoint.refusals and call.endpoint.name not in ALSO_LOCKED:
            return
        if campaign_id in self.locked:
            raise locked("Campaign is in business migration")
        if self.world.business_id in self.locked:
            raise locked("Business is in migration")

    def _exhausted(self, endpoint: Endpoint, standing: Standing, entity: int) -> Served:
        limit = self.figures.of(endpoint)
        period = f"{limit.period / 3600:g} hour" if limit.period >= 3600 else f"{limit.period / 60:g} minute"
        whose = f"campaignId {entity}" if endpoint.entity_kind == "campaign" else f"businessId {entity}"
        message = (
            f"Hit rate limit of {limit.amount} requests per {period} for resource {endpoint.reference} for {whose}"
        )
        return Served(420, error_body("METHOD_FAILURE", message), standing, exhausted=True)

    @staticmethod
    def _refused(refusal: Refusal, standing: Standing | None) -> Served:
        body = error_body(refusal.code, refusal.message)
        return Served(refusal.status, body, standing, headers=refusal.headers)


def _check_content_type(endpoint: Endpoint, content_type: str) -> None:
    if endpoint.upload:
        fits = content_type == "multipart/form-data"
    else:
        fits = endpoint.body is None or content_type in DECLARED_AS_JSON
    if not fits:
        shown = content_type[:100]
        # What is no type and subtype is not even known.
        known = all(content_type.partition("/"))
        words = f"Content type '{shown}' not supported" if known else f"Unknown content-type: '{shown}'"
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", words)


def _cost_path(endpoint: Endpoint) -> str:
    if endpoint.quota is not None and endpoint.quota.cost.startswith("resp."):
        return endpoint.quota.cost.removeprefix("resp.")
    return endpoint.pages.items if endpoint.pages else ""


def _sent_size(call: Call) -> int:
    quota = call.endpoint.quota
    if quota is not None and quota.cost.startswith("req."):
        return max(size_at(call.body, quota.cost.removeprefix("req.")), 1)
    if call.endpoint.things is not None:
        return max(len(call.sent(call.endpoint.things.name, ())), 1)
    return 1


def _answered_size(call: Call, answer: Answer) -> int:
    return 1 if answer.cost is None else answer.cost


def _name(answer: Answer) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
