"""The methods of ratings: the quality index of stores and what pulled it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yamarket_async.families.ratings.models import CampaignQualityRating, QualityRatingDetails
    from yamarket_async.paging import Pager

api = Family("ratings")


class RatingsMethods(Methods):
    """The methods of ratings: the quality index of stores and what pulled it down."""

    def get_quality_ratings(
        self,
        business_id: int,
        campaign_ids: Iterable[int],
        *,
        date_from: date | None = None,
        date_to: date | None = None,
    ) -> Pager[CampaignQualityRating]:
        """Get the quality index of stores day by day, with its components.

        The index runs from 0 to 100. Each `CampaignQualityRating` holds one store's values for the days of the period;
        `components` of a value tell which share of orders went wrong in which way. Which orders those were tells
        `get_quality_rating_details`.

        Stores of any number are asked for 50 a request.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            campaign_ids: the stores, at least one, without repeats; any number, 50 a request: each the campaignId of
                `get_campaigns`.
            date_from: the first day, at most 30 days before today, and today at the latest; None leaves it to the
                Market.
            date_to: the last day, today at the latest; None leaves it to the Market.

        Returns:
            A `Pager` of `CampaignQualityRating`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Forbidden: `No access to campaigns: '…'`: one of the stores isn't open to the key.
            MarketError: see `yamarket_async.errors`.

        Limit: 500 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/ratings/getQualityRatings
        """
        return self._pager(
            api.GET_QUALITY_RATINGS,
            business_id=business_id,
            campaign_ids=campaign_ids,
            date_from=date_from,
            date_to=date_to,
        )

    async def get_quality_rating_details(self, campaign_id: int) -> QualityRatingDetails:
        """Get the orders that pulled down the quality index of a store.

        The index itself, and how much each component weighs on it, comes from `get_quality_ratings`.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.

        Returns:
            A `QualityRatingDetails`: the orders, each with what went wrong.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, settings-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/ratings/getQualityRatingDetails
        """
        result: QualityRatingDetails = await self._call(api.GET_QUALITY_RATING_DETAILS, campaign_id=campaign_id)
        return result
