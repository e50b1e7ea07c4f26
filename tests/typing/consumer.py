"""A program of thirty methods as a user would write it, for type checkers: nothing in it may need a cast or an ignore.

It is never run; .ci/run checks it.
"""

# pyright: strict

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

from yamarket_async import Limit, MarketClient, Page, Retry, models
from yamarket_async.bulk import BulkReport, DeletedOffers
from yamarket_async.errors import BatchError, Forbidden, MarketError, QuotaExceeded, ReportFailed
from yamarket_async.files import File
from yamarket_async.reports import Report


async def stores(market: MarketClient) -> dict[int, str | None]:
    """The obvious loop: stores, and something of each."""
    hidden: dict[int, str | None] = {}
    for campaign in await market.get_campaigns():
        for offer in await market.get_hidden_offers(campaign.id):
            hidden[campaign.id] = assert_type(offer.offer_id, str)
        async for product in market.get_campaign_offers(campaign.id, statuses=["PUBLISHED"]):
            price = product.campaign_price
            if price is not None and price.value is not None:
                assert_type(price.value, Decimal)
        settings = await market.get_campaign_settings(campaign.id)
        assert_type(settings, models.CampaignSettings)
    return hidden


async def resumption(market: MarketClient, business_id: int, token: str | None) -> str | None:
    """Going on from a page that was kept."""
    pages = market.get_promo_offers(business_id, "promo", page_token=token).pages()
    async for page in pages:
        assert_type(page, Page[models.PromoOffer])
        token = page.next_page_token
        if page.is_last:
            break
    await pages.aclose()
    try:
        mappings = await market.get_offer_mappings(business_id, offer_ids=iter(["A", "B"]))
    except MarketError as error:
        return error.page_token
    return mappings[0].offer.name if mappings and mappings[0].offer else None


def prices(rows: list[tuple[str, Decimal]]) -> Iterator[dict[str, Any]]:
    """Prices as mappings, one after the other."""
    for sku, value in rows:
        yield {"offerId": sku, "price": {"value": value, "currencyId": "RUR"}}


async def stocks(rows: list[tuple[str, int]]) -> AsyncIterator[models.UpdateStock]:
    """Stocks as structs, from an async generator."""
    for sku, count in rows:
        yield models.UpdateStock(sku=sku, items=[models.UpdateStockItem(count=count)])


async def bulk(market: MarketClient, campaign_id: int, business_id: int) -> list[str]:
    """Changes of many things."""
    report = await market.update_business_prices(business_id, prices([("A", Decimal(1))]))
    assert_type(report, BulkReport)
    report.raise_for_rejected()
    reasons = [f"{rejected.key}: {error.message}" for rejected in report.rejected for error in rejected.errors]
    async for batch in market.update_stocks(campaign_id, stocks([("A", 1)])):
        reasons += [str(thing) for thing in batch.unconfirmed]
    call = market.update_prices(campaign_id, prices([]), isolate=False, on_invalid="skip")
    try:
        await call
    except BatchError as error:
        reasons += [str(thing) for thing in (*error.failed, *error.pending, *call.pending)]
    deleted = await market.delete_campaign_offers(campaign_id, ["A"])
    assert_type(deleted, DeletedOffers)
    reasons += [*deleted.not_deleted_offer_ids, *deleted.unconfirmed_offer_ids]
    await market.put_bids_for_business(business_id, [{"sku": "A", "bid": 50}])
    await market.add_offers_to_archive(business_id, {"A", "B"})
    await market.delete_promo_offers(business_id, "promo", offer_ids=("A",))
    await market.update_order_statuses(campaign_id, [{"id": 1, "status": "DELIVERED"}])
    await market.generate_offer_barcodes(business_id, ["A"], skip_if_exists=False).report()
    return reasons


async def orders(market: MarketClient, campaign_id: int, business_id: int) -> None:
    """Orders, what follows them, and talking about them."""
    today = datetime.now(UTC).date()
    dates = models.OrderDatesFilter(creation_date_from=today - timedelta(days=90), creation_date_to=today)
    async for order in market.get_business_orders(business_id, dates=dates, statuses=[models.OrderStatusType.DELIVERY]):
        assert_type(order, models.BusinessOrder)
        assert_type(order.order_id, int)
    ready = {"status": "PROCESSING", "substatus": "READY_TO_SHIP"}
    changed = await market.update_order_status(campaign_id, 1, ready)
    await market.wait_for_operations(business_id, [changed], timeout=60)
    labels = await market.generate_order_labels(campaign_id, 1, format="A7")
    assert_type(labels, File)
    labels.save("labels.pdf")
    for returned in await market.get_returns(campaign_id, from_date=date(2026, 1, 1)):
        assert_type(returned.id, int)
    assert_type(await market.set_shipment_pallets_count(campaign_id, 1, 2), None)
    chat = await market.create_chat(business_id, context={"type": "ORDER", "id": 1})
    await market.send_message_to_chat(business_id, chat.chat_id, "Hello")
    await market.send_file_to_chat(business_id, chat.chat_id, Path("act.pdf"))


async def reference(market: MarketClient, business_id: int) -> None:
    """Data that hardly changes, and what the key may do."""
    tree = await market.get_categories_tree()
    assert_type(tree, models.Category)
    for warehouse in await market.get_paged_warehouses(business_id):
        print(warehouse.name)
    key = await market.get_auth_token_info()
    print([scope for scope in key.api_key.auth_scopes if not scope.known])
    for region in await market.search_regions_by_name("Москва"):
        print(region.name)


async def reports(market: MarketClient, business_id: int, report_id: str | None) -> File:
    """Reports, begun here or elsewhere."""
    report = market.generate_united_orders_report(business_id, date(2026, 9, 1), date(2026, 9, 30), format="CSV")
    assert_type(report, Report)
    try:
        async for row in report.rows():
            print(row["ORDER_ID"])
    except ReportFailed as error:
        print(error)
    begun = market.report(report_id) if report_id else report
    if report_id is None:
        await begun.start()
    await begun.save("orders.zip")
    return await begun


async def the_rest(market: MarketClient) -> Any:
    """Operations that aren't known yet, other patience, limits, errors."""
    hasty = market.with_options(max_wait=1, timeout=5.0, retry=Retry(attempts=2))
    assert_type(hasty, MarketClient)
    try:
        news = await hasty.request("POST", "/v2/campaigns/1/news", body={"count": 1}, repeat="safe")
    except QuotaExceeded as error:
        news = error.retry_after
    except Forbidden as error:
        news = error.scopes
    print([(limit.endpoint, limit.remaining) for limit in market.limits()])
    return news


async def main() -> None:
    """Everything, with one client."""
    limits = {"getPromoOffers": Limit(5_000, period=3600, unit="requests")}
    async with MarketClient("ACMA:key", limits=limits, on_wait=lambda wait: print(wait.seconds)) as market:
        await stores(market)
        await resumption(market, 1, None)
        await bulk(market, 1, 2)
        await orders(market, 1, 2)
        await reference(market, 2)
        await reports(market, 2, None)
        await the_rest(market)
