"""The catalogue of the pretend Market: products follow from the seed and their position, only what changed is kept.

A million offers would weigh half a gigabyte as objects or as JSON. So an offer is derived when it is asked for: its SKU
from its position, its status in a store from a column of one byte for each offer, all else from one of a few hundred
profiles. What calls changed lies over that: codes in the columns, and a `Product` for each that isn't as it was made.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

from yamarket_async.sandbox.parts.cards import CARD_AFTER, first_card, first_parameters, first_price
from yamarket_async.sandbox.parts.pending import Pending
from yamarket_async.sandbox.parts.prepared import heads, tails
from yamarket_async.sandbox.parts.products import Product
from yamarket_async.sandbox.parts.profiles import NO_FILTERS, PROFILES, Filters, Profile, accepted_profiles, profiles
from yamarket_async.sandbox.parts.shuffle import Shuffle
from yamarket_async.sandbox.parts.statuses import (
    ANY_STAGE,
    BLOCKED,
    CLOSED,
    DELETED,
    EVERY_STATUS,
    GONE,
    HIDDEN,
    IN_ARCHIVE,
    IN_CREATION,
    NO_STOCKS,
    PUBLISHED,
    STAGE_OF,
    STATUS_OF,
    STATUSES,
    TURN,
    TURN_OF_OTHERS,
    WITH_CARD,
    WITHOUT_CARD,
    mask_of,
)
from yamarket_async.sandbox.world import World

MARKET_SKUS = 101_000_000_000
"""Where the numbers of cards on the Market begin."""


class Catalogue:
    """The products of a business, and their statuses in each of its stores.

    Products are named by their position, from 0; lists are in the order of positions. Those that were added come last.

    Attributes:
        offers: how many products there were at first.
        campaign_ids: the stores.
        changed: the products that are not as they were made, by position.
        market_stocks: how much of a product lies in warehouses of the Market, where that was changed.
        version: grows with each change of a status.
    """

    def __init__(self, world: World) -> None:
        settings = world.settings
        random = Random(world.seed)
        self.world = world
        self.offers = offers = int(settings["offers"])
        self.campaign_ids = tuple(world.stores)
        self.changed: dict[int, Product] = {}
        self.market_stocks: dict[int, int] = {}
        self.version = 0
        self._hidden = int(settings["hidden"])
        self._warehouse = int(settings["warehouse"])
        self._first_number = random.randrange(1_000_000, 8_000_000)
        self._stride = random.randrange(1, PROFILES)
        self._in_warehouse = Shuffle(max(offers, 1), random)
        self.in_promo = Shuffle(max(offers, 1), random)
        self._shuffles = {campaign_id: Shuffle(max(offers, 1), random) for campaign_id in self.campaign_ids}
        self._columns: dict[int, bytearray] = {}
        self._stages: bytearray | None = None
        self._added: dict[str, int] = {}
        self._touched: set[int] = set()
        self._hides: dict[tuple[int, int], bool] = {}
        self._removed: set[tuple[int, int]] = set()
        self._stocked: dict[tuple[int, int], bool] = {}
        self._stages_before: dict[int, int] = {}
        self._closed: set[int] = set()
        self._numbered: dict[int, tuple[object, array[int]]] = {}
        self._pending = Pending()

    def settle(self, now: float) -> "Catalogue":
        """Let everything show that does by now."""
        self._pending.settle(now)
        return self

    def later(self, seconds: float, change: Callable[..., object], *args: Any) -> None:
        """Let a change be made some seconds from now; at once where it is none."""
        now = self.world.now()
        self._pending.add(now + seconds, change, *args)
        self._pending.settle(now)

    def write(self, change: Callable[..., object], *args: Any) -> None:
        """Let a change be made that the Market takes minutes to show: as many seconds as `visible_after` says."""
        self.later(float(self.world.settings["visible_after"]), change, *args)

    # What there is.

    @property
    def size(self) -> int:
        """How many products there are or were."""
        return self.offers + len(self._added)

    def offer_ids(self, campaign_id: int, statuses: Iterable[str] = ()) -> list[str]:
        """Tell the SKUs of a store, only those with one of the statuses where some are named."""
        found = self.positions(campaign_id, after=-1, count=self.size, mask=mask_of(statuses))
        return [self.offer_id(position) for position in found]

    def warehouse_offer_ids(self) -> list[str]:
        """Tell the SKUs of what lies in a Market warehouse."""
        return [self.offer_id(position) for position in range(self.size) if self.is_in_warehouse(position)]

    def profile_number(self, position: int) -> int:
        """Tell the profile of a product."""
        return position * self._stride % PROFILES

    def first_profile(self, position: int) -> Profile:
        """Tell what a product was made from."""
        return profiles()[position * self._stride % PROFILES]

    def profile(self, position: int) -> Profile:
        """Tell what a product is like now, with what was written of it since: name, category, price for all stores."""
        first, product = self.first_profile(position), self.changed.get(position)
        return first if product is None else product.as_profile(first)

    def offer_id(self, position: int) -> str:
        """Tell the SKU of a product."""
        if position >= self.offers:
            return self.changed[position].offer_id
        return f"{self.first_profile(position).prefix}{self._first_number + position}"

    def number(self, position: int) -> int:
        """Tell the number of a product, which its card and its barcode follow from."""
        return self._first_number + position

    def position(self, offer_id: str) -> int | None:
        """Find the product of a SKU in the catalogue; None where there is none. Spaces around a SKU don't count."""
        position = self._ever(offer_id.strip(" \t"))
        return None if position is None or self.stages[position] == DELETED else position

    def _ever(self, offer_id: str) -> int | None:
        """Find the product of a SKU, deleted ones too; None where there never was one."""
        number = re.search(r"[0-9]{1,18}\Z", offer_id)
        position = int(number[0]) - self._first_number if number else -1
        if 0 <= position < self.offers and self.offer_id(position) == offer_id:
            return position
        return self._added.get(offer_id)

    def known(self, offer_ids: Iterable[str], campaign_id: int | None = None) -> list[int]:
        """Give the products of some SKUs, in their order, without repeats and unknown ones.

        Args:
            offer_ids: the SKUs.
            campaign_id: a store in which they must be; None for anywhere.
        """
        column = b"" if campaign_id is None else self._column(campaign_id)
        found = (self.position(offer_id) for offer_id in dict.fromkeys(sku.strip(" \t") for sku in offer_ids))
        return [at for at in found if at is not None and (campaign_id is None or column[at] != GONE)]

    def product(self, position: int) -> Product:
        """Tell what a product is like; only `touch` gives one that may be changed."""
        found = self.changed.get(position)
        if found is not None:
            return found
        number = self.profile_number(position)
        return Product(
            self.offer_id(position),
            number,
            first_card(number, self.number(position)),
            first_price(number) if self._first_stage(position) in {WITH_CARD, IN_ARCHIVE} else None,
            parameters=first_parameters(number),
        )

    def touch(self, position: int) -> Product:
        """Give a product to be changed; `refresh` it afterwards."""
        return self.changed.setdefault(position, self.product(position))

    def is_priced(self, campaign_id: int, position: int) -> bool:
        """Tell whether a product has a price in a store."""
        product = self.changed.get(position)
        if product is not None:
            return product.price_in(campaign_id) is not None
        return self.stages[position] in {WITH_CARD, IN_ARCHIVE}

    def has_card(self, position: int) -> bool:
        """Tell whether a product has a card on the Market."""
        stage = self.stages[position]
        return (self._stages_before.get(position, WITH_CARD) if stage == IN_ARCHIVE else stage) == WITH_CARD

    def market_sku(self, position: int) -> int | None:
        """Tell the number of the card on the Market; None while there is none."""
        if not self.has_card(position):
            return None
        product = self.changed.get(position)
        own = MARKET_SKUS + self._first_number + position
        return own if product is None or product.market_sku is None else product.market_sku

    def is_in_warehouse(self, position: int) -> bool:
        """Tell whether the Market keeps the product in a warehouse of its own, so that it can't be deleted."""
        stock = self.market_stocks.get(position)
        return self.is_stored_at_first(position) if stock is None else stock > 0

    def is_stored_at_first(self, position: int) -> bool:
        """Tell whether it lay in a warehouse of the Market when the sandbox was made."""
        return position < self.offers and self._in_warehouse.rank(position) < self._warehouse

    def had_stock_at_first(self, campaign_id: int, position: int) -> bool:
        """Tell whether a store had something of a product to sell when the sandbox was made."""
        return self._first_code(campaign_id, position) != NO_STOCKS

    # Statuses.

    @property
    def stages(self) -> bytearray:
        """The stages of all products, one byte for each."""
        if self._stages is None:
            self._stages = self._first_column(self.campaign_ids[0]).translate(STAGE_OF)
        return self._stages

    def column(self, campaign_id: int) -> bytearray:
        """Give the codes of the statuses that a store shows, one byte for each product."""
        column = self._column(campaign_id)
        return column.translate(CLOSED) if campaign_id in self._closed else column

    def _column(self, campaign_id: int) -> bytearray:
        column = self._columns.get(campaign_id)
        if column is None:
            column = self._first_column(campaign_id)
            column.extend(bytes(len(self._added)))
            for position in self._touched:
                column[position] = self._code(campaign_id, position)
            self._columns[campaign_id] = column
        return column

    def status(self, campaign_id: int, position: int) -> str | None:
        """Tell the status in a store; None where the product is not there."""
        code = self._column(campaign_id)[position]
        if campaign_id in self._closed:
            code = CLOSED[code]
        return None if code == GONE else STATUSES[code]

    def _first_column(self, campaign_id: int) -> bytearray:
        shuffle, hidden, is_first = self._shuffles[campaign_id], self._hidden, campaign_id == self.campaign_ids[0]
        turn = TURN if is_first else TURN_OF_OTHERS
        ranks = map(shuffle.rank, range(self.offers))
        column = bytearray(HIDDEN if rank < hidden else turn[(rank - hidden) % len(turn)] for rank in ranks)
        if not is_first:
            for position in range(self.offers):
                stage = self._first_stage(position) if self.stages[position] else WITH_CARD
                if stage != WITH_CARD and column[position] != HIDDEN:
                    column[position] = STATUS_OF[stage]
        return column

    def _first_code(self, campaign_id: int, position: int) -> int:
        rank = self._shuffles[campaign_id].rank(position)
        turn = TURN if campaign_id == self.campaign_ids[0] else TURN_OF_OTHERS
        return HIDDEN if rank < self._hidden else turn[(rank - self._hidden) % len(turn)]

    def _first_stage(self, position: int) -> int:
        return STAGE_OF[self._first_code(self.campaign_ids[0], position)]

    def _code(self, campaign_id: int, position: int) -> int:
        """Work out the status of a product that something has happened to."""
        stage, place = self.stages[position], (campaign_id, position)
        if place in self._removed:
            return GONE
        if stage != WITH_CARD:
            return STATUS_OF[stage]
        was = self._first_code(campaign_id, position) if position < self.offers else PUBLISHED
        if self._hides.get(place, was == HIDDEN):
            return HIDDEN
        product = self.changed.get(position)
        if product is not None and product.is_blocked_in(campaign_id):
            return BLOCKED
        was = PUBLISHED if was == HIDDEN or STAGE_OF[was] != WITH_CARD else was
        stocked = self._stocked.get(place, was != NO_STOCKS and position < self.offers)
        if not stocked:
            return NO_STOCKS
        return PUBLISHED if was == NO_STOCKS else was

    def refresh(self, position: int, campaign_id: int | None = None) -> None:
        """Work the status of a product out anew, in one store or in all."""
        self._touched.add(position)
        self.version += 1
        for each, column in self._columns.items():
            if campaign_id in {None, each}:
                column[position] = self._code(each, position)

    def positions(
        self, campaign_id: int, *, after: int, count: int, mask: bytes = EVERY_STATUS, filters: Filters = NO_FILTERS
    ) -> list[int]:
        """Find the next products of a store.

        Args:
            campaign_id: the store.
            after: the position behind which to start, -1 for the first.
            count: the most to find.
            mask: the statuses wanted, from `mask_of`.
            filters: what else they must have.
        """
        wanted = self._wanted(self.column(campaign_id), after, mask, filters)
        return list(islice(wanted, count))

    def listed(
        self,
        *,
        after: int,
        count: int,
        mask: bytes = ANY_STAGE,
        filters: Filters = NO_FILTERS,
        accepts: Callable[[int], bool] | None = None,
    ) -> list[int]:
        """Find the next products of the catalogue; the arguments are those of `positions`, with stages for statuses.

        Args:
            after: the position behind which to start, -1 for the first.
            count: the most to find.
            mask: the stages wanted, from `stages`.
            filters: what else they must have.
            accepts: tells of a position whether it is wanted.
        """
        wanted = self._wanted(self.stages, after, mask, filters)
        return list(islice(wanted if accepts is None else filter(accepts, wanted), count))

    def _wanted(self, column: bytearray, after: int, mask: bytes, filters: Filters) -> Iterator[int]:
        stride, accepted, changed = self._stride, accepted_profiles(filters), self.changed
        found = (at for at in range(after + 1, len(column)) if mask[column[at]])
        if accepted is None:
            return found
        return (
            at for at in found if (self.matches(at, filters) if at in changed else accepted[at * stride % PROFILES])
        )

    def matches(self, position: int, filters: Filters) -> bool:
        """Tell whether filters let a product through that something has changed."""
        return self.changed[position].matches(filters, self.first_profile(position) if position < self.offers else None)

    def hidden_after(self, campaign_id: int, after: int, count: int) -> list[int]:
        """Find the next products that a store hides."""
        column, found, at = self.column(campaign_id), list[int](), after
        while len(found) < count and (at := column.find(HIDDEN, at + 1)) != -1:
            found.append(at)
        return found

    def numbered(self, campaign_id: int, filters: Filters) -> "array[int]":
        """Give all products of a store that the filters let through, for lists that are paged by number.

        The last such list of each store is kept until something changes.
        """
        wanted = (filters, self.version, campaign_id in self._closed)
        kept = self._numbered.get(campaign_id)
        if kept is None or kept[0] != wanted:
            found = self.positions(campaign_id, after=-1, count=self.size, filters=filters)
            kept = (wanted, array("I", found))
            self._numbered[campaign_id] = kept
        return kept[1]

    # What can happen to a product.

    def remove(self, campaign_id: int, position: int | None) -> bool:
        """Take a product out of a store; tell whether it is gone now and was there before."""
        if position is None or self.is_in_warehouse(position) or self._column(campaign_id)[position] == GONE:
            return False
        self._removed.add((campaign_id, position))
        self.refresh(position, campaign_id)
        return True

    def place(self, campaign_id: int, position: int) -> None:
        """Put a product into a store again that it was taken out of."""
        self._removed.discard((campaign_id, position))
        self.refresh(position, campaign_id)

    def hide(self, campaign_id: int, position: int, hidden: bool) -> None:
        """Hide a product from the showcase of a store, or show it again."""
        self._hides[campaign_id, position] = hidden
        self.refresh(position, campaign_id)

    def restock(self, campaign_id: int, position: int, in_stock: bool) -> None:
        """Take note of whether a store has anything of a product to sell."""
        self._stocked[campaign_id, position] = in_stock
        self.refresh(position, campaign_id)

    def close(self, campaign_id: int, closed: bool) -> None:
        """Take the products of a store off the showcase because its warehouse is off, or show them again."""
        (self._closed.add if closed else self._closed.discard)(campaign_id)

    def archive(self, position: int) -> None:
        """Put a product into the archive."""
        if self.stages[position] not in {IN_ARCHIVE, DELETED}:
            self.touch(position)
            self._stages_before[position] = self.stages[position]
            self._enter(position, IN_ARCHIVE)

    def unarchive(self, position: int) -> bool:
        """Take a product out of the archive; tell whether it was there."""
        if self.stages[position] != IN_ARCHIVE:
            return False
        self._enter(position, self._stages_before.pop(position, WITH_CARD))
        return True

    def delete(self, position: int | None) -> bool:
        """Delete a product from the catalogue and all stores; tell whether it is gone now and was there before."""
        if position is None or self.is_in_warehouse(position):
            return False
        self.touch(position)
        self._enter(position, DELETED)
        return True

    def add(self, offer_id: str) -> int:
        """Add a product, or one that was deleted again; its card is empty."""
        position = self._ever(offer_id)
        if position is None:
            position = self._added[offer_id] = self.size
            self.stages.append(WITHOUT_CARD)
            for column in self._columns.values():
                column.append(GONE)
        self.changed[position] = Product(offer_id, position % PROFILES, {}, added=True)
        for campaign_id in self.campaign_ids:
            for facts in (self._stocked, self._hides):
                facts[campaign_id, position] = False
            self._removed.discard((campaign_id, position))
        self._stages_before.pop(position, None)
        self._enter(position, WITHOUT_CARD)
        return position

    def check_card(self, position: int) -> None:
        """Let the Market look at a card that was written: it makes one of its own after a while, or links the two."""
        stage, product = self.stages[position], self.changed[position]
        product.written_at = self.world.now()
        if stage in {WITHOUT_CARD, IN_CREATION}:
            ready = product.is_complete() and not product.failed
            self._enter(position, IN_CREATION if ready else WITHOUT_CARD)
            if ready:
                self.later(CARD_AFTER, self.finish_card, position, product)

    def finish_card(self, position: int, product: Product) -> None:
        """Let the card of a product be there, unless something has happened to the product meanwhile."""
        before = self._stages_before
        if self.changed.get(position) is not product or product.failed:
            return
        if self.stages[position] == IN_CREATION:
            self._enter(position, WITH_CARD)
        elif before.get(position) == IN_CREATION:
            before[position] = WITH_CARD

    def fail_card(self, position: int, reason: str) -> None:
        """Let the Market refuse a card."""
        self.touch(position).failed = reason
        if self.stages[position] == IN_CREATION:
            self._enter(position, WITHOUT_CARD)

    def _enter(self, position: int, stage: int) -> None:
        self.stages[position] = stage
        self.refresh(position)

    # How products are written.

    def offer_json(self, position: int, code: int) -> bytes:
        """Write a product that nothing has changed as `GetCampaignOfferDTO`, with this status."""
        profile = position * self._stride % PROFILES
        return b"%b%d%b" % (heads()[profile], self._first_number + position, tails(code)[profile])

    def head(self, position: int) -> bytes:
        """Write the begin of the JSON of a product that was there at first: `{"offerId":"…`."""
        return b"%b%d" % (heads()[position * self._stride % PROFILES], self._first_number + position)
