"""What goes wrong on purpose: each fault as a client meets it, and how faults are drawn and planned."""

import asyncio
import time
import zlib
from email.utils import parsedate_to_datetime
from random import Random

import aiohttp
import msgspec
import pytest

from yamarket_async.sandbox import Faults, Sandbox, wire

LIMIT_HEADERS = [f"X-RateLimit-Resource-{name}" for name in ("Limit", "Remaining", "Until")]


def test_a_rate_may_be_set_for_one_method_only():
    faults = Faults(error_500={"getOffers": 1.0}, html_502=0.0)
    assert faults.draw("getOffers", Random(1)) == {"error_500"}
    assert faults.draw("getCampaignOffers", Random(1)) == set()


def test_rates_are_drawn_by_themselves():
    faults, random = Faults(error_500=0.5, no_limit_headers=0.5), Random(1)
    drawn = [faults.draw("getOffers", random) for _ in range(200)]
    assert {frozenset(), frozenset({"error_500"}), frozenset({"no_limit_headers"})} < set(drawn)
    assert 70 < sum("error_500" in each for each in drawn) < 130


def test_planned_faults_come_in_order_and_pass_other_methods_by():
    faults, random = Faults(delay=1.0), Random(1)
    faults.next("error_500", endpoint="getOffers")
    faults.next("html_502", times=2)
    faults.next("html_504")
    drawn = [faults.draw(name, random) for name in ("getPromoOffers", "getOffers", *["getPromoOffers"] * 3)]
    assert drawn == [{"html_502"}, {"error_500"}, {"html_502"}, {"html_504"}, {"delay"}]


def test_clearing_leaves_nothing():
    faults = Faults(error_500=1.0, retry_after=3)
    faults.next("hang")
    faults.clear()
    assert faults.draw("getOffers", Random(1)) == set()
    assert faults == Faults(retry_after=3)


def test_a_fault_that_does_not_exist_is_an_error():
    faults = Faults()
    with pytest.raises(AttributeError, match="no fault 'eror_500'; there are hang, reset_before"):
        faults.eror_500 = 1.0
    with pytest.raises(ValueError, match="no fault 'retry_after'"):
        faults.next("retry_after")
    with pytest.raises(TypeError):
        Faults(eror_500=1.0)


@pytest.mark.parametrize("rate", [-0.1, 1.1, "often", {"getOffers": 2}, None])
def test_a_rate_is_from_0_to_1(rate):
    with pytest.raises(ValueError, match="error_500"):
        Faults(error_500=rate)


async def test_the_seed_tells_which_requests_faults_befall(open_sandbox):
    async def statuses(seed: int) -> list[int]:
        _, http = await open_sandbox(seed=seed, faults=Faults(error_500=0.3))
        return [(await http.offers(limit=1)).status for _ in range(30)]

    one = await statuses(1)
    assert set(one) == {200, 500}
    assert await statuses(1) == one
    assert await statuses(2) != one


async def test_faults_can_be_replaced_at_run_time(open_sandbox):
    sandbox, http = await open_sandbox()
    assert (await http.offers()).status == 200
    sandbox.faults = Faults(error_500=1.0)
    assert (await http.offers()).status == 500
    sandbox.faults.error_500 = 0.0
    assert (await http.offers()).status == 200


@pytest.mark.parametrize(
    ("fault", "status", "told"), [("error_500", 500, True), ("html_502", 502, False), ("html_504", 504, False)]
)
async def test_failures_cost_nothing(open_sandbox, fault, status, told):
    sandbox, http = await open_sandbox()
    await http.offers(limit=10)
    sandbox.faults.next(fault)
    answer = await http.offers(limit=10)
    assert answer.status == status
    assert sandbox.remaining("getCampaignOffers") == 9_999
    if told:
        assert answer.limit[:2] == (10_000, 9_999)
        assert answer.json["errors"][0]["code"] == "INTERNAL_SERVER_ERROR"
    else:
        assert not set(LIMIT_HEADERS) & set(answer.headers)
        assert answer.headers["Content-Type"] == "text/html"
        assert answer.body.startswith(b"<html>")


async def test_an_overload_may_tell_when_to_come_again(open_sandbox):
    sandbox, http = await open_sandbox(faults=Faults(error_503=1.0))
    assert "Retry-After" not in (await http.offers()).headers
    sandbox.faults.retry_after = 7
    answer = await http.offers()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")


async def test_a_redirect_leads_to_another_host(open_sandbox):
    sandbox, http = await open_sandbox()
    url = f"{sandbox.url}{http.campaign}/hidden-offers?limit=3"
    key = {"Api-Key": sandbox.api_key}
    sandbox.faults.next("redirect")
    async with http.session.get(url, headers=key, allow_redirects=False) as response:
        port = sandbox.url.rpartition(":")[2]
        target = f"http://localhost:{port}{http.campaign}/hidden-offers?limit=3"
        assert (response.status, response.headers["Location"]) == (307, target)
    sandbox.faults.redirect_to = "https://elsewhere.example/"
    sandbox.faults.next("redirect")
    async with http.session.get(url, headers=key, allow_redirects=False) as response:
        assert response.headers["Location"] == f"https://elsewhere.example{http.campaign}/hidden-offers?limit=3"


async def test_a_reset_before_the_work_leaves_all_as_it_was(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=0)
    batch = sandbox.offer_ids()[:10]
    sandbox.faults.next("reset_before")
    with pytest.raises(aiohttp.ClientConnectionError):
        await http.delete(batch)
    assert len(sandbox.offer_ids()) == 1_000
    assert sandbox.remaining("deleteCampaignOffers") == 10_000
    assert (await http.delete(batch)).json == {"status": "OK"}
    assert [request.status for request in sandbox.requests] == [0, 200]


async def test_a_lost_answer_comes_after_the_work_and_its_cost(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=0)
    batch = sandbox.offer_ids()[:10]
    sandbox.faults.next("lost_answer", endpoint="deleteCampaignOffers")
    assert (await http.offers(limit=1)).status == 200
    with pytest.raises(aiohttp.ClientConnectionError):
        await http.delete(batch)
    assert len(sandbox.offer_ids()) == 990
    assert sandbox.remaining("deleteCampaignOffers") == 9_990
    assert (await http.delete(batch)).json["result"]["notDeletedOfferIds"] == batch


@pytest.mark.parametrize("fault", ["cut_answer", "truncated"])
async def test_a_broken_answer_begins_and_never_ends(open_sandbox, fault):
    sandbox, http = await open_sandbox()
    sandbox.faults.next(fault)
    with pytest.raises((aiohttp.ClientPayloadError, aiohttp.ClientConnectionError)):
        await http.offers(limit=200)
    assert sandbox.remaining("getCampaignOffers") == 9_999
    assert sandbox.counts[fault] == 1
    assert (await http.offers(limit=1)).status == 200


async def test_half_of_the_json_comes_in_a_frame_that_is_whole(open_sandbox):
    sandbox, http = await open_sandbox()
    whole = await http.offers(limit=20)
    sandbox.faults.next("half_json")
    half = await http.offers(limit=20)
    assert half.status == 200
    assert whole.body.startswith(half.body)
    assert len(half.body) == len(whole.body) // 2
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(half.body)


async def test_slow_bytes_take_their_time_and_are_whole(open_sandbox):
    sandbox, http = await open_sandbox(faults=Faults(slow_bytes=1.0, slow_bytes_seconds=0.2), keep_alive=False)
    started = time.perf_counter()
    answer = await http.offers(limit=20)
    assert time.perf_counter() - started >= 0.19
    assert len(answer.json["result"]["offers"]) == 20
    assert answer.headers["Connection"] == "close"
    assert sandbox.counts["slow_bytes"] == 1


@pytest.mark.parametrize(("fault", "sent"), [("huge", 2_000_000), ("bomb", 10_000)])
async def test_an_answer_may_be_far_too_big(open_sandbox, fault, sent):
    _, http = await open_sandbox(faults=Faults(huge_bytes=2_000_000, **{fault: 1.0}))
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        http.session = session
        answer = await http.offers(limit=1)
    compressed = answer.headers.get("Content-Encoding") == "gzip"
    assert compressed == (fault == "bomb")
    assert sent / 2 < len(answer.body) < sent * 1.1
    whole = zlib.decompress(answer.body, wbits=31) if compressed else answer.body
    assert len(msgspec.json.decode(whole)["result"]["offers"]) == 1
    assert len(whole) > 1_900_000


async def test_an_idle_connection_is_closed_at_the_next_use(open_sandbox):
    sandbox, http = await open_sandbox()
    sandbox.faults.next("idle_close")
    answer = await http.offers(limit=1)
    assert answer.status == 200
    assert "Connection" not in answer.headers
    # aiohttp itself would repeat a GET here, so this is a POST.
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await http.offers(limit=1)
    assert (await http.offers(limit=1)).status == 200
    assert [request.status for request in sandbox.requests] == [200, 0, 200]


async def test_a_delay_comes_on_top_of_the_latency(open_sandbox):
    sandbox, http = await open_sandbox(latency=0.05, faults=Faults(delay=1.0, delay_seconds=0.1))
    await http.offers(limit=1)
    assert sandbox.requests[0].seconds >= 0.149
    sandbox.latency = 0.0
    sandbox.faults.clear()
    await http.offers(limit=1)
    assert sandbox.requests[1].seconds < 0.1
    assert sandbox.latency == 0.0


async def test_a_request_that_hangs_ends_with_its_client(open_sandbox):
    sandbox, http = await open_sandbox(parallel=1)
    sandbox.faults.next("hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await http.offers(limit=1)
    await asyncio.sleep(0.02)
    assert sandbox.requests[0].status == 499
    assert (await http.offers(limit=1)).status == 200


async def test_a_client_that_hangs_up_while_the_answer_is_made_has_its_work_done(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=0, faults=Faults(delay=1.0))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await http.delete(sandbox.offer_ids()[:5])
    await asyncio.sleep(0.02)
    assert sandbox.counts[499] == 1
    assert len(sandbox.offer_ids()) == 995


@pytest.mark.parametrize("list_", ["offers", "hidden", "promo"])
async def test_a_token_may_repeat_for_ever(open_sandbox, list_):
    sandbox, http = await open_sandbox(faults=Faults(repeated_token=1.0))
    call = getattr(http, list_)
    first = await call(limit=10)
    second = await call(limit=10, page_token=first.next_token)
    third = await call(limit=10, page_token=second.next_token)
    assert first.next_token == second.next_token == third.next_token
    assert second.body == third.body != first.body
    sandbox.faults.clear()
    assert (await call(limit=10, page_token=second.next_token)).next_token != first.next_token


@pytest.mark.parametrize("list_", ["offers", "hidden", "promo"])
async def test_pages_may_be_empty_with_ever_new_tokens(open_sandbox, list_):
    sandbox, http = await open_sandbox()
    call = getattr(http, list_)
    first = await call(limit=10)
    whole = await call(limit=10, page_token=first.next_token)
    sandbox.faults.empty_page = 1.0
    tokens = [first.next_token]
    for _ in range(4):
        answer = await call(limit=10, page_token=tokens[-1])
        assert [] in answer.json["result"].values()
        tokens.append(answer.next_token)
    assert len(set(tokens)) == 5
    sandbox.faults.clear()
    assert (await call(limit=10, page_token=tokens[-1])).body == whole.body


async def test_the_headers_of_the_limit_may_be_missing(open_sandbox):
    _, http = await open_sandbox(faults=Faults(no_limit_headers=1.0))
    answer = await http.offers(limit=1)
    assert answer.status == 200
    assert not set(LIMIT_HEADERS) & set(answer.headers)


async def test_the_headers_of_the_limit_may_be_garbled(open_sandbox):
    _, http = await open_sandbox(faults=Faults(garbled_limit_headers=1.0))
    told = set()
    for _ in range(40):
        answer = await http.offers(limit=1)
        assert answer.status == 200
        told.add(tuple(answer.headers[name] for name in LIMIT_HEADERS))
    assert len(told) == 5


async def test_the_end_of_the_window_may_be_of_another_clock(open_sandbox):
    _, http = await open_sandbox(faults=Faults(foreign_limit_headers=1.0, clock_error=-86_400.0))
    answer = await http.offers(limit=1)
    date, until = (parsedate_to_datetime(text) for text in (answer.headers["Date"], answer.limit[2]))
    assert (date - until).total_seconds() >= 86_400 - 60


async def test_faults_of_the_headers_go_with_others(open_sandbox):
    _, http = await open_sandbox(faults=Faults(no_limit_headers=1.0, error_500=1.0, html_502=1.0))
    answer = await http.offers(limit=1)
    assert (answer.status, LIMIT_HEADERS[0] in answer.headers) == (500, False)


async def test_a_lost_answer_and_hang_befall_only_requests_with_a_key_and_a_store():
    async with Sandbox(offers=1, faults=Faults(hang=1.0)) as sandbox, aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.url}/v2/campaigns") as response:
            assert response.status == 401
        async with session.get(f"{sandbox.url}/nowhere", headers={"Api-Key": sandbox.api_key}) as response:
            assert response.status == 404


async def test_an_answer_whose_client_has_hung_up_waits_for_the_end_of_its_connection():
    class Gone:
        async def write(self, piece):
            raise ConnectionResetError("Cannot write to closing transport")

    writing = asyncio.ensure_future(wire._write(Gone(), b"more"))
    await asyncio.sleep(0.01)
    assert not writing.done()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
