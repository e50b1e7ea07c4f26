"""The operations of campaigns, an entry for each."""

from yamarket_async.endpoints import Endpoint, Pages, Quota
from yamarket_async.families.campaigns.models import CampaignResponse, CampaignSettingsResponse, CampaignsResponse
from yamarket_async.families.scopes import ANY

GET_CAMPAIGNS = Endpoint(
    name="getCampaigns",
    http_method="GET",
    path="/v2/campaigns",
    response=CampaignsResponse,
    pages=Pages("campaigns", "paging", size=100),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ANY,
    access="read",
    tells_business="campaigns.business.id",
    reference="campaigns/getCampaigns",
)

GET_CAMPAIGN = Endpoint(
    name="getCampaign",
    http_method="GET",
    path="/v2/campaigns/{campaignId}",
    response=CampaignResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ANY,
    access="read",
    reference="campaigns/getCampaign",
)

GET_CAMPAIGN_SETTINGS = Endpoint(
    name="getCampaignSettings",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/settings",
    response=CampaignSettingsResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ANY,
    access="read",
    reference="campaigns/getCampaignSettings",
)
