"""What a callback is, and calling one."""

import inspect
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from yamarket_async.notifications.structs import Notification

Callback: TypeAlias = Callable[[Notification], Awaitable[object] | object]
"""Whatever takes a notification: a coroutine function, or a function that is done at once, as `queue.put_nowait`."""


async def call(callback: Callback, notification: Notification) -> None:
    """Give a notification to a callback, and wait for its end."""
    outcome = callback(notification)
    if inspect.isawaitable(outcome):
        await outcome
