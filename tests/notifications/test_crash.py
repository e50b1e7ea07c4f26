"""What a crash costs: a service is killed and started again, while somebody sends as the Market does."""

import asyncio
import socket
import sys
import uuid
from collections import Counter
from pathlib import Path

import aiohttp
import pytest

WORKER = Path(__file__).with_name("receiving_worker.py")


class Service:
    """The process, what it noted down, and how to kill it."""

    def __init__(self, file: Path, mode: str, redis_url: str = "") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.file = file
        self.arguments = [str(self.port), str(file), mode, redis_url, uuid.uuid4().hex]
        self.process: asyncio.subprocess.Process | None = None

    def noted(self) -> Counter[str]:
        return Counter(self.file.read_text().splitlines()) if self.file.exists() else Counter()

    def count(self, word: str) -> int:
        return sum(count for line, count in self.noted().items() if line.startswith(word))

    async def start(self) -> None:
        before = self.noted()["serving"]
        self.process = await asyncio.create_subprocess_exec(sys.executable, str(WORKER), *self.arguments)
        await self.until("serving", before + 1)

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def until(self, word: str, count: int) -> None:
        async with asyncio.timeout(60):
            while self.count(word) < count:
                await asyncio.sleep(0.01)


async def deliver(url: str, body: bytes, session: aiohttp.ClientSession) -> None:
    """Send a notification until it is accepted, as the Market does (but not for a minute in between)."""
    headers = {"Content-Type": "application/json"}
    while True:
        try:
            async with session.post(url, data=body, headers=headers) as response:
                await response.read()
                if response.status in {200, 400}:
                    assert response.status == 200
                    return
        except (aiohttp.ClientError, ConnectionError):
            pass  # the Market counts it as refused, and so is it here: it is sent again
        await asyncio.sleep(0.01)


@pytest.fixture
async def service(tmp_path):
    running = []

    def make(mode, redis_url=""):
        running.append(Service(tmp_path / "noted", mode, redis_url))
        return running[-1]

    yield make
    for one in running:
        if one.process is not None and one.process.returncode is None:
            await one.kill()


async def send_and_kill(service: Service, body, count: int, kills: int) -> None:
    """Send notifications, six at once, and kill the service now and then in the middle of its work."""
    numbers = iter(range(count))

    async def send_some() -> None:
        async with aiohttp.ClientSession() as session:
            for number in numbers:
                await deliver(f"http://127.0.0.1:{service.port}/", body("CHAT_CREATED", chatId=number), session)

    await service.start()
    sending = [asyncio.create_task(send_some()) for _ in range(6)]
    for kill in range(1, kills + 1):
        await service.until("began", count * kill // (kills + 1))
        await service.kill()
        await service.start()
    async with asyncio.timeout(60):
        await asyncio.gather(*sending)


async def test_awaited_a_crash_loses_nothing(service, body):
    one = service("awaited")
    await send_and_kill(one, body, 150, kills=2)
    noted = one.noted()
    assert noted["serving"] == 3
    assert [number for number in range(150) if not noted[f"done {number}"]] == []


async def test_awaited_and_deduplicated_a_crash_loses_nothing_and_repeats_only_what_it_broke_off(
    service, body, redis_url
):
    one = service("awaited", redis_url)
    await send_and_kill(one, body, 100, kills=1)
    # All of it once more, as after answers that were lost.
    async with aiohttp.ClientSession() as session:
        for number in range(100):
            await deliver(f"http://127.0.0.1:{one.port}/", body("CHAT_CREATED", chatId=number), session)
    noted = one.noted()
    assert [number for number in range(100) if not noted[f"done {number}"]] == []
    # Six are sent at once, so a kill finds six at most that are done and not confirmed.
    assert one.count("done") <= 100 + 6


async def test_in_the_background_a_crash_costs_what_was_accepted_and_is_not_done(service, body):
    one = service("background")
    await one.start()
    async with aiohttp.ClientSession() as session:
        for number in range(5):
            await deliver(f"http://127.0.0.1:{one.port}/", body("CHAT_CREATED", chatId=number), session)
    await one.until("began", 5)
    await one.kill()
    await one.start()
    assert (one.count("began"), one.count("done")) == (5, 0)
