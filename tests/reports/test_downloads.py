"""Fetching the file of a report: from another host, without the key, whole however often it breaks off."""

import asyncio
import logging
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from tests.reports.conftest import QUICK
from tests.reports.hosts import ID, Host
from yamarket_async import MarketClient, reports, saving
from yamarket_async.errors import APIError, ClientClosed, DecodeError, InvalidRequest, TransportError


async def fetched(client: MarketClient) -> bytes:
    return (await client.report(ID)).content


def requests_for_parts(host: Host) -> list[str | None]:
    return [headers.get("Range") for headers in host.asked]


async def test_the_key_is_never_sent_to_the_host_of_files(client: MarketClient, host: Host) -> None:
    assert await fetched(client) == host.content
    (headers,) = host.asked
    assert "ACMA" not in str(headers)
    assert headers["User-Agent"].startswith("yamarket-async/")
    assert not {"Api-Key", "Authorization", "Cookie", "X-Market-Integration"} & set(headers)


async def test_headers_and_cookies_of_the_callers_session_stay_at_home(host: Host) -> None:
    headers = {"Api-Key": "ACMA:other", "Authorization": "Bearer 1", "X-Trace": "1"}
    async with (
        aiohttp.ClientSession(headers=headers, cookies={"a": "b"}) as session,
        MarketClient("ACMA:key", base_url=host.api, session=session) as client,
    ):
        assert await fetched(client) == host.content
    assert not {"Api-Key", "X-Trace", "Cookie", "Authorization"} & set(host.asked[0])


async def test_the_signature_of_a_link_is_left_as_it_is(client: MarketClient, host: Host) -> None:
    seen = []

    async def look(request: web.Request) -> web.StreamResponse:
        seen.append(request.raw_path)
        return await host.give(request)

    host.answers.append(look)
    await fetched(client)
    assert seen == ["/labels.pdf?sign=1%2Fx"]


async def test_a_download_that_breaks_off_goes_on_where_it_was(client: MarketClient, host: Host) -> None:
    host.answers.extend([100, 300, 5])
    assert await fetched(client) == host.content
    assert requests_for_parts(host) == [None, "bytes=100-", "bytes=400-", "bytes=405-"]
    assert {headers.get("If-Range") for headers in host.asked[1:]} == {'"one"'}
    assert host.links == 1


async def test_it_goes_on_also_where_the_host_names_no_version(client: MarketClient, host: Host) -> None:
    del host.headers["ETag"]
    host.answers.append(100)
    assert await fetched(client) == host.content
    assert requests_for_parts(host) == [None, "bytes=100-"]
    assert "If-Range" not in host.asked[1]


async def test_a_weak_version_is_no_version_of_single_bytes(client: MarketClient, host: Host) -> None:
    host.headers |= {"ETag": 'W/"one"', "Last-Modified": "Sun, 01 Nov 2026 00:00:00 GMT"}
    host.answers.append(100)
    assert await fetched(client) == host.content
    assert host.asked[1]["If-Range"] == "Sun, 01 Nov 2026 00:00:00 GMT"


async def test_a_file_that_was_changed_on_the_way_begins_anew(client: MarketClient, host: Host) -> None:
    async def change(request: web.Request) -> web.StreamResponse:
        host.content, host.headers["ETag"] = b"another file " * 50, '"two"'
        return await host.give(request)

    host.answers.extend([500, change])
    assert await fetched(client) == b"another file " * 50


async def test_a_file_that_became_empty_on_the_way_is_empty(client: MarketClient, host: Host) -> None:
    async def empty(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"")

    host.answers.extend([500, empty])
    assert await fetched(client) == b""


async def test_a_host_that_knows_no_parts_gives_all_anew(client: MarketClient, host: Host) -> None:
    async def whole(request: web.Request) -> web.StreamResponse:
        return web.Response(body=host.content)

    host.answers.extend([900, whole])
    assert await fetched(client) == host.content


@pytest.mark.parametrize(
    "headers",
    [{"Content-Range": "bytes 7-999/1000"}, {"Content-Range": "bytes 100-1999/2000"}, {}, {"Content-Range": "rows 1"}],
)
async def test_another_part_than_was_asked_for_is_not_appended(client: MarketClient, host: Host, headers) -> None:
    async def wrong(request: web.Request) -> web.StreamResponse:
        return web.Response(status=206, body=b"x", headers=headers)

    host.answers.extend([100, wrong])
    assert await fetched(client) == host.content
    assert requests_for_parts(host)[-1] is None


async def test_a_host_that_has_no_more_is_asked_for_all_anew(client: MarketClient, host: Host) -> None:
    host.answers.extend([100, "416"])
    assert await fetched(client) == host.content
    assert requests_for_parts(host) == [None, "bytes=100-", None]


async def test_a_part_that_ends_too_early_is_no_end(client: MarketClient, host: Host) -> None:
    async def short(request: web.Request) -> web.StreamResponse:
        return web.Response(status=206, body=b"x", headers={"Content-Range": "bytes 100-100/1000"})

    host.answers.extend([100, short])
    assert await fetched(client) == host.content


async def test_what_is_packed_on_the_way_is_never_gone_on_with(client: MarketClient, host: Host) -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"ETag": '"one"'})
        response.enable_compression(web.ContentCoding.gzip)
        await response.prepare(request)
        await response.write(host.content[:500] + bytes(range(256)) * 300)
        await asyncio.sleep(0.01)
        request.transport.abort()  # type: ignore[union-attr]
        return response

    async def whole(request: web.Request) -> web.StreamResponse:
        response = web.Response(body=host.content)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    host.answers.extend([packed, whole])
    assert await fetched(client) == host.content
    assert requests_for_parts(host) == [None, None]


async def test_a_host_that_tells_no_length(client: MarketClient, host: Host, tmp_path: Path) -> None:
    async def chunked(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"ETag": '"one"'})
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(host.content[:100])
        await asyncio.sleep(0.01)
        request.transport.abort()  # type: ignore[union-attr]
        return response

    host.answers.append(chunked)
    told: list[tuple[int, int | None]] = []
    await client.report(ID).save(tmp_path, on_progress=lambda *at: told.append(at))
    assert told == [(100, None), (1000, 1000)]


async def test_a_link_that_is_over_is_asked_for_anew(client: MarketClient, host: Host) -> None:
    host.lives = {1: 1, 2: 1}
    host.answers.extend([100, 100])
    assert await fetched(client) == host.content
    assert host.links == 3
    assert [headers.get("Range") for headers in host.asked if "Range" in headers][-1] == "bytes=200-"


async def test_links_that_are_refused_at_once_are_an_error(client: MarketClient, host: Host) -> None:
    host.lives = dict.fromkeys(range(1, 9), 0)
    with pytest.raises(APIError, match="refuses also a link of this moment") as told:
        await fetched(client)
    assert told.value.status == 403
    assert host.links == 2


async def test_a_report_that_is_gone_when_a_new_link_is_asked_for(client: MarketClient, host: Host) -> None:
    host.infos = [*host.infos, {"status": "FAILED"}]
    host.lives = {1: 0}
    with pytest.raises(reports.ReportFailed):
        await fetched(client)


async def test_attempts_without_a_byte_come_to_an_end(client: MarketClient, host: Host) -> None:
    host.answers.extend([100, *["503"] * 9])
    with pytest.raises(
        TransportError, match=r"HTTP 503 \(gave up after 3 attempts without a new byte; got 100 of 1,000"
    ):
        await fetched(client)
    assert len(host.asked) == 1 + 2


async def test_a_host_that_knows_no_parts_and_breaks_here_and_there_is_given_up(
    client: MarketClient, host: Host
) -> None:
    async def anew(request: web.Request) -> web.StreamResponse:
        return await host.give(request.clone(headers={}), 400 if len(host.asked) % 2 else 200)

    host.answers.extend([anew] * 20)
    with pytest.raises(TransportError, match=r"gave up after 3 attempts without a new byte; got 400 of 1,000"):
        await fetched(client)
    assert len(host.asked) == 3


async def test_a_host_that_asks_for_patience_gets_it(client: MarketClient, host: Host) -> None:
    async def later(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503, headers={"Retry-After": "1000"})

    host.answers.append(later)
    with pytest.raises(TransportError, match="gave up after 1 attempt without a new byte; got 0 bytes"):
        await fetched(client)


async def test_a_host_that_refuses_for_good(client: MarketClient, host: Host) -> None:
    host.answers.append("405")
    with pytest.raises(APIError, match="HTTP 405 — the host of the file refuses it"):
        await fetched(client)


@pytest.mark.parametrize("link", ["ftp://host/file", "not a link", "https:///file", "http://[", ""])
async def test_a_link_that_is_none(client: MarketClient, host: Host, link: str) -> None:
    host.infos = [{"status": "DONE", "file": link, "subStatus": "OTHER"}]
    with pytest.raises((DecodeError, reports.ReportFailed)):
        await fetched(client)


async def test_a_silent_host_is_given_up(host: Host) -> None:
    async def silent(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        raise AssertionError

    host.answers.append(silent)
    async with MarketClient("k", base_url=host.api, retry=QUICK, timeout=0.1) as client:
        assert await fetched(client) == host.content


async def test_a_callers_own_timeouts_hold(host: Host) -> None:
    timeout = aiohttp.ClientTimeout(total=None)
    async with MarketClient("k", base_url=host.api, timeout=timeout) as client:
        assert await fetched(client) == host.content


async def test_closing_the_client_ends_a_download(host: Host) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"1")
        await asyncio.sleep(60)
        raise AssertionError

    host.answers.append(slow)
    client = MarketClient("k", base_url=host.api)
    task = asyncio.create_task(fetched(client))
    while not host.asked:
        await asyncio.sleep(0.01)
    await client.close()
    with pytest.raises(ClientClosed):
        await task


async def test_a_large_file_is_kept_on_disk_and_goes_with_its_object(
    client: MarketClient, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    host.content = bytes(range(256)) * 40_000
    file = await client.report(ID)
    (kept,) = tmp_path.iterdir()
    assert file.size == len(host.content) == kept.stat().st_size
    reader = file.open()
    assert file.content == host.content
    del file
    assert reader.read() == host.content  # whoever reads it keeps it
    reader.close()
    del reader
    await asyncio.sleep(0)
    assert not list(tmp_path.iterdir())


async def test_after_a_failure_nothing_is_left(
    client: MarketClient, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    host.answers.extend([100, "405"] * 2)
    with pytest.raises(APIError):
        await client.report(ID)
    with pytest.raises(APIError):
        await client.report(ID).save(tmp_path / "labels.pdf")
    assert not list(tmp_path.iterdir())


async def test_saving_writes_beside_the_place_and_moves_it_when_whole(
    client: MarketClient, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "COPIED_AT_ONCE", 100)
    monkeypatch.setattr("yamarket_async.downloads.COPIED_AT_ONCE", 100)
    place = tmp_path / "labels.pdf"
    place.write_bytes(b"old")
    seen = []

    def look(done: int, whole: int | None) -> None:
        seen.append((done, whole, place.read_bytes(), len(list(tmp_path.iterdir()))))

    host.answers.append(150)
    file = await client.report(ID).save(place, on_progress=look)
    assert place.read_bytes() == file.content == host.content
    assert [entry.name for entry in tmp_path.iterdir()] == ["labels.pdf"]
    assert seen[-1] == (1000, 1000, b"old", 2)
    assert [done for done, *_ in seen] == sorted(done for done, *_ in seen)


async def test_what_on_progress_raises_does_no_harm(
    client: MarketClient, host: Host, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(done: int, whole: int | None) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        await client.report(ID).save(tmp_path / "a", on_progress=fail)
    assert "on_progress raised" in caplog.text
    assert (tmp_path / "a").read_bytes() == host.content


@pytest.mark.parametrize(("path", "name"), [("labels.pdf", "labels.pdf"), ("report", f"{ID}.pdf")])
async def test_into_a_folder_it_is_saved_under_its_own_name(
    client: MarketClient, host: Host, tmp_path: Path, path: str, name: str
) -> None:
    host.path = path
    file = await client.report(ID).save(tmp_path)
    assert (tmp_path / name).read_bytes() == host.content
    assert (file.name, file.content_type) == (name, "application/pdf")


async def test_a_name_that_leads_elsewhere_is_only_a_name(client: MarketClient, host: Host, tmp_path: Path) -> None:
    host.headers["Content-Disposition"] = 'attachment; filename="../../evil.pdf"'
    await client.report(ID).save(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["evil.pdf"]


@pytest.mark.parametrize(
    ("begin", "path", "kind"),
    [(b"%PDF-1.7", "x", "application/pdf"), (b"????", "x", "application/octet-stream"),
     (b"PK\3\4broken", "x", "application/zip"), (b"????", "act.pdf", "application/pdf")],
)  # fmt: skip
async def test_a_host_that_only_says_that_there_are_bytes(
    client: MarketClient, host: Host, begin: bytes, path: str, kind: str
) -> None:
    host.headers["Content-Type"] = "application/octet-stream"
    host.content, host.path = begin, path
    assert (await client.report(ID)).content_type == kind


async def test_a_path_that_cant_be_is_told_before_anything_is_begun(client: MarketClient, host: Host, tmp_path) -> None:
    report = client.generate_mass_order_labels_report(1, [1])
    for path in (tmp_path / "none" / "a.pdf", 7, "a\0b", f"{tmp_path}/new/"):
        with pytest.raises(InvalidRequest, match="path"):
            await report.save(path)  # type: ignore[arg-type]
    with pytest.raises(InvalidRequest, match="on_progress"):
        await report.save(tmp_path, on_progress=5)  # type: ignore[arg-type]
    assert not host.told


async def test_a_full_disk_is_no_failure_of_the_network(
    client: MarketClient, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, file: object, part: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yamarket_async.downloads.Download._write", full)
    with pytest.raises(OSError, match="No space left"):
        await client.report(ID).save(tmp_path / "a")
    assert len(host.asked) == 1


async def test_the_proxy_of_the_environment_serves_the_host_of_files_too(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        through.append(head.split(b" ")[1].decode())
        writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    async with MarketClient("k", base_url=host.api) as client:
        host.infos = [{"status": "DONE", "file": "http://storage.example/labels.pdf"}]
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert await fetched(client) == b"ok"
    server.close()
    assert through == ["http://storage.example/labels.pdf"]
