"""What a client is made with: every argument is checked before anything is sent."""

import pickle
from typing import Any

import aiohttp
import pytest

from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.errors import InvalidRequest, MissingKey

KEY = "ACMA:secret"


def test_without_a_key_it_says_where_one_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YAMARKET_API_KEY", raising=False)
    for make in (MarketClient, lambda: MarketClient("")):
        with pytest.raises(MissingKey, match=r"YAMARKET_API_KEY.*Modules and API.*Sandbox"):
            make()


def test_the_key_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAMARKET_API_KEY", KEY)
    assert "closed" not in repr(MarketClient())


@pytest.mark.parametrize("key", ["a\n", "kk ky", "ключ", "\x00", " kk"], ids=repr)
def test_a_key_that_no_header_can_hold_is_refused_without_being_shown(key: str) -> None:
    for kwargs in ({"api_key": key}, {"oauth_token": key}):
        with pytest.raises(InvalidRequest) as caught:
            MarketClient(**kwargs)
        assert key not in str(caught.value)
        assert key not in repr(pickle.dumps(caught.value))


BAD_CLIENTS: list[tuple[dict[str, Any], str]] = [
    ({"oauth_token": "t"}, "oauth_token"),
    ({"timeout": 0}, "timeout"),
    ({"timeout": -1}, "timeout"),
    ({"timeout": float("nan")}, "timeout"),
    ({"timeout": float("inf")}, "timeout"),
    ({"timeout": True}, "timeout"),
    ({"timeout": "30"}, "timeout"),
    ({"retry": 3}, "retry"),
    ({"session": "s"}, "session"),
    ({"limiter": object()}, "limiter"),
    ({"on_wait": 1}, "on_wait"),
    ({"on_call": 1}, "on_call"),
    ({"integration": "имя"}, "integration"),
    ({"integration": "x" * 101}, "integration"),
    ({"integration": "a\r\nb"}, "integration"),
    ({"integration": ""}, "integration"),
    ({"limits": [5_000]}, "limits"),
    ({"limits": {"getOffers": 5_000}}, "limits['getOffers']"),
    ({"limits": {"getOffers": Limit(1.5)}}, "limits['getOffers']"),
    ({"limits": {"getOffers": Limit(1, period=float("inf"))}}, "limits['getOffers']"),
    ({"limits": {"getOffers": Limit(1, unit="request")}}, "limits['getOffers']"),
    ({"base_url": "https://host:99999"}, "base_url"),
    ({"base_url": "https://host:x"}, "base_url"),
    ({"base_url": "https://[host"}, "base_url"),
    ({"base_url": None}, "base_url"),
    ({"base_url": "https://host/a b"}, "base_url"),
    ({"max_wait": -0.1}, "max_wait"),
    ({"max_parallel": 0}, "max_parallel"),
    ({"max_parallel": 1.5}, "max_parallel"),
    ({"limits": {"getOffer": Limit(1)}}, "limits"),
    ({"limits": {"getOffers": Limit(0)}}, "limits['getOffers']"),
    ({"limits": {"getOffers": Limit(1, period=0)}}, "limits['getOffers']"),
    ({"base_url": "api.partner.market.yandex.ru"}, "base_url"),
    ({"base_url": "ftp://host"}, "base_url"),
    ({"base_url": "https://"}, "base_url"),
    ({"base_url": "https://host/?q"}, "base_url"),
    ({"base_url": "https://user:word@host"}, "base_url"),
]


@pytest.mark.parametrize(("kwargs", "argument"), BAD_CLIENTS)
def test_a_client_out_of_bounds_is_refused(kwargs: dict[str, Any], argument: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        MarketClient(KEY, **kwargs)
    assert caught.value.argument == argument


@pytest.mark.parametrize(
    "kwargs",
    [{"attempts": 0}, {"attempts": 1.5}, {"base_delay": -1}, {"base_delay": float("inf")}, {"max_delay": float("nan")}],
)
def test_a_retry_out_of_bounds_is_refused(kwargs: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest, match="retry"):
        Retry(**kwargs)


def test_a_client_takes_what_the_design_names() -> None:
    MarketClient(KEY, timeout=aiohttp.ClientTimeout(total=5), max_wait=0, limits={"getPromoOffers": Limit(5_000, 3600)})


def test_plain_http_warns_unless_it_stays_on_this_machine() -> None:
    with pytest.warns(UserWarning, match="key travels in the open") as caught:
        MarketClient(KEY, base_url="http://market.example")
    assert caught[0].filename == __file__
    for host in ("localhost", "127.0.0.1", "127.8.8.8", "[::1]"):
        MarketClient(KEY, base_url=f"http://{host}:8080/")


def test_the_key_shows_in_no_repr() -> None:
    market = MarketClient(KEY)
    session = market._session
    shown = repr(market) + repr(vars(market)) + repr(vars(session)) + repr(vars(session.transport))
    assert "secret" not in shown


def test_pauses_grow_and_have_full_jitter() -> None:
    retry = Retry(attempts=9, base_delay=0.5, max_delay=6)
    for attempts, longest in enumerate([0.5, 1, 2, 4, 6, 6, 6], start=1):
        pauses = [retry.pause(attempts) for _ in range(300)]
        assert 0 <= min(pauses) < longest / 4
        assert longest * 3 / 4 < max(pauses) <= longest
    assert retry.pause(10**6) <= 6


def test_a_pause_is_not_shorter_than_the_market_asks() -> None:
    assert Retry(base_delay=0).pause(1, retry_after=7.5) == 7.5
    assert Retry(base_delay=0).pause(1, retry_after=-3) == 0
