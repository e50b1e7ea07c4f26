"""The structs of feedback."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku


class DeleteGoodsFeedbackCommentRequest(Model, kw_only=True, frozen=True):
    """What deleteGoodsFeedbackComment takes.

    Attributes:
        id: the comment: an id of `get_goods_feedback_comments`.
    """

    id: int


class FeedbackReactionStatusType(OpenEnum):
    """Which feedback to list."""

    ALL = "ALL"
    """All of it."""
    NEED_REACTION = "NEED_REACTION"
    """What waits for a reaction."""


class GoodsFeedbackCommentsRequest(Model, kw_only=True, frozen=True):
    """What getGoodsFeedbackComments takes.

    Attributes:
        feedback_id: the feedback: an id of `get_goods_feedbacks`. Not together with `comment_ids`.
        comment_ids: only these comments, without repeats, of any number, 50 a request. Not together with `feedback_id`.
    """

    feedback_id: int | None = None
    comment_ids: Annotated[list[int], Bounds(min_length=1, max_length=50, unique=True)] | None = None


class GoodsFeedbackCommentAuthorType(OpenEnum):
    """Who wrote a comment."""

    USER = "USER"
    """A buyer."""
    BUSINESS = "BUSINESS"
    """A seller's cabinet."""
    BRAND = "BRAND"
    """The brand."""


class GoodsFeedbackCommentAuthor(Model, kw_only=True, frozen=True):
    """The author of a comment.

    Attributes:
        type: who that is.
        name: the name of the person or the cabinet.
    """

    type: GoodsFeedbackCommentAuthorType | None = None
    name: str | None = None


class GoodsFeedbackCommentStatusType(OpenEnum):
    """How moderation of a comment stands."""

    PUBLISHED = "PUBLISHED"
    """Buyers see it."""
    UNMODERATED = "UNMODERATED"
    """Not checked yet."""
    BANNED = "BANNED"
    """Blocked."""
    DELETED = "DELETED"
    """Deleted."""


class GoodsFeedbackComment(Model, kw_only=True, frozen=True):
    """A comment on feedback.

    Attributes:
        id: its id.
        text: what it says, 1 to 4,096 characters.
        can_modify: whether you may change or delete it.
        parent_id: the comment it answers; None where it answers the feedback itself.
        author: who wrote it.
        status: how its moderation stands.
        feedback_id: the feedback it belongs to.
    """

    id: int
    text: Annotated[str, Bounds(min_length=1, max_length=4096)]
    can_modify: bool | None = None
    parent_id: int | None = None
    author: GoodsFeedbackCommentAuthor | None = None
    status: GoodsFeedbackCommentStatusType
    feedback_id: int


class GoodsFeedbackCommentList(Model, kw_only=True, frozen=True):
    """A page of comments.

    Attributes:
        comments: the comments.
        paging: the way to the next page.
    """

    comments: list[GoodsFeedbackComment]
    paging: ForwardScrollingPager | None = None


class GoodsFeedbackCommentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsFeedbackComments.

    Attributes:
        result: what was asked for.
    """

    result: GoodsFeedbackCommentList | None = None


class GoodsFeedbackRequest(Model, kw_only=True, frozen=True):
    """What getGoodsFeedbacks takes.

    Attributes:
        feedback_ids: only these, without repeats, of any number, 50 a request; not together with another filter. None
            for all.
        date_time_from: published after this moment, which isn't included; None for 6 months before `date_time_to`.
        date_time_to: published before this moment, which isn't included; None for now.
        reaction_status: NEED_REACTION for what you haven't read or answered yet only; ALL or None for all.
        rating_values: only with these ratings, 1 to 5 each, without repeats, at most 5; None for all.
        offer_ids: only on these products: 1 to 20 SKUs, without repeats; None for all.
        paid: True for what the author got Plus points for only, False for the rest, None for both.
    """

    feedback_ids: Annotated[list[int], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    date_time_from: Moment | None = None
    date_time_to: Moment | None = None
    reaction_status: FeedbackReactionStatusType | None = None
    rating_values: Annotated[list[Int32], Bounds(min_length=1, max_length=5, unique=True)] | None = None
    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=20, unique=True)] | None = None
    paid: bool | None = None


class GoodsFeedbackDescription(Model, kw_only=True, frozen=True):
    """The words of feedback.

    Attributes:
        advantages: what the author likes of the product.
        disadvantages: what the author doesn't like.
        comment: what else the author says.
    """

    advantages: str | None = None
    disadvantages: str | None = None
    comment: str | None = None


class GoodsFeedbackIdentifiers(Model, kw_only=True, frozen=True):
    """What feedback is about.

    Attributes:
        order_id: the order.
        offer_id: your SKU of the product.
    """

    order_id: int | None = None
    offer_id: Sku | None = None


class GoodsFeedbackMedia(Model, kw_only=True, frozen=True):
    """Pictures with feedback.

    Attributes:
        photos: links to photos.
        videos: links to videos.
    """

    photos: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    videos: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None


class GoodsFeedbackStatistics(Model, kw_only=True, frozen=True):
    """The figures of feedback.

    Attributes:
        rating: how the product was rated, 1 to 5.
        comments_count: how many comments answer the feedback itself; answers to comments aren't counted.
        recommended: whether the author recommends the product.
        paid_amount: Plus points that the author got for it.
    """

    rating: Annotated[Int32, Bounds(ge=1, le=5)]
    comments_count: int
    recommended: bool | None = None
    paid_amount: int | None = None


class GoodsFeedback(Model, kw_only=True, frozen=True):
    """What a buyer says of a product.

    Attributes:
        feedback_id: its id.
        created_at: when it was written.
        need_reaction: whether it waits for a reaction; False once it was read in the seller's account, marked with
            `skip_goods_feedbacks_reaction`, or commented on.
        identifiers: the order and the product.
        author: the author's name.
        description: its words.
        media: its pictures.
        statistics: its figures.
    """

    feedback_id: int
    created_at: Moment
    need_reaction: bool
    identifiers: GoodsFeedbackIdentifiers
    author: str | None = None
    description: GoodsFeedbackDescription | None = None
    media: GoodsFeedbackMedia | None = None
    statistics: GoodsFeedbackStatistics


class GoodsFeedbackList(Model, kw_only=True, frozen=True):
    """A page of feedback.

    Attributes:
        feedbacks: the feedback.
        paging: the way to the next page.
    """

    feedbacks: list[GoodsFeedback]
    paging: ForwardScrollingPager | None = None


class GoodsFeedbackResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsFeedbacks.

    Attributes:
        result: what was asked for.
    """

    result: GoodsFeedbackList | None = None


class GoodsFeedbackUrbanadsRequest(Model, kw_only=True, frozen=True):
    """What getGoodsFeedbacksUrbanads takes.

    Attributes:
        feedback_ids: only these, without repeats, of any number, 50 a request; not together with another filter. None
            for all.
        date_time_from: published after this moment, which isn't included; None for 6 months before `date_time_to`.
        date_time_to: published before this moment, which isn't included; None for now.
        reaction_status: NEED_REACTION for what you haven't read or answered yet only; ALL or None for all.
        rating_values: only with these ratings, 1 to 5 each, without repeats, at most 5; None for all.
        paid: True for what the author got Plus points for only, False for the rest, None for both.
    """

    feedback_ids: Annotated[list[int], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    date_time_from: Moment | None = None
    date_time_to: Moment | None = None
    reaction_status: FeedbackReactionStatusType | None = None
    rating_values: Annotated[list[Int32], Bounds(min_length=1, max_length=5, unique=True)] | None = None
    paid: bool | None = None


class GoodsFeedbackContextUrbanads(Model, kw_only=True, frozen=True):
    """The product, seller and brand that feedback is about.

    Attributes:
        offer_name: the name of the product.
        picture_url: a picture of the product, 1 to 2,000 characters.
        business_id: the seller's cabinet.
        business_name: its name.
        brand_id: the brand.
        brand_name: its name.
    """

    offer_name: str | None = None
    picture_url: Annotated[str, Bounds(min_length=1, max_length=2000)] | None = None
    business_id: Id | None = None
    business_name: str | None = None
    brand_id: str | None = None
    brand_name: str | None = None


class GoodsFeedbackUrbanads(Model, kw_only=True, frozen=True):
    """What a buyer says of a product, as an advertiser sees it.

    Attributes:
        feedback_id: its id.
        created_at: when it was written.
        need_reaction: whether it waits for a reaction; False once it was read in the account of Urban Ads, marked with
            `skip_goods_feedbacks_reaction`, or commented on.
        context: the product, the seller and the brand.
        author: the author's name.
        description: its words.
        media: its pictures.
        statistics: its figures.
    """

    feedback_id: int
    created_at: Moment
    need_reaction: bool
    context: GoodsFeedbackContextUrbanads
    author: str | None = None
    description: GoodsFeedbackDescription | None = None
    media: GoodsFeedbackMedia | None = None
    statistics: GoodsFeedbackStatistics


class GoodsFeedbackUrbanadsList(Model, kw_only=True, frozen=True):
    """A page of feedback, as an advertiser sees it.

    Attributes:
        feedbacks: the feedback.
        paging: the way to the next page.
    """

    feedbacks: list[GoodsFeedbackUrbanads]
    paging: ForwardScrollingPager | None = None


class GoodsFeedbackUrbanadsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsFeedbacksUrbanads.

    Attributes:
        result: what was asked for.
    """

    result: GoodsFeedbackUrbanadsList | None = None


class SkipGoodsFeedbackReactionRequest(Model, kw_only=True, frozen=True):
    """What skipGoodsFeedbacksReaction takes.

    Attributes:
        feedback_ids: the feedback, at least one, of any number, 50 a request: ids of `get_goods_feedbacks`.
    """

    feedback_ids: Annotated[list[int], Bounds(min_length=1, max_length=50, unique=True)]


class UpdateGoodsFeedbackComment(Model, kw_only=True, frozen=True):
    """A comment to write or to change.

    Attributes:
        id: the comment of yours to change; None for a new one.
        parent_id: the comment to answer; None to answer the feedback itself.
        text: what it says, 1 to 4,096 characters; without contacts of the store and without links, except to the
            Market.
    """

    id: int | None = None
    parent_id: int | None = None
    text: Annotated[str, Bounds(min_length=1, max_length=4096)]


class UpdateGoodsFeedbackCommentRequest(Model, kw_only=True, frozen=True):
    """What updateGoodsFeedbackComment takes.

    Attributes:
        feedback_id: the feedback: an id of `get_goods_feedbacks`.
        comment: the comment: an `UpdateGoodsFeedbackComment` or a mapping like `{"text": "…", "parentId": 1}`.
    """

    feedback_id: int
    comment: UpdateGoodsFeedbackComment


class UpdateGoodsFeedbackCommentResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateGoodsFeedbackComment.

    Attributes:
        result: what was asked for.
    """

    result: GoodsFeedbackComment | None = None
