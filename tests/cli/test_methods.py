"""`yamarket methods`: every operation is found, and told in full from the table and the docstrings."""

import inspect
import io
import json
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest

from yamarket_async.arguments import signature_of
from yamarket_async.cli.descriptions import description_of, families_of_methods, parse
from yamarket_async.cli.lookup import find, items_path, kebab, list_name, lists, method_of, reports
from yamarket_async.cli.options import docs_of, for_people
from yamarket_async.cli.wording import width, wrapped
from yamarket_async.client import MarketClient
from yamarket_async.families import endpoints

Here = Callable[..., Any]


def test_all_operations_are_listed_with_access_limit_and_scopes(here: Here) -> None:
    ended = here(None, "methods")
    header, *rows = [line.split("\t") for line in ended.lines]
    assert (ended.status, header) == (0, ["method", "family", "access", "limit", "scopes"])
    assert [row[0] for row in rows] == list(endpoints())
    found = {row[0]: row[1:] for row in rows}
    assert found["getOrdersStats"][:3] == ["orders_stats", "read", "10,000 requests an hour"]
    assert found["updatePrices"][1:] == ["write", "10,000 items a minute, 12 at once", "all-methods, pricing"]
    assert {row[2] for row in rows} == {"read", "write", "irreversible"}


def test_words_narrow_the_list_down(here: Here) -> None:
    found = [line.partition("\t")[0] for line in here(None, "methods", "PRICES", "write").lines[1:]]
    assert "updateBusinessPrices" in found
    assert "getPrices" not in found


@pytest.mark.parametrize("name", ["getOrdersStats", "get_orders_stats", "get-orders-stats"])
def test_one_operation_is_told_in_full(name: str, here: Here) -> None:
    told = here(None, "methods", name).out.decode()
    for part in (
        "getOrdersStats — List the orders of a store",
        "Access: read",
        "Limit: 10,000 requests an hour",
        "Request: POST /v2/campaigns/{campaignId}/stats/orders",
        "/orders-stats/getOrdersStats\n",
        "  --campaign-id  (required)\n",
        "      A whole number, 1 or more.\n",
        "      A date, like 2026-01-31.\n",
        "Answer:\n  A list of `OrdersStatsOrder`.",
        "BadRequest: `Date field",
        "HTTP statuses that its page names: 400, 401, 403, 404, 420, 500.",
        "yamarket call get-orders-stats --help",
    ):
        assert part in told


def test_what_is_irreversible_or_deprecated_or_a_file_is_said(here: Here) -> None:
    assert "Access: irreversible: it can't be undone" in here(None, "methods", "sendMessageToChat").out.decode()
    assert "Deprecated: yes; use get_campaign_offers" in here(None, "methods", "getOffers").out.decode()
    assert "A file: " in here(None, "methods", "generateOrderLabels").out.decode()


def test_a_list_that_is_cut_is_of_any_length(here: Here) -> None:
    told = " ".join(here(None, "methods", "getOfferMappings").out.decode().split())
    assert "A list of 1 or more items; up to 100 go into a request." in told
    assert "1 to 100 items" not in told
    assert "1 or more items; up to 2,000 go into a request" in here(None, "methods", "updateStocks").out.decode()
    assert "A list with 1 to 50 items." in here(None, "methods", "getBusinessOrders").out.decode()
    assert "One of RU, UZ." in told


@pytest.mark.parametrize(
    ("name", "options"), [("getPrices", ["page-size", "page-token"]), ("getOffers", ["page-size", "page"])]
)
def test_where_a_list_begins_is_told_as_call_takes_it(name: str, options: list[str], here: Here) -> None:
    told, help_ = (here(None, *command).out.decode() for command in (("methods", name), ("call", name, "--help")))
    for option in options:
        assert re.search(rf"^  --{option}$", told, re.MULTILINE)
        assert re.search(rf"^  --{option} ", help_, re.MULTILINE)
    assert "--page" not in here(None, "methods", "getOperations").out.decode()


def test_constants_of_python_are_words_that_keep_to_the_sentence() -> None:
    assert for_people("the ids. None for all") == "The ids. Without it for all"
    assert for_people("the ids; None for all") == "The ids; without it for all"
    assert for_people("None leaves it. True for both, False or None for one") == (
        "Left out leaves it. Yes for both, no or without it for one"
    )
    for endpoint in endpoints().values():
        for text in docs_of(endpoint).arguments.values():
            assert not re.search(r"\. (without it|left out|yes|no)\b", for_people(text))


def test_json_holds_all_that_is_known(here: Here) -> None:
    (line,) = here(None, "methods", "getCampaignOffers", "--json").lines
    facts = json.loads(line)
    assert facts["http"] == "POST /v2/campaigns/{campaignId}/offers"
    assert facts["arguments"][0] == {
        "name": "campaignId",
        "option": "--campaign-id",
        "where": "path",
        "required": True,
        "rule": "must be a whole number, 1 or more",
        "description": facts["arguments"][0]["description"],
    }
    where = {argument["name"]: argument["where"] for argument in facts["arguments"]}
    assert (where["campaignId"], where["offerIds"], where["limit"]) == ("path", "body", "query")
    assert len(here(None, "methods", "--json").lines) == len(endpoints())


def test_words_that_lead_nowhere_are_told(here: Here) -> None:
    ended = here(None, "methods", "nonsense")
    assert (ended.status, ended.err) == (1, "yamarket: no operation is about nonsense; `yamarket methods` lists all\n")


def test_every_method_is_described_with_every_argument() -> None:
    for endpoint in endpoints().values():
        docs = docs_of(endpoint)
        assert docs.summary, endpoint.name
        missing = [s.argument for s in signature_of(endpoint).slots if s.argument not in docs.arguments]
        assert not missing, endpoint.name


def test_docstrings_in_the_source_are_those_of_the_client() -> None:
    for method, family in families_of_methods().items():
        docstring = getattr(MarketClient, method).__doc__
        assert description_of(family, method) == parse(_cleaned(docstring)), method


def _cleaned(docstring: str) -> str:
    return inspect.cleandoc(docstring)


def test_names_are_found_however_they_are_written() -> None:
    for endpoint in endpoints().values():
        for name in (endpoint.name, method_of(endpoint), kebab(endpoint.name)):
            assert find(name) is endpoint


def test_lists_and_reports_have_names_of_their_own() -> None:
    assert len(lists()) == sum(bool(items_path(endpoint)) for endpoint in endpoints().values())
    assert len(reports()) == sum(endpoint.report for endpoint in endpoints().values())
    assert list_name(find("searchShipments")) == "shipments"


def test_an_unknown_name_is_told_with_those_like_it(here: Here) -> None:
    for command in ("limits", "call"):
        ended = here(None, command, "getCampaing")
        assert ended.status == 2
        assert "get-campaign" in ended.err
    assert "there is no operation 'zzz'; `yamarket methods` lists all" in here(None, "limits", "zzz").err


def test_names_and_words_stay_whole_however_narrow_it_is(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        told = here(None, "export", "campaign-offers", "--help").out.decode()
        assert "get-offer-mappings" in told
        assert "DISABLED_AUTOMATICALLY" in told
        assert "\u2011" not in told


def test_an_operation_without_arguments_has_none(here: Here) -> None:
    assert "Arguments:" not in here(None, "methods", "getAuthTokenInfo").out.decode()


@pytest.mark.parametrize("group", ["export", "call", "report"])
def test_the_help_of_a_group_lists_its_commands(group: str, here: Here) -> None:
    told = here(None, group, "--help").out.decode()
    known = {"export": lists(), "call": map(kebab, endpoints()), "report": reports()}[group]
    assert all(f"\n  {name}" in told for name in known)


def test_text_is_as_wide_as_a_terminal_but_no_wider_than_is_read_well(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Screen())
    for columns, told in ((60, 60), (300, 100)):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert width() == told


def test_wrapped_text_keeps_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(len(line) <= 100 for line in wrapped("a word of more " * 40))
    assert wrapped("x" * 150) == ["x" * 150]
