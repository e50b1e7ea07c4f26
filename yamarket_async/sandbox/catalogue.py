"""The catalogue of the pretend Market: every offer follows from the seed and its position, only deletions are kept.

A million offers would weigh half a gigabyte as objects or as JSON. So an offer is derived when it is asked for: its SKU
from its position, its status in a store from a column of one byte for each offer, all else from one of a few hundred
profiles. Its JSON is two prepared pieces with a number between them, which is what lets a page of 200 take a tenth of a
millisecond.
"""

import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from random import Random

import msgspec

from yamarket_async.sandbox.profiles import NO_FILTERS, PROFILES, Filters, Profile, accepted_profiles, profiles

STATUSES = (
    "PUBLISHED",
    "CHECKING",
    "DISABLED_BY_PARTNER",
    "DISABLED_AUTOMATICALLY",
    "REJECTED_BY_MARKET",
    "CREATING_CARD",
    "NO_CARD",
    "NO_STOCKS",
    "ARCHIVED",
    "READY_FOR_PUBLICATION",
)
"""`OfferCampaignStatusType`. The position of a status is its code in a store's column."""

PUBLISHED = STATUSES.index("PUBLISHED")
HIDDEN = STATUSES.index("DISABLED_BY_PARTNER")
GONE = len(STATUSES)
"""The code of an offer that was deleted from the store."""

# What is not hidden has these statuses in turn: first each once, so that a small catalogue has them all, then mostly
# PUBLISHED, as a real one has.
_TURN = bytes(code for code in range(len(STATUSES)) if code != HIDDEN) + bytes([PUBLISHED]) * 31

PROMO_STATUSES = (
    "MANUAL",
    "AUTO",
    "PARTIALLY_AUTO",
    "NOT_PARTICIPATING",
    "RENEWED",
    "RENEW_FAILED",
    "MINIMUM_FOR_PROMOS",
)
"""`PromoOfferParticipationStatusType`. The offers of a promo have them in turn."""

_COMPLAINTS = (
    ("Нет фотографии", "Добавьте хотя бы одно изображение товара"),
    ("Не указан бренд", "Укажите бренд — например, «Ромашка»"),
    ("Цена отличается от рыночной", "Проверьте цену: она выше средней на 40%"),
)
_WITHOUT_PRICE = {"CREATING_CARD", "NO_CARD"}
_WITH_ERRORS = {"DISABLED_AUTOMATICALLY", "REJECTED_BY_MARKET", "NO_CARD"}
_VAT = (2, 5, 6, 7, 10, 11)


@cache
def _heads() -> tuple[bytes, ...]:
    return tuple(b'{"offerId":' + msgspec.json.encode(profile.prefix)[:-1] for profile in profiles())


@cache
def _tails(status: int) -> tuple[bytes, ...]:
    """Make what follows the SKU in the JSON of an offer with this status, for each profile."""
    return tuple(b'",' + _tail(STATUSES[status], number, profile)[1:] for number, profile in enumerate(profiles()))


def _tail(status: str, number: int, profile: Profile) -> bytes:
    offer: dict[str, object] = {"available": status == "PUBLISHED"}
    if number % 7 == 0:
        offer["quantum"] = {"minQuantity": 2 + number % 9, "stepQuantity": 1 + number % 5}
    if status not in _WITHOUT_PRICE:
        price: dict[str, object] = {
            "value": msgspec.Raw(profile.price.encode()),
            "currencyId": "RUR",
            "updatedAt": profile.updated_at,
        }
        if profile.discount_base:
            price["discountBase"] = profile.discount_base
        offer["basicPrice"] = price
        offer["campaignPrice"] = price | {"vat": _VAT[number % len(_VAT)]}
    offer["status"] = status
    message, comment = _COMPLAINTS[number % len(_COMPLAINTS)]
    if status in _WITH_ERRORS:
        offer["errors"] = [{"message": message, "comment": comment}]
    elif number % 11 == 0:
        offer["warnings"] = [{"message": message, "comment": comment}]
    return msgspec.json.encode(offer)


class Shuffle:
    """A permutation of the positions 0 … size - 1 by one multiplication, so that no list of it need be kept.

    Attributes:
        size: how many positions there are.
    """

    def __init__(self, size: int, random: Random) -> None:
        self.size = size
        self.factor = random.randrange(1, size + 1)
        while math.gcd(self.factor, size) != 1:
            self.factor += 1
        self.offset = random.randrange(size)

    def rank(self, position: int) -> int:
        """Tell where the permutation puts a position."""
        return (position * self.factor + self.offset) % self.size

    def first(self, count: int) -> "array[int]":
        """Give the positions whose rank is below `count`, in ascending order."""
        inverse = pow(self.factor, -1, self.size)
        return array("I", sorted((rank - self.offset) * inverse % self.size for rank in range(count)))


def mask_of(statuses: Iterable[str]) -> bytes:
    """Make the set of statuses that `Catalogue.positions` takes, a byte for each code; none named means any."""
    wanted = set(statuses)
    return bytes(not wanted or status in wanted for status in STATUSES) + b"\0"


EVERY_STATUS = mask_of(())


class Catalogue:
    """The products of a business, their statuses in each of its stores, and its promo.

    Products are named by their position, from 0; lists are in the order of positions.

    Attributes:
        offers: how many products there are.
        campaign_ids: the stores.
    """

    def __init__(
        self, *, seed: int, offers: int, hidden: int, warehouse: int, promo_offers: int, campaign_ids: Sequence[int]
    ) -> None:
        random = Random(seed)
        self.offers = offers
        self.campaign_ids = tuple(campaign_ids)
        self._hidden = hidden
        self._warehouse = warehouse
        self._promo_offers = promo_offers
        self._first_number = random.randrange(1_000_000, 8_000_000)
        self._stride = random.randrange(1, PROFILES)
        self._in_warehouse = Shuffle(max(offers, 1), random)
        self._in_promo = Shuffle(max(offers, 1), random)
        self._shuffles = {campaign_id: Shuffle(max(offers, 1), random) for campaign_id in campaign_ids}
        self._columns: dict[int, bytearray] = {}
        self._hidden_positions: dict[int, array[int]] = {}
        self._deleted = dict.fromkeys(campaign_ids, 0)
        self._numbered: dict[int, tuple[object, array[int]]] = {}

    def profile(self, position: int) -> Profile:
        """Tell what the product has besides its SKU."""
        return profiles()[position * self._stride % PROFILES]

    def offer_id(self, position: int) -> str:
        """Tell the SKU of a product."""
        return f"{self.profile(position).prefix}{self._first_number + position}"

    def position(self, offer_id: str) -> int | None:
        """Find the product of a SKU; None where there is none."""
        number = re.search(r"[0-9]+\Z", offer_id)
        position = int(number[0]) - self._first_number if number else -1
        return position if 0 <= position < self.offers and self.offer_id(position) == offer_id else None

    def is_in_warehouse(self, position: int) -> bool:
        """Tell whether the Market keeps the product in a warehouse of its own, so that no store can delete it."""
        return self._in_warehouse.rank(position) < self._warehouse

    def column(self, campaign_id: int) -> bytearray:
        """Give the codes of the statuses in a store, one byte for each product."""
        column = self._columns.get(campaign_id)
        if column is None:
            shuffle, hidden, turn = self._shuffles[campaign_id], self._hidden, len(_TURN)
            ranks = map(shuffle.rank, range(self.offers))
            column = bytearray(HIDDEN if rank < hidden else _TURN[(rank - hidden) % turn] for rank in ranks)
            self._columns[campaign_id] = column
        return column

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
        column, stride, accepted = self.column(campaign_id), self._stride, accepted_profiles(filters)
        if accepted is None:
            found = (at for at in range(after + 1, self.offers) if mask[column[at]])
        else:
            found = (
                at for at in range(after + 1, self.offers) if mask[column[at]] and accepted[at * stride % PROFILES]
            )
        return list(islice(found, count))

    def hidden_positions(self, campaign_id: int) -> "array[int]":
        """Give the products that were hidden in a store when it opened; some may be gone since."""
        if campaign_id not in self._hidden_positions:
            self._hidden_positions[campaign_id] = self._shuffles[campaign_id].first(self._hidden)
        return self._hidden_positions[campaign_id]

    def numbered(self, campaign_id: int, filters: Filters) -> "array[int]":
        """Give all products of a store that the filters let through, for lists that are paged by number.

        The last such list of each store is kept until something is deleted there.
        """
        wanted = (filters, self._deleted[campaign_id])
        kept = self._numbered.get(campaign_id)
        if kept is None or kept[0] != wanted:
            kept = (wanted, array("I", self.positions(campaign_id, after=-1, count=self.offers, filters=filters)))
            self._numbered[campaign_id] = kept
        return kept[1]

    def delete(self, campaign_id: int, position: int | None) -> bool:
        """Delete a product from a store; tell whether it is gone now and was there before."""
        if position is None or self.is_in_warehouse(position):
            return False
        column = self.column(campaign_id)
        if column[position] == GONE:
            return False
        column[position] = GONE
        self._deleted[campaign_id] += 1
        return True

    @cached_property
    def promo_positions(self) -> "array[int]":
        """The products of the promo, in ascending order."""
        return self._in_promo.first(self._promo_offers)

    def promo_status(self, position: int) -> int:
        """Tell the participation of a product of the promo, as a place in `PROMO_STATUSES`."""
        return self._in_promo.rank(position) % len(PROMO_STATUSES)

    def offer_json(self, campaign_id: int, positions: Iterable[int]) -> list[bytes]:
        """Write products as `GetCampaignOfferDTO`."""
        column, stride, first, heads = self.column(campaign_id), self._stride, self._first_number, _heads()
        tails = tuple(_tails(status) for status in range(len(STATUSES)))
        return [
            b"%b%d%b" % (heads[profile := at * stride % PROFILES], first + at, tails[column[at]][profile])
            for at in positions
        ]

    def hidden_offer_json(self, positions: Iterable[int]) -> list[bytes]:
        """Write products as `HiddenOfferDTO`."""
        stride, first, heads = self._stride, self._first_number, _heads()
        return [b'%b%d"}' % (heads[at * stride % PROFILES], first + at) for at in positions]

    def promo_offer_json(self, positions: Iterable[int]) -> list[bytes]:
        """Write products as `GetPromoOfferDTO`."""
        stride, first, heads, tails = self._stride, self._first_number, _heads(), self._promo_tails
        return [
            b"%b%d%b" % (heads[profile := at * stride % PROFILES], first + at, tails[self.promo_status(at)][profile])
            for at in positions
        ]

    @cached_property
    def _promo_tails(self) -> tuple[tuple[bytes, ...], ...]:
        return tuple(
            tuple(self._promo_tail(status, number, profile) for number, profile in enumerate(profiles()))
            for status in PROMO_STATUSES
        )

    def _promo_tail(self, status: str, number: int, profile: Profile) -> bytes:
        most = max(profile.kopecks // 100, 2)
        discount = {"maxPromoPrice": most}
        if status not in {"NOT_PARTICIPATING", "RENEW_FAILED"}:
            discount["price"] = most + most // 4
            discount["promoPrice"] = most if status == "MINIMUM_FOR_PROMOS" else most - most // 10
        offer: dict[str, object] = {"status": status, "params": {"discountParams": discount}}
        if status == "PARTIALLY_AUTO":
            stores = self.campaign_ids
            offer["autoParticipatingDetails"] = {"campaignIds": stores[: 1 + number % max(len(stores) - 1, 1)]}
        return b'",' + msgspec.json.encode(offer)[1:]

    def listed_offer(self, campaign_id: int, position: int) -> Mapping[str, object]:
        """Tell a product as `OfferDTO`, which only getOffers gives."""
        profile = self.profile(position)
        offer: dict[str, object] = {
            "id": self.offer_id(position),
            "feedId": profile.feed_id,
            "name": profile.name,
            "price": msgspec.Raw(profile.price.encode()),
            "currency": "RUR",
            "modelId": profile.model_id,
            "marketCategoryId": profile.category_id,
            "shopCategoryId": profile.shop_category_id,
            "url": f"https://shop.example/{profile.shop_category_id}/{self._first_number + position}",
            "cutPrice": position % 50 == 0,
        }
        if profile.discount_base:
            offer["preDiscountPrice"] = profile.discount_base
            offer["discount"] = 20
        if self.column(campaign_id)[position] != PUBLISHED:
            offer["blocked"] = True
        return offer
