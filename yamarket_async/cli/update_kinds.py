"""What `yamarket update` brings to the Market: of each kind its operation, its columns, and who reads what is there."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from yamarket_async.cli.columns import Column, columns_of
from yamarket_async.cli.lookup import find
from yamarket_async.endpoints import Endpoint

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient

Target = Mapping[str, Any]
"""The arguments that say where: `campaign_id` or `business_id`, and `promo_id`."""

Values = Mapping[str, Any]
"""Values by the dotted names of their fields."""

_SKU = ("sku", "offerid", "shopsku", "вашsku", "артикул")
_PRICE = ("price", "цена")
_OLD_PRICE = ("oldprice", "старая цена", "ценадоскидки", "зачеркнутаяцена")

HIDDEN = "hidden"
"""The column that tells whether a product is to be hidden or shown."""


class UpdateKind(NamedTuple):
    """What a command brings to the Market.

    Attributes:
        operation: the operation.
        scope: the argument that says where: `campaign_id` or `business_id`.
        key: the field that says which product it is.
        aliases: plain names of columns, by the field that they stand for.
        present: reads what the Market has, as pairs of a SKU and its values.
        summary: what it does, for the help.
        defaults: values of fields that the file may leave out, each with the field that brings it along.
        also: further arguments that say where.
        kept: objects and fields that keep what isn't sent; of others the Market deletes it.
        stand_ins: columns of other lists that hold a field, by that field, for where no column of its own does.
        note: what else the help says.
    """

    operation: str
    scope: str
    key: str
    aliases: Mapping[str, Sequence[str]]
    present: Callable[["MarketClient", Target, list[str]], AsyncIterator[tuple[str, Values]]]
    summary: str
    defaults: Mapping[str, tuple[str, Any]] = {}
    also: Sequence[str] = ()
    kept: Sequence[str] = ()
    stand_ins: Mapping[str, str] = {}
    note: str = ""

    @property
    def endpoint(self) -> Endpoint:
        """The operation's entry in the table."""
        return find(self.operation)

    def columns(self) -> tuple[Column, ...]:
        """Give the columns that the file may have."""
        if self.operation == "updateStocks":  # each thing holds a list of one item
            return (
                Column("sku", ("sku",), "text"),
                Column("count", ("count",), "integer"),
                Column("updatedAt", ("updatedAt",), "moment"),
            )
        from yamarket_async.cli.update_reading import thing_type  # noqa: PLC0415 — that reads this file

        columns = columns_of(thing_type(self.endpoint))
        return (*columns, Column(HIDDEN, (HIDDEN,), "boolean")) if self.operation == "addHiddenOffers" else columns

    def dropped(self, values: Values) -> list[str]:
        """Name the fields that are deleted where these are sent, since the Market replaces an object whole."""
        objects = {name.rpartition(".")[0] for name in values} - {"", *self.kept}
        beside = [column.name for column in self.columns() if column.name.rpartition(".")[0] in objects]
        return [name for name in beside if name not in values and name not in self.kept]


def flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Name values by the dotted names of their fields."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        else:
            found[before + name] = value
    return found


def _values(item: Any) -> dict[str, Any]:
    return flat(msgspec.to_builtins(item, builtin_types=(Decimal, datetime, date)))


async def _prices(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    async for item in market.get_prices_by_offer_ids(target["campaign_id"], offer_ids=skus):
        yield str(item.offer_id), _values(item)


async def _business_prices(
    market: "MarketClient", target: Target, skus: list[str]
) -> AsyncIterator[tuple[str, Values]]:
    async for item in market.get_default_prices(target["business_id"], offer_ids=skus):
        yield item.offer_id, _values(item)


async def _stocks(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    counts: dict[str, int] = {}
    async for warehouse in market.get_stocks(target["campaign_id"], offer_ids=skus):
        for offer in warehouse.offers:
            fit = sum(stock.count for stock in offer.stocks if str(stock.type.value) == "FIT")
            counts[offer.offer_id] = counts.get(offer.offer_id, 0) + fit
    for sku, count in counts.items():
        yield sku, {"sku": sku, "count": count}


async def _hidden(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    found = {item.offer_id async for item in market.get_hidden_offers(target["campaign_id"], offer_ids=skus)}
    for sku in skus:
        yield sku, {"offerId": sku, HIDDEN: sku in found}


async def _cards(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    async for item in market.get_offer_mappings(target["business_id"], offer_ids=skus):
        values = _values(item)
        yield str(values.get("offer.offerId")), values


async def _bids(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    async for item in market.get_bids_info_for_business(target["business_id"], skus=skus):
        yield item.sku, _values(item)


async def _promo(market: "MarketClient", target: Target, skus: list[str]) -> AsyncIterator[tuple[str, Values]]:
    from yamarket_async.families.promos.models import PromoOfferParticipationStatusType  # noqa: PLC0415 — loads late

    wanted = set(skus)
    async for item in market.get_promo_offers(target["business_id"], target["promo_id"]):
        # The list also holds products that might take part, at the prices that they would have there.
        if item.offer_id in wanted and item.status is not PromoOfferParticipationStatusType.NOT_PARTICIPATING:
            yield item.offer_id, _values(item)


_RUBLES = {"price.currencyId": ("price.value", "RUR")}
_PRICE_COLUMNS = {"offerId": _SKU, "price.value": _PRICE, "price.discountBase": _OLD_PRICE}


def _price_of(name: str) -> Mapping[str, str]:
    """Give what the fields of a price are called in a list that names it so."""
    return {f"price.{field}": f"{name}.{field}" for field in ("value", "discountBase", "currencyId")}


KINDS: Mapping[str, UpdateKind] = {
    "prices": UpdateKind(
        "updatePrices",
        "campaign_id",
        "offerId",
        _PRICE_COLUMNS,
        _prices,
        "Set prices in a store.",
        _RUBLES,
        kept=("price.vat",),
        stand_ins=_price_of("campaignPrice"),
        note="A price replaces the one before whole: without price.discountBase in its line the discount is deleted.",
    ),
    "business-prices": UpdateKind(
        "updateBusinessPrices",
        "business_id",
        "offerId",
        _PRICE_COLUMNS,
        _business_prices,
        "Set prices for all stores of a cabinet.",
        _RUBLES,
        stand_ins=_price_of("basicPrice"),
        note="A price replaces the one before whole: without price.discountBase and price.minimumForBestseller in its "
        "line the discount and the minimum are deleted.",
    ),
    "stocks": UpdateKind(
        "updateStocks",
        "campaign_id",
        "sku",
        {"sku": _SKU, "count": ("count", "stock", "quantity", "остаток", "количество")},
        _stocks,
        "Set how many of each product a store has.",
    ),
    "hidden": UpdateKind(
        "addHiddenOffers",
        "campaign_id",
        "offerId",
        {"offerId": _SKU, HIDDEN: ("hidden", "скрыт")},
        _hidden,
        "Hide products of a store, or show them again where the column hidden says no.",
    ),
    "cards": UpdateKind(
        "updateOfferMappings",
        "business_id",
        "offer.offerId",
        {"offer.offerId": _SKU, "mapping.marketSku": ("marketsku",)},
        _cards,
        "Add products to the catalogue, or change their cards.",
        kept=("offer", "mapping"),
        note="What isn't given stays, but for parts of an object: of offer.basicPrice, offer.shelfLife and the like "
        "give all that it shall have, or the rest of it is deleted.",
    ),
    "bids": UpdateKind(
        "putBidsForBusiness",
        "business_id",
        "sku",
        {"sku": _SKU, "bid": ("bid", "ставка")},
        _bids,
        "Set the bids of products, in hundredths of a percent.",
    ),
    "promo": UpdateKind(
        "updatePromoOffers",
        "business_id",
        "offerId",
        {
            "offerId": _SKU,
            "params.discountParams.price": ("oldprice", "price"),
            "params.discountParams.promoPrice": ("promoprice", "ценапоакции"),
        },
        _promo,
        "Let products take part in a promo, or change their prices in it.",
        also=("promo_id",),
    ),
}
"""By the names of their commands."""
