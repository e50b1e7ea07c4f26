"""README's snippets on notifications run as they stand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from yamarket_async import notifications

TEXT = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```py\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
AIOHTTP, FASTAPI, DJANGO, DEDUPLICATED = (snippet for snippet in SNIPPETS if "import notifications" in snippet)


def run(snippet: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "snippet"}
    exec(compile(snippet, "snippet", "exec"), names)  # noqa: S102
    return names


async def test_aiohttp(session, body, capsys):
    runner = web.AppRunner(run(AIOHTTP)["app"])
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    headers = {"Content-Type": "application/json", "X-Forwarded-For": "5.45.207.7"}
    answers = []
    for sent in (body("PING"), body("ORDER_CREATED"), body("ORDER_STATUS_UPDATED"), body("NEW"), b"{"):
        async with session.post(f"http://{host}:{port}/market/notification", data=sent, headers=headers) as response:
            answers.append((response.status, await response.json()))
    await session.close()
    await runner.cleanup()
    assert [status for status, _ in answers] == [200, 200, 200, 200, 400]
    assert answers[0][1]["name"] == "my-shop"
    assert capsys.readouterr().out == (
        'order 57037000000 [\'Чайник 4231700\']\norder 57037000000 is PROCESSING\nNEW {"notificationType": "NEW"}\n'
    )


async def post(app: Any, sent: bytes) -> tuple[int, str, Any]:
    """Ask an ASGI application, without a server."""
    messages = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/market/notification",
        "raw_path": b"/market/notification",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    await app(scope, receive, send)
    headers = dict(messages[0]["headers"])
    return messages[0]["status"], headers[b"content-type"].decode(), json.loads(messages[1]["body"])


async def test_fastapi(body, capsys):
    pytest.importorskip("fastapi", reason="pip install fastapi")
    app = run(FASTAPI)["app"]
    assert (await post(app, body("PING")))[:2] == (200, "application/json")
    status, _, answer = await post(app, body("ORDER_CREATED"))
    assert (status, answer["name"], answer["version"]) == (200, "my-shop", "1.4")
    status, _, answer = await post(app, b"{")
    assert (status, answer["error"]["type"]) == (400, "WRONG_EVENT_FORMAT")
    assert capsys.readouterr().out == "ORDER_CREATED 2026-11-24 10:00:00.213000+00:00\n"


def test_django(body, capsys):
    pytest.importorskip("django", reason="pip install django")
    from django.conf import settings  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    if not settings.configured:
        settings.configure()
    view = run(DJANGO)["market_notification"]
    answers = [
        view(RequestFactory().post("/market/notification", sent, content_type="application/json"))
        for sent in (body("PING"), body("ORDER_CREATED"), b"{")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert json.loads(answers[1].content)["name"] == "my-shop"
    assert json.loads(answers[2].content)["error"]["type"] == "WRONG_EVENT_FORMAT"
    assert capsys.readouterr().out == "ORDER_CREATED 2026-11-24 10:00:00.213000+00:00\n"


async def test_deduplicated(body, capsys, redis_url):
    names = run(DEDUPLICATED.replace("redis://localhost", redis_url))
    for _ in range(2):
        await names["on_notification"](notifications.decode(body("ORDER_CREATED")))
    assert capsys.readouterr().out == "ORDER_CREATED 2026-11-24 10:00:00.213000+00:00\n"
    await names["store"].aclose()
