"""Running a command's coroutine: one clear line for an error, quiet ends for Ctrl-C and closed pipes."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

import click

from yamarket_async.errors import MarketError

P = ParamSpec("P")

FAILED = 1
PARTLY_DONE = 3
INTERRUPTED = 130


def coroutine(command: Callable[P, Coroutine[Any, Any, int | None]]) -> Callable[P, None]:
    """Make a click callback of a coroutine; what it returns is the exit status, None stands for 0."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = asyncio.run(command(*args, **kwargs)) or 0
        except MarketError as error:
            fail(str(error))
        except BrokenPipeError:
            # Whoever read our output has enough (`| head`). Python would complain while it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(status)

    return run


def fail(message: str) -> None:
    """Say what went wrong in one line and end."""
    click.secho(f"yamarket: {' '.join(message.split())}", err=True, fg="red")
    sys.exit(FAILED)
