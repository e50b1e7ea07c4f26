"""Running the command: exit statuses, one clear line for an error, quiet ends for Ctrl-C and closed pipes."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from io import TextIOWrapper
from types import FrameType
from typing import Any, TextIO, TypeVar, cast

import click
from click.shell_completion import shell_complete

from yamarket_async.endpoints import snake
from yamarket_async.errors import WHERE_KEYS_COME_FROM, InvalidRequest, MarketError, MissingKey

T = TypeVar("T")

NAME = "yamarket"

_ARGUMENT = re.compile(r"(?P<name>[^.\[]*)(?P<place>\[(?P<number>\d+)\])?(?P<rest>.*)", re.DOTALL)

COMPLETE = "_YAMARKET_COMPLETE"
"""The variable by which the script of `yamarket completion` asks for completions."""

DONE = 0
FAILED = 1
WRONG_USAGE = 2
PARTLY_DONE = 3
INTERRUPTED = 130


class Failure(Exception):
    """Ends the command with one line and an exit status.

    Args:
        message: the line.
        status: the exit status.
    """

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run a command to its end.

    Args:
        command: what to run.
        arguments: what stands behind its name; those of the process where they are left out.

    Returns:
        The exit status.
    """
    speak_utf8()
    try:
        status = _invoke(command, sys.argv[1:] if arguments is None else list(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()  # what can't be written is to be known here, and not when the interpreter ends
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except BrokenPipeError:
        drop_output(sys.stdout)  # whoever read it has enough (`| head`), and that is no failure
        return DONE
    except (Failure, click.ClickException, click.Abort, MarketError, OSError, KeyboardInterrupt) as error:
        failure = failure_of(error)
        if isinstance(error, OSError):
            drop_output(sys.stdout)
        with suppress(OSError):  # stderr may be what is full or closed
            say(str(failure), color="red")
        return failure.status
    return status or DONE


def _invoke(command: click.Command, arguments: list[str]) -> int | None:
    # The parts of click's own `main`, without what it thinks of Ctrl-C and closed pipes.
    if instruction := os.environ.get(COMPLETE):
        return shell_complete(command, {}, NAME, COMPLETE, instruction)
    try:
        with command.make_context(NAME, arguments) as context:
            status: int | None = command.invoke(context)
    except click.exceptions.Exit as ended:  # --help
        return ended.exit_code
    return status


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end. Ctrl-C cancels it; once it has cleaned up, this raises KeyboardInterrupt."""

    async def work_that_hears() -> T:
        with _woken_by_signals(), _cancelled_by_signals():
            return await work

    return asyncio.run(work_that_hears())


@contextmanager
def _cancelled_by_signals() -> Iterator[None]:
    """Let signals cancel this task where Ctrl-C is ignored; where it isn't, asyncio has seen to this itself."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        yield
        return
    task, before, came = asyncio.current_task(), interrupt_handler(), False

    def cancel(_number: int, _frame: FrameType | None) -> None:
        nonlocal came
        came = True
        handle_interrupt(before)  # so that the second one ends it at once
        cast("asyncio.Task[Any]", task).cancel()

    handle_interrupt(cancel)
    try:
        yield
    except asyncio.CancelledError:
        if came:
            raise KeyboardInterrupt from None
        raise
    finally:
        handle_interrupt(before)


@contextmanager
def _woken_by_signals() -> Iterator[None]:
    """Let signals end the waiting of the event loop.

    One that comes in the instant before the loop begins to wait is else handled when something happens, and while the
    Market is silent nothing does. Loops on Windows see to this themselves.
    """
    if sys.platform == "win32":  # pragma: no cover - CI runs on Linux
        yield
        return
    loop = asyncio.get_running_loop()
    here, there = socket.socketpair()
    with here, there:
        here.setblocking(False)
        there.setblocking(False)
        loop.add_reader(here, here.recv, 4_096)
        before = signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            loop.remove_reader(here)


@contextmanager
def ended_like_interrupt() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end work as Ctrl-C does: in good order, with what is done saved.

    Raises:
        Ended: one of them came.
    """
    came: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        came.append(number)
        interrupt_handler()(signal.SIGINT, frame)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # One that is ignored stays so: nohup is to be believed.
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    except KeyboardInterrupt:
        if came:
            raise Ended(came[0]) from None
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_instead_of_ignored: list[Any] = [signal.default_int_handler]


def interrupt_handler() -> Any:
    """Give what is called by Ctrl-C, and by the signals that end work like it.

    Where Ctrl-C is ignored, as in the background jobs of a script, it stays so, and the handler is for the others.
    """
    handler = signal.getsignal(signal.SIGINT)
    return _instead_of_ignored[0] if handler is signal.SIG_IGN else handler


def handle_interrupt(handler: Any) -> None:
    """Set what `interrupt_handler` gives."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        _instead_of_ignored[0] = handler
    else:
        signal.signal(signal.SIGINT, handler)


class Ended(KeyboardInterrupt):
    """A signal ended the work.

    Args:
        number: which.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def confirmed(question: str) -> bool:
    """Ask something on the terminal."""
    return click.confirm(question, err=True)


def failure_of(error: BaseException, note: str = "") -> Failure:
    """Make the line and the exit status of an error.

    Args:
        error: what went wrong.
        note: what to add to the line.
    """
    status = FAILED
    match error:
        case click.UsageError(ctx=click.Context() as context):
            status, told = (
                WRONG_USAGE,
                f"{error.format_message().rstrip('.')} ({context.command_path} --help tells more)",
            )
        case Failure():
            status, told = error.status, str(error)
        case click.ClickException():
            status, told = error.exit_code, error.format_message()
        case Ended():
            status, told = 128 + error.number, f"ended by {signal.Signals(error.number).name}"
        case KeyboardInterrupt() | click.Abort():
            status, told = INTERRUPTED, "interrupted"
        case MissingKey():
            status, told = (
                WRONG_USAGE,
                (
                    f"no API key: set YAMARKET_API_KEY, or name a file with --api-key-file; {WHERE_KEYS_COME_FROM}. "
                    "To try without one: yamarket sandbox"
                ),
            )
        case InvalidRequest():
            status, told = WRONG_USAGE, wrong_argument(error)
        case OSError(filename=str() | os.PathLike() as name, strerror=str() as reason):
            told = f"{name}: {reason}"
        case OSError(strerror=str() as reason):
            told = f"standard output: {reason}"
        case _:
            told = str(error)
    return Failure(" ".join(f"{told}; {note}".split() if note else told.split()), status)


def wrong_argument(error: InvalidRequest) -> str:
    """Tell of an argument of the client's that breaks a rule: under the name of its option, and what it should be."""
    from yamarket_async.cli.options import with_options  # noqa: PLC0415 — only where it is needed
    from yamarket_async.cli.values import in_words, shown  # noqa: PLC0415

    rule = re.sub(r"\b[a-z]\w*\.[a-z]\w*\b", lambda m: _options_of_fields().get(m[0], m[0]), in_words(error.rule))
    rule = with_options(rule)
    if error.argument == "api_key":  # which is not shown
        return f"the API key (of --api-key-file or YAMARKET_API_KEY): {rule}"
    if error.value is None:
        return f"{option_of(error.argument)}: {rule}"
    return f"{option_of(error.argument)} {shown(error.value)}: {rule}"


def option_of(argument: str) -> str:
    """Name the option of an argument of the client's, and the place in it.

    `page_size` is --page-size, `dates.creationDateTo` is --dates-creation-date-to; what has none, like
    `offers[2].price.value`, is --offers, number 3, price.value.
    """
    if argument in _options_of_fields():
        return _options_of_fields()[argument]
    name, place, number, rest = _ARGUMENT.fullmatch(argument).group("name", "place", "number", "rest")  # type: ignore[union-attr] # it matches anything
    told = ["--" + name.replace("_", "-")]
    if place:
        told.append(f"number {int(number) + 1}")
    return ", ".join([*told, *filter(None, [rest.lstrip(".")])])


@cache
def _options_of_fields() -> Mapping[str, str]:
    """Give the options of fields of objects, by the places of these: `dates.creationDateTo`."""
    from yamarket_async.arguments import signature_of  # noqa: PLC0415 — only where it is needed
    from yamarket_async.cli.options import fields_of  # noqa: PLC0415
    from yamarket_async.families import endpoints  # noqa: PLC0415

    slots = [slot for endpoint in endpoints().values() for slot in signature_of(endpoint).slots]
    return {
        f"{field.argument}.{field.name}": f"--{field.argument}-{snake(field.name)}".replace("_", "-")
        for slot in slots
        for field in fields_of(slot)
    }


def say(line: str, *, color: str | None = None) -> None:
    """Say something about the work, on stderr."""
    click.secho(f"yamarket: {line}", err=True, fg=color, color=False if os.environ.get("NO_COLOR") else None)


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: names and SKUs are Russian, and files made of the output are UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody watches a standard stream; one that was closed is None."""
    return stream is not None and stream.isatty()


def flush_errors() -> None:
    """Write what is left for stderr. That nobody may be there any more to read it makes no failure of what was done."""
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        drop_output(sys.stderr)


def drop_output(stream: TextIO | None) -> None:
    """Let what is left in a buffer go nowhere: the interpreter would flush it at its end, and complain."""
    with suppress(OSError, AttributeError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())  # type: ignore[union-attr] # None has no fileno
