"""Whom the pretend Market lets in: keys, tokens, stores that are switched off, and the header X-Business-Id."""

import aiohttp
import pytest

from yamarket_async.sandbox import Sandbox, surface


@pytest.mark.parametrize(
    ("headers", "status", "message"),
    [
        ({}, 401, "Credentials are not specified"),
        ({"Api-Key": ""}, 401, "Api-Key token is not specified"),
        ({"Api-Key": "x"}, 401, "Api-Key token prefix invalid"),
        ({"Api-Key": "ACMA:x"}, 401, "Api-Key token format invalid"),
        ({"Api-Key": "ACMA:x:y"}, 401, "Api-Key token length invalid"),
        ({"Api-Key": f"ACMA:{'x' * 40}:{'y' * 8}"}, 401, "Api-Key token is invalid"),
        ({"Authorization": "Basic x"}, 401, "Authorization header has invalid syntax"),
        ({"Authorization": "Bearer "}, 401, "OAuth token is not specified"),
        ({"Authorization": "Bearer x"}, 403, "OAuth token is invalid"),
    ],
)
async def test_credentials_are_refused_in_the_words_of_the_market(open_sandbox, headers, status, message):
    _, http = await open_sandbox(offers=1)
    answer = await http.send("GET", "/v2/campaigns", headers=headers)
    assert (answer.status, answer.message) == (status, message)


async def test_a_key_that_is_revoked_opens_nothing(open_sandbox):
    sandbox, http = await open_sandbox(offers=1)
    assert (await http.get("/v2/campaigns")).status == 200
    sandbox.revoked.add(sandbox.api_key)
    answer = await http.get("/v2/campaigns")
    assert (answer.status, answer.message) == (401, "Api-Key token is revoked")


async def test_a_store_says_why_it_is_switched_off_and_can_be_switched_on(open_sandbox):
    sandbox, http = await open_sandbox(offers=1)
    with pytest.raises(ValueError, match="must be one of"):
        sandbox.inactive.add(sandbox.campaign_id, "TIRED")
    sandbox.inactive.add(sandbox.campaign_id, "MANUALLY_DISABLED")
    assert (await http.hidden()).message == f"API for campaign '{sandbox.campaign_id}' manually disabled"
    sandbox.inactive.discard(sandbox.campaign_id)
    assert (await http.hidden()).status == 200


async def test_a_business_whose_stores_are_all_off_is_off_itself(open_sandbox):
    sandbox, http = await open_sandbox(offers=1, campaigns=2)
    sandbox.inactive.add(sandbox.campaign_ids[0])
    assert (await http.promo()).status == 200
    sandbox.inactive.add(sandbox.campaign_ids[1])
    answer = await http.promo()
    assert (answer.status, "only disabled partners" in answer.message) == (403, True)


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("{campaign}/hidden-offers", "x", 400),
        ("{campaign}/hidden-offers", "5", 403),
        ("{business}/settings", "5", 400),
        ("/v2/campaigns", "5", 403),
        ("{campaign}/hidden-offers", "own", 200),
    ],
)
async def test_the_header_x_business_id_must_name_the_business(open_sandbox, path, sent, status):
    sandbox, http = await open_sandbox(offers=1)
    named = str(sandbox.business_id) if sent == "own" else sent
    method = "POST" if path.endswith("settings") else "GET"
    answer = await http.send(
        method,
        path.format(campaign=http.campaign, business=http.business),
        headers={"Api-Key": sandbox.api_key, "X-Business-Id": named},
    )
    assert answer.status == status
    if status != 200:
        assert "X-Business-Id header" in answer.message


async def test_a_deprecated_method_is_refused_as_often_as_was_asked_for(open_sandbox):
    for degraded, status in ((1.0, 403), (0.0, 200)):
        _, http = await open_sandbox(offers=1, degraded=degraded)
        answer = await http.get(f"{http.campaign}/orders")
        assert answer.status == status
        assert (await http.get(f"{http.campaign}/hidden-offers")).status == 200
    with pytest.raises(ValueError, match="degraded=2: must be from 0 to 1"):
        Sandbox(degraded=2)


@pytest.mark.parametrize("campaigns", [["NOWHERE"], []])
def test_stores_have_models_that_there_are(campaigns):
    with pytest.raises(ValueError, match="models out of FBS, FBY"):
        Sandbox(campaigns=campaigns)


async def test_a_server_that_gives_up_hangs_up(open_sandbox, monkeypatch):
    monkeypatch.setattr(surface, "SERVER_TIMEOUT", 0.05)
    sandbox, http = await open_sandbox(offers=1, gives_up=True)
    assert (await http.offers()).status == 200
    sandbox.faults.next("hang", endpoint="getCampaignOffers")
    with pytest.raises(aiohttp.ClientError):
        await http.offers()


class TestWhatIsSent:
    async def test_a_required_parameter_may_not_be_left_out(self, open_sandbox):
        _, http = await open_sandbox(offers=1)
        answer = await http.get("/v2/regions")
        assert (answer.status, answer.message) == (400, "Required request parameter 'name' is not present")

    @pytest.mark.parametrize(
        ("path", "query"),
        [
            ("returns", {"fromDate": "yesterday"}),
            ("returns", {"fromDate": "2026-13-01"}),
            ("orders", {"updatedAtFrom": "2026-09-01T00:00:00"}),
            ("orders", {"updatedAtFrom": "now"}),
        ],
    )
    async def test_days_and_moments_of_a_query_are_read(self, open_sandbox, path, query):
        _, http = await open_sandbox(offers=1)
        answer = await http.get(f"{http.campaign}/{path}", **query)
        assert (answer.status, answer.message.startswith("Type mismatch")) == (400, True)

    @pytest.mark.parametrize("sent", ["soon", "2026-02-30", 5])
    async def test_days_of_a_body_are_read(self, open_sandbox, sent):
        _, http = await open_sandbox(offers=1)
        body = {"dateFrom": sent, "dateTo": "2026-09-01"}
        answer = await http.send(
            "PUT", f"{http.campaign}/first-mile/shipments", headers={"Api-Key": http.sandbox.api_key}, json=body
        )
        assert (answer.status, answer.message) == (400, "Illegal input at 'dateFrom'")

    async def test_a_list_of_a_query_has_its_bounds(self, open_sandbox):
        _, http = await open_sandbox(offers=1, campaigns=["DBS"])
        ids = ",".join(map(str, range(1, 502)))
        answer = await http.send(
            "DELETE",
            f"{http.campaign}/outlets/licenses",
            headers={"Api-Key": http.sandbox.api_key},
            query={"ids": ids},
        )
        assert (answer.status, answer.message) == (
            400,
            "'ids' size must be between '1' and '500' (rejected size: '501')",
        )

    async def test_a_form_has_a_boundary(self, open_sandbox):
        _, http = await open_sandbox(offers=1)
        answer = await http.send(
            "POST",
            f"{http.business}/chats/file/send?chatId=1",
            headers={"Api-Key": http.sandbox.api_key, "Content-Type": "multipart/form-data"},
            data=b"x",
        )
        assert answer.status == 400

    async def test_a_form_inside_a_form_is_passed_over(self, open_sandbox):
        _, http = await open_sandbox(offers=1)
        inner = aiohttp.MultipartWriter("mixed")
        inner.append("a")
        with aiohttp.MultipartWriter("form-data") as form:
            form.append(inner)
            answer = await http.send(
                "POST",
                f"{http.business}/chats/file/send?chatId=1",
                headers={"Api-Key": http.sandbox.api_key},
                data=form,
            )
        assert answer.status == 404, answer.body

    @pytest.mark.parametrize(
        "body",
        [b'{"offerIds":["\xff"]}', b'{"offerIds":' + b"[" * 200_000, b'{"offerIds":[1e999999999999999999999]}'],
        ids=["not UTF-8", "too deep", "a number that is none"],
    )
    async def test_a_body_that_can_not_be_read_is_refused(self, open_sandbox, body):
        _, http = await open_sandbox(offers=1)
        headers = {"Api-Key": http.sandbox.api_key, "Content-Type": "application/json"}
        answer = await http.send("POST", f"{http.campaign}/offers", headers=headers, data=body)
        assert (answer.status, answer.message.startswith("JSON: ")) == (400, True)

    async def test_a_body_that_may_be_left_out_may_be_null(self, open_sandbox):
        sandbox, http = await open_sandbox(offers=1)
        answer = await http.send(
            "POST",
            f"{http.business}/promos",
            headers={"Api-Key": sandbox.api_key, "Content-Type": "application/json"},
            data=b"null",
        )
        assert answer.status == 200
