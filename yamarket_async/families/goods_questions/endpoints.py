"""The operations of goods questions, an entry for each."""

from typing import Any

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota, Span
from yamarket_async.families.goods_questions import rules
from yamarket_async.families.goods_questions.models import (
    AnswersRequest,
    AnswersResponse,
    QuestionsRequest,
    QuestionsResponse,
    UpdateGoodsQuestionTextEntityRequest,
    UpdateGoodsQuestionTextEntityResponse,
)
from yamarket_async.families.scopes import COMMUNICATION, COMMUNICATION_READ


def creates(call: Any) -> bool:
    """Tell whether each repeat of a call writes one answer or comment more."""
    return bool(call.operation_type == "CREATE")


GET_GOODS_QUESTIONS = Endpoint(
    name="getGoodsQuestions",
    http_method="POST",
    path="/v1/businesses/{businessId}/goods-questions",
    body=QuestionsRequest,
    body_required=False,
    response=QuestionsResponse,
    pages=Pages("result.questions", "result.paging", size=50, default=25),
    ids=(Ids("questionIds", 50, key="question_identifiers.id"),),
    spans=(Span("dateFrom", "dateTo", 28),),
    rules=(rules.asked_range,),
    quota=Quota(1_000, 5_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="goods-questions/getGoodsQuestions",
)

GET_GOODS_QUESTION_ANSWERS = Endpoint(
    name="getGoodsQuestionAnswers",
    http_method="POST",
    path="/v1/businesses/{businessId}/goods-questions/answers",
    body=AnswersRequest,
    response=AnswersResponse,
    pages=Pages("result.answers", "result.paging", size=50, default=25),
    ids=(Ids("answerIds", 50, key="id"),),
    rules=(rules.whose_answers,),
    quota=Quota(1_000, 5_000, period=3600),
    scopes=COMMUNICATION_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="goods-questions/getGoodsQuestionAnswers",
)

UPDATE_GOODS_QUESTION_TEXT_ENTITY = Endpoint(
    name="updateGoodsQuestionTextEntity",
    http_method="POST",
    path="/v1/businesses/{businessId}/goods-questions/update",
    body=UpdateGoodsQuestionTextEntityRequest,
    response=UpdateGoodsQuestionTextEntityResponse,
    rules=(rules.operation,),
    quota=Quota(500, 1_000, period=3600),
    scopes=COMMUNICATION,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="write",
    repeat="detected",
    never_if=creates,
    check_with="get_goods_question_answers",
    reference="goods-questions/updateGoodsQuestionTextEntity",
)
