"""`MarketClient`: what a client is made of. Its methods stand in the families."""

import copy
from collections.abc import Callable, Mapping
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Literal, Self

import aiohttp

from yamarket_async import settings
from yamarket_async.arguments import integer
from yamarket_async.endpoints import snake
from yamarket_async.families import Family
from yamarket_async.families.auth.methods import AuthMethods
from yamarket_async.families.bids.methods import BidsMethods
from yamarket_async.families.business_offer_mappings.methods import BusinessOfferMappingsMethods
from yamarket_async.families.businesses.methods import BusinessesMethods
from yamarket_async.families.campaigns.methods import CampaignsMethods
from yamarket_async.families.categories.methods import CategoriesMethods
from yamarket_async.families.chats.methods import ChatsMethods
from yamarket_async.families.content.methods import ContentMethods
from yamarket_async.families.delivery_options.methods import DeliveryOptionsMethods
from yamarket_async.families.delivery_services.methods import DeliveryServicesMethods
from yamarket_async.families.documents.methods import DocumentsMethods
from yamarket_async.families.goods_feedback.methods import GoodsFeedbackMethods
from yamarket_async.families.goods_questions.methods import GoodsQuestionsMethods
from yamarket_async.families.goods_stats.methods import GoodsStatsMethods
from yamarket_async.families.hidden_offers.methods import HiddenOffersMethods
from yamarket_async.families.logistic_points.methods import LogisticPointsMethods
from yamarket_async.families.offers.methods import OffersMethods
from yamarket_async.families.operations.methods import OperationsMethods
from yamarket_async.families.order_business_information.methods import OrderBusinessInformationMethods
from yamarket_async.families.order_delivery.methods import OrderDeliveryMethods
from yamarket_async.families.order_labels.methods import OrderLabelsMethods
from yamarket_async.families.orders.methods import OrdersMethods
from yamarket_async.families.orders_stats.methods import OrdersStatsMethods
from yamarket_async.families.outlet_licenses.methods import OutletLicensesMethods
from yamarket_async.families.outlets.methods import OutletsMethods
from yamarket_async.families.price_quarantine.methods import PriceQuarantineMethods
from yamarket_async.families.prices.methods import PricesMethods
from yamarket_async.families.promos.methods import PromosMethods
from yamarket_async.families.ratings.methods import RatingsMethods
from yamarket_async.families.regions.methods import RegionsMethods
from yamarket_async.families.reports.methods import ReportsMethods
from yamarket_async.families.returns.methods import ReturnsMethods
from yamarket_async.families.shipments.methods import ShipmentsMethods
from yamarket_async.families.stocks.methods import StocksMethods
from yamarket_async.families.supply_requests.methods import SupplyRequestsMethods
from yamarket_async.families.tariffs.methods import TariffsMethods
from yamarket_async.families.warehouses.methods import WarehousesMethods
from yamarket_async.limits import Entity, Limit, Limiter, LimitState, Wait
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.observing import Call
from yamarket_async.patience import Patience
from yamarket_async.retry import Retry
from yamarket_async.session import Session
from yamarket_async.transport import Transport

if TYPE_CHECKING:
    from yamarket_async.families.operations.models import OperationResult
    from yamarket_async.models.sources import SourceType
    from yamarket_async.reports import Report


class MarketClient(
    AuthMethods,
    BidsMethods,
    BusinessOfferMappingsMethods,
    BusinessesMethods,
    CampaignsMethods,
    CategoriesMethods,
    ChatsMethods,
    ContentMethods,
    DeliveryOptionsMethods,
    DeliveryServicesMethods,
    DocumentsMethods,
    GoodsFeedbackMethods,
    GoodsQuestionsMethods,
    GoodsStatsMethods,
    HiddenOffersMethods,
    LogisticPointsMethods,
    OffersMethods,
    OperationsMethods,
    OrderBusinessInformationMethods,
    OrderDeliveryMethods,
    OrderLabelsMethods,
    OrdersMethods,
    OrdersStatsMethods,
    OutletLicensesMethods,
    OutletsMethods,
    PriceQuarantineMethods,
    PricesMethods,
    PromosMethods,
    RatingsMethods,
    RegionsMethods,
    ReportsMethods,
    ReturnsMethods,
    ShipmentsMethods,
    StocksMethods,
    SupplyRequestsMethods,
    TariffsMethods,
    WarehousesMethods,
):
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
        on_call: called with a `Call` after each attempt; what it raises is logged and does no harm.
        integration: `name` or `name/version` of the program, up to 100 printable ASCII characters; it labels its calls
            in the seller's request log.

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
        on_call: Callable[[Call], None] | None = None,
        integration: str | None = None,
    ) -> None:
        self._owns_session = True
        self._session = Session(
            transport=Transport(
                base_url=settings.base_url(base_url),
                authorization=settings.authorization(api_key, oauth_token),
                headers=settings.headers(integration),
                http=settings.http_session(session),
            ),
            patience=Patience.of(timeout, retry, max_wait),
            limits=settings.limits(limits or {}, _is_method),
            max_parallel=integer("max_parallel", max_parallel),
            limiter=settings.keeper(limiter) or LocalLimiter(),
            on_wait=settings.callback("on_wait", on_wait),
            on_call=settings.callback("on_call", on_call),
        )

    def with_options(
        self,
        *,
        timeout: float | aiohttp.ClientTimeout | None = None,
        retry: Retry | None = None,
        max_wait: float | EllipsisType | None = ...,
    ) -> Self:
        """Give the same client with other patience: over the same connections, limits and callbacks.

        What is left out stays as it is. Closing is this client's affair: `close` of the one that is given, and
        `async with` around it, do nothing.

        Args:
            timeout: seconds for one attempt, above 0, or an `aiohttp.ClientTimeout`.
            retry: how often a failed attempt is repeated, and after which pauses.
            max_wait: seconds that a call may wait for a limit, 0 or more; None for as long as it takes.

        Raises:
            InvalidRequest: an argument is out of bounds.
        """
        now = self._session.patience
        patience = Patience.of(
            now.timeout if timeout is None else timeout,
            now.retry if retry is None else retry,
            now.max_wait if isinstance(max_wait, EllipsisType) else max_wait,
        )
        other = copy.copy(self)
        vars(other).update(_owns_session=False, _session=self._session.with_patience(patience))
        return other

    async def request(
        self,
        http_method: Literal["GET", "POST", "PUT", "DELETE"],
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: object = None,
        entity: Entity | None = None,
        repeat: Literal["safe", "detected", "never"] | None = None,
    ) -> Any:
        """Call an operation that this version doesn't know, with authorization, limits and repetitions.

        Its limit is learned from the headers of its answers.

        Args:
            http_method: the verb.
            path: its path, with the ids in it: `/v2/campaigns/1/news`.
            query: the parameters of its URL; a list gives one several times.
            body: what goes as JSON: mappings, lists, structs, numbers, dates.
            entity: whose limits it counts against; of the path where it is left out.
            repeat: whether it may be sent again after it may have been done: "safe", "detected" where the Market
                refuses to do it twice, "never". A GET is safe and anything else never, where it is left out.

        Returns:
            The JSON of the answer, whatever it says in it; None where there is nothing.

        Raises:
            InvalidRequest: an argument can't be sent.
            MarketError: see `yamarket_async.errors`.
        """
        from yamarket_async.raw import json_of, raw_request  # noqa: PLC0415 — most programs never need it

        request = raw_request(http_method, path, query=query, body=body, entity=entity, repeat=repeat)
        return json_of(request.endpoint, (await self._session.call(request)).reply)

    def report(
        self, report_id: str, *, source_type: "str | SourceType | None" = None, timeout: float | None = None
    ) -> "Report":
        """Go on with a report or a document that was begun before, here or in another process.

        Args:
            report_id: what `start()` gave, up to 255 characters.
            source_type: ADVERTISER where it was begun with that.
            timeout: seconds for the whole of it, until its file is there; None for as long as it takes.

        Returns:
            A `Report`: await it for the `File`, `save` it, read its `rows`, or ask for its `status()`.

        Raises:
            InvalidRequest: an argument is out of bounds.
        """
        from yamarket_async.reports import Report  # noqa: PLC0415 — as above

        endpoint = Family("reports").GET_REPORT_INFO
        return Report(self._session, endpoint, report_id=report_id, source_type=source_type, timeout=timeout)

    async def wait_for_operations(
        self, business_id: int, operations: object, *, timeout: float | None = None
    ) -> "list[OperationResult]":
        """Wait until the Market has done, or failed to do, what changes of orders and returns have started.

        It looks at once and then with growing pauses, inside the limit of `get_operations`.

        Args:
            business_id: the cabinet, 1 or more.
            operations: what `update_order`, `update_order_status` or `cancel_return` returned, a report of a batch of
                `update_order_statuses`, an `Operation`, its id and type in a mapping, or any iterable of these, of any
                length. What started no operation counts for none.
            timeout: seconds for the whole; None for as long as it takes.

        Returns:
            Each operation with its status, DONE or FAILED, in the order in which they were given; the Market gives no
            reason for a failure.

        Raises:
            InvalidRequest: an argument is out of bounds, or holds no operations.
            NotFinished: some weren't finished within the `timeout`, or the Market doesn't know them; they are its
                `pending`.
            MarketError: see `yamarket_async.errors`.
        """
        from yamarket_async.operations import Operations  # noqa: PLC0415 — as above

        wanted = Operations(self._session, business_id, operations, timeout=timeout)
        return await wanted.wait()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the calls under way, which raise `ClientClosed`, and let go of the connections."""
        if self._owns_session:
            await self._session.close()

    def __repr__(self) -> str:
        return f"<MarketClient {self._session.base_url}{' closed' if self._session.closed else ''}>"

    def limits(self) -> list[LimitState]:
        """Tell, for each method and entity used so far, the amount in force, what remains and when it renews."""
        return self._session.limiter.states()


def _is_method(name: str) -> bool:
    return "_" not in name and callable(getattr(MarketClient, snake(name), None))
