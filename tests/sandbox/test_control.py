"""The sandbox in the hands of a test over HTTP, and in any loop, or none."""

import asyncio
import os
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import aiohttp
import msgspec
import pytest

from yamarket_async.sandbox import Sandbox


def ask(sandbox: Sandbox, path: str, body: object = None) -> dict[str, object]:
    """Send a request without a loop."""
    data = None if body is None else msgspec.json.encode(body)
    headers = {"Api-Key": sandbox.api_key, "Content-Type": "application/json"}
    request = urllib.request.Request(sandbox.url + path, data=data, headers=headers)  # noqa: S310 — on loopback
    with urllib.request.urlopen(request) as response:  # noqa: S310 — on loopback
        return msgspec.json.decode(response.read())


async def test_all_hands_are_listed_with_what_they_take(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    hands = (await http.get("/__sandbox/")).json["hands"]
    assert {"tick", "now", "reset", "snapshot", "restore", "reports/fail_next", "chats/say"} <= set(hands)
    assert hands["tick"]["arguments"] == {"seconds": {"type": "float", "required": True}}
    assert hands["reports/fail_next"]["arguments"]["times"] == {"type": "int", "default": 1}
    assert "clock" in hands["tick"]["does"]
    assert all(hand["does"] for hand in hands.values())
    assert (await http.get("/__sandbox/tick")).json == hands["tick"]
    assert sandbox.counts["requests"] == 0


async def test_the_clock_moves_over_http(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    before = (await http.post("/__sandbox/now")).json["result"]
    assert (await http.post("/__sandbox/tick", {"seconds": 3_600})).json == {"result": None}
    assert (await http.post("/__sandbox/now")).json["result"] - before == pytest.approx(3_600, abs=60)
    assert sandbox.now() - before == pytest.approx(3_600, abs=60)


@pytest.mark.parametrize("seconds", [-1, 1e12, 1e18, 10**400])
async def test_a_move_of_the_clock_that_is_refused_leaves_it_where_it_was(open_sandbox, seconds):
    sandbox, http = await open_sandbox(offers=5)
    before = sandbox.clock_offset
    with pytest.raises(ValueError, match="must be 0 or more, and keep the clock before the year 9000"):
        sandbox.tick(seconds)
    refused = await http.post("/__sandbox/tick", {"seconds": seconds})
    assert (refused.status, "tick: " in refused.json["error"]) == (400, True)
    assert sandbox.clock_offset == before
    placed = await http.post("/__sandbox/orders/place", {"model": "FBS"})
    assert (await http.get(f"{http.campaign}/orders/{placed.json['result']}")).status == 200


@pytest.mark.parametrize("offset", [float("nan"), float("inf"), 1e12, -1e12])
def test_the_clock_stands_where_there_are_dates(unopened, offset):
    before = unopened.clock_offset
    with pytest.raises(ValueError, match="must keep the clock between the years 2000 and 9000"):
        unopened.clock_offset = offset
    with pytest.raises(ValueError, match="must keep the clock between the years 2000 and 9000"):
        Sandbox(offers=5, clock_offset=offset)
    assert unopened.clock_offset == before


async def test_snapshots_are_taken_and_returned_to_over_http(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    number = (await http.post("/__sandbox/snapshot")).json["result"]
    chat_id = (await http.post("/__sandbox/chats/start", {"text": "Алло"})).json["result"]
    assert (await http.get(f"{http.business}/chat", chatId=chat_id)).status == 200
    await http.post("/__sandbox/restore", {"number": number})
    assert (await http.get(f"{http.business}/chat", chatId=chat_id)).status == 404
    unknown = await http.post("/__sandbox/restore", {"number": 7})
    assert (unknown.status, "no snapshot 7" in unknown.json["error"]) == (400, True)
    # The hands are those of the world as it is now.
    again = (await http.post("/__sandbox/chats/start", {"text": "Алло"})).json["result"]
    assert sandbox.chats.messages(again) == ["Алло"]


@pytest.mark.parametrize(
    ("name", "body", "status", "message"),
    [
        ("dance", b"", 404, "there is no 'dance'"),
        ("tick", b"{", 400, "tick: "),
        ("tick", b"[1]", 400, "tick: Expected `object`"),
        ("tick", b"{}", 400, "seconds"),
        ("tick", b'{"seconds": -1}', 400, "must be 0 or more"),
        ("tick", b'{"minutes": 1}', 400, "minutes"),
    ],
)
async def test_what_is_asked_wrongly_is_told(open_sandbox, name, body, status, message):
    _, http = await open_sandbox(offers=5)
    answer = await http.send("POST", f"/__sandbox/{name}", data=body)
    assert answer.status == status
    assert message in answer.json["error"]


RIGHT = {"str": "1", "bytes | str": "1", "int": 1, "float": 1.0, "decimal.Decimal | int | float | str": 1}


def right(kind: str) -> object:
    """Something that an argument of this type may be."""
    return kind.split("'")[1] if "Literal" in kind else RIGHT.get(kind, {})


def wrong(kind: str) -> list[object]:
    """What an argument of this type may not be."""
    return [[[]], *([123] if kind.startswith("str") else [2**63] if kind.startswith("int") else [])]


async def test_every_hand_tells_which_argument_has_a_wrong_type(open_sandbox):
    _, http = await open_sandbox(offers=5)
    before = await http.post("/__sandbox/orders/place")
    for name, hand in (await http.get("/__sandbox/")).json["hands"].items():
        # Whatever else there is in the card of a product may be anything.
        kinds = {key: each["type"] for key, each in hand["arguments"].items() if key != "card"}
        needed = {key: right(kind) for key, kind in kinds.items() if hand["arguments"][key].get("required")}
        for argument, kind in kinds.items():
            for value in wrong(kind):
                answer = await http.post(f"/__sandbox/{name}", needed | {argument: value})
                assert answer.status == 400, (name, argument, value)
                error = answer.json["error"]
                assert error.startswith(f"{name}: Expected `"), (argument, value, error)
                assert f"`$.{argument}" in error, (name, value, error)
    assert before.json["result"] in [
        order["id"] for order in (await http.get(f"{http.campaign}/orders")).json["orders"]
    ]


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("products/get", {"offer_id": 123}, "products/get: Expected `str`, got `int` - at `$.offer_id`"),
        ("products/get", {"offer_id": "ЛАМПА", "__class__": 1}, "__class__"),
        ("products/add", {"offer_id": "Л", "price": "дёшево"}, "price=дёшево: must be a number above 0"),
        ("products/add", {"offer_id": "Л", "price": "NaN"}, "price=NaN: must be a number above 0"),
        ("products/add", {"offer_id": "Л", "discount_base": 0}, "discount_base=0: must be a number above 0"),
        ("chats/send_file", {"chat_id": 1, "name": "а", "content": 1}, "Expected `str`, got `int` - at `$.content`"),
        ("reports/fail_next", {"times": 2**63 - 1}, "must be from 1 to 100000"),
        ("reports/takes", {"seconds": 1e300}, "must be 0 or more, and end before the year 9000"),
        ("promos/add", {"name": "А", "starts_in": 1e300}, "starts_in: must lead to a moment between the years"),
        ("promos/add", {"name": "А", "lasts": -1e18}, "lasts: must lead to a moment between the years"),
        ("returns/open", {"order_id": 1, "pictures": 10**12}, "pictures=1000000000000: must be from 0 to 100"),
        ("tick", {"seconds": 1e18}, "must be 0 or more, and keep the clock before the year 9000"),
    ],
)
async def test_what_a_hand_cannot_take_changes_nothing(open_sandbox, name, body, message):
    _, http = await open_sandbox(offers=5)
    answer = await http.post(f"/__sandbox/{name}", body)
    assert (answer.status, message in answer.json["error"]) == (400, True), answer.json
    assert (await http.post("/__sandbox/products/add", {"offer_id": "Л"})).json == {"result": "Л"}
    assert (await http.post(f"{http.business}/promos")).status == 200


async def test_numbers_and_text_are_taken_as_money(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    (offer_id, *_) = sandbox.offer_ids()
    for value in (100, 100.5, "100.25"):
        assert (await http.post("/__sandbox/prices/set", {"offer_id": offer_id, "value": value})).status == 200
        assert (await http.post("/__sandbox/prices/get", {"offer_id": offer_id})).json["result"] == float(value)
    assert (await http.post("/__sandbox/products/finish_cards", {"offer_ids": [offer_id]})).json["result"] == [offer_id]
    barcodes = ["4600000000001"]
    assert (await http.post("/__sandbox/products/add", {"offer_id": "Л", "barcodes": barcodes})).status == 200


async def test_other_verbs_are_not_taken(open_sandbox):
    _, http = await open_sandbox(offers=5)
    assert (await http.send("PUT", "/__sandbox/tick")).status == 405


def test_code_without_a_loop_uses_it():
    with Sandbox(offers=5) as sandbox:
        path = f"/v2/businesses/{sandbox.business_id}/chats"
        assert ask(sandbox, path, {})["status"] == "OK"
        sandbox.tick(60)
        assert ask(sandbox, "/__sandbox/now", {})["result"] == pytest.approx(sandbox.now(), abs=5)


def test_a_second_loop_uses_the_same_sandbox():
    async def count(sandbox: Sandbox) -> int:
        async with aiohttp.ClientSession(headers={"Api-Key": sandbox.api_key}) as session:
            url = f"{sandbox.url}/v2/businesses/{sandbox.business_id}/chats"
            async with session.post(url, json={}) as response:
                return len((await response.json())["result"]["chats"])

    sandbox = Sandbox(offers=5)
    sandbox.open()
    try:
        assert asyncio.run(count(sandbox)) == asyncio.run(count(sandbox)) > 0
    finally:
        sandbox.close()


def test_a_loop_that_is_blocked_gets_its_answers():
    """As FastAPI's TestClient does: the code under test runs in a loop while the test waits in another."""

    async def blocking() -> object:
        with Sandbox(offers=5) as sandbox:
            return ask(sandbox, f"/v2/businesses/{sandbox.business_id}/chats", {})["status"]

    assert asyncio.run(blocking()) == "OK"


def test_the_test_client_of_fastapi_uses_it():
    """The application runs in a loop of the client's, in a thread of its own."""
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()
    with Sandbox(offers=5) as sandbox, testclient.TestClient(app) as client:

        @app.get("/waiting")
        async def waiting() -> int:
            async with aiohttp.ClientSession(headers={"Api-Key": sandbox.api_key}) as session:
                url = f"{sandbox.url}/v2/businesses/{sandbox.business_id}/chats"
                async with session.post(url, json={"statuses": ["WAITING_FOR_PARTNER"]}) as response:
                    return len((await response.json())["result"]["chats"])

        before = client.get("/waiting").json()
        sandbox.chats.start("Алло")
        assert client.get("/waiting").json() == before + 1


def test_many_threads_use_it_at_once():
    with Sandbox(offers=5, parallel=50) as sandbox:
        threads = [threading.Thread(target=sandbox.chats.start, args=(str(number),)) for number in range(20)]
        for thread in threads:
            thread.start()
        for _ in range(20):
            ask(sandbox, f"/v2/businesses/{sandbox.business_id}/chats", {})
        for thread in threads:
            thread.join()
        hands = {"contextTypes": ["DIRECT"]}
        found, token = [], ""
        while True:
            path = f"/v2/businesses/{sandbox.business_id}/chats?limit=20{token}"
            result = ask(sandbox, path, hands)["result"]
            found += [chat["chatId"] for chat in result["chats"]]
            if "nextPageToken" not in result["paging"]:
                break
            token = "&pageToken=" + urllib.request.quote(result["paging"]["nextPageToken"])
        assert len(set(found)) == len(found) == 32


LOOPS = """
import aiohttp, pytest
from yamarket_async.sandbox import Sandbox

@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(offers=5) as sandbox:
        yield sandbox

async def count(sandbox):
    async with aiohttp.ClientSession(headers={"Api-Key": sandbox.api_key}) as session:
        url = f"{sandbox.url}/v2/businesses/{sandbox.business_id}/chats"
        async with session.post(url, json={}) as response:
            return len((await response.json())["result"]["chats"])

@pytest.mark.asyncio(loop_scope="module")
async def test_in_the_loop_of_the_module(sandbox):
    assert await count(sandbox) == 10

@pytest.mark.asyncio(loop_scope="function")
async def test_in_a_loop_of_its_own(sandbox):
    assert await count(sandbox) == 10

@pytest.mark.asyncio(loop_scope="session")
async def test_in_the_loop_of_the_session(sandbox):
    async with Sandbox(offers=5) as other:
        assert await count(other) == await count(sandbox) == 10
"""

ANYIO = """
import aiohttp, pytest
from yamarket_async.sandbox import Sandbox

@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.fixture(scope="session")
def sandbox():
    with Sandbox(offers=5) as sandbox:
        yield sandbox

@pytest.mark.anyio
@pytest.mark.parametrize("number", [1, 2])
async def test_in_a_loop_of_anyio(sandbox, number):
    async with aiohttp.ClientSession(headers={"Api-Key": sandbox.api_key}) as session:
        url = f"{sandbox.url}/v2/businesses/{sandbox.business_id}/chats"
        async with session.post(url, json={}) as response:
            assert response.status == 200
"""


def run(directory: Path, source: str, *plugins: str) -> str:
    """Run a test file of somebody else in a process of its own, with these plugins."""
    file = directory / "test_theirs.py"
    file.write_text(source)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
    for plugin in plugins:
        command += ["-p", plugin]
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=directory, env=env, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.usefixtures("unmeasured")
def test_every_scope_of_loops_uses_it(tmp_path):
    assert "3 passed" in run(tmp_path, LOOPS, "pytest_asyncio.plugin")


@pytest.mark.usefixtures("unmeasured")
def test_the_plugin_of_anyio_uses_it(tmp_path):
    pytest.importorskip("anyio")
    assert "2 passed" in run(tmp_path, ANYIO, "anyio.pytest_plugin")
