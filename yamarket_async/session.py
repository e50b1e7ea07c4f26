"""Performs calls: inside the limits, again where an attempt failed on the way, never twice what must not be done twice.

It knows no endpoint by name: whatever differs between them stands in their entries.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import count
from typing import Any, Final

import msgspec

from yamarket_async.active_reports import ActiveReports, Place
from yamarket_async.endpoints import REFERENCE, Endpoint, Request
from yamarket_async.errors import APIError, DecodeError, MarketError, QuotaExceeded, ServerError, TransportError
from yamarket_async.judging import (
    METHOD_FAILURE,
    Refusal,
    Reply,
    check,
    error_of,
    may_pass,
    outcome_of,
    read,
    refusal_of,
    reports_limit,
)
from yamarket_async.limits import Demand, Limit, Limiter, Outcome, Wait
from yamarket_async.observing import Call, Watch, Watcher, tell
from yamarket_async.patience import Patience
from yamarket_async.retry import LONGEST_RETRY_AFTER
from yamarket_async.transport import Transport, Upload

logger = logging.getLogger("yamarket_async.session")

FIRST_REPORT_PAUSE: Final = 2.0
"""Seconds after a first refusal because as many reports are in the making as may be; each further one doubles them."""

LONGEST_REPORT_PAUSE: Final = 60.0
"""Seconds at which that stops growing: a report takes minutes."""

LONGEST_REPORT: Final = 300.0
"""Seconds after which a call that waits for the end of our own reports tries again all the same."""

REPORTS_LIMIT: Final = "limit of reports in the making"

UNCERTAIN: Final = (
    "not repeated: the Market may have done it all the same, and would do it twice; "
    "look what has become of it before you call again"
)

UNCERTAIN_REPORT: Final = (
    "not repeated: the Market may be making the report all the same, and would make another one; the API lists no "
    "reports, so look among those of the seller's account, or wait until that one must be over and begin it anew: "
    "a report more changes nothing but the limit"
)

UNSENT: Final = Outcome("unsent")
LOST: Final = Outcome("lost")

_call_ids = count(1)


class Answer(msgspec.Struct, frozen=True, gc=False):
    """An answer that is worth decoding.

    Attributes:
        endpoint: the method.
        reply: the answer as it came.
        repeated: whether an attempt before it may have done the work, with its answer lost.
        learn: takes what is read, where the session can learn from it.
    """

    endpoint: Endpoint
    reply: Reply
    repeated: bool
    learn: Callable[[Any], None] | None = None

    def read(self) -> Any:
        """Decode what it holds.

        Raises:
            DecodeError: it isn't what the method's page describes.
            APIError: the Market refused, with a status that says otherwise.
        """
        response = read(self.endpoint, self.reply)
        if self.learn is not None:
            self.learn(response)
        return response


class Progress(msgspec.Struct, eq=False):
    """How far a call has come, for whoever has begun it.

    Attributes:
        call_id: a number for the call, unique within the process.
        on_the_wire: whether the request is being sent, or its answer waited for, at this moment.
        may_be_done: whether an attempt that got no answer, or a 5xx, may have done the work.
        is_refused: whether the Market refused it for good, so that it certainly did nothing.
        stopping: set it to have no further attempt made: the call then ends with what the present one comes to.
        sent: how often the request has been sent.
        attempts: how many of those weren't refused for a limit.
        limited: seconds that it has waited for limits.
        report_pauses: how often it has waited because of reports in the making.
        failure: what the latest attempt failed with.
        watches: who follows it.
        on_wait: told when it begins to wait for a limit.
        began: when it was begun; 0 until it is.
    """

    call_id: int = msgspec.field(default_factory=_call_ids.__next__)
    on_the_wire: bool = False
    may_be_done: bool = False
    is_refused: bool = False
    stopping: bool = False
    sent: int = 0
    attempts: int = 0
    limited: float = 0.0
    report_pauses: int = 0
    failure: MarketError | None = None
    watches: Sequence[Watch] = ()
    on_wait: Callable[[Wait], None] | None = None
    began: float = 0.0

    def tell_wait(self, wait: Wait) -> None:
        """Tell the caller, and who follows the call, that it begins to wait for a limit."""
        for watch in self.watches:
            watch.waits(wait)
        if self.on_wait is not None:
            self.on_wait(wait)


class Session:
    """Performs requests inside the limits and repeats what failed on the way.

    Args:
        transport: sends them.
        patience: how long and how often it tries.
        limits: figures in place of the documented ones, by the name of the method.
        max_parallel: requests at once for one entity.
        limiter: what keeps the limits.
        on_wait: called when a call starts to wait for a limit.
        on_call: called after each attempt.
        reports: the reports in work, and the calls that wait for one to end; of the session that this one stems from.
        watchers: who follows its calls; of the session that this one stems from.

    Attributes:
        watchers: who follows its calls; it may be added to at any time.
    """

    def __init__(
        self,
        *,
        transport: Transport,
        patience: Patience,
        limits: Mapping[str, Limit],
        max_parallel: int,
        limiter: Limiter,
        on_wait: Callable[[Wait], None] | None = None,
        on_call: Callable[[Call], None] | None = None,
        reports: ActiveReports | None = None,
        watchers: list[Watcher] | None = None,
    ) -> None:
        self.transport = transport
        self.spawn = transport.spawn
        self.start = transport.start
        self.patience = patience
        self.max_parallel = max_parallel
        self.limiter = limiter
        self.reports = ActiveReports() if reports is None else reports
        self.watchers = [] if watchers is None else watchers
        self._limits = limits
        self._on_wait = on_wait
        self._on_call = on_call
        self._businesses = set[int]()
        """Those that the key has been seen to reach. Of several nobody says which one its requests count against."""

    def with_patience(self, patience: Patience) -> "Session":
        """Give a session over the same connections, limits and tasks that tries for another while."""
        return Session(
            transport=self.transport,
            patience=patience,
            limits=self._limits,
            max_parallel=self.max_parallel,
            limiter=self.limiter,
            on_wait=self._on_wait,
            on_call=self._on_call,
            reports=self.reports,
            watchers=self.watchers,
        )

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return self.transport.base_url

    @property
    def under_way(self) -> int:
        """How many pieces of work have begun and not ended."""
        return self.transport.under_way

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self.transport.closed

    async def close(self) -> None:
        """End what is under way and let go of the connections."""
        await self.transport.close()
        await self.limiter.aclose()

    def call(
        self, request: Request, *, upload: Upload | None = None, progress: Progress | None = None
    ) -> Coroutine[Any, Any, Answer]:
        """Send a request until it is answered, or can't be.

        Args:
            request: the request.
            upload: the file to send, in place of a body.
            progress: where to follow the call, and to stop it.

        Returns:
            What to await.

        Raises:
            MarketError: as the class says; a failure that was repeated tells how often and how long.
        """
        progress = progress or Progress()
        progress.on_wait = self._on_wait
        # No coroutine of its own: each one on the way adds to what a small call costs (`benchmarks/calls.py`).
        return (self._watched if self.watchers else self._until_answered)(request, upload, progress)

    async def _watched(self, request: Request, upload: Upload | None, progress: Progress) -> Answer:
        with ExitStack() as watching:
            progress.watches = [watching.enter_context(watcher(request)) for watcher in self.watchers]
            return await self._until_answered(request, upload, progress)

    async def _until_answered(self, request: Request, upload: Upload | None, progress: Progress) -> Answer:
        while True:
            try:
                reply, refusal = await self._attempt(request, upload, progress)
            except QuotaExceeded as exceeded:
                if progress.failure is None:
                    raise
                # It isn't the limit that kept the call from being answered.
                raise progress.failure.remarking(f"and no limit for another attempt: {exceeded}") from progress.failure
            except MarketError as error:
                progress.failure = error
                pause = self._pause(request, error, progress)
                logger.info(
                    "%s of %s: attempt %d of %d failed, again in %.1f s: %s",
                    request.endpoint.name,
                    request.entity,
                    progress.attempts,
                    self.patience.retry.attempts,
                    pause,
                    error,
                )
                await asyncio.sleep(pause)
                continue
            progress.failure = None  # its frames hold this call, and Python would keep both for its garbage collector
            if refusal is None:
                learn = self._learner(request.endpoint) if request.endpoint.tells_business else None
                return Answer(request.endpoint, reply, progress.may_be_done, learn)
            if progress.stopping:
                raise error_of(request.endpoint, reply)
            if refusal == "reports":
                await self._wait_for_a_report(request, reply, progress)
            # In the other case the limiter knows now when to send again.

    async def _attempt(
        self, request: Request, upload: Upload | None, progress: Progress
    ) -> tuple[Reply, Refusal | None]:
        """Send a request once, as soon as the limits let it.

        Returns:
            An answer that is worth decoding, or one that refuses the request for a limit and for which.

        Raises:
            MarketError: no answer came, or it is an error.
        """
        http = self.transport.open()
        now = asyncio.get_running_loop().time
        came = now()
        progress.began = progress.began or came
        longest = self.patience.max_wait
        lease = await self.limiter.acquire(
            self._demand(request),
            max_wait=None if longest is None else max(longest - progress.limited, 0.0),
            on_wait=progress.tell_wait,
        )
        progress.limited += lease.waited
        reply, failure, began, outcome = None, None, None, UNSENT
        try:
            async with self.transport.connections:
                began, outcome = now(), LOST  # what it is if this task is cancelled from here on
                progress.on_the_wire = True
                progress.sent += 1
                reply = await self.transport.send(http, request, self.patience.timeout, upload)
            outcome = outcome_of(reply)
            refusal = refusal_of(reply)
            if refusal is None:
                progress.attempts += 1
                check(request.endpoint, reply)
            return reply, refusal  # noqa: TRY300 — whatever is raised up to here is an outcome
        except BaseException as error:
            failure = error
            if isinstance(error, TransportError):
                progress.attempts += 1
                outcome = LOST if error.sent else UNSENT
            progress.may_be_done |= outcome is LOST
            raise
        finally:
            progress.on_the_wire = False
            self.limiter.release(lease, outcome)
            if self._on_call is not None or progress.watches:
                status, size = (None, 0) if reply is None else (reply.status, len(reply.body))
                what = progress.call_id, request.endpoint.name, request.entity, status, progress.sent
                ended = now()
                began = ended if began is None else began
                call = Call(*what, ended - began, began - came, size, failure)
                for watch in progress.watches:
                    tell(watch.attempted, call)
                if self._on_call is not None:
                    tell(self._on_call, call)

    def _demand(self, request: Request) -> Demand:
        """Tell the limiter what a request needs."""
        name, quota = request.endpoint.name, request.endpoint.quota
        limit = self._limits.get(name) or (quota.limit if quota else None)
        return Demand(name, request.entity, limit, request.items, self.max_parallel, quota.parallel if quota else None)

    def _learner(self, endpoint: Endpoint) -> Callable[[Any], None]:
        """Make what tells the limiter the business of the key: requests without a store or cabinet share its slots."""

        def learn(response: Any) -> None:
            self._businesses.update(values_at(response, endpoint.tells_business))
            if len(self._businesses) == 1:
                self.limiter.bind_token(*self._businesses)

        return learn

    def _pause(self, request: Request, error: MarketError, progress: Progress) -> float:
        """Choose the pause before the next attempt.

        Raises:
            MarketError: there is to be none: it would bring nothing, or might do twice what must not be.
        """
        endpoint, retry, now = request.endpoint, self.patience.retry, asyncio.get_running_loop().time()
        if not may_pass(error):
            progress.is_refused = isinstance(error, APIError) and error.status != METHOD_FAILURE
            progress.may_be_done |= isinstance(error, DecodeError)
            raise _repeated(error) if progress.may_be_done and isinstance(error, APIError) else error
        is_unsent = isinstance(error, TransportError) and not error.sent
        progress.may_be_done |= not is_unsent
        if not is_unsent and request.once:
            raise error.remarking(_uncertain(endpoint)) from error
        if progress.attempts >= retry.attempts or progress.stopping:
            times = "1 attempt" if progress.attempts == 1 else f"{progress.attempts} attempts"
            raise error.remarking(f"gave up after {times} in {now - progress.began:.1f} s") from error
        asked = error.retry_after if isinstance(error, ServerError) else None
        longest = self.patience.max_wait
        if asked is not None and asked > min(LONGEST_RETRY_AFTER, LONGEST_RETRY_AFTER if longest is None else longest):
            raise error.remarking(f"asks to be called again in {asked:.0f} s, which is not waited for") from error
        return retry.pause(progress.attempts, asked)

    async def place_for_report(self, request: Request, progress: Progress) -> Place:
        """Wait until one report fewer than may be is in work.

        Args:
            request: what will begin the report.
            progress: of the call: the wait counts among those for limits.

        Raises:
            QuotaExceeded: it would take longer than the call may wait.
        """
        reports = self.reports
        if reports.may_take:
            return reports.take()
        now = asyncio.get_running_loop().time
        began, longest = now(), self.patience.max_wait
        seconds = reports.expected(began) or FIRST_REPORT_PAUSE  # also where one takes longer than it was to
        if longest is None or seconds <= longest:
            self.tell_wait(request, seconds, "for a report to end", progress)
            place = await reports.wait_for_place(longest)
            progress.limited += now() - began
            if place is not None:
                return place
        raise QuotaExceeded(
            request.endpoint.name, request.entity, retry_after=seconds, max_wait=longest or 0.0, limit=REPORTS_LIMIT
        )

    async def _wait_for_a_report(self, request: Request, reply: Reply, progress: Progress) -> None:
        """Wait until another report may be begun: the Market tells no moment."""
        now = asyncio.get_running_loop().time
        told = reports_limit(reply)
        if told is not None:
            self.reports.learn(told, now())
        if self.reports.is_full(now()):
            # Only the end of one of ours helps, which is told as soon as it is seen.
            pause = LONGEST_REPORT
            expected = min(self.reports.expected(now()) or FIRST_REPORT_PAUSE, pause)
        else:
            grown = min(LONGEST_REPORT_PAUSE, FIRST_REPORT_PAUSE * 2.0 ** min(progress.report_pauses, 10))
            pause = expected = grown * random.uniform(0.5, 1)
        longest = self.patience.max_wait
        if longest is not None:
            rest = longest - progress.limited
            if expected > rest:
                raise QuotaExceeded(
                    request.endpoint.name, request.entity, retry_after=expected, max_wait=longest, limit=REPORTS_LIMIT
                ) from error_of(request.endpoint, reply)
            pause = min(pause, rest)
        progress.report_pauses += 1
        self.tell_wait(request, expected, "for a report to end", progress)
        began = now()
        await self.reports.wait(pause)
        progress.limited += now() - began

    def tell_wait(self, request: Request, seconds: float, what: str, progress: Progress | None = None) -> None:
        """Say, in the log, to the caller and to who follows the call, that it waits for something else than a limit."""
        wait = Wait(request.endpoint.name, request.entity, seconds)
        logger.info("%s of %s waits %.1f s %s", wait.endpoint, wait.entity, seconds, what)
        (progress or Progress(on_wait=self._on_wait)).tell_wait(wait)


def values_at(thing: Any, path: str) -> Iterator[Any]:
    """Find the values at a place, given as attributes: one for each item of every list on the way."""
    if isinstance(thing, list):
        for item in thing:
            yield from values_at(item, path)
    elif thing is not None and path:
        name, _, rest = path.partition(".")
        yield from values_at(getattr(thing, name), rest)
    elif thing is not None:
        yield thing


def _uncertain(endpoint: Endpoint) -> str:
    """Say that a call may have been done, and how to find out."""
    if endpoint.report:
        return UNCERTAIN_REPORT
    how = f" with market.{endpoint.check_with}()" if endpoint.check_with else ""
    page = f", {REFERENCE}{endpoint.reference}" if endpoint.reference else ""
    return f"{UNCERTAIN}{how}{page}"


def _repeated(error: APIError) -> APIError:
    """Say of an error that it answers a repetition."""
    told = error.remarking("an attempt before it got no answer and may have done it")
    told.repeated = True
    return told
