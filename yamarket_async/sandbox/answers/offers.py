"""Products of a store: lists, placement, deletions, recommendations for prices."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.prices import check_vat
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import listed, positioned
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.prepared import complaints, quantum_of
from yamarket_async.sandbox.parts.products import FEED, SHOP_CATEGORY, Price, Product
from yamarket_async.sandbox.parts.profiles import Filters
from yamarket_async.sandbox.parts.statuses import IN_CATALOGUE, STATUSES, mask_of

WEEK = 7
"""Days over which `shows` are counted."""


def catalogue_of(call: Call) -> Catalogue:
    """Give the catalogue as it shows at the moment of a call."""
    return call.world.part(Catalogue).settle(call.now)


def filters_of(call: Call) -> Filters:
    """Read the filters that lists of products have in common."""
    return Filters(
        category_ids=tuple(call.sent("categoryIds", ())),
        vendor_names=tuple(call.sent("vendorNames", ())),
        tags=tuple(call.sent("tags", ())),
    )


@answers("getCampaignOffers")
def campaign_offers(call: Call) -> dict[str, Any]:
    """Products of a store."""
    catalogue, campaign_id = catalogue_of(call), call.campaign_id
    asked = call.sent("offerIds")
    if asked is not None:
        return listed(call, offers_json(catalogue, campaign_id, catalogue.known(asked, campaign_id)))
    filters, mask = filters_of(call), mask_of(call.sent("statuses", ()))
    return positioned(
        call,
        lambda after, count: catalogue.positions(campaign_id, after=after, count=count, mask=mask, filters=filters),
        lambda positions: offers_json(catalogue, campaign_id, positions),
    )


def offers_json(catalogue: Catalogue, campaign_id: int, positions: Iterable[int]) -> list[Any]:
    """Write products as `GetCampaignOfferDTO`: from prepared JSON where nothing has changed them."""
    column, changed = catalogue.column(campaign_id), catalogue.changed
    return [
        _offer(changed[at], campaign_id, STATUSES[column[at]])
        if at in changed
        else msgspec.Raw(catalogue.offer_json(at, column[at]))
        for at in positions
    ]


def _offer(product: Product, campaign_id: int, status: str) -> dict[str, Any]:
    offer: dict[str, Any] = {"offerId": product.offer_id, "available": status == "PUBLISHED"}
    quantum = None if product.added else quantum_of(product.number)
    if quantum:
        offer["quantum"] = quantum
    if product.price is not None:
        offer["basicPrice"] = product.price.json()
    price = product.price_in(campaign_id)
    if price is not None:
        vat = product.vat_in(campaign_id)
        offer["campaignPrice"] = price.json() | ({} if vat is None else {"vat": vat})
    return offer | {"status": status} | _complaints(product, campaign_id, status)


def _complaints(product: Product, campaign_id: int, status: str) -> dict[str, Any]:
    if status == "DISABLED_AUTOMATICALLY" and product.price_in(campaign_id) is None:
        return {"errors": [{"message": "Нет цены", "comment": "Установите цену товара"}]}
    if status == "DISABLED_AUTOMATICALLY" and product.is_blocked_in(campaign_id):
        return {"errors": [{"message": "Цена в карантине", "comment": "Подтвердите или исправьте цену"}]}
    if status == "NO_CARD" and product.failed:
        return {"errors": [{"message": "Карточка не создана", "comment": product.failed}]}
    return {} if product.added else complaints(status, product.number)


@answers("updateCampaignOffers")
def update_campaign_offers(call: Call) -> None:
    """Set the VAT of products in a store, or whether they are on sale there; those taken out of it are back then."""
    catalogue = catalogue_of(call)
    for offer in call.sent("offers"):
        check_vat(offer.get("vat"), offer["offerId"])
    catalogue.write(_place, catalogue, call.campaign_id, call.sent("offers"))


def _place(catalogue: Catalogue, campaign_id: int, offers: Sequence[dict[str, Any]]) -> None:
    for offer in offers:
        position = catalogue.position(offer["offerId"])
        if position is None:
            continue
        vats = catalogue.touch(position).vats
        # A rate that isn't sent is that of the cabinet.
        vats.pop(campaign_id, None)
        if offer.get("vat") is not None:
            vats[campaign_id] = int(offer["vat"])
        catalogue.place(campaign_id, position)
        if offer.get("available") is not None:
            catalogue.hide(campaign_id, position, not offer["available"])


@answers("deleteCampaignOffers")
def delete_campaign_offers(call: Call) -> dict[str, Any]:
    """Delete products from a store."""
    catalogue = catalogue_of(call)
    skus = dict.fromkeys(sku.strip(" \t") for sku in call.sent("offerIds"))
    left = [sku for sku in skus if not catalogue.remove(call.campaign_id, catalogue.position(sku))]
    return {"status": "OK", "result": {"notDeletedOfferIds": left}} if left else {"status": "OK"}


@answers("getOfferRecommendations")
def offer_recommendations(call: Call) -> dict[str, Any]:
    """What prices would draw buyers, and how those that are set do."""
    catalogue, wanted = catalogue_of(call), call.sent("competitivenessFilter")

    def write(positions: Sequence[int]) -> list[Any]:
        return [_recommendation(catalogue, position) for position in positions]

    asked = call.sent("offerIds")
    if asked is not None:
        return listed(call, write(catalogue.known(asked)))

    def accepts(position: int) -> bool:
        return wanted is None or _competitiveness(catalogue, position) == wanted

    return positioned(
        call,
        lambda after, count: catalogue.listed(after=after, count=count, mask=IN_CATALOGUE, accepts=accepts),
        write,
    )


def _thresholds(catalogue: Catalogue, position: int) -> tuple[Decimal, Decimal]:
    """Tell up to which price a product is attractive, and up to which fairly so: what others ask never changes."""
    number = catalogue.profile_number(position)
    optimal = Decimal(catalogue.first_profile(position).kopecks * (80 + number % 40) // 10_000 + 1)
    return optimal, optimal + optimal // 5 + 1


def _competitiveness(catalogue: Catalogue, position: int) -> str | None:
    price = catalogue.product(position).price
    if price is None:
        return None
    optimal, average = _thresholds(catalogue, position)
    return "OPTIMAL" if price.value <= optimal else "AVERAGE" if price.value <= average else "LOW"


def _recommendation(catalogue: Catalogue, position: int) -> dict[str, Any]:
    offer_id, price = catalogue.offer_id(position), catalogue.product(position).price
    optimal, average = _thresholds(catalogue, position)
    offer: dict[str, Any] = {"offerId": offer_id, "shows": catalogue.profile_number(position) * WEEK}
    if price is not None:
        offer["price"] = _base(price.value, price)
        offer["competitiveness"] = _competitiveness(catalogue, position)
    thresholds = {"optimalPrice": _base(optimal, price), "averagePrice": _base(average, price)}
    return {"offer": offer, "recommendation": {"offerId": offer_id, "competitivenessThresholds": thresholds}}


def _base(value: Decimal, price: Price | None) -> dict[str, Any]:
    return {"value": value, "currencyId": price.currency if price else "RUR"}


@answers("getOffers")
def old_offers(call: Call) -> dict[str, Any]:
    """Offers of a store by the deprecated method, paged by number."""
    catalogue, query = catalogue_of(call), call.query
    filters = Filters(
        query=query.get("query", ""),
        feed_id=query.get("feedId"),
        shop_category_id=query.get("shopCategoryId"),
        matched=query.get("matched"),
    )
    found: Sequence[int] = ()
    if query.get("currency", "RUR") == "RUR":
        found = catalogue.numbered(call.campaign_id, filters)
    page, size = query["page"], query["pageSize"]
    first, last = (page - 1) * size, page * size
    shown = [_old_offer(catalogue, call.campaign_id, position) for position in found[first:last]]
    told = len(found) + call.world.settings["overcount"] if last < len(found) else len(found)
    return {"offers": shown, "pager": pager(told, page, size, first, len(shown))}


def pager(total: int, page: int, size: int, first: int, shown: int) -> dict[str, int]:
    """Tell where a page lies, for methods that are paged by number."""
    return {
        "total": total,
        "from": first + 1 if shown else 0,
        "to": first + shown if shown else 0,
        "currentPage": page,
        "pagesCount": -(-total // size),
        "pageSize": size,
    }


def _old_offer(catalogue: Catalogue, campaign_id: int, position: int) -> dict[str, Any]:
    """Write a product as `OfferDTO`, which only getOffers gives."""
    product = catalogue.product(position)
    profile = None if product.added else catalogue.first_profile(position)
    shelf = profile.shop_category_id if profile else SHOP_CATEGORY
    offer: dict[str, Any] = {
        "id": product.offer_id,
        "feedId": profile.feed_id if profile else FEED,
        "currency": "RUR",
        "modelId": profile.model_id if profile else 0,
        "shopCategoryId": shelf,
        "url": f"https://shop.example/{shelf}/{catalogue.number(position)}",
        "cutPrice": position % 50 == 0,
    }
    if "name" in product.card:
        offer["name"] = product.card["name"]
    if "marketCategoryId" in product.card:
        offer["marketCategoryId"] = product.card["marketCategoryId"]
    price = product.price_in(campaign_id)
    if price is not None:
        offer["price"] = price.value
        if price.discount_base:
            offer["preDiscountPrice"] = price.discount_base
            offer["discount"] = round(100 - 100 * price.value / price.discount_base)
    if catalogue.status(campaign_id, position) != "PUBLISHED":
        offer["blocked"] = True
    return offer
