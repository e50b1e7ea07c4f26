"""What the tests of notifications share: one of each type, servers on loopback, and a sender."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp import web

from yamarket_async import notifications

MOMENT = "2026-11-24T10:00:00.213Z"

ORDER = {"orderId": 57_037_000_000, "campaignId": 21_000_000}
CABINET = {"businessId": 700_000}
ITEMS = [{"offerId": "Чайник 4231700", "count": 2}]

EXAMPLES: dict[str, dict[str, Any]] = {
    "PING": {"time": MOMENT},
    "ORDER_CREATED": {
        **ORDER,
        "items": ITEMS,
        "createdAt": MOMENT,
        "orderLineServices": [{"itemId": 1, "serviceArticle": "assembly"}],
    },
    "ORDER_CANCELLED": {**ORDER, "items": ITEMS, "cancelledAt": MOMENT},
    "ORDER_STATUS_UPDATED": {**ORDER, "status": "PROCESSING", "substatus": "STARTED", "updatedAt": MOMENT},
    "ORDER_RETURN_CREATED": {
        **ORDER,
        "returnId": 11,
        "returnType": "UNREDEEMED",
        "items": ITEMS,
        "createdAt": MOMENT,
    },
    "ORDER_CANCELLATION_REQUEST": {**ORDER, "requestedAt": MOMENT},
    "ORDER_RETURN_STATUS_UPDATED": {
        **ORDER,
        "returnId": 11,
        "statuses": {"shipmentStatus": "IN_TRANSIT"},
        "updatedAt": MOMENT,
    },
    "ORDER_UPDATED": {**ORDER, "updateType": "SHIPMENT_DATE_UPDATED", "updatedAt": MOMENT},
    "ORDER_LINE_SERVICE_STATUS_UPDATED": {
        **ORDER,
        "itemId": 1,
        "serviceArticle": "assembly",
        "statuses": [{"status": "CANCELLED", "count": 1}],
        "updatedAt": MOMENT,
        "cancelReason": "USER_REQUESTED",
    },
    "GOODS_FEEDBACK_CREATED": {**CABINET, "feedbackId": 3, "createdAt": MOMENT, "publishedAt": MOMENT},
    "GOODS_FEEDBACK_COMMENT_CREATED": {**CABINET, "commentId": 4, "createdAt": MOMENT},
    "CHAT_CREATED": {**CABINET, "chatId": 5, "createdAt": MOMENT},
    "CHAT_MESSAGE_SENT": {**CABINET, "chatId": 5, "messageId": "m-6", "sentAt": MOMENT},
    "CHAT_ARBITRAGE_STARTED": {**CABINET, "chatId": 5, "startedAt": MOMENT},
    "CHAT_ARBITRAGE_FINISHED": {**CABINET, "chatId": 5, "finishedAt": MOMENT},
    "QUESTION_CREATED": {**CABINET, "questionId": 7, "createdAt": MOMENT},
    "QUESTION_ANSWER_CREATED": {**CABINET, "answerId": 8, "createdAt": MOMENT},
    "QUESTION_COMMENT_CREATED": {**CABINET, "answerId": 8, "commentId": 9, "createdAt": MOMENT},
}


def body_of(kind: str, **changes: Any) -> bytes:
    return json.dumps({"notificationType": kind, **EXAMPLES.get(kind, {}), **changes}, ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def body() -> Callable[..., bytes]:
    """Make the body of a type, with fields changed or added."""
    return body_of


@pytest.fixture(scope="session")
def kinds() -> list[str]:
    """All types."""
    return list(EXAMPLES)


@pytest.fixture(params=EXAMPLES)
def kind(request: pytest.FixtureRequest) -> str:
    """Each type."""
    name: str = request.param
    return name


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    content_type: str
    json: Any

    @property
    def error(self) -> tuple[str, str]:
        """The type and the message of a refusal."""
        return self.json["error"]["type"], self.json["error"]["message"]


class Sender:
    """Sends notifications over HTTP, each once."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def __call__(
        self, sent: Any, *, content_type: str = "application/json", method: str = "POST", **headers: str
    ) -> Reply:
        given = {"Content-Type": content_type} | {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(method, self.url, data=sent, headers=given) as response:
            return Reply(response.status, response.content_type, await response.json(content_type=None))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def serve(session: aiohttp.ClientSession) -> AsyncIterator[Callable[..., Awaitable[Sender]]]:
    """Serve a handler on loopback, and give what sends to it."""
    runners: list[web.AppRunner] = []

    async def start(handler: notifications.Handler, **settings: Any) -> Sender:
        app = web.Application(**settings)
        app.router.add_route("*", "/market/notification", handler)
        app.on_cleanup.append(handler.receiver.aclose)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        return Sender(session, f"http://{host}:{port}/market/notification")

    yield start
    await session.close()
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def handler() -> Callable[..., notifications.Handler]:
    """Make a handler that loopback may call."""

    def make(callback: notifications.Callback, **settings: Any) -> notifications.Handler:
        return notifications.handler(callback, **{"networks": notifications.LOOPBACK, **settings})

    return make
