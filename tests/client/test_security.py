"""The key goes nowhere but to the Market, and the Market can't harm the client."""

import asyncio
import logging
import ssl
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yamarket_async import MarketClient, Retry
from yamarket_async.arguments import request_of
from yamarket_async.errors import APIError, DecodeError, InvalidRequest, MarketError, TransportError
from yamarket_async.families.hidden_offers.endpoints import GET_HIDDEN_OFFERS
from yamarket_async.sandbox import Sandbox
from yamarket_async.transport import Authorization

pytestmark = pytest.mark.yamarket_sandbox(offers=400)

EVERY_FAULT = [
    "reset_before",
    "error_500",
    "html_502",
    "redirect",
    "lost_answer",
    "cut_answer",
    "truncated",
    "half_json",
    "hang",
]


def shown(error: BaseException) -> str:
    """Show all that an error reporter would: the variables of every frame, those of aiohttp's included."""
    text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    chain: BaseException | None = error
    while chain is not None:
        text += repr(chain) + repr(vars(chain))
        chain = chain.__cause__ or chain.__context__
    return text


def hides(sandbox: Sandbox, credential: str, error: BaseException) -> bool:
    """Tell whether a credential shows nowhere; here, since it must be no variable of the test's own frame either."""
    return getattr(sandbox, credential) not in shown(error)


async def fail(market: MarketClient, campaign_id: int, kind: type[BaseException]) -> BaseException:
    with pytest.raises(kind) as caught:
        await market.get_campaign_offers(campaign_id)
    return caught.value


@pytest.mark.parametrize("fault", EVERY_FAULT)
@pytest.mark.parametrize("credential", ["api_key", "oauth_token"])
async def test_the_key_shows_in_no_error_frame_or_log(
    yamarket_sandbox: Sandbox, caplog: pytest.LogCaptureFixture, fault: str, credential: str
) -> None:
    caplog.set_level(logging.DEBUG)
    setattr(yamarket_sandbox.faults, fault, 1.0)
    async with MarketClient(
        **{credential: getattr(yamarket_sandbox, credential)},
        base_url=yamarket_sandbox.url,
        retry=Retry(2, 0),
        timeout=0.2,
    ) as market:
        error = await fail(market, yamarket_sandbox.campaign_id, MarketError)
    assert hides(yamarket_sandbox, credential, error)
    assert yamarket_sandbox.api_key not in caplog.text
    assert all(yamarket_sandbox.api_key not in str(request.query) for request in yamarket_sandbox.requests)


@pytest.mark.yamarket_sandbox(latency=5)
@pytest.mark.parametrize("body", [False, True])
async def test_the_key_shows_in_no_frame_of_a_call_that_is_given_up(
    yamarket_sandbox: Sandbox, market: MarketClient, body: bool
) -> None:
    method = market.get_campaign_offers if body else market.get_hidden_offers
    with pytest.raises(TimeoutError) as caught:
        async with asyncio.timeout(0.1):
            await method(yamarket_sandbox.campaign_id)
    assert hides(yamarket_sandbox, "api_key", caught.value)
    request = request_of(GET_HIDDEN_OFFERS, {"campaign_id": yamarket_sandbox.campaign_id})
    with pytest.raises(TimeoutError) as caught:
        async with asyncio.timeout(0.1):
            await market._session.call(request)  # in this very task, so that every frame is in the traceback
    assert hides(yamarket_sandbox, "api_key", caught.value)


async def test_the_key_shows_in_no_frame_where_nobody_listens(unused_tcp_port: int) -> None:
    async with MarketClient("ACMA:hidden", base_url=f"http://127.0.0.1:{unused_tcp_port}", retry=Retry(1)) as market:
        error = await fail(market, 1, TransportError)
    assert "ACMA:hidden" not in shown(error).replace('MarketClient("ACMA:hidden"', "")


def test_a_key_that_can_not_be_one_shows_in_no_frame_of_ours() -> None:
    keys = ["ACMA:se cret", "токен"]
    while keys:
        with pytest.raises(InvalidRequest) as caught:
            MarketClient(keys.pop())
        frames = traceback.extract_tb(caught.value.__traceback__)
        ours = [
            frame
            for frame, _ in traceback.walk_tb(caught.value.__traceback__)
            if "settings" in frame.f_code.co_filename
        ]
        assert len(ours) == 1, frames
        assert not [value for value in ours[0].f_locals.values() if value in ("ACMA:se cret", "токен")]


async def test_what_the_caller_was_handling_keeps_its_frames(unused_tcp_port: int) -> None:
    async with MarketClient("k", base_url=f"http://127.0.0.1:{unused_tcp_port}", retry=Retry(1)) as market:
        with pytest.raises(KeyError) as mine:
            await fail_while_handling(market)
    assert len(traceback.extract_tb(mine.value.__traceback__)) == 2


async def fail_while_handling(market: MarketClient) -> None:
    try:
        raise KeyError("mine")
    except KeyError:
        with pytest.raises(TransportError):
            await market._session.call(request_of(GET_HIDDEN_OFFERS, {"campaign_id": 1}))
        raise


async def test_a_redirect_is_not_followed(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    async with Sandbox(offers=1) as elsewhere:
        yamarket_sandbox.faults.redirect_to = elsewhere.url + "/v2/campaigns"
        yamarket_sandbox.faults.redirect = 1.0
        with pytest.raises(APIError, match="not followed") as caught:
            await market.get_campaign_offers(yamarket_sandbox.campaign_id)
        assert elsewhere.url in str(caught.value)
        assert caught.value.status == 307
        assert elsewhere.counts["requests"] == 0
    assert yamarket_sandbox.counts["requests"] == 1


@pytest.mark.parametrize("fault", ["huge", "bomb"])
async def test_an_answer_over_64_mb_is_cut_off(
    yamarket_sandbox: Sandbox, market: MarketClient, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    yamarket_sandbox.faults.next(fault)
    with pytest.raises(DecodeError, match="longer than 64 MB") as caught:
        await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert len(caught.value.body) <= 200
    await asyncio.sleep(0.1)
    assert yamarket_sandbox.counts["requests"] == 1
    assert len(await market.get_campaign_offers(yamarket_sandbox.campaign_id)) == 400
    assert not caplog.records  # nor does the sandbox mind that one hangs up on it


async def test_the_session_keeps_no_cookies(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    async for _ in serve(b"HTTP/1.1 500 E\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"):
        async with MarketClient("k", base_url=_, retry=Retry(2, 0)) as client:
            with pytest.raises(MarketError):
                await client.get_campaign_offers(1)
            http = client._session.transport._http
            assert http is not None
            assert not list(http.cookie_jar)


async def serve(answer: bytes) -> AsyncIterator[str]:
    """Run a server that gives one answer to everything; yields its URL."""

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(respond, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

answers = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(lambda body: HEAD + b"\r\n" + body),
    st.builds(
        lambda status, name, value, body: (
            b"HTTP/1.1 %d X\r\n%s: %s\r\nContent-Length: %d\r\n\r\n" % (status, name, value, len(body)) + body
        ),
        st.integers(0, 999),
        st.sampled_from([b"Content-Encoding", b"Transfer-Encoding", b"Location", b"Retry-After", b"Date", b"X-Other"]),
        st.sampled_from([b"gzip", b"deflate", b"br", b"zstd", b"chunked", b"http://[", b"-1", b"\xff", b"a\x00b"]),
        st.binary(max_size=100),
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(answers)
def test_whatever_a_server_sends_only_market_errors_come_out(answer: bytes) -> None:
    async def ask() -> None:
        async for url in serve(answer):
            async with MarketClient("k", base_url=url, retry=Retry(1), timeout=0.5, max_wait=0.1) as market:
                with pytest.raises(MarketError):
                    await market.get_campaign_offers(1)

    asyncio.run(ask())


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self_signed.pem"))
    received = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.read(1))
        writer.close()

    server = await asyncio.start_server(respond, "127.0.0.1", 0, ssl=context)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, MarketClient("k", base_url=url, retry=Retry(1)) as market:
        with pytest.raises(TransportError, match="certificate") as caught:
            await market.get_campaign_offers(1)
    assert not caught.value.sent
    assert received == []


def test_what_puts_the_key_on_does_not_show_it() -> None:
    assert repr(Authorization("Api-Key", "ACMA:hidden")) == "<Api-Key>"
