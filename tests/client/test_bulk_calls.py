"""Bulk calls that go wrong, are left early, are slow or huge: nothing is lost, nothing is sent too much."""

import asyncio
import contextvars
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from decimal import Decimal
from itertools import repeat
from typing import Any, Self

import pytest

from tests.client.servers import Answering, answer, answering, failed, scripted
from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.bulk.report import BulkReport, Rejected
from yamarket_async.errors import (
    BadRequest,
    BatchError,
    InvalidItem,
    InvalidRequest,
    ItemsRejected,
    Locked,
    RateLimited,
)
from yamarket_async.models import CurrencyType, UpdateBusinessOfferPrice, UpdateBusinessPrices
from yamarket_async.sandbox import Sandbox

NothingLeft = Callable[[MarketClient], Awaitable[None]]

OK = answer(200, {"status": "OK"})
ONE_IN_TEN = range(3, 500, 10)
PLENTY = {
    name: Limit(10**9) for name in ("updateBusinessPrices", "updatePrices", "deleteCampaignOffers", "updateStocks")
}

many_offers = pytest.mark.yamarket_sandbox(
    offers=6_000, warehouse=0, hidden=0, promo_offers=0, limits={"deleteCampaignOffers": 10**9}
)


def price(sku: str, value: float = 100) -> dict[str, Any]:
    return {"offerId": sku, "price": {"value": value, "currencyId": "RUR"}}


def prices(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [price(f"SKU-{number}") for number in range(start, start + count)]


def client(server: Answering | str, **options: Any) -> MarketClient:
    url = server if isinstance(server, str) else server.url
    return MarketClient("k", base_url=url, **{"retry": Retry(3, 0), "limits": PLENTY, **options})


async def slowly(_: Any) -> bytes:
    await asyncio.sleep(0.05)
    return OK


class TestAFailure:
    @pytest.mark.yamarket_sandbox(
        offers=2_000, warehouse=0, window=60, latency=0.05, limits={"deleteCampaignOffers": 1_000}
    )
    async def test_stops_what_waits_for_the_limit_at_once(
        self, yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
    ) -> None:
        ids = yamarket_sandbox.offer_ids()
        yamarket_sandbox.locked.add(yamarket_sandbox.campaign_id)
        began = time.monotonic()
        with pytest.raises(BatchError) as caught:
            await market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
        assert time.monotonic() - began < 30  # of a window of a minute
        assert isinstance(caught.value.__cause__, Locked)
        assert [*caught.value.failed, *caught.value.pending] == ids
        assert len(caught.value.failed) == 500 * yamarket_sandbox.counts[423]
        assert yamarket_sandbox.counts["requests"] == yamarket_sandbox.counts[423] + yamarket_sandbox.counts[420]
        await nothing_left(market)

    async def test_ends_a_pause_before_a_repetition(self) -> None:
        def make(body: Any) -> bytes:
            return failed(500, "oops") if body["offers"][0]["offerId"] == "SKU-0" else failed(403, "no")

        retry = Retry(attempts=5, base_delay=50, max_delay=50)
        async with answering(make) as server, client(server, retry=retry) as market, asyncio.timeout(20):
            with pytest.raises(BatchError, match="403") as caught:
                await market.update_business_prices(1, prices(1_000))
        assert list(caught.value.failed) == prices(1_000)

    async def test_waits_for_what_is_on_the_wire_which_makes_no_further_attempt(self) -> None:
        async def make(body: Any) -> bytes:
            if body["offers"][0]["offerId"] == "SKU-500":
                return failed(403, "no")
            await asyncio.sleep(0.1)
            return OK if body["offers"][0]["offerId"] == "SKU-0" else failed(500, "oops")

        async with answering(make) as server, client(server, max_parallel=3) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, prices(2_500))
            assert len(server.bodies) == 3
        assert [report.accepted for report in caught.value.done] == [prices(500)]
        assert list(caught.value.failed) == prices(1_000, 500)
        assert list(caught.value.pending) == prices(1_000, 1_500)

    async def test_makes_what_was_refused_for_a_limit_pending(self) -> None:
        refused = failed(420, "Hit rate limit", X_RateLimit_Resource_Limit="0")
        async with scripted(refused) as server, client(server.url, max_parallel=1) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, prices(600))
        assert isinstance(caught.value.__cause__, RateLimited)
        assert (caught.value.failed, list(caught.value.pending)) == ((), prices(600))

    async def test_that_never_reached_the_market_makes_everything_pending(self, unused_tcp_port: int) -> None:
        async with client(f"http://127.0.0.1:{unused_tcp_port}") as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, prices(600))
        assert (caught.value.failed, list(caught.value.pending)) == ((), prices(600))

    async def test_whose_answer_can_not_be_read_may_have_been_done(self) -> None:
        async with scripted(answer(200, b"<html>")) as server, client(server.url) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, prices(1))
        assert list(caught.value.failed) == prices(1)


class TestACallThatIsLeft:
    @pytest.mark.parametrize("how", ["break", "timeout", "raise", "cancel", "close the client"])
    async def test_has_no_more_than_max_parallel_batches_ahead_and_an_account(
        self, nothing_left: NothingLeft, how: str
    ) -> None:
        things = prices(10_000)
        async with answering(slowly) as server, client(server) as market:
            call = market.update_business_prices(1, iter(things))
            told: list[BulkReport] = []

            async def consume() -> None:
                async with asyncio.timeout(None) as bound:
                    async for report in call:
                        told.append(report)
                        if how == "timeout":
                            bound.reschedule(asyncio.get_running_loop().time())
                        if how == "break":
                            break
                        if how == "raise":
                            raise KeyError
                        if how == "close the client":
                            await market.close()
                        if how in {"cancel", "timeout"}:
                            await asyncio.sleep(30)

            task = asyncio.ensure_future(consume())
            while not told:
                await asyncio.sleep(0.01)
            if how == "cancel":
                task.cancel()
            await asyncio.wait([task])
            await asyncio.gather(task, return_exceptions=True)
            await asyncio.sleep(0.15)
            assert 2 <= len(server.bodies) <= 1 + 4
            account = [thing for report in [*told, *call.done] for thing in report.accepted]
            account += [*call.failed, *call.pending]
            # What was answered goes first there, whichever batch it was.
            assert sorted(account, key=lambda thing: int(thing["offerId"][4:])) == things[: len(account)]
            assert len(account) <= 500 * (1 + 4 + 1)
            del task
            await nothing_left(market)

    async def test_ends_for_whoever_waits_for_it(self) -> None:
        async with answering(lambda _: asyncio.sleep(30, OK)) as server, client(server) as market:
            call = market.update_business_prices(1, prices(1_000))
            reports = aiter(call)
            waiting = asyncio.ensure_future(anext(reports, None))
            while not server.bodies:
                await asyncio.sleep(0.01)
            await reports.aclose()
            assert await asyncio.wait_for(waiting, 20) is None
            assert len(call.failed) + len(call.pending) == 1_000

    async def test_while_it_is_checked_leaves_everything_pending(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            call = market.update_business_prices(1, prices(50_000))
            reports = aiter(call)
            waiting = asyncio.ensure_future(anext(reports, None))
            await asyncio.sleep(0)
            await reports.aclose()
            assert await waiting is None
            assert len(call.pending) == 50_000
            assert not server.bodies

    async def test_goes_on_where_only_a_wait_was_given_up(self) -> None:
        async with answering(slowly) as server, client(server) as market:
            walk = aiter(market.update_business_prices(1, prices(3_000)))
            told: list[Any] = []
            given_up = 0
            while True:
                try:
                    async with asyncio.timeout(0.01):
                        told += (await anext(walk)).accepted
                except TimeoutError:
                    given_up += 1
                except StopAsyncIteration:
                    break
        assert told == prices(3_000)
        assert given_up

    async def test_that_was_refused_does_not_begin_when_it_is_asked_again(self) -> None:
        async with answering(slowly) as server, client(server) as market:
            walk = aiter(market.update_business_prices(1, [price("a", -1), *prices(3)]))
            for _ in range(2):
                with pytest.raises(InvalidRequest):
                    await anext(walk)
            await walk.aclose()
            with pytest.raises(StopAsyncIteration):
                await anext(walk)
            assert not server.bodies

    async def test_tells_what_was_answered_and_not_handed_out(self) -> None:
        async with answering(slowly) as server, client(server) as market:
            call = market.update_business_prices(1, prices(2_000))
            async for report in call:
                assert report.accepted == prices(500)
                await asyncio.sleep(0.2)
                break
            assert [thing for report in call.done for thing in report.accepted] == prices(1_500, 500)
            assert (call.failed, call.pending) == ((), ())

    async def test_awaited_tells_its_account_as_well(self, nothing_left: NothingLeft) -> None:
        things = prices(5_000)

        async def make(body: Any) -> bytes:
            if body["offers"][0] in things[:2_000]:
                return OK
            if len(server.bodies) == 8:  # so the first four are answered
                bound.reschedule(asyncio.get_running_loop().time())
            await asyncio.sleep(30)
            return OK

        async with answering(make) as server, client(server) as market:
            call = market.update_business_prices(1, things)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(30) as bound:
                    await call
            done = [thing for report in call.done for thing in report.accepted]
            assert [*done, *call.failed, *call.pending] == things
            assert (len(done), len(call.failed), len(call.pending)) == (2_000, 2_000, 1_000)
            await nothing_left(market)
            assert len(server.bodies) == 8  # what was still to be sent stays unsent


class TestTheCallersIterator:
    async def test_runs_in_one_task_and_one_context(self) -> None:
        variable = contextvars.ContextVar("variable", default=0)
        tasks = set()

        async def things() -> AsyncIterator[dict[str, Any]]:
            async with asyncio.TaskGroup() as group:
                for thing in prices(1_200):
                    tasks.add(asyncio.current_task())
                    variable.set(variable.get() + 1)
                    if variable.get() % 300 == 0:
                        group.create_task(asyncio.sleep(0))
                        with pytest.raises(TimeoutError):
                            async with asyncio.timeout(0.001):
                                await asyncio.sleep(1)
                    yield thing

            assert variable.get() == 1_200

        async with answering(slowly) as server, client(server, max_parallel=1) as market:
            report = await market.update_business_prices(1, things())
        assert report.accepted == prices(1_200)
        assert len(tasks) == 1

    async def test_keeps_what_is_left_when_a_batch_fails(self) -> None:
        async def things() -> AsyncIterator[dict[str, Any]]:
            for thing in prices(5_000):
                await asyncio.sleep(0)
                yield thing

        source = things()
        async with answering(lambda _: failed(403, "no")) as server, client(server) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, source)
        rest = [thing async for thing in source]
        assert rest
        assert [*caught.value.failed, *caught.value.pending, *rest] == prices(5_000)

    async def test_that_waits_for_long_holds_no_failure_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("yamarket_async.bulk.running.PATIENCE_WITH_ITERATOR", 0.05)
        more = asyncio.Event()

        async def things() -> AsyncIterator[dict[str, Any]]:
            for thing in prices(500):
                yield thing
            await more.wait()
            yield price("last")

        async with answering(lambda _: failed(403, "no")) as server, client(server) as market:
            call = market.update_business_prices(1, things())
            with pytest.raises(BatchError) as caught:
                await call
            assert caught.value.pending == ()
            more.set()
            await asyncio.sleep(0.01)
            assert call.pending == (price("last"),)

    @pytest.mark.parametrize("how", ["break", "timeout"])
    async def test_keeps_what_is_left_when_the_call_is_left(self, how: str) -> None:
        async def things() -> AsyncIterator[dict[str, Any]]:
            for number, thing in enumerate(prices(1_200)):
                if number == 700:
                    await asyncio.sleep(0.2)
                yield thing

        source = things()
        async with answering(lambda _: OK) as server, client(server) as market:
            call = market.update_business_prices(1, source)
            if how == "break":
                async with aclosing(aiter(call)) as reports:
                    async for report in reports:
                        told = [report]
                        break
            else:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await call
                told = list(call.done)
            account = [*(thing for report in told for thing in report.accepted), *call.failed, *call.pending]
            assert [*account, *[thing async for thing in source]] == prices(1_200)

    async def test_can_be_read_once(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            call = market.update_business_prices(1, iter(prices(600)))
            async with aclosing(aiter(call)) as reports:
                await anext(reports)
            pending = call.pending
            for again in (lambda: aiter(call), call.report):
                with pytest.raises(RuntimeError, match="make another call with what is left"):
                    if asyncio.iscoroutine(found := again()):
                        await found
            assert call.pending == pending
            call = market.update_business_prices(1, prices(2))
            assert (await call).accepted == (await call).accepted  # a list is sent anew

    async def test_is_waited_for_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("yamarket_async.bulk.running.PATIENCE_WITH_ITERATOR", 0.5)

        async def things() -> AsyncIterator[dict[str, Any]]:
            for thing in prices(500):
                yield thing
            await asyncio.sleep(30)

        waits: list[float | None] = []
        wait = asyncio.wait

        async def noted(several: Any, *, timeout: float | None = None) -> Any:
            waits.append(timeout)
            return await wait(several, timeout=timeout)

        async with answering(lambda _: failed(403, "no")) as server, client(server) as market:
            monkeypatch.setattr(asyncio, "wait", noted)
            with pytest.raises(BatchError):
                await market.update_business_prices(1, things())
            monkeypatch.undo()
        assert sum(timeout is not None for timeout in waits) == 1

    async def test_that_cancels_itself_is_a_failure(self) -> None:
        async def things() -> AsyncIterator[dict[str, Any]]:
            for thing in prices(600):
                yield thing
            given_up = asyncio.ensure_future(asyncio.sleep(9))
            given_up.cancel()
            await given_up

        async with answering(lambda _: OK) as server, client(server) as market:
            with pytest.raises(BatchError, match="iterator of the things was cancelled") as caught:
                await market.update_business_prices(1, things())
        assert isinstance(caught.value.__cause__, asyncio.CancelledError)
        assert [report.accepted for report in caught.value.done] == [prices(500)]
        assert list(caught.value.pending) == prices(100, 500)

    async def test_that_fails_loses_nothing(self) -> None:
        def things() -> Iterator[dict[str, Any]]:
            yield from prices(777)
            raise OSError("the database is gone")

        async with answering(slowly) as server, client(server) as market:
            with pytest.raises(BatchError, match="the database is gone") as caught:
                await market.update_business_prices(1, things())
        assert [thing for report in caught.value.done for thing in report.accepted] == prices(500)
        assert list(caught.value.pending) == prices(277, 500)


class Loop:
    """Measures how much of the processor's time the longest turn of the event loop takes meanwhile.

    Without the garbage collector, whose passes over a million things of the caller's are his.

    Attributes:
        longest: the share of the longest turn in the time of all: one where the loop has no turn until the end.
    """

    async def __aenter__(self) -> Self:
        self.longest = 0.0
        gc.disable()
        self._began = time.thread_time()
        self._turn = 0.0
        self._task = asyncio.ensure_future(self._watch())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0)  # the last turn counts too
        gc.enable()
        self.longest = self._turn / (time.thread_time() - self._began)
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _watch(self) -> None:
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            self._turn, last = max(self._turn, now - last), now


SHARE = 0.25
"""What no turn may take of the whole, on a machine of any speed: the largest single step takes an eighth of it, and
checking all the things in one turn takes nine tenths."""


class TestTheEventLoop:
    async def test_is_not_held_by_the_account_of_a_million(self) -> None:
        skus = [f"SKU-{number}" for number in range(200_000)]
        async with scripted(failed(403, "no")) as server, client(server.url) as market, Loop() as loop:
            with pytest.raises(BatchError) as caught:
                await market.delete_campaign_offers(1, skus)
        assert loop.longest < SHARE
        assert len(caught.value.failed) + len(caught.value.pending) == 200_000

    async def test_is_not_held_by_an_iterator_of_repeats_only(self) -> None:
        async with client("http://127.0.0.1:1", retry=Retry(1)) as market, Loop() as loop:
            with pytest.raises(BatchError) as caught:
                await market.delete_campaign_offers(1, repeat("again", 100_000))
        assert loop.longest < SHARE
        assert caught.value.pending == ("again",)

    async def test_is_not_held_by_ids_of_a_list(self, unused_tcp_port: int) -> None:
        skus = [f"SKU-{number}" for number in range(200_000)]
        async with client(f"http://127.0.0.1:{unused_tcp_port}", retry=Retry(1)) as market, Loop() as loop:
            pager = market.get_hidden_offers(1, offer_ids=skus)
            with pytest.raises(Exception, match="Cannot connect"):
                await pager
        assert loop.longest < SHARE


class TestRepeats:
    async def test_with_the_same_content_are_dropped(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            report = await market.update_business_prices(
                1, iter([*prices(600), *prices(600), price(" SKU-5\t")][:1_200])
            )
            assert report.items == prices(600)
            assert [len(body["offers"]) for body in server.bodies] == [500, 100]

    @pytest.mark.parametrize(
        "again",
        [
            {"price": {"currencyId": "RUR", "value": 100}, "offerId": "SKU-1"},
            {"offerId": " SKU-1 ", "price": {"value": 100, "currencyId": "RUR"}},
            {"offerId": "SKU-1", "price": {"value": Decimal("100.00"), "currencyId": "RUR", "discountBase": None}},
            UpdateBusinessOfferPrice(
                offer_id="SKU-1", price=UpdateBusinessPrices(value=Decimal(100), currency_id=CurrencyType.RUR)
            ),
        ],
    )
    async def test_with_the_same_content_in_other_words_are_dropped(self, again: Any) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            for things in ([*prices(3), again], [again, *prices(3)], iter([*prices(600), again])):
                report = await market.update_business_prices(1, things)
                assert len(report.items) == len(
                    {thing["offerId"] for body in server.bodies for thing in body["offers"]}
                )
                server.bodies.clear()

    @pytest.mark.parametrize("shape", [list, iter])
    async def test_with_different_content_are_refused(self, shape: Callable[[Any], Any]) -> None:
        things = [*prices(3), price(" SKU-1 ", 99)]
        async with answering(lambda _: OK) as server, client(server) as market:
            with pytest.raises(InvalidRequest, match=r"offers\[3\].*differs from the first"):
                await market.update_business_prices(1, shape(things))
            assert not server.bodies

    async def test_of_a_pair_are_told_by_both_parts(self) -> None:
        pair = {"sku": "A", "partnerWarehouseId": 1, "count": 5}
        async with answering(lambda _: OK) as server, client(server) as market:
            things = [pair, {**pair, "partnerWarehouseId": 2}, pair]
            report = await market.update_stocks_on_partner_warehouses(1, things)
            assert report.items == things[:2]


class TestThingsThatBreakARule:
    BAD = price("SKU-700", -1)

    async def test_in_a_list_are_told_before_anything_is_sent(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            with pytest.raises(InvalidRequest, match=r"offers\[700\]\.price\.value") as caught:
                await market.update_business_prices(1, [*prices(700), self.BAD, *prices(10, 800)])
            assert not isinstance(caught.value, BatchError)
            assert not server.bodies

    async def test_may_break_one_that_no_single_field_has(self) -> None:
        bad = {"offerId": "x", "price": {"value": 100, "discountBase": 101, "currencyId": "RUR"}}
        async with answering(lambda _: OK) as server, client(server) as market:
            with pytest.raises(InvalidRequest, match="discount") as caught:
                await market.update_business_prices(1, [*prices(3), bad])
            assert caught.value.argument == "offers[3].price.discountBase"
            good = {"offerId": "x", "price": {"value": 100, "discountBase": 200, "currencyId": "RUR"}}
            assert (await market.update_business_prices(1, [*prices(3), good])).accepted[-1] == good

    async def test_in_an_iterator_are_told_with_the_account_so_far(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            with pytest.raises(InvalidItem) as caught:
                await market.update_business_prices(1, iter([*prices(700), self.BAD, *prices(10, 800)]))
        error = caught.value
        assert error.argument == "offers[700].price.value"
        assert [thing for report in error.done for thing in report.accepted] == prices(500)
        assert list(error.pending) == [*prices(200, 500), self.BAD, *prices(10, 800)]

    @pytest.mark.parametrize("shape", [list, iter])
    async def test_may_be_skipped_and_are_reported_as_rejected(self, shape: Callable[[Any], Any]) -> None:
        things = [*prices(3), self.BAD, *prices(3, 10), price("SKU-1", 7)]
        async with answering(lambda _: OK) as server, client(server) as market:
            report = await market.update_business_prices(1, shape(things), on_invalid="skip")
        assert report.accepted == [*prices(3), *prices(3, 10)]
        assert [rejected.item for rejected in report.rejected] == [self.BAD, price("SKU-1", 7)]
        assert [rejected.errors[0].code for rejected in report.rejected] == ["INVALID_ITEM"] * 2

    @pytest.mark.parametrize("shape", [list, iter])
    async def test_that_are_skipped_are_in_the_account_when_the_call_fails(self, shape: Callable[[Any], Any]) -> None:
        things = [price(f"SKU-{number}", -1 if number % 100 == 50 else 5) for number in range(3_000)]
        left = shape(things)
        async with answering(lambda _: failed(403, "no")) as server, client(server) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, left, on_invalid="skip")
        error = caught.value
        account = [*error.failed, *error.pending, *(each.item for report in error.done for each in report.rejected)]
        account += [] if shape is list else left
        assert sorted(account, key=lambda thing: int(thing["offerId"][4:])) == things

    async def test_leave_a_collection_pending_whole(self) -> None:
        things = [*prices(1_000), self.BAD, *prices(10, 2_000)]
        async with answering(lambda _: OK) as server, client(server) as market:
            call = market.update_business_prices(1, things)
            with pytest.raises(InvalidRequest):
                await call
            assert list(call.pending) == things
            call = market.update_business_prices(1, prices(100_000))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await call
            assert len(call.pending) == 100_000
            assert not server.bodies

    async def test_are_told_by_their_keys_where_these_can_be_read(self) -> None:
        pair = {"sku": "A", "partnerWarehouseId": 1, "count": 5}
        licences = [{"outletId": 1}, {"outletId": 1, "licenseType": "ALCOHOL", "number": "5", "id": "x"}]
        async with answering(lambda _: OK) as server, client(server) as market:
            report = await market.update_business_prices(
                1, [price(" SKU-1", -1), {"price": {}}, "SKU-2"], on_invalid="skip"
            )
            assert [each.key for each in report.rejected] == ["SKU-1", None, None]
            with pytest.raises(ItemsRejected, match="3 of 3 things were rejected: 'SKU-1': offers"):
                report.raise_for_rejected()
            report = await market.update_stocks_on_partner_warehouses(1, [{**pair, "count": -1}], on_invalid="skip")
            assert [each.key for each in report.rejected] == [("A", 1)]
            report = await market.delete_campaign_offers(1, ["x" * 300, None, 1.5], on_invalid="skip")
            assert [each.key for each in report.rejected] == ["x" * 300, None, None]
            report = await market.update_outlet_licenses(1, licences, on_invalid="skip")
            assert [each.key for each in report.rejected] == [None, (1, "ALCOHOL", "5")]

    async def test_are_told_as_they_come(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            endless = (price("SKU", -1) for _ in repeat(0))
            async with aclosing(aiter(market.update_business_prices(1, endless, on_invalid="skip"))) as reports:
                for _ in range(3):
                    assert len((await anext(reports)).rejected) == 500
            assert not server.bodies

    @pytest.mark.parametrize("value", ["0.000000001", "0.12345678", "1.00000001"])
    async def test_are_prices_of_too_many_digits_however_they_are_written(self, value: str) -> None:
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest, match="digits behind the point"):
                await market.update_business_prices(1, [price("SKU", Decimal(value))])  # type: ignore[arg-type]

    async def test_may_be_all_there_are(self) -> None:
        async with answering(lambda _: OK) as server, client(server) as market:
            report = await market.update_business_prices(1, [self.BAD], on_invalid="skip")
            assert (report.items, len(report.rejected), server.bodies) == ([], 1, [])

    async def test_are_those_that_fit_into_no_request(self) -> None:
        huge = {"documents": [{"number": "1", "x": "y" * 600_000}]}
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest):
                await market.create_documents(1, huge["documents"])

    @pytest.mark.parametrize("things", ["SKU", b"SKU", None, 7, {"a": 1}.get("b")])
    async def test_are_more_than_things(self, things: Any) -> None:
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest, match="iterable"):
                market.delete_campaign_offers(1, things)

    @pytest.mark.parametrize("options", [{"isolate": 1}, {"on_invalid": "ignore"}])
    async def test_are_told_apart_from_options_that_are_none(self, options: dict[str, Any]) -> None:
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest):
                market.update_business_prices(1, [], **options)


async def test_a_method_with_a_figure_of_its_own_has_as_many_at_once() -> None:
    async def make(_: Any) -> bytes:
        while server.most < 12:
            await asyncio.sleep(0.01)
        return OK

    async with answering(make) as server, client(server) as market, asyncio.timeout(20):
        await market.update_prices(1, (price(f"SKU-{number}") for number in range(30_000)))
        assert server.most == 12


async def test_results_come_in_the_order_of_the_input_also_when_awaited() -> None:
    async def make(body: Any) -> bytes:
        await asyncio.sleep(0.1 if body["offers"][0]["offerId"] == "SKU-0" else 0)
        return OK

    async with answering(make) as server, client(server) as market:
        assert (await market.update_business_prices(1, prices(4_000))).items == prices(4_000)
        assert server.most == 4


async def test_no_body_is_over_512_kb() -> None:
    things = [price("🛒" * 200 + f"{number:04}") for number in range(2_000)]
    async with answering(lambda _: OK) as server, client(server) as market:
        assert (await market.update_prices(1, things)).accepted == things
        assert len(server.bodies) == 4
        assert [thing for body in sorted(server.bodies, key=str) for thing in body["offers"]] == things


class TestTheReport:
    async def test_raises_for_what_was_rejected_where_it_is_asked_to(self) -> None:
        refused = {"result": {"notDeletedOfferIds": [f"SKU-{n}" for n in range(5)]}, "status": "OK"}
        async with answering(lambda _: answer(200, refused)) as server, client(server) as market:
            report = await market.delete_campaign_offers(1, [f"SKU-{n}" for n in range(7)])
        assert report.counts == {"accepted": 2, "rejected": 5, "warnings": 0, "unconfirmed": 0}
        with pytest.raises(ItemsRejected, match="5 of 7 things were rejected: 'SKU-0': unknown") as caught:
            report.raise_for_rejected()
        assert caught.value.report is report
        assert repr(report) == "<DeletedOffers of 7: 2 accepted, 5 rejected>"
        assert BulkReport().raise_for_rejected().counts["rejected"] == 0
        assert repr(BulkReport()) == "<BulkReport of 0: nothing>"

    async def test_of_a_batch_has_the_answer_as_the_documentation_names_it(self) -> None:
        body = {"result": {"notDeletedOfferIds": ["a"]}, "status": "OK"}
        async with answering(lambda _: answer(200, body)) as server, client(server) as market:
            async for report in market.delete_campaign_offers(1, ["a", "b"]):
                assert report.answers[0].result.not_deleted_offer_ids == ["a"]
                assert report.rejected == [Rejected("a", "a", report.rejected[0].errors)]

    async def test_can_be_made_of_several(self) -> None:
        parts = [BulkReport(items=[n], accepted=[n]) for n in range(3)]
        assert BulkReport.merged(parts) == BulkReport(items=[0, 1, 2], accepted=[0, 1, 2])


async def test_a_call_says_what_it_is_and_how_far_it_has_come() -> None:
    async with answering(lambda _: OK) as server, client(server) as market:
        call = market.update_business_prices(7, prices(600))
        assert repr(call) == "<Batches updateBusinessPrices of business 7: not begun>"
        async for _ in call:
            pass
        assert repr(call) == "<Batches updateBusinessPrices of business 7: 2 batches done>"


async def test_a_report_can_be_a_task() -> None:
    async with answering(lambda _: OK) as server, client(server) as market, asyncio.TaskGroup() as group:
        task = group.create_task(market.update_business_prices(7, prices(3)).report())
        assert (await task).accepted == prices(3)


async def test_a_call_without_a_list_is_one_request() -> None:
    body = {"status": "OK", "result": {"rejectedOffers": [{"offerId": "a", "reason": "OFFER_DOES_NOT_EXIST"}]}}
    async with answering(lambda _: answer(200, body)) as server, client(server) as market:
        report = await market.delete_promo_offers(7, "promo", delete_all_offers=True)
        assert server.bodies == [{"promoId": "promo", "deleteAllOffers": True}]
        assert [(rejected.key, rejected.errors[0].code) for rejected in report.rejected] == [
            ("a", "OFFER_DOES_NOT_EXIST")
        ]
        assert report.items == []


async def test_ids_may_go_into_the_url() -> None:
    async with answering(lambda _: OK) as server, client(server) as market:
        report = await market.delete_outlet_licenses(7, range(1, 1_500))
        assert report.accepted == list(range(1, 1_500))
        assert len(server.bodies) >= 3


@pytest.mark.parametrize("count", [0, 1, 500, 501])
async def test_any_number_of_things_will_do(count: int) -> None:
    async with answering(lambda _: OK) as server, client(server) as market:
        assert (await market.update_business_prices(7, iter(prices(count)))).accepted == prices(count)
        assert len(server.bodies) == -(-count // 500)


async def test_a_list_is_sent_as_it_was_when_the_call_began() -> None:
    things = prices(2_000)
    async with answering(slowly) as server, client(server, max_parallel=1) as market:
        async for _ in market.update_business_prices(7, things):
            things.clear()
        assert sum(len(body["offers"]) for body in server.bodies) == 2_000


@many_offers
async def test_a_bad_request_for_the_whole_call_ends_it_where_things_are_not_isolated() -> None:
    async with answering(lambda _: failed(400, "no")) as server, client(server) as market:
        with pytest.raises(BatchError) as caught:
            await market.update_business_prices(7, prices(3), isolate=False)
        assert isinstance(caught.value.__cause__, BadRequest)
        assert list(caught.value.failed) == prices(3)
        assert len(server.bodies) == 1
