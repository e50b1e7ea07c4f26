"""What can go wrong on purpose: how often, for which methods, and exactly when."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from random import Random
from typing import ClassVar, NamedTuple

Rate = float | Mapping[str, float]
"""How probable a fault is for one request, 0 … 1: for every method, or by the name of the method."""


class _Planned(NamedTuple):
    fault: str
    endpoint: str | None


@dataclass(kw_only=True)
class Faults:
    """The faults of a sandbox: rates that hold for all requests, and faults planned for the `next` ones.

    Every rate is drawn by itself for each request that has a valid key and a known store, from the sandbox's seed.
    Where several come together that replace the answer, the first in this order takes place. A fault in place of the
    work costs nothing of the limit; one after the work costs what the work does.

    Attributes:
        hang: no answer ever comes, and nothing is done.
        reset_before: the connection is reset before the work is done.
        error_500: 500 in JSON.
        html_502: 502 in HTML, as of a gateway, without the headers of the limit.
        error_503: 503 in JSON, with `Retry-After` where `retry_after` is set.
        html_504: 504 in HTML, as of a gateway, without the headers of the limit.
        redirect: 307 to `redirect_to`.
        lost_answer: the work is done, then the connection is reset without a byte of the answer.
        cut_answer: the work is done, then the connection is reset in the middle of the answer.
        truncated: the connection is closed before as much has come as `Content-Length` announced.
        half_json: half of the JSON, in an answer that is framed well.
        slow_bytes: the answer trickles, over `slow_bytes_seconds`.
        huge: the JSON is padded with blanks to `huge_bytes`.
        bomb: the same, compressed to a thousandth.
        idle_close: the answer is well, but the next request on its connection finds it closed, as when a server closes
            an idle connection at the moment that the client uses it.
        delay: the answer comes `delay_seconds` later than otherwise.
        repeated_token: the token of the next page is that of this page again.
        empty_page: a page without items, whose token leads to the same place again.
        no_limit_headers: the headers of the limit are missing.
        garbled_limit_headers: they hold what can't be read.
        foreign_limit_headers: their `Until` is by a clock that is `clock_error` seconds off.
        retry_after: seconds, or None for no `Retry-After`.
        redirect_to: where a redirect leads; this sandbox under another host's name where it is None.
    """

    hang: Rate = 0.0
    reset_before: Rate = 0.0
    error_500: Rate = 0.0
    html_502: Rate = 0.0
    error_503: Rate = 0.0
    html_504: Rate = 0.0
    redirect: Rate = 0.0
    lost_answer: Rate = 0.0
    cut_answer: Rate = 0.0
    truncated: Rate = 0.0
    half_json: Rate = 0.0
    slow_bytes: Rate = 0.0
    huge: Rate = 0.0
    bomb: Rate = 0.0
    idle_close: Rate = 0.0
    delay: Rate = 0.0
    repeated_token: Rate = 0.0
    empty_page: Rate = 0.0
    no_limit_headers: Rate = 0.0
    garbled_limit_headers: Rate = 0.0
    foreign_limit_headers: Rate = 0.0

    retry_after: int | None = None
    redirect_to: str | None = None
    slow_bytes_seconds: float = 0.5
    delay_seconds: float = 0.5
    huge_bytes: int = 80 * 1024 * 1024
    clock_error: float = 3_600.0

    NAMES: ClassVar[tuple[str, ...]] = ()
    """All faults, in the order in which they take place."""

    _planned: deque[_Planned] = field(default_factory=deque, init=False, repr=False, compare=False)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in self.__dataclass_fields__:
            raise AttributeError(f"there is no fault {name!r}; there are {', '.join(self.NAMES)}")
        if name in self.NAMES:
            rates = value.values() if isinstance(value, Mapping) else (value,)
            if not all(isinstance(rate, int | float) and 0 <= rate <= 1 for rate in rates):
                raise ValueError(f"{name}={value!r}: a rate is a number from 0 to 1, or such numbers by method")
        object.__setattr__(self, name, value)

    def next(self, fault: str, *, times: int = 1, endpoint: str | None = None) -> None:
        """Plan a fault for the next requests; what is planned comes in the order of planning, in place of the rates.

        Args:
            fault: one of `NAMES`.
            times: for how many requests, 1 or more.
            endpoint: only for requests to this method; others pass it by.

        Raises:
            ValueError: there is no such fault.
        """
        if fault not in self.NAMES:
            raise ValueError(f"there is no fault {fault!r}; there are {', '.join(self.NAMES)}")
        self._planned.extend([_Planned(fault, endpoint)] * times)

    def clear(self) -> None:
        """Set every rate to 0 and forget what is planned."""
        for name in self.NAMES:
            setattr(self, name, 0.0)
        self._planned.clear()

    def draw(self, endpoint: str, random: Random) -> frozenset[str]:
        """Tell what befalls a request."""
        for planned in self._planned:
            if planned.endpoint in {None, endpoint}:
                self._planned.remove(planned)
                return frozenset({planned.fault})
        return frozenset(name for name in self.NAMES if random.random() < self._rate(name, endpoint))

    def _rate(self, name: str, endpoint: str) -> float:
        rate: Rate = getattr(self, name)
        return rate.get(endpoint, 0.0) if isinstance(rate, Mapping) else rate


Faults.NAMES = tuple(each.name for each in fields(Faults) if each.type is Rate)
