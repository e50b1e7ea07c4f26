"""The Market's promotions: which products may take part in each, which do and at what price, and when it ends."""

import bisect
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.profiles import PROFILES, profiles
from yamarket_async.sandbox.parts.statuses import DELETED, WITH_CARD
from yamarket_async.sandbox.world import EARLIEST, LATEST, World

DAY = 86_400.0

APPLIED_AFTER = 5 * 3_600.0
"""Seconds that the Market takes to let a change of participation have its effect."""

SINGLES = 20
"""Changes of one product only that may be sent in a minute for a promotion …"""

MINUTE = 60.0
"""… and how many seconds that is."""

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

_OUT, _RENEW_FAILED = PROMO_STATUSES.index("NOT_PARTICIPATING"), PROMO_STATUSES.index("RENEW_FAILED")
_MANUAL, _PARTIALLY = PROMO_STATUSES.index("MANUAL"), PROMO_STATUSES.index("PARTIALLY_AUTO")
_BY_HAND = frozenset({_MANUAL, PROMO_STATUSES.index("RENEWED"), PROMO_STATUSES.index("MINIMUM_FOR_PROMOS")})
_ORDINARY = (_MANUAL, PROMO_STATUSES.index("AUTO"), _PARTIALLY, _OUT)
"""The statuses in promotions other than the bestsellers of the Market."""

Mechanics = Literal["DIRECT_DISCOUNT", "BLUE_FLASH", "MARKET_PROMOCODE"]


class Participation(msgspec.Struct, frozen=True):
    """What a seller wrote of a product.

    Attributes:
        takes_part: whether it takes part.
        price: the price that is crossed out, in roubles; None where the promotion has none.
        promo_price: the price for the promotion, in roubles.
    """

    takes_part: bool
    price: int | None = None
    promo_price: int | None = None


OUT = Participation(False)


@dataclass
class Promo:
    """A promotion.

    Attributes:
        id: its promoId.
        name: its name.
        mechanics: what it is: a discount, a flash sale, a promo code.
        starts: when it begins, in epoch seconds.
        ends: when it ends.
        candidates: the products that may take part, in ascending order, besides those that were added.
        bestseller: whether it is the one for bestsellers of the Market.
        emptied: whether all products were taken out of it at once.
        written: what was written since, by position.
        applied: what of that has its effect.
        changed_at: when something was written last.
        singles: when changes of one product only were sent.
    """

    id: str
    name: str
    mechanics: Mechanics
    starts: float
    ends: float
    candidates: "array[int]"
    bestseller: bool = False
    emptied: bool = False
    written: dict[int, Participation] = field(default_factory=dict)
    applied: dict[int, Participation] = field(default_factory=dict)
    changed_at: float = float("-inf")
    singles: deque[float] = field(default_factory=deque)

    @property
    def deadline(self) -> float:
        """Until when products may be added: ten days before the end of a promotion for bestsellers."""
        return self.ends - 10 * DAY if self.bestseller else self.ends

    @property
    def has_prices(self) -> bool:
        """Whether products take part with a price of their own."""
        return self.mechanics != "MARKET_PROMOCODE"

    def admits_single(self, now: float) -> bool:
        """Count a change of one product only; tell whether it may be made."""
        while self.singles and self.singles[0] <= now - MINUTE:
            self.singles.popleft()
        if len(self.singles) >= SINGLES:
            return False
        self.singles.append(now)
        return True


class Promos:
    """The promotions of the business.

    Attributes:
        promos: all of them, by promoId.
    """

    HANDS = ("add", "end", "participating", "offer_ids")

    def __init__(self, world: World) -> None:
        self._world = world
        self._catalogue = catalogue = world.part(Catalogue)
        count, offers = int(world.settings["promo_offers"]), catalogue.offers
        day = world.now() // DAY * DAY
        main = str(world.settings["promo_id"])
        made: list[tuple[str, str, Mechanics, int, int, range, bool]] = [
            (main, "Бестселлеры Маркета", "DIRECT_DISCOUNT", -10, 50, range(count), True),
            (f"{main}_flash", "Флеш-распродажа", "BLUE_FLASH", 5, 12, range(offers - offers // 10, offers), False),
            (f"{main}_code", "Скидка по промокоду", "MARKET_PROMOCODE", -3, 27, range(offers // 10), False),
            (f"{main}_autumn", "Осенняя распродажа", "DIRECT_DISCOUNT", -90, -60, range(offers // 20), False),
            (f"{main}_past", "Распродажа прошлых лет", "DIRECT_DISCOUNT", -800, -770, range(offers // 20), False),
        ]
        shuffle = catalogue.in_promo
        self.promos = {
            id_: Promo(id_, name, kind, day + first * DAY, day + last * DAY, shuffle.ranked(ranks), bestseller)
            for id_, name, kind, first, last, ranks, bestseller in made
        }

    def positions(self, promo: Promo, after: int = -1) -> Iterator[int]:
        """Give the products that take part in a promotion or could, behind a position."""
        stages, candidates, catalogue = self._catalogue.stages, promo.candidates, self._catalogue
        for number in range(bisect.bisect_right(candidates, after), len(candidates)):
            if stages[candidates[number]] != DELETED:
                yield candidates[number]
        for position in range(max(after + 1, catalogue.offers), catalogue.size):
            if stages[position] == WITH_CARD and catalogue.changed[position].price is not None:
                yield position

    def is_candidate(self, promo: Promo, position: int) -> bool:
        """Tell whether a product may take part."""
        return next(self.positions(promo, position - 1), None) == position

    def status(self, promo: Promo, position: int, written: dict[int, Participation] | None = None) -> int:
        """Tell the participation of a product, as a place in `PROMO_STATUSES`.

        Args:
            promo: the promotion.
            position: the product.
            written: what counts as written; all that was, where it is left out.
        """
        own = (promo.written if written is None else written).get(position)
        if own is not None:
            return _MANUAL if own.takes_part else _OUT
        if promo.emptied or position >= self._catalogue.offers:
            return _OUT
        rank = self._catalogue.in_promo.rank(position)
        return rank % len(PROMO_STATUSES) if promo.bestseller else _ORDINARY[rank % len(_ORDINARY)]

    def most(self, position: int) -> int:
        """Tell the highest price in roubles at which a product may take part."""
        catalogue = self._catalogue
        if position < catalogue.offers:
            return max(catalogue.first_profile(position).kopecks // 100, 2)
        price = catalogue.product(position).price
        return max(int(price.value), 2) if price else 2

    def active(self, promo: Promo) -> int:
        """Count the products that take part because the seller said so."""
        applied = promo.applied
        return sum(self.status(promo, at, applied) in _BY_HAND for at in self.positions(promo))

    def write(self, promo: Promo, position: int, participation: Participation) -> None:
        """Take note of what a seller writes of a product; it has its effect hours later."""
        promo.written[position] = participation
        promo.changed_at = self._world.now()
        self._catalogue.later(APPLIED_AFTER, self._apply, promo, position, participation)

    def _apply(self, promo: Promo, position: int, participation: Participation) -> None:
        # What was written since goes before it.
        if promo.written.get(position) is participation:
            promo.applied[position] = participation

    def clear(self, promo: Promo) -> None:
        """Take all products out of a promotion."""
        promo.emptied = True
        promo.written.clear()
        promo.applied.clear()
        promo.changed_at = self._world.now()

    def json(self, promo: Promo, positions: Sequence[int]) -> list[Any]:
        """Write products as `GetPromoOfferDTO`."""
        catalogue = self._catalogue
        tails = promo_tails(catalogue.campaign_ids)
        found: list[Any] = []
        for at in positions:
            status = self.status(promo, at)
            if at < catalogue.offers and at not in promo.written and promo.has_prices:
                found.append(msgspec.Raw(catalogue.head(at) + tails[status][catalogue.profile_number(at)]))
            else:
                found.append(self._written(promo, at, PROMO_STATUSES[status]))
        return found

    def _written(self, promo: Promo, position: int, status: str) -> dict[str, Any]:
        params: dict[str, Any] = {}
        if promo.has_prices:
            own = promo.written.get(position, OUT)
            prices = {"price": own.price, "promoPrice": own.promo_price}
            discount = {name: value for name, value in prices.items() if value is not None}
            params["discountParams"] = discount | {"maxPromoPrice": self.most(position)}
        offer = {"offerId": self._catalogue.offer_id(position), "status": status, "params": params}
        if status == "PARTIALLY_AUTO":
            offer["autoParticipatingDetails"] = {"campaignIds": self._catalogue.campaign_ids[:1]}
        return offer

    # The hands of a test.

    def add(
        self,
        name: str,
        *,
        mechanics: Mechanics = "DIRECT_DISCOUNT",
        offer_ids: Sequence[str] | None = None,
        starts_in: float = 0.0,
        lasts: float = 30 * DAY,
    ) -> str:
        """Let the Market announce a promotion.

        Args:
            name: its name.
            mechanics: what it is.
            offer_ids: the products that may take part; all of the catalogue where it is left out. Products that are
                added later, with a card and a price, may take part too.
            starts_in: seconds until it begins.
            lasts: seconds that it lasts.

        Returns:
            Its promoId.

        Raises:
            LookupError: there is no such product.
            ValueError: there are no such mechanics, or it would begin or end where there are no dates.
        """
        if mechanics not in {"DIRECT_DISCOUNT", "BLUE_FLASH", "MARKET_PROMOCODE"}:
            raise ValueError(f"mechanics={mechanics!r}: must be DIRECT_DISCOUNT, BLUE_FLASH or MARKET_PROMOCODE")
        with self._world.lock:
            starts = self._world.now() + starts_in
            for argument, at in (("starts_in", starts), ("lasts", starts + lasts)):
                if not EARLIEST <= at <= LATEST:
                    raise ValueError(f"{argument}: must lead to a moment between the years 2000 and 9000")
            catalogue = self._catalogue
            named = range(catalogue.offers) if offer_ids is None else [_found(catalogue, each) for each in offer_ids]
            candidates = array("I", sorted(at for at in named if at < catalogue.offers))
            id_ = f"{self._world.settings['promo_id']}_{len(self.promos)}"
            self.promos[id_] = Promo(id_, name, mechanics, starts, starts + lasts, candidates, emptied=True)
            return id_

    def end(self, promo_id: str | None = None) -> None:
        """Let a promotion end now.

        Args:
            promo_id: the promotion; the sandbox's `promo_id` where it is left out.

        Raises:
            LookupError: there is no such promotion.
        """
        with self._world.lock:
            self._promo(promo_id).ends = self._world.now()

    def participating(self, promo_id: str | None = None) -> list[str]:
        """Tell the SKUs that take part in a promotion, by hand or automatically.

        Args:
            promo_id: the promotion; the sandbox's `promo_id` where it is left out.

        Raises:
            LookupError: there is no such promotion.
        """
        with self._world.lock:
            promo = self._promo(promo_id)
            found = (at for at in self.positions(promo) if self.status(promo, at) not in {_OUT, _RENEW_FAILED})
            return [self._catalogue.offer_id(at) for at in found]

    def offer_ids(self, promo_id: str | None = None) -> list[str]:
        """Tell the SKUs that take part in a promotion or could; the arguments are those of `participating`."""
        with self._world.lock:
            return [self._catalogue.offer_id(at) for at in self.positions(self._promo(promo_id))]

    def _promo(self, promo_id: str | None) -> Promo:
        self._catalogue.settle(self._world.now())
        known = promo_id or str(self._world.settings["promo_id"])
        if known not in self.promos:
            raise LookupError(f"there is no promotion {known!r}; there are {', '.join(self.promos)}")
        return self.promos[known]


def _found(catalogue: Catalogue, offer_id: str) -> int:
    position = catalogue.position(offer_id)
    if position is None:
        raise LookupError(f"there is no product {offer_id!r}")
    return position


@cache
def promo_tails(campaign_ids: tuple[int, ...]) -> tuple[tuple[bytes, ...], ...]:
    """Make what follows the SKU in the JSON of a product of a promotion, for each status and profile."""
    return tuple(tuple(_tail(status, number, campaign_ids) for number in range(PROFILES)) for status in PROMO_STATUSES)


def _tail(status: str, number: int, campaign_ids: tuple[int, ...]) -> bytes:
    most = max(profiles()[number].kopecks // 100, 2)
    discount = {"maxPromoPrice": most}
    if status not in {"NOT_PARTICIPATING", "RENEW_FAILED"}:
        discount["price"] = most + most // 4
        discount["promoPrice"] = most if status == "MINIMUM_FOR_PROMOS" else most - most // 10
    offer: dict[str, object] = {"status": status, "params": {"discountParams": discount}}
    if status == "PARTIALLY_AUTO":
        offer["autoParticipatingDetails"] = {"campaignIds": campaign_ids[: 1 + number % max(len(campaign_ids) - 1, 1)]}
    return b'",' + msgspec.json.encode(offer)[1:]
