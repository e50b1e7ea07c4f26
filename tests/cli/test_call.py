"""`yamarket call`: any operation, with options that follow from its arguments."""

import json
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import click
import pytest

from yamarket_async.bulk import BulkReport
from yamarket_async.cli.call import call as group
from yamarket_async.cli.calling import _report
from yamarket_async.cli.options import derived
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.values import Value, Values, read_json, read_text
from yamarket_async.errors import MarketError
from yamarket_async.families import endpoints
from yamarket_async.models import CurrencyType
from yamarket_async.models.bounds import Bounds
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]

PRICE = {"offerId": "A", "price": {"value": 5, "currencyId": "RUR"}}


@pytest.mark.parametrize("name", ["getCampaigns", "get_campaigns", "get-campaigns"])
def test_a_list_is_json_lines(name: str, here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "call", name)
    assert ended.status == 0
    assert [json.loads(line)["id"] for line in ended.lines] == list(sandbox.campaign_ids)


def test_a_single_answer_is_json(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "call", "getCampaign")
    assert json.loads(ended.out)["id"] == sandbox.campaign_id


def test_an_answer_goes_into_a_file_that_is_not_overwritten(here: Here, sandbox: Sandbox) -> None:
    assert here(sandbox, "call", "getCampaigns", "-o", "a.jsonl").status == 0
    assert json.loads(Path("a.jsonl").read_bytes())["id"] == sandbox.campaign_id
    ended = here(sandbox, "call", "getCampaigns", "-o", "a.jsonl")
    assert ended.status == 2
    assert ended.err == "yamarket: --output a.jsonl: there is such a file already; --force overwrites it\n"
    assert here(sandbox, "call", "getCampaigns", "-o", "a.jsonl", "--force").status == 0


def test_a_file_is_saved(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(orders=20)
    today = datetime.now(UTC).date()
    days = ("--date-from", today - timedelta(days=20), "--date-to", today + timedelta(days=10))
    shipment = json.loads(here(sandbox, "export", "shipments", *days).lines[0])
    arguments = ("call", "downloadShipmentAct", "--shipment-id", shipment["id"])
    ended = here(sandbox, *arguments, "-o", "a.pdf")
    assert (ended.status, ended.out) == (0, b""), ended.err
    assert Path("a.pdf").read_bytes().startswith(b"%PDF")
    assert here(sandbox, *arguments).out == Path("a.pdf").read_bytes()


def test_pages_are_asked_for_one_by_one(here: Here, sandbox: Sandbox) -> None:
    here(sandbox, "call", "getCampaignOffers", "--page-size", 50, "--quiet")
    assert sandbox.requests[0].query["limit"] == ["50"]
    ended = here(sandbox, "call", "getOffers", "--page", 2, "--page-size", 100, "--quiet")
    assert len(ended.lines) == 900
    assert here(sandbox, "call", "getCampaignOffers", "--page-token", "x").status == 1


def test_a_write_says_what_it_does_and_needs_somebody_to_ask(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "call", "updateBusinessPrices", "--offers", json.dumps(PRICE))
    said, refused = ended.err.splitlines()
    assert said.startswith("yamarket: updateBusinessPrices: Set prices of products")
    assert said.endswith(f"(business-id {sandbox.business_id}, 1 offer).")
    assert refused == "yamarket: nobody is there to be asked; --yes does it without asking"
    assert ended.status == 2
    assert not sandbox.requests


def test_what_cannot_be_undone_is_said_so(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "call", "sendMessageToChat", "--chat-id", 1, "--message", "Привет")
    assert "This can't be undone." in ended.err


def test_a_write_is_asked_about_on_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    for answer, status in (("n", 1), ("y", 0)):
        screen = terminal(sandbox, "call", "updateBusinessPrices", "--offers", json.dumps(PRICE))
        screen.until("Do it? [y/N]")
        screen.type(f"{answer}\n")
        assert screen.status() == status
    assert "nothing was done" not in screen.shown
    assert sum(request.path.endswith("/offer-prices/updates") for request in sandbox.requests) == 1


def test_what_was_done_before_a_failure_is_told(here: Here, sandbox: Sandbox) -> None:
    Path("skus.txt").write_text("\n".join(sandbox.offer_ids()), encoding="utf-8")
    sandbox.faults.delay_seconds = 0.0
    sandbox.faults.next("delay", times=1)
    sandbox.faults.next("redirect", times=4)
    ended = here(sandbox, "call", "deleteCampaignOffers", "--offer-ids", "@skus.txt", "--yes", "--quiet")
    assert ended.status == 3
    assert json.loads(ended.out)["accepted"] + json.loads(ended.out)["rejected"] == 500
    assert "500 were answered for before" in ended.err


def test_things_are_told_of_in_json(here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[0]
    price = {"offerId": sku, "price": {"value": 5, "currencyId": "RUR"}}
    ended = here(sandbox, "call", "updateBusinessPrices", "--offers", json.dumps(price), "--yes")
    assert ended.status == 0, ended.err
    told = json.loads(ended.out)
    assert (told["accepted"], told["rejected"], told["rejectedItems"]) == (1, 0, [])


def test_what_is_partly_rejected_has_its_status(here: Here, sandbox: Sandbox) -> None:
    ids = f'{sandbox.offer_ids()[0]},"no, such"'
    ended = here(sandbox, "call", "deleteCampaignOffers", "--offer-ids", ids, "--yes")
    assert ended.status == 3
    told = json.loads(ended.out)
    assert told["accepted"] == told["rejected"] == 1
    assert told["rejectedItems"][0]["item"] == "no, such"


@pytest.mark.parametrize("form", ["body", "list", "stdin", "thing"])
def test_a_body_comes_from_a_file(form: str, here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[0]
    price = {"offerId": sku, "price": {"value": 5.25, "currencyId": "RUR"}}
    body = {"body": {"offers": [price]}, "list": [price], "stdin": {"offers": [price]}}.get(form, price)
    text = json.dumps(body)
    Path("body.json").write_text(text)
    command = ("call", "updateBusinessPrices", "--yes", "--body")
    if form == "stdin":
        ended = here(sandbox, *command, "-", given=text.encode())
    else:
        ended = here(sandbox, *command, "body.json")
    if form == "thing":  # a single object is the body itself
        assert "there is no field 'offerId'; those are offers" in ended.err
        return
    assert ended.status == 0, ended.err
    sent = [request for request in sandbox.requests if request.path.endswith("updates")]
    assert json.loads(sent[-1].body) == {"offers": [price]}


def test_objects_on_lines_are_the_things(here: Here, sandbox: Sandbox) -> None:
    prices = [{**PRICE, "offerId": sku} for sku in sandbox.offer_ids()[:3]]
    Path("body.jsonl").write_text("\n".join(map(json.dumps, prices)))
    ended = here(sandbox, "call", "updateBusinessPrices", "--body", "body.jsonl", "--yes", "--quiet")
    assert json.loads(ended.out)["accepted"] == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("updateBusinessPrices", "--body", "no.json"), "--body: no.json: No such file or directory"),
        (("updateBusinessPrices", "--body", "bad.json"), "--body: bad.json: is no JSON"),
        (("updateBusinessPrices", "--body", "text.json"), "--body text.json: must be an object with offers"),
        (("updateBusinessPrices", "--body", "field.json"), "there is no field 'x'; those are offers"),
        (("updateBusinessPrices",), "Missing option --offers or --body"),
        (("updateBusinessPrices", "--body", "good.json", "--offers", "{}"), "--offers stands in --body already"),
        (("getPromoOffers", "--body", "list.json"), "--body list.json: must be an object with promoId, statuses"),
        (("getCampaign", "--body", "good.json"), "No such option"),
        (("updateBusinessPrices", "--offers", "{"), "is no JSON"),
        (("updateBusinessPrices", "--offers", "[1e99999999999999999999]"), "is no JSON"),
        (("updateBusinessPrices", "--offers", '{"offerId": 5}', "--yes"), "--offers, number 1, offerId 5: a SKU has"),
        (("getCampaign", "--campaign-id", "x"), "'x': must be a whole number, 1 or more"),
        (("getCampaign", "--campaign-id", "0"), "0: must be a whole number, 1 or more"),
        (("getOrdersStats", "--date-from", "tomorrow"), "'tomorrow': must be a date, like 2026-01-31"),
        (("getOrders", "--updated-at-from", "2026-01-01T10:00"), "must be a moment with a time zone, like"),
        (("getBusinessOrders", "--statuses", "SOLD"), "'SOLD': must be one of PLACING"),
        (
            ("getBusinessOrders", "--dates-creation-date-from", "2026-02-01", "--dates-creation-date-to", "2026-01-01"),
            "--dates-creation-date-to 2026-01-01: is before --dates-creation-date-from, 2026-02-01",
        ),
        (("getBusinessOrders", "--dates", "{}", "--dates-creation-date-from", "2026-01-01"), "stands for the whole"),
    ],
)
def test_what_cannot_be_called_so_is_told_before_anything_is_sent(
    arguments: tuple[str, ...], told: str, here: Here, sandbox: Sandbox
) -> None:
    for name, text in {
        "bad": "{",
        "text": "5",
        "field": '{"x": 1}',
        "good": '{"offers": []}',
        "list": "[1, 2]",
    }.items():
        Path(f"{name}.json").write_text(text)
    ended = here(sandbox, "call", *arguments)
    assert (ended.status, ended.out) == (2, b"")
    assert told in ended.err
    assert not sandbox.requests


def test_fields_of_an_object_have_options(here: Here, sandbox: Sandbox) -> None:
    days = ("--dates-creation-date-from", "01.01.2026", "--dates-creation-date-to", "2026-01-15")
    assert here(sandbox, "call", "getBusinessOrders", *days).status == 0
    assert json.loads(sandbox.requests[0].body)["dates"] == {
        "creationDateFrom": "2026-01-01",
        "creationDateTo": "2026-01-15",
    }


def test_the_end_of_a_range_is_asked_for_by_its_option(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "call", "getBusinessOrders", "--dates-creation-date-from", "2020-01-01")
    assert (ended.status, sandbox.requests) == (2, [])
    said = "--dates-creation-date-from 2020-01-01: is more than 30 days ago: give --dates-creation-date-to too"
    assert said in ended.err


def test_an_object_is_json(here: Here, sandbox: Sandbox) -> None:
    assert here(sandbox, "call", "getBusinessOrders", "--dates", '{"shipmentDateFrom": "2026-01-01"}').status == 0
    assert json.loads(sandbox.requests[0].body)["dates"] == {"shipmentDateFrom": "2026-01-01"}


def test_what_has_no_answer_prints_nothing(here: Here, sandbox: Sandbox) -> None:
    chats = here(sandbox, "call", "getChats").lines
    chat_id = json.loads(chats[0])["chatId"]
    ended = here(sandbox, "call", "sendMessageToChat", "--chat-id", chat_id, "--message", "Привет", "--yes")
    assert (ended.status, ended.out) == (0, b""), ended.err


def test_a_file_is_sent(here: Here, sandbox: Sandbox) -> None:
    chat_id = json.loads(here(sandbox, "call", "getChats").lines[0])["chatId"]
    Path("a.png").write_bytes(b"\x89PNG")
    ended = here(sandbox, "call", "sendFileToChat", "--chat-id", chat_id, "--file", "a.png", "--yes")
    assert ended.status == 0, ended.err


def test_a_report_is_saved(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    days = ("--date-from", "2026-01-01", "--date-to", "2026-01-31")
    ended = here(sandbox, "call", "generateUnitedOrdersReport", *days, "-o", "a.xlsx")
    assert ended.status == 0, ended.err
    assert Path("a.xlsx").read_bytes().startswith(b"PK")


def test_a_file_is_not_for_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    screen = terminal(sandbox, "call", "generateOrderLabels", "--order-id", "1")
    assert screen.status() == 2
    assert "the answer is a file; name one with --output" in screen.shown


def test_a_closed_stdout_is_told(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert here(sandbox, "call", "getCampaigns").err == "yamarket: standard output is closed\n"


def test_what_a_write_is_given_is_said_in_short(here: Here, sandbox: Sandbox) -> None:
    arguments = ("--chat-id", 1, "--message", "x" * 200)
    said = here(sandbox, "call", "sendMessageToChat", *arguments).err
    assert "chat-id 1, message 'xxx" in said
    assert "x…)." in said


def test_nothing_to_change_is_a_report_of_nothing(here: Here, sandbox: Sandbox) -> None:
    arguments = ("--promo-id", sandbox.promo_id, "--delete-all-offers", "--yes")
    ended = here(sandbox, "call", "deletePromoOffers", *arguments)
    assert ended.status == 0, ended.err
    assert json.loads(ended.out)["rejected"] == 0


def test_every_operation_has_a_command_with_help(here: Here) -> None:
    context = click.Context(group)
    assert len(group.list_commands(context)) == len(endpoints())
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        told = command.get_help(click.Context(command, info_name=name))
        assert "https://yandex.ru/dev/market/partner-api/doc/ru/reference/" in told


def test_no_option_is_there_twice() -> None:
    for endpoint in endpoints().values():
        names = [name for option in derived(endpoint) for name in (*option.opts, *option.secondary_opts)]
        assert len(names) == len(set(names)), endpoint.name


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("5", int, 5),
        ("5.50", Decimal, Decimal("5.50")),
        ("yes", bool, True),
        ("2026-01-31", date, date(2026, 1, 31)),
        ("31.01.2026", date, date(2026, 1, 31)),
        ("2026-01-31T10:00:00Z", datetime, datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("rur", CurrencyType, "RUR"),
        ("NEW", CurrencyType, "NEW"),
        ("Чайник", str, "Чайник"),
    ],
)
def test_values_are_read_as_what_they_are(text: str, kind: Any, value: Any) -> None:
    assert read_text(text, kind) == value


def test_a_value_that_was_read_already_stays() -> None:
    assert Value(int).convert(5, None, None) == 5
    assert Values(int, "ids").convert((5,), None, None) == (5,)


def test_a_list_is_cut_at_commas_that_are_not_in_quotes() -> None:
    kind = Annotated[str, Bounds(min_length=1)]
    assert Values(kind, "vendor_names").convert('"Ромашка, ООО", Лютик', None, None) == ["Ромашка, ООО", "Лютик"]


def test_a_list_comes_from_a_file() -> None:
    Path("ids.txt").write_text("5\n6\n")
    assert Values(int, "order_ids").convert("@ids.txt", None, None) == [5, 6]


def test_json_comes_from_a_file_with_a_mark() -> None:
    Path("a.json").write_bytes(b'\xef\xbb\xbf{"a": 1.10}')
    assert read_json("@a.json") == {"a": Decimal("1.10")}


class Ends:
    """Batches of which one was answered and not handed out when a request failed."""

    def __init__(self, report: BulkReport) -> None:
        self.done = (report,)

    async def __aiter__(self) -> AsyncIterator[BulkReport]:
        yield BulkReport(accepted=["B"])
        raise MarketError("no network")


async def test_what_was_answered_and_not_handed_out_is_told_too() -> None:
    answered = BulkReport(accepted=["A"])
    batches: Any = Ends(answered)
    whole, ended = await _report(batches, Progress("things", quiet=True))
    assert whole.accepted == ["B", "A"]
    assert str(ended) == "no network"


def test_a_file_of_ids_without_their_column_names_no_option_that_is_not_there(here: Here, sandbox: Sandbox) -> None:
    Path("d.csv").write_text("code;n\nA;x1\n", encoding="utf-8")
    ended = here(sandbox, "call", "get-stocks", "--campaign-id", 21000000, "--offer-ids", "@d.csv")
    assert ended.status == 2
    assert "has no column 'offerId', but 'code', 'n'; name the one that holds them so\n" in ended.err
