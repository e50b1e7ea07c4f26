"""The operations of promos, an entry for each."""

from collections.abc import Iterable
from typing import Any

from yamarket_async.endpoints import Endpoint, Judgement, Pages, Quota, Things
from yamarket_async.families.promos import rules
from yamarket_async.families.promos.models import (
    DeletePromoOffersRequest,
    DeletePromoOffersResponse,
    PromoOffersRequest,
    PromoOffersResponse,
    PromosRequest,
    PromosResponse,
    UpdatePromoOffersRequest,
    UpdatePromoOffersResponse,
)


def updated(answer: Any) -> Iterable[Judgement]:
    """Read which products were refused for the promotion, and which were taken with a warning."""
    result = answer.result
    for refused in (result and result.rejected_offers) or ():
        yield Judgement(refused.offer_id, refused.reason)
    for offer in (result and result.warning_offers) or ():
        for warning in offer.warnings:
            where = f"in the stores {', '.join(map(str, warning.campaign_ids))}" if warning.campaign_ids else None
            yield Judgement(offer.offer_id, warning.code, where, refused=False)


def deleted(answer: Any) -> Iterable[Judgement]:
    """Read which products were not taken out of the promotion."""
    for refused in (answer.result and answer.result.rejected_offers) or ():
        yield Judgement(refused.offer_id, refused.reason)


GET_PROMOS = Endpoint(
    name="getPromos",
    http_method="POST",
    path="/v2/businesses/{businessId}/promos",
    body=PromosRequest,
    body_required=False,
    response=PromosResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=("all-methods", "all-methods:read-only", "promotion", "promotion:read-only", "pricing", "pricing:read-only"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="promos/getPromos",
)

GET_PROMO_OFFERS = Endpoint(
    name="getPromoOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/promos/offers",
    body=PromoOffersRequest,
    response=PromoOffersResponse,
    pages=Pages("result.offers", "result.paging", size=500, default=250),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=("all-methods", "all-methods:read-only", "pricing", "pricing:read-only", "promotion", "promotion:read-only"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="promos/getPromoOffers",
)

UPDATE_PROMO_OFFERS = Endpoint(
    name="updatePromoOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/promos/offers/update",
    body=UpdatePromoOffersRequest,
    response=UpdatePromoOffersResponse,
    things=Things("offers", 500, key=("offer_id",), judge=updated, apart=(), rules=(rules.prices,)),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=("all-methods", "pricing", "promotion"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="write",
    reference="promos/updatePromoOffers",
)

DELETE_PROMO_OFFERS = Endpoint(
    name="deletePromoOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/promos/offers/delete",
    body=DeletePromoOffersRequest,
    response=DeletePromoOffersResponse,
    things=Things("offerIds", 500, judge=deleted, apart=()),
    rules=(rules.which,),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=("all-methods", "pricing", "promotion"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="write",
    repeat="detected",
    reference="promos/deletePromoOffers",
)
