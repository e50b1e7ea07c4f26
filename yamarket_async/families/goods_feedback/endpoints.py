"""The operations of goods feedback, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Parameter, Quota, Span, Things
from yamarket_async.families.goods_feedback import rules
from yamarket_async.families.goods_feedback.models import (
    DeleteGoodsFeedbackCommentRequest,
    GoodsFeedbackCommentsRequest,
    GoodsFeedbackCommentsResponse,
    GoodsFeedbackRequest,
    GoodsFeedbackResponse,
    GoodsFeedbackUrbanadsRequest,
    GoodsFeedbackUrbanadsResponse,
    SkipGoodsFeedbackReactionRequest,
    UpdateGoodsFeedbackCommentRequest,
    UpdateGoodsFeedbackCommentResponse,
)
from yamarket_async.families.scopes import COMMUNICATION, COMMUNICATION_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.sources import SourceType

GET_GOODS_FEEDBACKS = Endpoint(
    name="getGoodsFeedbacks",
    http_method="POST",
    path="/v2/businesses/{businessId}/goods-feedback",
    body=GoodsFeedbackRequest,
    body_required=False,
    response=GoodsFeedbackResponse,
    pages=Pages("result.feedbacks", "result.paging", size=50, default=25),
    ids=(
        Ids(
            "feedbackIds",
            50,
            key="feedback_id",
            excludes=("date_time_from", "date_time_to", "reaction_status", "rating_values", "offer_ids", "paid"),
        ),
    ),
    spans=(Span("dateTimeFrom", "dateTimeTo", 180, includes_start=False, includes_end=False),),
    rules=(
        rules.period,
        rules.stars,
    ),
    quota=Quota(5_000, 10_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="goods-feedback/getGoodsFeedbacks",
)

SKIP_GOODS_FEEDBACKS_REACTION = Endpoint(
    name="skipGoodsFeedbacksReaction",
    http_method="POST",
    path="/v2/businesses/{businessId}/goods-feedback/skip-reaction",
    query=(Parameter("sourceType", SourceType),),
    body=SkipGoodsFeedbackReactionRequest,
    response=ApiResponse,
    things=Things("feedbackIds", 50, apart=(400, 404)),
    quota=Quota(500, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="write",
    reference="goods-feedback/skipGoodsFeedbacksReaction",
)

UPDATE_GOODS_FEEDBACK_COMMENT = Endpoint(
    name="updateGoodsFeedbackComment",
    http_method="POST",
    path="/v2/businesses/{businessId}/goods-feedback/comments/update",
    query=(Parameter("sourceType", SourceType),),
    body=UpdateGoodsFeedbackCommentRequest,
    response=UpdateGoodsFeedbackCommentResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="write",
    repeat="detected",
    reference="goods-feedback/updateGoodsFeedbackComment",
)

DELETE_GOODS_FEEDBACK_COMMENT = Endpoint(
    name="deleteGoodsFeedbackComment",
    http_method="POST",
    path="/v2/businesses/{businessId}/goods-feedback/comments/delete",
    query=(Parameter("sourceType", SourceType),),
    body=DeleteGoodsFeedbackCommentRequest,
    response=ApiResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="irreversible",
    reference="goods-feedback/deleteGoodsFeedbackComment",
)

GET_GOODS_FEEDBACK_COMMENTS = Endpoint(
    name="getGoodsFeedbackComments",
    http_method="POST",
    path="/v2/businesses/{businessId}/goods-feedback/comments",
    query=(Parameter("sourceType", SourceType),),
    body=GoodsFeedbackCommentsRequest,
    response=GoodsFeedbackCommentsResponse,
    pages=Pages("result.comments", "result.paging", size=50, default=25),
    ids=(Ids("commentIds", 50, key="id", excludes=("feedback_id",)),),
    rules=(rules.whose_comments,),
    quota=Quota(5_000, 10_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="goods-feedback/getGoodsFeedbackComments",
)

GET_GOODS_FEEDBACKS_URBANADS = Endpoint(
    name="getGoodsFeedbacksUrbanads",
    http_method="POST",
    path="/v1/businesses/{businessId}/goods-feedback-advertiser",
    query=(Parameter("sourceType", SourceType),),
    body=GoodsFeedbackUrbanadsRequest,
    body_required=False,
    response=GoodsFeedbackUrbanadsResponse,
    pages=Pages("result.feedbacks", "result.paging", size=50, default=25),
    ids=(
        Ids(
            "feedbackIds",
            50,
            key="feedback_id",
            excludes=("date_time_from", "date_time_to", "reaction_status", "rating_values", "paid"),
        ),
    ),
    spans=(Span("dateTimeFrom", "dateTimeTo", 180, includes_start=False, includes_end=False),),
    rules=(
        rules.period,
        rules.stars,
    ),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="goods-feedback/getGoodsFeedbacksUrbanads",
)
