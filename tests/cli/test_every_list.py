"""Every list of the API into a flat file, as somebody does who knows the command and nothing else."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_origin

import msgspec
import openpyxl
import pytest

from yamarket_async.cli import lookup
from yamarket_async.cli.columns import is_struct
from yamarket_async.cli.exports import Export
from yamarket_async.cli.lookup import lists
from yamarket_async.cli.options import option_name
from yamarket_async.cli.values import bare
from yamarket_async.endpoints import Endpoint
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def market() -> Iterator[Sandbox]:
    """A pretend Market with stores of three models: some lists are for one of them only."""
    with Sandbox(offers=60, campaigns=("FBS", "FBY", "DBS")) as made:
        yield made


class Given:
    """What a list is asked for with, beside the ids of the store and the cabinet."""

    def __init__(self, market: Sandbox, here: Callable[..., Any]) -> None:
        self._market = market
        self._here = here

    def needed(self, name: str, campaign_id: int) -> list[object]:
        """Give the options with an id that only another list tells."""
        if name not in TOLD_BY:
            return []
        option, parent, *path = TOLD_BY[name]
        store = ("--campaign-id", campaign_id) if parent in OF_A_STORE else ()
        items = self._here(self._market, "export", parent, *store, "-q").lines
        value: Any = json.loads(items[0]) if items else None
        for field in path:
            value = value and value[field]
        return [option, value or 1]

    def of(self, campaign_id: int) -> dict[str, Any]:
        """Give the values of the arguments."""
        sku = self._market.offer_ids()[0]
        return {
            "campaign_id": campaign_id,
            "skus": sku,
            "shop_skus": sku,
            "market_category_ids": 90401,
            "category_id": 90401,
            "operation_type": "ORDER_STATUS_UPDATE",
            "operation_ids": "a",
            "name": "Москва",
            "region_id": 213,
            "date_from": TODAY - timedelta(days=10),
            "date_to": TODAY,
            "campaign_ids": campaign_id,
            "parameters": json.dumps({"campaignId": campaign_id}),
            "offers": json.dumps({"categoryId": 90401, "price": 9, "length": 1, "width": 1, "height": 1, "weight": 1}),
        }


TOLD_BY = {
    "chat-history": ("--chat-id", "chats", "chatId"),
    "goods-feedback-comments": ("--feedback-id", "goods-feedbacks", "feedbackId"),
    "goods-question-answers": ("--question-id", "goods-questions", "questionIdentifiers", "id"),
    "outlet-licenses": ("--outlet-ids", "outlets", "id"),
    "return-available-decisions": ("--return-id", "returns", "id"),
    "stocks-on-partner-warehouses": ("--partner-warehouse-id", "partner-warehouses", "id"),
    "supply-request-documents": ("--request-id", "supply-requests", "id", "id"),
    "supply-request-items": ("--request-id", "supply-requests", "id", "id"),
}
"""Lists that need an id, with the list that tells it and where."""

OF_A_STORE = frozenset({"outlets", "returns", "supply-requests"})
"""Those of them that are lists of a store."""


@pytest.mark.parametrize("name", lists())
def test_a_list_becomes_csv_and_a_workbook(name: str, here: Callable[..., Any], market: Sandbox) -> None:
    export = Export(lists()[name])
    given = Given(market, here)
    for campaign_id in market.campaign_ids:
        values = given.of(campaign_id)
        needed = [
            each
            for slot in export.required
            if slot.argument in values
            for each in (option_name(slot.argument), values[slot.argument])
        ]
        command = ("export", name, *needed, *given.needed(name, campaign_id))
        ended = here(market, *command, "-o", "list.csv", "--force")
        if ended.status == 0:
            break
    assert ended.status == 0, ended.err
    assert here(market, *command, "-o", "list.xlsx").status == 0
    with Path("list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [column.name for column in export.columns]
    sheet = openpyxl.load_workbook("list.xlsx").active
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)


NO_LISTS = {
    "getCategoriesTree": "a tree",
    "getChatMessage": "a message with its files",
    "getDeliveryOptions": "calculates",
    "getOrder": "an order with its items",
    "getOrderIdentifiersStatus": "an order with its items",
    "getOrderLabelsData": "the labels of one order",
    "getOutlet": "a shop with its phones",
    "getReturn": "a return with its items",
}
"""Operations that answer with one thing that has a list of others in it."""


def test_every_list_that_comes_whole_can_be_exported() -> None:
    reads = [each for each in endpoints().values() if each.access == "read" and each.response and not each.pages]
    assert {each.name for each in reads if _has_list(each)} == lookup.WHOLE.keys() | NO_LISTS.keys()


def _has_list(endpoint: Endpoint) -> bool:
    """Tell whether what a method returns is a list of structs, or has one."""
    fields = {field.name: bare(field.type) for field in msgspec.structs.fields(endpoint.response)}
    result = fields.get(endpoint.result)
    kinds = [bare(each.type) for each in msgspec.structs.fields(result)] if is_struct(result) else [result]
    return any(is_struct(bare(kind.__args__[0])) for kind in kinds if get_origin(kind) is list)


def test_what_is_no_list_is_told_with_the_command_that_calls_it(here: Callable[..., Any]) -> None:
    for name in ("getCategoriesTree", "get-categories-tree"):
        ended = here(None, "export", name)
        assert ended.status == 2
        assert f"No such command '{name}'; `yamarket call get-categories-tree` calls this operation" in ended.err
