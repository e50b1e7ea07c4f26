"""The operations of returns, an entry for each."""

from datetime import date
from typing import Annotated

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Pages, Parameter, Quota
from yamarket_async.families.returns import rules
from yamarket_async.families.returns.models import (
    CancelReturnRequest,
    CancelReturnResponse,
    CreateReturnRequest,
    CreateReturnResponse,
    ReturnAvailableDecisionsRequest,
    ReturnAvailableDecisionsResponse,
    ReturnResponse,
    ReturnsResponse,
    SetReturnDecisionRequest,
    SubmitReturnDecisionRequest,
)
from yamarket_async.families.scopes import ORDERS, ORDERS_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.returns import RefundStatusType, ReturnShipmentStatusType, ReturnType

GET_RETURNS = Endpoint(
    name="getReturns",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/returns",
    query=(
        Parameter("orderIds", Annotated[list[int], Bounds(max_length=50, unique=True)]),
        Parameter("statuses", Annotated[list[RefundStatusType], Bounds(unique=True)]),
        Parameter("shipmentStatuses", Annotated[list[ReturnShipmentStatusType], Bounds(unique=True)]),
        Parameter("type", ReturnType),
        Parameter("fromDate", date),
        Parameter("toDate", date),
    ),
    response=ReturnsResponse,
    pages=Pages("result.returns", "result.paging", size=100, default=50, truncates=True),
    ids=(Ids("orderIds", 50, key="order_id"),),
    rules=(rules.changed_range,),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS_READ,
    access="read",
    reference="returns/getReturns",
)

GET_RETURN = Endpoint(
    name="getReturn",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/returns/{returnId}",
    response=ReturnResponse,
    quota=Quota(7_000, 7_000, period=3600),
    scopes=ORDERS_READ,
    access="read",
    reference="returns/getReturn",
)

SET_RETURN_DECISION = Endpoint(
    name="setReturnDecision",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/returns/{returnId}/decision",
    body=SetReturnDecisionRequest,
    response=ApiResponse,
    rules=(rules.decision,),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="write",
    deprecated=Deprecation("submit_return_decision", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)),
    reference="returns/setReturnDecision",
)

SUBMIT_RETURN_DECISION = Endpoint(
    name="submitReturnDecision",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/returns/{returnId}/decision/submit",
    body=SubmitReturnDecisionRequest,
    body_required=False,
    response=ApiResponse,
    rules=(rules.decisions,),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="irreversible",
    repeat="never",
    check_with="get_return",
    reference="returns/submitReturnDecision",
)

GET_RETURN_AVAILABLE_DECISIONS = Endpoint(
    name="getReturnAvailableDecisions",
    http_method="POST",
    path="/v1/businesses/{businessId}/returns/decisions",
    body=ReturnAvailableDecisionsRequest,
    response=ReturnAvailableDecisionsResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="returns/getReturnAvailableDecisions",
)

GET_RETURN_APPLICATION = Endpoint(
    name="getReturnApplication",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/returns/{returnId}/application",
    files=("application/pdf",),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="returns/getReturnApplication",
)

GET_RETURN_PHOTO = Endpoint(
    name="getReturnPhoto",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/returns/{returnId}/decision/{itemId}/image/{imageHash}",
    path_types={"imageHash": str},
    files=("image/jpeg", "image/png"),
    rules=(rules.a_photo,),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="returns/getReturnPhoto",
)

CREATE_RETURN = Endpoint(
    name="createReturn",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/returns/create",
    body=CreateReturnRequest,
    response=CreateReturnResponse,
    rules=(rules.reasons,),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="irreversible",
    repeat="detected",
    reference="returns/createReturn",
)

CANCEL_RETURN = Endpoint(
    name="cancelReturn",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/returns/cancel",
    body=CancelReturnRequest,
    response=CancelReturnResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ORDERS,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="irreversible",
    repeat="detected",
    reference="returns/cancelReturn",
)
