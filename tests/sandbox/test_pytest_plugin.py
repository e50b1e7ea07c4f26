"""The fixtures that pytest gets with the package, in sessions of their own."""

import os
import re
import subprocess
import sys
import textwrap

import pytest

SETTINGS = "[pytest]\nfilterwarnings = error\n"
ASYNCIO = "asyncio_mode = {mode}\nasyncio_default_fixture_loop_scope = function\n"
OPTIONS = ["-p", "no:cacheprovider", "--strict-markers"]
# Another plugin of this environment, which warns on Python 3.13 and newer in whatever session it is.
OPTIONS += ["-p", "no:looptime_plugin"]
# To load whatever plugins this environment has takes longer than most of these tests.
ONLY_OURS = ["-p", "pytest_asyncio.plugin", "-p", "yamarket_async.pytest_plugin"]


@pytest.fixture
def session(tmp_path):
    """Run pytest on a file in a process of its own, with the plugins that are installed or with two; give its words."""

    def run(test: str, *options: str, mode: str | None = "strict", installed: bool = False, **files: str) -> str:
        (tmp_path / "test_it.py").write_text(textwrap.dedent(test), encoding="utf-8")
        settings = SETTINGS if mode is None else SETTINGS + ASYNCIO.format(mode=mode)
        (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", *OPTIONS, *([] if installed else ONLY_OURS), *options]
        env = os.environ | ({} if installed else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
        ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)
        return ran.stdout + ran.stderr

    return run


SOMEBODYS_TESTS = """
    import aiohttp
    import pytest

    pytestmark = {mark}[pytest.mark.yamarket_sandbox(offers=40, seed=2)]

    async def test_offers(market, yamarket_sandbox):
        offers = await market.get_campaign_offers(yamarket_sandbox.campaign_id)
        assert [offer.offer_id for offer in offers] == yamarket_sandbox.offer_ids()
        assert len(offers) == 40

    @pytest.mark.yamarket_sandbox(offers=3)
    async def test_the_nearest_marker_goes_first(yamarket_sandbox):
        assert len(yamarket_sandbox.offer_ids()) == 3
        assert yamarket_sandbox.business_id == 700_002

    async def test_each_test_has_a_market_of_its_own(yamarket_sandbox):
        assert yamarket_sandbox.counts["requests"] == 0
        async with aiohttp.ClientSession() as session, session.get(yamarket_sandbox.url) as response:
            assert response.status == 404
"""


@pytest.mark.parametrize(("mode", "mark"), [("strict", "[pytest.mark.asyncio] + "), ("auto", "")])
def test_the_fixtures_work_in_both_modes_of_pytest_asyncio(session, mode, mark):
    assert "3 passed" in session(SOMEBODYS_TESTS.format(mark=mark), mode=mode, installed=True)


def test_a_marker_with_a_setting_that_does_not_exist_is_an_error_and_the_client_takes_settings_too(session):
    test = """
        import pytest

        from yamarket_async import Retry, errors

        pytestmark = pytest.mark.yamarket_market(integration="shop/1")

        @pytest.mark.yamarket_sandbox(offer=3)
        async def test_without_such_a_setting(yamarket_sandbox): ...

        @pytest.mark.yamarket_market(retry=Retry(attempts=1))
        async def test_it(market, yamarket_sandbox):
            yamarket_sandbox.faults.next("error_503", endpoint="getCampaigns")
            with pytest.raises(errors.MarketError):
                await market.get_campaigns()
            assert yamarket_sandbox.counts["requests"] == 1
            assert "shop/1" in yamarket_sandbox.requests[-1].headers.values()
    """
    printed = session(test, mode="auto")
    assert "1 passed, 1 error" in printed, printed
    assert "unexpected keyword argument 'offer'" in printed


@pytest.mark.usefixtures("unmeasured")
def test_all_of_a_store_is_read_without_waiting_for_a_limit(session):
    test = """
        import pytest

        waits = []

        @pytest.mark.yamarket_market(on_wait=waits.append)
        async def test_it(market, yamarket_sandbox):
            business_id, campaign_id = yamarket_sandbox.business_id, yamarket_sandbox.campaign_id
            offers = await market.get_campaign_offers(campaign_id)
            assert len(offers) == len(yamarket_sandbox.offer_ids()) == 500
            for everything in (
                market.get_hidden_offers(campaign_id),
                market.get_offer_mappings(business_id),
                market.get_offer_cards_content_status(business_id),
                market.get_prices_by_offer_ids(campaign_id),
                market.get_default_prices(business_id),
                market.get_stocks(campaign_id),
                market.get_promo_offers(business_id, yamarket_sandbox.promo_id),
                market.get_business_orders(business_id),
                market.get_chats(business_id),
                market.get_goods_feedbacks(business_id),
            ):
                await everything
            assert waits == []
            assert yamarket_sandbox.counts[420] == 0
    """
    printed = session(test, mode="auto")
    assert "1 passed" in printed, printed


@pytest.mark.usefixtures("unmeasured")
def test_a_session_that_uses_no_fixture_imports_nothing(session):
    test = """
        import sys

        def test_it(pytestconfig):
            assert pytestconfig.pluginmanager.hasplugin("yamarket")
            assert not {"aiohttp", "msgspec", "yamarket_async.sandbox", "yamarket_async.client"} & set(sys.modules)
    """
    assert "1 passed" in session(test, installed=True)


def test_a_session_without_pytest_asyncio_is_left_in_peace(session):
    test = """
        def test_it(): ...

        async def test_other(yamarket_sandbox): ...
    """
    missing = 'raise ImportError("pytest_asyncio is not installed")'
    printed = session(test, "-p", "no:asyncio", mode=None, installed=True, pytest_asyncio=missing)
    assert re.search("1 passed", printed)
    assert "yamarket_sandbox" in printed


def test_the_markers_are_explained(pytestconfig):
    for name in ("yamarket_sandbox", "yamarket_market"):
        assert any(line.startswith(f"{name}(**settings): ") for line in pytestconfig.getini("markers"))
