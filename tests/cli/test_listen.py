"""`yamarket listen`: what it prints, answers and says when it ends."""

import errno
import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PING = b'{"notificationType":"PING","time":"2026-11-24T10:00:00Z"}'
CHAT = (
    '{"notificationType": "CHAT_CREATED",\n "chatId": 5, "businessId": 7,'
    ' "createdAt": "2026-11-24T10:00:00Z", "имя": "Чайник"}'
).encode()


class Listening:
    """The command as a process that listens."""

    def __init__(self, process: Any) -> None:
        self.process = process
        line = process.stderr.readline().decode()
        found = re.fullmatch(
            r"yamarket: listening on (http://(?:127\.0\.0\.1|\[::1\]):\d+/), any path; Ctrl-C ends it\n", line
        )
        assert found, line
        self.url = found[1]

    def send(self, body: bytes, path: str = "market/notification", **headers: str) -> int:
        request = urllib.request.Request(  # noqa: S310 — its own address
            self.url + path, body, {"Content-Type": "application/json", **headers}
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, bytes, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err.decode()


@pytest.fixture
def listening(start: Callable[..., Any]) -> Iterator[Callable[..., Listening]]:
    def begin(*options: str, **settings: Any) -> Listening:
        return Listening(start(None, "listen", "--port", "0", *options, **settings))

    return begin


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_each_notification_is_a_line_of_json_as_soon_as_it_is_answered(listening: Any, number: signal.Signals) -> None:
    one = listening()
    for body, kind in ((PING, "PING"), (CHAT, "CHAT_CREATED"), (b'{"notificationType":"NEW"}', "NEW")):
        assert one.send(body, path="anywhere/else") == 200
        line = one.process.stdout.readline().decode()
        assert json.loads(line)["notificationType"] == kind
        assert line.endswith('"имя":"Чайник"}\n') is (body is CHAT)
    assert one.end(number) == (0, b"", "yamarket: 3 notifications came\n")


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as trial:
            trial.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_it_listens_on_ipv6_too(listening: Any) -> None:
    one = listening("--host", "::1")
    assert one.url.startswith("http://[::1]:")
    assert one.send(CHAT) == 200
    status, out, err = one.end()
    assert (status, out.count(b"\n"), err) == (0, 1, "yamarket: 1 notification came\n")


def test_what_cant_be_read_is_told_on_stderr(listening: Any) -> None:
    one = listening()
    assert one.send(b'{"notificationType":"CHAT_CREATED"}') == 400
    status, out, err = one.end()
    assert (status, out) == (0, b"")
    assert err.startswith("yamarket: refused a notification: chatId: is missing; the notification begins with ")
    assert err.endswith("yamarket: 0 notifications came\n")


def test_only_some_may_call_where_it_is_told(listening: Any) -> None:
    one = listening("--network", "market", "--network", "10.0.0.0/8", "--trusted-hops", "1")
    assert one.send(CHAT, **{"X-Forwarded-For": "5.45.207.7"}) == 200
    assert one.send(CHAT, **{"X-Forwarded-For": "10.1.1.1"}) == 200
    assert one.send(CHAT, **{"X-Forwarded-For": "203.0.113.9"}) == 403
    _, out, err = one.end()
    assert len(out.splitlines()) == 2
    assert "turned away a notification from 127.0.0.1" in err


def test_the_market_alone_may_call_where_it_is_told(listening: Any) -> None:
    one = listening("--network", "market")
    assert one.send(CHAT) == 403
    assert one.end()[:2] == (0, b"")


def test_what_cant_be_printed_stays_with_the_sender_and_ends_it(listening: Any) -> None:
    one = listening()
    one.process.stdout.close()
    one.process.stdout = None
    assert one.send(CHAT) == 500
    assert one.process.wait(20) == 0
    assert one.process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_is_told(listening: Any) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        one = listening(stdout=full)
    assert one.send(CHAT) == 500
    assert one.process.wait(20) == 1
    assert one.process.stderr.read() == b"yamarket: standard output: No space left on device\n"


def test_a_port_in_use_is_told(here: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = here(None, "listen", "--port", port)
    told = f"yamarket: can't listen on 127.0.0.1:{port}: Address already in use; choose another --port or --host\n"
    assert (ended.status, ended.out, ended.err) == (1, b"", told)


def test_a_host_that_is_not_there_is_told(here: Any) -> None:
    ended = here(None, "listen", "--host", "203.0.113.9")  # an address that nobody has
    # From Python 3.13 on asyncio has words of its own for an address that is none of this machine's.
    reasons = {os.strerror(errno.EADDRNOTAVAIL), "could not bind on any address out of [('203.0.113.9', 8080)]"}
    told = "yamarket: can't listen on 203.0.113.9:8080: {}; choose another --port or --host\n"
    assert (ended.status, ended.err in {told.format(reason) for reason in reasons}) == (1, True)


def test_a_host_that_is_none_is_told(here: Any) -> None:
    ended = here(None, "listen", "--host", "a..b")
    assert ended.status == 1
    assert ended.err.startswith("yamarket: 'a..b' is no name of a host (")


def test_a_network_that_is_none_is_wrong_usage(here: Any) -> None:
    ended = here(None, "listen", "--network", "here")
    assert ended.status == 2
    assert "--network" in ended.err
    assert "'here': must be a network as 10.0.0.0/8" in ended.err


def test_help_names_every_option(here: Any) -> None:
    printed = here(None, "listen", "--help").out.decode()
    for option in ("--host", "--port", "--network", "--trusted-hops", "jq"):
        assert option in printed
    assert "listen" in here(None, "--help").out.decode()
