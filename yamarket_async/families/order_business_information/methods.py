"""The methods of business orders: organisations that buy, and the documents of their orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.order_business_information.models import OrderBusinessBuyer, OrderBusinessDocuments

api = Family("order_business_information")


class OrderBusinessInformationMethods(Methods):
    """The methods of business orders: organisations that buy, and the documents of their orders."""

    async def get_order_business_buyer_info(self, campaign_id: int, order_id: int) -> OrderBusinessBuyer:
        """Get which organisation bought an order.

        For orders in PROCESSING, DELIVERY, PICKUP or DELIVERED. For a private person use `get_order_buyer_info`.

        Placement models: FBS, FBY, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `OrderBusinessBuyer`: name, address and tax numbers.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Order is in the wrong status, it’s only possible starting from the status PROCESSING.`: it is
                too early, or the order was cancelled; `Not a business buyer.`: a private person bought it.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 3,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-business-information/getOrderBusinessBuyerInfo
        """
        result: OrderBusinessBuyer = await self._call(
            api.GET_ORDER_BUSINESS_BUYER_INFO, campaign_id=campaign_id, order_id=order_id
        )
        return result

    async def get_order_business_documents_info(self, campaign_id: int, order_id: int) -> OrderBusinessDocuments:
        """Get which accounting documents of an organisation's order are ready.

        For orders that have become DELIVERED; before that there is nothing to tell.

        Placement models: FBS, FBY, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.

        Returns:
            An `OrderBusinessDocuments`: number, day and status of each kind of document.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Not a business buyer.`: a private person bought it.
            NotFound: `Order not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 3,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/order-business-information/getOrderBusinessDocumentsInfo
        """
        result: OrderBusinessDocuments = await self._call(
            api.GET_ORDER_BUSINESS_DOCUMENTS_INFO, campaign_id=campaign_id, order_id=order_id
        )
        return result
