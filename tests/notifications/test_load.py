"""Two thousand notifications a second, each answered within the ten seconds that the Market waits."""

import asyncio
from urllib.parse import urlsplit

import pytest

COUNT, CONNECTIONS = 600, 16


async def converse(port: int, bodies: list[bytes], begins: float) -> list[float]:
    """Send notifications over one connection, one each hundredth of a second, and give the times of the answers."""
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    seconds = []
    for number, body in enumerate(bodies):
        due = begins + number * CONNECTIONS / COUNT
        if due > loop.time():
            await asyncio.sleep(due - loop.time())
        head = "POST /market/notification HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
        writer.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
        answer = await reader.readuntil(b"}")
        assert b'"name"' in answer
        # Counted from when it was due, so that falling behind shows.
        seconds.append(loop.time() - due)
    writer.close()
    await writer.wait_closed()
    return seconds


@pytest.mark.parametrize("background", [False, True])
async def test_a_load_of_two_thousand_a_second_is_answered_in_time(serve, handler, body, background):
    got = []

    async def work(notification):
        await asyncio.sleep(0.01)
        got.append(notification.order_id)

    send = await serve(handler(work, background=background))
    port = urlsplit(send.url).port
    bodies = [body("ORDER_CREATED", orderId=number) for number in range(COUNT)]
    begins = asyncio.get_running_loop().time()
    async with asyncio.timeout(60):
        taken = await asyncio.gather(
            *(converse(port, bodies[number::CONNECTIONS], begins) for number in range(CONNECTIONS))
        )
    assert max(map(max, taken)) < 10
    while len(got) < COUNT:
        await asyncio.sleep(0.01)
    assert sorted(got) == list(range(COUNT))
