"""The structs of chats."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated


class ChatContextIdentifiableType(OpenEnum):
    """What a seller's chat is about."""

    ORDER = "ORDER"
    """An order."""
    RETURN = "RETURN"
    """A return; for FBY, FBS and Express."""


class ChatContext(Model, kw_only=True, frozen=True):
    """The order or return that a chat is about.

    Attributes:
        type: whether it is an order or a return.
        id: its id, 1 or more.
    """

    type: ChatContextIdentifiableType
    id: Id


class ChatContextType(OpenEnum):
    """What a chat is about."""

    ORDER = "ORDER"
    """An order."""
    RETURN = "RETURN"
    """A return; for FBY, FBS and Express."""
    DIRECT = "DIRECT"
    """What the buyer asks; the buyer began it."""


class ChatCustomer(Model, kw_only=True, frozen=True):
    """A buyer.

    Attributes:
        name: the public name in Yandex ID.
        public_id: the public id in Yandex ID, as in `https://market.yandex.ru/user/…/reviews`.
    """

    name: Annotated[str, Bounds(min_length=1)] | None = None
    public_id: Annotated[str, Bounds(min_length=1)] | None = None


class ChatFullContext(Model, kw_only=True, frozen=True):
    """What a chat is about, and with whom it is.

    Attributes:
        type: an order, a return, or a question of the buyer's.
        customer: the buyer.
        campaign_id: the store; for orders and returns.
        order_id: the order; for orders and returns.
        return_id: the return; for returns.
    """

    type: ChatContextType
    customer: ChatCustomer | None = None
    campaign_id: Id | None = None
    order_id: Id | None = None
    return_id: Id | None = None


class ChatMessagePayload(Model, kw_only=True, frozen=True):
    """A file sent with a message.

    Attributes:
        name: its name.
        url: where to download it, 1 to 2,000 characters.
        size: its size in bytes.
    """

    name: str
    url: Annotated[str, Bounds(min_length=1, max_length=2000)]
    size: Int32


class ChatMessageSenderType(OpenEnum):
    """Who sent a message."""

    PARTNER = "PARTNER"
    """The store."""
    CUSTOMER = "CUSTOMER"
    """The buyer."""
    MARKET = "MARKET"
    """The Market, automatically."""
    SUPPORT = "SUPPORT"
    """Somebody of the Market's support."""


class ChatMessage(Model, kw_only=True, frozen=True):
    """A message in a chat.

    Attributes:
        message_id: its id, 1 or more.
        created_at: when it was sent.
        sender: who sent it.
        message: its text; None where there are files only.
        payload: the files with it; None where there is text only.
    """

    message_id: Id
    created_at: Moment
    sender: ChatMessageSenderType
    message: str | None = None
    payload: Annotated[list[ChatMessagePayload], Bounds(min_length=1)] | None = None


class ChatMessagesResult(Model, kw_only=True, frozen=True):
    """A page of messages.

    Attributes:
        order_id: the order; shut off on 12 October 2026, use `context`.
        context: what the chat is about.
        messages: the messages.
        paging: the way to the next page.
    """

    order_id: Annotated[int, Outdated("context")] | None = None
    context: ChatFullContext
    messages: list[ChatMessage]
    paging: ForwardScrollingPager | None = None


class ChatStatusType(OpenEnum):
    """Whose turn it is in a chat."""

    NEW = "NEW"
    """New."""
    WAITING_FOR_CUSTOMER = "WAITING_FOR_CUSTOMER"
    """The buyer's."""
    WAITING_FOR_PARTNER = "WAITING_FOR_PARTNER"
    """The store's."""
    WAITING_FOR_ARBITER = "WAITING_FOR_ARBITER"
    """The arbiter's."""
    WAITING_FOR_MARKET = "WAITING_FOR_MARKET"
    """The Market's."""
    FINISHED = "FINISHED"
    """Nobody's; it is over."""


class ChatType(OpenEnum):
    """What kind of chat it is."""

    CHAT = "CHAT"
    """With a buyer."""
    ARBITRAGE = "ARBITRAGE"
    """A dispute."""


class CreateChatRequest(Model, kw_only=True, frozen=True):
    """What createChat takes.

    Attributes:
        context: what it is about: a `ChatContext` or a mapping like `{"type": "ORDER", "id": 1}`.
    """

    context: ChatContext | None = None


class CreateChatResult(Model, kw_only=True, frozen=True):
    """The chat.

    Attributes:
        chat_id: its id, 1 or more.
    """

    chat_id: Id


class CreateChatResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of createChat.

    Attributes:
        result: what was asked for.
    """

    result: CreateChatResult | None = None


class ChatHistoryRequest(Model, kw_only=True, frozen=True):
    """What getChatHistory takes.

    Attributes:
        message_id_from: only this message and what came after it, 1 or more: the last one you know, say. None for all.
    """

    message_id_from: Id | None = None


class ChatHistoryResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getChatHistory.

    Attributes:
        result: what was asked for.
    """

    result: ChatMessagesResult | None = None


class ChatInfo(Model, kw_only=True, frozen=True):
    """A chat with a buyer.

    Attributes:
        chat_id: its id, 1 or more.
        order_id: the order; shut off on 19 October 2026, use `context`.
        context: what it is about, and with whom it is.
        type: chat or dispute.
        status: whose turn it is.
        created_at: when it began.
        updated_at: when the last message was sent.
    """

    chat_id: Id
    order_id: Annotated[Id, Outdated("context")] | None = None
    context: ChatFullContext
    type: ChatType
    status: ChatStatusType
    created_at: Moment
    updated_at: Moment


class ChatMessageResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getChatMessage.

    Attributes:
        result: what was asked for.
    """

    result: ChatMessage | None = None


class ChatResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getChat.

    Attributes:
        result: what was asked for.
    """

    result: ChatInfo | None = None


class ChatsInfo(Model, kw_only=True, frozen=True):
    """A page of chats.

    Attributes:
        chats: the chats.
        paging: the way to the next page.
    """

    chats: list[ChatInfo]
    paging: ForwardScrollingPager | None = None


class ChatsRequest(Model, kw_only=True, frozen=True):
    """What getChats takes.

    Attributes:
        contexts: only about these orders or returns, each a `ChatContext` or a mapping like `{"type": "RETURN", "id":
            1}`; None for all.
        context_types: only ORDER (about an order), RETURN (about a return) or DIRECT (begun by a buyer); None for all.
        types: only CHAT (with a buyer) or ARBITRAGE (a dispute); None for both.
        statuses: only in these statuses; None for all.
    """

    contexts: Annotated[list[ChatContext], Bounds(min_length=1, unique=True)] | None = None
    context_types: Annotated[list[ChatContextType], Bounds(min_length=1, unique=True)] | None = None
    types: Annotated[list[ChatType], Bounds(min_length=1, unique=True)] | None = None
    statuses: Annotated[list[ChatStatusType], Bounds(min_length=1, unique=True)] | None = None


class ChatsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getChats.

    Attributes:
        result: what was asked for.
    """

    result: ChatsInfo | None = None


class SendFileToChatRequest(Model, kw_only=True, frozen=True):
    """What sendFileToChat takes.

    Attributes:
        file: the file: an `Upload` of at most 5 MB.
    """

    file: str


class SendMessageToChatRequest(Model, kw_only=True, frozen=True):
    """What sendMessageToChat takes.

    Attributes:
        message: the text, 1 to 4,096 characters.
    """

    message: Annotated[str, Bounds(min_length=1, max_length=4096)]
