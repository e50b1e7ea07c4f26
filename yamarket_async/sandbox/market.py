"""The methods of the pretend Market as plain functions: a call goes in, an answer comes out, no HTTP and no waiting."""

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from yamarket_async.sandbox.catalogue import GONE, HIDDEN, PROMO_STATUSES, Catalogue, mask_of
from yamarket_async.sandbox.limits import Standing, Tier, Windows
from yamarket_async.sandbox.methods import Method
from yamarket_async.sandbox.reading import Query, Refusal, bad_request
from yamarket_async.sandbox.tokens import BEGINNING, MOST_TURNS, Place, Tokens

from . import reading

OFFERS_PAGE_SIZE = 50
"""The `pageSize` of getOffers and getCampaigns where none is sent. Its page names no figure."""


class Call(NamedTuple):
    """A request that reached a method and an entity, with a key that is known."""

    method: Method
    entity: int
    key_scopes: tuple[str, ...]
    query: Query
    content_type: str
    body: bytes
    repeat_token: bool = False
    empty_page: bool = False


class Answer(NamedTuple):
    """What the Market answers: an HTTP status, JSON, and how its limit stands (None where there is none)."""

    status: int
    body: bytes
    standing: Standing | None = None


class Page(NamedTuple):
    """What a call asks for, read and checked.

    `bound` is the most that it can cost; `work` does it, and gives the JSON of the answer and what it cost.
    """

    bound: int
    work: Callable[[], tuple[bytes, int]]


def error_body(code: str, message: str) -> bytes:
    """Write the body of an error."""
    return msgspec.json.encode({"status": "ERROR", "errors": [{"code": code, "message": message}]})


def _behind(positions: Sequence[int], after: int) -> Iterator[int]:
    """Give the positions behind one; they ascend, and there may be many before it."""
    return (positions[number] for number in range(bisect.bisect_right(positions, after), len(positions)))


def _page_json(name: bytes, items: Iterable[bytes], token: str | None) -> bytes:
    paging = b"" if token is None else b'"nextPageToken":"%b"' % token.encode()
    return b'{"status":"OK","result":{"%b":[%b],"paging":{%b}}}' % (name, b",".join(items), paging)


class Market:
    """A business with its stores, its products and its limits.

    Attributes:
        business_id, campaign_ids, promo_id: what there is.
        catalogue: the products.
        windows: what was used of the resource limits.
        tier: whose figures hold.
        amounts: amounts in place of those figures, by method.
        locked: stores that are being moved, so that deleteCampaignOffers gives 423.
        inactive: stores for which every method gives 403.
        overcount: how many products more than there are the pager of getOffers tells on every page but the last.
    """

    def __init__(
        self, *, business_id: int, promo_id: str, catalogue: Catalogue, windows: Windows, tier: Tier, seed: int
    ) -> None:
        self.business_id = business_id
        self.campaign_ids = catalogue.campaign_ids
        self.promo_id = promo_id
        self.catalogue = catalogue
        self.windows = windows
        self.tier: Tier = tier
        self.amounts: dict[str, int] = {}
        self.locked: set[int] = set()
        self.inactive: set[int] = set()
        self.overcount = 0
        self._tokens = Tokens(seed)

    def amount(self, method: Method) -> int:
        """Tell the amount in force for a method."""
        given = self.amounts.get(method.name)
        return method.figure.amount(self.tier, offers=self.catalogue.offers) if given is None else given

    def standing(self, method: Method, entity: int, now: float) -> Standing:
        """Tell how the limit of a method stands."""
        return self.windows.standing((method.name, entity), method.figure.period, self.amount(method), now)

    def charge(self, method: Method, entity: int, cost: int, now: float) -> Standing:
        """Use something of the limit of a method."""
        return self.windows.charge((method.name, entity), method.figure.period, self.amount(method), cost, now)

    def serve(self, call: Call, now: float) -> Answer:
        """Answer a call: look at the limit, do the work, count what it cost. 4xx cost too, but a 420 doesn't."""
        method, page = call.method, self._read(call)
        bound = page.cost if isinstance(page, Refusal) else page.bound
        standing = self.standing(method, call.entity, now)
        if not self.windows.admits(standing, method.figure.unit, bound):
            hit = f"{standing.amount} requests per {method.figure.period}"
            message = f"Hit rate limit of {hit} for resource {method.resource}"
            return Answer(420, error_body("METHOD_FAILURE", message), standing)
        if isinstance(page, Refusal):
            standing = self.charge(method, call.entity, page.cost, now)
            return Answer(page.status, error_body(page.code, page.message), standing)
        body, cost = page.work()
        return Answer(200, body, self.charge(method, call.entity, cost, now))

    def _read(self, call: Call) -> Page | Refusal:
        try:
            self._check(call)
            return _READERS[call.method.name](self, call)
        except Refusal as refusal:
            return refusal

    def _check(self, call: Call) -> None:
        method = call.method
        if not set(call.key_scopes) & set(method.scopes):
            message = f"Token does not have any of the scopes [{', '.join(method.scopes)}]"
            raise Refusal(403, "FORBIDDEN", message)
        if call.entity in self.inactive:
            raise Refusal(403, "FORBIDDEN", f"Access denied: campaign {call.entity} is not active")
        if method.http_method == "POST" and call.content_type != "application/json":
            raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"Content type '{call.content_type[:100]}' not supported")

    def _paged(
        self,
        call: Call,
        name: bytes,
        *,
        limit: int,
        query: object,
        find: Callable[[int, int], Sequence[int]],
        write: Callable[[Sequence[int]], list[bytes]],
    ) -> Page:
        """Read what page of a list by token is wanted.

        Args:
            call: the call.
            name: the name of the list in the answer.
            limit: the most items of a page.
            query: what the tokens are tied to besides the method and the entity.
            find: gives the positions behind a position, at most so many.
            write: gives the JSON of the items.
        """
        tied = f"{call.method.name} {call.entity} {query}"
        place = self._place(call, tied)
        in_requests = call.method.figure.unit == "requests"

        def work() -> tuple[bytes, int]:
            found = find(place.after, limit + 1)
            shown = () if call.empty_page else found[:limit]
            token = None
            if call.repeat_token and place != BEGINNING:
                token = self._tokens.write(place, tied)
            elif call.empty_page:
                token = self._tokens.write(Place(place.after, (place.turn + 1) % MOST_TURNS), tied)
            elif len(found) > limit:
                token = self._tokens.write(Place(found[limit - 1]), tied)
            return _page_json(name, write(shown), token), 1 if in_requests else len(shown)

        return Page(1 if in_requests else limit, work)

    def _place(self, call: Call, tied: str) -> Place:
        token = reading.page_token(call.query)
        place = BEGINNING if token is None else self._tokens.read(token, tied)
        if place is None:
            raise bad_request("Invalid value for parameter page_token: unknown, or of another request")
        return place

    def get_campaigns(self, call: Call) -> Page:
        """GET /v2/campaigns: by token where a limit or a token is sent, by number otherwise."""
        stores = self.campaign_ids
        if "limit" in call.query or reading.page_token(call.query) is not None:
            limit = reading.page_limit(call.query, default=100, most=100)
            place = self._place(call, "getCampaigns")
            first, last = place.after + 1, place.after + 1 + limit
            token = self._tokens.write(Place(last - 1), "getCampaigns") if last < len(stores) else None
            tail: dict[str, object] = {"paging": {} if token is None else {"nextPageToken": token}}
        else:
            page, size = reading.page_number(call.query, default_size=OFFERS_PAGE_SIZE)
            first, last = (page - 1) * size, page * size
            tail = {"pager": _pager(len(stores), page, size, first, len(stores[first:last]))}
        campaigns = [self._campaign(campaign_id) for campaign_id in stores[first:last]]
        return Page(1, lambda: (msgspec.json.encode({"campaigns": campaigns, **tail}), 1))

    def _campaign(self, campaign_id: int) -> dict[str, object]:
        number = self.campaign_ids.index(campaign_id)
        return {
            "domain": f"Магазин № {number + 1}",
            "id": campaign_id,
            "business": {"id": self.business_id, "name": "ООО «Песочница»"},
            "placementType": ("FBS", "FBY", "DBS")[number % 3],
            "apiAvailability": "DISABLED_BY_INACTIVITY" if campaign_id in self.inactive else "AVAILABLE",
        }

    def get_hidden_offers(self, call: Call) -> Page:
        """GET /v2/campaigns/{campaignId}/hidden-offers."""
        limit = reading.page_limit(call.query, default=250, most=500)
        asked = (
            sorted(reading.skus(call.query["offer_id"], "offer_id", most=None)) if "offer_id" in call.query else None
        )
        column = self.catalogue.column(call.entity)

        def find(after: int, count: int) -> list[int]:
            if asked is None:
                hidden: Sequence[int] = self.catalogue.hidden_positions(call.entity)
            else:
                hidden = sorted(position for position in map(self.catalogue.position, asked) if position is not None)
            rest = _behind(hidden, after)
            return list(itertools.islice((position for position in rest if column[position] == HIDDEN), count))

        return self._paged(
            call, b"hiddenOffers", limit=limit, query=asked, find=find, write=self.catalogue.hidden_offer_json
        )

    def get_campaign_offers(self, call: Call) -> Page:
        """POST /v2/campaigns/{campaignId}/offers."""
        limit = reading.page_limit(call.query, default=100, most=200)
        asked, statuses, filters = reading.campaign_offers_body(call.body).read(call.query)
        catalogue, campaign_id = self.catalogue, call.entity
        if asked is not None:
            return Page(len(asked), lambda: self._asked_offers(campaign_id, asked))
        mask = mask_of(statuses)
        return self._paged(
            call,
            b"offers",
            limit=limit,
            query=(statuses, filters),
            find=lambda after, count: catalogue.positions(
                campaign_id, after=after, count=count, mask=mask, filters=filters
            ),
            write=lambda positions: catalogue.offer_json(campaign_id, positions),
        )

    def _asked_offers(self, campaign_id: int, asked: Iterable[str]) -> tuple[bytes, int]:
        column = self.catalogue.column(campaign_id)
        known = [at for at in map(self.catalogue.position, asked) if at is not None and column[at] != GONE]
        return _page_json(b"offers", self.catalogue.offer_json(campaign_id, known), None), len(known)

    def delete_campaign_offers(self, call: Call) -> Page:
        """POST /v2/campaigns/{campaignId}/offers/delete."""
        sent = reading.delete_body(call.body).offer_ids
        try:
            offer_ids = self._deletable(call.entity, sent)
        except Refusal as refusal:
            refusal.cost = max(len(sent), 1)
            raise

        def work() -> tuple[bytes, int]:
            catalogue, campaign_id = self.catalogue, call.entity
            left = [sku for sku in offer_ids if not catalogue.delete(campaign_id, catalogue.position(sku))]
            answer = {"status": "OK", "result": {"notDeletedOfferIds": left}} if left else {"status": "OK"}
            return msgspec.json.encode(answer), len(offer_ids)

        return Page(len(offer_ids), work)

    def _deletable(self, campaign_id: int, sent: Sequence[str]) -> list[str]:
        offer_ids = reading.skus(sent, "offerIds", most=500)
        if campaign_id in self.locked:
            raise Refusal(423, "LOCKED", f"Campaign {campaign_id} is being moved, the method is not available")
        return offer_ids

    def get_promo_offers(self, call: Call) -> Page:
        """POST /v2/businesses/{businessId}/promos/offers."""
        limit = reading.page_limit(call.query, default=250, most=500)
        body = reading.promo_offers_body(call.body)
        wanted = body.read()
        if body.promo_id != self.promo_id:
            raise Refusal(404, "NOT_FOUND", f"Promo {body.promo_id[:100]} not found")
        shown = [wanted is None or status in wanted for status in PROMO_STATUSES]
        catalogue = self.catalogue

        def find(after: int, count: int) -> list[int]:
            rest = _behind(catalogue.promo_positions, after)
            return list(itertools.islice((at for at in rest if shown[catalogue.promo_status(at)]), count))

        return self._paged(call, b"offers", limit=limit, query=shown, find=find, write=catalogue.promo_offer_json)

    def get_offers(self, call: Call) -> Page:
        """GET /campaigns/{campaignId}/offers, the deprecated one, paged by number."""
        page, size = reading.page_number(call.query, default_size=OFFERS_PAGE_SIZE)
        filters = reading.listed_filters(call.query)
        currency = call.query["currency"][0] if "currency" in call.query else "RUR"
        if currency not in reading.CURRENCIES:
            raise bad_request(f"Invalid value for parameter currency: '{currency[:100]}'")

        def work() -> tuple[bytes, int]:
            found: Sequence[int] = self.catalogue.numbered(call.entity, filters) if currency == "RUR" else ()
            first, last = (page - 1) * size, page * size
            shown = [self.catalogue.listed_offer(call.entity, position) for position in found[first:last]]
            told = len(found) + self.overcount if last < len(found) else len(found)
            answer = {"offers": shown, "pager": _pager(told, page, size, first, len(shown))}
            return msgspec.json.encode(answer), len(shown)

        return Page(size, work)


_READERS: Mapping[str, Callable[[Market, Call], Page]] = {
    "getCampaigns": Market.get_campaigns,
    "getHiddenOffers": Market.get_hidden_offers,
    "getCampaignOffers": Market.get_campaign_offers,
    "deleteCampaignOffers": Market.delete_campaign_offers,
    "getPromoOffers": Market.get_promo_offers,
    "getOffers": Market.get_offers,
}


def _pager(total: int, page: int, size: int, first: int, shown: int) -> dict[str, int]:
    """Tell where a page stands among all, `FlippingPagerDTO`; `from` and `to` count from 1."""
    return {
        "total": total,
        "from": first + 1 if shown else 0,
        "to": first + shown if shown else 0,
        "currentPage": page,
        "pagesCount": -(-total // size),
        "pageSize": size,
    }
