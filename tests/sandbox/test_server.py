"""The sandbox as a server: starting, stopping, what it remembers."""

import asyncio
import gc
import logging
import socket
import time

import aiohttp
import msgspec
import pytest

from yamarket_async.sandbox import Faults, RecordedRequest, Sandbox


async def test_it_starts_and_stops_without_async_with():
    sandbox = Sandbox(offers=10)
    with pytest.raises(RuntimeError, match="doesn't run"):
        _ = sandbox.url
    await sandbox.start()
    with pytest.raises(RuntimeError, match="runs already"):
        await sandbox.start()
    url = sandbox.url
    assert url.startswith("http://127.0.0.1:")
    await sandbox.stop()
    await sandbox.stop()
    with pytest.raises(RuntimeError, match="doesn't run"):
        _ = sandbox.url
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(url)


async def test_it_goes_on_where_it_was_when_it_is_started_again(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=0)
    await http.delete(sandbox.offer_ids()[:1])
    await sandbox.stop()
    await sandbox.start()
    assert len((await http.offers(limit=200)).json["result"]["offers"]) == 200
    assert len(sandbox.offer_ids()) == 999
    assert sandbox.counts["requests"] == 2


async def test_it_listens_where_it_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        sandbox = Sandbox(offers=1, port=port)
        with pytest.raises(OSError, match="address already in use"):
            await sandbox.start()
    async with sandbox:
        assert sandbox.url == f"http://127.0.0.1:{port}"
    if socket.has_ipv6:
        async with Sandbox(offers=1, host="::1") as sandbox:
            assert sandbox.url.startswith("http://[::1]:")


@pytest.mark.parametrize("work", [{"latency": 5.0}, {"faults": Faults(hang=1.0)}, {"faults": Faults(slow_bytes=1.0)}])
async def test_stopping_resets_what_is_under_way_and_leaves_nothing(work):
    before = asyncio.all_tasks()
    async with aiohttp.ClientSession() as session:
        async with Sandbox(offers=10, **work) as sandbox:
            url, key = f"{sandbox.url}/v2/campaigns/{sandbox.campaign_id}/offers", {"Api-Key": sandbox.api_key}
            calls = [asyncio.create_task(_read(session, url, key)) for _ in range(3)]
            await asyncio.sleep(0.3)
        left = asyncio.all_tasks() - before - set(calls)
        assert left == set()
        results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, aiohttp.ClientError) for result in results)
    assert sandbox.counts["requests"] == 3


async def _read(session: aiohttp.ClientSession, url: str, key: dict[str, str]) -> bytes:
    async with session.post(url, headers=key, json={}) as response:
        return await response.read()


async def test_stopping_closes_idle_connections_at_once(open_sandbox):
    sandbox, http = await open_sandbox()
    await http.offers(limit=1)
    started = asyncio.get_running_loop().time()
    await sandbox.stop()
    assert asyncio.get_running_loop().time() - started < 2


async def test_a_debugging_loop_has_nothing_to_say(caplog):
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 60  # a busy machine is nothing that it should tell of
    faults = Faults(reset_before=0.3, truncated=0.3)
    async with Sandbox(offers=10, faults=faults) as sandbox, aiohttp.ClientSession() as session:
        url, key = f"{sandbox.url}/v2/campaigns/{sandbox.campaign_id}/offers", {"Api-Key": sandbox.api_key}
        for _ in range(20):
            try:
                await _read(session, url, key)
            except aiohttp.ClientError:
                continue
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_connections_are_kept_unless_told_otherwise(open_sandbox):
    _, http = await open_sandbox()
    assert "Connection" not in (await http.offers(limit=1)).headers
    assert len(http.session.connector._conns) == 1
    _, http = await open_sandbox(keep_alive=False)
    assert (await http.offers(limit=1)).headers["Connection"] == "close"
    assert (await http.get("/nowhere")).headers["Connection"] == "close"
    assert len(http.session.connector._conns) == 0


async def test_requests_are_recorded_without_the_key(open_sandbox):
    heard = []
    sandbox, http = await open_sandbox(on_request=heard.append)
    body = {"statuses": ["PUBLISHED"]}
    await http.offers(body, limit=3)
    await http.send("GET", "/nowhere?a=1&a=2&b=", headers={"Authorization": "Bearer secret", "X-Mine": "ё"})
    first, second = sandbox.requests
    assert heard == [first, second]
    assert (first.method, first.path, first.query) == ("POST", f"{http.campaign}/offers", {"limit": ["3"]})
    assert (first.status, first.endpoint, first.json()) == (200, "getCampaignOffers", body)
    assert first.body == msgspec.json.encode(body) or first.json() == body
    assert 0 < first.seconds < 1
    assert abs(first.at - sandbox.now()) < 5
    assert first.headers["content-type"] == "application/json"
    assert (second.status, second.endpoint, second.query) == (404, None, {"a": ["1", "2"], "b": [""]})
    assert second.headers["x-mine"] == "ё"
    everything = repr(sandbox.requests)
    assert sandbox.api_key not in everything
    assert "secret" not in everything


async def test_requests_are_counted_by_status_method_both_and_fault(open_sandbox):
    sandbox, http = await open_sandbox()
    await http.offers(limit=1)
    await http.offers(limit=0)
    sandbox.faults.next("html_502")
    await http.hidden()
    await http.get("/nowhere")
    assert sandbox.counts == {
        "requests": 4,
        200: 1,
        400: 1,
        404: 1,
        502: 1,
        "getCampaignOffers": 2,
        ("getCampaignOffers", 200): 1,
        ("getCampaignOffers", 400): 1,
        "getHiddenOffers": 1,
        ("getHiddenOffers", 502): 1,
        "html_502": 1,
    }
    assert sandbox.counts["exhausted"] == 0


@pytest.mark.parametrize(("record", "kept"), [(3, [3, 4, 5]), (0, []), (None, [1, 2, 3, 4, 5])])
async def test_the_record_holds_as_many_requests_as_it_is_told(open_sandbox, record, kept):
    sandbox, http = await open_sandbox(record=record)
    for limit in range(1, 6):
        await http.offers(limit=limit)
    assert [int(request.query["limit"][0]) for request in sandbox.requests] == kept
    assert sandbox.counts["requests"] == 5


def test_a_recorded_request_shows_what_it_is():
    request = RecordedRequest("GET", "/", {}, {}, b"{", 200, 0.1, None, frozenset(), 1.0)
    assert "path='/'" in repr(request)
    with pytest.raises(msgspec.DecodeError):
        request.json()


@pytest.mark.parametrize(
    "settings",
    [
        {"offers": -1},
        {"campaigns": 0},
        {"window": 0},
        {"parallel": 0},
        {"tier": "high"},
        {"hidden": 26_000},
        {"warehouse": -1},
        {"promo_offers": 25_001},
        {"limits": {"getOfers": 5}},
    ],
)
def test_settings_that_make_no_sense_are_an_error(settings):
    named = "getOfers" if "limits" in settings else next(iter(settings))
    with pytest.raises(ValueError, match=named):
        Sandbox(**settings)


async def test_methods_that_do_not_exist_are_an_error():
    with pytest.raises(ValueError, match="there is no method 'getOfers'"):
        Sandbox(offers=1).remaining("getOfers")


def test_ids_are_known_before_it_runs():
    sandbox = Sandbox(offers=5, campaigns=300)
    assert sandbox.campaign_id == sandbox.campaign_ids[0]
    assert len(set(sandbox.campaign_ids)) == 300
    assert sandbox.api_key.startswith("ACMA:")
    assert sandbox.api_key.count(":") == 2
    assert sandbox.max_parallel_seen == {}


def test_clients_that_do_not_read_keep_no_connection_open_after_the_end(recwarn):
    with Sandbox(offers=3_000) as sandbox:
        head = (
            f"POST /v2/campaigns/{sandbox.campaign_id}/offers?limit=200 HTTP/1.1\r\nHost: market\r\n"
            f"Api-Key: {sandbox.api_key}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
        )
        address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
        clients = [socket.socket() for _ in range(3)]
        for client in clients:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            client.connect(address)
            client.sendall((head.encode() + b"{}") * 60)
        time.sleep(0.5)  # until no more of the answers finds room
        clients += [socket.create_connection(address) for _ in range(20)]
    gc.collect()
    for client in clients:
        client.close()
    assert [str(warning.message) for warning in recwarn] == []
