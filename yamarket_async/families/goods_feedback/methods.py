"""The methods of feedback: what buyers say of products they bought, and answering them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from datetime import datetime
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.goods_feedback.models import (
        FeedbackReactionStatusType,
        GoodsFeedback,
        GoodsFeedbackComment,
        GoodsFeedbackUrbanads,
        UpdateGoodsFeedbackComment,
    )
    from yamarket_async.models.sources import SourceType
    from yamarket_async.paging import Pager

api = Family("goods_feedback")


class GoodsFeedbackMethods(Methods):
    """The methods of feedback: what buyers say of products they bought, and answering them."""

    def get_goods_feedbacks(
        self,
        business_id: int,
        *,
        feedback_ids: Iterable[int] | None = None,
        date_time_from: datetime | None = None,
        date_time_to: datetime | None = None,
        reaction_status: str | FeedbackReactionStatusType | None = None,
        rating_values: Iterable[int] | None = None,
        offer_ids: Iterable[str] | None = None,
        paid: bool | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[GoodsFeedback]:
        """Walk through the feedback on the seller's products, in the order in which it was published.

        Feedback that buyers or the Market deleted is left out. Notifications of the type GOODS_FEEDBACK_CREATED tell of
        new feedback and save polling. As the order is that of publication, a `page_token` that was kept leads on from
        there at any time.

        A request takes 6 months at most; a longer range of moments is walked in pieces, which needs both of them.
        Filters add up.

        To react write a comment with `update_goods_feedback_comment`, or mark as read with
        `skip_goods_feedbacks_reaction`.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            feedback_ids: only these, without repeats, of any number, 50 a request; not together with another filter.
                None for all.
            date_time_from: published after this moment, which isn't included; None for 6 months before `date_time_to`.
            date_time_to: published before this moment, which isn't included; None for now.
            reaction_status: NEED_REACTION for what you haven't read or answered yet only; ALL or None for all.
            rating_values: only with these ratings, 1 to 5 each, without repeats, at most 5; None for all.
            offer_ids: only on these products: 1 to 20 SKUs, without repeats; None for all.
            paid: True for what the author got Plus points for only, False for the rest, None for both.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `GoodsFeedback`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business with a subscription, 5,000 requests an hour without. Scopes, one
        of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/getGoodsFeedbacks
        """
        return self._pager(
            api.GET_GOODS_FEEDBACKS,
            business_id=business_id,
            feedback_ids=feedback_ids,
            date_time_from=date_time_from,
            date_time_to=date_time_to,
            reaction_status=reaction_status,
            rating_values=rating_values,
            offer_ids=offer_ids,
            paid=paid,
            page_size=page_size,
            page_token=page_token,
        )

    def skip_goods_feedbacks_reaction(
        self,
        business_id: int,
        feedback_ids: Iterable[int] | AsyncIterable[int],
        *,
        source_type: str | SourceType | None = None,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Mark feedback as read, so that it no longer waits for a reaction.

        `need_reaction` in `get_goods_feedbacks` turns False. A repeat changes nothing more.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            feedback_ids: the feedback, at least one, of any number, 50 a request: ids of `get_goods_feedbacks`.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call; None
                is as SELLER.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: with `isolate=False`: `Feedbacks not found.`: there is no feedback with these ids in the cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business with a subscription, 500 requests an hour without. Scopes, one of:
        all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/skipGoodsFeedbacksReaction
        """
        return self._batches(
            api.SKIP_GOODS_FEEDBACKS_REACTION,
            business_id=business_id,
            feedback_ids=feedback_ids,
            source_type=source_type,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    async def update_goods_feedback_comment(
        self,
        business_id: int,
        feedback_id: int,
        comment: UpdateGoodsFeedbackComment | Mapping[str, Any],
        *,
        source_type: str | SourceType | None = None,
    ) -> GoodsFeedbackComment:
        """Comment on feedback, or on another comment, or change a comment of yours.

        What `comment` holds beside its text decides: nothing more, and it answers the feedback; `parent_id`, and it
        answers that comment; `id`, and it replaces the text of that comment of yours, also when `parent_id` is there
        too. Whether you may change one says `can_modify` in `get_goods_feedback_comments`.

        A comment is moderated: `status` of what comes back tells how that stands. The feedback then no longer waits for
        a reaction. The Market refuses the very same text again as a duplicate; with another text a repeat writes
        another comment.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            feedback_id: the feedback: an id of `get_goods_feedbacks`.
            comment: the comment: an `UpdateGoodsFeedbackComment` or a mapping like `{"text": "…", "parentId": 1}`.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call; None
                is as SELLER.

        Returns:
            A `GoodsFeedbackComment`: the comment as it was kept, with its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Duplicate comment.`: the same comment is there already. `Illegal url in comment text.`: leave
                out addresses other than the Market's, and contacts of the store.
            Forbidden: `No access to comment modifying.`, `No access to feedback modifying.`: the comment, or the
                feedback, isn't your cabinet's.
            NotFound: `Feedbacks not found.`, `Grade not found.`: there is no such feedback.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/updateGoodsFeedbackComment
        """
        result: GoodsFeedbackComment = await self._call(
            api.UPDATE_GOODS_FEEDBACK_COMMENT,
            business_id=business_id,
            feedback_id=feedback_id,
            comment=comment,
            source_type=source_type,
        )
        return result

    async def delete_goods_feedback_comment(
        self, business_id: int, id: int, *, source_type: str | SourceType | None = None
    ) -> None:
        """Delete a comment of yours on feedback.

        It can't be brought back. Comments that you can't change (`can_modify`) can't be deleted either.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            id: the comment: an id of `get_goods_feedback_comments`.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call; None
                is as SELLER.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Forbidden: the comment is not your cabinet's.
            NotFound: there is no such comment.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/deleteGoodsFeedbackComment
        """
        await self._call(api.DELETE_GOODS_FEEDBACK_COMMENT, business_id=business_id, id=id, source_type=source_type)

    def get_goods_feedback_comments(
        self,
        business_id: int,
        *,
        source_type: str | SourceType | None = None,
        feedback_id: int | None = None,
        comment_ids: Iterable[int] | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[GoodsFeedbackComment]:
        """Walk through the comments on feedback, in the order in which they were published.

        Name the feedback, or the comments. Left out are comments that users or the Market deleted, and those on deleted
        feedback. Notifications of the type GOODS_FEEDBACK_COMMENT_CREATED tell of new ones. As the order is that of
        publication, a `page_token` that was kept leads on from there at any time.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call; None
                is as SELLER.
            feedback_id: the feedback: an id of `get_goods_feedbacks`. Not together with `comment_ids`.
            comment_ids: only these comments, without repeats, of any number, 50 a request. Not together with
                `feedback_id`.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `GoodsFeedbackComment`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Feedbacks not found.`: there is no such feedback.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business with a subscription, 5,000 requests an hour without. Scopes, one
        of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/getGoodsFeedbackComments
        """
        return self._pager(
            api.GET_GOODS_FEEDBACK_COMMENTS,
            business_id=business_id,
            source_type=source_type,
            feedback_id=feedback_id,
            comment_ids=comment_ids,
            page_size=page_size,
            page_token=page_token,
        )

    def get_goods_feedbacks_urbanads(
        self,
        business_id: int,
        *,
        source_type: str | SourceType = "ADVERTISER",
        feedback_ids: Iterable[int] | None = None,
        date_time_from: datetime | None = None,
        date_time_to: datetime | None = None,
        reaction_status: str | FeedbackReactionStatusType | None = None,
        rating_values: Iterable[int] | None = None,
        paid: bool | None = None,
        page_size: int = 50,
        page_token: str | None = None,
    ) -> Pager[GoodsFeedbackUrbanads]:
        """Walk through the feedback on a brand's products, as an advertiser, in the order in which it was published.

        For cabinets of Urban Ads only; sellers use `get_goods_feedbacks`. Feedback that buyers or the Market deleted is
        left out. As the order is that of publication, a `page_token` that was kept leads on from there at any time.

        A request takes 6 months at most; a longer range of moments is walked in pieces, which needs both of them.
        Filters add up.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            source_type: ADVERTISER, which advertisers must name in every call, as the Market's own default is SELLER.
            feedback_ids: only these, without repeats, of any number, 50 a request; not together with another filter.
                None for all.
            date_time_from: published after this moment, which isn't included; None for 6 months before `date_time_to`.
            date_time_to: published before this moment, which isn't included; None for now.
            reaction_status: NEED_REACTION for what you haven't read or answered yet only; ALL or None for all.
            rating_values: only with these ratings, 1 to 5 each, without repeats, at most 5; None for all.
            paid: True for what the author got Plus points for only, False for the rest, None for both.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `GoodsFeedbackUrbanads`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-feedback/getGoodsFeedbacksUrbanads
        """
        return self._pager(
            api.GET_GOODS_FEEDBACKS_URBANADS,
            business_id=business_id,
            source_type=source_type,
            feedback_ids=feedback_ids,
            date_time_from=date_time_from,
            date_time_to=date_time_to,
            reaction_status=reaction_status,
            rating_values=rating_values,
            paid=paid,
            page_size=page_size,
            page_token=page_token,
        )
