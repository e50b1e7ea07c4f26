"""Bad input is refused by argument, value and rule, before anything is sent."""

import pickle
import warnings
from typing import Any

import aiohttp
import pytest

import yamarket_async
from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.errors import InvalidRequest, MarketError, MissingKey
from yamarket_async.models.campaign_offers import OfferCampaignStatusType
from yamarket_async.models.prices import CurrencyType

KEY = "ACMA:secret:key"


@pytest.fixture
def market() -> MarketClient:
    return MarketClient(KEY)


@pytest.mark.parametrize("campaign_id", [0, -1, 2**63, "1", "1/../2", 1.0, True, None], ids=repr)
@pytest.mark.parametrize(
    "method", ["get_hidden_offers", "get_campaign_offers", "get_offers", "delete_campaign_offers", "get_promo_offers"]
)
def test_ids_are_whole_numbers_from_one(market: MarketClient, method: str, campaign_id: Any) -> None:
    more = {"delete_campaign_offers": (["a"],), "get_promo_offers": ("promo",)}.get(method, ())
    with warnings.catch_warnings(action="ignore"), pytest.raises(InvalidRequest) as caught:
        getattr(market, method)(campaign_id, *more)
    assert caught.value.argument == ("business_id" if method == "get_promo_offers" else "campaign_id")
    assert "whole number" in caught.value.rule


REFUSED: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("get_campaign_offers", (1,), {"page_size": 0}, "page_size"),
    ("get_campaign_offers", (1,), {"page_size": 201}, "page_size"),
    ("get_campaign_offers", (1,), {"page_token": ""}, "page_token"),
    ("get_campaign_offers", (1,), {"page_token": "a\r\nb"}, "page_token"),
    ("get_campaign_offers", (1,), {"statuses": []}, "statuses"),
    ("get_campaign_offers", (1,), {"statuses": "PUBLISHED"}, "statuses"),
    ("get_campaign_offers", (1,), {"statuses": ["PUBLISHD"]}, "statuses[0]"),
    ("get_campaign_offers", (1,), {"statuses": ["PUBLISHED", CurrencyType.RUR]}, "statuses[1]"),
    ("get_campaign_offers", (1,), {"category_ids": []}, "category_ids"),
    ("get_campaign_offers", (1,), {"category_ids": [0]}, "category_ids[0]"),
    ("get_campaign_offers", (1,), {"category_ids": [2**31]}, "category_ids[0]"),
    ("get_campaign_offers", (1,), {"category_ids": 5}, "category_ids"),
    ("get_campaign_offers", (1,), {"vendor_names": []}, "vendor_names"),
    ("get_campaign_offers", (1,), {"vendor_names": [" "]}, "vendor_names[0]"),
    ("get_campaign_offers", (1,), {"tags": ()}, "tags"),
    ("get_campaign_offers", (1,), {"tags": ["a", 7]}, "tags[1]"),
    ("get_campaign_offers", (1,), {"offer_ids": "SKU"}, "offer_ids"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a", "\x00"]}, "offer_ids[1]"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a"], "statuses": ["PUBLISHED"]}, "statuses"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a"], "category_ids": [1]}, "category_ids"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a"], "vendor_names": ["a"]}, "vendor_names"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a"], "tags": ["a"]}, "tags"),
    ("get_campaign_offers", (1,), {"offer_ids": ["a"], "page_token": "t"}, "page_token"),
    ("get_hidden_offers", (1,), {"page_size": 501}, "page_size"),
    ("get_hidden_offers", (1,), {"offer_ids": ["a"], "page_token": "t"}, "page_token"),
    ("get_hidden_offers", (1,), {"offer_ids": [""]}, "offer_ids[0]"),
    ("get_promo_offers", (1, ""), {}, "promo_id"),
    ("get_promo_offers", (1, 5), {}, "promo_id"),
    ("get_promo_offers", (1, "p"), {"page_size": 501}, "page_size"),
    ("get_promo_offers", (1, "p"), {"statuses": []}, "statuses"),
    ("get_promo_offers", (1, "p"), {"statuses": ["AUTO"]}, "statuses[0]"),
    ("get_promo_offers", (1, "p"), {"status_type": "RENEWED"}, "status_type"),
    ("get_offers", (1,), {"page": 0}, "page"),
    ("get_offers", (1,), {"page": 10_001}, "page"),
    ("get_offers", (1,), {"page_size": 0}, "page_size"),
    ("get_offers", (1,), {"query": " "}, "query"),
    ("get_offers", (1,), {"feed_id": "1"}, "feed_id"),
    ("get_offers", (1,), {"shop_category_id": 5}, "shop_category_id"),
    ("get_offers", (1,), {"currency": "RUB"}, "currency"),
    ("get_offers", (1,), {"matched": "yes"}, "matched"),
    ("get_campaigns", (), {"page_size": 101}, "page_size"),
    ("delete_campaign_offers", (1, "SKU"), {}, "offer_ids"),
    ("delete_campaign_offers", (1, b"SKU"), {}, "offer_ids"),
    ("delete_campaign_offers", (1, None), {}, "offer_ids"),
]


@pytest.mark.parametrize(("method", "args", "kwargs", "argument"), REFUSED)
def test_an_argument_out_of_bounds_is_named(
    market: MarketClient, method: str, args: tuple[Any, ...], kwargs: dict[str, Any], argument: str
) -> None:
    with warnings.catch_warnings(action="ignore"), pytest.raises(InvalidRequest) as caught:
        getattr(market, method)(*args, **kwargs)
    assert caught.value.argument == argument
    assert str(caught.value).startswith(f"{argument}=")


def test_a_value_newer_than_this_version_can_be_sent_on_purpose(market: MarketClient) -> None:
    market.get_campaign_offers(1, statuses=[OfferCampaignStatusType("BRAND_NEW")])


def test_the_successor_of_get_offers_is_named_at_the_callers_line(market: MarketClient) -> None:
    with pytest.warns(DeprecationWarning, match="get_campaign_offers") as caught:
        market.get_offers(1)
    assert caught[0].filename == __file__


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


@pytest.mark.parametrize("kwargs", [{"attempts": 0}, {"base_delay": -1}, {"max_delay": float("nan")}])
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


def test_the_key_shows_in_no_repr(market: MarketClient) -> None:
    shown = repr(market) + repr(vars(market)) + repr(vars(market._session))
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


def test_every_public_name_is_there() -> None:
    for name in [*yamarket_async.__all__, "RedisLimiter"]:
        assert getattr(yamarket_async, name) is not None
        assert name in dir(yamarket_async)
    with pytest.raises(AttributeError, match="nonsense"):
        yamarket_async.nonsense  # noqa: B018
    assert issubclass(MissingKey, MarketError)
