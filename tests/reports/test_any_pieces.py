"""However a file comes in pieces, and however JSON is read in pieces: what comes out is the same."""

import io
import json
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.hosts import ID, hosting
from yamarket_async import Limit, MarketClient, Retry, tables

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ROWS = st.lists(st.dictionaries(TEXT, VALUES, max_size=5), max_size=8)


@given(rows=ROWS, read=st.integers(1, 40), indent=st.sampled_from([None, 0, 2]), named=st.booleans())
def test_json(rows: list[dict[str, object]], read: int, indent: int | None, named: bool) -> None:
    text = json.dumps({"status": "OK", "rows": rows} if named else rows, ensure_ascii=False, indent=indent)
    with mock.patch.object(tables, "_READ_AT_ONCE", read):
        assert list(tables.rows_of_json(io.BytesIO(text.encode()))) == rows


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1, max_size=6
    )
)
def test_names_of_columns_are_all_different(names: list[str]) -> None:
    assert len(set(tables._columns(names))) == len(names)


@pytest.mark.parametrize("known", [True, False])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(breaks=st.lists(st.integers(0, 400), max_size=6), lives=st.integers(1, 3))
async def test_a_download(breaks: list[int], lives: int, known: bool) -> None:
    async with hosting() as host:
        if not known:
            del host.headers["ETag"]
        host.answers.extend(breaks)
        host.lives = dict.fromkeys(range(1, 20), lives)
        often = {"getReportInfo": Limit(10**6)}  # or new links would be waited for
        retry = Retry(attempts=10, base_delay=0)
        async with MarketClient("k", base_url=host.api, retry=retry, limits=often) as client:
            assert (await client.report(ID)).content == host.content
