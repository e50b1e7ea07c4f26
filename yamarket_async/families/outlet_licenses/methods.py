"""The methods of outlet licences: permits to sell alcohol in a store's outlets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.outlet_licenses.models import FullOutletLicense, OutletLicense
    from yamarket_async.paging import Pager

api = Family("outlet_licenses")


class OutletLicensesMethods(Methods):
    """The methods of outlet licences: permits to sell alcohol in a store's outlets."""

    def get_outlet_licenses(
        self, campaign_id: int, *, outlet_ids: Iterable[int] | None = None, ids: Iterable[int] | None = None
    ) -> Pager[FullOutletLicense]:
        """Get licences of outlets, and how the Market's check of them stands.

        Ask either by outlets or by licences: one of the two must be given, and not both. They are asked for 500 a
        request.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            outlet_ids: the outlets, without repeats, of any number, 500 a request: ids of `get_outlets`, 1 or more. Not
                together with `ids`.
            ids: the licences, without repeats, of any number, 500 a request: the ids that the Market gave them, not the
                numbers printed on them. Not together with `outlet_ids`.

        Returns:
            A `Pager` of `FullOutletLicense`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: both lists were given, or none.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlet-licenses/getOutletLicenses
        """
        return self._pager(api.GET_OUTLET_LICENSES, campaign_id=campaign_id, outlet_ids=outlet_ids, ids=ids)

    def delete_outlet_licenses(
        self,
        campaign_id: int,
        ids: Iterable[int] | AsyncIterable[int],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Delete licences of outlets.

        What the Market knows of them is gone then; pass a licence again with `update_outlet_licenses`, to be checked
        anew.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            ids: the licences, at least one, of any number, 500 a request: ids of `get_outlet_licenses`, not the numbers
                printed on them.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign. Scopes, one of: all-methods, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlet-licenses/deleteOutletLicenses
        """
        return self._batches(
            api.DELETE_OUTLET_LICENSES, campaign_id=campaign_id, ids=ids, isolate=isolate, on_invalid=on_invalid
        )

    def update_outlet_licenses(
        self,
        campaign_id: int,
        licenses: Iterable[OutletLicense | Mapping[str, Any]] | AsyncIterable[OutletLicense | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Pass licences of outlets, new ones and changes of old ones.

        Only licences for the retail sale of alcohol are taken. A licence without `id` is new, one with it replaces what
        the Market has. Each is then checked: `get_outlet_licenses` tells in `check_status` how that went. To sell
        alcohol the store must also send the Market a letter of guarantee, once, and describe the products in the price
        list as required.

        A request is not repeated by itself when its answer was lost, as a new licence might then be there twice: read
        `get_outlet_licenses` first.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            licenses: the licences, at least one, of any number, 500 a request. Each is an `OutletLicense` or a mapping
                with the same names; the moments are the days printed on it, at midnight in the time zone of the outlet.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such outlet or licence in the store. It ends the call whatever `isolate` says: nobody
                tells whether the licences before it were added, and sent again they would be twice.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 requests an hour for a campaign. Scopes, one of: all-methods, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/outlet-licenses/updateOutletLicenses
        """
        return self._batches(
            api.UPDATE_OUTLET_LICENSES,
            campaign_id=campaign_id,
            licenses=licenses,
            isolate=isolate,
            on_invalid=on_invalid,
        )
