"""The methods of outlets: a DBS store's own shops and pick-up points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from yamarket_async.families.outlets.models import (
        CreatedOutlet,
        FullOutlet,
        OutletAddress,
        OutletDeliveryRule,
        OutletType,
        OutletVisibilityType,
        OutletWorkingSchedule,
    )
    from yamarket_async.paging import Pager

api = Family("outlets")


class OutletsMethods(Methods):
    """The methods of outlets: a DBS store's own shops and pick-up points."""

    async def create_outlet(
        self,
        campaign_id: int,
        name: str,
        type: str | OutletType,
        address: OutletAddress | Mapping[str, Any],
        phones: Iterable[str],
        working_schedule: OutletWorkingSchedule | Mapping[str, Any],
        *,
        coords: str | None = None,
        is_main: bool | None = None,
        shop_outlet_code: str | None = None,
        visibility: str | OutletVisibilityType | None = None,
        delivery_rules: Iterable[OutletDeliveryRule | Mapping[str, Any]] | None = None,
        storage_period: int | None = None,
    ) -> CreatedOutlet:
        """Add an outlet, a shop or pick-up point, to a store.

        A new outlet is checked by moderators: its `status` in `get_outlet` goes from NONMODERATED over AT_MODERATION to
        MODERATED, or to FAILED with the reason in `moderation_reason`.

        A repeat makes a second outlet, unless both have the same `shop_outlet_code`, which the Market refuses; so give
        each a code of your own. To sell alcohol in it pass its licence with `update_outlet_licenses`.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            name: its name.
            type: DEPOT for a pick-up point, RETAIL for a shop, MIXED for both in one. NOT_DEFINED is for answers only.
            address: where it is: an `OutletAddress` or a mapping; its `regionId` must be a town (which
                the Market calls TOWN here and VILLAGE in the `type` of a region), a CITY or a REPUBLIC_AREA of
                `search_regions_by_name`.
            phones: telephone numbers, at least one, without repeats, as `+7 (999) 999-99-99`, with `#1234` behind it
                for an extension.
            working_schedule: when it is open: an `OutletWorkingSchedule` or a mapping.
            coords: longitude and then latitude in degrees, with a comma or a space between, as `20.4522144,
                54.7104264`; None for what the Market finds by the address.
            is_main: whether it is the store's main outlet; None for the Market's default.
            shop_outlet_code: your own id for it, another for each outlet of the store; None for none.
            visibility: VISIBLE to show it, HIDDEN to switch it off; None for the Market's default. UNKNOWN is for
                answers only.
            delivery_rules: how orders get there, at least one rule; needed with DEPOT and MIXED. Each is an
                `OutletDeliveryRule` or a mapping.
            storage_period: days for which an order is kept there, in a pick-up point of your own.

        Returns:
            A `CreatedOutlet` with the id that the Market gave it.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `datediff-is-to-big-local` (over 2 days between the least and the most days, in the store's own
                region), `datediff-is-to-big-remote` (over 4 days, elsewhere), `datediff-is-to-big-long-period` (from
                more than 18 days on, over twice the least): mend the delivery rule. `Region '…' cannot be used as
                outlet region`: name a town, city or district. `Wrong outlet gps coordinates`: longitude comes first.
                `Not valid outlet info: '…'` names other mistakes. `Outlet with code '…' already exists for campaign
                '…'`: the code is taken.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign with a subscription, 35,000 requests an hour without. Scopes, one
        of: all-methods, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlets/createOutlet
        """
        result: CreatedOutlet = await self._call(
            api.CREATE_OUTLET,
            campaign_id=campaign_id,
            name=name,
            type=type,
            address=address,
            phones=phones,
            working_schedule=working_schedule,
            coords=coords,
            is_main=is_main,
            shop_outlet_code=shop_outlet_code,
            visibility=visibility,
            delivery_rules=delivery_rules,
            storage_period=storage_period,
        )
        return result

    def get_outlets(
        self,
        campaign_id: int,
        *,
        region_id: int | None = None,
        shop_outlet_code: str | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[FullOutlet]:
        """Walk through the outlets of a store.

        Each comes with its state of moderation. What the Market counts here are the outlets it returns, not the
        requests.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            region_id: only outlets in this region and all regions below it; an id of `search_regions_by_name`. None for
                all.
            shop_outlet_code: only the outlet with this code of yours; None for all.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `FullOutlet`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 items an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlets/getOutlets
        """
        return self._pager(
            api.GET_OUTLETS,
            campaign_id=campaign_id,
            region_id=region_id,
            shop_outlet_code=shop_outlet_code,
            page_size=page_size,
            page_token=page_token,
        )

    async def update_outlet(
        self,
        campaign_id: int,
        outlet_id: int,
        name: str,
        type: str | OutletType,
        address: OutletAddress | Mapping[str, Any],
        phones: Iterable[str],
        working_schedule: OutletWorkingSchedule | Mapping[str, Any],
        *,
        coords: str | None = None,
        is_main: bool | None = None,
        shop_outlet_code: str | None = None,
        visibility: str | OutletVisibilityType | None = None,
        delivery_rules: Iterable[OutletDeliveryRule | Mapping[str, Any]] | None = None,
        storage_period: int | None = None,
    ) -> None:
        """Change an outlet, replacing all that was known of it.

        Pass the whole outlet, also what stays as it is, beginning with what `get_outlet` returns: don't count on what
        is left out being kept. A repeat changes nothing more.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            outlet_id: the outlet, 1 or more: an id of `get_outlets`.
            name: its name.
            type: DEPOT for a pick-up point, RETAIL for a shop, MIXED for both in one. NOT_DEFINED is for answers only.
            address: where it is: an `OutletAddress` or a mapping; its `regionId` must be a town (which
                the Market calls TOWN here and VILLAGE in the `type` of a region), a CITY or a REPUBLIC_AREA of
                `search_regions_by_name`.
            phones: telephone numbers, at least one, without repeats, as `+7 (999) 999-99-99`, with `#1234` behind it
                for an extension.
            working_schedule: when it is open: an `OutletWorkingSchedule` or a mapping.
            coords: longitude and then latitude in degrees, with a comma or a space between, as `20.4522144,
                54.7104264`; None for what the Market finds by the address.
            is_main: whether it is the store's main outlet; None for the Market's default.
            shop_outlet_code: your own id for it, another for each outlet of the store; None for none.
            visibility: VISIBLE to show it, HIDDEN to switch it off; None for the Market's default. UNKNOWN is for
                answers only.
            delivery_rules: how orders get there, at least one rule; needed with DEPOT and MIXED. Each is an
                `OutletDeliveryRule` or a mapping.
            storage_period: days for which an order is kept there, in a pick-up point of your own.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `datediff-is-to-big-local` (over 2 days between the least and the most days, in the store's own
                region), `datediff-is-to-big-remote` (over 4 days, elsewhere), `datediff-is-to-big-long-period` (from
                more than 18 days on, over twice the least): mend the delivery rule. `Region '…' cannot be used as
                outlet region`: name a town, city or district. `Wrong outlet gps coordinates`: longitude comes first.
                `Not valid outlet info: '…'` names other mistakes.
            NotFound: `Outlet not found: '…'`: the store has no such outlet.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign with a subscription, 35,000 requests an hour without. Scopes, one
        of: all-methods, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlets/updateOutlet
        """
        await self._call(
            api.UPDATE_OUTLET,
            campaign_id=campaign_id,
            outlet_id=outlet_id,
            name=name,
            type=type,
            address=address,
            phones=phones,
            working_schedule=working_schedule,
            coords=coords,
            is_main=is_main,
            shop_outlet_code=shop_outlet_code,
            visibility=visibility,
            delivery_rules=delivery_rules,
            storage_period=storage_period,
        )

    async def get_outlet(self, campaign_id: int, outlet_id: int) -> FullOutlet:
        """Get one outlet of a store, with its state of moderation.

        Several are read at once with `get_outlets`.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            outlet_id: the outlet, 1 or more: an id of `get_outlets`.

        Returns:
            A `FullOutlet`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Outlet not found: '…'`: the store has no such outlet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlets/getOutlet
        """
        result: FullOutlet = await self._call(api.GET_OUTLET, campaign_id=campaign_id, outlet_id=outlet_id)
        return result

    async def delete_outlet(self, campaign_id: int, outlet_id: int) -> None:
        """Delete an outlet of a store.

        It can't be brought back. To take it out of sight for a while, change its `visibility` to HIDDEN with
        `update_outlet`.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            outlet_id: the outlet, 1 or more: an id of `get_outlets`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Outlet not found: '…'`: there is none with this id in the store; it may have been deleted before.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign with a subscription, 35,000 requests an hour without. Scopes, one
        of: all-methods, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlets/deleteOutlet
        """
        await self._call(api.DELETE_OUTLET, campaign_id=campaign_id, outlet_id=outlet_id)
