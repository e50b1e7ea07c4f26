"""Judging answers, without a network: which error an answer is, what it means for the limits, what is worth a retry."""

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from yamarket_async import errors
from yamarket_async.bulk import BulkReport, Rejected
from yamarket_async.errors import (
    APIError,
    BatchError,
    DecodeError,
    ErrorDetail,
    InvalidItem,
    InvalidRequest,
    ItemsRejected,
    MarketError,
    PaginationError,
    QuotaExceeded,
    ServerError,
    TransportError,
)
from yamarket_async.families import endpoints
from yamarket_async.families.offers.endpoints import DELETE_CAMPAIGN_OFFERS, GET_CAMPAIGN_OFFERS, GET_OFFERS
from yamarket_async.families.reports.models import ReportInfo, ReportStatusType
from yamarket_async.judging import Reply, check, may_pass, outcome_of, read, refusal_of, retry_after
from yamarket_async.limits import Entity
from yamarket_async.models.answers import ApiResponse

ERROR = b'{"status":"ERROR","errors":[{"code":"NOPE","message":"Not like this"}]}'
OK_BESIDE_ERRORS = ERROR.replace(b'"ERROR"', b'"OK"')
HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"
EMPTY_PAGE = b'{"status":"OK","result":{"offers":[]}}'


def judged(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> MarketError:
    reply = Reply(status, headers or {}, body)
    with pytest.raises(MarketError) as caught:
        check(GET_CAMPAIGN_OFFERS, reply)
        read(GET_CAMPAIGN_OFFERS, reply)
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, APIError),
        (415, APIError),
        (420, errors.RateLimited),
        (423, errors.Locked),
        (499, APIError),
        (500, ServerError),
        (503, ServerError),
        (302, APIError),
    ],
)
@pytest.mark.parametrize("body", [ERROR, OK_BESIDE_ERRORS])
def test_a_status_has_its_class_and_carries_what_the_market_said(
    status: int, kind: type[APIError], body: bytes
) -> None:
    error = judged(status, body)
    assert type(error) is kind
    assert isinstance(error, APIError)
    assert (error.status, error.endpoint) == (status, "getCampaignOffers")
    assert error.errors == (ErrorDetail("NOPE", "Not like this"),)
    assert str(error).startswith(f"getCampaignOffers: HTTP {status} — NOPE: Not like this")


def test_forbidden_names_the_scopes_of_which_one_is_needed() -> None:
    error = judged(403, ERROR)
    assert isinstance(error, APIError)
    assert error.scopes == GET_CAMPAIGN_OFFERS.scopes
    for scope in error.scopes:
        assert scope in str(error)


def test_a_200_that_says_error_is_an_error() -> None:
    for body in (ERROR, b'{"status":"ERROR"}', b'{"status":"OK","errors":[{"code":"X"}],"result":{"offers":[]}}'):
        error = judged(200, body)
        assert isinstance(error, APIError)
        assert error.status == 200
        assert not may_pass(error)


def test_errors_that_are_null_are_no_errors() -> None:
    assert read(GET_CAMPAIGN_OFFERS, Reply(200, {}, EMPTY_PAGE[:-1] + b',"errors":null}')).result.offers == []


def test_an_error_without_a_readable_body_quotes_its_first_200_bytes() -> None:
    for body in (HTML, b"", b"[]", b"\xff\xfe", b"x" * 1_000):
        message = str(judged(502, body))
        assert (body[:200].decode(errors="replace")[:150] or "nothing") in message
        assert "x" * 201 not in message


def test_a_redirect_is_named() -> None:
    error = judged(307, b"", {"Location": "https://elsewhere.example/"})
    assert "https://elsewhere.example/" in str(error)
    assert "not followed" in str(error)


@pytest.mark.parametrize(
    ("body", "again"),
    [
        (HTML, False),
        (b"", True),
        (b'{"status":"OK","result":{"offers":[{"offerId":"A', True),
        (b'{"status":"OK","result":{"offers":{}}}', False),
        (b'{"status":"OK"}', False),
        (b"[]", False),
        (b"\xff", False),
        (b'{"status":"OK","result":' + b"[" * 100_000, True),
    ],
    ids=["HTML", "nothing", "half", "another shape", "no result", "a list", "no UTF-8", "too deep"],
)
def test_what_is_not_as_the_page_describes_is_a_decode_error(body: bytes, again: bool) -> None:
    error = judged(200, body)
    assert type(error) is DecodeError
    assert error.body == body[:200]
    assert error.endpoint == "getCampaignOffers"
    assert may_pass(error) is again


def test_only_what_may_pass_is_repeated() -> None:
    assert may_pass(TransportError("reset", endpoint="e", sent=True))
    assert may_pass(judged(500, ERROR))
    assert may_pass(judged(504, HTML))
    for status in (400, 401, 403, 404, 405, 415, 420, 423, 499, 302):
        assert not may_pass(judged(status, ERROR))


LIMITS = {
    "X-RateLimit-Resource-Limit": "10000",
    "X-RateLimit-Resource-Remaining": "9800",
    "X-RateLimit-Resource-Until": "Sat, 21 Nov 2026 14:05:00 GMT",
    "Date": "Sat, 21 Nov 2026 14:04:20 GMT",
}


@pytest.mark.parametrize(
    ("status", "message", "kind", "parallel"),
    [
        (200, "", "answered", None),
        (404, "", "answered", None),
        (500, "", "failed", None),
        (503, "", "failed", None),
        (420, "Hit rate limit of 10000 requests per MINUTE for resource 181", "exhausted", None),
        (420, "Hit rate limit of 4 parallel requests", "parallel", 4),
        (420, "Hit rate limit of 2 parallel requests for campaignId 12345", "parallel", 2),
        (420, "Active reports limit exceeded, limit='3'", "answered", None),
    ],
)
def test_what_an_answer_means_for_the_limits(status: int, message: str, kind: str, parallel: int | None) -> None:
    outcome = outcome_of(Reply(status, LIMITS, ERROR.replace(b"Not like this", message.encode())))
    assert (outcome.kind, outcome.parallel) == (kind, parallel)
    assert outcome.headers is not None
    assert (outcome.headers.amount, outcome.headers.remaining) == (10_000, 9_800)


def test_a_420_without_a_readable_body_is_the_resource_limit() -> None:
    for body in (HTML, b"", b'{"errors":null}', b'{"errors":[{"code":"X"}]}'):
        assert outcome_of(Reply(420, {}, body)).kind == "exhausted"


def test_a_limit_of_nothing_can_not_be_waited_for() -> None:
    assert refusal_of(Reply(420, {"X-RateLimit-Resource-Limit": "0"}, ERROR)) is None
    assert refusal_of(Reply(420, LIMITS, ERROR)) == "limit"
    assert refusal_of(Reply(420, {}, ERROR)) == "limit"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Sat, 21 Nov 2026 14:04:50 GMT", 30.0),
        ("Sat, 21 Nov 2026 14:04:10 GMT", -10.0),
        ("", None),
        ("soon", None),
        ("٣", None),
        ("Sat, 21 Nov 2026 14:04:50 -0000", None),
    ],
)
def test_retry_after_is_seconds_or_a_moment_by_the_servers_clock(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value, "Date": LIMITS["Date"]}) == seconds
    error = judged(503, ERROR, {"Retry-After": value, "Date": LIMITS["Date"]})
    assert isinstance(error, ServerError)
    assert error.retry_after == seconds


def test_a_retry_after_without_a_date_to_hold_it_against_says_nothing() -> None:
    assert retry_after({"Retry-After": LIMITS["Date"]}) is None


FAILED = ReportInfo(status=ReportStatusType.FAILED, generation_requested_at=datetime(2026, 1, 1, tzinfo=UTC))
INVALID = InvalidRequest("offer_ids[0]", "x" * 1_000, "rule")
EVERY_CLASS: list[MarketError] = [
    MarketError("said"),
    INVALID,
    errors.MissingKey(),
    errors.ClientClosed(),
    TransportError("reset", endpoint="e", sent=True),
    DecodeError("odd", endpoint="e", body=b"body"),
    PaginationError("round", endpoint="e", page_token="t"),
    QuotaExceeded("e", Entity("campaign", 7), retry_after=3.5, max_wait=1),
    errors.LimiterUnavailable("gone"),
    *(kind(s, [ErrorDetail("c", "m")], "e", scopes=["s"]) for s, kind in errors.BY_STATUS.items()),
    APIError(405, [], "e", said="nothing"),
    ServerError(500, [], "e"),
    BatchError(ValueError("why"), done=[1], failed=["a"], pending=["b"]),
    InvalidItem(INVALID, done=[1], failed=["a"], pending=["b"]),
    errors.ReportFailed("e", "r-1", "TOO_LARGE", FAILED),
    errors.NoData("e", "r-1", "NO_DATA", FAILED),
    errors.NotFinished("slow", report_id="r-1"),
    errors.UnreadableFile("odd"),
    ItemsRejected(BulkReport(items=[1], rejected=[Rejected(1, 1, (ErrorDetail("c", "m"),))])),
]


def test_every_class_is_tried() -> None:
    classes = {c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, MarketError)}
    assert {type(error) for error in EVERY_CLASS} == classes


@pytest.mark.parametrize("error", EVERY_CLASS, ids=lambda error: type(error).__name__)
def test_every_class_can_be_pickled(error: MarketError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
    assert again.args == error.args


@pytest.mark.parametrize("error", EVERY_CLASS, ids=lambda error: type(error).__name__)
def test_every_class_can_take_a_remark(error: MarketError) -> None:
    remarked = error.remarking("gave up after 3 attempts")
    assert type(remarked) is type(error)
    assert "(gave up after 3 attempts)" in str(remarked)
    assert vars(remarked) == vars(error)
    assert "3 attempts" not in str(error)


def test_invalid_request_is_a_value_error_and_shortens_long_values() -> None:
    assert isinstance(INVALID, ValueError)
    assert len(str(INVALID)) < 300


def test_invalid_item_is_caught_as_either() -> None:
    item = InvalidItem(INVALID, done=[1], failed=[], pending=["b"])
    assert isinstance(item, InvalidRequest)
    assert isinstance(item, BatchError)
    assert (item.argument, item.rule, item.done) == ("offer_ids[0]", "rule", (1,))


keys = st.sampled_from(["status", "result", "offers", "errors", "offerId", "code", "paging", "campaignPrice", "value"])
bodies = st.one_of(
    st.binary(max_size=300),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()),
)


@given(
    st.integers(100, 999),
    bodies,
    st.dictionaries(st.sampled_from([*LIMITS, "Retry-After", "Location"]), st.text(max_size=30) | st.just("0")),
    st.sampled_from(sorted(endpoints())),
)
@example(200, b'{"offers":[{"modelId":1,"price":1e999999999999999999999}]}', {}, GET_OFFERS.name)
@example(200, b'{"offers":[{"modelId":1,"price":NaN}]}', {}, GET_OFFERS.name)
@example(200, b'{"offers":[{"modelId":1' + b"0" * 5_000 + b"}]}", {}, GET_OFFERS.name)
@example(200, b'{"result":{"notDeletedOfferIds":["\\ud800"]}}', {}, DELETE_CAMPAIGN_OFFERS.name)
def test_whatever_comes_is_decoded_or_a_market_error(
    status: int, body: bytes, headers: dict[str, str], endpoint: str
) -> None:
    reply = Reply(status, headers, body)
    outcome_of(reply)
    refusal_of(reply)
    try:
        check(endpoints()[endpoint], reply)
        answer: Any = read(endpoints()[endpoint], reply)
    except MarketError as error:
        may_pass(error)
    else:
        assert 200 <= status < 300
        assert isinstance(answer, endpoints()[endpoint].response or ApiResponse)


def test_an_answer_may_be_empty_where_nothing_is_described() -> None:
    endpoint = replace(GET_CAMPAIGN_OFFERS, response=None, pages=None)
    reply = Reply(200, {}, b" ")
    check(endpoint, reply)
    assert read(endpoint, reply) == ApiResponse()
