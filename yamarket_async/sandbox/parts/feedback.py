"""Feedback on products, and the comments on it."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from yamarket_async.sandbox.moments import DAY
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.world import World

AuthorType = Literal["USER", "BUSINESS", "BRAND"]
CommentStatus = Literal["PUBLISHED", "UNMODERATED", "BANNED", "DELETED"]

SEEDED = 30
"""Pieces of feedback that there are from the beginning, where there are as many products."""

MODERATION = 300.0
"""Seconds after which a comment of the seller is published."""

_NAMES = ("Анна", "Иван", "Мария", "Олег", "Светлана")
_GOOD = ("Отличное качество", "Быстро приехал", "Хорошо упакован")
_BAD = ("Пахнет краской", "Коробка помята", "Инструкция мелким шрифтом")
_TEXTS = ("Беру второй раз.", "Всё как на фото.", "Ожидал большего.")


class Comment(msgspec.Struct):
    """A comment.

    Attributes:
        id: its id.
        text: what it says.
        author: who wrote it.
        author_type: whether a buyer, the seller or a brand wrote it.
        feedback_id: the feedback that it is on.
        parent_id: the comment that it answers; None where it answers the feedback itself.
        written: when it was written or last changed, in epoch seconds.
        fate: what became of it besides being published in time.
    """

    id: int
    text: str
    author: str
    author_type: AuthorType
    feedback_id: int
    parent_id: int | None
    written: float
    fate: Literal["", "BANNED", "DELETED"] = ""

    def status(self, now: float) -> CommentStatus:
        """Tell whether it can be seen."""
        if self.fate:
            return self.fate
        moderated = self.author_type == "USER" or now >= self.written + MODERATION
        return "PUBLISHED" if moderated else "UNMODERATED"


class Feedback(msgspec.Struct):
    """What a buyer says of a product.

    Attributes:
        id: its id.
        number: how many there were before it.
        offer_id: the product.
        order_id: the order; None where it is of none.
        created: when it was written, in epoch seconds.
        rating: 1 to 5.
        author: who wrote it.
        advantages: what is good.
        disadvantages: what isn't.
        text: what else there is to say.
        paid: the points that the seller gave for it; 0 for none.
        need_reaction: whether the seller is to answer.
        closed: whether the seller may say nothing about it.
        comments: what was said about it.
    """

    id: int
    number: int
    offer_id: str
    order_id: int | None
    created: float
    rating: int
    author: str
    advantages: str
    disadvantages: str
    text: str
    paid: int = 0
    need_reaction: bool = True
    closed: bool = False
    comments: list[Comment] = []

    def visible(self) -> list[Comment]:
        """Give the comments that were not deleted."""
        return [comment for comment in self.comments if comment.fate != "DELETED"]


class FeedbackOnGoods:
    """The feedback on the products of the business."""

    HANDS = ("leave", "comment", "ban", "close", "ids")

    def __init__(self, world: World) -> None:
        self._world = world
        self._feedback: dict[int, Feedback] = {}
        self._comments: dict[int, Comment] = {}
        catalogue = world.part(Catalogue)
        products = min(SEEDED, catalogue.offers)
        random = world.random("feedback began")
        moments = sorted(world.now() - random.uniform(DAY, 20 * DAY) for _ in range(products))
        for number, moment in enumerate(moments):
            chance = world.random("feedback", number)
            one = self._add(catalogue.offer_id(number), chance.randint(1, 5), created=moment)
            one.paid = chance.choice((0, 0, 100))
            one.need_reaction = number % 3 != 0

    def _add(
        self, offer_id: str, rating: int, *, created: float, text: str | None = None, order_id: int | None = None
    ) -> Feedback:
        number = len(self._feedback)
        random = self._world.random("feedback", offer_id, number)
        one = Feedback(
            random.randrange(10**6, 10**9),
            number,
            offer_id,
            order_id,
            created,
            rating,
            random.choice(_NAMES),
            random.choice(_GOOD),
            random.choice(_BAD),
            random.choice(_TEXTS) if text is None else text,
        )
        self._feedback[one.id] = one
        return one

    def all(self) -> Iterator[Feedback]:
        """Give all feedback, the oldest first."""
        return iter(self._feedback.values())

    def find(self, feedback_id: int) -> Feedback | None:
        """Find feedback."""
        return self._feedback.get(feedback_id)

    def comment_of(self, comment_id: int) -> Comment | None:
        """Find a comment that was not deleted."""
        comment = self._comments.get(comment_id)
        return None if comment is None or comment.fate == "DELETED" else comment

    def skip(self, found: Iterable[Feedback]) -> None:
        """Note that the seller is not going to answer."""
        for one in found:
            one.need_reaction = False

    def write(
        self,
        feedback: Feedback,
        text: str,
        parent_id: int | None,
        *,
        author_type: AuthorType = "BUSINESS",
        author: str = "ООО «Песочница»",
    ) -> Comment:
        """Write a comment; one of the seller is an answer."""
        number = len(feedback.comments)
        id_ = self._world.random("feedback comment", feedback.id, number).randrange(10**6, 10**9)
        comment = Comment(id_, text, author, author_type, feedback.id, parent_id, self._world.now())
        feedback.comments.append(comment)
        self._comments[id_] = comment
        feedback.need_reaction = author_type == "USER"
        return comment

    def _named(self, feedback_id: int) -> Feedback:
        one = self.find(feedback_id)
        if one is None:
            raise LookupError(f"feedback_id={feedback_id}: there is no such feedback")
        return one

    def leave(self, offer_id: str, rating: int = 5, *, text: str | None = None, order_id: int | None = None) -> int:
        """Let a buyer leave feedback.

        Args:
            offer_id: the product's SKU.
            rating: 1 to 5.
            text: what the buyer says; None for something that follows from the seed.
            order_id: the order with which it was bought.

        Returns:
            The feedbackId.

        Raises:
            ValueError: the rating is not from 1 to 5.
        """
        if not 1 <= rating <= 5:
            raise ValueError(f"rating={rating}: must be from 1 to 5")
        with self._world.lock:
            one = self._add(offer_id, rating, created=self._world.now(), text=text, order_id=order_id)
            self._world.notify("GOODS_FEEDBACK_CREATED", {"feedbackId": one.id})
            return one.id

    def comment(self, feedback_id: int, text: str, *, parent_id: int | None = None) -> int:
        """Let a buyer comment on feedback.

        Args:
            feedback_id: the feedback.
            text: what the buyer says.
            parent_id: the comment that it answers.

        Returns:
            The id of the comment.

        Raises:
            LookupError: there is no such feedback.
        """
        with self._world.lock:
            one = self._named(feedback_id)
            comment = self.write(one, text, parent_id, author_type="USER", author=one.author)
            self._world.notify("GOODS_FEEDBACK_COMMENT_CREATED", {"commentId": comment.id})
            return comment.id

    def ban(self, comment_id: int) -> None:
        """Let the Market refuse to publish a comment.

        Raises:
            LookupError: there is no such comment.
        """
        with self._world.lock:
            comment = self.comment_of(comment_id)
            if comment is None:
                raise LookupError(f"comment_id={comment_id}: there is no such comment")
            comment.fate = "BANNED"

    def close(self, feedback_id: int) -> None:
        """Let the seller say no more about feedback: methods that would give 403.

        Raises:
            LookupError: there is no such feedback.
        """
        with self._world.lock:
            self._named(feedback_id).closed = True

    def ids(self) -> list[int]:
        """Tell the ids of all feedback, the oldest first."""
        with self._world.lock:
            return list(self._feedback)
