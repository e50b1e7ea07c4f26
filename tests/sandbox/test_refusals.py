"""What the pretend Market refuses, with which status, code and words."""

import io

import pytest

LONG = "я" * 256


async def test_a_request_without_a_known_key_is_401(open_sandbox):
    sandbox, http = await open_sandbox()
    path = f"{http.campaign}/hidden-offers"
    for headers in ({}, {"Api-Key": ""}, {"Api-Key": "ACMA:x:y"}, {"Authorization": "Basic eDp5"}):
        answer = await http.send("GET", path, headers=headers)
        assert (answer.status, answer.json["errors"][0]["code"]) == (401, "UNAUTHORIZED")
    assert (await http.send("GET", path, headers={"Authorization": f"Bearer {sandbox.oauth_token}"})).status == 200
    assert (await http.send("GET", path, headers={"Api-Key": f"Bearer {sandbox.api_key}"})).status == 401


async def test_a_key_without_the_scope_is_403_and_the_scopes_are_named(open_sandbox):
    keys = {
        "reader": ["offers-and-cards-management:read-only"],
        "promoter": ["promotion"],
        "nobody": [],
    }
    sandbox, http = await open_sandbox(keys=keys)
    delete = f"{http.campaign}/offers/delete"

    async def status(key: str, method: str, path: str, **body: object) -> int:
        return (await http.send(method, path, headers={"Api-Key": key}, **body)).status

    promo = {"promoId": sandbox.promo_id}
    assert await status("reader", "GET", f"{http.campaign}/hidden-offers") == 200
    assert await status("reader", "POST", f"{http.campaign}/offers", json={}) == 200
    assert await status("reader", "GET", "/v2/campaigns") == 200
    assert await status("reader", "POST", f"{http.business}/promos/offers", json=promo) == 403
    assert await status("promoter", "POST", f"{http.business}/promos/offers", json=promo) == 200
    assert await status("promoter", "GET", f"{http.campaign}/hidden-offers") == 403
    assert await status("nobody", "GET", "/v2/campaigns") == 403
    answer = await http.send("POST", delete, headers={"Api-Key": "reader"}, json={"offerIds": ["x"]})
    assert answer.status == 403
    said = "Token does not have any of the scopes to access the API method: all-methods, offers-and-cards-management"
    assert (answer.json["errors"][0]["code"], answer.message) == ("FORBIDDEN", said)


async def test_the_scopes_of_the_first_key_can_be_chosen(open_sandbox):
    _, http = await open_sandbox(scopes=["pricing:read-only"])
    assert (await http.promo()).status == 200
    assert (await http.offers()).status == 403


async def test_an_inactive_store_is_403_in_every_method_but_not_the_others(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=2)
    sandbox.inactive.add(sandbox.campaign_id)
    for answer in (await http.offers(), await http.hidden(), await http.delete(["x"]), await http.old_offers()):
        assert answer.status == 403
    assert (await http.get(f"/v2/campaigns/{sandbox.campaign_ids[1]}/hidden-offers")).status == 200


async def test_a_store_that_is_being_moved_is_423_for_deleting_only(open_sandbox):
    sandbox, http = await open_sandbox()
    sandbox.locked.add(sandbox.campaign_id)
    answer = await http.delete(sandbox.offer_ids()[:1])
    assert (answer.status, answer.json["errors"][0]["code"]) == (423, "LOCKED")
    assert (await http.offers()).status == 200
    sandbox.locked.clear()
    assert (await http.delete(sandbox.offer_ids()[:1])).status == 200


async def test_what_does_not_exist_is_404(open_sandbox):
    sandbox, http = await open_sandbox()
    answers = [
        await http.get("/v2/campaigns/1/hidden-offers"),
        await http.promo({"promoId": "cf_1"}),
        await http.get(f"/v3{http.campaign}/hidden-offers"),
        await http.get(f"/V2{http.campaign.removeprefix('/v2')}/hidden-offers"),
        await http.get("/"),
        await http.get("/v2/businesses"),
        await http.get(f"/v2/campaigns/{sandbox.campaign_id}/hidden-offers/"),
    ]
    assert [(answer.status, answer.json["errors"][0]["code"]) for answer in answers] == [(404, "NOT_FOUND")] * 7
    assert answers[0].message == "Campaign not found '1'"
    assert {answer.message for answer in answers[2:]} == {"Resource not found"}


async def test_another_business_is_403(open_sandbox):
    sandbox, http = await open_sandbox()
    answer = await http.post("/v2/businesses/1/promos/offers", {"promoId": sandbox.promo_id})
    assert (answer.status, answer.message) == (403, "Access denied")


async def test_another_http_method_is_405_and_the_right_one_is_named(open_sandbox):
    _, http = await open_sandbox()
    answer = await http.send("PUT", f"{http.campaign.removeprefix('/v2')}/offers")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST, GET")
    answer = await http.get(f"{http.campaign}/offers/delete")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert answer.json["errors"][0]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
async def test_a_body_that_is_not_declared_as_json_is_415(open_sandbox, content_type):
    sandbox, http = await open_sandbox()
    headers = {"Api-Key": sandbox.api_key, "Content-Type": content_type}
    answer = await http.send("POST", f"{http.campaign}/offers", headers=headers, data=b"{}")
    assert (answer.status, answer.json["errors"][0]["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
    headers["Content-Type"] = "application/json; charset=utf-8"
    assert (await http.send("POST", f"{http.campaign}/offers", headers=headers, data=b"{}")).status == 200


@pytest.mark.parametrize("campaign", ["abc", "1.5", "9223372036854775808", "٣"])
async def test_an_id_that_is_no_int64_is_400(open_sandbox, campaign):
    _, http = await open_sandbox()
    answer = await http.get(f"/v2/campaigns/{campaign}/hidden-offers")
    assert (answer.status, answer.message) == (400, f"Type mismatch: '{campaign}'")


@pytest.mark.parametrize("campaign", ["0", "-5"])
async def test_an_id_out_of_bounds_is_400(open_sandbox, campaign):
    _, http = await open_sandbox()
    answer = await http.get(f"/v2/campaigns/{campaign}/hidden-offers")
    said = f"'campaignId' must be greater than or equal to '1' (rejected value: {campaign})"
    assert (answer.status, answer.message) == (400, said)


async def test_a_parameter_without_a_value_is_as_good_as_not_sent(open_sandbox):
    # So httpx writes what is None.
    _, http = await open_sandbox(offers=120)
    answer = await http.offers(limit="", page_token="")
    assert answer.status == 200
    assert len(answer.json["result"]["offers"]) == 100
    described = await http.post(f"{http.business}/offer-mappings", language="", limit="")
    assert described.status == 200
    stores = await http.get("/v2/campaigns", page="", pageSize="")
    assert [store["id"] for store in stores.json["campaigns"]] == [http.sandbox.campaign_id]


async def test_a_parameter_that_must_be_sent_needs_a_value(open_sandbox):
    _, http = await open_sandbox()
    answer = await http.get(f"{http.business}/chat", chatId="")
    assert (answer.status, answer.message) == (400, "Required request parameter 'chatId' is not present")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1e2", "2147483648", "99999999999999999999999"])
async def test_a_limit_out_of_bounds_is_400(open_sandbox, limit):
    _, http = await open_sandbox()
    for call in (http.offers, http.hidden, http.promo):
        answer = await call(limit=limit)
        assert answer.status == 400
        assert "limit" in answer.message or answer.message == f"Type mismatch: '{limit}'"


async def test_the_greatest_page_is_that_of_the_method(open_sandbox):
    _, http = await open_sandbox()
    for call, most in ((http.offers, 200), (http.hidden, 500), (http.promo, 500)):
        assert (await call(limit=most)).status == 200
        assert (await call(limit=most + 1)).status == 400
    assert (await http.get("/v2/campaigns", limit=100)).status == 200
    assert (await http.get("/v2/campaigns", limit=101)).status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"page": 0},
        {"page": 10_001},
        {"page": "x"},
        {"pageSize": 0},
        {"pageSize": -1},
        {"matched": "maybe"},
        {"currency": "RUB"},
        {"feedId": "x"},
        {"feedId": 0},
    ],
)
async def test_old_offers_with_a_bad_query_are_400(open_sandbox, query):
    _, http = await open_sandbox()
    answer = await http.old_offers(**query)
    assert answer.status == 400
    (name, value), *_ = query.items()
    assert f"'{name}'" in answer.message or answer.message == f"Type mismatch: '{value}'"
    assert (await http.old_offers(page=10_000)).json["offers"] == []


BAD_SKUS = [[], ["  "], [""], [LONG], ["a\nb"], ["a\x00"], ["\x7f"], ["a", "a"], ["a", " a "], ["a\n"], [1], "a"]


@pytest.mark.parametrize("offer_ids", BAD_SKUS)
async def test_bad_product_ids_in_a_body_are_400(open_sandbox, offer_ids):
    _, http = await open_sandbox()
    for answer in (await http.delete(offer_ids), await http.offers({"offerIds": offer_ids})):
        assert (answer.status, answer.json["errors"][0]["code"]) == (400, "BAD_REQUEST")
        assert "offerIds" in answer.message


@pytest.mark.parametrize("offer_ids", [["  "], [LONG], ["a\nb"], ["a", "a"]])
async def test_bad_product_ids_in_a_query_are_400(open_sandbox, offer_ids):
    _, http = await open_sandbox()
    query = [("offer_id", offer_id) for offer_id in offer_ids]
    answer = await http.send("GET", f"{http.campaign}/hidden-offers", query=query)
    assert answer.status == 400
    assert "offer_id" in answer.message


async def test_product_ids_may_have_whatever_the_pattern_allows(open_sandbox):
    _, http = await open_sandbox()
    fine = ["я" * 255, "a\tb", "  x  ", "\u00a0y", "ё" * 254 + " ", "'\"\\/<>&?#%+", "\U0001f600"]
    answer = await http.delete(fine)
    assert answer.json["result"]["notDeletedOfferIds"] == [offer_id.strip(" ") for offer_id in fine]


async def test_lists_of_products_have_a_greatest_length(open_sandbox):
    _, http = await open_sandbox()
    names = [f"x{number}" for number in range(501)]
    assert (await http.delete(names[:500])).status == 200
    assert (await http.delete(names)).status == 400
    assert (await http.offers({"offerIds": names[:200]})).status == 200
    assert (await http.offers({"offerIds": names[:201]})).status == 400


async def test_product_ids_go_with_no_other_filter_and_no_page(open_sandbox):
    sandbox, http = await open_sandbox()
    token = (await http.offers(limit=1)).next_token
    some = {"offerIds": sandbox.offer_ids()[:3]}
    for more in ({"statuses": ["PUBLISHED"]}, {"categoryIds": [1]}, {"vendorNames": ["x"]}, {"tags": ["x"]}):
        answer = await http.offers(some | more)
        assert answer.status == 400
        assert "offerIds" in answer.message
    for query in ({"limit": 10}, {"page_token": token}, {"pageToken": token}):
        assert (await http.offers(some, **query)).status == 400
    assert (await http.offers(some, page_token="")).status == 200


@pytest.mark.parametrize(
    "body",
    [
        {"statuses": []},
        {"statuses": ["ACTIVE"]},
        {"statuses": ["PUBLISHED", "PUBLISHED"]},
        {"statuses": "PUBLISHED"},
        {"categoryIds": []},
        {"categoryIds": [2**31]},
        {"categoryIds": ["1"]},
        {"categoryIds": [1, 1]},
        {"vendorNames": []},
        {"vendorNames": ["x", "x"]},
        {"tags": []},
        {"tags": [None]},
    ],
)
async def test_bad_filters_of_campaign_offers_are_400(open_sandbox, body):
    _, http = await open_sandbox()
    answer = await http.offers(body)
    assert answer.status == 400
    assert next(iter(body)) in answer.message


@pytest.mark.parametrize(
    "body",
    [
        {"statuses": []},
        {"statuses": ["MANUAL"]},
        {"statuses": ["RENEWED", "RENEWED"]},
        {"promoId": None},
        {"promoId": 1},
    ],
)
async def test_bad_filters_of_promo_offers_are_400(open_sandbox, body):
    _, http = await open_sandbox()
    answer = await http.promo(body)
    assert answer.status == 400
    assert next(iter(body)) in answer.message


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"offerIds": "x"}'])
async def test_a_body_that_can_not_be_read_is_400(open_sandbox, body):
    sandbox, http = await open_sandbox()
    headers = {"Api-Key": sandbox.api_key, "Content-Type": "application/json"}
    for path in (f"{http.campaign}/offers", f"{http.campaign}/offers/delete", f"{http.business}/promos/offers"):
        answer = await http.send("POST", path, headers=headers, data=body)
        assert (answer.status, answer.json["errors"][0]["code"]) == (400, "BAD_REQUEST")
    answer = await http.send("POST", f"{http.campaign}/offers/delete", headers=headers, data=b"{}")
    assert (answer.status, answer.message) == (400, "'offerIds' must not be null (rejected value: null)")


async def test_a_body_of_over_512_kb_is_too_big(open_sandbox):
    sandbox, http = await open_sandbox()
    headers = {"Api-Key": sandbox.api_key, "Content-Type": "application/json"}

    async def send(size: int):
        data = b'{"tags":["sale"]' + b" " * (size - 17) + b"}"
        assert len(data) == size
        return await http.send("POST", f"{http.campaign}/offers", headers=headers, data=io.BytesIO(data))

    assert (await send(512 * 1024)).status == 200
    for size in (512 * 1024 + 1, 3 * 1024 * 1024):
        answer = await send(size)
        said = "The request is too big: Maximum allowed request size must be less than '512' KB, but passed '"
        assert answer.status == 400
        assert answer.message.startswith(said)


async def test_a_url_of_over_8_kb_is_414(open_sandbox):
    _, http = await open_sandbox()
    assert (await http.hidden(page_token="x" * 8_000)).status == 400
    for size in (8_192, 60_000, 200_000):
        answer = await http.hidden(page_token="x" * size)
        assert (answer.status, answer.json["errors"][0]["code"]) == (414, "URI_TOO_LONG")


async def test_a_url_without_end_is_refused_and_the_sandbox_lives_on(open_sandbox):
    _, http = await open_sandbox()
    assert (await http.hidden(page_token="x" * 400_000)).status == 400
    assert (await http.hidden()).status == 200


async def test_a_key_that_was_revoked_opens_nothing(open_sandbox):
    sandbox, http = await open_sandbox()
    sandbox.revoked.add(sandbox.api_key)
    answer = await http.get("/v2/campaigns")
    assert (answer.status, answer.message) == (401, "Api-Key token is revoked")


async def test_a_token_of_an_account_that_was_logged_out_opens_nothing(open_sandbox):
    sandbox, http = await open_sandbox()
    sandbox.revoked.add(sandbox.oauth_token)
    answer = await http.send("GET", "/v2/campaigns", headers={"Authorization": f"Bearer {sandbox.oauth_token}"})
    words = "OAuth token is invalid (account has been globally logged out)"
    assert (answer.status, answer.message) == (403, words)


@pytest.mark.parametrize(
    ("content_type", "message"),
    [("text/plain", "Content type 'text/plain' not supported"), ("json", "Unknown content-type: 'json'")],
)
async def test_a_body_of_another_type_is_415(open_sandbox, content_type, message):
    sandbox, http = await open_sandbox()
    headers = {"Api-Key": sandbox.api_key, "Content-Type": content_type}
    answer = await http.send("POST", f"{http.campaign}/offers", headers=headers, data=b"{}")
    assert (answer.status, answer.message) == (415, message)
