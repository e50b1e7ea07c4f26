"""The methods of order labels: labels to stick on the boxes of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.order_labels.models import OrderLabel
    from yamarket_async.files import File
    from yamarket_async.models.orders import PageFormatType

api = Family("order_labels")


class OrderLabelsMethods(Methods):
    """The methods of order labels: labels to stick on the boxes of an order."""

    async def generate_order_label(
        self, campaign_id: int, order_id: int, box_id: int, *, format: str | PageFormatType | None = None
    ) -> File:
        """Make the label of one box of an order, as a PDF.

        The boxes have to be known to the Market: send them with `set_order_box_layout` first, whose answer tells the
        box ids. To have your own number of the order on the label, send it with `update_external_order_id` before; its
        barcode holds that number only if it is all ASCII, and else the Market's. After another change of the boxes
        print the labels anew. The number of a shipment that the path still has is no longer read; the client fills it
        in.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            box_id: the box: its id in the answer of `set_order_box_layout` or in `get_business_orders`.
            format: how the label lies on the page, a `PageFormatType`: A9_HORIZONTALLY, A9, A7 or A4; None for A7.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found`, or `Box not found. Box: …` and `No boxes found for order …` where the boxes
                were not sent yet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-labels/generateOrderLabel
        """
        return await self._file(
            api.GENERATE_ORDER_LABEL, campaign_id=campaign_id, order_id=order_id, box_id=box_id, format=format
        )

    async def generate_order_labels(
        self, campaign_id: int, order_id: int, *, format: str | PageFormatType | None = None
    ) -> File:
        """Make the labels of all boxes of an order, as one PDF.

        Stick them on the boxes before the shipment. Send the boxes with `set_order_box_layout` first, and your own
        number of the order with `update_external_order_id` if it should stand on them; its barcode holds that number
        only if it is all ASCII. After another change of the boxes print them anew. For many orders at once there is
        `generate_mass_order_labels_report`.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            format: how labels lie on the pages, a `PageFormatType`: A9_HORIZONTALLY, A9, A7 or A4; None for A7.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found`, or `No boxes found for order …` where the boxes were not sent yet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-labels/generateOrderLabels
        """
        return await self._file(api.GENERATE_ORDER_LABELS, campaign_id=campaign_id, order_id=order_id, format=format)

    async def get_order_labels_data(self, campaign_id: int, order_id: int) -> OrderLabel:
        """Get what stands on the labels of an order, to print them in a layout of one's own.

        Send the boxes with `set_order_box_layout` first. The Market's own labels come from `generate_order_labels`.

        Placement models: FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `OrderLabel`: what is the same for all boxes, and a `ParcelBoxLabel` for each.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Order not found`, or `No boxes found for order …` where the boxes were not sent yet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-labels/getOrderLabelsData
        """
        result: OrderLabel = await self._call(api.GET_ORDER_LABELS_DATA, campaign_id=campaign_id, order_id=order_id)
        return result
