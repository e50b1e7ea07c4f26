"""Chats with buyers."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request, not_found
from yamarket_async.sandbox.moments import iso
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.chats import Attachment, Chat, Chats, Message, described, link_of, summary
from yamarket_async.sandbox.reporting import asking

WITH_CHATS_OF_RETURNS = ("FBY", "FBS", "EXPRESS")
"""The models in which a seller can begin a chat about a return."""

FILE_LIMIT = 5 * 1024 * 1024
"""Bytes that a file may have."""


def _chat(call: Call) -> Chat:
    chat_id = call.query["chatId"]
    chat = call.world.part(Chats).find(chat_id)
    if chat is None:
        raise not_found(f"Can't find chat by id: '{chat_id}'")
    return chat


def _message(call: Call, chat: Chat, message_id: int) -> Message:
    for message in chat.messages:
        if message.id == message_id:
            return message
    raise not_found(f"Can't find message by id: '{message_id}' for chat '{chat.id}'")


def _written(call: Call, message: Message) -> dict[str, Any]:
    """Write a message as JSON has it."""
    written: dict[str, Any] = {"messageId": message.id, "createdAt": iso(message.at), "sender": message.sender}
    if message.file is None:
        return written | {"message": message.text}
    file = {"name": message.file.name, "url": link_of(call.world, message), "size": len(message.file.content)}
    return written | {"payload": [file]}


@answers("createChat")
def create(call: Call) -> dict[str, Any]:
    """Begin a chat about an order or a return, or find the one that there is."""
    context = call.sent("context")
    if context is None:
        raise bad_request("'context' must not be null (rejected value: null)")
    chats, kind, id_ = call.world.part(Chats), context["type"], context["id"]
    chat = chats.about(kind, id_)
    if chat is None:
        campaign_id, order_id = (_of_order if kind == "ORDER" else _of_return)(call, id_)
        chat = chats.create(kind, id_, campaign_id=campaign_id, order_id=order_id)
    return {"status": "OK", "result": {"chatId": chat.id}}


def _of_order(call: Call, order_id: int) -> tuple[int, int]:
    """Find the store of an order."""
    ids, body = {"businessId": call.business_id}, {"orderIds": [order_id]}
    for order in asking.items(call.world, "getBusinessOrders", ids=ids, body=body):
        return order["campaignId"], order_id
    raise not_found(f"Order not found: '{order_id}'")


def _of_return(call: Call, return_id: int) -> tuple[int, int]:
    """Find the store and the order of a return."""
    for campaign_id, store in call.world.stores.items():
        for returned in asking.items(call.world, "getReturns", ids={"campaignId": campaign_id}):
            if returned["id"] == return_id:
                if store.model not in WITH_CHATS_OF_RETURNS:
                    allowed = ", ".join(WITH_CHATS_OF_RETURNS)
                    raise bad_request(f"Campaign type is not allowed. Allowed campaign types: '{allowed}'")
                return campaign_id, returned["orderId"]
    raise not_found(f"Failed to find ['return'] with id ['{return_id}']")


@answers("getChats")
def chats(call: Call) -> dict[str, Any]:
    """Chats, by filters."""
    contexts = {(context["type"], context["id"]) for context in call.sent("contexts", ())}
    kinds, types = call.sent("contextTypes"), call.sent("types")
    statuses = call.sent("statuses")

    def fits(chat: Chat) -> bool:
        about = (chat.context, chat.return_id if chat.context == "RETURN" else chat.order_id)
        return (
            (not contexts or about in contexts)
            and (kinds is None or chat.context in kinds)
            and (types is None or ("ARBITRAGE" if chat.arbitrage else "CHAT") in types)
            and (statuses is None or chat.status in statuses)
        )

    found = filter(fits, call.world.part(Chats).all())
    return paged(call, found, key=lambda chat: chat.number, write=summary)


@answers("getChat")
def one(call: Call) -> dict[str, Any]:
    """One chat."""
    return {"status": "OK", "result": summary(_chat(call))}


@answers("getChatHistory")
def history(call: Call) -> dict[str, Any]:
    """The messages of a chat, the oldest first."""
    chat, since = _chat(call), call.sent("messageIdFrom", 0)
    if since:
        _message(call, chat, since)
    found = [message for message in chat.messages if message.id >= since]
    more = {"context": described(chat)}
    return paged(call, found, key=lambda message: message.id, write=lambda each: _written(call, each), more=more)


@answers("getChatMessage")
def message(call: Call) -> dict[str, Any]:
    """One message."""
    return {"status": "OK", "result": _written(call, _message(call, _chat(call), call.query["messageId"]))}


@answers("sendMessageToChat")
def send(call: Call) -> None:
    """Write a message."""
    call.world.part(Chats).write(_chat(call), call.sent("message"))


@answers("sendFileToChat")
def send_file(call: Call) -> None:
    """Send a file."""
    chat, content = _chat(call), call.form.get("file")
    if content is None:
        raise bad_request("Required request parameter 'file' is not present")
    if len(content) > FILE_LIMIT:
        size = f"{len(content) / 2**20:.2f}"
        raise bad_request(
            f"The request is too big: Maximum allowed request size must be less than '5120' KB, but passed '{size}' MB"
        )
    name = call.form["file.filename"].decode("utf-8", "replace") or "file"
    kind = call.form["file.type"].decode("latin-1").partition(";")[0] or "application/octet-stream"
    call.world.part(Chats).write(chat, file=Attachment(name, content, kind))
