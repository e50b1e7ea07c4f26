"""Questions about products, their answers, and the comments on those."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from yamarket_async.sandbox.moments import DAY
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.world import World

AuthorType = Literal["USER", "BUSINESS", "VENDOR", "BRAND"]
Status = Literal["PUBLISHED", "UNMODERATED", "BANNED", "DELETED"]

SEEDED = 30
"""Questions that there are from the beginning, where there are as many products."""

MODERATION = 300.0
"""Seconds after which what the seller wrote is published."""

_NAMES = ("Анна", "Иван", "Мария", "Олег", "Светлана")
_TEXTS = ("Какая длина провода?", "Подойдёт ли для дачи?", "Есть ли гарантия?", "Где произведено?")
_ANSWERS = ("Полтора метра.", "Да, подойдёт.", "Один год.")


class Entry(msgspec.Struct):
    """A question, an answer or a comment.

    Attributes:
        id: its id.
        number: how many of its kind there were before it.
        text: what it says.
        author: who wrote it.
        author_type: whether a buyer, the seller or somebody else wrote it.
        created: when it was written, in epoch seconds.
        changed: when it was last changed.
        likes: how many like it.
        dislikes: how many don't.
        of: the question of an answer, the answer of a comment; 0 for a question.
        offer_id: the product of a question.
        fate: what became of it besides being published in time.
        under: the answers of a question, the comments of an answer.
    """

    id: int
    number: int
    text: str
    author: str
    author_type: AuthorType
    created: float
    changed: float
    likes: int
    dislikes: int
    of: int = 0
    offer_id: str = ""
    fate: Literal["", "BANNED", "DELETED"] = ""
    under: list["Entry"] = []

    def status(self, now: float) -> Status:
        """Tell whether it can be seen."""
        if self.fate:
            return self.fate
        moderated = self.author_type == "USER" or now >= self.changed + MODERATION
        return "PUBLISHED" if moderated else "UNMODERATED"

    def visible(self) -> list["Entry"]:
        """Give what stands under it and was not deleted."""
        return [entry for entry in self.under if entry.fate != "DELETED"]

    def needs_answer(self) -> bool:
        """Tell whether nobody of the seller has answered it."""
        return all(entry.author_type != "BUSINESS" for entry in self.visible())


class Questions:
    """The questions about the products of the business."""

    HANDS = ("ask", "answer", "comment", "ban", "ids")

    def __init__(self, world: World) -> None:
        self._world = world
        self._questions: dict[int, Entry] = {}
        self._answers: dict[int, Entry] = {}
        self._comments: dict[int, Entry] = {}
        catalogue = world.part(Catalogue)
        count = min(SEEDED, catalogue.offers)
        random = world.random("questions began")
        moments = sorted(world.now() - random.uniform(DAY, 20 * DAY) for _ in range(count))
        for number, moment in enumerate(moments):
            question = self._question(catalogue.offer_id(number), None, moment)
            if number % 2:
                text = world.random("answer", number).choice(_ANSWERS)
                self._under(question, self._answers, "answer", text, "USER", at=moment)

    def _entry(
        self, kind: str, number: int, of: object, *, text: str | None, author_type: AuthorType, at: float
    ) -> Entry:
        random = self._world.random(kind, of, number)
        author = "ООО «Песочница»" if author_type == "BUSINESS" else random.choice(_NAMES)
        said = random.choice(_TEXTS) if text is None else text
        id_, likes, dislikes = random.randrange(10**6, 10**9), random.randrange(20), random.randrange(5)
        if author_type == "BUSINESS":
            likes = dislikes = 0
        return Entry(id_, number, said, author, author_type, at, at, likes, dislikes)

    def _question(self, offer_id: str, text: str | None, at: float) -> Entry:
        question = self._entry("question", len(self._questions), offer_id, text=text, author_type="USER", at=at)
        question.offer_id = offer_id
        self._questions[question.id] = question
        return question

    def _under(
        self, parent: Entry, shelf: dict[int, Entry], kind: str, text: str, author_type: AuthorType, *, at: float
    ) -> Entry:
        entry = self._entry(kind, len(parent.under), parent.id, text=text, author_type=author_type, at=at)
        entry.of = parent.id
        parent.under.append(entry)
        shelf[entry.id] = entry
        return entry

    def all(self) -> Iterator[Entry]:
        """Give the questions, the oldest first."""
        return iter(self._questions.values())

    def find(self, kind: str, id_: int) -> Entry | None:
        """Find a QUESTION, an ANSWER or a COMMENT that was not deleted."""
        shelf = {"QUESTION": self._questions, "ANSWER": self._answers, "COMMENT": self._comments}[kind]
        entry = shelf.get(id_)
        return None if entry is None or entry.fate == "DELETED" else entry

    def write_answer(self, question: Entry, text: str, *, author_type: AuthorType = "BUSINESS") -> Entry:
        """Answer a question."""
        return self._under(question, self._answers, "answer", text, author_type, at=self._world.now())

    def write_comment(self, answer: Entry, text: str, *, author_type: AuthorType = "BUSINESS") -> Entry:
        """Comment on an answer."""
        return self._under(answer, self._comments, "comment", text, author_type, at=self._world.now())

    def _named(self, kind: str, id_: int) -> Entry:
        entry = self.find(kind, id_)
        if entry is None:
            raise LookupError(f"there is no {kind.lower()} {id_}")
        return entry

    def ask(self, offer_id: str, text: str | None = None) -> int:
        """Let a buyer ask about a product.

        Args:
            offer_id: the product's SKU.
            text: the question; None for one that follows from the seed.

        Returns:
            The id of the question.
        """
        with self._world.lock:
            question = self._question(offer_id, text, self._world.now())
            self._world.notify("QUESTION_CREATED", {"questionId": question.id})
            return question.id

    def answer(self, question_id: int, text: str) -> int:
        """Let a buyer answer a question.

        Args:
            question_id: the question.
            text: the answer.

        Returns:
            The id of the answer.

        Raises:
            LookupError: there is no such question.
        """
        with self._world.lock:
            answer = self.write_answer(self._named("QUESTION", question_id), text, author_type="USER")
            self._world.notify("QUESTION_ANSWER_CREATED", {"answerId": answer.id})
            return answer.id

    def comment(self, answer_id: int, text: str) -> int:
        """Let a buyer comment on an answer.

        Args:
            answer_id: the answer.
            text: the comment.

        Returns:
            The id of the comment.

        Raises:
            LookupError: there is no such answer.
        """
        with self._world.lock:
            comment = self.write_comment(self._named("ANSWER", answer_id), text, author_type="USER")
            self._world.notify("QUESTION_COMMENT_CREATED", {"answerId": answer_id, "commentId": comment.id})
            return comment.id

    def ban(self, kind: Literal["ANSWER", "COMMENT"], id_: int) -> None:
        """Let the Market refuse to publish an answer or a comment.

        Raises:
            LookupError: there is no such answer or comment.
        """
        with self._world.lock:
            self._named(kind, id_).fate = "BANNED"

    def ids(self) -> list[int]:
        """Tell the ids of all questions, the oldest first."""
        with self._world.lock:
            return list(self._questions)
