"""The methods of documents to print: labels, barcodes and lists of a shipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from yamarket_async.families.reports.models import (
        BarcodeFormatType,
        BarcodeOfferInfo,
        LabelsSortingType,
    )
    from yamarket_async.models.orders import PageFormatType
    from yamarket_async.reports import Report

api = Family("reports")


class PrintedReportsMethods(Methods):
    """The methods of documents to print: labels, barcodes and lists of a shipment."""

    def generate_shipment_list_document_report(
        self,
        campaign_id: int,
        *,
        shipment_id: int | None = None,
        order_ids: Iterable[int] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Make the list by which a shipment is picked and packed, as a PDF.

        Give the shipment, some of its orders, or both. Your own number of an order is on it if
        `update_external_order_id` set it. The shipments are in `search_shipments`.

        Each call begins a new document.

        Placement models: FBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shipment_id: the shipment; needed unless `order_ids` is given.
            order_ids: only these orders of the shipment, without repeats, at least one; needed unless `shipment_id` is
                given.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to make it of; RESOURCE_NOT_FOUND: some of what was asked for wasn't
                found; TOO_LARGE: ask for less; or the Market couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 200 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateShipmentListDocumentReport
        """
        return self._report(
            api.GENERATE_SHIPMENT_LIST_DOCUMENT_REPORT,
            campaign_id=campaign_id,
            shipment_id=shipment_id,
            order_ids=order_ids,
            timeout=timeout,
        )

    def generate_mass_order_labels_report(
        self,
        business_id: int,
        order_ids: Iterable[int],
        *,
        format: str | PageFormatType | None = None,
        sorting_type: str | LabelsSortingType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Make the labels of up to 1,000 orders, as one PDF.

        The boxes of the orders must be known (`set_order_box_layout`); `get_shipment_orders_info` says which orders are
        ready. Your own number of an order is on its labels if `update_external_order_id` set it. Where some orders
        aren't found, `ReportFailed` says RESOURCE_NOT_FOUND, so that no label is missed without a word; if the Market
        made the others, the link to them is at its `info.file`. For the labels of one order at once use
        `generate_order_labels`.

        Each call begins a new document.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            order_ids: the orders, 1 to 1,000, without repeats.
            format: how a label is laid out: A9_HORIZONTALLY (58 × 40 mm), A9 (40 × 58 mm), A7 (75 × 120 mm) or A4 (a
                sheet with the label chosen in the account); None is as A7.
            sorting_type: SORT_BY_GIVEN_ORDER for the order of `order_ids`; SORT_BY_ORDER_CREATED_AT, or None, for the
                day of the order, store by store.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to make it of; RESOURCE_NOT_FOUND: some of what was asked for wasn't
                found; TOO_LARGE: ask for less; or the Market couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateMassOrderLabelsReport
        """
        return self._report(
            api.GENERATE_MASS_ORDER_LABELS_REPORT,
            business_id=business_id,
            order_ids=order_ids,
            format=format,
            sorting_type=sorting_type,
            timeout=timeout,
        )

    def generate_barcodes_report(
        self,
        campaign_id: int,
        barcode_format: str | BarcodeFormatType,
        *,
        barcode_offer_infos: Iterable[BarcodeOfferInfo | Mapping[str, Any]] | None = None,
        supply_request_id: int | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Make the barcodes of products, or of a supply request, as a PDF.

        For products that you name, or for all of a supply request; never both. Of a product with several barcodes each
        is printed as often as you ask. A file of more than 1,500 barcodes can't be made: split it. Products without a
        barcode get one by `generate_offer_barcodes`.

        Each call begins a new document.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            barcode_format: the page: F_30_20, F_43_25 or F_58_40 for that many millimetres on A4, F_43_25_SINGLE for a
                printer of labels.
            barcode_offer_infos: the products, 1 to 100, each SKU once: a `BarcodeOfferInfo` or a mapping like
                `{"offerId": "A1", "barcodeCount": 2}`; not together with `supply_request_id`.
            supply_request_id: the supply request, 1 or more (`get_supply_requests`); not together with
                `barcode_offer_infos`.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: there would be more than 1,500 barcodes in the file.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to make it of; RESOURCE_NOT_FOUND: some of what was asked for wasn't
                found; TOO_LARGE: ask for less; or the Market couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for the key with a subscription, 100 requests an hour without. Scopes, one of:
        all-methods, all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateBarcodesReport
        """
        return self._report(
            api.GENERATE_BARCODES_REPORT,
            campaign_id=campaign_id,
            barcode_format=barcode_format,
            barcode_offer_infos=barcode_offer_infos,
            supply_request_id=supply_request_id,
            timeout=timeout,
        )
