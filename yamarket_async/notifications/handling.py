"""The handler of notifications for aiohttp: who may call, and reading what they send."""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol, cast

from yamarket_async import __version__
from yamarket_async.notifications.answers import refused
from yamarket_async.notifications.calling import Callback
from yamarket_async.notifications.enums import NotificationApiErrorType
from yamarket_async.notifications.networks import MARKET_NETWORKS, AllowedNetworks, Network
from yamarket_async.notifications.receiving import MAX_BODY, Answer, Receiver

if TYPE_CHECKING:
    from aiohttp import web

logger = logging.getLogger("yamarket_async.notifications")

BODY_WITHIN: Final = 0.8
"""Seconds for the body to come in behind its head: a PING has to be answered within one."""


class Handler(Protocol):
    """A handler for `app.router.add_post`.

    Attributes:
        receiver: what calls back: `app.on_cleanup.append(handler.receiver.aclose)`.
    """

    receiver: Receiver

    async def __call__(self, request: "web.Request") -> "web.Response":
        """Answer a request."""
        ...


def handler(
    callback: Callback,
    *,
    background: bool = False,
    timeout: float | None = None,
    max_running: int = 100,
    max_pending: int = 1_000,
    pings: bool = False,
    name: str = "yamarket-async",
    version: str = __version__,
    max_body: int = MAX_BODY,
    networks: Iterable[str | Network] | None = MARKET_NETWORKS,
    trusted_hops: int = 0,
) -> Handler:
    """Make an aiohttp handler that gives each notification to a callback.

    ```python
    app.router.add_post("/market/notification", notifications.handler(on_notification))
    ```

    It answers 200 when the callback is done, 400 for what can't be read (the Market doesn't send that again), 500 where
    the callback failed, was too slow, or too many are under way (the Market sends those again), PING at once. With
    `background=True` it answers before the callback begins, which loses what a crash finds under way; `Receiver`, which
    does the work, says more. Others than the Market get 403, other methods than POST 405.

    Behind a reverse proxy the address of the connection is the proxy's: tell how many there are, or everybody is
    refused.

    Args:
        callback: gets each notification: a coroutine function, or a function that is done at once.
        background: whether to answer first.
        timeout: seconds that the callback may take: above 0, up to 9, by default 8; any number, by default without end,
            in the background.
        max_running: callbacks at once, 1 or more.
        max_pending: notifications whose callback isn't done, 1 or more; those above are answered 500.
        pings: whether the callback gets `Ping` too, behind its answer.
        name: of your integration, 1 to 100 characters.
        version: of your integration, 1 to 100 characters.
        max_body: bytes, 1 or more; larger bodies are answered 400.
        networks: where requests may come from; by default where the Market calls from. `notifications.LOOPBACK` for
            tests; None lets all in.
        trusted_hops: how many proxies of your own stand in front, 0 or more. Each must add the address of its caller to
            `X-Forwarded-For`.

    Returns:
        The handler. Its `receiver.aclose` belongs into `app.on_cleanup` when there is work in the background.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """
    # The server's half of aiohttp is loaded by those who serve.
    from aiohttp import web  # noqa: PLC0415

    allowed = AllowedNetworks(networks, trusted_hops)
    receiver = Receiver(
        callback,
        background=background,
        timeout=timeout,
        max_running=max_running,
        max_pending=max_pending,
        pings=pings,
        name=name,
        version=version,
        max_body=max_body,
    )

    def respond(answer: Answer) -> web.Response:
        return web.Response(status=answer.status, body=answer.body, content_type="application/json")

    async def handle(request: web.Request) -> web.Response:
        if request.method != "POST":
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        forwarded = request.headers.getall("X-Forwarded-For", ())
        if not allowed.admit(request.remote, forwarded):
            logger.warning(
                "turned away a notification from %s (X-Forwarded-For: %s), which is not in networks=; behind proxies "
                "of your own, set trusted_hops=",
                request.remote,
                ", ".join(forwarded) or "none",
            )
            return respond(Answer(403, refused("not from here", NotificationApiErrorType.UNKNOWN)))
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await _read(request, receiver.max_body)
        except TimeoutError:
            return respond(receiver.fail(f"the body did not come within {BODY_WITHIN:g} s"))
        except web.RequestPayloadError as error:
            return respond(receiver.refuse(f"the body can't be read: {error}"))
        return respond(await receiver.receive(body, request.headers.get("Content-Type", "")))

    made = cast("Handler", handle)
    made.receiver = receiver
    return made


async def _read(request: "web.Request", most: int) -> bytes:
    """Read a body, or as much of one that is too long as shows that it is."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > most:
            break
    return bytes(body)
