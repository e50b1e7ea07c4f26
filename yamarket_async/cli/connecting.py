"""What every command needs that talks to the Market: the key, the address, what keeps the limits, how long to wait."""

import os
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from yamarket_async.cli.running import WRONG_USAGE, Failure, is_terminal, say

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient
    from yamarket_async.limits import Limiter, Wait
    from yamarket_async.observing import Call

R = TypeVar("R")

OPTIONS = (
    click.option(
        "--api-key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file whose first line is the key. Without it: YAMARKET_API_KEY, or a prompt on a terminal.",
    ),
    click.option(
        "--base-url",
        envvar="YAMARKET_BASE_URL",
        show_envvar=True,
        metavar="URL",
        help="Where the API is, if not at the Market.",
    ),
    click.option("--redis", metavar="URL", help="Share the limits with other processes through this Redis."),
    click.option(
        "--max-wait",
        type=click.FloatRange(0),
        metavar="SECONDS",
        help="Fail rather than wait longer than this for a limit.",
    ),
)


def id_option(name: str, what: str, *, required: bool = True, **settings: Any) -> click.Option:
    """Make the option of an id that may also come from the environment, as `yamarket sandbox` prints it."""
    variable = f"YAMARKET_{name.upper().replace('-', '_')}"
    return click.Option([f"--{name}"], help=what, required=required, envvar=variable, show_envvar=True, **settings)


CAMPAIGN = id_option("campaign-id", "The store, as `yamarket campaigns` lists it.", type=click.IntRange(1))
BUSINESS = id_option("business-id", "The cabinet, as `yamarket campaigns` lists it.", type=click.IntRange(1))


class Connection(NamedTuple):
    """How to reach the Market, as the options say.

    Attributes:
        api_key_file: where the key is.
        base_url: where the API is; None for the Market.
        redis: what keeps the limits, shared with others; None for this process.
        max_wait: seconds that a call may wait for a limit; None for as long as it takes.
    """

    api_key_file: Path | None
    base_url: str | None
    redis: str | None
    max_wait: float | None

    def client(
        self,
        *,
        on_wait: "Callable[[Wait], None] | None" = None,
        on_call: "Callable[[Call], None] | None" = None,
        limiter: "Limiter | None" = None,
    ) -> "MarketClient":
        """Make a client, after asking for the key where that takes a prompt: so not while an event loop runs.

        Args:
            on_wait: shows that a call waits for a limit.
            on_call: shows that an attempt failed; a line for each where it is left out.
            limiter: what keeps the limits.
        """
        from yamarket_async.client import MarketClient  # noqa: PLC0415 — a help needs none

        address: dict[str, Any] = {"base_url": self.base_url} if self.base_url else {}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            client = MarketClient(
                self._key(),
                limiter=limiter or self.limiter(),
                max_wait=self.max_wait,
                on_wait=on_wait,
                on_call=on_call or tell_failed_attempt,
                **address,
            )
        for warning in caught:
            say(f"warning: {warning.message}", color="yellow")
        return client

    def limiter(self) -> "Limiter":
        """Make what keeps the limits."""
        from yamarket_async.limits.local import LocalLimiter  # noqa: PLC0415

        return redis_limits().RedisLimiter.from_url(self.redis) if self.redis else LocalLimiter()

    def _key(self) -> str | None:
        if self.api_key_file is not None:
            # utf-8-sig: an editor on Windows may have put a mark before the key.
            with self.api_key_file.open(encoding="utf-8-sig", errors="replace") as file:
                return file.readline().strip()
        if not os.environ.get("YAMARKET_API_KEY") and is_terminal(sys.stdin):
            return click.prompt("API key (not shown)", hide_input=True, err=True)
        return None  # the client looks into the environment itself


def connected(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command the options of a connection; it is called with the `Connection` that they describe."""

    @wraps(command)
    def with_connection(*args: Any, **options: Any) -> R:
        connection = Connection(*(options.pop(name) for name in Connection._fields))
        return command(*args, connection, **options)

    for option in reversed(OPTIONS):
        option(with_connection)
    return with_connection


def tell_failed_attempt(call: "Call") -> None:
    """Say in a line that an attempt failed which may be repeated."""
    from yamarket_async.cli.waits import failed_attempt  # noqa: PLC0415

    if told := failed_attempt(call):
        say(told, color="yellow")


def redis_limits() -> Any:
    """Import what keeps the limits in Redis, an extra."""
    from yamarket_async.extras import pip_command  # noqa: PLC0415 — only where it is needed

    try:
        return import_module("yamarket_async.limits.redis")
    except ModuleNotFoundError as error:
        raise Failure(f"--redis: {error.name} is not installed; {pip_command('redis')}", WRONG_USAGE) from None
