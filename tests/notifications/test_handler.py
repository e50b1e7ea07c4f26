"""`notifications.handler` over real sockets: who gets in, and what is answered."""

import asyncio
import gzip
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from yamarket_async import notifications
from yamarket_async.notifications import handling

MARKET = "5.45.207.7"


async def test_each_type_arrives_and_is_answered_200(serve, handler, body, kinds):
    got = []
    send = await serve(handler(got.append, pings=True, name="my-shop", version="1.4"))
    for kind in kinds:
        reply = await send(body(kind))
        assert (reply.status, reply.content_type) == (200, "application/json")
        assert sorted(reply.json) == ["name", "time", "version"]
    await asyncio.sleep(0)
    assert {type(one) for one in got} == {type(notifications.decode(body(kind))) for kind in kinds}
    assert len(got) == 18


async def test_a_type_that_is_not_known_arrives(serve, handler, body):
    got = []
    send = await serve(handler(got.append))
    assert (await send(body("PARCEL_EATEN_BY_DOG"))).status == 200
    assert [one.raw for one in got] == [body("PARCEL_EATEN_BY_DOG")]


async def test_a_queue_takes_notifications(serve, handler, body):
    queue: asyncio.Queue[notifications.Notification] = asyncio.Queue(maxsize=1)
    send = await serve(handler(queue.put_nowait))
    assert (await send(body("CHAT_CREATED"))).status == 200
    assert (await send(body("CHAT_CREATED"))).status == 500  # it is full, and the Market sends it again
    assert (await queue.get()).chat_id == 5
    assert (await send(body("CHAT_CREATED"))).status == 200


async def test_what_cant_be_read_is_answered_400(serve, handler, body):
    send = await serve(handler(print))
    reply = await send(body("CHAT_CREATED", chatId=None))
    assert (reply.status, reply.content_type) == (400, "application/json")
    assert reply.error[0] == "WRONG_EVENT_FORMAT"
    assert reply.error[1].startswith("chatId: expected `int`, got `null`")


async def test_a_callback_that_fails_is_answered_500(serve, handler, body):
    async def fail(_notification):
        raise RuntimeError("no")

    reply = await (await serve(handler(fail)))(body("CHAT_CREATED"))
    assert (reply.status, reply.error) == (500, ("UNKNOWN", "the callback failed"))


@pytest.mark.parametrize("background", [False, True])
async def test_a_callback_that_hangs_holds_neither_answers_nor_pings_back(serve, handler, body, background):
    async def hang(_notification):
        await asyncio.Event().wait()

    send = await serve(handler(hang, background=background, timeout=0.05, max_running=1))
    async with asyncio.timeout(5):
        replies = await asyncio.gather(*(send(body("CHAT_CREATED", chatId=number)) for number in range(20)))
        assert {reply.status for reply in replies} == {200 if background else 500}
        assert (await send(body("PING"))).status == 200


async def test_only_json_is_taken(serve, handler, body):
    send = await serve(handler(print))
    assert (await send(body("PING"), content_type="application/json; charset=UTF-8")).status == 200
    reply = await send(body("PING"), content_type="text/plain")
    assert (reply.status, reply.error[0]) == (400, "WRONG_EVENT_FORMAT")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_only_post_is_taken(serve, handler, body, method):
    send = await serve(handler(print))
    headers = {"Content-Type": "application/json"}
    async with send.session.request(method, send.url, data=body("PING"), headers=headers) as response:
        assert (response.status, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("stream", [False, True])
async def test_a_long_body_is_cut_off(serve, handler, body, stream):
    async def chunks():
        for _ in range(100):
            yield b" " * 1_000

    send = await serve(handler(print, max_body=10_000))
    reply = await send(chunks() if stream else b" " * 100_000)
    assert (reply.status, reply.error) == (400, ("WRONG_EVENT_FORMAT", "the body is longer than 10000 bytes"))


async def test_a_body_without_end_is_not_read_to_its_end(serve, handler):
    send = await serve(handler(print, max_body=10_000))
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(send.url).port)
    head = b"POST /market/notification HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    writer.write(head + b"Transfer-Encoding: chunked\r\n\r\n" + b"1000\r\n" + b" " * 0x1000 + b"\r\n")
    writer.write(b"2000\r\n" + b" " * 0x2000 + b"\r\n")  # and no last chunk
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
    writer.close()
    await writer.wait_closed()


async def test_the_bound_of_the_application_is_another(serve, handler, body):
    send = await serve(handler(print), client_max_size=10)
    assert (await send(body("PING"))).status == 200


async def test_a_compressed_body_is_unpacked_up_to_the_bound(serve, handler, body):
    send = await serve(handler(print, max_body=10_000))
    assert (await send(gzip.compress(body("PING")), Content_Encoding="gzip")).status == 200
    reply = await send(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")
    assert (reply.status, reply.error[1]) == (400, "the body is longer than 10000 bytes")


async def test_a_body_that_is_not_as_its_head_says_is_answered_400(serve, handler):
    send = await serve(handler(print))
    reply = await send(b"no gzip", Content_Encoding="gzip")
    assert (reply.status, reply.error[0]) == (400, "WRONG_EVENT_FORMAT")
    assert reply.error[1].startswith("the body can't be read: ")


async def test_a_body_that_does_not_come_is_answered_500(serve, handler, monkeypatch):
    monkeypatch.setattr(handling, "BODY_WITHIN", 0.05)
    send = await serve(handler(print))
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(send.url).port)
    writer.write(
        b"POST /market/notification HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
    )
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 500 ")
    writer.close()
    await writer.wait_closed()


async def test_by_default_only_the_market_gets_in(serve, body, caplog):
    got = []
    send = await serve(notifications.handler(got.append))
    reply = await send(body("CHAT_CREATED"), X_Forwarded_For=MARKET)
    assert (reply.status, reply.error, got) == (403, ("UNKNOWN", "not from here"), [])
    assert (
        f"turned away a notification from 127.0.0.1 (X-Forwarded-For: {MARKET}), which is not in networks=; behind "
        "proxies of your own, set trusted_hops="
    ) in caplog.text


async def test_behind_a_proxy_the_market_gets_in(serve, body):
    got = []
    send = await serve(notifications.handler(got.append, trusted_hops=1))
    assert (await send(body("CHAT_CREATED"), X_Forwarded_For=f"203.0.113.9, {MARKET}")).status == 200
    assert (await send(body("CHAT_CREATED"), X_Forwarded_For=f"{MARKET}, 203.0.113.9")).status == 403
    assert (await send(body("CHAT_CREATED"))).status == 403
    assert len(got) == 1


async def test_when_the_application_ends_the_work_in_the_background_is_finished(handler, body):
    done = []

    async def work(notification):
        await asyncio.sleep(0.05)
        done.append(notification)

    handle = handler(work, background=True)
    app = web.Application()
    app.on_cleanup.append(handle.receiver.aclose)
    runner = web.AppRunner(app)
    await runner.setup()
    assert (await handle.receiver.receive(body("CHAT_CREATED"))).status == 200
    assert done == []
    await runner.cleanup()
    assert len(done) == 1
