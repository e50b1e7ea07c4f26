"""The methods of warehouses: those of the seller and of the Market, and switching them off and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yamarket_async.families.warehouses.models import (
        FulfillmentWarehouses,
        PartnerWarehouse,
        PartnerWarehouseComponentType,
        WarehouseComponentType,
        WarehouseDetails,
        WarehouseModelStatus,
        WarehouseProgramType,
        Warehouses,
        WarehouseStatus,
    )
    from yamarket_async.paging import Pager

api = Family("warehouses")


class WarehousesMethods(Methods):
    """The methods of warehouses: those of the seller and of the Market, and switching them off and on."""

    @deprecated("use get_paged_warehouses or get_partner_warehouses; the Market shuts it down on 2027-04-05")
    async def get_warehouses(self, business_id: int) -> Warehouses:
        """Get the warehouses of a cabinet, and the groups in which they share their stocks.

        It is deprecated: from 18 January 2027 the Market refuses a growing share of the calls, on 5 April 2027 it shuts
        the method down. Use `get_paged_warehouses` in a cabinet with groups and `get_partner_warehouses` in one
        without.

        For a group the answer names the main warehouse, under whose store its stocks are to be sent by `update_stocks`.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.

        Returns:
            A `Warehouses`: the single warehouses, and the groups.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests a minute for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/getWarehouses
        """
        result: Warehouses = await self._call(api.GET_WAREHOUSES, business_id=business_id)
        return result

    def get_paged_warehouses(
        self,
        business_id: int,
        *,
        components: Iterable[str | WarehouseComponentType] | None = None,
        campaign_ids: Iterable[int] | None = None,
        page_size: int = 30,
        page_token: str | None = None,
    ) -> Pager[WarehouseDetails]:
        """Walk through the warehouses of a cabinet that has groups of warehouses.

        In a cabinet without groups use `get_partner_warehouses`. A group is a number of warehouses that share their
        stocks: whoever sells from one, sells from all; `group_info` says which group a warehouse belongs to.

        Address and status are left out unless `components` asks for them: ask only for what you need. The status is
        what the API knows and may differ from the account: where the Market switched a warehouse off first and then the
        seller did (`update_warehouse_status`), the account says that the Market did and this method that the seller
        did.

        A page size over 30 would be refused, so it is refused here.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            components: what else to tell: ADDRESS, STATUS or both, a list without repeats of at least one; None for
                neither.
            campaign_ids: only the warehouses of these stores; campaignIds without repeats, of any number, 25 a request;
                not the store's ID that the account and some reports show. None for all stores.
            page_size: items a page, 1 to 30.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `WarehouseDetails`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/getPagedWarehouses
        """
        return self._pager(
            api.GET_PAGED_WAREHOUSES,
            business_id=business_id,
            components=components,
            campaign_ids=campaign_ids,
            page_size=page_size,
            page_token=page_token,
        )

    def get_partner_warehouses(
        self,
        business_id: int,
        *,
        warehouse_ids: Iterable[int] | None = None,
        components: Iterable[str | PartnerWarehouseComponentType] | None = None,
        page_size: int = 30,
        page_token: str | None = None,
    ) -> Pager[PartnerWarehouse]:
        """Walk through the warehouses of a cabinet that has no groups of warehouses.

        For each warehouse it lists the models it works by (FBS, DBS, Express), and for each model whether the API is
        open to it. Groups are never listed; in a cabinet with groups use `get_paged_warehouses`. The ids serve
        `get_stocks_on_partner_warehouses`, `update_stocks_on_partner_warehouses` and `update_warehouse_model_status`.

        A page size over 30 would be refused, so it is refused here.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            warehouse_ids: only these warehouses, a list of ids (1 or more) without repeats, of at least one; None for
                all of the cabinet.
            components: what else to tell: ADDRESS, the only one; None for nothing.
            page_size: items a page, 1 to 30.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `PartnerWarehouse`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/getPartnerWarehouses
        """
        return self._pager(
            api.GET_PARTNER_WAREHOUSES,
            business_id=business_id,
            warehouse_ids=warehouse_ids,
            components=components,
            page_size=page_size,
            page_token=page_token,
        )

    async def get_fulfillment_warehouses(self, *, campaign_id: int | None = None) -> FulfillmentWarehouses:
        """Get the warehouses of the Market.

        For FBY and LaaS: their ids tell which warehouse is meant in `get_stocks`, and filter it and the report of
        stocks.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: only the warehouses that serve this store (a campaignId, 1 or more); None for all of the
                Market.

        Returns:
            A `FulfillmentWarehouses`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/getFulfillmentWarehouses
        """
        result: FulfillmentWarehouses = await self._call(api.GET_FULFILLMENT_WAREHOUSES, campaign_id=campaign_id)
        return result

    @deprecated("use update_warehouse_model_status; the Market shuts it down on 2027-04-05")
    async def update_warehouse_status(self, campaign_id: int, enabled: bool) -> WarehouseStatus:
        """Switch the warehouse of a store off or on.

        It is deprecated: from 18 January 2027 the Market refuses a growing share of the calls, on 5 April 2027 it shuts
        the method down. Use `update_warehouse_model_status`.

        Once it is off, its products disappear from the shop within 15 minutes. Once it is on again they are back within
        15 minutes, or within 4 hours if it was off for 30 days or longer. Only what the seller switched off can be
        switched on: a warehouse that the Market switched off stays off. A repeat changes nothing.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            enabled: True to switch it on, False to switch it off.

        Returns:
            A `WarehouseStatus`: what it is now. OTHER after switching on may also mean that the Market keeps it off.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/updateWarehouseStatus
        """
        result: WarehouseStatus = await self._call(
            api.UPDATE_WAREHOUSE_STATUS, campaign_id=campaign_id, enabled=enabled
        )
        return result

    async def update_warehouse_model_status(
        self, business_id: int, partner_warehouse_id: int, model: str | WarehouseProgramType, enabled: bool
    ) -> WarehouseModelStatus:
        """Switch a model (FBS, DBS or Express) of one warehouse off or on.

        Once it is off, the products that are sold from this warehouse by this model disappear from the shop within 15
        minutes. Once it is on again they are back within 15 minutes, or within 4 hours if it was off for 30 days or
        longer. Only what the seller switched off can be switched on: a model that the Market switched off stays off. A
        repeat changes nothing.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            partner_warehouse_id: the warehouse, 1 or more: an id of `get_partner_warehouses`.
            model: the model: FBS, DBS or EXPRESS, one of those that the warehouse works by.
            enabled: True to switch it on, False to switch it off.

        Returns:
            A `WarehouseModelStatus`: what it is now. OTHER after switching on may also mean that the Market keeps it
            off.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such warehouse in the cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for a business. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/warehouses/updateWarehouseModelStatus
        """
        result: WarehouseModelStatus = await self._call(
            api.UPDATE_WAREHOUSE_MODEL_STATUS,
            business_id=business_id,
            partner_warehouse_id=partner_warehouse_id,
            model=model,
            enabled=enabled,
        )
        return result
