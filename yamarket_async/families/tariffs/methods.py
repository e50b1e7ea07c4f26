"""The methods of tariffs: what the Market's services would cost for a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from yamarket_async.families.tariffs.models import (
        CalculateTariffsOffer,
        CalculateTariffsOfferInfo,
        CalculateTariffsParameters,
    )
    from yamarket_async.paging import Pager

api = Family("tariffs")


class TariffsMethods(Methods):
    """The methods of tariffs: what the Market's services would cost for a product."""

    def calculate_tariffs(
        self,
        parameters: CalculateTariffsParameters | Mapping[str, Any],
        offers: Iterable[CalculateTariffsOffer | Mapping[str, Any]],
    ) -> Pager[CalculateTariffsOfferInfo]:
        """Calculate what the Market's services would cost for products with given parameters.

        The figures are approximate: what an order costs in the end depends on the services that it needed. The reduced
        tariffs of a subscription are counted in. Answers come in the order of `offers`, which is how to tell whose they
        are; each repeats what was asked for. Products need not be in the catalogue.

        Placement models: FBS, FBY, DBS, EXPRESS.

        Args:
            parameters: for whom to calculate: either `campaign_id` or `selling_program`, never both; and how payouts
                are made.
            offers: the products, any number, at least one; they are asked for in batches of 200.

        Returns:
            A `Pager` of `CalculateTariffsOfferInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Category is not a leaf.`; `Unknown categories: '…'`; `Currency '…' is not supported for tariff
                calculation`; `Invalid parameter: payout frequency '…' and delay weeks '…' are not supported`: in Russia
                payouts are DAILY, or WEEKLY with a delay of 1, 2 or 4 weeks; or both `campaign_id` and
                `selling_program` were given.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests a minute for the key. Scopes, one of: all-methods, all-methods:read-only, pricing,
        pricing:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/tariffs/calculateTariffs
        """
        return self._pager(api.CALCULATE_TARIFFS, parameters=parameters, offers=offers)
