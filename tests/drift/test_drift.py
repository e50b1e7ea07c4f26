"""The table, its structs and its enums are those of the official description."""

from tests.drift.compare import differences
from tests.drift.description import Description

DOTTED = "the types say date and the page DD-MM-YYYY: FACTS-2026, section 8"
DROPPED = "required and to be dropped on 19.10.2026: an answer with it is read, and one without"
KNOWN: dict[str, str] = {
    "getOffers: is in no description any more": "deprecated and undocumented; its page of 2025 is what there is",
    **{
        f'getOrders: Parameter("{name}", date, required=False),  # was dotted day, required=False': DOTTED
        for name in ("fromDate", "toDate", "supplierShipmentDateFrom", "supplierShipmentDateTo")
    },
    **{
        f"searchShipments: class SearchShipmentsRequest:     {name}: date  # was dotted day, required=True": DOTTED
        for name in ("date_from", "date_to")
    },
    "getOrdersStats: class OrdersStatsOrder:     status_update_date: Moment | None = None"
    "  # was Moscow moment, required=False": "it comes without an offset, in Moscow's time: FACTS-2026, section 8",
    "getOrderLabelsData: class OrderLabel:     url: Annotated[Annotated[str, Bounds(min_length=1, max_length=2000)], "
    "Outdated(…)]  # was str (min_length=1, max_length=2000), required=False": DROPPED,
    "getOrderLabelsData: class ParcelBoxLabel:     weight: Annotated[str, Outdated(…)]  # was str, required=False": (
        DROPPED
    ),
}
"""What differs on purpose, with the reason."""


def test_nothing_has_drifted_but_what_is_known(description_path):
    found = set(differences(Description(description_path)))
    new = sorted(found - set(KNOWN))
    assert not new, "the description differs from the table; write:\n" + "\n".join(new)


def test_what_is_known_to_differ_still_does(description_path, pytestconfig):
    found = set(differences(Description(description_path)))
    assert set(KNOWN) <= found
