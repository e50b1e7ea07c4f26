"""The operations of hidden offers, an entry for each."""

from typing import Annotated

from yamarket_async.endpoints import Endpoint, Ids, Pages, Parameter, Quota, Things
from yamarket_async.families.hidden_offers.models import (
    AddHiddenOffersRequest,
    DeleteHiddenOffersRequest,
    HiddenOffersResponse,
)
from yamarket_async.families.scopes import OFFERS, OFFERS_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Bounds, Sku

ADD_HIDDEN_OFFERS = Endpoint(
    name="addHiddenOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/hidden-offers",
    body=AddHiddenOffersRequest,
    response=ApiResponse,
    things=Things("hiddenOffers", 500, key=("offer_id",)),
    quota=Quota(5_000, 10_000, period=60, cost="req.hiddenOffers"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 420, 423, 500),
    access="write",
    reference="hidden-offers/addHiddenOffers",
)

GET_HIDDEN_OFFERS = Endpoint(
    name="getHiddenOffers",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/hidden-offers",
    query=(Parameter("offer_id", Annotated[list[Sku], Bounds(unique=True)], argument="offer_ids"),),
    response=HiddenOffersResponse,
    pages=Pages("result.hiddenOffers", "result.paging", size=500, default=250),
    ids=(Ids("offer_id", 500, key="offer_id"),),
    quota=Quota(100, 10_000, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="hidden-offers/getHiddenOffers",
)

DELETE_HIDDEN_OFFERS = Endpoint(
    name="deleteHiddenOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/hidden-offers/delete",
    body=DeleteHiddenOffersRequest,
    response=ApiResponse,
    things=Things("hiddenOffers", 500, key=("offer_id",)),
    quota=Quota(5_000, 10_000, period=60, cost="req.hiddenOffers"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="hidden-offers/deleteHiddenOffers",
)
