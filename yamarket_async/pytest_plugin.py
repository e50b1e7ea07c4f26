"""Fixtures for a test session that talks to the pretend Market.

pytest loads this file in every session of whoever has the package installed, so it imports nothing that such a session
wouldn't have anyway: the sandbox and the client are imported by the fixtures.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

try:
    # Its own decorator is what makes an async fixture work in its strict mode too.
    from pytest_asyncio import fixture
except ImportError:
    fixture = pytest.fixture  # type: ignore[assignment]

if TYPE_CHECKING:
    from yamarket_async import MarketClient
    from yamarket_async.sandbox import Sandbox


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        "yamarket_sandbox(**settings): how the fixture `yamarket_sandbox` makes its Sandbox, "
        "for example yamarket_sandbox(offers=1_000, window=1.0)",
    )


@fixture
async def yamarket_sandbox(request: pytest.FixtureRequest) -> "AsyncIterator[Sandbox]":
    """A pretend Market that runs for one test.

    The keywords of the marker `yamarket_sandbox` are those of `yamarket_async.sandbox.Sandbox`; a marker on the test
    goes before one on its class, and that before one on its module.
    """
    from yamarket_async.sandbox import Sandbox  # noqa: PLC0415 — see the top of this file

    settings: dict[str, object] = {}
    for marker in request.node.iter_markers("yamarket_sandbox"):
        settings = marker.kwargs | settings
    async with Sandbox(**settings) as sandbox:  # type: ignore[arg-type]
        yield sandbox


@fixture
async def market(yamarket_sandbox: "Sandbox") -> "AsyncIterator[MarketClient]":
    """A `MarketClient` of the pretend Market that `yamarket_sandbox` runs."""
    from yamarket_async import MarketClient  # noqa: PLC0415 — see the top of this file

    async with MarketClient(api_key=yamarket_sandbox.api_key, base_url=yamarket_sandbox.url) as client:
        yield client
