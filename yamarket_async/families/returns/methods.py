"""The methods of returns: what buyers sent back or never fetched, and deciding about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from yamarket_async.families.returns.models import (
        CancelReturn,
        CreatedReturn,
        CreateReturn,
        Return,
        ReturnAvailableDecisionsResult,
        ReturnItemDecision,
        ReturnRequestDecisionType,
    )
    from yamarket_async.files import File
    from yamarket_async.models.prices import BasePrice
    from yamarket_async.models.returns import RefundStatusType, ReturnShipmentStatusType, ReturnType
    from yamarket_async.paging import Pager

api = Family("returns")


class ReturnsMethods(Methods):
    """The methods of returns: what buyers sent back or never fetched, and deciding about it."""

    def get_returns(
        self,
        campaign_id: int,
        *,
        order_ids: Iterable[int] | None = None,
        statuses: Iterable[str | RefundStatusType] | None = None,
        shipment_statuses: Iterable[str | ReturnShipmentStatusType] | None = None,
        type: str | ReturnType | None = None,
        from_date: date | None = None,
        to_date: date | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[Return]:
        """Walk through the returns of a store, and the orders that were never fetched.

        Both are listed, told apart by `return_type`: a RETURN comes from a buyer who had the goods, an UNREDEEMED order
        came back undelivered. Only a RETURN has a `refund_status`. Notifications (ORDER_RETURN_CREATED,
        ORDER_RETURN_STATUS_UPDATED) tell of new ones and save polling; else walk from the day of your last walk, as the
        days filter by the last change.

        Filters add up: only what fits all of them is listed. The Market cuts a page size over 100 to 100 without a
        word. One alone is read with `get_return`.

        Placement models: FBS, DBS, EXPRESS, FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_ids: only those of these orders, without repeats; of any number, 50 a request. An order may have
                several.
            statuses: only returns in these statuses of refund, without repeats; None for all.
            shipment_statuses: only those in these statuses of transport, without repeats; None for all.
            type: RETURN for returns, UNREDEEMED for orders that were never fetched; None for both.
            from_date: only those changed on this day or later.
            to_date: only those changed on this day or earlier.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Return`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturns
        """
        return self._pager(
            api.GET_RETURNS,
            campaign_id=campaign_id,
            order_ids=order_ids,
            statuses=statuses,
            shipment_statuses=shipment_statuses,
            type=type,
            from_date=from_date,
            to_date=to_date,
            page_size=page_size,
            page_token=page_token,
        )

    async def get_return(self, campaign_id: int, order_id: int, return_id: int) -> Return:
        """Get one return, or one order that was never fetched.

        The same `Return` that `get_returns` lists. Its `items` hold the ids and the hashes of photos that
        `submit_return_decision` and `get_return_photo` want.

        Placement models: FBS, DBS, EXPRESS, FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            return_id: the return: an id of `get_returns` or of a notification.

        Returns:
            A `Return`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Return … for order … is not found`: there is no such return of this order.
            MarketError: see `yamarket_async.errors`.

        Limit: 7,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturn
        """
        result: Return = await self._call(
            api.GET_RETURN, campaign_id=campaign_id, order_id=order_id, return_id=return_id
        )
        return result

    @deprecated("use submit_return_decision; the Market shuts it down on 2027-04-05")
    async def set_return_decision(
        self,
        campaign_id: int,
        order_id: int,
        return_id: int,
        return_item_id: int,
        decision_type: str | ReturnRequestDecisionType,
        *,
        comment: str | None = None,
        compensation: BasePrice | Mapping[str, Any] | None = None,
    ) -> None:
        """Choose a decision about an item of a return, without making it final.

        It is deprecated: from 18 January 2027 the Market refuses a growing share of the calls, on 5 April 2027 it shuts
        the method down. Use `submit_return_decision`, which takes the decisions itself.

        For DBS. The decision can be changed by another call until `submit_return_decision`, which is told it again,
        makes it final.

        Placement models: DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            return_id: the return.
            return_item_id: the item: a `return_item_id` of the return's `decisions`.
            decision_type: the decision, a `ReturnRequestDecisionType`.
            comment: words for it, needed with REFUND_MONEY_INCLUDING_SHIPMENT (what sending it back costs), REPAIR
                (when it will be mended), DECLINE_REFUND (why) and OTHER_DECISION (what you offer); None for none.
            compensation: what you pay of your own will for the item, above 0; only with PARTIAL_MONEY_REFUND.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Return … for order … is not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/setReturnDecision
        """
        await self._call(
            api.SET_RETURN_DECISION,
            campaign_id=campaign_id,
            order_id=order_id,
            return_id=return_id,
            return_item_id=return_item_id,
            decision_type=decision_type,
            comment=comment,
            compensation=compensation,
        )

    async def submit_return_decision(
        self,
        campaign_id: int,
        order_id: int,
        return_id: int,
        return_item_decisions: Iterable[ReturnItemDecision | Mapping[str, Any]],
    ) -> None:
        """Decide about the items of a return.

        Ask first which decisions are open, with `get_return_available_decisions`. Decide within 48 hours while the
        return waits for it (PREMODERATION_DECISION_WAITING for FBY, FBS and Express, WAITING_FOR_DECISION for DBS);
        after that the Market goes on without you. A decision is final, so send those of all items in one call. A
        request whose answer was lost is not sent again: read `refund_status` with `get_return` to see what became of
        it.

        Placement models: DBS, FBS, EXPRESS, FBY.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            return_id: the return.
            return_item_decisions: a decision for each item, at least one. Each is a `ReturnItemDecision` or a mapping
                like `{"returnItemId": 1, "decisionType": "REFUND_MONEY"}`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: a decision is not open to this return, or a compensation lies out of its bounds.
            NotFound: `Return … for order … is not found`.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/submitReturnDecision
        """
        await self._call(
            api.SUBMIT_RETURN_DECISION,
            campaign_id=campaign_id,
            order_id=order_id,
            return_id=return_id,
            return_item_decisions=return_item_decisions,
        )

    async def get_return_available_decisions(
        self, business_id: int, campaign_id: int, return_id: int
    ) -> ReturnAvailableDecisionsResult:
        """Get which decisions are open about a return.

        The step before `submit_return_decision`: with each decision come the reasons that DECLINE_REFUND may give, or
        the bounds of the money for PARTIAL_MONEY_REFUND. Decisions of another return may be others.

        Placement models: DBS, FBS, EXPRESS, FBY.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            campaign_id: the store of the return: a campaignId, 1 or more.
            return_id: the return, 1 or more: an id of `get_returns`.

        Returns:
            A `ReturnAvailableDecisionsResult`: the decisions.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such return in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturnAvailableDecisions
        """
        result: ReturnAvailableDecisionsResult = await self._call(
            api.GET_RETURN_AVAILABLE_DECISIONS, business_id=business_id, campaign_id=campaign_id, return_id=return_id
        )
        return result

    async def get_return_application(self, campaign_id: int, order_id: int, return_id: int) -> File:
        """Get the application for a return, as the buyer filled it in.

        Placement models: FBS, FBY, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            return_id: the return.

        Returns:
            A `File` (application/pdf).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Return … for order … is not found`, or the buyer made no application.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturnApplication
        """
        return await self._file(
            api.GET_RETURN_APPLICATION, campaign_id=campaign_id, order_id=order_id, return_id=return_id
        )

    async def get_return_photo(
        self, campaign_id: int, order_id: int, return_id: int, item_id: int, image_hash: str
    ) -> File:
        """Get a photo of an item that the buyer put to the application for a return.

        The hashes are in `images` of the item's `decisions`, in `get_return` and `get_returns`; several photos are
        several calls. A photo may have up to 50 MB; `content_type` of the file tells whether it is JPEG or PNG.

        Placement models: FBS, DBS, EXPRESS, FBY.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            order_id: the order.
            return_id: the return.
            item_id: the item: the `return_item_id` of the decision with the photo.
            image_hash: the photo: one of `images` of the decision.

        Returns:
            A `File` (image/jpeg, image/png).

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Return … for order … is not found`, or there is no such photo.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/getReturnPhoto
        """
        return await self._file(
            api.GET_RETURN_PHOTO,
            campaign_id=campaign_id,
            order_id=order_id,
            return_id=return_id,
            item_id=item_id,
            image_hash=image_hash,
        )

    async def create_return(self, campaign_id: int, new_return: CreateReturn | Mapping[str, Any]) -> CreatedReturn:
        """Create a return of an order of a LaaS store.

        Only of an order that is DELIVERED. Ask first which points take the items, with `get_return_delivery_options`,
        and choose one of them. A return can be changed only by `cancel_return`, before the point has taken the goods
        over, and a new one. An `external_return_id` is used once: a repeat is refused, so after a lost answer `Merchant
        return with id: … already exists` means that the first call did it.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            new_return: the return: a `CreateReturn` or a mapping: the order, up to 1,000 items with their reasons, the
                customer, and the point to bring them to.

        Returns:
            A `CreatedReturn`: the Market's id of the return.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Can't create return for order with status: …`: it is not DELIVERED; `Merchant return with id: …
                already exists`: that `external_return_id` was used; `Wrong count for shop skus: …`: more than was
                ordered; `Offers not found for SKUs: …`: not in the order; `Failed to upload photos`: the Market can't
                load a picture.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/createReturn
        """
        result: CreatedReturn = await self._call(api.CREATE_RETURN, campaign_id=campaign_id, new_return=new_return)
        return result

    async def cancel_return(self, campaign_id: int, return_id: int) -> CancelReturn:
        """Cancel a return of a LaaS store.

        Only until the point takes the goods over (`shipment_status` CREATED). For a return that is to have fewer items
        cancel it and create another.

        The answer is an operation: the return is cancelled some minutes later and only if the operation ends as DONE;
        wait for it with `wait_for_operations` or ask `get_operations` (RETURN_CANCELLATION).

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            return_id: the return.

        Returns:
            A `CancelReturn`: the operation.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: there is no such return, or the goods have been taken over.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, inventory-and-order-processing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/returns/cancelReturn
        """
        result: CancelReturn = await self._call(api.CANCEL_RETURN, campaign_id=campaign_id, return_id=return_id)
        return result
