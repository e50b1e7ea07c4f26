"""How an order comes to be: its lines out of the catalogue, a buyer and days that follow from its id and the clock."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from random import Random
from typing import Any

from yamarket_async.sandbox.moments import DAY, HOUR, day, days_after
from yamarket_async.sandbox.parts.bids import Bids
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.order_cycles import STARTED
from yamarket_async.sandbox.parts.order_records import Line, Order, address, person
from yamarket_async.sandbox.world import Store, World

Items = Mapping[str, int] | Sequence[str | Mapping[str, Any]]
"""What is ordered: SKUs with their counts, or a list of SKUs or of mappings, see `Orders.place`."""

TRIES = 5
"""How many products are tried by chance."""

ACCEPTED_TILL = 20 * HOUR
"""The second of the day until which an order is shipped on the next one."""


def make(world: World, order_id: int, store: Store, at: float, items: Items | None) -> Order:
    """Make an order that is in no stage yet.

    Raises:
        ValueError: there are no such products.
    """
    random = world.random("order", order_id)
    shipped = days_after(day(at + DAY - ACCEPTED_TILL), 1)
    catalogue = world.part(Catalogue).settle(world.now())
    return Order(
        id=order_id,
        campaign_id=store.id,
        model=store.model,
        created=at,
        status=STARTED[0],
        substatus=STARTED[1],
        since=at,
        updated=at,
        lines=list(_lines(catalogue, store, order_id, _some(catalogue, random) if items is None else items)),
        buyer=person(random),
        address=address(random),
        from_day=days_after(shipped, 1),
        to_day=days_after(shipped, 3),
        shipment_day=day(at) if store.model == "EXPRESS" else shipped,
        delivery_price=Decimal(249) if store.model == "DBS" else Decimal(0),
        point_id=1_000_000 + random.randrange(1_000),
    )


def _some(catalogue: Catalogue, random: Random) -> Items:
    # Products may have been deleted, so some are tried before the rest is looked through.
    tried = [random.randrange(catalogue.offers) for _ in range(TRIES)] if catalogue.offers else []
    for position in chain(tried, range(catalogue.size)):
        if catalogue.position(catalogue.offer_id(position)) is not None:
            return [catalogue.offer_id(position)]
    raise ValueError("items=None: there are no products; Sandbox(offers=…) says how many there are")


def _lines(catalogue: Catalogue, store: Store, order_id: int, items: Items) -> Iterator[Line]:
    given = [{"offerId": sku, "count": count} for sku, count in items.items()] if isinstance(items, Mapping) else items
    if not given:
        raise ValueError("items=[]: an order has at least one")
    for number, each in enumerate(given, 1):
        item: Mapping[str, Any] = {"offerId": each} if isinstance(each, str) else each
        offer_id, count = str(item["offerId"]).strip(" \t"), int(item.get("count", 1))
        position = catalogue.position(offer_id)
        if position is None:
            raise ValueError(f"items: there is no product {offer_id!r}")
        if count < 1:
            raise ValueError(f"items: count={count} of {offer_id!r}: must be 1 or more")
        profile, price = catalogue.profile(position), item.get("price")
        yield Line(
            id=order_id * 1_000 + number,
            offer_id=offer_id,
            name=profile.name,
            price=_price(catalogue, store, position) if price is None else Decimal(str(price)),
            count=count,
            initial=count,
            requires=tuple(item.get("requires", ())),
            promo=bool(item.get("promo", False)),
            bid=catalogue.world.part(Bids).charged(store.id, offer_id),
        )


def _price(catalogue: Catalogue, store: Store, position: int) -> Decimal:
    """Tell what a product costs in a store now; one without a price there costs what it once did."""
    price = catalogue.product(position).price_in(store.id)
    return Decimal(catalogue.profile(position).kopecks) / 100 if price is None else price.value
