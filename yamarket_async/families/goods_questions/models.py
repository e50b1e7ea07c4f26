"""The structs of questions."""

from datetime import date
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Sku


class QuestionsTextContentAuthorType(OpenEnum):
    """Who wrote it."""

    USER = "USER"
    """A buyer."""
    BUSINESS = "BUSINESS"
    """A seller's cabinet."""
    VENDOR = "VENDOR"
    """The manufacturer."""
    BRAND = "BRAND"
    """The brand."""


class QuestionsTextContentAuthor(Model, kw_only=True, frozen=True):
    """The author of a question, an answer or a comment.

    Attributes:
        type: who that is.
        name: the name of the person or the cabinet.
    """

    type: QuestionsTextContentAuthorType | None = None
    name: str | None = None


class QuestionsTextContentModerationStatusType(OpenEnum):
    """How moderation of an answer or comment stands."""

    PUBLISHED = "PUBLISHED"
    """Buyers see it."""
    UNMODERATED = "UNMODERATED"
    """Not checked yet."""
    BANNED = "BANNED"
    """Blocked."""
    DELETED = "DELETED"
    """Deleted."""


class Votes(Model, kw_only=True, frozen=True):
    """What readers think of a question, an answer or a comment.

    Attributes:
        likes: how many like it.
        dislikes: how many don't.
    """

    likes: int
    dislikes: int


class Comment(Model, kw_only=True, frozen=True):
    """A comment to an answer.

    Attributes:
        id: its id, 1 or more.
        text: what it says, 1 to 5,000 characters.
        can_modify: whether you may change or delete it.
        parent_id: the comment it belongs to.
        author: who wrote it.
        status: how its moderation stands.
        answer_id: the answer it belongs to.
        created_at: when it was written.
        votes: what readers think of it.
    """

    id: Id
    text: Annotated[str, Bounds(min_length=1, max_length=5000)]
    can_modify: bool | None = None
    parent_id: Id | None = None
    author: QuestionsTextContentAuthor | None = None
    status: QuestionsTextContentModerationStatusType
    answer_id: Id
    created_at: Moment
    votes: Votes | None = None


class Answer(Model, kw_only=True, frozen=True):
    """An answer to a question.

    Attributes:
        id: its id, 1 or more.
        text: what it says, 1 to 5,000 characters.
        can_modify: whether you may change or delete it.
        author: who wrote it.
        status: how its moderation stands.
        question_id: the question.
        created_at: when it was written.
        votes: what readers think of it.
        comments: the comments to it, at most 100.
    """

    id: Id
    text: Annotated[str, Bounds(min_length=1, max_length=5000)]
    can_modify: bool
    author: QuestionsTextContentAuthor | None = None
    status: QuestionsTextContentModerationStatusType
    question_id: Id
    created_at: Moment
    votes: Votes
    comments: Annotated[list[Comment], Bounds(min_length=0, max_length=100)] | None = None


class AnswerList(Model, kw_only=True, frozen=True):
    """A page of answers.

    Attributes:
        answers: the answers.
        paging: the way to the next page.
    """

    answers: list[Answer]
    paging: ForwardScrollingPager | None = None


class AnswersRequest(Model, kw_only=True, frozen=True):
    """What getGoodsQuestionAnswers takes.

    Attributes:
        question_id: the question, 1 or more: the `id` in `question_identifiers` of `get_goods_questions`.
        answer_ids: only these answers, 1 or more each, without repeats, of any number, 50 a request; None for all.
    """

    question_id: Id | None = None
    answer_ids: Annotated[list[Id], Bounds(min_length=1, max_length=50, unique=True)] | None = None


class AnswersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsQuestionAnswers.

    Attributes:
        result: what was asked for.
    """

    result: AnswerList | None = None


class QuestionSortOrderType(OpenEnum):
    """In which order questions come."""

    CREATED_AT_DESC = "CREATED_AT_DESC"
    """The newest first."""
    CREATED_AT_ASC = "CREATED_AT_ASC"
    """The oldest first."""


class QuestionsRequest(Model, kw_only=True, frozen=True):
    """What getGoodsQuestions takes.

    Attributes:
        category_ids: only questions about products of these categories, 0 or more each, without repeats; None for all.
        question_ids: only these, without repeats, of any number, 50 a request; None for all.
        date_from: asked on this day or later; None for a month before `date_to`.
        date_to: asked on this day or earlier; None for today.
        need_answer: True for those that wait for an answer of yours only, False or None for all.
        sort: CREATED_AT_DESC for the newest first, CREATED_AT_ASC for the oldest first; None for the Market's own
            order. Of a longer range the pieces come the oldest first, and this is the order within each.
    """

    category_ids: Annotated[list[Annotated[int, Bounds(ge=0)]], Bounds(min_length=1, unique=True)] | None = None
    question_ids: Annotated[list[Id], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    date_from: date | None = None
    date_to: date | None = None
    need_answer: bool | None = None
    sort: QuestionSortOrderType | None = None


class QuestionIdentifiers(Model, kw_only=True, frozen=True):
    """What a question is and what it is about.

    Attributes:
        id: its id, 1 or more.
        category_id: the category of the product.
        offer_id: your SKU of the product.
    """

    id: Id
    category_id: Annotated[int, Bounds(ge=0)] | None = None
    offer_id: Sku


class Question(Model, kw_only=True, frozen=True):
    """A question about a product.

    Attributes:
        question_identifiers: its id and the product.
        business_id: the cabinet.
        text: what is asked, 1 to 5,000 characters.
        created_at: when it was asked.
        votes: what readers think of it.
        author: who asked.
    """

    question_identifiers: QuestionIdentifiers
    business_id: Id
    text: Annotated[str, Bounds(min_length=1, max_length=5000)]
    created_at: Moment
    votes: Votes
    author: QuestionsTextContentAuthor


class QuestionList(Model, kw_only=True, frozen=True):
    """A page of questions.

    Attributes:
        questions: the questions.
        paging: the way to the next page.
        total_count: how many questions there are in all by these filters.
    """

    questions: list[Question]
    paging: ForwardScrollingPager | None = None
    total_count: int


class QuestionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsQuestions.

    Attributes:
        result: what was asked for.
    """

    result: QuestionList | None = None


class QuestionsTextEntityOperationType(OpenEnum):
    """What to do with an answer or comment."""

    UPDATE = "UPDATE"
    """Change it."""
    CREATE = "CREATE"
    """Write it."""
    DELETE = "DELETE"
    """Delete it."""


class QuestionsTextEntityType(OpenEnum):
    """What an id is of."""

    QUESTION = "QUESTION"
    """A question about a product."""
    ANSWER = "ANSWER"
    """An answer to a question."""
    COMMENT = "COMMENT"
    """A comment to an answer."""


class TypedQuestionsTextEntityId(Model, kw_only=True, frozen=True):
    """A question, an answer or a comment.

    Attributes:
        id: its id, 1 or more.
        type: which of them it is.
    """

    id: Id
    type: QuestionsTextEntityType


class UpdateGoodsQuestionTextEntity(Model, kw_only=True, frozen=True):
    """What was written.

    Attributes:
        entity: the new answer or comment.
    """

    entity: TypedQuestionsTextEntityId


class UpdateGoodsQuestionTextEntityRequest(Model, kw_only=True, frozen=True):
    """What updateGoodsQuestionTextEntity takes.

    Attributes:
        entity_id: what to change or delete: a `TypedQuestionsTextEntityId` or a mapping like `{"id": 1, "type":
            "ANSWER"}`; for UPDATE and DELETE.
        parent_entity_id: what to answer or to comment on: a `TypedQuestionsTextEntityId` or a mapping like `{"id": 1,
            "type": "QUESTION"}`; for CREATE.
        text: the text, 1 to 5,000 characters; for CREATE and UPDATE.
        operation_type: CREATE, UPDATE or DELETE.
    """

    entity_id: TypedQuestionsTextEntityId | None = None
    parent_entity_id: TypedQuestionsTextEntityId | None = None
    text: Annotated[str, Bounds(min_length=1, max_length=5000)] | None = None
    operation_type: QuestionsTextEntityOperationType


class UpdateGoodsQuestionTextEntityResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateGoodsQuestionTextEntity.

    Attributes:
        result: what was asked for.
    """

    result: UpdateGoodsQuestionTextEntity | None = None
