"""What the sandbox answers where no code of its own knows better: by the types of the description, always the same."""

from collections.abc import Coroutine
from typing import Any

import msgspec
import pytest

from tests.table.making import arguments
from yamarket_async import MarketClient, Upload
from yamarket_async.arguments import request_of
from yamarket_async.bulk import Batches
from yamarket_async.checking import bounds_of, without_none
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.families import endpoints
from yamarket_async.families.reports.models import GenerateReport
from yamarket_async.files import File
from yamarket_async.models.base import OpenEnum
from yamarket_async.paging import Pager
from yamarket_async.sandbox import Sandbox, market
from yamarket_async.sandbox.calls import Call, Key, encoder
from yamarket_async.sandbox.synthesis import Synthesis

ALL = list(endpoints().values())
every = pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: endpoint.name)
answered = pytest.mark.parametrize("endpoint", [e for e in ALL if e.response], ids=lambda endpoint: endpoint.name)
MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")


@pytest.fixture(scope="module")
def sandbox():
    with pytest.MonkeyPatch.context() as patch, Sandbox(offers=1, campaigns=MODELS, window=0.2) as running:
        patch.setattr(market, "handlers", dict)
        yield running


@pytest.fixture(scope="module")
def unopened():
    return Sandbox(offers=1, seed=7)


def given_to(endpoint: Endpoint, sandbox: Sandbox, *, full: bool) -> dict[str, Any]:
    given = arguments(endpoint, full=full)
    if "campaign_id" in given and "{campaignId}" in endpoint.path:
        given["campaign_id"] = sandbox.campaign_ids[MODELS.index(endpoint.models[0])]
    if "business_id" in given:
        given["business_id"] = sandbox.business_id
    return given | ({"file": Upload(b"content", name="a.pdf")} if endpoint.upload else {})


@every
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_every_method_returns_what_it_promises(sandbox, endpoint):
    for full in (False, True):
        sandbox.tick(1)  # a report may be begun once in a window
        async with MarketClient(sandbox.api_key, base_url=sandbox.url, max_wait=5) as client:
            made = getattr(client, snake(endpoint.name))(**given_to(endpoint, sandbox, full=full))
            if endpoint.report:
                assert isinstance(await made.start(), GenerateReport)
                continue
            result = await made
        if isinstance(made, Pager):
            assert isinstance(result, list)
        elif isinstance(made, Batches):
            assert result.unconfirmed == []
        elif endpoint.files:
            assert isinstance(result, File)
        else:
            assert isinstance(made, Coroutine)
            assert (result is None) == (endpoint.result == "")


def called(endpoint: Endpoint, sandbox: Sandbox, *, full: bool, **body: Any) -> Call:
    request = request_of(endpoint, arguments(endpoint, full=full))
    sent = msgspec.json.decode(request.body or b"{}")
    return Call(
        endpoint,
        sandbox.world,
        {parameter.name: 7 for parameter in endpoint.parameters},
        Key("key", ()),
        1_790_000_000.0,
        query=dict(request.query),
        body=sent | body,
        content=request.body or b"",
        limit=endpoint.pages.size or 50 if endpoint.pages else 0,
    )


@answered
def test_an_answer_is_one_by_its_struct_and_the_same_for_the_same_question(unopened, endpoint):
    for full in (False, True):
        first, second = (Synthesis(7).answer(called(endpoint, unopened, full=full)) for _ in range(2))
        assert first == second
        answer = endpoint.decoder.decode(encoder.encode(first))
        assert answer.status == "OK"
        for kind, value in values_in(endpoint.response, first):
            bare, bounds = bounds_of(without_none(kind))
            if isinstance(bare, type) and issubclass(bare, OpenEnum):
                assert value in bare.__members__
            if isinstance(value, str) and bounds.max_length:
                assert len(value) <= bounds.max_length


def values_in(kind: Any, value: Any) -> Any:
    """Give each value of an answer that is no struct and no list, with its type."""
    bare, _ = bounds_of(without_none(kind))
    if isinstance(value, list):
        for each in value:
            yield from values_in(bare.__args__[0], each)
    elif isinstance(value, dict):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(bare)}
        for name, inside in value.items():
            if name != "status" or inside != "OK":
                yield from values_in(fields[name], inside)
    else:
        yield kind, value


def test_another_seed_gives_another_answer(unopened):
    call = called(endpoints()["getOrder"], unopened, full=False)
    assert Synthesis(7).answer(call) != Synthesis(8).answer(call)


def test_a_list_has_an_item_for_each_id_that_was_asked_for(unopened):
    call = called(endpoints()["getCampaignOffers"], unopened, full=False, offerIds=["b", "a", "c"])
    made = Synthesis(7).answer(call)
    assert [offer["offerId"] for offer in made["result"]["offers"]] == ["b", "a", "c"]
    assert made["result"]["paging"] == {}


def test_such_an_id_may_lie_deeper_in_the_item(unopened):
    call = called(endpoints()["getGoodsQuestions"], unopened, full=False, questionIds=[5, 3])
    made = Synthesis(7).answer(call)
    assert [question["questionIdentifiers"]["id"] for question in made["result"]["questions"]] == [5, 3]


def test_a_page_has_no_more_items_than_were_asked_for(unopened):
    call = called(endpoints()["getCampaignOffers"], unopened, full=False)
    call.limit = 1
    assert len(Synthesis(7).answer(call)["result"]["offers"]) == 1
