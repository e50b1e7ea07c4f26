"""Documents of products: added, replaced, deleted, and found in the registry after a while."""

from datetime import UTC, datetime, timedelta

import pytest

from yamarket_async import MarketClient
from yamarket_async.sandbox import Sandbox

KIND = "CONFORMITY_CERTIFICATE"


def document(number="ЕАЭС 1", **fields):
    return {"number": number, "type": KIND, **fields}


async def create(http, *documents):
    return await http.ok("createDocuments", {"documents": list(documents)})


async def get(http, **filters):
    return (await http.ok("getDocuments", filters))["result"]["documents"]


async def test_documents_are_read_back(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    sent = document(activeFromDate="2026-01-01", activeToDate="2099-01-01")
    answer = await create(http, sent)
    assert answer["status"] == "OK"
    (made,) = answer["result"]["documents"]
    assert made == sent | {"id": made["id"], "status": "VALIDATING"}
    assert await get(http, documentIds=[made["id"]]) == [made]
    sandbox.tick(600)
    assert (await get(http, documentNumbers=["ЕАЭС 1"]))[0]["status"] == "ACTIVE"
    assert await http.ok("deleteDocuments", {"documentIds": [made["id"], 5]}) == {"status": "OK"}
    assert await get(http, documentIds=[made["id"]]) == []


async def test_the_ids_of_new_documents_come_with_their_batch():
    async with Sandbox(offers=0) as sandbox, MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
        (batch,) = [each async for each in market.create_documents(sandbox.business_id, [document()])]
        (made,) = batch.answers[0].result.documents
        assert await market.get_documents(sandbox.business_id, document_ids=[made.id]) == [made]


async def test_documents_run_out(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    last = datetime.fromtimestamp(sandbox.now(), UTC).date() + timedelta(days=3)
    await create(http, document(activeToDate=last.isoformat()))
    sandbox.tick(2 * 86_400)
    assert (await get(http, documentNumbers=["ЕАЭС 1"]))[0]["status"] == "ACTIVE"
    sandbox.tick(3 * 86_400)
    assert (await get(http, documentNumbers=["ЕАЭС 1"]))[0]["status"] == "EXPIRED"


async def test_some_documents_may_fail_while_others_are_made(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await create(http, document("1"))
    answer = await create(
        http, document("1"), document("2"), document("3", activeFromDate="2026-02-01", activeToDate="2026-01-01")
    )
    assert answer["status"] == "ERROR"
    assert [each["number"] for each in answer["result"]["documents"]] == ["2"]
    assert [(each["number"], each["code"]) for each in answer["result"]["errors"]] == [
        ("1", "DOCUMENT_ALREADY_EXISTS"),
        ("3", "DOCUMENT_VALIDATION_FAILED"),
    ]
    assert set((await create(http, document("1")))["result"]) == {"errors"}


async def test_an_update_replaces_the_whole_document(open_sandbox):
    _, http = await open_sandbox(offers=0)
    (made,) = (await create(http, document(activeFromDate="2026-01-01")))["result"]["documents"]
    new = {"id": made["id"], "number": "ЕАЭС 2", "type": "STATE_REGISTRATION_CERTIFICATE", "activeToDate": "2099-01-01"}
    assert await http.ok("updateDocuments", {"documents": [new]}) == {"status": "OK"}
    assert await get(http, documentIds=[made["id"]]) == [new | {"status": "VALIDATING"}]


async def test_updates_fail_each_for_itself(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    made = (await create(http, *[document(str(number)) for number in range(5)]))["result"]["documents"]
    ids = [each["id"] for each in made]
    sandbox.documents.set_status(ids[1], "REVOKED")
    sandbox.documents.contest(ids[2])
    changes = [
        {"id": 5, **document("x")},
        {"id": ids[1], **document("1")},
        {"id": ids[2], **document("2")},
        {"id": ids[3], **document("0")},
        {"id": ids[4], **document("4", activeFromDate="2026-02-01", activeToDate="2026-01-01")},
        {"id": ids[0], **document("новый")},
    ]
    answer = await http.ok("updateDocuments", {"documents": changes[:5]})
    assert answer["status"] == "ERROR"
    assert [(each["id"], each["code"]) for each in answer["result"]["errors"]] == [
        (5, "DOCUMENT_NOT_FOUND"),
        (ids[1], "DOCUMENT_UPDATE_NOT_ALLOWED"),
        (ids[2], "DOCUMENT_CONCURRENT_MODIFICATION"),
        (ids[3], "DOCUMENT_ALREADY_EXISTS"),
        (ids[4], "DOCUMENT_VALIDATION_FAILED"),
    ]
    again = await http.ok("updateDocuments", {"documents": [changes[2], changes[5], changes[0]]})
    assert [each["id"] for each in again["result"]["errors"]] == [5]
    assert (await get(http, documentIds=[ids[0]]))[0]["number"] == "новый"


async def test_repeats_in_a_request_refuse_it(open_sandbox):
    _, http = await open_sandbox(offers=0)
    before = await get(http)
    status, _ = await http.refused("createDocuments", {"documents": [document(), document()]})
    assert status == 400
    twice = {"documents": [{"id": 5, **document("1")}, {"id": 5, **document("2")}]}
    assert (await http.refused("updateDocuments", twice))[0] == 400
    assert await get(http) == before


async def test_filters_all_have_to_match(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    made = (await create(http, document("1"), document("2")))["result"]["documents"]
    sandbox.documents.set_status(made[0]["id"], "NOT_FOUND")
    assert [each["number"] for each in await get(http, documentStatuses=["NOT_FOUND"])] == ["1"]
    assert [each["number"] for each in await get(http, documentTypes=[KIND], documentNumbers=["2", "3"])] == ["2"]
    assert await get(http, documentTypes=[KIND], documentStatuses=["REVOKED"]) == []
    assert len(await get(http, documentIds=[])) == 5
    sandbox.documents.set_status(made[0]["id"], None)
    assert (await get(http, documentNumbers=["1"]))[0]["status"] == "VALIDATING"


async def test_documents_are_paged(open_sandbox):
    _, http = await open_sandbox(offers=0)
    first = (await http.ok("getDocuments", {}, query={"limit": 2}))["result"]
    rest = (await http.ok("getDocuments", {}, query={"limit": 2, "pageToken": first["paging"]["nextPageToken"]}))[
        "result"
    ]
    assert len(first["documents"] + rest["documents"]) == 3
    status, message = await http.refused("getDocuments", {}, query={"limit": 101})
    assert (status, message) == (400, "Parameter limit must be less than or equal to '100' (rejected value: '101')")


def test_mistakes_of_a_test_are_errors():
    documents = Sandbox(offers=0).documents
    with pytest.raises(LookupError):
        documents.contest(5)
    with pytest.raises(ValueError, match="must be one of"):
        documents.set_status(5, "LOST")
