"""The methods of supply requests: goods on their way into the Market's warehouses and out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from yamarket_async.families.supply_requests.models import (
        SupplyRequest,
        SupplyRequestDocuments,
        SupplyRequestItem,
        SupplyRequestSorting,
        SupplyRequestStatusType,
        SupplyRequestSubType,
        SupplyRequestType,
    )
    from yamarket_async.paging import Pager

api = Family("supply_requests")


class SupplyRequestsMethods(Methods):
    """The methods of supply requests: goods on their way into the Market's warehouses and out of them."""

    def get_supply_requests(
        self,
        campaign_id: int,
        *,
        request_ids: Iterable[int] | None = None,
        request_date_from: datetime | None = None,
        request_date_to: datetime | None = None,
        request_types: Iterable[str | SupplyRequestType] | None = None,
        request_subtypes: Iterable[str | SupplyRequestSubType] | None = None,
        request_statuses: Iterable[str | SupplyRequestStatusType] | None = None,
        sorting: SupplyRequestSorting | Mapping[str, Any] | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[SupplyRequest]:
        """Walk through the requests of a store for supply, withdrawal and disposal.

        They are made in the seller's account; the API reads them. Their products are in `get_supply_request_items`,
        their papers in `get_supply_request_documents`. A request may be one of several that belong together:
        `parent_link` and `children_links` tell which, and the types of link what for.

        The days filter by the day of the supply, at the warehouse or at the transit warehouse that the goods pass
        (`requested_date` of `target_location` and `transit_location`), not by the last change: to find what changed,
        sort by UPDATED_AT downwards and stop at the moment of your last walk. Filters add up. A page size over 100
        would be refused, so it is refused here.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            request_ids: only these requests (the `id` of a `SupplyRequestId`, 1 or more), without repeats; of any
                number, 100 a request. None for all.
            request_date_from: only requests for this moment or later; None for no bound.
            request_date_to: only requests up to this moment; None for no bound.
            request_types: only these types, a list without repeats of at least one; None for all.
            request_subtypes: only these subtypes, a list without repeats of at least one; None for all.
            request_statuses: only requests in these statuses, a list without repeats of at least one; None for all.
            sorting: by what and in which direction they are sorted: a `SupplyRequestSorting` or a mapping like
                `{"attribute": "UPDATED_AT", "direction": "DESC"}`; None leaves it to the Market.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `SupplyRequest`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/supply-requests/getSupplyRequests
        """
        return self._pager(
            api.GET_SUPPLY_REQUESTS,
            campaign_id=campaign_id,
            request_ids=request_ids,
            request_date_from=request_date_from,
            request_date_to=request_date_to,
            request_types=request_types,
            request_subtypes=request_subtypes,
            request_statuses=request_statuses,
            sorting=sorting,
            page_size=page_size,
            page_token=page_token,
        )

    def get_supply_request_items(
        self, campaign_id: int, request_id: int, *, page_size: int = 500, page_token: str | None = None
    ) -> Pager[SupplyRequestItem]:
        """Walk through the products of a supply request, and how many of each were announced and taken over.

        A page size over 500 would be refused, so it is refused here; the Market may put fewer on a page than you ask
        for (its description of the answer says 100 at most), which the walk follows.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            request_id: the request, 1 or more: the `id` of its `SupplyRequestId`; not one of the numbers that the
                account shows.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `SupplyRequestItem`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Supply request not found.`
            Forbidden: `The partner does not have access to the supply request.`: it belongs to another seller.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/supply-requests/getSupplyRequestItems
        """
        return self._pager(
            api.GET_SUPPLY_REQUEST_ITEMS,
            campaign_id=campaign_id,
            request_id=request_id,
            page_size=page_size,
            page_token=page_token,
        )

    async def get_supply_request_documents(self, campaign_id: int, request_id: int) -> SupplyRequestDocuments:
        """Get the documents of a supply request: lists of goods, labels, acts, identification codes.

        Which there are depends on the type of the request and how far it is. Each comes as a link; download it soon.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            request_id: the request, 1 or more: the `id` of its `SupplyRequestId`; not one of the numbers that the
                account shows.

        Returns:
            A `SupplyRequestDocuments`: the documents.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Supply request not found.`
            Forbidden: `The partner does not have access to the supply request.`: it belongs to another seller.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/supply-requests/getSupplyRequestDocuments
        """
        result: SupplyRequestDocuments = await self._call(
            api.GET_SUPPLY_REQUEST_DOCUMENTS, campaign_id=campaign_id, request_id=request_id
        )
        return result
