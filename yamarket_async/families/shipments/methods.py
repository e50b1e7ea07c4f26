"""The methods of shipments: handing FBS orders over to the Market, with acts, labels and pallets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable
    from datetime import date
    from typing import Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.shipments.models import (
        OrdersShipmentInfo,
        Shipment,
        ShipmentInfo,
        ShipmentPalletLabelPageFormatType,
        ShipmentStatusType,
    )
    from yamarket_async.files import File
    from yamarket_async.paging import Pager

api = Family("shipments")


class ShipmentsMethods(Methods):
    """The methods of shipments: handing FBS orders over to the Market, with acts, labels and pallets."""

    async def download_shipment_reception_transfer_act(
        self, campaign_id: int, *, warehouse_id: int | None = None, signatory: str | None = None
    ) -> File:
        """Confirm the nearest shipment and get its act of acceptance and transfer.

        It does in one go, for the shipment that is due next, what `confirm_shipment` and `download_shipment_act` do for
        one that you name. The confirmation can't be taken back, so a second call doesn't give the act again: read it
        with `download_shipment_act`. The shipment must have been formed; when that is so depends on the schedule of the
        warehouse, which is set in the seller's account only.

        The act lists the orders that are packed and ready (READY_TO_SHIP) and go to a sorting centre, a point of
        acceptance or the Market's couriers, each with your and the Market's number, declared value (the order without
        delivery), price of all its products, gross weight and number of boxes. Your own number of an order is there if
        `update_external_order_id` set it. An Express store that hands orders to couriers of Yandex Go needs no act.

        With `signatory` the act is signed electronically and is valid as it is. Without it print the act: both sides
        sign it and write their names beside it, and where needed the details of the power of attorney.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            warehouse_id: the warehouse that ships, 1 or more; None if it needn't be told.
            signatory: the Yandex ID login, without `@yandex.ru`, of the person on whose behalf the act is signed; it is
                shown at id.yandex.ru and under Settings → Employees in the account. Only with an Api-Key. None for an
                act on paper.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Closest shipment for reception transfer act generation not found.`: none has been formed yet;
                `No orders for closest shipment have been processed yet`, `Some orders have not been processed yet. …`:
                bring its orders to READY_TO_SHIP; `Some orders are in the process of being excluded from shipment …`:
                try again in up to 30 minutes; `Shipment with ID … has been confirmed already`: use
                `download_shipment_act`.
            Forbidden: `Electronic signature is only available for API token authorization.`; `Contacts with available
                roles for signing not found for login …`, `Contact not found for login …`: that person may not sign for
                this store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentReceptionTransferAct
        """
        return await self._file(
            api.DOWNLOAD_SHIPMENT_RECEPTION_TRANSFER_ACT,
            campaign_id=campaign_id,
            warehouse_id=warehouse_id,
            signatory=signatory,
        )

    async def get_shipment(
        self, campaign_id: int, shipment_id: int, *, cancelled_orders: bool | None = None
    ) -> Shipment:
        """Get a shipment: when and where, its orders, how far it is, and what can be done with it now.

        `available_actions` says what the next step may be: CONFIRM before `confirm_shipment`, CHANGE_PALLETS_COUNT
        before `set_shipment_pallets_count`, DOWNLOAD_… before the method that downloads that document.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.
            cancelled_orders: whether cancelled orders are among its `order_ids`; None is as True.

        Returns:
            A `Shipment`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/getShipment
        """
        result: Shipment = await self._call(
            api.GET_SHIPMENT, campaign_id=campaign_id, shipment_id=shipment_id, cancelled_orders=cancelled_orders
        )
        return result

    async def get_shipment_orders_info(self, campaign_id: int, shipment_id: int) -> OrdersShipmentInfo:
        """Get for which orders of a shipment labels can be printed, and for which not yet.

        Labels of an order come with `generate_order_labels` or `generate_mass_order_labels_report`, once its boxes are
        known (`set_order_box_layout`).

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.

        Returns:
            An `OrdersShipmentInfo`: the two lists of orders.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/getShipmentOrdersInfo
        """
        result: OrdersShipmentInfo = await self._call(
            api.GET_SHIPMENT_ORDERS_INFO, campaign_id=campaign_id, shipment_id=shipment_id
        )
        return result

    async def confirm_shipment(
        self,
        campaign_id: int,
        shipment_id: int,
        *,
        external_shipment_id: str | None = None,
        signatory: str | None = None,
    ) -> None:
        """Confirm a shipment to a sorting centre or a point of acceptance.

        It can be done once the shipment has been formed and the time of confirmation has come: `get_shipment` then has
        CONFIRM among its `available_actions`. The schedule belongs to the warehouse and is set in the seller's account,
        not by the API. Its orders must be READY_TO_SHIP or further; move those that won't be ready to the next shipment
        with `transfer_orders_from_shipment`. Then comes `download_shipment_act`.

        It can't be taken back. A repeat is refused, so after a lost answer `Shipment with ID … has been confirmed
        already` means that the first call did it.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.
            external_shipment_id: your own id of the shipment, kept as `external_id`; None for none.
            signatory: the Yandex ID login, without `@yandex.ru`, of the person on whose behalf the act is signed
                electronically; it is shown at id.yandex.ru and under Settings → Employees in the account. Only with an
                Api-Key. None for an act on paper.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Cutoff time for shipments has not been reached yet`: wait; `Shipment with ID … contains invalid
                orders. Reasons: orders are in wrong status (…)`: each must be READY_TO_SHIP, SHIPPED, DELIVERY, PICKUP
                or DELIVERED; `Shipment with ID … does not contain any orders`; `Shipment with ID … has been confirmed
                already`.
            Forbidden: `Electronic signature is only available for API token authorization.`; `Contacts with available
                roles for signing not found for login …`, `Contact not found for login …`: that person may not sign for
                this store.
            NotFound: `Shipment with ID … not found`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/confirmShipment
        """
        await self._call(
            api.CONFIRM_SHIPMENT,
            campaign_id=campaign_id,
            shipment_id=shipment_id,
            external_shipment_id=external_shipment_id,
            signatory=signatory,
        )

    async def download_shipment_act(self, campaign_id: int, shipment_id: int) -> File:
        """Get the act of acceptance and transfer of a confirmed shipment.

        Confirm the shipment first (`confirm_shipment`). The act is dated by the day of the call and lists the packed
        orders, each with your and the Market's number, declared value (the order without delivery), gross weight and
        number of boxes. Your own number of an order is there if `update_external_order_id` set it. On paper both sides
        sign it and write their names beside it, and where needed the details of the power of attorney. An Express store
        that hands orders to couriers of Yandex Go needs no act.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Outbound with id = … is not confirmed and hasn't draft transfer`: confirm it first.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentAct
        """
        return await self._file(api.DOWNLOAD_SHIPMENT_ACT, campaign_id=campaign_id, shipment_id=shipment_id)

    async def download_shipment_inbound_act(self, campaign_id: int, shipment_id: int) -> File:
        """Get the act of what was really taken over from a shipment.

        It is there some hours after the shipment has finished, and is what you compare with your own count when
        something is missing. `get_shipment` then has DOWNLOAD_INBOUND_ACT among its `available_actions`.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store, or no act yet.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentInboundAct
        """
        return await self._file(api.DOWNLOAD_SHIPMENT_INBOUND_ACT, campaign_id=campaign_id, shipment_id=shipment_id)

    async def download_shipment_transportation_waybill(self, campaign_id: int, shipment_id: int) -> File:
        """Get the waybill of a shipment that the Market fetches from your warehouse.

        There is none where you bring the orders to a point of acceptance or a sorting centre yourself (IMPORT).
        `get_shipment` has DOWNLOAD_TRANSPORTATION_WAYBILL among its `available_actions` where it is there.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.

        Returns:
            A `File` (application/vnd.ms-excel): a workbook, XLSX by the Market's page.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store, or no waybill for
                it.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentTransportationWaybill
        """
        return await self._file(
            api.DOWNLOAD_SHIPMENT_TRANSPORTATION_WAYBILL, campaign_id=campaign_id, shipment_id=shipment_id
        )

    async def download_shipment_discrepancy_act(self, campaign_id: int, shipment_id: int) -> File:
        """Get the act of the differences between what was shipped and what was taken over.

        For shipments that were taken over with differences (ACCEPTED_WITH_DISCREPANCIES); `get_shipment` then has
        DOWNLOAD_DISCREPANCY_ACT among its `available_actions`.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.

        Returns:
            A `File` (application/vnd.ms-excel): a workbook, XLSX by the Market's page.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store, or no act for it.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentDiscrepancyAct
        """
        return await self._file(api.DOWNLOAD_SHIPMENT_DISCREPANCY_ACT, campaign_id=campaign_id, shipment_id=shipment_id)

    async def set_shipment_pallets_count(self, campaign_id: int, shipment_id: int, places_count: int) -> None:
        """Tell how many packages a shipment comes in, for acceptance on trust.

        Count the pallets or other packages that you bring, not the boxes of the orders: 2 orders of 5 boxes each on 2
        pallets are 2, not 10. Then print the labels of the packages with `download_shipment_pallet_labels`. A repeat
        sets the same number again; another number takes the place of the first while `get_shipment` has
        CHANGE_PALLETS_COUNT among its `available_actions`.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.
            places_count: the packages, 0 or more.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/setShipmentPalletsCount
        """
        await self._call(
            api.SET_SHIPMENT_PALLETS_COUNT, campaign_id=campaign_id, shipment_id=shipment_id, places_count=places_count
        )

    async def download_shipment_pallet_labels(
        self, campaign_id: int, shipment_id: int, *, format: str | ShipmentPalletLabelPageFormatType | None = None
    ) -> File:
        """Get a label for each package of a shipment, for acceptance on trust.

        Tell the number of packages with `set_shipment_pallets_count` first. Print several copies: each package wants at
        least 2 labels, on different sides.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment, 1 or more: an id of `search_shipments`.
            format: A8 for a label a page, A4 for 16 labels a page; None is as A8.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/downloadShipmentPalletLabels
        """
        return await self._file(
            api.DOWNLOAD_SHIPMENT_PALLET_LABELS, campaign_id=campaign_id, shipment_id=shipment_id, format=format
        )

    def search_shipments(
        self,
        campaign_id: int,
        date_from: date,
        date_to: date,
        *,
        statuses: Iterable[str | ShipmentStatusType] | None = None,
        order_ids: Iterable[int] | None = None,
        cancelled_orders: bool | None = None,
        page_size: int = 30,
        page_token: str | None = None,
    ) -> Pager[ShipmentInfo]:
        """Walk through the shipments of a store between two days.

        The days are those of the planned shipment. Narrow it by status or by orders that are to be in a shipment. A
        page size over 30 would be refused, so it is refused here.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            date_from: the first day, included.
            date_to: the last day, included.
            statuses: only shipments in these statuses, a list without repeats of at least one; None for all.
            order_ids: only shipments with one of these orders, a list without repeats of at least one; None for all.
            cancelled_orders: whether cancelled orders are among the `order_ids` of a shipment; None is as True.
            page_size: items a page, 1 to 30.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `ShipmentInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/searchShipments
        """
        return self._pager(
            api.SEARCH_SHIPMENTS,
            campaign_id=campaign_id,
            date_from=date_from,
            date_to=date_to,
            statuses=statuses,
            order_ids=order_ids,
            cancelled_orders=cancelled_orders,
            page_size=page_size,
            page_token=page_token,
        )

    def transfer_orders_from_shipment(
        self,
        campaign_id: int,
        shipment_id: int,
        order_ids: Iterable[int] | AsyncIterable[int],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Move orders that won't be ready from their shipment to the next one.

        For emergencies: each such move lowers the quality index of the store, and too many of them restrict it. It
        works until half an hour before the shipment is formed. The move takes some minutes (up to 30); until then the
        act of the shipment is refused with `Some orders are in the process of being excluded from shipment …`. Orders
        can't be moved back.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment that they are in, 1 or more: an id of `search_shipments`.
            order_ids: the orders to move, without repeats; any number of them, sent 500 a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: an order is not in this shipment, or it is too late to move it. The whole request is refused.
            NotFound: `Failed to find [shipment] with id […]`: there is no such shipment in the store, or no such order;
                that ends the call whatever `isolate` says.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/shipments/transferOrdersFromShipment
        """
        return self._batches(
            api.TRANSFER_ORDERS_FROM_SHIPMENT,
            campaign_id=campaign_id,
            shipment_id=shipment_id,
            order_ids=order_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )
