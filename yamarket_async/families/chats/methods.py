"""The methods of chats: talking with buyers about orders and returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import IO, Any

    from yamarket_async.families.chats.models import (
        ChatContext,
        ChatContextType,
        ChatInfo,
        ChatMessage,
        ChatStatusType,
        ChatType,
        CreateChatResult,
    )
    from yamarket_async.files import Upload
    from yamarket_async.paging import Pager

api = Family("chats")


class ChatsMethods(Methods):
    """The methods of chats: talking with buyers about orders and returns."""

    async def create_chat(
        self, business_id: int, *, context: ChatContext | Mapping[str, Any] | None = None
    ) -> CreateChatResult:
        """Begin a chat with a buyer about an order or a return, or get the one there is.

        A seller can begin chats about orders, and, for FBY, FBS and Express, about returns; others are begun by buyers.
        If there is a chat about it already, its id comes back, so a repeat makes no second one. Then write with
        `send_message_to_chat`.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            context: what it is about, always needed: a `ChatContext` or a mapping like `{"type": "ORDER", "id": 1}`.

        Returns:
            A `CreateChatResult` with the id of the chat.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found: '…'`: there is no such order.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/createChat
        """
        result: CreateChatResult = await self._call(api.CREATE_CHAT, business_id=business_id, context=context)
        return result

    def get_chats(
        self,
        business_id: int,
        *,
        contexts: Iterable[ChatContext | Mapping[str, Any]] | None = None,
        context_types: Iterable[str | ChatContextType] | None = None,
        types: Iterable[str | ChatType] | None = None,
        statuses: Iterable[str | ChatStatusType] | None = None,
        page_size: int = 20,
        page_token: str | None = None,
    ) -> Pager[ChatInfo]:
        """Walk through the chats with buyers.

        Notifications of the types CHAT_CREATED, CHAT_MESSAGE_SENT, CHAT_ARBITRAGE_STARTED and CHAT_ARBITRAGE_FINISHED
        tell of news and save polling. What waits for the store has the status WAITING_FOR_PARTNER. Filters add up; each
        list is without repeats and holds at least one.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            contexts: only about these orders or returns, each a `ChatContext` or a mapping like `{"type": "RETURN",
                "id": 1}`; None for all.
            context_types: only ORDER (about an order), RETURN (about a return) or DIRECT (begun by a buyer); None for
                all.
            types: only CHAT (with a buyer) or ARBITRAGE (a dispute); None for both.
            statuses: only in these statuses; None for all.
            page_size: items a page, 1 to 20.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `ChatInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/getChats
        """
        return self._pager(
            api.GET_CHATS,
            business_id=business_id,
            contexts=contexts,
            context_types=context_types,
            types=types,
            statuses=statuses,
            page_size=page_size,
            page_token=page_token,
        )

    async def get_chat(self, business_id: int, chat_id: int) -> ChatInfo:
        """Get one chat.

        Notifications of chats name the chat; what was said in it comes from `get_chat_history`.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            chat_id: the chat, 1 or more: an id of `get_chats` or of a notification.

        Returns:
            A `ChatInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such chat.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/getChat
        """
        result: ChatInfo = await self._call(api.GET_CHAT, business_id=business_id, chat_id=chat_id)
        return result

    async def send_file_to_chat(
        self, business_id: int, chat_id: int, file: Upload | str | PathLike[str] | bytes | IO[bytes]
    ) -> None:
        """Send a file to a buyer.

        It can't be taken back, and a repeat sends it a second time. So a request whose answer was lost is not sent
        again: look with `get_chat_history` whether it arrived.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            chat_id: the chat, 1 or more: an id of `get_chats`.
            file: the file, up to 5 MB: its path, or a file opened for bytes, or an `Upload`, which gives it another
                name or type, or bytes with a name: `Upload(content, name="act.pdf")`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such chat.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/sendFileToChat
        """
        await self._upload(api.SEND_FILE_TO_CHAT, file, business_id=business_id, chat_id=chat_id)

    async def send_message_to_chat(self, business_id: int, chat_id: int, message: str) -> None:
        """Send a message to a buyer.

        It can't be taken back, and a repeat sends it a second time. So a request whose answer was lost is not sent
        again: look with `get_chat_history` whether it arrived.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            chat_id: the chat, 1 or more: an id of `get_chats` or `create_chat`.
            message: the text, 1 to 4,096 characters.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Can't find chat by id: '…'`: there is no such chat.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/sendMessageToChat
        """
        await self._call(api.SEND_MESSAGE_TO_CHAT, business_id=business_id, chat_id=chat_id, message=message)

    async def get_chat_message(self, business_id: int, chat_id: int, message_id: int) -> ChatMessage:
        """Get one message of a chat.

        What to call after a notification of the type CHAT_MESSAGE_SENT; its `message_id` is a string there and a number
        here. All messages come from `get_chat_history`.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            chat_id: the chat, 1 or more.
            message_id: the message, 1 or more.

        Returns:
            A `ChatMessage`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Can't find chat by id: '…'`, or `Can't find message by id: '…' for chat '…'`.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/getChatMessage
        """
        result: ChatMessage = await self._call(
            api.GET_CHAT_MESSAGE, business_id=business_id, chat_id=chat_id, message_id=message_id
        )
        return result

    def get_chat_history(
        self,
        business_id: int,
        chat_id: int,
        *,
        message_id_from: int | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[ChatMessage]:
        """Walk through the messages of a chat.

        What the chat is about comes from `get_chat`.

        Placement models: DBS, FBS, FBY, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            chat_id: the chat, 1 or more: an id of `get_chats` or of a notification.
            message_id_from: only this message and what came after it, 1 or more: the last one you know, say. None for
                all.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `ChatMessage`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Can't find chat by id: '…'`: there is no such chat.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/chats/getChatHistory
        """
        return self._pager(
            api.GET_CHAT_HISTORY,
            business_id=business_id,
            chat_id=chat_id,
            message_id_from=message_id_from,
            page_size=page_size,
            page_token=page_token,
        )
