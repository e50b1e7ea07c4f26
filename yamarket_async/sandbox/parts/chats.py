"""Chats with buyers, their messages and files."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from yamarket_async.sandbox.links import Stored, link, shelf
from yamarket_async.sandbox.moments import DAY, HOUR, iso
from yamarket_async.sandbox.world import World

ContextType = Literal["ORDER", "RETURN", "DIRECT"]
Sender = Literal["PARTNER", "CUSTOMER", "MARKET", "SUPPORT"]
Status = Literal[
    "NEW", "WAITING_FOR_CUSTOMER", "WAITING_FOR_PARTNER", "WAITING_FOR_ARBITER", "WAITING_FOR_MARKET", "FINISHED"
]

SEEDED = 12
"""Chats that there are from the beginning."""

LIFETIME = 30 * DAY
"""Seconds that a link to a file of a chat is good for."""

_NAMES = ("Анна П.", "Иван С.", "Мария К.", "Олег Д.", "Света")
_FIRST = ("Здравствуйте! Когда приедет заказ?", "Подскажите, есть ли такой же синий?", "Пришёл не тот товар.")
_ANSWER = "Добрый день! Сейчас всё проверим."
_NUMBERS = 10_000
"""Messages that a chat can have, so that the number of each is its own in the whole business."""


class Attachment(msgspec.Struct, frozen=True):
    """A file of a message."""

    name: str
    content: bytes
    content_type: str


class Message(msgspec.Struct, frozen=True):
    """A message of a chat.

    Attributes:
        id: its messageId.
        at: when it was written, in epoch seconds.
        sender: who wrote it.
        text: what it says; "" where it is a file.
        file: the file that it is; None where it says something.
    """

    id: int
    at: float
    sender: Sender
    text: str = ""
    file: Attachment | None = None


class Chat(msgspec.Struct):
    """A chat.

    Attributes:
        id: its chatId.
        number: how many there were before it.
        context: what it is about.
        customer: the name of the buyer.
        created: when it began, in epoch seconds.
        campaign_id: the store; None where it is about no order.
        order_id: the order; None where it is about none.
        return_id: the return; None where it is about none.
        arbitrage: whether it is a dispute.
        status: who is to answer.
        messages: what was said.
    """

    id: int
    number: int
    context: ContextType
    customer: str
    created: float
    campaign_id: int | None = None
    order_id: int | None = None
    return_id: int | None = None
    arbitrage: bool = False
    status: Status = "NEW"
    messages: list[Message] = []

    @property
    def updated(self) -> float:
        """When the last message was written, or when it began."""
        return self.messages[-1].at if self.messages else self.created


class Chats:
    """The chats of the business."""

    HANDS = ("start", "say", "send_file", "start_arbitrage", "finish_arbitrage", "finish", "messages")

    def __init__(self, world: World) -> None:
        self._world = world
        self._chats: dict[int, Chat] = {}
        now = world.now()
        for number in range(SEEDED):
            random = world.random("chat", number)
            begun = now - random.uniform(DAY, 20 * DAY)
            chat = self._add("DIRECT", ("seeded", number), begun)
            self._write(chat, "CUSTOMER", random.choice(_FIRST), at=begun)
            if number % 3:
                self._write(chat, "PARTNER", _ANSWER, at=begun + random.uniform(60, HOUR))

    def _add(self, context: ContextType, of: object, created: float) -> Chat:
        random = self._world.random("chat of", context, of)
        chat = Chat(random.randrange(10**6, 10**9), len(self._chats), context, random.choice(_NAMES), created)
        self._chats[chat.id] = chat
        return chat

    def all(self) -> Iterator[Chat]:
        """Give the chats, the oldest first."""
        return iter(self._chats.values())

    def find(self, chat_id: int) -> Chat | None:
        """Find a chat."""
        return self._chats.get(chat_id)

    def about(self, context: ContextType, id_: int) -> Chat | None:
        """Find the chat about an order or a return."""
        named: Callable[[Chat], int | None] = (
            (lambda chat: chat.order_id) if context == "ORDER" else (lambda chat: chat.return_id)
        )
        return next((chat for chat in self.all() if chat.context == context and named(chat) == id_), None)

    def create(self, context: ContextType, id_: int, *, campaign_id: int | None, order_id: int | None = None) -> Chat:
        """Begin the chat about an order or a return; give the one that there is already."""
        chat = self.about(context, id_)
        if chat is None:
            chat = self._add(context, id_, self._world.now())
            chat.campaign_id = campaign_id
            chat.order_id = id_ if context == "ORDER" else order_id
            chat.return_id = id_ if context == "RETURN" else None
            self._world.notify("CHAT_CREATED", {"chatId": chat.id})
        return chat

    def _write(
        self, chat: Chat, sender: Sender, text: str = "", file: Attachment | None = None, *, at: float | None = None
    ) -> Message:
        message = Message(
            chat.id * _NUMBERS + len(chat.messages) + 1, self._world.now() if at is None else at, sender, text, file
        )
        chat.messages.append(message)
        if chat.arbitrage:
            chat.status = "WAITING_FOR_ARBITER" if sender in {"PARTNER", "CUSTOMER"} else "WAITING_FOR_PARTNER"
        else:
            chat.status = "WAITING_FOR_CUSTOMER" if sender == "PARTNER" else "WAITING_FOR_PARTNER"
        return message

    def write(self, chat: Chat, text: str = "", file: Attachment | None = None) -> Message:
        """Write a message of the seller."""
        return self._write(chat, "PARTNER", text, file)

    def _named(self, chat_id: int) -> Chat:
        chat = self.find(chat_id)
        if chat is None:
            raise LookupError(f"chat_id={chat_id}: there is no such chat")
        return chat

    def start(
        self,
        text: str = _FIRST[0],
        *,
        order_id: int | None = None,
        return_id: int | None = None,
        campaign_id: int | None = None,
    ) -> int:
        """Let a buyer begin a chat, or write in the one that there is about the order or return.

        Args:
            text: what the buyer writes.
            order_id: the order that it is about.
            return_id: the return that it is about; with neither, it is about no order.
            campaign_id: the store of the order; the first where it is left out.

        Returns:
            Its chatId.
        """
        with self._world.lock:
            campaign_id = campaign_id or min(self._world.stores)
            if return_id is not None:
                chat = self.create("RETURN", return_id, campaign_id=campaign_id, order_id=order_id)
            elif order_id is not None:
                chat = self.create("ORDER", order_id, campaign_id=campaign_id)
            else:
                chat = self._add("DIRECT", len(self._chats), self._world.now())
                self._world.notify("CHAT_CREATED", {"chatId": chat.id})
            self.say(chat.id, text)
            return chat.id

    def say(self, chat_id: int, text: str, *, sender: Sender = "CUSTOMER") -> int:
        """Let the buyer, or the Market, write a message.

        Args:
            chat_id: the chat.
            text: what is written.
            sender: who writes: CUSTOMER, MARKET, SUPPORT.

        Returns:
            Its messageId.

        Raises:
            LookupError: there is no such chat.
        """
        with self._world.lock:
            return self._told(self._named(chat_id), sender, text)

    def send_file(self, chat_id: int, name: str, content: bytes | str, *, content_type: str = "image/jpeg") -> int:
        """Let the buyer send a file.

        Args:
            chat_id: the chat.
            name: the name of the file.
            content: what it holds.
            content_type: what it is.

        Returns:
            The messageId.

        Raises:
            LookupError: there is no such chat.
        """
        held = content.encode() if isinstance(content, str) else content
        with self._world.lock:
            return self._told(self._named(chat_id), "CUSTOMER", file=Attachment(name, held, content_type))

    def _told(self, chat: Chat, sender: Sender, text: str = "", file: Attachment | None = None) -> int:
        message = self._write(chat, sender, text, file)
        told = {"chatId": chat.id, "messageId": str(message.id)}
        self._world.notify("CHAT_MESSAGE_SENT", told)
        return message.id

    def start_arbitrage(self, chat_id: int) -> None:
        """Let the buyer call the Market: the chat becomes a dispute.

        Raises:
            LookupError: there is no such chat.
        """
        with self._world.lock:
            chat = self._named(chat_id)
            chat.arbitrage, chat.status = True, "WAITING_FOR_ARBITER"
            self._world.notify("CHAT_ARBITRAGE_STARTED", {"chatId": chat_id})

    def finish_arbitrage(self, chat_id: int) -> None:
        """Let the Market settle the dispute, which ends the chat.

        Raises:
            LookupError: there is no such chat.
        """
        with self._world.lock:
            self._named(chat_id).status = "FINISHED"
            self._world.notify("CHAT_ARBITRAGE_FINISHED", {"chatId": chat_id})

    def finish(self, chat_id: int) -> None:
        """End a chat.

        Raises:
            LookupError: there is no such chat.
        """
        with self._world.lock:
            self._named(chat_id).status = "FINISHED"

    def messages(self, chat_id: int) -> list[str]:
        """Tell what was said in a chat, the oldest first; a file by its name.

        Raises:
            LookupError: there is no such chat.
        """
        with self._world.lock:
            return [message.file.name if message.file else message.text for message in self._named(chat_id).messages]


def link_of(world: World, message: Message) -> str:
    """Make a link to the file of a message."""
    return link(world, "chats", str(message.id), lifetime=LIFETIME)


@shelf("chats")
def stored(world: World, key: str) -> Stored:
    """Give the file of a message."""
    chat = world.part(Chats).find(int(key) // _NUMBERS)
    for message in chat.messages if chat else ():
        if message.id == int(key) and message.file is not None:
            return Stored(message.file.content, message.file.name, message.file.content_type)
    raise LookupError(key)


def described(chat: Chat) -> dict[str, object]:
    """Write what a chat is about as JSON has it."""
    context: dict[str, object] = {
        "type": chat.context,
        "customer": {"name": chat.customer, "publicId": f"{chat.id:x}"},
        "campaignId": chat.campaign_id,
        "orderId": chat.order_id,
        "returnId": chat.return_id,
    }
    return {name: value for name, value in context.items() if value is not None}


def summary(chat: Chat) -> dict[str, object]:
    """Write a chat as JSON has it."""
    return {
        "chatId": chat.id,
        "context": described(chat),
        "type": "ARBITRAGE" if chat.arbitrage else "CHAT",
        "status": chat.status,
        "createdAt": iso(chat.created),
        "updatedAt": iso(chat.updated),
    }
