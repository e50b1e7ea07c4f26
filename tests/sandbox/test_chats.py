"""Chats with buyers: what is written is read, by both sides."""

import io

import aiohttp
import pytest

from yamarket_async.sandbox import answers as answering
from yamarket_async.sandbox.answers.chats import FILE_LIMIT


@pytest.fixture
def orders(monkeypatch):
    """Let the sandbox have the order 4711 and the return 9 of it."""
    answering.handlers()

    def listed(call):
        asked = call.body.get("orderIds", [])
        return {"orders": [{"orderId": 4711, "campaignId": min(call.world.stores)}] if 4711 in asked else []}

    def returned(call):
        mine = call.ids["campaignId"] == max(call.world.stores)
        return {"result": {"returns": [{"id": 8, "orderId": 1}, {"id": 9, "orderId": 4711}] if mine else []}}

    monkeypatch.setitem(answering._HANDLERS, "getBusinessOrders", listed)
    monkeypatch.setitem(answering._HANDLERS, "getReturns", returned)


@pytest.fixture
async def store(open_sandbox, orders):
    return await open_sandbox(offers=5, campaigns=2)


async def chat_of(http, kind: str, id_: int):
    return await http.post(f"{http.business}/chats/new", {"context": {"type": kind, "id": id_}})


async def history(http, chat_id: int, json=None, **query):
    return await http.post(f"{http.business}/chats/history", json, chatId=chat_id, **query)


async def say(http, chat_id: int, text: str):
    return await http.post(f"{http.business}/chats/message", {"message": text}, chatId=chat_id)


async def info(http, chat_id: int):
    return (await http.get(f"{http.business}/chat", chatId=chat_id)).json["result"]


async def test_a_chat_about_an_order_is_made_once(store):
    sandbox, http = store
    first = (await chat_of(http, "ORDER", 4711)).json["result"]["chatId"]
    assert (await chat_of(http, "ORDER", 4711)).json["result"]["chatId"] == first
    told = await info(http, first)
    context = told["context"]
    assert (context["type"], context["orderId"], context["campaignId"]) == ("ORDER", 4711, sandbox.campaign_id)
    assert (told["type"], told["status"]) == ("CHAT", "NEW")


async def test_there_are_no_chats_about_returns_of_dbs(open_sandbox, orders):
    _, http = await open_sandbox(offers=5, campaigns=["FBS", "DBS"])
    answer = await chat_of(http, "RETURN", 9)
    message = "Campaign type is not allowed. Allowed campaign types: 'FBY, FBS, EXPRESS'"
    assert (answer.status, answer.message) == (400, message)


async def test_a_chat_about_a_return_knows_its_order(store):
    sandbox, http = store
    chat_id = (await chat_of(http, "RETURN", 9)).json["result"]["chatId"]
    context = (await info(http, chat_id))["context"]
    assert (context["returnId"], context["orderId"]) == (9, 4711)
    assert context["campaignId"] == sandbox.campaign_ids[1]
    assert chat_id != (await chat_of(http, "ORDER", 4711)).json["result"]["chatId"]


async def test_chats_about_what_is_not_there(store):
    _, http = store
    order = await chat_of(http, "ORDER", 1)
    assert (order.status, order.message) == (404, "Order not found: '1'")
    returned = await chat_of(http, "RETURN", 1)
    assert (returned.status, returned.message) == (404, "Failed to find ['return'] with id ['1']")
    nothing = await http.post(f"{http.business}/chats/new", {})
    assert (nothing.status, nothing.message) == (400, "'context' must not be null (rejected value: null)")


async def test_what_is_written_is_read(store):
    sandbox, http = store
    chat_id = (await chat_of(http, "ORDER", 4711)).json["result"]["chatId"]
    assert (await say(http, chat_id, "Здравствуйте!")).json == {"status": "OK"}
    assert (await info(http, chat_id))["status"] == "WAITING_FOR_CUSTOMER"
    sandbox.tick(60)
    message_id = sandbox.chats.say(chat_id, "Где заказ?")
    told = await info(http, chat_id)
    assert told["status"] == "WAITING_FOR_PARTNER"
    assert told["updatedAt"] > told["createdAt"]
    messages = (await history(http, chat_id)).json["result"]["messages"]
    assert [(one["sender"], one["message"]) for one in messages] == [
        ("PARTNER", "Здравствуйте!"),
        ("CUSTOMER", "Где заказ?"),
    ]
    one = await http.get(f"{http.business}/chats/message", chatId=chat_id, messageId=message_id)
    assert one.json["result"] == messages[1]
    assert sandbox.chats.messages(chat_id) == ["Здравствуйте!", "Где заказ?"]


async def test_the_history_comes_in_pages_and_from_a_message_on(store):
    sandbox, http = store
    chat_id = sandbox.chats.start("раз")
    ids = [sandbox.chats.say(chat_id, text) for text in ("два", "три")]
    first = await history(http, chat_id, limit=2)
    assert [one["message"] for one in first.json["result"]["messages"]] == ["раз", "два"]
    sandbox.chats.say(chat_id, "четыре")
    second = await history(http, chat_id, limit=2, pageToken=first.next_token)
    assert [one["message"] for one in second.json["result"]["messages"]] == ["три", "четыре"]
    since = await history(http, chat_id, {"messageIdFrom": ids[0]})
    assert [one["message"] for one in since.json["result"]["messages"]] == ["два", "три", "четыре"]


async def test_a_file_is_sent_and_fetched(store):
    sandbox, http = store
    chat_id = sandbox.chats.start()
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("file", b"\x89PNG...", filename="чек.png", content_type="image/png")
    sent = await http.send("POST", f"{http.business}/chats/file/send", query={"chatId": chat_id}, data=form)
    assert sent.json == {"status": "OK"}
    message = (await history(http, chat_id)).json["result"]["messages"][-1]
    (file,) = message["payload"]
    assert (file["name"], file["size"], message["sender"]) == ("чек.png", 7, "PARTNER")
    assert "message" not in message
    async with http.session.get(file["url"]) as response:
        assert (response.status, response.content_type) == (200, "image/png")
        assert await response.read() == b"\x89PNG..."
    sandbox.chats.send_file(chat_id, "от покупателя.txt", "текст", content_type="text/plain")
    (from_buyer,) = (await history(http, chat_id)).json["result"]["messages"][-1]["payload"]
    async with http.session.get(from_buyer["url"]) as response:
        assert await response.text() == "текст"
    assert sandbox.chats.messages(chat_id)[1:] == ["чек.png", "от покупателя.txt"]
    sandbox.reset()
    async with http.session.get(file["url"]) as response:
        assert response.status == 404


async def test_files_that_are_not_taken(store):
    sandbox, http = store
    chat_id = sandbox.chats.start()
    path, query = f"{http.business}/chats/file/send", {"chatId": chat_id}
    other = aiohttp.FormData()
    other.add_field("picture", b"x", filename="x")
    refused = await http.send("POST", path, query=query, data=other)
    assert (refused.status, refused.message) == (400, "Required request parameter 'file' is not present")
    large = aiohttp.FormData()
    large.add_field("file", io.BytesIO(b"x" * (FILE_LIMIT + 1)), filename="x")
    refused = await http.send("POST", path, query=query, data=large)
    assert (refused.status, "'5120' KB, but passed '5.00' MB" in refused.message) == (400, True)
    plain = await http.send("POST", path, query=query, json={"file": "x"})
    assert plain.status == 415
    nameless = aiohttp.FormData()
    nameless.add_field("file", b"x", filename="")
    assert (await http.send("POST", path, query=query, data=nameless)).status == 200
    assert sandbox.chats.messages(chat_id)[-1] == "file"


async def test_chats_are_listed_by_filters(store):
    sandbox, http = store
    path = f"{http.business}/chats"
    order = (await chat_of(http, "ORDER", 4711)).json["result"]["chatId"]
    returned = (await chat_of(http, "RETURN", 9)).json["result"]["chatId"]
    disputed = sandbox.chats.start()
    sandbox.chats.start_arbitrage(disputed)

    async def ids(**filters):
        return [chat["chatId"] for chat in (await http.post(path, filters, limit=20)).json["result"]["chats"]]

    everything = await ids()
    assert everything[-3:] == [order, returned, disputed]
    assert await ids(contexts=[{"type": "RETURN", "id": 9}]) == [returned]
    assert await ids(contextTypes=["ORDER"]) == [order]
    assert await ids(types=["ARBITRAGE"]) == [disputed]
    assert await ids(statuses=["NEW"]) == [order, returned]
    first = await http.post(path, {}, limit=10)
    rest = await http.post(path, {}, limit=10, pageToken=first.next_token)
    both = first.json["result"]["chats"] + rest.json["result"]["chats"]
    assert [chat["chatId"] for chat in both] == everything


async def test_a_dispute_begins_and_ends(store):
    sandbox, http = store
    chat_id = sandbox.chats.start()
    sandbox.chats.start_arbitrage(chat_id)
    told = await info(http, chat_id)
    assert (told["type"], told["status"]) == ("ARBITRAGE", "WAITING_FOR_ARBITER")
    sandbox.chats.say(chat_id, "Пришлите фото.", sender="MARKET")
    assert (await info(http, chat_id))["status"] == "WAITING_FOR_PARTNER"
    await say(http, chat_id, "Вот фото.")
    assert (await info(http, chat_id))["status"] == "WAITING_FOR_ARBITER"
    sandbox.chats.finish_arbitrage(chat_id)
    assert (await info(http, chat_id))["status"] == "FINISHED"
    other = sandbox.chats.start()
    sandbox.chats.finish(other)
    assert (await info(http, other))["status"] == "FINISHED"


async def test_a_buyer_goes_on_in_the_chat_that_there_is(store):
    sandbox, _ = store
    first = sandbox.chats.start("раз", order_id=5)
    assert sandbox.chats.start("два", order_id=5) == first
    assert sandbox.chats.messages(first) == ["раз", "два"]
    assert sandbox.chats.start(return_id=6, order_id=5, campaign_id=sandbox.campaign_ids[1]) != first


@pytest.mark.parametrize(
    ("method", "path", "body", "query"),
    [
        ("GET", "/chat", None, {}),
        ("POST", "/chats/history", {}, {}),
        ("POST", "/chats/message", {"message": "x"}, {}),
        ("GET", "/chats/message", None, {"messageId": 5}),
    ],
)
async def test_a_chat_that_is_not_there(store, method, path, body, query):
    _, http = store
    answer = await http.send(method, http.business + path, query={"chatId": 1, **query}, json=body)
    assert (answer.status, answer.message) == (404, "Can't find chat by id: '1'")


async def test_a_message_that_is_not_there(store):
    sandbox, http = store
    chat_id = sandbox.chats.start()
    message = f"Can't find message by id: '1' for chat '{chat_id}'"
    for answer in (
        await http.get(f"{http.business}/chats/message", chatId=chat_id, messageId=1),
        await history(http, chat_id, {"messageIdFrom": 1}),
    ):
        assert (answer.status, answer.message) == (404, message)


def test_hands_know_only_chats_that_there_are(unopened):
    for hand in (unopened.chats.finish, unopened.chats.messages, unopened.chats.start_arbitrage):
        with pytest.raises(LookupError, match="chat_id=1"):
            hand(1)


async def test_chats_over_http_and_in_notifications(store):
    sandbox, http = store
    told = []
    sandbox.world.on_notification = lambda kind, fields: told.append((kind, fields))
    chat_id = (await http.post("/__sandbox/chats/start", {"text": "Алло", "order_id": 7})).json["result"]
    message_id = (await http.post("/__sandbox/chats/say", {"chat_id": chat_id, "text": "?"})).json["result"]
    await http.post("/__sandbox/chats/start_arbitrage", {"chat_id": chat_id})
    await http.post("/__sandbox/chats/finish_arbitrage", {"chat_id": chat_id})
    assert [kind for kind, _ in told] == [
        "CHAT_CREATED",
        "CHAT_MESSAGE_SENT",
        "CHAT_MESSAGE_SENT",
        "CHAT_ARBITRAGE_STARTED",
        "CHAT_ARBITRAGE_FINISHED",
    ]
    assert told[2][1] == {"chatId": chat_id, "messageId": str(message_id)}
    assert (await http.post("/__sandbox/chats/say", {"chat_id": 1, "text": "?"})).status == 400
