"""The operations of business offer mappings, an entry for each."""

from collections.abc import Iterable
from typing import Any

from yamarket_async.endpoints import Endpoint, Ids, Judgement, Pages, Parameter, Quota, Things
from yamarket_async.families.business_offer_mappings import rules
from yamarket_async.families.business_offer_mappings.models import (
    AddOffersToArchiveRequest,
    AddOffersToArchiveResponse,
    CatalogLanguageType,
    DeleteOffersFromArchiveRequest,
    DeleteOffersFromArchiveResponse,
    DeleteOffersRequest,
    DeleteOffersResponse,
    GenerateOfferBarcodesRequest,
    GenerateOfferBarcodesResponse,
    OfferMappingsRequest,
    OfferMappingsResponse,
    UpdateOfferMappingsRequest,
    UpdateOfferMappingsResponse,
)
from yamarket_async.families.scopes import OFFERS, OFFERS_READ


def not_deleted(answer: Any) -> Iterable[Judgement]:
    """Read which products stayed; the answer has no result where all were deleted."""
    for offer_id in (answer.result and answer.result.not_deleted_offer_ids) or ():
        yield Judgement(offer_id, "NOT_DELETED", "unknown, or in a warehouse of the Market")


def results(answer: Any) -> Iterable[Judgement]:
    """Read the errors and warnings of each product."""
    for result in answer.results or ():
        for error in result.errors or ():
            yield Judgement(result.offer_id, error.type, error.message)
        for warning in result.warnings or ():
            yield Judgement(result.offer_id, warning.type, warning.message, refused=False)


def not_archived(answer: Any) -> Iterable[Judgement]:
    """Read which products were not put into the archive."""
    for refused in (answer.result and answer.result.not_archived_offers) or ():
        yield Judgement(refused.offer_id, refused.error)


def not_unarchived(answer: Any) -> Iterable[Judgement]:
    """Read which products were not taken out of the archive."""
    for offer_id in (answer.result and answer.result.not_unarchived_offer_ids) or ():
        yield Judgement(offer_id, "NOT_UNARCHIVED")


def unprocessed(answer: Any) -> Iterable[Judgement]:
    """Read which products got no barcode."""
    for offer_id in (answer.result and answer.result.unprocessed_offer_ids) or ():
        yield Judgement(offer_id, "UNPROCESSED")


def anew(call: Any) -> bool:
    """Tell whether each repeat of a call gives a product one barcode more."""
    return call.skip_if_exists is False


DELETE_OFFERS = Endpoint(
    name="deleteOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-mappings/delete",
    body=DeleteOffersRequest,
    response=DeleteOffersResponse,
    things=Things("offerIds", 500, report="DeletedOffers", judge=not_deleted),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="irreversible",
    repeat="detected",
    reference="business-offer-mappings/deleteOffers",
)

GET_OFFER_MAPPINGS = Endpoint(
    name="getOfferMappings",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-mappings",
    query=(Parameter("language", CatalogLanguageType),),
    body=OfferMappingsRequest,
    body_required=False,
    response=OfferMappingsResponse,
    pages=Pages("result.offerMappings", "result.paging", size=100, default=50, truncates=True),
    ids=(
        Ids(
            "offerIds",
            100,
            key="offer.offer_id",
            alone=True,
            excludes=("card_statuses", "category_ids", "vendor_names", "tags", "archived"),
        ),
    ),
    quota=Quota(100, 600, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    reference="business-offer-mappings/getOfferMappings",
)

UPDATE_OFFER_MAPPINGS = Endpoint(
    name="updateOfferMappings",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-mappings/update",
    query=(Parameter("language", CatalogLanguageType),),
    body=UpdateOfferMappingsRequest,
    response=UpdateOfferMappingsResponse,
    # 500 by the description; the page asks for no more than 100 already, since the bound is to be lowered.
    things=Things("offerMappings", 100, key=("offer.offer_id",), judge=results, whole=True, rules=(rules.product,)),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerMappings"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="business-offer-mappings/updateOfferMappings",
)

ADD_OFFERS_TO_ARCHIVE = Endpoint(
    name="addOffersToArchive",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-mappings/archive",
    body=AddOffersToArchiveRequest,
    response=AddOffersToArchiveResponse,
    things=Things("offerIds", 200, judge=not_archived),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    repeat="detected",
    reference="business-offer-mappings/addOffersToArchive",
)

DELETE_OFFERS_FROM_ARCHIVE = Endpoint(
    name="deleteOffersFromArchive",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-mappings/unarchive",
    body=DeleteOffersFromArchiveRequest,
    response=DeleteOffersFromArchiveResponse,
    things=Things("offerIds", 200, judge=not_unarchived),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    repeat="detected",
    reference="business-offer-mappings/deleteOffersFromArchive",
)

GENERATE_OFFER_BARCODES = Endpoint(
    name="generateOfferBarcodes",
    http_method="POST",
    path="/v1/businesses/{businessId}/offer-mappings/barcodes/generate",
    body=GenerateOfferBarcodesRequest,
    response=GenerateOfferBarcodesResponse,
    things=Things("offerIds", 100, judge=unprocessed),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 420, 423, 500),
    access="write",
    never_if=anew,
    check_with="get_offer_mappings",
    reference="business-offer-mappings/generateOfferBarcodes",
)
