"""Files that the Market answers with, and files that are sent to it."""

import io
from pathlib import Path

import pytest

from tests.client.servers import answer, scripted
from yamarket_async import File, MarketClient, Upload
from yamarket_async.arguments import signature_of
from yamarket_async.endpoints import snake
from yamarket_async.errors import (
    APIError,
    DecodeError,
    InvalidRequest,
    TransportError,
)
from yamarket_async.families import endpoints
from yamarket_async.files import MAX_UPLOAD, extension_of
from yamarket_async.models import PageFormatType

PDF = {"Content_Type": "application/pdf"}


async def label(reply: bytes) -> File:
    async with scripted(reply) as server, MarketClient("k", base_url=server.url) as market:
        return await market.generate_order_labels(1, 2, format="A9")


async def test_a_file_has_its_content_type_and_name() -> None:
    disposition = "attachment; filename=\"x.pdf\"; filename*=UTF-8''%D0%90%D0%BA%D1%82.pdf"
    file = await label(answer(200, b"%PDF", **PDF, Content_Disposition=disposition))
    assert (file.content, file.content_type, file.name, file.size) == (b"%PDF", "application/pdf", "Акт.pdf", 4)
    assert repr(file) == "<File 'Акт.pdf' application/pdf 4 bytes>"


async def test_a_file_without_a_name_is_called_by_the_method() -> None:
    assert (await label(answer(200, b"%PDF", **PDF))).name == "generateOrderLabels.pdf"
    assert (await label(answer(200, b"%PDF"))).content_type == "application/pdf"


async def test_another_type_of_file_than_documented_is_a_file_too() -> None:
    file = await label(answer(200, b"PK", Content_Type="application/octet-stream"))
    assert (file.content_type, file.name) == ("application/octet-stream", "generateOrderLabels.bin")


async def test_an_error_with_a_status_of_success_is_an_error() -> None:
    body = {"status": "ERROR", "errors": [{"code": "E", "message": "no label"}]}
    with pytest.raises(APIError, match="no label"):
        await label(answer(200, body, Content_Type="application/json"))


@pytest.mark.parametrize(("kind", "body"), [("text/html", b"<p>"), ("application/json", b"{}")])
async def test_what_is_no_file(kind: str, body: bytes) -> None:
    with pytest.raises(DecodeError, match=f"not a file .application/pdf. but {kind}"):
        await label(answer(200, body, Content_Type=kind))


async def test_an_empty_file() -> None:
    with pytest.raises(DecodeError, match="the file is empty"):
        await label(answer(200, b"", **PDF))


@pytest.mark.parametrize("name", [name for name, endpoint in endpoints().items() if endpoint.files])
async def test_every_method_that_answers_with_a_file(name: str) -> None:
    endpoint = endpoints()[name]
    needed: dict[str, object] = {slot.argument: 1 for slot in signature_of(endpoint).slots if slot.required}
    needed |= {"image_hash": "1a"} if name == "getReturnPhoto" else {}
    for kind in endpoint.files:
        async with (
            scripted(answer(200, b"content", Content_Type=kind)) as server,
            MarketClient("k", base_url=server.url) as market,
        ):
            file = await getattr(market, snake(name))(**needed)
        assert (file.content, file.content_type, file.name) == (b"content", kind, name + extension_of(kind))


async def test_formats_of_labels_are_an_enum() -> None:
    async with scripted(answer(200, b"%PDF", **PDF)) as server, MarketClient("k", base_url=server.url) as market:
        await market.generate_order_label(1, 2, 3, format=PageFormatType.A9_HORIZONTALLY)
        assert "/boxes/3/label?format=A9_HORIZONTALLY " in server.requests[0]
        with pytest.raises(InvalidRequest, match="format='A5'"):
            await market.generate_order_label(1, 2, 3, format="A5")


async def test_saving_it(tmp_path: Path) -> None:
    file = File(b"%PDF", name="act.pdf", content_type="application/pdf")
    assert file.save(tmp_path) == tmp_path / "act.pdf"
    assert file.save(str(tmp_path / "other.pdf")) == tmp_path / "other.pdf"
    assert {entry.read_bytes() for entry in tmp_path.iterdir()} == {b"%PDF"}
    with pytest.raises(InvalidRequest, match="make it first"):
        file.save(tmp_path / "none" / "act.pdf")


@pytest.mark.parametrize("on_disk", [False, True])
def test_each_opening_reads_from_the_start(on_disk: bool, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    file = File(tmp_path / "a" if on_disk else b"content", name="a")
    with file.open() as one, file.open() as other:
        assert one.read(3) == b"con"
        assert other.read() == b"content"
        assert one.read() == b"tent"
        assert one.seekable()


def test_closing_removes_what_is_only_kept_for_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "b").write_bytes(b"content")
    with File(tmp_path / "a", name="a", keep=False) as file, File(tmp_path / "b", name="b"):
        assert file.content == b"content"
    assert [entry.name for entry in tmp_path.iterdir()] == ["b"]
    with pytest.raises(ValueError, match="a is closed"):
        file.open()


@pytest.mark.parametrize(
    ("kind", "ending"), [("application/pdf", ".pdf"), ("image/jpeg", ".jpg"), ("text/csv", ".csv"), ("x/y", "")]
)
def test_endings(kind: str, ending: str) -> None:
    assert extension_of(kind) == ending


async def sent(file: object) -> str:
    async with scripted(answer(200, {"status": "OK"})) as server, MarketClient("k", base_url=server.url) as market:
        await market.send_file_to_chat(1, 2, file)  # type: ignore[arg-type]
        (head,), (body,) = server.requests, server.bodies
    assert "POST /v2/businesses/1/chats/file/send?chatId=2 " in head
    assert "content-type: multipart/form-data; boundary=" in head.lower()
    return body.decode("latin-1")


async def test_a_file_to_send_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG")
    for given in (path, str(path)):
        body = await sent(given)
        assert 'name="file"; filename="photo.png"' in body
        assert "Content-Type: image/png" in body
        assert "\x89PNG" in body


async def test_a_file_to_send_is_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"12345")
    with path.open("rb") as file:
        file.seek(2)
        assert "\r\n\r\n345\r\n" in await sent(file)


async def test_a_file_to_send_is_bytes_with_a_name() -> None:
    body = await sent(Upload(b"1", name="Акт «1».pdf", content_type="application/pdf; version=1"))
    assert 'filename="Акт «1».pdf"' in body.encode("latin-1").decode()
    assert "Content-Type: application/pdf; version=1" in body
    assert "application/octet-stream" in await sent(Upload(bytearray(b"1"), name="what"))


async def test_an_upload_can_be_sent_again() -> None:
    upload = Upload(io.BytesIO(b"once"), name="a.txt")
    assert await sent(upload) != ""
    assert "once" in await sent(upload)
    assert repr(upload) == "<Upload 'a.txt' text/plain>"


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda _: Upload(b"1"), "name=None: must be given"),
        (lambda _: Upload(io.BytesIO(b"1")), "name=None: must be given"),
        (lambda _: Upload(b"1", name="../a"), "name='../a'"),
        (lambda _: Upload(b"1", name="a\r\nb"), "name="),
        (lambda _: Upload(b"1", name=" "), "name="),
        (lambda _: Upload(b"1", name=5), "name="),  # type: ignore[arg-type]
        (lambda _: Upload(5), "file=5"),  # type: ignore[arg-type]
        (lambda _: Upload(None), "file=None"),  # type: ignore[arg-type]
        (lambda _: Upload(b"1", name="a", content_type="png"), "content_type='png'"),
        (lambda _: Upload(b"1", name="a", content_type=5), "content_type=5"),
        (lambda _: Upload(b"", name="a"), "has none"),
        (lambda _: Upload(bytes(MAX_UPLOAD + 1), name="a"), "has more"),
        (lambda folder: Upload(folder / "none.png"), "can't be read"),
        (Upload, "can't be read"),
        (lambda _: Upload(io.StringIO("text"), name="a"), "opened for bytes"),  # type: ignore[arg-type]
        (lambda folder: folder / "large", "has more"),
    ],
)
async def test_what_cant_be_sent_is_told_before(make, rule: str, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(MAX_UPLOAD + 1))
    async with MarketClient("k", base_url="http://127.0.0.1:1") as market:
        with pytest.raises(InvalidRequest, match=rule):
            await market.send_file_to_chat(1, 2, make(tmp_path))


def test_the_largest_that_can_be_sent() -> None:
    assert len(Upload(bytes(MAX_UPLOAD), name="a").read()) == MAX_UPLOAD


async def test_an_answer_that_was_lost_is_not_repeated() -> None:
    async with scripted(b"") as server, MarketClient("k", base_url=server.url) as client:
        with pytest.raises(TransportError, match="not repeated"):
            await client.send_file_to_chat(1, 2, Upload(b"1", name="a"))
        assert len(server.requests) == 1
