"""Notifications: what the Market sends to the seller's URL, when, and what it does when nobody takes it."""

import asyncio
import json
import socket
import ssl
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from aiohttp import web

from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.notifications import _judge
from yamarket_async.sandbox.parts.outbox import FORMS, REPEATS, Outbox

DESCRIPTION = Path(__file__).parents[3] / "shared" / "api" / "notifications.json"
DAY = 86_400


class Seller:
    """A seller's server that takes notifications, or doesn't."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.body: Any = {"version": "1.0", "name": "shop", "time": "2026-11-24T12:00:00Z"}
        self.pause = 0.0
        self.url = ""
        self.runner: web.AppRunner

    @property
    def kinds(self) -> list[str]:
        return [body["notificationType"] for _, body in self.got]

    async def handle(self, request: web.Request) -> web.Response:
        assert request.content_type == "application/json"
        self.got.append((request.path, await request.json()))
        await asyncio.sleep(self.pause)
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.body, status=status)


@pytest.fixture
def open_sandbox(open_sandbox):
    """Open a sandbox without orders, of which the seller would be told besides."""

    async def open_(**settings):
        return await open_sandbox(**{"orders": 0} | settings)

    return open_


@pytest.fixture
async def seller():
    async with AsyncExitStack() as stack:
        seller = Seller()
        app = web.Application()
        app.router.add_post("/{path:.*}", seller.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        seller.runner = runner
        seller.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield seller


async def test_a_ping_goes_first(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    sandbox.notifications.send_to(seller.url)
    sandbox.notifications.send("CHAT_CREATED", {"chatId": 7})
    attempts = await sandbox.notifications.delivered()
    assert seller.kinds == ["PING", "CHAT_CREATED"]
    assert {path for path, _ in seller.got} == {"/notification"}
    assert [(one.kind, one.outcome, one.status) for one in attempts] == [
        ("PING", "accepted", 200),
        ("CHAT_CREATED", "accepted", 200),
    ]
    assert set(seller.got[0][1]) == {"notificationType", "time"}
    assert sandbox.notifications.pending() == []


async def test_the_path_and_the_ping_are_settings(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    sandbox.notifications.send_to(seller.url + "/market/", path="", ping=False)
    assert sandbox.notifications.url == seller.url + "/market"
    sandbox.notifications.send("ORDER_CREATED")
    await sandbox.notifications.delivered()
    assert [path for path, _ in seller.got] == ["/market"]


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "PING"])
async def test_every_type_can_be_sent(open_sandbox, seller, kind):
    sandbox, _ = await open_sandbox(campaigns=2)
    sandbox.notifications.send_to(seller.url, ping=False)
    sent = sandbox.notifications.send(kind)
    await sandbox.notifications.delivered()
    ((_, got),) = seller.got
    assert got == json.loads(json.dumps(sent))
    owner, id_ = ("businessId", sandbox.business_id), ("campaignId", sandbox.campaign_id)
    assert owner in got.items() or id_ in got.items()


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="the description does not lie beside this checkout")
@pytest.mark.parametrize("kind", sorted(FORMS))
async def test_notifications_are_valid_by_the_description(open_sandbox, seller, kind):
    description = json.loads(DESCRIPTION.read_text())
    mapping = description["components"]["schemas"]["SendNotificationRequest"]["discriminator"]["mapping"]
    if kind not in mapping:
        pytest.skip("newer than the description")
    sandbox, _ = await open_sandbox()
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send(kind)
    await sandbox.notifications.delivered()
    name = mapping[kind].removeprefix("./").removesuffix(".yaml")
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    jsonschema.validate(seller.got[0][1], schema, format_checker=jsonschema.FormatChecker())


async def test_only_the_types_that_were_chosen(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    sandbox.notifications.send_to(seller.url, types=["QUESTION_CREATED"], ping=False)
    sandbox.world.notify("CHAT_CREATED", {"chatId": 1})
    sandbox.world.notify("QUESTION_CREATED", {"questionId": 2})
    await sandbox.notifications.delivered()
    assert seller.kinds == ["QUESTION_CREATED"]
    assert seller.got[0][1]["businessId"] == sandbox.business_id


async def test_what_happens_is_told_only_when_there_is_a_url(open_sandbox, seller):
    sandbox, _ = await open_sandbox(campaigns=2)
    sandbox.world.notify("CHAT_CREATED", {"chatId": 1})
    sandbox.notifications.send_to(seller.url, ping=False)
    assert await sandbox.notifications.delivered() == []
    with pytest.raises(RuntimeError, match="send_to"):
        Sandbox(offers=1).notifications.send("CHAT_CREATED")


async def test_a_notification_must_be_whole(open_sandbox):
    sandbox, _ = await open_sandbox(campaigns=2)
    with pytest.raises(ValueError, match="ORDER_CREATED must have campaignId, orderId, items"):
        sandbox.world.notify("ORDER_CREATED", {})
    with pytest.raises(ValueError, match="no type 'ORDER_EATEN'"):
        sandbox.world.notify("ORDER_EATEN", {})


async def test_the_only_store_need_not_be_named(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.world.notify("ORDER_CANCELLATION_REQUEST", {"orderId": 1})
    await sandbox.notifications.delivered()
    assert seller.got[0][1]["campaignId"] == sandbox.campaign_id


async def test_what_fails_is_repeated_by_the_clock_and_the_rest_waits(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses = [500, 503]
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED", {"chatId": 1})
    sandbox.notifications.send("CHAT_CREATED", {"chatId": 2})
    await sandbox.notifications.delivered()
    assert [body["chatId"] for _, body in seller.got] == [1]
    assert sandbox.notifications.pending() == ["CHAT_CREATED"] * 2
    sandbox.tick(59)
    await sandbox.notifications.delivered()
    assert len(seller.got) == 1
    sandbox.tick(1)
    await sandbox.notifications.delivered()
    assert [body["chatId"] for _, body in seller.got] == [1, 1]
    sandbox.tick(60)
    attempts = await sandbox.notifications.delivered()
    assert [body["chatId"] for _, body in seller.got] == [1, 1, 1, 2]
    assert [one.outcome for one in attempts] == ["failed", "failed", "accepted", "accepted"]
    assert [one.status for one in attempts[:2]] == [500, 503]


async def test_what_is_refused_is_not_repeated(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses = [400]
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED", {"chatId": 1})
    sandbox.notifications.send("CHAT_CREATED", {"chatId": 2})
    attempts = await sandbox.notifications.delivered()
    assert [one.outcome for one in attempts] == ["refused", "accepted"]
    sandbox.tick(DAY)
    assert len(await sandbox.notifications.delivered()) == 2


def test_repeats_become_rarer_until_the_url_is_given_up(unopened):
    """By the table alone: 60 in the first hour, then each 15 minutes to the end of a day, then hourly."""
    world = unopened.world
    unopened.notifications.send_to("http://127.0.0.1:9", ping=False)
    unopened.notifications.send("CHAT_CREATED")
    outbox = world.part(Outbox)
    start = world.now()
    pauses = []
    while (pending := outbox.due()) and outbox.sent(pending, "failed", None, "CONNECTION_REFUSED"):
        pauses.append(outbox.wait())
        unopened.tick(pauses[-1])
    every = [round(pause) for pause in pauses]
    assert every[:60] == [60] * 60
    assert set(every[60 : 60 + 92]) == {900}
    assert set(every[60 + 92 :]) == {3_600}
    assert world.now() - start == pytest.approx(14 * DAY, abs=10)
    assert unopened.notifications.pending() == []
    assert REPEATS[-1][0] == 14 * DAY


def test_what_was_withdrawn_while_it_was_sent_is_remembered_all_the_same(unopened):
    unopened.notifications.send_to("http://127.0.0.1:9", ping=False)
    unopened.notifications.send("CHAT_CREATED")
    outbox = unopened.world.part(Outbox)
    pending = outbox.due()
    outbox.queue.clear()
    assert outbox.sent(pending, "accepted", 200, "")
    assert [attempt.outcome for attempt in outbox.attempts] == ["accepted"]


async def test_after_14_days_the_url_is_switched_off(open_sandbox, seller, caplog):
    sandbox, _ = await open_sandbox()
    seller.statuses = [500, 500, 500]
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED")
    await sandbox.notifications.delivered()
    sandbox.tick(14 * DAY)
    await sandbox.notifications.delivered()
    assert sandbox.notifications.url is None
    assert "switched off" in caplog.text


async def test_a_url_that_does_not_take_the_ping_is_not_taken(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses = [500]
    sandbox.notifications.send_to(seller.url)
    with pytest.raises(RuntimeError, match=r"did not accept the PING \(status 500\)"):
        await sandbox.notifications.delivered()
    assert sandbox.notifications.url is None
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        sandbox.notifications.send_to(f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(RuntimeError, match=r"CONNECTION_REFUSED"):
            await sandbox.notifications.delivered()
    sandbox.notifications.send_to(seller.url)
    await sandbox.notifications.delivered()
    assert sandbox.notifications.url == seller.url + "/notification"


async def test_a_new_url_is_not_dropped_with_the_old_one(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses, seller.pause = [500], 0.2
    sandbox.notifications.send_to(seller.url)
    while not seller.got:
        await asyncio.sleep(0.01)
    sandbox.notifications.send_to(seller.url, ping=False, path="/new")
    with pytest.raises(RuntimeError, match="did not accept"):
        await sandbox.notifications.delivered()
    assert sandbox.notifications.url == seller.url + "/new"


async def test_who_answers_too_late_has_failed(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.pause = 0.3
    sandbox.notifications.send_to(seller.url, ping=False, timeout=0.05)
    sandbox.notifications.send("CHAT_CREATED")
    (attempt,) = await sandbox.notifications.delivered()
    assert (attempt.outcome, attempt.status, attempt.reason) == ("failed", None, "READ_TIMED_OUT")


async def test_who_hangs_up_has_failed(open_sandbox):
    async def hang_up(reader, writer):
        writer.close()

    sandbox, _ = await open_sandbox()
    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        sandbox.notifications.send_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", ping=False)
        sandbox.notifications.send("CHAT_CREATED")
        (attempt,) = await sandbox.notifications.delivered()
    assert (attempt.outcome, attempt.reason) == ("failed", "HTTP")


async def test_certificates_are_checked_unless_told(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(Path(__file__).parents[1] / "client" / "self_signed.pem")
    site = web.TCPSite(seller.runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    url = f"https://127.0.0.1:{seller.runner.addresses[1][1]}"
    outcomes = []
    for verify in (True, False):
        sandbox.notifications.stop()
        sandbox.notifications.send_to(url, ping=False, verify=verify)
        sandbox.notifications.send("CHAT_CREATED")
        attempt = (await sandbox.notifications.delivered())[-1]
        outcomes.append((attempt.outcome, attempt.reason))
    assert outcomes == [("failed", "SSL_ERROR"), ("accepted", "")]


async def test_who_does_not_take_the_connection_has_failed(open_sandbox):
    sandbox, _ = await open_sandbox()
    with socket.socket() as busy, ExitStack() as stack:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
        sandbox.notifications.send_to(f"http://127.0.0.1:{busy.getsockname()[1]}", ping=False, timeout=0.1)
        sandbox.notifications.send("CHAT_CREATED")
        (attempt,) = await sandbox.notifications.delivered()
    assert (attempt.outcome, attempt.reason) == ("failed", "CONNECTION_TIMED_OUT")


@pytest.mark.parametrize(
    ("status", "content_type", "body", "expected"),
    [
        (200, "application/json", b'{"version":"1","name":"n","time":"t"}', ("accepted", 200, "")),
        (200, "application/json", b'{"version":"","name":"n","time":"t"}', ("failed", 200, "INVALID_DATA")),
        (200, "application/json", b'{"name":"n"}', ("failed", 200, "INVALID_DATA")),
        (200, "application/json", b"<html>", ("failed", 200, "CANT_PARSE_RESPONSE")),
        (200, "text/plain", b"ok", ("failed", 200, "UNSUPPORTED_MEDIA_TYPE")),
        (204, "application/json", b"", ("failed", 204, "HTTP")),
        (400, "text/plain", b"no", ("refused", 400, "")),
    ],
)
def test_how_answers_are_judged(status, content_type, body, expected):
    assert _judge(status, content_type, body) == expected


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.com/market", "another machine"),
        ("https://10.0.0.1", "another machine"),
        ("ftp://127.0.0.1", "must be like"),
        ("127.0.0.1:80", "must be like"),
        ("http://[1", "url="),
    ],
)
def test_urls_that_are_not_taken(unopened, url, message):
    with pytest.raises(ValueError, match=message):
        unopened.notifications.send_to(url)


def test_urls_that_are_taken(unopened):
    for url in ("http://localhost:1", "http://shop.localhost", "http://[::1]:8", "https://127.1.2.3/x"):
        unopened.notifications.send_to(url)
    unopened.notifications.send_to("https://shop.example", allow_remote=True)
    assert unopened.notifications.url == "https://shop.example/notification"
    with pytest.raises(ValueError, match="there is no CHAT_EATEN"):
        unopened.notifications.send_to("http://localhost", types=["CHAT_EATEN"])
    with pytest.raises(ValueError, match="timeout=0"):
        unopened.notifications.send_to("http://localhost", timeout=0)


async def test_waiting_has_an_end(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.pause = 0.5
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED")
    with pytest.raises(TimeoutError, match="still to be sent: CHAT_CREATED"):
        await sandbox.notifications.delivered(timeout=0.05)


async def test_what_was_not_sent_goes_out_after_a_restart(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses = [500]
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED")
    await sandbox.notifications.delivered()
    await sandbox.stop()
    sandbox.tick(60)
    await sandbox.start()
    assert [one.outcome for one in await sandbox.notifications.delivered()] == ["failed", "accepted"]


async def test_a_snapshot_holds_what_is_to_be_sent(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    seller.statuses = [500]
    sandbox.notifications.send_to(seller.url, ping=False)
    sandbox.notifications.send("CHAT_CREATED")
    await sandbox.notifications.delivered()
    snapshot = sandbox.snapshot()
    sandbox.reset()
    assert sandbox.notifications.pending() == []
    sandbox.restore(snapshot)
    assert sandbox.notifications.pending() == ["CHAT_CREATED"]


async def test_notifications_over_http(open_sandbox, seller):
    _, http = await open_sandbox()
    await http.post("/__sandbox/notifications/send_to", {"url": seller.url})
    await http.post("/__sandbox/notifications/send", {"kind": "ORDER_UPDATED", "fields": {"orderId": 5}})
    attempts = (await http.post("/__sandbox/notifications/wait", {"timeout": 5})).json["result"]
    assert [one["notification"]["notificationType"] for one in attempts] == ["PING", "ORDER_UPDATED"]
    assert (await http.post("/__sandbox/notifications/pending")).json == {"result": []}
    await http.post("/__sandbox/notifications/stop")
    refused = await http.post("/__sandbox/notifications/send", {"kind": "ORDER_UPDATED"})
    assert refused.status == 400
    assert "send_to" in refused.json["error"]


class Alarm:
    """A part in which something happens by itself, a minute after it was made."""

    def __init__(self, world):
        self.world = world
        self.due = world.now() + 60
        self.rung = False

    def settle(self):
        if not self.rung and self.world.now() >= self.due:
            self.rung = True
            self.world.notify("QUESTION_CREATED", {"questionId": 1})


async def test_what_happens_by_itself_is_told_though_nobody_reads_it(open_sandbox, seller):
    sandbox, _ = await open_sandbox()
    sandbox.world.watch(Alarm)
    sandbox.notifications.send_to(seller.url, ping=False)
    await sandbox.notifications.delivered()
    assert seller.got == []
    sandbox.tick(60)
    await sandbox.notifications.delivered()
    assert seller.kinds == ["QUESTION_CREATED"]


async def test_nothing_happens_by_itself_where_nobody_is_told(open_sandbox):
    sandbox, _ = await open_sandbox()
    sandbox.world.watch(Alarm)
    sandbox.tick(60)
    await sandbox.notifications.delivered()
    assert not sandbox.world.part(Alarm).rung


async def test_an_order_is_told_from_its_placing_to_its_delivery(open_sandbox, seller):
    sandbox, http = await open_sandbox(offers=20, orders=0)
    sandbox.notifications.send_to(seller.url)
    order_id = sandbox.orders.place()
    await sandbox.notifications.delivered()
    path = f"{http.campaign}/orders/{order_id}/status"
    ready = {"order": {"status": "PROCESSING", "substatus": "READY_TO_SHIP"}}
    assert (await http.send("PUT", path, json=ready)).status == 200
    while sandbox.orders.state(order_id).status != "DELIVERED":
        sandbox.tick(DAY)
        await sandbox.notifications.delivered()
    told = [body for _, body in seller.got if body.get("orderId") == order_id]
    assert told[0]["notificationType"] == "ORDER_CREATED"
    assert {body["notificationType"] for body in told[1:]} == {"ORDER_STATUS_UPDATED"}
    assert told[-1]["status"] == "DELIVERED"
    assert all(body["campaignId"] == sandbox.campaign_id for body in told)
