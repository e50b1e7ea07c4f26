"""What a request asks for: its query string and body read by the rules of the method's page, or refused with a 400."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from yamarket_async.sandbox.catalogue import STATUSES
from yamarket_async.sandbox.profiles import NO_FILTERS, Filters

BODY_LIMIT = 512 * 1024
"""Bytes that the body of a request may have."""

_CURRENCY_TYPE = (
    "RUR USD EUR UAH AUD GBP BYR BYN DKK ISK KZT CAD CNY NOK XDR SGD TRY SEK CHF JPY AZN ALL DZD AOA ARS AMD AFN "
    "BHD BGN BOB BWP BND BRL BIF HUF VEF KPW VND GMD GHS GNF HKD GEL AED EGP ZMK ILS INR IDR JOD IQD IRR YER QAR "
    "KES KGS COP CDF CRC KWD CUP LAK LVL SLL LBP LYD SZL LTL MUR MRO MKD MWK MGA MYR MAD MXN MZN MDL MNT NPR NGN "
    "NIO NZD OMR PKR PYG PEN PLN KHR SAR RON SCR SYP SKK SOS SDG SRD TJS THB TWD BDT TZS TND TMM UGX UZS UYU PHP "
    "DJF XAF XOF HRK CZK CLP LKR EEK ETB RSD ZAR KRW NAD TL UE"
)
CURRENCIES = frozenset(_CURRENCY_TYPE.split())
"""`CurrencyType`. The offers of the catalogue are in RUR."""

INT32 = 2**31 - 1
INT64 = 2**63 - 1
LAST_PAGE = 10_000
PROMO_FILTERS: Mapping[str, tuple[str, ...]] = {
    "MANUALLY_ADDED": ("MANUAL",),
    "NOT_MANUALLY_ADDED": ("AUTO", "PARTIALLY_AUTO", "NOT_PARTICIPATING"),
    "RENEWED": ("RENEWED",),
    "RENEW_FAILED": ("RENEW_FAILED",),
    "MINIMUM_FOR_PROMOS": ("MINIMUM_FOR_PROMOS",),
}
"""The values of the `statuses` of getPromoOffers, and the participation that each stands for."""

PROMO_STATUS_TYPES = ("MANUALLY_ADDED", "NOT_MANUALLY_ADDED")
"""The values of its deprecated `statusType`."""

# The pattern of every page, with \Z in place of $, which would let a line end through.
_SKU = re.compile(r"(?=.*\S)[^\x00-\x08\x0a-\x1f\x7f]{1,255}\Z")
_TRUE, _FALSE = {"1", "true", "yes"}, {"0", "false", "no"}

Query = Mapping[str, Sequence[str]]
T = TypeVar("T")


class Refusal(Exception):
    """The Market refuses a request.

    Attributes:
        status: the HTTP status.
        code: the code of the error.
        message: what is wrong.
        cost: what the refused request uses of a limit, where it isn't 1.
    """

    def __init__(self, status: int, code: str, message: str, *, cost: int = 1) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.cost = cost


def bad_request(message: str) -> Refusal:
    """Make the refusal of a request that breaks a rule."""
    return Refusal(400, "BAD_REQUEST", message)


def integer(text: str, name: str, *, least: int, most: int) -> int:
    """Read a whole number from a path or a query string."""
    if not re.fullmatch(r"[+-]?[0-9]{1,20}", text):
        raise bad_request(f"Invalid value for parameter {name}: '{text[:100]}' is not an integer")
    number = int(text)
    if not least <= number <= most:
        raise bad_request(f"Invalid value for parameter {name}: {number} must be between {least} and {most}")
    return number


def page_limit(query: Query, *, default: int, most: int) -> int:
    """Read how many items a page shall have."""
    return integer(query["limit"][0], "limit", least=1, most=most) if "limit" in query else default


def page_token(query: Query) -> str | None:
    """Read the token under either of its names; an empty one counts as none."""
    return next((value for name in ("pageToken", "page_token") for value in query.get(name, ()) if value), None)


def page_number(query: Query, *, default_size: int) -> tuple[int, int]:
    """Read the number and the size of a page."""
    page = integer(query["page"][0], "page", least=1, most=LAST_PAGE) if "page" in query else 1
    size = integer(query["pageSize"][0], "pageSize", least=1, most=INT32) if "pageSize" in query else default_size
    return page, size


def skus(values: Sequence[str], name: str, *, most: int | None) -> list[str]:
    """Read a list of products: as many as are allowed, none twice, spaces around them taken off."""
    if not values:
        raise bad_request(f"{name}: size must be at least 1")
    if most is not None and len(values) > most:
        raise bad_request(f"{name}: size must be between 1 and {most}")
    trimmed = [value.strip(" ") for value in values]
    for place, value in enumerate(trimmed):
        if not _SKU.match(value):
            raise bad_request(f'{name}[{place}]: must match "^(?=.*\\S.*)[^\\x00-\\x08\\x0A-\\x1f\\x7f]{{1,255}}$"')
    if len(set(trimmed)) != len(trimmed):
        raise bad_request(f"{name}: must contain only unique elements")
    return trimmed


def choices(values: Sequence[T] | None, name: str, rule: Callable[[T], bool], said: str) -> tuple[T, ...]:
    """Read a filter: a list of at least one, none twice, each by the rule. None counts as no filter."""
    if values is None:
        return ()
    if not values:
        raise bad_request(f"{name}: size must be at least 1")
    if len(set(values)) != len(values):
        raise bad_request(f"{name}: must contain only unique elements")
    for place, value in enumerate(values):
        if not rule(value):
            raise bad_request(f"{name}[{place}]: {said}")
    # In one order, as page tokens are tied to the filters and not to how they were listed.
    return tuple(sorted(values, key=str))


class CampaignOffersBody(msgspec.Struct, rename="camel"):
    """The body of getCampaignOffers, `GetCampaignOffersRequest`."""

    offer_ids: list[str] | None = None
    statuses: list[str] | None = None
    category_ids: list[int] | None = None
    vendor_names: list[str] | None = None
    tags: list[str] | None = None

    def read(self, query: Query) -> tuple[list[str] | None, tuple[str, ...], Filters]:
        """Give the products that are asked for, or None, the statuses, and the other filters."""
        statuses = choices(self.statuses, "statuses", STATUSES.__contains__, f"must be one of [{', '.join(STATUSES)}]")
        filters = Filters(
            category_ids=choices(
                self.category_ids, "categoryIds", lambda value: 0 < value <= INT32, "must be greater than 0"
            ),
            vendor_names=choices(self.vendor_names, "vendorNames", lambda _: True, ""),
            tags=choices(self.tags, "tags", lambda _: True, ""),
        )
        if self.offer_ids is None:
            return None, statuses, filters
        if statuses or filters != NO_FILTERS:
            raise bad_request("offerIds cannot be used together with statuses, categoryIds, vendorNames or tags")
        if "limit" in query or page_token(query) is not None:
            raise bad_request("offerIds cannot be used together with limit or page_token")
        return skus(self.offer_ids, "offerIds", most=200), statuses, filters


class DeleteBody(msgspec.Struct, rename="camel"):
    """The body of deleteCampaignOffers, `DeleteCampaignOffersRequest`."""

    offer_ids: list[str]


class PromoOffersBody(msgspec.Struct, rename="camel"):
    """The body of getPromoOffers, `GetPromoOffersRequest`."""

    promo_id: str
    status_type: str | None = None
    statuses: list[str] | None = None

    def read(self) -> frozenset[str] | None:
        """Give the participation that is asked for; None where it is any."""
        allowed = tuple(PROMO_FILTERS)
        wanted = choices(self.statuses, "statuses", allowed.__contains__, f"must be one of [{', '.join(allowed)}]")
        if self.status_type is not None:
            if self.status_type not in PROMO_STATUS_TYPES:
                raise bad_request(f"statusType: must be one of [{', '.join(PROMO_STATUS_TYPES)}]")
            # Both filters must hold where both are sent: the page says nothing of it.
            wanted = tuple(value for value in wanted or (self.status_type,) if value == self.status_type)
            return frozenset(status for value in wanted for status in PROMO_FILTERS[value])
        return frozenset(status for value in wanted for status in PROMO_FILTERS[value]) or None


_campaign_offers_body = msgspec.json.Decoder(CampaignOffersBody)
_delete_body = msgspec.json.Decoder(DeleteBody)
_promo_offers_body = msgspec.json.Decoder(PromoOffersBody)


def _decode(decoder: "msgspec.json.Decoder[T]", body: bytes) -> T:
    if len(body) > BODY_LIMIT:
        raise bad_request("The request is too big")
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise bad_request(f"Request body is not readable: {error}") from None


def campaign_offers_body(body: bytes) -> CampaignOffersBody:
    """Decode the body of getCampaignOffers."""
    return _decode(_campaign_offers_body, body)


def delete_body(body: bytes) -> DeleteBody:
    """Decode the body of deleteCampaignOffers."""
    return _decode(_delete_body, body)


def promo_offers_body(body: bytes) -> PromoOffersBody:
    """Decode the body of getPromoOffers."""
    return _decode(_promo_offers_body, body)


def listed_filters(query: Query) -> Filters:
    """Read the filters of getOffers, save the currency."""
    values = {name: texts[0] for name, texts in query.items()}
    matched = values.get("matched")
    if matched is not None and matched.lower() not in _TRUE | _FALSE:
        raise bad_request(f"Invalid value for parameter matched: '{matched[:100]}' is not a boolean")
    return Filters(
        query=values.get("query", ""),
        feed_id=integer(values["feedId"], "feedId", least=1, most=INT64) if "feedId" in values else None,
        shop_category_id=values.get("shopCategoryId"),
        matched=None if matched is None else matched.lower() in _TRUE,
    )
