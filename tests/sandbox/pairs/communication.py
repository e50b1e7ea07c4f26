"""Chats, feedback on products, questions about them."""

from tests.sandbox.pairs.pair import Known, Pair, order
from yamarket_async.sandbox import Sandbox

CHAT = {"chatId": "<chatId>"}
MESSAGES = "result.messages.*"


def chat(sandbox: Sandbox) -> Known:
    return {"chatId": sandbox.chats.start("Алло", order_id=4711)}


def returned(sandbox: Sandbox) -> Known:
    known = order(until="DELIVERED")(sandbox)
    return known | {"returnId": sandbox.returns.open(known["orderId"])}


def feedback(sandbox: Sandbox) -> Known:
    return {"feedbackId": sandbox.feedback.leave("ЛАМПА", 2)}


def commented(sandbox: Sandbox) -> Known:
    known = feedback(sandbox)
    left = sandbox.feedback.find(known["feedbackId"])
    assert left is not None
    return known | {"commentId": sandbox.feedback.write(left, "Извините", None).id}


def question(sandbox: Sandbox) -> Known:
    return {"questionId": sandbox.questions.ask("ЛАМПА", "Она светит?")}


def answered(sandbox: Sandbox) -> Known:
    known = question(sandbox)
    asked = sandbox.questions.find("QUESTION", known["questionId"])
    assert asked is not None
    return known | {"answerId": sandbox.questions.write_answer(asked, "Да").id}


FEEDBACK, COMMENTS = {"feedbackIds": ["<feedbackId>"]}, {"feedbackId": "<feedbackId>"}
ANSWER = {"id": "<answerId>", "type": "ANSWER"}
CREATE = {"operationType": "CREATE", "parentEntityId": {"id": "<questionId>", "type": "QUESTION"}, "text": "Ещё как"}

CHATS = [
    Pair(
        "createChat",
        {"context": {"type": "ORDER", "id": "<orderId>"}},
        "getChats",
        {"contexts": [{"type": "ORDER", "id": "<orderId>"}]},
        "result.chats.*.context.orderId",
        ["<orderId>"],
        order(),
    ),
    Pair(
        "createChat",
        {"context": {"type": "RETURN", "id": "<returnId>"}},
        "getChats",
        {"contexts": [{"type": "RETURN", "id": "<returnId>"}]},
        "result.chats.*.context.returnId",
        ["<returnId>"],
        returned,
    ),
    Pair(
        "sendMessageToChat",
        {"message": "Еду"},
        "getChatHistory",
        {},
        f"{MESSAGES}.message",
        ["Алло", "Еду"],
        chat,
        query=CHAT,
    ),
    Pair(
        "sendMessageToChat",
        {"message": "Еду"},
        "getChat",
        {},
        "result.status",
        "WAITING_FOR_CUSTOMER",
        chat,
        query=CHAT,
    ),
    Pair(
        "sendFileToChat",
        {"file": b"12345"},
        "getChatHistory",
        {},
        f"{MESSAGES}.payload.0.size",
        [None, 5],
        chat,
        query=CHAT,
    ),
    Pair(
        "/__sandbox/chats/say",
        {"chat_id": "<chatId>", "text": "Жду"},
        "getChatMessage",
        {"messageId": "<messageId>"},
        "result.message",
        "Жду",
        chat,
        query=CHAT,
        told={"messageId": "result"},
    ),
]

FEEDBACKS = [
    Pair(
        "updateGoodsFeedbackComment",
        {"feedbackId": "<feedbackId>", "comment": {"text": "Спасибо!"}},
        "getGoodsFeedbackComments",
        COMMENTS,
        "result.comments.*.text",
        ["Спасибо!"],
        feedback,
    ),
    Pair(
        "updateGoodsFeedbackComment",
        {"feedbackId": "<feedbackId>", "comment": {"id": "<commentId>", "text": "Заменим!"}},
        "getGoodsFeedbackComments",
        COMMENTS,
        "result.comments.*.text",
        ["Заменим!"],
        commented,
    ),
    Pair(
        "updateGoodsFeedbackComment",
        {"feedbackId": "<feedbackId>", "comment": {"text": "Спасибо!"}},
        "getGoodsFeedbacksUrbanads",
        FEEDBACK,
        "result.feedbacks.0.statistics.commentsCount",
        1,
        feedback,
    ),
    Pair(
        "deleteGoodsFeedbackComment",
        {"id": "<commentId>"},
        "getGoodsFeedbackComments",
        COMMENTS,
        "result.comments",
        [],
        commented,
    ),
    Pair(
        "skipGoodsFeedbacksReaction",
        FEEDBACK,
        "getGoodsFeedbacks",
        FEEDBACK,
        "result.feedbacks.0.needReaction",
        False,
        feedback,
    ),
]

QUESTIONS = [
    Pair(
        "updateGoodsQuestionTextEntity",
        CREATE,
        "getGoodsQuestionAnswers",
        {"questionId": "<questionId>"},
        "result.answers.*.text",
        ["Ещё как"],
        question,
    ),
    Pair(
        "updateGoodsQuestionTextEntity",
        {"operationType": "CREATE", "parentEntityId": ANSWER, "text": "И греет"},
        "getGoodsQuestionAnswers",
        {"questionId": "<questionId>"},
        "result.answers.0.comments.*.text",
        ["И греет"],
        answered,
    ),
    Pair(
        "updateGoodsQuestionTextEntity",
        {"operationType": "UPDATE", "entityId": ANSWER, "text": "Нет"},
        "getGoodsQuestionAnswers",
        {"questionId": "<questionId>"},
        "result.answers.*.text",
        ["Нет"],
        answered,
    ),
    Pair(
        "updateGoodsQuestionTextEntity",
        {"operationType": "DELETE", "entityId": ANSWER},
        "getGoodsQuestionAnswers",
        {"questionId": "<questionId>"},
        "result.answers",
        [],
        answered,
    ),
    Pair(
        "updateGoodsQuestionTextEntity",
        CREATE,
        "getGoodsQuestions",
        {"needAnswer": True},
        "result.questions",
        [],
        question,
    ),
]

PAIRS = [*CHATS, *FEEDBACKS, *QUESTIONS]
