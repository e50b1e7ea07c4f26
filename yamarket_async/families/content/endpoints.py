"""The operations of content, an entry for each."""

from collections.abc import Iterable
from typing import Annotated, Any

from yamarket_async.endpoints import Endpoint, Ids, Judgement, Pages, Parameter, Quota, Things
from yamarket_async.families.content.models import (
    CategoryContentParametersResponse,
    OfferCardsContentStatusRequest,
    OfferCardsContentStatusResponse,
    UpdateOfferContentRequest,
    UpdateOfferContentResponse,
)
from yamarket_async.families.scopes import OFFERS, OFFERS_READ
from yamarket_async.models.bounds import Bounds, Id


def results(answer: Any) -> Iterable[Judgement]:
    """Read the errors and warnings of each product."""
    for result in answer.results or ():
        for error in result.errors or ():
            yield Judgement(result.offer_id, error.type, error.message)
        for warning in result.warnings or ():
            yield Judgement(result.offer_id, warning.type, warning.message, refused=False)


GET_CATEGORY_CONTENT_PARAMETERS = Endpoint(
    name="getCategoryContentParameters",
    http_method="POST",
    path="/v2/category/{categoryId}/parameters",
    path_types={"categoryId": Annotated[int, Bounds(gt=0)]},
    query=(Parameter("businessId", Id),),
    response=CategoryContentParametersResponse,
    quota=Quota(100, 100, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    reference="content/getCategoryContentParameters",
)

GET_OFFER_CARDS_CONTENT_STATUS = Endpoint(
    name="getOfferCardsContentStatus",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-cards",
    body=OfferCardsContentStatusRequest,
    body_required=False,
    response=OfferCardsContentStatusResponse,
    pages=Pages("result.offerCards", "result.paging", size=200, default=100),
    # The page doesn't say that such a list comes whole, and a request takes more ids than a page holds by default.
    ids=(Ids("offerIds", 200, key="offer_id", excludes=("card_statuses", "category_ids")),),
    quota=Quota(100, 600, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    reference="content/getOfferCardsContentStatus",
)

UPDATE_OFFER_CONTENT = Endpoint(
    name="updateOfferContent",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-cards/update",
    body=UpdateOfferContentRequest,
    response=UpdateOfferContentResponse,
    things=Things("offersContent", 100, key=("offer_id",), judge=results, whole=True),
    quota=Quota(5_000, 10_000, period=60, cost="req.offersContent"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="content/updateOfferContent",
)
