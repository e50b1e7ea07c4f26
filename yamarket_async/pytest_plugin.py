"""Fixtures for a test session that talks to the pretend Market.

pytest loads this file in every session of whoever has the package installed, so it imports nothing that such a session
wouldn't have anyway: the sandbox and the client are imported by the fixtures.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

try:
    # Its own decorator is what makes an async fixture work in its strict mode too.
    from pytest_asyncio import fixture
except ImportError:
    fixture = pytest.fixture  # type: ignore[assignment]

if TYPE_CHECKING:
    from yamarket_async import MarketClient
    from yamarket_async.sandbox import Sandbox


OFFERS = 500
"""Products of the fixture's sandbox where no marker says how many: few enough to read them all within one limit."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    config.addinivalue_line(
        "markers",
        "yamarket_sandbox(**settings): how the fixture `yamarket_sandbox` makes its Sandbox, "
        "for example yamarket_sandbox(offers=1_000, window=1.0); it has 500 offers without one",
    )
    config.addinivalue_line(
        "markers",
        "yamarket_market(**settings): how the fixture `market` makes its MarketClient, "
        "for example yamarket_market(max_wait=1.0)",
    )


def _settings(request: pytest.FixtureRequest, marker: str) -> dict[str, Any]:
    """Gather the keywords of a marker: one on the test goes before one on its class, and that before its module's."""
    settings: dict[str, Any] = {}
    for found in request.node.iter_markers(marker):
        settings = found.kwargs | settings
    return settings


@fixture
async def yamarket_sandbox(request: pytest.FixtureRequest) -> "AsyncIterator[Sandbox]":
    """A pretend Market that runs for one test, with 500 offers.

    The keywords of the marker `yamarket_sandbox` are those of `yamarket_async.sandbox.Sandbox`; a marker on the test
    goes before one on its class, and that before one on its module.
    """
    from yamarket_async.sandbox import Sandbox  # noqa: PLC0415 — see the top of this file

    settings: dict[str, Any] = {"offers": OFFERS} | _settings(request, "yamarket_sandbox")
    async with Sandbox(**settings) as sandbox:
        yield sandbox


@fixture
async def market(request: pytest.FixtureRequest, yamarket_sandbox: "Sandbox") -> "AsyncIterator[MarketClient]":
    """A `MarketClient` of the pretend Market that `yamarket_sandbox` runs.

    The keywords of the marker `yamarket_market` are those of `yamarket_async.MarketClient`, and go before the sandbox's
    key and address.
    """
    from yamarket_async import MarketClient  # noqa: PLC0415 — see the top of this file

    reached: dict[str, Any] = {"api_key": yamarket_sandbox.api_key, "base_url": yamarket_sandbox.url}
    async with MarketClient(**reached | _settings(request, "yamarket_market")) as client:
        yield client
