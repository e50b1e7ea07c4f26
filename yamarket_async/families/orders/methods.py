"""The methods of orders: reading them and bringing them from one status to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from datetime import date, datetime
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.orders.boxes import (
        OrderBoxesLayout,
        OrderBoxLayout,
        OrderIdentifiersStatus,
        OrderItemInstanceModification,
        OrderItemsModificationResult,
        ParcelBoxRequest,
        ShipmentBoxes,
    )
    from yamarket_async.families.orders.business_orders import BusinessOrder, OrderDatesFilter, OrderSourcePlatformType
    from yamarket_async.families.orders.changes import (
        CreatedOrders,
        CreateOrder,
        OrderCancellationReasonType,
        OrderDigitalItem,
        OrderItemModification,
        OrderItemsModificationRequestReasonType,
        OrderState,
        OrderUpdateOptions,
        UpdateOrder,
        UpdateOrderResult,
    )
    from yamarket_async.families.orders.models import OrderDeliveryDispatchType
    from yamarket_async.families.orders.old_orders import Order, OrderStatusChange, UpdateOrderStatusResponse
    from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
    from yamarket_async.models.orders import OrderBuyerType
    from yamarket_async.models.placement import SellingProgramType
    from yamarket_async.paging import Pager

api = Family("orders")
change_api = Family("orders", "change_endpoints")
box_api = Family("orders", "box_endpoints")
old_api = Family("orders", "old_endpoints")


class OrdersMethods(Methods):
    """The methods of orders: reading them and bringing them from one status to the next."""

    @deprecated("use get_business_orders; the Market shuts it down on 2027-04-12")
    async def get_order(self, campaign_id: int, order_id: int) -> Order:
        """Get an order of a store in the older form. Use `get_business_orders` with `order_ids`, which stays.

        From 18.01.2027 the Market refuses a growing share of the calls, and on 12.04.2027 it shuts the method down. The
        buyer's name and number come from `get_order_buyer_info`.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `Order`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found: partnerId = …, orderId = …`.
            Forbidden: `The method is deprecated and is occasionally forbidden. Please stop using it`, from 18.01.2027
                on.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign; 6 requests at once. Scopes, one of: all-methods,
        all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        finance-and-accounting, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrder
        """
        result: Order = await self._call(old_api.GET_ORDER, campaign_id=campaign_id, order_id=order_id)
        return result

    @deprecated("use get_business_orders; the Market shuts it down on 2027-04-12")
    def get_orders(
        self,
        campaign_id: int,
        *,
        order_ids: Iterable[int] | None = None,
        status: Iterable[str | OrderStatusType] | None = None,
        substatus: Iterable[str | OrderSubstatusType] | None = None,
        from_date: date | None = None,
        to_date: date | None = None,
        supplier_shipment_date_from: date | None = None,
        supplier_shipment_date_to: date | None = None,
        updated_at_from: datetime | None = None,
        updated_at_to: datetime | None = None,
        dispatch_type: str | OrderDeliveryDispatchType | None = None,
        fake: bool | None = None,
        has_cis: bool | None = None,
        only_waiting_for_cancellation_approve: bool | None = None,
        only_estimated_delivery: bool | None = None,
        buyer_type: str | OrderBuyerType | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[Order]:
        """List the orders of a store in the older form. Use `get_business_orders`, which stays.

        From 18.01.2027 the Market refuses a growing share of the calls, and on 12.04.2027 it shuts the method down.
        Without ids or days it gives the orders of the last 30 days; orders that were delivered or cancelled more than
        30 days ago never come (`get_business_orders` and `get_orders_stats` have them), and test orders only with
        `fake`. A range of more than 30 days is walked in pieces of 30.

        Either ask for orders by id, any number of them, or use the other filters.

        Placement models: FBS, DBS, FBY, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_ids: only these orders; of any number, 50 a request, and no other filter beside them.
            status: only orders in these statuses (`OrderStatusType`), without repeats.
            substatus: only orders in these substatuses (`OrderSubstatusType`), without repeats.
            from_date: made on this day or later; None for 30 days ago, so needed where the last day lies before that.
            to_date: made before this day; None for today, so needed where the first day lies more than 30 days ago. The
                day itself doesn't belong to the range, unless it is `from_date`.
            supplier_shipment_date_from: to be handed over to the delivery service on this day or later.
            supplier_shipment_date_to: to be handed over before this day, which doesn't belong to the range unless it is
                the first one.
            updated_at_from: changed at this moment or later; an aware datetime.
            updated_at_to: changed before this moment; an aware datetime.
            dispatch_type: only orders that are delivered in this way, an `OrderDeliveryDispatchType`.
            fake: True for test orders; None or False for real ones.
            has_cis: True for orders with at least one product that bears a code of Chestny ZNAK (or ASL BELGISI, for
                sellers of Market Yandex Go); None or False doesn't filter.
            only_waiting_for_cancellation_approve: for DBS: True for orders in DELIVERY or PICKUP that the buyer wants
                to cancel, to be answered with `accept_order_cancellation`.
            only_estimated_delivery: True for orders with a long delivery (31 to 60 days) whose day is not confirmed
                yet; None or False doesn't filter.
            buyer_type: only orders of private persons or of organisations, an `OrderBuyerType`.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Order`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Forbidden: `The method is deprecated and is occasionally forbidden. Please stop using it`, from 18.01.2027
                on.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign; 6 requests at once. Scopes, one of: all-methods,
        all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        finance-and-accounting, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrders
        """
        return self._pager(
            old_api.GET_ORDERS,
            campaign_id=campaign_id,
            order_ids=order_ids,
            status=status,
            substatus=substatus,
            from_date=from_date,
            to_date=to_date,
            supplier_shipment_date_from=supplier_shipment_date_from,
            supplier_shipment_date_to=supplier_shipment_date_to,
            updated_at_from=updated_at_from,
            updated_at_to=updated_at_to,
            dispatch_type=dispatch_type,
            fake=fake,
            has_cis=has_cis,
            only_waiting_for_cancellation_approve=only_waiting_for_cancellation_approve,
            only_estimated_delivery=only_estimated_delivery,
            buyer_type=buyer_type,
            page_size=page_size,
            page_token=page_token,
        )

    def get_business_orders(
        self,
        business_id: int,
        *,
        order_ids: Iterable[int] | None = None,
        external_order_ids: Iterable[str] | None = None,
        program_types: Iterable[str | SellingProgramType] | None = None,
        campaign_ids: Iterable[int] | None = None,
        statuses: Iterable[str | OrderStatusType] | None = None,
        substatuses: Iterable[str | OrderSubstatusType] | None = None,
        dates: OrderDatesFilter | Mapping[str, Any] | None = None,
        fake: bool | None = None,
        waiting_for_cancellation_approve: bool | None = None,
        source_platforms: Iterable[str | OrderSourcePlatformType] | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[BusinessOrder]:
        """List the orders of a cabinet: of all its stores, or chosen by days, statuses, ids and more.

        Without `dates` it gives the orders that were made in the last 30 days. A range of more than 30 days is walked
        in pieces of 30, and no order comes twice. Ids of any number are cut into requests of 50. Test orders come only
        with `fake`.

        To follow orders, ask for those that changed since the last time (`updateDateFrom` in `dates`): at least once an
        hour for FBS and DBS, every 10 to 15 minutes for Express; notifications (`ORDER_CREATED`, `ORDER_STATUS_UPDATED`
        …) tell at once. The buyer's name and number come from `get_order_buyer_info`, an organisation's from
        `get_order_business_buyer_info`.

        Placement models: FBS, DBS, FBY, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            order_ids: only these orders; of any number, 50 a request.
            external_order_ids: only orders with these numbers of your own, at least one character each; of any number,
                50 a request, and beside `order_ids` up to 50 of each.
            program_types: only orders of stores of these models (`SellingProgramType`), without repeats; None for all.
            campaign_ids: only orders of these stores, 1 to 50 without repeats; None for all of the cabinet.
            statuses: only orders in these statuses (`OrderStatusType`), without repeats; None for all.
            substatuses: only orders in these substatuses (`OrderSubstatusType`), without repeats; None for all.
            dates: an `OrderDatesFilter`: when they were made, are shipped or were changed; None for those made in the
                last 30 days.
            fake: True for test orders; None or False for real ones.
            waiting_for_cancellation_approve: for DBS: True for orders in DELIVERY or PICKUP that the buyer wants to
                cancel, to be answered with `accept_order_cancellation`.
            source_platforms: only orders from these places of sale (`OrderSourcePlatformType`), without repeats; None
                for all.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `BusinessOrder`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Order creation start date is required to be less than end date`, and the same of shipment and
                update; `Bad page token` where a token is used with other filters.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business; 6 requests at once. Scopes, one of: all-methods,
        all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getBusinessOrders
        """
        return self._pager(
            api.GET_BUSINESS_ORDERS,
            business_id=business_id,
            order_ids=order_ids,
            external_order_ids=external_order_ids,
            program_types=program_types,
            campaign_ids=campaign_ids,
            statuses=statuses,
            substatuses=substatuses,
            dates=dates,
            fake=fake,
            waiting_for_cancellation_approve=waiting_for_cancellation_approve,
            source_platforms=source_platforms,
            page_size=page_size,
            page_token=page_token,
        )

    async def provide_order_item_identifiers(
        self, campaign_id: int, order_id: int, items: Iterable[OrderItemInstanceModification | Mapping[str, Any]]
    ) -> OrderItemsModificationResult:
        """Tell the Market the marking codes of the units in a DBS order.

        Codes of Chestny ZNAK (or ASL BELGISI, for sellers of Market Yandex Go), UINs of jewellery, and RNPT or GTD
        numbers of imported goods: for each line that needs them (`required_instance_types` in `get_business_orders`) as
        many as it has units, so two pairs of slippers and one pair of shoes take a list of two and a list of one. Codes
        of Chestny ZNAK are optional for private buyers and needed for organisations. The Market doesn't check the codes
        of DBS orders. FBS and Express stores send them with `set_order_box_layout`. Sending the same codes again
        changes nothing.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            items: an `OrderItemInstanceModification` for each line that needs codes.

        Returns:
            An `OrderItemsModificationResult`: the lines with the codes that the Market now has.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Action is not allowed for order …`: the order is in another status; `Invalid incoming cis for
                item with id = … for reason: …`: mend that code; `String (…) is not a valid country code according to
                ISO 3166-1 alpha-2`.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers
        """
        result: OrderItemsModificationResult = await self._call(
            box_api.PROVIDE_ORDER_ITEM_IDENTIFIERS, campaign_id=campaign_id, order_id=order_id, items=items
        )
        return result

    async def update_order_items(
        self,
        campaign_id: int,
        order_id: int,
        items: Iterable[OrderItemModification | Mapping[str, Any]],
        *,
        reason: str | OrderItemsModificationRequestReasonType | None = None,
    ) -> None:
        """Take products out of a DBS order, or lower how many of them there are.

        For orders in PROCESSING/STARTED; after READY_TO_SHIP nothing can be taken out. `items` is what the order shall
        be: a line with a lower `count` loses units, and a line that is left out, or has 0, goes altogether. There is no
        way back, and nothing can be added. A product that was added by a promotion, that makes up 99 % of the sum, or
        that is the only one, can't be taken out: cancel the order instead (`update_order_status` with
        CANCELLED/SHOP_FAILED). FBS stores use `set_order_box_layout` with `allow_remove`.

        A buyer who paid in advance gets the money back within two days: with a bank card from SHIPPED on, with Apple
        Pay or Google Pay from the moment when the product was taken out. Sending the same list again changes nothing.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            items: every line that shall stay, once, as an `OrderItemModification`, at least one; lines that are left
                out are taken out of the order.
            reason: who wished it, an `OrderItemsModificationRequestReasonType`: PARTNER_REQUESTED_REMOVE or
                USER_REQUESTED_REMOVE.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: the order isn't in PROCESSING/STARTED, or the change isn't allowed.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign; 6 requests at once. Scopes, one of: all-methods,
        inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderItems
        """
        await self._call(
            change_api.UPDATE_ORDER_ITEMS, campaign_id=campaign_id, order_id=order_id, items=items, reason=reason
        )

    async def update_order_status(
        self, campaign_id: int, order_id: int, order: OrderStatusChange | Mapping[str, Any]
    ) -> UpdateOrderStatusResponse:
        """Bring an order to its next status: confirm it, say that it is packed, handed over or delivered, or cancel it.

        What a store may do, as status/substatus:

        - FBS and Express: PROCESSING/STARTED → PROCESSING/READY_TO_SHIP when it is packed. Orders with jewellery or
          with products that must be marked need all their codes sent with `set_order_box_layout` and checked first
          (`get_order_identifiers_status`). Express: by `shipment_time`; then a courier comes.
        - FBS and Express: PROCESSING/STARTED or READY_TO_SHIP → CANCELLED/SHOP_FAILED when it can't be sent: out of
          stock, damaged. Everything after that the Market does.
        - DBS, one step after the other: PROCESSING/STARTED → DELIVERY → PICKUP, where it goes to a pick-up point →
          DELIVERED.
        - DBS, to CANCELLED: from PROCESSING with SHOP_FAILED, USER_CHANGED_MIND, USER_UNREACHABLE or
          INCORRECT_PERSONAL_DATA; from DELIVERY with the first three of them; from PICKUP with these three or
          PICKUP_EXPIRED. USER_UNREACHABLE takes at least three calls between 8 and 21 o'clock of the buyer's time, of
          at least 5 seconds, at least 90 minutes from the first to the third, unless the number is out of reach.
        - LaaS: a draft of `create_order` → PROCESSING/STARTED within an hour, or the Market cancels it; any order →
          CANCELLED/SHOP_FAILED, which is done later: `get_operations` tells when.
        - Test orders besides: PROCESSING/READY_TO_SHIP → PROCESSING/SHIPPED; they can be cancelled until SHIPPED, those
          of Express until READY_TO_SHIP.
        - Digital goods of the types STEAM_GIFT and CHAT: PROCESSING → DELIVERED.

        Statuses that come late lower the store's index of quality.

        Placement models: FBS, DBS, LAAS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            order: an `OrderStatusChange`: the new status, and the day of delivery for DBS.

        Returns:
            An `UpdateOrderStatusResponse`: the order in the older form, and for LaaS the operation that was started.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `No transition found: … -> …`, also after a repeat: the order isn't where it was thought to be,
                so read it anew; `Transition … is not allowed. Reason: …`; `No permission to set status …` and `Status
                change was forbidden for client role = …`: the Market takes that step; `Status not allowed: …`;
                `Cancellation request substatus … is not available …`: another reason is needed; `Real delivery date
                should be from order creation date to current date inclusively`, `Delivery date … can't be in the
                future`.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatus
        """
        result: UpdateOrderStatusResponse = await self._call(
            old_api.UPDATE_ORDER_STATUS, campaign_id=campaign_id, order_id=order_id, order=order
        )
        return result

    def update_order_statuses(
        self,
        campaign_id: int,
        orders: Iterable[OrderState | Mapping[str, Any]] | AsyncIterable[OrderState | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Bring many orders to their next status.

        The steps that are allowed are those of `update_order_status`. Orders are judged one by one: one that is refused
        doesn't hold up the others, and the report names it with the Market's words. Days of delivery can't be given
        here. Orders of any number are sent in batches of 30; the limit counts orders.

        A batch whose answer was lost may have been done: sent again, its orders are refused with `No transition found`.
        Read them before you conclude that they failed.

        Placement models: FBS, DBS, LAAS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            orders: an `OrderState` for each order; of any number, 30 a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrderStatuses
        """
        return self._batches(
            change_api.UPDATE_ORDER_STATUSES,
            campaign_id=campaign_id,
            orders=orders,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    @deprecated("use set_order_box_layout; the Market shuts it down on 2027-04-05")
    async def set_order_shipment_boxes(
        self, campaign_id: int, order_id: int, shipment_id: int, boxes: Iterable[ParcelBoxRequest | Mapping[str, Any]]
    ) -> ShipmentBoxes:
        """Tell the Market how many boxes a DBS order takes. Use `set_order_box_layout`, which stays.

        From 18.01.2027 the Market refuses a growing share of the calls, and on 05.04.2027 it shuts the method down.
        Needed where an order takes more than one box, before READY_TO_SHIP. Only the length of `boxes` counts: give an
        empty `ParcelBoxRequest` for each box. A repeat replaces the number.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            shipment_id: no longer read; any number.
            boxes: an empty `ParcelBoxRequest` for each box, at least one.

        Returns:
            A `ShipmentBoxes`: as many boxes as were sent.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Action is not allowed for order …`: the order is READY_TO_SHIP already, or in another status.
            NotFound: `Failed to find order with id …`.
            Forbidden: `The method is deprecated and is occasionally forbidden. Please stop using it`, from 18.01.2027
                on.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderShipmentBoxes
        """
        result: ShipmentBoxes = await self._call(
            box_api.SET_ORDER_SHIPMENT_BOXES,
            campaign_id=campaign_id,
            order_id=order_id,
            shipment_id=shipment_id,
            boxes=boxes,
        )
        return result

    async def accept_order_cancellation(
        self,
        campaign_id: int,
        order_id: int,
        accepted: bool,
        *,
        reason: str | OrderCancellationReasonType | None = None,
    ) -> None:
        """Agree to a buyer's wish to cancel a DBS order that is on its way, or refuse it.

        In PROCESSING a buyer's cancellation takes effect by itself. In DELIVERY and PICKUP the store has 48 hours: tell
        the delivery service, and agree if it can still hold the order back; refuse if the buyer has it already, who
        then keeps it and pays. Without an answer the order is cancelled after 48 hours.

        Such orders come from `get_business_orders` with `waiting_for_cancellation_approve`, by the notification
        ORDER_CANCELLATION_REQUEST, in the cabinet and by mail.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            accepted: True to cancel the order, False to go on with it.
            reason: why it can't be cancelled, an `OrderCancellationReasonType`: ORDER_DELIVERED or ORDER_IN_DELIVERY;
                the buyer is told. Needed where `accepted` is False.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: there is no such wish, or it was answered before.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 500 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/acceptOrderCancellation
        """
        await self._call(
            change_api.ACCEPT_ORDER_CANCELLATION,
            campaign_id=campaign_id,
            order_id=order_id,
            accepted=accepted,
            reason=reason,
        )

    async def provide_order_digital_codes(
        self, campaign_id: int, order_id: int, items: Iterable[OrderDigitalItem | Mapping[str, Any]]
    ) -> None:
        """Give the keys of digital goods that a buyer has paid for.

        The Market mails them to the buyer with the instructions, and sets the order to DELIVERED when the mail has
        arrived: not at once, so wait for the notification ORDER_STATUS_UPDATED. The keys are due within 30 minutes
        after the order has become PROCESSING. All keys of an order go into one call: one item for each line, with as
        many codes as it has units. Steam gifts and goods that are handed over in a chat take `update_order_status` with
        DELIVERED instead; `digital_goods` of the delivery in `get_business_orders` tells which kind it is.

        Placement models: DBS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            items: an `OrderDigitalItem` for each line, 1 to 100.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Invalid status for order …: …, PROCESSING expected`: it is too early, or the keys were given
                before; `Order.id=… is not digital.`
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign; 6 requests at once. Scopes, one of: all-methods,
        inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderDigitalCodes
        """
        await self._call(
            change_api.PROVIDE_ORDER_DIGITAL_CODES, campaign_id=campaign_id, order_id=order_id, items=items
        )

    async def set_order_box_layout(
        self,
        campaign_id: int,
        order_id: int,
        boxes: Iterable[OrderBoxLayout | Mapping[str, Any]],
        *,
        allow_remove: bool | None = None,
    ) -> OrderBoxesLayout:
        """Tell the Market what is in which box of an order, with marking codes, and take out what is missing.

        For FBS and Express, and for DBS if you like. Do it in PROCESSING/STARTED, before `update_order_status` with
        READY_TO_SHIP. Each call replaces what was sent before, as often as you like until then; if labels were printed
        already, print and stick them anew (`generate_order_labels`).

        A box holds either whole products, any number of them, or one part of one big product (the outdoor unit of an
        air conditioner, say). Marking codes (Chestny ZNAK, or ASL BELGISI for sellers of Market Yandex Go; UINs of
        jewellery; RNPT or GTD of imported goods) are given one for each unit; where a product travels in several boxes
        its code stands in each of them. Codes of Chestny ZNAK are optional for private buyers and needed for
        organisations. FBS and Express orders with jewellery or with products that must be marked can't become
        READY_TO_SHIP before all their codes are here and have been checked: see `get_order_identifiers_status`.

        To take out what is missing, send the boxes without it (or with a lower `full_count`) and `allow_remove`. There
        is no way back: the buyer is told at once. A product that was added by a promotion, that makes up 99 % of the
        sum, or that is the only one, can't be taken out: cancel the order instead (`update_order_status` with
        CANCELLED/SHOP_FAILED). Nothing can be added or exchanged. A line that was taken out stays in the order with a
        count of 0.

        Placement models: FBS, EXPRESS, DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            boxes: an `OrderBoxLayout` for each box, at least one.
            allow_remove: True to take out of the order what is in no box; None or False where all of it is in boxes.

        Returns:
            An `OrderBoxesLayout`: the boxes with the ids that `generate_order_label` takes.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Attempt to change order items or instances after READY_TO_SHIP`: too late; `Action is not
                allowed for order …`; `Invalid order boxes layout request. Violations: …`: units don't add up, or a box
                mixes whole products and parts; `Invalid incoming cis for item with id = … for reason: …`: mend that
                code.
            NotFound: `Failed to find order with id …`.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderBoxLayout
        """
        result: OrderBoxesLayout = await self._call(
            box_api.SET_ORDER_BOX_LAYOUT,
            campaign_id=campaign_id,
            order_id=order_id,
            boxes=boxes,
            allow_remove=allow_remove,
        )
        return result

    async def update_external_order_id(self, campaign_id: int, order_id: int, external_order_id: str) -> None:
        """Tell the Market your own number of an order.

        It stands in the acceptance act, the picking list and on labels, and `get_business_orders` finds orders by it.
        It can be given once, while the order is in PROCESSING/STARTED, and never changed. A barcode can hold it only if
        it is all ASCII; else the barcode has the Market's number.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            external_order_id: your own number, at least one character.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Cannot do operation, external ID already set for order …`, also after a repeat; `Cannot do
                operation for order with status …, and substatus …`: too late.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateExternalOrderId
        """
        await self._call(
            change_api.UPDATE_EXTERNAL_ORDER_ID,
            campaign_id=campaign_id,
            order_id=order_id,
            external_order_id=external_order_id,
        )

    async def get_order_identifiers_status(self, campaign_id: int, order_id: int) -> OrderIdentifiersStatus:
        """Ask how the check of an order's marking codes went.

        An order with jewellery, or with products that must be marked, can become READY_TO_SHIP only when all its codes
        were sent with `set_order_box_layout` and all of them are OK here. The check takes a while: ask again while
        something is IN_PROGRESS, send a code again or another one where it has FAILED, and never sell what is INVALID.

        Placement models: FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `OrderIdentifiersStatus`: the codes of each line, with what came of their checks.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderIdentifiersStatus
        """
        result: OrderIdentifiersStatus = await self._call(
            box_api.GET_ORDER_IDENTIFIERS_STATUS, campaign_id=campaign_id, order_id=order_id
        )
        return result

    async def create_order(self, campaign_id: int, order: CreateOrder | Mapping[str, Any]) -> CreatedOrders:
        """Make an order from another channel, to be delivered from a warehouse of the Market (LaaS).

        Ask `get_delivery_options` first and put one of its options here: either `courier_delivery` or
        `pickup_delivery`, and the days and hours. With `draft` the order is RESERVED until `update_order_status` sets
        it to PROCESSING/STARTED; after an hour the Market cancels it. Without, it is PROCESSING/STARTED at once. With
        `fake` it is a test order, which isn't sent and takes no stock. The Market makes one order for each warehouse.

        The same `external_order_id` is refused a second time, so after a lost answer a repeat makes no second order:
        look it up with `get_business_orders`.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order: a `CreateOrder`: products, delivery, recipient.

        Returns:
            A `CreatedOrders`: the number of the order for each warehouse.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Order already exists with external id …`; `Not enough stock for items: …`; `Offers not found
                for SKUs: …`; `Can't resolve geo for address …`; `The requested delivery interval is not valid for order
                …`: ask for delivery options anew.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/createOrder
        """
        result: CreatedOrders = await self._call(change_api.CREATE_ORDER, campaign_id=campaign_id, order=order)
        return result

    async def update_order(self, campaign_id: int, order: UpdateOrder | Mapping[str, Any]) -> UpdateOrderResult:
        """Change the recipient, the time of delivery or the storage of an order of one's own (LaaS).

        Give only what shall change, one thing or several; each becomes an operation of its own. They are done within
        minutes, and only if they succeed: `get_operations` or `wait_for_operations` tells. Orders can be changed until
        they are DELIVERED or CANCELLED. The days and hours to choose from come from `get_order_update_options`. A call
        that prolongs storage is never repeated by itself, since it would be prolonged again.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order: an `UpdateOrder`: the order and what shall change.

        Returns:
            An `UpdateOrderResult`: an operation for each change.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Order … is in terminal state` or `is in cancellation state`: too late; `Delivery dates can't be
                updated for … order with id …`: only a courier's can; `The requested delivery interval is not valid for
                order …`: ask for the options anew.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/updateOrder
        """
        result: UpdateOrderResult = await self._call(change_api.UPDATE_ORDER, campaign_id=campaign_id, order=order)
        return result

    async def get_order_update_options(self, campaign_id: int, id: int) -> OrderUpdateOptions:
        """Ask to which days and hours a courier's delivery can be moved (LaaS).

        Then give one of them to `update_order`.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            id: the order.

        Returns:
            An `OrderUpdateOptions`: the intervals to choose from, perhaps none.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: the order is delivered or cancelled, or no courier brings it.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderUpdateOptions
        """
        result: OrderUpdateOptions = await self._call(
            change_api.GET_ORDER_UPDATE_OPTIONS, campaign_id=campaign_id, id=id
        )
        return result
