"""The methods of campaigns: the stores of a cabinet and their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.campaigns.models import Campaign, CampaignSettings
    from yamarket_async.paging import Pager

api = Family("campaigns")


class CampaignsMethods(Methods):
    """The methods of campaigns: the stores of a cabinet and their settings."""

    def get_campaigns(self, *, page_size: int = 100, page_token: str | None = None) -> Pager[Campaign]:
        """Walk through the stores that the key can see.

        The first call of most programs: it tells the campaignId and the business id that nearly every other method
        wants, the placement model of each store, and whether the API is open to it. Stores whose API is switched off
        are listed too, and say why in `api_availability`; once the cause is mended, the API is back within about a
        minute.

        With an Api-Key the stores are those of the one cabinet that the key belongs to. With an OAuth token they are
        those that the owner of the token has access to, in any cabinet; for a user of an agency, the stores of its
        clients.

        With an Api-Key the list can't be narrowed to stores run for an agency. A `page_size` over 100 would be refused,
        so it is refused here. The older paging by page number was to be switched off on 5 October 2026 and is not used.

        Placement models: DBS, EXPRESS, FBS, FBY, LAAS.

        Args:
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Campaign`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/campaigns/getCampaigns
        """
        return self._pager(api.GET_CAMPAIGNS, page_size=page_size, page_token=page_token)

    async def get_campaign(self, campaign_id: int) -> Campaign:
        """Get one store: its name, cabinet, placement model, and whether the API is open to it.

        The same `Campaign` that `get_campaigns` lists. Useful to look again at `api_availability` after another method
        was refused with 403.

        Placement models: DBS, EXPRESS, FBS, FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.

        Returns:
            A `Campaign`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found`: there is no such store; take the id from `get_campaigns`, not the store's ID
                that the seller's account shows.
            Forbidden: `Access denied`: the store is in another cabinet than the key.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/campaigns/getCampaign
        """
        result: Campaign = await self._call(api.GET_CAMPAIGN, campaign_id=campaign_id)
        return result

    async def get_campaign_settings(self, campaign_id: int) -> CampaignSettings:
        """Get the settings of one store: its home region, the days on which its delivery works there, and its VAT.

        These are the settings that the seller makes in the account; there is no method that changes them.

        Placement models: DBS, FBS, EXPRESS, FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.

        Returns:
            A `CampaignSettings`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/campaigns/getCampaignSettings
        """
        result: CampaignSettings = await self._call(api.GET_CAMPAIGN_SETTINGS, campaign_id=campaign_id)
        return result
