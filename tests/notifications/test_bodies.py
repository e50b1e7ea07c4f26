"""Whatever a body is, the answer is a documented one."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from yamarket_async import notifications

from .conftest import EXAMPLES, body_of

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("2026-11-24T10:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """Notifications of which fields are changed, left out or added, and whose bytes are disturbed."""
    kind = draw(st.sampled_from([*EXAMPLES, "NEW"]))
    fields: dict[str, Any] = {"notificationType": kind, **EXAMPLES.get(kind, {})}
    for name in draw(st.lists(st.sampled_from(sorted(fields)) | st.text(), max_size=2)):
        if draw(st.booleans()):
            fields[name] = draw(json_values)
        else:
            fields.pop(name, None)
    body = json.dumps(fields, ensure_ascii=draw(st.booleans())).encode(errors="surrogatepass")
    if draw(st.booleans()):
        start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        body = body[:start] + draw(st.binary(max_size=4)) + body[end:]
    return body


def check(status: int, answer: bytes) -> None:
    """Hold an answer to the description: SendNotificationResponse or SendNotificationErrorResponse."""
    told = json.loads(answer)
    if status == 200:
        assert sorted(told) == ["name", "time", "version"]
        assert told["time"].endswith("Z")
        assert all(isinstance(told[field], str) and 1 <= len(told[field]) <= 100 for field in told)
    else:
        assert status == 400
        assert list(told) == ["error"]
        assert sorted(told["error"]) == ["message", "type"]
        assert told["error"]["type"] == "WRONG_EVENT_FORMAT"


@given(body=st.binary() | spoiled() | json_values.map(lambda value: json.dumps(value).encode()))
@example(body=b"")
@example(body=b'{"notificationType":"PING","time":"0001-01-01T00:00:00+14:00"}')
@example(body=b'{"notificationType":"CHAT_CREATED","chatId":1e400}')
@example(body=body_of("CHAT_CREATED", createdAt="0001-01-01T00:00:00+14:00"))
@example(body=body_of("CHAT_CREATED", createdAt="9999-12-31T23:59:59-14:00"))
@example(body=body_of("CHAT_CREATED", chatId=10**30))
@example(body=body_of("CHAT_CREATED", createdAt="2016-12-31T23:59:60Z"))
def test_no_body_ends_in_anything_but_a_documented_answer(body: bytes) -> None:
    got: list[notifications.Notification] = []

    async def receive() -> notifications.Answer:
        return await notifications.Receiver(notifications.Deduplicated()(got.append)).receive(body)

    status, answer = asyncio.run(receive())
    check(status, answer)
    # What is accepted was handed over, and what is refused was not.
    expected = status == 200 and not isinstance(notifications.decode(body), notifications.Ping)
    assert len(got) == expected


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(spoiled() | st.binary(), min_size=1, max_size=5))
@pytest.mark.parametrize("background", [False, True])
def test_nor_does_one_that_comes_over_a_socket(bodies: list[bytes], background: bool) -> None:
    async def send() -> list[tuple[int, bytes]]:
        app = web.Application()
        handle = notifications.handler(print_nothing, background=background, networks=notifications.LOOPBACK)
        app.router.add_post("/", handle)
        app.on_cleanup.append(handle.receiver.aclose)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        answers = []
        async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
            for body in bodies:
                async with session.post(f"http://{host}:{port}/", data=body) as response:
                    assert response.content_type == "application/json"
                    answers.append((response.status, await response.read()))
        await runner.cleanup()
        return answers

    for status, answer in asyncio.run(send()):
        check(status, answer)


def print_nothing(_notification: notifications.Notification) -> None:
    """Take a notification."""
