"""A server of canned answers that costs next to nothing, so that a benchmark measures the client and not the server.

Its pages are the sandbox's own, fetched once at the start and then repeated for as many pages as a store is to have.
The limits that its headers tell are the documented kind of windows, with amounts that nobody reaches.

A delete is answered with "all deleted", and its SKUs are counted; prices and stocks are taken. The settings of a
business are always the same, and the products that a request names are told with nothing but their SKU. Of cards those
are refused whose SKU ends with "bad": by `results` of each, as updateOfferContent does, or by a 400 that names the
first place, or nothing (`refusing`: "results", "place", "nothing").

Settings: `campaigns` (how many offers each store has; their ids count from 1), `page_size`, `latency` in seconds,
`refusing`, `filled` (every field of every campaign offer is there, as in the example of the documentation).
"""

import asyncio
import json
import re
import sys
import time
from email.utils import formatdate

import aiohttp
from harness import say, settings

from yamarket_async.sandbox import Sandbox

DISTINCT = 20
"""Pages that differ from each other."""

SETTINGS = json.dumps(
    {
        "status": "OK",
        "result": {
            "settings": {"onlyDefaultPrice": True, "currency": "RUR"},
            "info": {"id": 1, "name": "Кабинет", "slug": "cabinet"},
        },
    },
    ensure_ascii=False,
).encode()
"""The answer to a small call: the settings of a business."""

AMOUNT = 2_000_000_000
WINDOW = 60

_REQUEST = re.compile(rb"[A-Z]+ (?:/v2)?/(?:campaigns|businesses)/(\d+)(\S*?)(?:\?(\S*))? HTTP")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TOKEN = re.compile(rb"page_?[tT]oken=p(\d+)")
_END = b'"paging":{'


class Pages:
    """The bodies: for each method a head and a tail, between which the token of the next page stands."""

    def __init__(self, bodies: dict[bytes, list[bytes]], page_size: int, offers: list[int]) -> None:
        self._bodies = {
            path: [body[: body.rindex(_END) + len(_END)] for body in several] for path, several in bodies.items()
        }
        self.deleted = self.changes = 0
        self.refusing = "results"
        self._counts = [max(1, -(-count // page_size)) for count in offers]

    def delete(self, body: bytes) -> bytes:
        """Count the SKUs of a request to delete them."""
        self.deleted += body.count(b'",') + 1
        return b'{"status":"OK"}'

    def take_cards(self, body: bytes) -> tuple[bytes, bytes]:
        """Take the cards of a request, or refuse it; gives the status line and the body."""
        skus = [card["offerId"] for card in json.loads(body)["offersContent"]]
        bad = [place for place, sku in enumerate(skus) if sku.endswith("bad")]
        if not bad:
            return b"200 OK", b'{"status":"OK"}'
        if self.refusing == "results":
            error = [{"type": "UNKNOWN_CATEGORY", "message": "no such category"}]
            results = [{"offerId": skus[place], "errors": error} for place in bad]
            return b"200 OK", json.dumps({"status": "ERROR", "results": results}).encode()
        message = "bad cards" if self.refusing == "nothing" else f"offersContent[{bad[0]}].categoryId is unknown"
        told = {"status": "ERROR", "errors": [{"code": "BAD_REQUEST", "message": message}]}
        return b"400 Bad Request", json.dumps(told).encode()

    def named(self, body: bytes) -> bytes:
        """Give the cards of the SKUs that a request names, little as there is to them."""
        items = [{"offer": {"offerId": sku}} for sku in json.loads(body)["offerIds"]]
        return json.dumps({"status": "OK", "result": {"offerMappings": items, "paging": {}}}).encode()

    def find(self, path: bytes, store: int, number: int) -> bytes:
        """Give a page of a store, counted from 0; every store but the last few is as good as the first."""
        heads = self._bodies[path]
        last = number + 1 >= self._counts[min(store, len(self._counts)) - 1]
        return heads[number % len(heads)] + (b"}}}" if last else b'"nextPageToken":"p%09d"}}}' % (number + 1))


class Connection(asyncio.Protocol):
    """Answers the requests of one connection."""

    def __init__(self, pages: Pages, latency: float) -> None:
        self._pages = pages
        self._latency = latency
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._received, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._received) < whole:
                return
            request, body = self._received[:end], self._received[end + 4 : whole]
            self._received = self._received[whole:]
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._answer, request, body)
            else:
                self._answer(request, body)

    def _answer(self, request: bytes, sent: bytes) -> None:
        found = _REQUEST.match(request)
        assert found, request
        token = _TOKEN.search(found[3] or b"")
        status = b"200 OK"
        if found[2] == b"/offer-cards/update":
            self._pages.changes += 1
            status, body = self._pages.take_cards(sent)
        elif found[2] in {b"/offer-prices/updates", b"/offers/stocks"}:
            self._pages.changes += 1
            body = b'{"status":"OK"}'
        elif found[2] == b"/settings":
            body = SETTINGS
        elif found[2] == b"/offer-mappings":
            self._pages.changes += 1
            body = self._pages.named(sent)
        elif found[2] == b"/offers/delete":
            body = self._pages.delete(sent)
        else:
            body = self._pages.find(found[2], int(found[1]), int(token[1]) if token else 0)
        if not self._transport.is_closing():
            self._transport.writelines(
                [b"HTTP/1.1 %s\r\n" % status, head(int(time.time())), b"Content-Length: %d\r\n\r\n" % len(body), body]
            )


_heads: dict[int, bytes] = {}


def head(second: int) -> bytes:
    """Write the headers as they are during one second."""
    if second not in _heads:
        _heads.clear()
        until = formatdate((second // WINDOW + 1) * WINDOW, usegmt=True)
        _heads[second] = (
            "Content-Type: application/json; charset=utf-8\r\n"
            f"X-RateLimit-Resource-Limit: {AMOUNT}\r\n"
            f"X-RateLimit-Resource-Remaining: {AMOUNT}\r\n"
            f"X-RateLimit-Resource-Until: {until}\r\n"
            f"Date: {formatdate(second, usegmt=True)}\r\n"
        ).encode()
    return _heads[second]


FILLING = {
    "quantum": {"minQuantity": 1, "stepQuantity": 2},
    "errors": [{"message": "Нет описания", "comment": "Добавьте описание товара, хотя бы из ста знаков"}],
    "warnings": [{"message": "Нет фотографии", "comment": "Добавьте хотя бы одно изображение товара"}],
}


def fill(body: bytes) -> bytes:
    """Give a page of campaign offers all fields that its offers may have."""
    page = json.loads(body)
    for offer in page["result"]["offers"]:
        offer.update(FILLING)
        price = offer.get("campaignPrice") or {"value": 1490, "currencyId": "RUR", "updatedAt": "2025-09-17T14:05:00Z"}
        price = {**price, "discountBase": 99_990}
        offer["basicPrice"] = {name: value for name, value in price.items() if name != "vat"}
        offer["campaignPrice"] = {"vat": 7, **price}
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


async def fetch_pages(page_size: int) -> dict[bytes, list[bytes]]:
    """Take the bodies from the sandbox, by the end of the path."""
    async with (
        Sandbox(offers=20 * page_size * DISTINCT, record=0) as sandbox,  # one in twenty is hidden
        aiohttp.ClientSession(sandbox.url, headers={"Api-Key": sandbox.api_key}) as http,
    ):
        campaign, business = f"/v2/campaigns/{sandbox.campaign_id}", f"/v2/businesses/{sandbox.business_id}"
        paths = {
            b"/offers": ("POST", campaign + "/offers", {}, 200),
            b"/hidden-offers": ("GET", campaign + "/hidden-offers", None, 500),
            b"/promos/offers": ("POST", business + "/promos/offers", {"promoId": sandbox.promo_id}, 500),
        }
        bodies: dict[bytes, list[bytes]] = {}
        for end, (method, path, body, most) in paths.items():
            bodies[end], token = [], None
            while len(bodies[end]) < DISTINCT and (token or not bodies[end]):
                query = {"limit": str(min(page_size, most))} | ({"page_token": token} if token else {})
                sandbox.limits["getCampaignOffers"] = sandbox.limits["getHiddenOffers"] = AMOUNT
                async with http.request(method, path, params=query, json=body, raise_for_status=True) as response:
                    bodies[end].append(await response.read())
                token = json.loads(bodies[end][-1])["result"]["paging"].get("nextPageToken")
        return bodies


async def main(
    campaigns: list[int], page_size: int = 200, latency: float = 0.0, filled: bool = False, refusing: str = "results"
) -> None:
    loop = asyncio.get_running_loop()
    bodies = await fetch_pages(page_size)
    if filled:
        bodies[b"/offers"] = [fill(body) for body in bodies[b"/offers"]]
    pages = Pages(bodies, page_size, campaigns)
    pages.refusing = refusing
    server = await loop.create_server(lambda: Connection(pages, latency), "127.0.0.1", 0, backlog=1024)
    questions = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(questions), sys.stdin)
    port = server.sockets[0].getsockname()[1]
    say({"url": f"http://127.0.0.1:{port}", "key": "ACMA:canned:00000000"})
    while await questions.readline():
        say({"cpu": time.process_time(), "deleted": pages.deleted, "changes": pages.changes})


if __name__ == "__main__":
    asyncio.run(main(**settings()))
