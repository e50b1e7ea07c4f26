"""The methods of order delivery: dates, tracking, codes and buyers of orders on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from yamarket_async.families.order_delivery.models import (
        EacVerificationResult,
        OrderBuyerInfo,
        OrderDeliveryDate,
        OrderDeliveryDateReasonType,
    )

api = Family("order_delivery")


class OrderDeliveryMethods(Methods):
    """The methods of order delivery: dates, tracking, codes and buyers of orders on their way."""

    async def set_order_delivery_date(
        self,
        campaign_id: int,
        order_id: int,
        dates: OrderDeliveryDate | Mapping[str, Any],
        reason: str | OrderDeliveryDateReasonType,
    ) -> None:
        """Move the day on which an order is delivered.

        For orders of DBS stores in PROCESSING or DELIVERY; in any other status the day is fixed. How often and by how
        many days it can be moved is limited by the Market.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            dates: an `OrderDeliveryDate`: the new day.
            reason: who moves it, an `OrderDeliveryDateReasonType`: USER_MOVED_DELIVERY_DATES or
                PARTNER_MOVED_DELIVERY_DATES.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Action is not allowed for order …` in another status; `New delivery dates are the same as the
                current!`, also after a repeat; `Exceeded the number of days to edit delivery dates! limit is: …` and
                `Exceeded the number of edits of delivery dates! limit is: …`, after which it can't be moved further.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-delivery/setOrderDeliveryDate
        """
        await self._call(
            api.SET_ORDER_DELIVERY_DATE, campaign_id=campaign_id, order_id=order_id, dates=dates, reason=reason
        )

    async def set_order_delivery_track_code(
        self, campaign_id: int, order_id: int, track_code: str, delivery_service_id: int
    ) -> None:
        """Tell the Market a parcel's tracking number, so that the buyer can follow it.

        For orders of DBS stores in PROCESSING, DELIVERY or PICKUP. Sending it again changes nothing.

        Placement models: DBS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            track_code: the tracking number of the parcel.
            delivery_service_id: the delivery service that carries it: an id of `get_delivery_services`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Action is not allowed for order …`: the order is in another status.
            NotFound: `Campaign … has no order id …`: the order is another store's.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-delivery/setOrderDeliveryTrackCode
        """
        await self._call(
            api.SET_ORDER_DELIVERY_TRACK_CODE,
            campaign_id=campaign_id,
            order_id=order_id,
            track_code=track_code,
            delivery_service_id=delivery_service_id,
        )

    async def get_order_buyer_info(self, campaign_id: int, order_id: int) -> OrderBuyerInfo:
        """Get who bought an order, and a telephone number to reach the buyer.

        For orders of DBS stores in PROCESSING, DELIVERY or PICKUP. The number is a substitute that the Market forwards
        to the buyer's own. Don't call buyers that are `trusted`. For an organisation use
        `get_order_business_buyer_info`.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `OrderBuyerInfo`: names, substitute number, and whether the Market has checked the buyer.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Order is not in shop-processing status (actual: …).`: the order is in another status.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 3,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-delivery/getOrderBuyerInfo
        """
        result: OrderBuyerInfo = await self._call(api.GET_ORDER_BUYER_INFO, campaign_id=campaign_id, order_id=order_id)
        return result

    async def verify_order_eac(self, campaign_id: int, order_id: int, code: str) -> EacVerificationResult:
        """Have the Market check a code with which an Express order is handed over.

        For stores with which the Market has arranged such codes. `get_business_orders` and the answer of
        `update_order_status` tell in `eac_type` of the delivery who gives the code to whom: COURIER_TO_MERCHANT — the
        courier to the seller, who sends it here to receive the order; MERCHANT_TO_COURIER — the seller to the courier,
        to get an unredeemed order back (at present not returned). It stands there in the substatuses COURIER_FOUND,
        COURIER_ARRIVED_TO_SENDER and DELIVERY_SERVICE_UNDELIVERED and may be missing in others.

        Each wrong code takes one of a few attempts; when they are spent, the Market makes a new code, which has to be
        asked for. A call is therefore never repeated by itself.

        Placement models: EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            code: the code that was told.

        Returns:
            An `EacVerificationResult`: accepted, rejected with the attempts that are left, or that there is a new code.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [order] with id […]`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-delivery/verifyOrderEac
        """
        result: EacVerificationResult = await self._call(
            api.VERIFY_ORDER_EAC, campaign_id=campaign_id, order_id=order_id, code=code
        )
        return result

    async def update_order_storage_limit(self, campaign_id: int, order_id: int, new_date: date) -> None:
        """Keep an order longer at the seller's own pick-up point.

        For orders of DBS stores in PICKUP; only once, and by at most 30 days. `get_business_orders` tells the new day
        in `outlet_storage_limit_date` of the delivery. A call is never repeated by itself.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            new_date: the last day on which the order is kept, at most 30 days later than now set.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: the order isn't in PICKUP, was prolonged before, or the day is too late.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-delivery/updateOrderStorageLimit
        """
        await self._call(api.UPDATE_ORDER_STORAGE_LIMIT, campaign_id=campaign_id, order_id=order_id, new_date=new_date)
