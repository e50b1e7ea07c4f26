"""Prices for all stores and for single ones."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from yamarket_async.models.days import MOSCOW
from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request, locked
from yamarket_async.sandbox.pages import listed, positioned
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.products import BUSINESS, Price, Product
from yamarket_async.sandbox.parts.statuses import ANY_STAGE, GONE, IN_ARCHIVE, IN_CATALOGUE, stages

LEAST_DISCOUNT, MOST_DISCOUNT = 5, 99
"""Per cent that a discount may be."""

VAT_RATES = (2, 5, 6, 10, 11, 14)
"""The rates of VAT that may be sent."""

RETIRED_VAT = 7
"""The rate that is refused since July 2026."""

MOST_DECIMALS = 7


def moment(now: float) -> str:
    """Write a moment as answers have it."""
    return datetime.fromtimestamp(int(now), MOSCOW).isoformat()


def check_vat(vat: int | None, offer_id: str) -> None:
    """Check a rate of VAT.

    Raises:
        Refusal: there is no such rate, or no longer.
    """
    if vat == RETIRED_VAT:
        raise bad_request(
            f"Vat setting of 'VAT_20' ('{RETIRED_VAT}') not supported for current 'OSN' ('0') taxSystem: '{offer_id}'"
        )
    if vat is not None and vat not in VAT_RATES:
        raise bad_request(f"Unrecognized vat: '{vat}': offerId = '{offer_id}'")


def check_price(price: dict[str, Any], at: int, currency: str = "RUR") -> None:
    """Check a price for all stores.

    Args:
        price: the price as it was sent.
        at: its place in the request.
        currency: the currency of the cabinet, the only one that may have a discount.

    Raises:
        Refusal: it breaks a rule; 400 in the words of the Market.
    """
    value, base = price["value"], price.get("discountBase")
    for name in ("value", "discountBase", "minimumForBestseller"):
        if _decimals(price.get(name)) > MOST_DECIMALS:
            raise bad_request(f"Offer at index '{at}' should not have '{name}' with too many digits")
    for name in ("discountBase", "minimumForBestseller"):
        if price.get(name) is not None and price["currencyId"] != currency:
            message = f"Offer at index '{at}' should not have '{name}' with '{price['currencyId']}' currency"
            raise bad_request(message)
    wrong = _discount(value, base)
    if wrong is not None:
        raise bad_request(
            f"Offer at index '{at}' should have valid discount value. Discount percentage must be between "
            f"'{LEAST_DISCOUNT}' and '{MOST_DISCOUNT}', actual '{wrong}'"
        )


def _decimals(number: Any) -> int:
    exponent = Decimal(number or 0).normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _discount(value: Decimal, base: Decimal | None) -> int | None:
    """Tell the discount where it is none that may be; None where all is well."""
    if base is None:
        return None
    discount = round(100 - 100 * value / base)
    return None if LEAST_DISCOUNT <= discount <= MOST_DISCOUNT else discount


def price_of(sent: dict[str, Any], now: float) -> Price:
    """Read a price that was sent."""
    minimum = sent.get("minimumForBestseller")
    base = sent.get("discountBase")
    return Price(
        Decimal(sent["value"]),
        moment(now),
        sent.get("currencyId") or "RUR",
        None if base is None else Decimal(base),
        None if minimum is None else Decimal(minimum),
    )


@answers("updateBusinessPrices")
def update_business_prices(call: Call) -> None:
    """Set prices for all stores; what isn't sent of a price is gone then."""
    offers = call.sent("offers")
    for at, offer in enumerate(offers):
        check_price(offer["price"], at)
    _refuse_repeats(offers)
    _set(call, BUSINESS, [(offer["offerId"], price_of(offer["price"], call.now), None) for offer in offers])


@answers("updatePrices")
def update_prices(call: Call) -> None:
    """Set prices in one store."""
    if call.world.settings.get("only_default_price"):
        raise locked("Partner use only default price")
    offers = call.sent("offers")
    for offer in offers:
        _check_store_price(offer)
    _refuse_repeats(offers)
    prices = [(offer["offerId"], price_of(offer["price"], call.now), offer["price"].get("vat")) for offer in offers]
    _set(call, call.campaign_id, prices)


def _check_store_price(offer: dict[str, Any]) -> None:
    offer_id, price = offer.get("offerId"), offer.get("price") or {}
    if offer_id is None:
        raise bad_request("Missing offerId")
    if price.get("value") is None:
        raise bad_request(f"Missing price value: offerId = '{offer_id}'")
    check_vat(price.get("vat"), offer_id)
    value, base = price["value"], price.get("discountBase")
    if base is not None and base < value:
        raise bad_request(f"discountBase is less than value: offerId = '{offer_id}'")
    wrong = _discount(value, base)
    if wrong is not None:
        raise bad_request(
            f"offerId = '{offer_id}' should have valid discount value. Discount percentage must be between "
            f"'{LEAST_DISCOUNT}' and '{MOST_DISCOUNT}', actual '{wrong}'"
        )


def _refuse_repeats(offers: Sequence[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for offer in offers:
        sku = offer["offerId"].strip(" \t")
        if sku in seen:
            raise bad_request(f"Duplicate offer in request: offerId = '{sku}'")
        seen.add(sku)


def _set(call: Call, place: int, prices: list[tuple[str, Price, int | None]]) -> None:
    catalogue = call.world.part(Catalogue).settle(call.now)
    catalogue.write(_apply, catalogue, place, prices)


def _apply(catalogue: Catalogue, place: int, prices: Sequence[tuple[str, Price, int | None]]) -> None:
    for offer_id, price, vat in prices:
        position = catalogue.position(offer_id)
        if position is None:
            continue
        product = catalogue.touch(position)
        product.set_price(place, price)
        if vat is not None:
            product.vats[place] = vat
        catalogue.refresh(position, None if place == BUSINESS else place)


@answers("getDefaultPrices")
def default_prices(call: Call) -> dict[str, Any]:
    """The prices for all stores."""
    catalogue = call.world.part(Catalogue).settle(call.now)

    def write(positions: Sequence[int]) -> list[Any]:
        return [_default_price(catalogue, position) for position in positions]

    mask = _archived(call.sent("archived"))
    if (asked := call.sent("offerIds")) is not None:
        found = [at for at in catalogue.known(asked) if mask[catalogue.stages[at]]]
        return positioned(call, lambda after, count: [at for at in sorted(found) if at > after][:count], write)
    return positioned(call, lambda after, count: catalogue.listed(after=after, count=count, mask=mask), write)


def _archived(wanted: bool | None) -> bytes:
    if wanted is None:
        return ANY_STAGE
    return stages(IN_ARCHIVE) if wanted else IN_CATALOGUE


def _default_price(catalogue: Catalogue, position: int) -> dict[str, Any]:
    product = catalogue.product(position)
    if product.price is None:
        return {"offerId": product.offer_id}
    price = product.price.json() | {"excludedFromBestsellers": product.number % 13 == 0}
    if product.price.minimum is not None:
        price["minimumForBestseller"] = product.price.minimum
    return {"offerId": product.offer_id, "price": price}


@answers("getPricesByOfferIds")
def store_prices(call: Call) -> dict[str, Any]:
    """The prices in a store."""

    def write(product: Product, price: Price, position: int) -> dict[str, Any]:
        del position
        return {"offerId": product.offer_id, "price": _value(call, product, price), "updatedAt": price.updated_at}

    return _store_prices(call, write, ANY_STAGE, call.sent("offerIds"))


@answers("getPrices")
def old_store_prices(call: Call) -> dict[str, Any]:
    """The prices in a store, by the deprecated method."""
    catalogue = call.world.part(Catalogue)

    def write(product: Product, price: Price, position: int) -> dict[str, Any]:
        offer = {"id": product.offer_id, "price": _value(call, product, price), "updatedAt": price.updated_at}
        sku = catalogue.market_sku(position)
        return offer if sku is None else offer | {"marketSku": sku}

    mask = _archived(call.query.get("archived", False))
    payload = _store_prices(call, write, mask, None)
    payload["result"]["total"] = len(_priced(call, mask, -1, catalogue.size))
    return payload


def _value(call: Call, product: Product, price: Price) -> dict[str, Any]:
    value: dict[str, Any] = {"value": price.value, "currencyId": price.currency}
    if price.discount_base is not None:
        value["discountBase"] = price.discount_base
    vat = product.vat_in(call.campaign_id)
    return value if vat is None else value | {"vat": vat}


def _priced(call: Call, mask: bytes, after: int, count: int) -> list[int]:
    catalogue, campaign_id = call.world.part(Catalogue), call.campaign_id
    column = catalogue.column(campaign_id)
    return catalogue.listed(
        after=after,
        count=count,
        mask=mask,
        accepts=lambda at: column[at] != GONE and catalogue.is_priced(campaign_id, at),
    )


def _store_prices(
    call: Call, write: Callable[[Product, Price, int], dict[str, Any]], mask: bytes, asked: Sequence[str] | None
) -> dict[str, Any]:
    catalogue, campaign_id = call.world.part(Catalogue).settle(call.now), call.campaign_id

    def write_all(positions: Sequence[int]) -> list[Any]:
        products = [(catalogue.product(at), at) for at in positions]
        found = [(product, product.price_in(campaign_id), at) for product, at in products]
        return [write(product, price, at) for product, price, at in found if price is not None]

    if asked is not None:
        return listed(call, write_all(catalogue.known(asked, campaign_id)))
    return positioned(call, lambda after, count: _priced(call, mask, after, count), write_all)
