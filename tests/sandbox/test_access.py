"""Whom the pretend Market lets in: keys, tokens, stores that are switched off, and the header X-Business-Id."""

import asyncio
import gzip
import io
import os
import zlib

import aiohttp
import msgspec
import pytest
from aiohttp.http_parser import HttpRequestParserPy
from yarl import URL

from yamarket_async.sandbox import Sandbox, surface

BODY = b'{"statuses":["PUBLISHED"]}'
BOMB = gzip.compress(b" " * 10**8, compresslevel=1)


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

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [
            ("gzip", gzip.compress(BODY)),
            ("GZip", gzip.compress(BODY[:9]) + gzip.compress(BODY[9:])),
            ("x-gzip", gzip.compress(BODY)),
            ("deflate", zlib.compress(BODY)),
            ("deflate", zlib.compress(BODY, wbits=-zlib.MAX_WBITS)),
            ("identity", BODY),
            ("", BODY),
        ],
        ids=["gzip", "two files", "x-gzip", "deflate", "deflate without its header", "identity", "nothing"],
    )
    async def test_a_packed_body_is_unpacked(self, open_sandbox, encoding, body):
        sandbox, http = await open_sandbox(offers=1)
        headers = {"Api-Key": sandbox.api_key, "Content-Type": "application/json", "Content-Encoding": encoding}
        answer = await http.send("POST", f"{http.campaign}/offers", headers=headers, data=body)
        assert (answer.status, answer.json["status"]) == (200, "OK")
        assert sandbox.requests[-1].body == BODY
        assert (await http.send("GET", "/v2/campaigns", headers=headers | {"Content-Encoding": "br"})).status == 200

    @pytest.mark.parametrize(
        ("encoding", "body", "status", "words"),
        [
            ("gzip", b"{}", 400, "JSON: the body is not packed with 'gzip'"),
            ("deflate", b"{}", 400, "JSON: the body ends in the middle of what 'deflate' has packed"),
            ("deflate", b"x{}", 400, "JSON: the body is not packed with 'deflate'"),
            ("gzip", gzip.compress(BODY)[:-9], 400, "JSON: the body ends in the middle of what 'gzip' has packed"),
            ("gzip", gzip.compress(BODY) + b"x", 400, "JSON: the body"),
            ("br", b"{}", 415, "Content encoding 'br' not supported"),
            ("zstd", b"{}", 415, "Content encoding 'zstd' not supported"),
            ("gzip, gzip", b"{}", 415, "Content encoding 'gzip, gzip' not supported"),
            ("gzip", BOMB, 400, "The request is too big: "),
            ("gzip", os.urandom(600_000), 400, "The request is too big: "),
        ],
        ids=[
            "no gzip",
            "no deflate",
            "no deflate with its header",
            "cut short",
            "too long",
            "br",
            "zstd",
            "twice",
            "bomb",
            "big",
        ],
    )
    async def test_a_body_that_is_not_packed_as_it_says_is_refused(
        self, open_sandbox, capfd, encoding, body, status, words
    ):
        sandbox, http = await open_sandbox(offers=1)
        headers = {"Api-Key": sandbox.api_key, "Content-Type": "application/json", "Content-Encoding": encoding}
        answer = await http.send("POST", f"{http.campaign}/offers", headers=headers, data=body)
        assert (answer.status, answer.json["status"]) == (status, "ERROR")
        assert answer.message.startswith(words), answer.message
        assert sandbox.counts["getCampaignOffers", status] == sandbox.counts["requests"] == 1
        told = await http.send("POST", "/__sandbox/now", headers=headers, data=body)
        told_status = 413 if len(body) == len(BOMB) else status
        assert (told.status, set(told.json)) == (told_status, {"error"})
        assert capfd.readouterr().err == ""
        assert (await http.offers()).status == 200

    @pytest.mark.parametrize(
        ("header", "status", "message"),
        [
            ("X-Business-Id", 400, "Incorrect X-Business-Id header value: '?'"),
            ("Content-Type", 415, "Unknown content-type: '?'"),
            ("Content-Encoding", 415, "Content encoding '?' not supported"),
        ],
    )
    async def test_a_header_that_is_no_text_is_quoted_as_far_as_it_can_be(self, open_sandbox, header, status, message):
        sandbox, _ = await open_sandbox(offers=1)
        head = f"POST /v2/campaigns/{sandbox.campaign_id}/offers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        rest = f"Api-Key: {sandbox.api_key}\r\nContent-Length: 2\r\n{header}: ".encode() + b"\xff\r\n\r\n{}"
        reader, writer = await asyncio.open_connection(*URL(sandbox.url).raw_authority.split(":"))
        writer.write(head.encode() + rest)
        answer = await reader.read()
        writer.close()
        assert answer.startswith(f"HTTP/1.1 {status} ".encode())
        assert msgspec.json.decode(answer.rpartition(b"\r\n")[2])["errors"][0]["message"] == message
        assert sandbox.counts["getCampaignOffers", status] == 1

    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    async def test_a_form_may_be_packed(self, open_sandbox, encoding):
        sandbox, http = await open_sandbox(offers=1)
        chat_id = sandbox.chats.start("Алло")
        content = b"--b\r\nContent-Disposition: form-data; name=file; filename=a.png\r\n\r\nx\r\n--b--\r\n"
        headers = {
            "Api-Key": sandbox.api_key,
            "Content-Type": "multipart/form-data; boundary=b",
            "Content-Encoding": encoding,
        }
        body = gzip.compress(content) if encoding == "gzip" else content
        path = f"{http.business}/chats/file/send?chatId={chat_id}"
        assert (await http.send("POST", path, headers=headers, data=body)).status == 200
        answer = await http.send("POST", path, headers=headers | {"Content-Encoding": "gzip"}, data=content)
        assert (answer.status, answer.message[:12]) == (400, "JSON: the bo")

    async def test_a_form_has_bounds(self, open_sandbox):
        _, http = await open_sandbox(offers=1)
        form = aiohttp.FormData({"file": io.BytesIO(b"x" * (16 * 2**20))})
        answer = await http.send("POST", f"{http.business}/chats/file/send?chatId=1", data=form)
        assert (answer.status, answer.message) == (400, "The request is too big")
        assert (await http.send("POST", "/__sandbox/now", data=io.BytesIO(b" " * (2**24 + 1)))).status == 413

    async def test_chunks_that_are_none_are_refused(self, open_sandbox, monkeypatch):
        # The one in C doesn't tell who waits for the body.
        monkeypatch.setattr("aiohttp.web_protocol.HttpRequestParser", HttpRequestParserPy)
        sandbox, http = await open_sandbox(offers=1)
        reader, writer = await asyncio.open_connection(*URL(sandbox.url).raw_authority.split(":"))
        head = f"POST {http.campaign}/offers HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n"
        writer.write(head.encode())
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(b"zz\r\n")
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b'"status":"ERROR"' in answer
        assert sandbox.counts[400] == 1

    async def test_a_body_that_may_be_left_out_may_be_null(self, open_sandbox):
        sandbox, http = await open_sandbox(offers=1)
        answer = await http.send(
            "POST",
            f"{http.business}/promos",
            headers={"Api-Key": sandbox.api_key, "Content-Type": "application/json"},
            data=b"null",
        )
        assert answer.status == 200
