"""What an endpoint is: one entry for each operation of the Partner API, which client, command and sandbox all read.

The entries stand in `families/…/endpoints.py`, the way to find one in `families`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from yamarket_async.checking import outdated
from yamarket_async.limits import Entity, Limit, Unit
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Id, Int64
from yamarket_async.models.days import decode_hook

REFERENCE = "https://yandex.ru/dev/market/partner-api/doc/ru/reference/"

HttpMethod = Literal["GET", "POST", "PUT", "DELETE"]
Access = Literal["read", "write", "irreversible"]
Repeat = Literal["safe", "detected", "never"]

PATH_TYPES: dict[str, Any] = {
    "campaignId": Id,
    "businessId": Id,
    "orderId": Int64,
    "returnId": Int64,
    "shipmentId": Int64,
    "boxId": Int64,
    "itemId": Int64,
    "outletId": Id,
    "regionId": Int64,
}
"""What the parameters of paths are, where an entry doesn't say otherwise."""


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a path or a query.

    Attributes:
        name: its name on the wire.
        type: its type, with its `Bounds`.
        required: whether a call must have it.
        argument: its name in Python, where that is not the one on the wire in snake_case.
    """

    name: str
    type: Any
    required: bool = False
    argument: str = ""


class Pages(msgspec.Struct, frozen=True):
    """How a method answers in pages.

    Attributes:
        items: where the items are in an answer: `result.offers`.
        paging: where the way to the next page is in an answer.
        size: the most items on a page; None where no bound is published.
        default: items on a page where the request doesn't say.
        truncates: whether the Market cuts a larger `limit` without a word, instead of refusing it.
        by: what leads to the next page: a token or a number; "once" where there is only one page.
    """

    items: str
    paging: str
    size: int | None
    default: int | None = None
    truncates: bool = False
    by: Literal["token", "number", "once"] = "token"


class Ids(msgspec.Struct, frozen=True):
    """A list of ids that a read takes, which may be of any length and is cut into requests.

    Attributes:
        name: the parameter of the query, or the field of the body, on the wire.
        at_once: the most ids in a request.
        key: where an item of the answer holds its id, as attributes: `offer_id`, `offer.offer_id`; "" where it doesn't.
        alone: whether the Market returns such a list whole, so that no page token and no page size are sent with it.
        excludes: the arguments that may not stand beside it.
    """

    name: str
    at_once: int
    key: str = ""
    alone: bool = False
    excludes: tuple[str, ...] = ()


class Things(msgspec.Struct, frozen=True):
    """A list of things that a call changes, which may be of any length and is sent in batches.

    Attributes:
        name: the field of the body on the wire.
        at_once: the most things in a request.
        key: the attributes of a thing that say which it is: `offer_id`; several for a pair; none where the thing is the
            id itself.
        report: the class of its report, as `module:Class`, where the documentation has names of its own for what came
            of the things; "" for `bulk.BulkReport`.
        judge: reads out of an answer which things were refused and which were taken with a warning; None where an
            answer of 200 means that all were taken.
        whole: whether the Market does a request whole or not at all, also where it answers 200.
        apart: the statuses with which a request can be refused because of single things of it; it is then taken apart.
        rules: what a thing must keep to beside the bounds of its fields.
    """

    name: str
    at_once: int
    key: tuple[str, ...] = ()
    report: str = ""
    judge: "Callable[[Any], Iterable[Judgement]] | None" = None
    whole: bool = False
    apart: tuple[int, ...] = (400,)
    rules: "tuple[Rule, ...]" = ()


class Broken(msgspec.Struct, frozen=True):
    """That a rule is broken.

    Attributes:
        place: where, on the wire: `price.discountBase`; for an argument of a call its name in Python.
        value: what stands there.
        rule: what would be right.
    """

    place: str
    value: Any
    rule: str


Rule = Callable[[Any], Iterable[Broken]]
"""Checks what the types of the description can't say: of a thing, or of all arguments of a call, which are attributes
of what it is called with (None where they were left out). Structs and mappings look the same to it."""


class Judgement(msgspec.Struct, frozen=True):
    """What an answer says of one thing of a batch; things that it says nothing of were taken.

    Attributes:
        key: which thing: its id, or a tuple of several.
        code: the Market's code of the reason.
        message: the Market's words for it.
        refused: whether the thing was refused; if not, it was taken with a warning.
    """

    key: Any
    code: str
    message: str | None = None
    refused: bool = True


class Quota(msgspec.Struct, frozen=True, dict=True):
    """A documented resource limit.

    Attributes:
        none: the amount for sellers without a subscription.
        medium: the amount for sellers with one.
        period: the length of the window in seconds.
        period_none: its length for sellers without a subscription, where that is another one.
        cost: what a call costs: `resp` for one, or the list whose size it is: `req.offers`, `resp.result.offers`.
        parallel: requests of this method at once for one entity, where it has a figure of its own.
    """

    none: int
    medium: int
    period: int
    period_none: int | None = None
    cost: str = "resp"
    parallel: int | None = None

    @property
    def unit(self) -> Unit:
        """What the limit counts."""
        if "." not in self.cost:
            return "requests"
        return "request_items" if self.cost.startswith("req.") else "response_items"

    @cached_property
    def limit(self) -> Limit:
        """The amount to begin with; the headers of the first answer tell the one in force."""
        return Limit(self.medium, self.period, self.unit)


class Deprecation(msgspec.Struct, frozen=True):
    """That the Market is going to shut a method down.

    Attributes:
        successor: the method of the client to use in its place; "" where there is none.
        degrades: the day from which on the Market refuses a growing share of the calls.
        ends: the day on which it is shut down.
    """

    successor: str
    degrades: date | None
    ends: date | None


class Span(msgspec.Struct, frozen=True):
    """The longest range of days that one request may ask for; a longer one is walked in pieces.

    Attributes:
        start: the parameter or field with the first day, or moment, on the wire: `fromDate`, `dates.creationDateFrom`.
        end: the one with the last.
        days: the most days between them.
        includes_start: whether the first belongs to the range.
        includes_end: whether the last belongs to it.
    """

    start: str
    end: str
    days: int
    includes_start: bool = True
    includes_end: bool = True


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """An operation of the Partner API, as its page describes it.

    Attributes:
        name: its `operationId`.
        http_method: the verb.
        path: its path, with the names of its parameters in braces.
        path_types: the types of parameters that are not as in `PATH_TYPES`.
        query: the parameters of its query, but those of paging and deprecated ones.
        body: the struct of its body; None where it has none.
        body_required: whether a request must have a body.
        upload: the field of a multipart form that holds a file, in place of a body.
        response: the struct of its answer; None where it is empty, or a file.
        files: the content types of a file that it answers with.
        report: whether it begins a report.
        pages: how it answers in pages.
        fixed: parameters of its path that the Market no longer reads, with what is sent in their place.
        ids: the lists of ids that it takes.
        things: the list of things that it changes.
        rules: what the arguments of a call must keep to beside the bounds of each.
        spans: the longest ranges of days that it takes.
        quota: its documented limit; None where no figure is published.
        scopes: the accesses of which a key needs one.
        models: the placement models that it is for.
        yandex_go: whether it is open to sellers of Market Yandex Go.
        refusals: the statuses of errors that its page names.
        access: whether it reads, writes, or does what can't be undone.
        repeat: whether it may be sent again after it may have been done: "safe" — nothing changes by that; "detected" —
            the Market refuses to do it twice; "never" — it would be done twice.
        never_if: tells of a call whether it would be done twice, whatever `repeat` says of the others; it reads the
            arguments as `rules` do.
        check_with: the method of the client that shows whether a call was done, where its answer was lost.
        deprecated: that it is going to be shut down.
        tells_business: where an answer names the businessId of the key, as attributes.
        reference: its page below `REFERENCE`.
    """

    name: str
    http_method: HttpMethod
    path: str
    path_types: dict[str, Any] = {}
    fixed: dict[str, str] = {}
    query: tuple[Parameter, ...] = ()
    body: type[msgspec.Struct] | None = None
    body_required: bool = True
    upload: str = ""
    response: type[ApiResponse] | None = None
    files: tuple[str, ...] = ()
    report: bool = False
    pages: Pages | None = None
    ids: tuple[Ids, ...] = ()
    things: Things | None = None
    rules: tuple[Rule, ...] = ()
    spans: tuple[Span, ...] = ()
    quota: Quota | None
    scopes: tuple[str, ...]
    models: tuple[str, ...] = ("FBY", "FBS", "DBS", "EXPRESS", "LAAS")
    yandex_go: bool = True
    refusals: tuple[int, ...] = (400, 401, 403, 404, 420, 500)
    access: Access
    repeat: Repeat = "safe"
    never_if: Callable[[Any], bool] | None = None
    check_with: str = ""
    deprecated: Deprecation | None = None
    tells_business: str = ""
    reference: str

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """The decoder of its answers, made when first used."""
        return msgspec.json.Decoder(self.response or ApiResponse, dec_hook=decode_hook)

    @cached_property
    def entity_kind(self) -> Literal["campaign", "business", "token"]:
        """What its limits belong to."""
        if "{campaignId}" in self.path:
            return "campaign"
        return "business" if "{businessId}" in self.path else "token"

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of its path, in their order there."""
        types = {**PATH_TYPES, **self.path_types}
        names = [part[1:-1] for part in self.path.split("/") if part.startswith("{")]
        return tuple(Parameter(name, types[name], required=True) for name in names if name not in self.fixed)

    @cached_property
    def result(self) -> str:
        """The attribute of an answer that holds what a call returns; "" where an answer says nothing.

        That is `result`, or the only field beside status, errors and what is deprecated; where there are several, the
        whole answer (`.`).
        """
        if self.response is None:
            return ""
        fields = [f for f in msgspec.structs.fields(self.response) if f.name not in ("status", "errors")]
        names = [f.name for f in fields if not outdated(f.type)]
        if "result" in names:
            return "result"
        return names[0] if len(names) == 1 else "." if names else ""

    def unwrap(self, answer: Any) -> Any:
        """Take what a call returns out of an answer."""
        if not self.result:
            return None
        return answer if self.result == "." else getattr(answer, self.result)

    @cached_property
    def items(self) -> Callable[[Any], Any]:
        """Takes the items of a page out of an answer."""
        return _reader(self.pages.items if self.pages else "")

    @cached_property
    def items_holder(self) -> Callable[[Any], Any]:
        """Takes what holds the items of a page out of an answer: None where nothing does."""
        holder, _, _ = (self.pages.items if self.pages else "").rpartition(".")
        return _reader(holder) if holder else lambda answer: answer

    @cached_property
    def paging(self) -> Callable[[Any], Any]:
        """Takes the way to the next page out of an answer."""
        return _reader(self.pages.paging if self.pages else "")


@cache
def snake(name: str) -> str:
    """Give a name of the documentation as it is in Python: `offerIds` → `offer_ids`, `marketSKU` → `market_sku`."""
    out = []
    for i, letter in enumerate(name):
        # A capital begins a word, unless it goes on with one that is all capitals.
        begins = letter.isupper() and i > 0 and (not name[i - 1].isupper() or name[i + 1 : i + 2].islower())
        out.append(("_" if begins and name[i - 1] != "_" else "") + letter.lower())
    return "".join(out)


def _reader(path: str) -> Callable[[Any], Any]:
    """Read attributes one after another, and stop where one is None."""
    names = [snake(name) for name in path.split(".")]
    whole = attrgetter(".".join(names))

    def read(answer: Any) -> Any:
        try:
            return whole(answer)
        except AttributeError:
            for name in names:
                answer = None if answer is None else getattr(answer, name)
            return answer

    return read


Query = tuple[tuple[str, str], ...]


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request to be sent.

    Attributes:
        endpoint: the method.
        entity: what its limits belong to.
        path: its path, with the parameters in it, encoded.
        query: the parameters of the URL, not yet encoded.
        body: the JSON body, or None.
        items: the size of the collection that is sent or asked for: what the request can cost where items are counted.
        once: whether it would be done twice if it was sent again after it may have been done.
    """

    endpoint: Endpoint
    entity: Entity
    path: str
    query: Query = ()
    body: bytes | None = None
    items: int = 1
    once: bool = False

    def with_query(self, *parameters: tuple[str, str | None], items: int | None = None) -> "Request":
        """Give the same request with more parameters, less those without a value, and another size if one is given."""
        present = tuple((name, value) for name, value in parameters if value is not None)
        items = self.items if items is None else items
        return Request(self.endpoint, self.entity, self.path, self.query + present, self.body, items, self.once)

    @property
    def target(self) -> str:
        """The path and the query, encoded."""
        return self.path + "?" + encode_query(self.query) if self.query else self.path


def encode_query(query: Query) -> str:
    """Encode parameters for a URL; a Cyrillic letter takes six bytes."""
    return "&".join([f"{name}={quoted(value)}" for name, value in query])


def quoted(value: str) -> str:
    """Encode a value for a path or a query."""
    # Numbers and most words need no quoting, and finding that out takes a tenth of the time.
    return value if value.isascii() and value.isalnum() else quote(value, safe="")
