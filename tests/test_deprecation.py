"""Methods that the Market shuts down: like all others, but for a warning at the line that calls them."""

import asyncio
import inspect
import pydoc
import sys
from typing import Any
from unittest.mock import AsyncMock, create_autospec

import pytest

from yamarket_async import MarketClient
from yamarket_async.endpoints import snake
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox

DEPRECATED = [snake(endpoint.name) for endpoint in endpoints().values() if endpoint.deprecated]


@pytest.fixture(scope="module")
def double() -> Any:
    return create_autospec(MarketClient)


@pytest.mark.parametrize("name", DEPRECATED)
def test_those_that_return_a_coroutine_pass_for_coroutine_functions(name: str, double: Any) -> None:
    method = getattr(MarketClient, name)
    gives_one_thing = inspect.iscoroutinefunction(inspect.unwrap(method))
    assert isinstance(getattr(double, name), AsyncMock) == gives_one_thing
    if sys.version_info >= (3, 12):
        assert inspect.iscoroutinefunction(method) == gives_one_thing
        assert pydoc.plain(pydoc.render_doc(method)).splitlines()[2].startswith("async ") == gives_one_thing
    else:  # inspect has no mark there, asyncio has
        assert asyncio.iscoroutinefunction(method) == gives_one_thing


async def test_the_warning_is_at_the_line_of_the_call_and_not_of_what_awaits(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    with pytest.warns(DeprecationWarning, match="get_warehouses: use get_paged_warehouses") as caught:
        call = market.get_warehouses(yamarket_sandbox.business_id)
    assert caught[0].filename == __file__
    await asyncio.create_task(call)
