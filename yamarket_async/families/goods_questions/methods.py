"""The methods of questions: what buyers ask about products, and answering them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from yamarket_async.families.goods_questions.models import (
        Answer,
        Question,
        QuestionSortOrderType,
        QuestionsTextEntityOperationType,
        TypedQuestionsTextEntityId,
        UpdateGoodsQuestionTextEntity,
    )
    from yamarket_async.paging import Pager

api = Family("goods_questions")


class GoodsQuestionsMethods(Methods):
    """The methods of questions: what buyers ask about products, and answering them."""

    def get_goods_questions(
        self,
        business_id: int,
        *,
        category_ids: Iterable[int] | None = None,
        question_ids: Iterable[int] | None = None,
        date_from: date | None = None,
        date_to: date | None = None,
        need_answer: bool | None = None,
        sort: str | QuestionSortOrderType | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[Question]:
        """Walk through the questions about the seller's products.

        Notifications of the type QUESTION_CREATED tell of new ones and save polling. The answers to a question come
        from `get_goods_question_answers`; answer with `update_goods_question_text_entity`.

        A request takes a month at most; a longer range of days is walked in pieces, which needs both days. Filters add
        up.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            category_ids: only questions about products of these categories, 0 or more each, without repeats; None for
                all.
            question_ids: only these, without repeats, of any number, 50 a request; None for all.
            date_from: asked on this day or later; None for a month before `date_to`.
            date_to: asked on this day or earlier; None for today.
            need_answer: True for those that wait for an answer of yours only, False or None for all.
            sort: CREATED_AT_DESC for the newest first, CREATED_AT_ASC for the oldest first; None for the Market's own
                order. Of a longer range the pieces come the oldest first, and this is the order within each.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Question`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business with a subscription, 1,000 requests an hour without. Scopes, one
        of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-questions/getGoodsQuestions
        """
        return self._pager(
            api.GET_GOODS_QUESTIONS,
            business_id=business_id,
            category_ids=category_ids,
            question_ids=question_ids,
            date_from=date_from,
            date_to=date_to,
            need_answer=need_answer,
            sort=sort,
            page_size=page_size,
            page_token=page_token,
        )

    def get_goods_question_answers(
        self,
        business_id: int,
        *,
        question_id: int | None = None,
        answer_ids: Iterable[int] | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[Answer]:
        """Walk through the answers to a question, with the comments to each.

        Name the question, or the answers. Notifications of the types QUESTION_ANSWER_CREATED and
        QUESTION_COMMENT_CREATED tell of new ones. Answers of others are among them: whether you may change one says
        `can_modify`.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            question_id: the question, 1 or more: the `id` in `question_identifiers` of `get_goods_questions`.
            answer_ids: only these answers, 1 or more each, without repeats, of any number, 50 a request; None for all.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Answer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business with a subscription, 1,000 requests an hour without. Scopes, one
        of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-questions/getGoodsQuestionAnswers
        """
        return self._pager(
            api.GET_GOODS_QUESTION_ANSWERS,
            business_id=business_id,
            question_id=question_id,
            answer_ids=answer_ids,
            page_size=page_size,
            page_token=page_token,
        )

    async def update_goods_question_text_entity(
        self,
        business_id: int,
        operation_type: str | QuestionsTextEntityOperationType,
        *,
        entity_id: TypedQuestionsTextEntityId | Mapping[str, Any] | None = None,
        parent_entity_id: TypedQuestionsTextEntityId | Mapping[str, Any] | None = None,
        text: str | None = None,
    ) -> UpdateGoodsQuestionTextEntity | None:
        """Write, change or delete an answer to a question, or a comment to an answer.

        CREATE needs `parent_entity_id` and `text`, UPDATE `entity_id` and `text`, DELETE `entity_id` alone.

        What you write is moderated: its `status` in `get_goods_question_answers` tells when it is published. A repeat
        of CREATE writes a second answer, so a request whose answer was lost is not sent again: look with
        `get_goods_question_answers` whether it arrived.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            operation_type: CREATE, UPDATE or DELETE.
            entity_id: what to change or delete: a `TypedQuestionsTextEntityId` or a mapping like `{"id": 1, "type":
                "ANSWER"}`; for UPDATE and DELETE.
            parent_entity_id: what to answer or to comment on: a `TypedQuestionsTextEntityId` or a mapping like `{"id":
                1, "type": "QUESTION"}`; for CREATE.
            text: the text, 1 to 5,000 characters; for CREATE and UPDATE.

        Returns:
            An `UpdateGoodsQuestionTextEntity` with the id of the new answer or comment; None for UPDATE and DELETE.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `parentEntityId required for CREATE operation`, `entityId required for UPDATE and DELETE
                operation`: pass it. `QUESTION entity type cannot be updated`: name an answer or a comment. `Cannot
                create a comment on another comment.`: name the answer.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business with a subscription, 500 requests an hour without. Scopes, one of:
        all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-questions/updateGoodsQuestionTextEntity
        """
        result: UpdateGoodsQuestionTextEntity | None = await self._call(
            api.UPDATE_GOODS_QUESTION_TEXT_ENTITY,
            business_id=business_id,
            operation_type=operation_type,
            entity_id=entity_id,
            parent_entity_id=parent_entity_id,
            text=text,
        )
        return result
