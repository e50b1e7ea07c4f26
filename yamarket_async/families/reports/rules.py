"""What reports must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken, Rule
from yamarket_async.rules import at_least_one, at_most_days, each_once, exactly_one, not_before, only_with

MOST_BARCODES = 1_500
"""Barcodes in one file."""

days = not_before("date_from", "date_to")
a_quarter = at_most_days("date_from", "date_to", 92, "3 months")
a_year = at_most_days("date_from", "date_to", 366, "a year")
store_or_business = exactly_one("business_id", "campaign_id")
store_and_or_business = at_least_one("business_id", "campaign_id")
shipment_or_orders = at_least_one("shipment_id", "order_ids")
stores_of_a_business = only_with("campaign_ids", "business_id")
what_to_print = exactly_one("barcode_offer_infos", "supply_request_id")


def _one_way(call: Any, ways: tuple[tuple[str, ...], ...], words: str) -> Iterator[Broken]:
    given = [way for way in ways if any(getattr(call, name) is not None for name in way)]
    if len(given) != 1:
        yield Broken(given[-1][0] if given else ways[0][0], None, words)
    else:
        for name in given[0]:
            if getattr(call, name) is None:
                yield Broken(name, None, f"is needed: {words}")


def netting_range(call: Any) -> Iterator[Broken]:
    """Payments of some days, of one payment order, or of a month."""
    ways = (("date_from", "date_to"), ("bank_order_id", "bank_order_date_time"), ("month_of_year",))
    words = "give date_from and date_to, or bank_order_id and bank_order_date_time, or month_of_year"
    yield from _one_way(call, ways, words)


def services_range(call: Any) -> Iterator[Broken]:
    """Services of some days, or of some months."""
    ways = (("date_from", "date_to"), ("year_from", "month_from", "year_to", "month_to"))
    yield from _one_way(call, ways, "give date_from and date_to, or year_from, month_from, year_to and month_to")
    if call.year_from is not None and call.year_to is not None:
        first, last = (call.year_from, call.month_from or 1), (call.year_to, call.month_to or 12)
        if last < first:
            yield Broken("year_to", call.year_to, "must not end before it begins")


def only_of_a_store(*names: str) -> Rule:
    """Demand that arguments don't stand beside the business."""

    def rule(call: Any) -> Iterator[Broken]:
        for name in names:
            if getattr(call, name) is not None and call.business_id is not None:
                yield Broken(name, getattr(call, name), "can't stand beside business_id; give campaign_id")

    return rule


of_a_store = only_of_a_store("warehouse_ids", "report_date")


def contract(call: Any) -> Iterator[Broken]:
    """No contract on marketing any more."""
    name = "contract_types" if hasattr(call, "contract_types") else "contract_type"
    given = getattr(call, name)
    if given == "MARKETING" or (isinstance(given, list) and "MARKETING" in given):
        yield Broken(name, given, "MARKETING is no longer accepted; use generate_marketing_detalization_report")


def barcodes(call: Any) -> Iterator[Broken]:
    """Each product once, and no more barcodes than a file holds."""
    infos = call.barcode_offer_infos or ()
    yield from each_once((info.offer_id for info in infos), "barcode_offer_infos[{}].offerId", "SKU")
    if sum(info.barcode_count for info in infos) > MOST_BARCODES:
        yield Broken("barcode_offer_infos", None, f"must ask for at most {MOST_BARCODES:,} barcodes in all")
