"""`MarketClient`: one short method for each documented one."""

import os
import re
import warnings
from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from functools import partial
from ipaddress import ip_address
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
import msgspec

from yamarket_async import __version__, endpoints
from yamarket_async.arguments import category_id, choice, integer, optional, several, skus, text
from yamarket_async.batching import Batches, Source
from yamarket_async.cutting import body_cutter, cuts, url_cutter
from yamarket_async.endpoints import ENDPOINTS, Endpoint, PagedEndpoint, Request
from yamarket_async.errors import InvalidRequest, MissingKey
from yamarket_async.limits import Limit, Limiter, LimitState, Wait
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.models.campaign_offers import CampaignOffer, OfferCampaignStatusType
from yamarket_async.models.campaigns import Campaign
from yamarket_async.models.deleted_offers import DeletedOffers
from yamarket_async.models.hidden_offers import HiddenOffer
from yamarket_async.models.offers import Offer
from yamarket_async.models.prices import CurrencyType
from yamarket_async.models.promo_offers import (
    PromoOffer,
    PromoOfferParticipationStatusFilterType,
    PromoOfferParticipationStatusMultiFilterType,
)
from yamarket_async.paging import Pager
from yamarket_async.retry import Retry
from yamarket_async.session import Session
from yamarket_async.walk import MAX_PAGE_NUMBER, Walk, chained, number_walk, single, token_walk

T = TypeVar("T")


class MarketClient:
    """A client of the Yandex.Market Partner API for asyncio.

    It follows the pages, splits the lists, keeps the limits and repeats what failed on the way. Use it as
    `async with MarketClient(…) as market:`, one for the life of a service; any number of tasks may share it.

    Args:
        api_key: an API-Key token (`ACMA:…`); YAMARKET_API_KEY in the environment where it is left out.
        oauth_token: an OAuth token instead of a key; the Market calls this way of authorization deprecated.
        base_url: where the API is.
        session: a session of the caller's, which keeps its own settings and stays the caller's to close.
        timeout: seconds for one attempt, above 0, or an `aiohttp.ClientTimeout`.
        retry: how often a failed attempt is repeated, and after which pauses.
        limits: figures in place of the built-in ones, by the name of the method:
            `{"getPromoOffers": Limit(5_000, period=3600, unit="requests")}`.
        max_parallel: requests at once for one campaign or business, 1 or more.
        max_wait: seconds that a call may wait for a limit before `QuotaExceeded` is raised, 0 or more; None waits as
            long as it takes.
        limiter: what keeps the limits: in this process by default, or a `RedisLimiter` that many share. Several clients
            may use the same one; each lets go of its connections when it is closed, and the others open them again.
        on_wait: called with a `Wait` when a call starts to wait for a limit.

    Raises:
        MissingKey: there is no key, neither as an argument nor in the environment.
        InvalidRequest: an argument is out of bounds.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        oauth_token: str | None = None,
        base_url: str = "https://api.partner.market.yandex.ru",
        session: aiohttp.ClientSession | None = None,
        timeout: float | aiohttp.ClientTimeout = 30.0,
        retry: Retry = Retry(),  # noqa: B008 — frozen
        limits: Mapping[str, Limit] | None = None,
        max_parallel: int = 4,
        max_wait: float | None = None,
        limiter: Limiter | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> None:
        if isinstance(timeout, (int, float)):
            timeout = aiohttp.ClientTimeout(total=_seconds("timeout", timeout, above=0))
        if max_wait is not None:
            _seconds("max_wait", max_wait)
        self._session = Session(
            base_url=_base_url(base_url),
            headers={**_authorization(api_key, oauth_token), "User-Agent": f"yamarket-async/{__version__}"},
            http=session,
            timeout=timeout,
            retry=retry,
            limits=_limits(limits or {}),
            max_parallel=integer("max_parallel", max_parallel),
            max_wait=max_wait,
            limiter=limiter or LocalLimiter(),
            on_wait=on_wait,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the calls under way, which raise `ClientClosed`, and let go of the connections."""
        await self._session.close()

    def __repr__(self) -> str:
        return f"<MarketClient {self._session.base_url}{' closed' if self._session.closed else ''}>"

    def limits(self) -> list[LimitState]:
        """Tell, for each method and entity used so far, the amount in force, what remains and when it renews."""
        return self._session.limiter.states()

    def get_campaigns(self, *, page_size: int = 100, page_token: str | None = None) -> Pager[Campaign]:
        """List the stores that the key can see, with their campaignId and businessId.

        Args:
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page.

        Returns:
            A `Pager` of `Campaign`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour. Any of the scopes but those of single reports will do.

        Source: https://yandex.ru/dev/market/partner-api/doc/en/reference/campaigns/getCampaigns
        """
        endpoint = endpoints.GET_CAMPAIGNS
        return self._tokens(endpoint, Request(endpoint, 0), page_size, page_token)

    def get_hidden_offers(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[HiddenOffer]:
        """List the products that are hidden in a store, in whichever way: the API, the price list, the cabinet.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: only these SKUs, any number, of 1 to 255 characters; they are cut into requests of at most 500
                and 8 KB of URL, and all results come in one stream. Repeats are dropped.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page. Not together with `offer_ids`.

        Returns:
            A `Pager` of `HiddenOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign. Scopes, one of: offers-and-cards-management,
        offers-and-cards-management:read-only, all-methods, all-methods:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/en/reference/assortment/getHiddenOffers
        """
        endpoint = endpoints.GET_HIDDEN_OFFERS
        request = Request(endpoint, integer("campaign_id", campaign_id))
        if offer_ids is None:
            return self._tokens(endpoint, request, page_size, page_token)
        if page_token is not None:
            raise InvalidRequest("page_token", page_token, "can't stand beside offer_ids; ask for the rest of them")
        size = _page_size(endpoint, page_size)
        # No cut is larger than a page, so that none comes back in several.
        cutter = url_cutter(size, self._session.base_url + request.with_query(("limit", str(size))).target)
        queries = [tuple(("offer_id", sku) for sku in cut) for cut in cuts(cutter, skus("offer_ids", offer_ids))]

        def walk() -> Walk[HiddenOffer]:
            walks = (request.with_query(*query) for query in queries)
            return chained(token_walk(part, page_size=size) for part in walks)

        return Pager(self._session, endpoint, walk)

    def get_campaign_offers(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        statuses: Iterable[str | OfferCampaignStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        vendor_names: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[CampaignOffer]:
        """List the products that are placed in a store, with their prices and status in it.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200. Repeats are
                dropped. Not together with another filter or a page token, since the Market returns such a list whole.
            statuses: only products of these `OfferCampaignStatusType`s, at least one: PUBLISHED, CHECKING,
                DISABLED_BY_PARTNER, DISABLED_AUTOMATICALLY, REJECTED_BY_MARKET, CREATING_CARD, NO_CARD, NO_STOCKS,
                ARCHIVED, READY_FOR_PUBLICATION.
            category_ids: only products of these categories of the Market, at least one, each 1 or more.
            vendor_names: only products of these brands, at least one.
            tags: only products with one of these tags, at least one.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `CampaignOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign. Scopes, one of: offers-and-cards-management,
        offers-and-cards-management:read-only, all-methods, all-methods:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/en/reference/assortment/getCampaignOffers
        """
        filters = {
            "statuses": several("statuses", statuses, choice(OfferCampaignStatusType)),
            "categoryIds": several("category_ids", category_ids, category_id),
            "vendorNames": several("vendor_names", vendor_names, text),
            "tags": several("tags", tags, text),
        }
        endpoint = endpoints.GET_CAMPAIGN_OFFERS
        request = Request(endpoint, integer("campaign_id", campaign_id), body=_body(filters))
        if offer_ids is None:
            return self._tokens(endpoint, request, page_size, page_token)
        given = {"statuses": statuses, "category_ids": category_ids, "vendor_names": vendor_names, "tags": tags}
        for argument, value in {**given, "page_token": page_token}.items():
            if value is not None:
                raise InvalidRequest(argument, value, "can't stand beside offer_ids, which the Market returns whole")
        cutter = body_cutter(_page_size(endpoint, page_size))
        requests = [
            Request(endpoint, campaign_id, body=_body({"offerIds": cut}), size=len(cut))
            for cut in cuts(cutter, skus("offer_ids", offer_ids))
        ]
        return Pager(self._session, endpoint, lambda: chained(single(part) for part in requests))

    def delete_campaign_offers(
        self, campaign_id: int, offer_ids: Iterable[str] | AsyncIterable[str]
    ) -> Batches[DeletedOffers]:
        """Delete products from a store. Other stores and the catalogue keep them.

        Iterate it for the result of each batch as it is done, in the order of the input, or await it for one report.
        Batches hold at most 500 products and 512 KB, and up to `max_parallel` of them are on their way at once.
        Products that are not in the store, or lie in a Market warehouse, stay and are named.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: SKUs of 1 to 255 characters from any iterable or async iterable, read as it goes; a list or
                another collection is checked whole before anything is sent. Repeats are dropped over the whole call,
                and so are SKUs that differ by spaces at the ends only, which are one product.

        Returns:
            `Batches` of `DeletedOffers`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent. For an item of an iterator an `InvalidItem`,
                which also is a `BatchError`.
            BatchError: a batch failed; tells what was done, what failed and what is pending. `__cause__` is the
                reason, a `MarketError`.

        Limit: 10,000 items a minute for a campaign. Scopes, one of: offers-and-cards-management, all-methods.

        Source: https://yandex.ru/dev/market/partner-api/doc/en/reference/assortment/deleteCampaignOffers
        """
        endpoint = endpoints.DELETE_CAMPAIGN_OFFERS
        entity_id = integer("campaign_id", campaign_id)
        if isinstance(offer_ids, (str, bytes)) or not isinstance(offer_ids, (Iterable, AsyncIterable)):
            raise InvalidRequest("offer_ids", offer_ids, "must be an iterable of SKUs, [sku] for a single one")

        return Batches(
            self._session,
            lambda: Source("offer_ids", offer_ids, body_cutter(endpoint.max_size)),
            plan=lambda batch: Request(endpoint, entity_id, body=_body({"offerIds": batch}), size=len(batch)),
            result=lambda batch, answer: DeletedOffers.of(batch, answer.read(), repeated=answer.repeated),
            merge=DeletedOffers.merged,
        )

    def get_promo_offers(
        self,
        business_id: int,
        promo_id: str,
        *,
        statuses: Iterable[str | PromoOfferParticipationStatusMultiFilterType] | None = None,
        status_type: str | PromoOfferParticipationStatusFilterType | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[PromoOffer]:
        """List the products that take part in a promotion or could.

        The conditions of a promotion may change, `max_promo_price` with them; prices that were set stay.
        Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            promo_id: the promotion.
            statuses: only products of these `PromoOfferParticipationStatusMultiFilterType`s, at least one:
                MANUALLY_ADDED, RENEWED, RENEW_FAILED, NOT_MANUALLY_ADDED, MINIMUM_FOR_PROMOS.
            status_type: the older filter: MANUALLY_ADDED, or NOT_MANUALLY_ADDED for those that take no part or were
                added automatically.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `PromoOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business. Scopes, one of: promotion, promotion:read-only, pricing,
        pricing:read-only, all-methods, all-methods:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/en/reference/promos/getPromoOffers
        """
        body = {
            "promoId": text("promo_id", promo_id),
            "statuses": several("statuses", statuses, choice(PromoOfferParticipationStatusMultiFilterType)),
            "statusType": optional("status_type", status_type, choice(PromoOfferParticipationStatusFilterType)),
        }
        endpoint = endpoints.GET_PROMO_OFFERS
        request = Request(endpoint, integer("business_id", business_id), body=_body(body))
        return self._tokens(endpoint, request, page_size, page_token)

    def get_offers(
        self,
        campaign_id: int,
        *,
        query: str | None = None,
        feed_id: int | None = None,
        shop_category_id: str | None = None,
        currency: str | CurrencyType | None = None,
        matched: bool | None = None,
        page: int = 1,
        page_size: int | None = None,
    ) -> Pager[Offer]:
        """Search the offers of a store. Deprecated by the Market; use `get_campaign_offers`.

        Pages are counted by number, and how many there are can shrink while one walks.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            query: a search in the Market's query language; None for all offers.
            feed_id: only offers of this price list, 1 or more.
            shop_category_id: only offers of this category by the price list.
            currency: only offers with a price in this `CurrencyType`: BYN, KZT, RUR or UAH.
            matched: True for offers that are matched with a model of the Market, False for the others.
            page: the page to begin with, 1 to 10,000.
            page_size: items a page, 1 or more; None leaves it to the Market.

        Returns:
            A `Pager` of `Offer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: calculated by the Market for each store, from the number of its offers in the last seven days; 0 for a
        new store. Scopes, one of: offers-and-cards-management, offers-and-cards-management:read-only, all-methods,
        all-methods:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/assortment/getOffers
        """
        warnings.warn("getOffers is deprecated; use get_campaign_offers", DeprecationWarning, stacklevel=2)
        if matched is not None and not isinstance(matched, bool):
            raise InvalidRequest("matched", matched, "must be True, False or None")
        feed = optional("feed_id", feed_id, integer)
        endpoint = endpoints.GET_OFFERS
        request = Request(endpoint, integer("campaign_id", campaign_id)).with_query(
            ("query", optional("query", query, text)),
            ("feedId", None if feed is None else str(feed)),
            ("shopCategoryId", optional("shop_category_id", shop_category_id, text)),
            ("currency", optional("currency", currency, choice(CurrencyType))),
            ("matched", None if matched is None else str(matched).lower()),
        )
        first = integer("page", page, maximum=MAX_PAGE_NUMBER)
        size = optional("page_size", page_size, integer)
        return Pager(self._session, endpoint, lambda: number_walk(request, page=first, page_size=size))

    def _tokens(
        self, endpoint: PagedEndpoint[Any, T], request: Request, page_size: int, page_token: str | None
    ) -> Pager[T]:
        size = _page_size(endpoint, page_size)
        token = optional("page_token", page_token, text)
        return Pager(self._session, endpoint, partial(token_walk, request, page_size=size, page_token=token))


def _page_size(endpoint: Endpoint[Any], page_size: int) -> int:
    return integer("page_size", page_size, maximum=endpoint.max_size)


def _body(fields: Mapping[str, object]) -> bytes:
    return msgspec.json.encode({name: value for name, value in fields.items() if value is not None})


def _authorization(api_key: str | None, oauth_token: str | None) -> dict[str, str]:
    if api_key is not None and oauth_token is not None:
        raise InvalidRequest("oauth_token", "…", "can't stand beside api_key; pass one of them")
    if oauth_token is not None:
        return {"Authorization": f"Bearer {_secret('oauth_token', oauth_token)}"}
    key = os.environ.get("YAMARKET_API_KEY") if api_key is None else api_key
    if not key:
        raise MissingKey
    return {"Api-Key": _secret("api_key", key)}


def _secret(argument: str, value: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        raise InvalidRequest(argument, "…", "must be printable ASCII without spaces; was a line break copied with it?")
    return value


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise InvalidRequest("base_url", url, "must be like https://host or https://host/path")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        warnings.warn(f"base_url {url} is not HTTPS: the key travels in the open", stacklevel=3)
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds(argument: str, value: float, *, above: float | None = None) -> float:
    if not value >= 0 or value == above:
        raise InvalidRequest(
            argument, value, f"must be a number of seconds, {'above 0' if above == 0 else '0 or more'}"
        )
    return value


def _limits(limits: Mapping[str, Limit]) -> Mapping[str, Limit]:
    for name, limit in limits.items():
        if name not in ENDPOINTS:
            raise InvalidRequest("limits", name, f"must name a method: {', '.join(ENDPOINTS)}")
        if limit.amount < 1 or not limit.period > 0:
            raise InvalidRequest(f"limits[{name!r}]", limit, "must have an amount of 1 or more and a period above 0")
    return dict(limits)
