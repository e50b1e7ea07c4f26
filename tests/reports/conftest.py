"""What the tests of reports and files share: quick pauses, and a host of files that breaks off when it is told to."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.reports.hosts import Host, hosting
from yamarket_async import MarketClient, Retry, polling
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox

QUICK = Retry(attempts=3, base_delay=0.01, max_delay=0.02)
PLENTY = 10**9


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.02)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A pretend Market whose reports take a moment, with limits that no test uses up."""
    with Sandbox(offers=50, campaigns=("FBS", "FBY"), seed=7) as made:
        made.reports.takes(0.05)
        made.limits.update(
            dict.fromkeys(("getReportInfo", *(name for name, each in endpoints().items() if each.report)), PLENTY)
        )
        yield made


@pytest.fixture
async def market(sandbox: Sandbox) -> AsyncIterator[MarketClient]:
    async with MarketClient(sandbox.api_key, base_url=sandbox.url, retry=QUICK) as client:
        yield client


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    """A Market with one report, whose file lies on a host of its own."""
    async with hosting() as made:
        yield made


@pytest.fixture
async def client(host: Host) -> AsyncIterator[MarketClient]:
    async with MarketClient("ACMA:key", base_url=host.api, retry=QUICK) as made:
        yield made
