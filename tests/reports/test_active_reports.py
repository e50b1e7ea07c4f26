"""The limit of reports in work: kept before the Market has to refuse, learned where it does."""

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import msgspec
import pytest

from yamarket_async import Retry, Wait
from yamarket_async.active_reports import LEARNED_FOR, MOST_ACTIVE, ActiveReports
from yamarket_async.arguments import request_of
from yamarket_async.errors import QuotaExceeded
from yamarket_async.families import endpoints
from yamarket_async.judging import Reply, reports_limit
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.patience import Patience
from yamarket_async.raw import raw_request
from yamarket_async.reports import Report
from yamarket_async.session import Session

pytestmark = pytest.mark.looptime(resolution=1e-9)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Market:
    """A pretend Market on virtual time in place of the transport: it makes reports, so many at once.

    Attributes:
        active: how many it makes at once.
        takes: seconds that each takes.
        says: what it says where it refuses, in place of the documented words.
        sent: the methods that were called, each with the moment and the status of the answer.
    """

    base_url = "http://market"
    closed = False
    under_way = 0

    def __init__(self, *, active: int = 10, takes: float = 30.0, estimate: float | None = None) -> None:
        self.active = active
        self.takes = takes
        self.estimate = takes if estimate is None else estimate
        self.sent: list[tuple[str, float, int]] = []
        self.ends: list[float] = []
        self.windows: dict[tuple[str, int], int] = {}
        self.connections = nullcontext()
        self.says = ""

    def open(self) -> None:
        return None

    def spawn(self, work: Any, *args: Any) -> asyncio.Task[Any]:
        return asyncio.create_task(work(*args))

    start = spawn

    async def send(self, _http: Any, request: Any, _timeout: Any, _upload: Any) -> Reply:
        await asyncio.sleep(0.05)
        status, body, headers = self.answer(request)
        self.sent.append((request.endpoint.name, now(), status))
        return Reply(status, headers, msgspec.json.encode(body))

    def answer(self, request: Any) -> tuple[int, Any, dict[str, str]]:
        quota = request.endpoint.quota
        period = quota.period if quota else 60
        number = int(now() // period)
        used = self.windows.get((request.endpoint.name, number), 0) + 1
        self.windows[request.endpoint.name, number] = used
        amount = quota.medium if quota else 1_000
        until = NOON + timedelta(seconds=(number + 1) * period)
        headers = {
            "Date": (NOON + timedelta(seconds=now())).strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "X-RateLimit-Resource-Limit": str(amount),
            "X-RateLimit-Resource-Remaining": str(max(amount - used, 0)),
            "X-RateLimit-Resource-Until": until.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        }
        if used > amount:
            return 420, refusal("Hit rate limit of 'N' requests per 'minute' for resource 'R' for token"), headers
        if request.endpoint.name == "getReportInfo":
            ends = self.ends[int(request.path.rpartition("/")[2])]
            info: dict[str, Any] = {"status": "PROCESSING", "generationRequestedAt": "2026-11-01T12:00:00Z"}
            if now() >= ends:
                info |= {"status": "DONE", "file": "https://host/file"}
            return 200, {"status": "OK", "result": info}, headers
        if sum(now() < ends for ends in self.ends) >= self.active:
            return 420, refusal(self.says or f"Active reports limit exceeded, limit='{self.active}'"), headers
        self.ends.append(now() + self.takes)
        result = {"reportId": str(len(self.ends) - 1), "estimatedGenerationTime": round(self.estimate * 1_000)}
        return 200, {"status": "OK", "result": result}, headers

    def statuses(self, *, of: str = "generateMassOrderLabelsReport") -> list[int]:
        return [status for name, _, status in self.sent if name == of]


def refusal(message: str) -> dict[str, Any]:
    return {"status": "ERROR", "errors": [{"code": "METHOD_FAILURE", "message": message}]}


def now() -> float:
    return asyncio.get_running_loop().time()


class Seller:
    """One that begins reports of a pretend Market."""

    def __init__(self, market: Market, *, max_wait: float | None = None) -> None:
        self.waits: list[Wait] = []
        self.session = Session(
            transport=market,  # type: ignore[arg-type]
            patience=Patience(aiohttp.ClientTimeout(30), Retry(attempts=1), max_wait),
            limits={},
            max_parallel=4,
            limiter=LocalLimiter(),
            on_wait=self.waits.append,
        )

    def labels(self) -> Report:
        return self.report("generateMassOrderLabelsReport", business_id=1, order_ids=[1])

    def report(self, name: str, **arguments: Any) -> Report:
        endpoint = endpoints()[name]
        return Report(self.session, endpoint, request_of(endpoint, arguments))


async def test_two_hundred_reports_at_once_meet_no_refusal_of_any_kind() -> None:
    market = Market()
    seller = Seller(market)
    await asyncio.gather(*(seller.labels().wait() for _ in range(200)))
    assert {status for _, _, status in market.sent} == {200}
    # Ten at a time, each of half a minute, inside 100 looks a minute.
    assert 20 * 30 <= now() < 20 * 30 * 1.35


async def test_reports_of_one_a_minute_come_in_one_a_minute() -> None:
    market = Market(takes=10)
    seller = Seller(market)
    orders = [seller.report("generateStocksReport", business_id=1).wait() for _ in range(30)]
    await asyncio.gather(*orders)
    assert {status for _, _, status in market.sent} == {200}
    assert now() < 31 * 60
    assert {wait.endpoint for wait in seller.waits} == {"generateStocksReport"}


async def test_a_seller_without_a_subscription_is_refused_once_for_each_that_was_on_its_way() -> None:
    market = Market(active=1)
    seller = Seller(market)
    await asyncio.gather(*(seller.labels().wait() for _ in range(20)))
    statuses = market.statuses()
    assert statuses.count(200) == 20
    assert statuses.count(420) <= MOST_ACTIVE - 1 + 2
    assert now() < 20 * 30 * 1.4


async def test_reports_that_others_have_in_work_are_waited_for_with_growing_pauses() -> None:
    market = Market()
    market.ends = [100.0] * 10
    seller = Seller(market)
    await seller.labels().wait()
    assert 3 <= market.statuses().count(420) <= 9
    refused = [wait.seconds for wait in seller.waits[:-1]]
    assert refused[0] <= 2
    assert max(refused) > 15
    assert 130 <= now() < 200


async def test_a_report_that_ends_lets_the_next_one_begin_at_once() -> None:
    market = Market(active=10)
    seller = Seller(market)
    reports = [seller.labels() for _ in range(11)]
    ready = [asyncio.create_task(report.wait()) for report in reports]
    await ready[0]
    begun = now()
    await asyncio.sleep(1)
    assert len(market.ends) == 11
    assert market.sent[-1][1] - begun < 10
    await asyncio.gather(*ready)


async def test_one_that_nobody_waits_for_keeps_its_place_only_for_about_its_estimate() -> None:
    market = Market(takes=30)
    seller = Seller(market)
    for _ in range(10):
        await seller.labels().start()
    await seller.labels().start()
    assert 30 < now() < 60
    assert set(market.statuses()) == {200}


async def test_a_wait_that_was_given_up_keeps_its_place_no_longer_than_that_either() -> None:
    market = Market(takes=100)
    seller = Seller(market)
    waits = [asyncio.create_task(seller.labels().wait()) for _ in range(10)]
    await asyncio.sleep(20)
    for wait in waits:
        wait.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
    assert not seller.session.reports.may_take
    await seller.labels().start()
    assert 100 < now() < 160


async def test_asking_for_the_status_frees_the_place() -> None:
    market = Market(takes=30, estimate=10_000)
    seller = Seller(market)
    reports = [seller.labels() for _ in range(10)]
    for report in reports:
        await report.start()
    await asyncio.sleep(31)
    assert not seller.session.reports.may_take
    await reports[0].status()
    assert seller.session.reports.may_take


async def test_who_may_not_wait_so_long_is_told_at_once() -> None:
    market = Market(takes=30)
    seller = Seller(market, max_wait=10)
    for _ in range(10):
        await seller.labels().start()
    with pytest.raises(QuotaExceeded, match="limit of reports in the making") as told:
        await seller.labels().start()
    assert 25 < told.value.retry_after <= 30
    assert now() < 10
    assert len(market.sent) == 10


async def test_who_waits_in_vain_is_told_when_his_time_is_over() -> None:
    market = Market(takes=300, estimate=5)
    seller = Seller(market, max_wait=20)
    waits = [asyncio.create_task(seller.labels().wait()) for _ in range(10)]
    await asyncio.sleep(1)
    with pytest.raises(QuotaExceeded):
        await seller.labels().start()
    assert 20 < now() < 25
    for wait in waits:
        wait.cancel()


async def test_while_none_is_known_to_be_in_work_the_wait_is_guessed() -> None:
    seller = Seller(Market(), max_wait=1)
    for _ in range(10):
        seller.session.reports.take()
    with pytest.raises(QuotaExceeded) as told:
        await seller.labels().start()
    assert told.value.retry_after == 2.0


async def test_a_refusal_is_waited_out_within_max_wait() -> None:
    market = Market(active=1, takes=300, estimate=5)
    seller = Seller(market, max_wait=40)
    first = asyncio.create_task(seller.labels().wait())
    await asyncio.sleep(1)
    with pytest.raises(QuotaExceeded):
        await seller.labels().start()
    assert 39 < now() < 60
    first.cancel()


async def test_a_refusal_that_would_take_too_long_is_told_at_once() -> None:
    market = Market(active=1, takes=300)
    seller = Seller(market, max_wait=40)
    first = asyncio.create_task(seller.labels().wait())
    await asyncio.sleep(1)
    with pytest.raises(QuotaExceeded):
        await seller.labels().start()
    assert now() < 2
    first.cancel()


async def test_a_call_that_is_given_up_leaves_its_turn_to_the_next() -> None:
    market = Market(takes=30)
    seller = Seller(market)
    first = [asyncio.create_task(seller.labels().wait()) for _ in range(10)]
    await asyncio.sleep(1)
    given_up, next_one = (asyncio.create_task(seller.labels().start()) for _ in range(2))
    await asyncio.sleep(1)
    given_up.cancel()
    await asyncio.gather(*first, next_one)
    assert len(market.ends) == 11


async def test_a_place_that_is_granted_in_the_moment_of_a_cancellation_goes_to_the_next() -> None:
    active = ActiveReports()
    places = [active.take() for _ in range(MOST_ACTIVE)]
    first, second = (asyncio.create_task(active.wait_for_place(None)) for _ in range(2))
    await asyncio.sleep(1)
    places[0].release()
    first.cancel()
    await second
    assert first.cancelled()
    places[0].release()  # again does nothing


async def test_methods_that_this_version_doesnt_know_wait_for_a_report_too() -> None:
    market = Market(active=1)
    seller = Seller(market)
    await seller.labels().start()
    told = asyncio.create_task(seller.session.call(raw_request("POST", "/v9/reports/new/generate")))
    await asyncio.sleep(1)
    assert not told.done()
    await told
    assert now() > 30


async def test_what_a_refusal_taught_holds_for_a_while() -> None:
    active = ActiveReports()
    active.learn(1, now())
    assert active.limit(now()) == 1
    assert active.limit(now() + LEARNED_FOR) == MOST_ACTIVE


async def test_a_report_that_is_not_ours_has_no_place() -> None:
    active = ActiveReports()
    active.ended("unknown")
    with active.watched("unknown"):
        assert active.may_take
    assert active.expected(now()) is None


async def test_a_refused_call_that_is_given_up_wakes_nobody() -> None:
    active = ActiveReports()
    gone, waiting = (asyncio.create_task(active.wait(60)) for _ in range(2))
    await asyncio.sleep(1)
    gone.cancel()
    await waiting
    assert now() == 60


async def test_a_refusal_without_a_figure_is_waited_out_too() -> None:
    market = Market(active=3)
    market.says = "Active reports limit exceeded"
    seller = Seller(market)
    await asyncio.gather(*(seller.labels().wait() for _ in range(4)))
    assert market.statuses().count(200) == 4
    assert seller.session.reports.limit(now()) == MOST_ACTIVE


async def test_a_refused_call_that_was_given_up_is_not_woken() -> None:
    active = ActiveReports()
    place = active.take()
    gone, waiting = (asyncio.create_task(active.wait(60)) for _ in range(2))
    await asyncio.sleep(1)
    gone.cancel()
    place.release()
    await waiting
    assert now() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("message", "limit"),
    [("Active reports limit exceeded, limit='10'", 10), ("Active reports limit exceeded, limit=1", 1),
     ("active reports limit exceeded", None), ("Hit rate limit of '4' parallel requests", None)],
)  # fmt: skip
async def test_the_figure_is_read_off_the_refusal(message: str, limit: int | None) -> None:
    assert reports_limit(Reply(420, {}, msgspec.json.encode(refusal(message)))) == limit
