"""What the products of the pretend Market are like: a few hundred profiles, and the filters that tell them apart."""

import math
from functools import cache, lru_cache
from random import Random
from typing import NamedTuple

import msgspec

PROFILES = 509
"""How many profiles there are: a prime, so that any stride over it visits them all."""

# None ends in a digit: the number that follows must be found again. Spaces, quotes and what a URL must escape are here
# because real SKUs have them.
_SKU_PREFIXES = ("SKU-", "АРТ-", "08e35dc1-", "Чайник ", "A&B+C/", "50%_", 'Ø12" №', "арт. ")
_VENDORS = ("Северный ветер", "Тульский Левша", "Kettlewell", "Ромашка & Ко", "Norrland", "ООО «Лампа»", "Ёлка")
_GOODS = (
    ("Чайник электрический", 90_401, "chaynik"),
    ("Набор отвёрток", 91_491, "otvertki"),
    ("Кружка эмалированная", 198_119, "kruzhka"),
    ("Рюкзак школьный", 7_811_903, "ryukzak"),
    ("Лампа настольная", 13_314_796, "lampa"),
    ("Сапоги резиновые", 15_714_671, "sapogi"),
)
_TAGS = ("новинка", "хит продаж", "sale", "к школе", "распродажа 11.11")


class Profile(NamedTuple):
    """What a product has besides its SKU; thousands of products share one."""

    prefix: str
    name: str
    vendor: str
    category_id: int
    shop_category_id: str
    feed_id: int
    model_id: int
    tags: tuple[str, ...]
    kopecks: int
    discount_base: int | None
    updated_at: str

    @property
    def price(self) -> str:
        """The price in roubles as JSON has it, with the kopecks where there are any."""
        roubles, kopecks = divmod(self.kopecks, 100)
        return f"{roubles}.{kopecks:02}" if kopecks else str(roubles)


@cache
def profiles() -> tuple[Profile, ...]:
    """Make the profiles. They are the same for every seed, which only tells what product has which."""
    random = Random("profiles")
    made = []
    for number in range(PROFILES):
        good, category_id, shop_category_id = random.choice(_GOODS)
        vendor = random.choice(_VENDORS)
        kopecks = random.randrange(9_900, 9_000_000) if number % 3 else random.randrange(99, 90_000) * 100
        moment = f"2025-{number % 9 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:{number % 59:02}"
        made.append(
            Profile(
                prefix=_SKU_PREFIXES[number % len(_SKU_PREFIXES)],
                name=f"{good} {vendor} № {number}",
                vendor=vendor,
                category_id=category_id,
                shop_category_id=shop_category_id,
                feed_id=200_000 + number % 2,
                model_id=0 if number % 4 == 0 else 13_500_000 + number,
                tags=tuple(random.sample(_TAGS, number % 3)),
                kopecks=kopecks,
                discount_base=math.ceil(kopecks / 100 * 1.25) if number % 5 == 0 else None,
                updated_at=moment + ("Z", "+03:00", ".250+03:00")[number % 3],
            )
        )
    return tuple(made)


class Filters(msgspec.Struct, frozen=True):
    """What a product must have to be listed; an empty filter lets everything through."""

    category_ids: tuple[int, ...] = ()
    vendor_names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    query: str = ""
    feed_id: int | None = None
    shop_category_id: str | None = None
    matched: bool | None = None


NO_FILTERS = Filters()


@lru_cache(maxsize=64)
def accepted_profiles(filters: Filters) -> bytes | None:
    """Tell which profiles the filters let through, a byte for each; None where it is all of them."""
    if filters == NO_FILTERS:
        return None
    return bytes(_accepts(filters, profile) for profile in profiles())


def _accepts(filters: Filters, profile: Profile) -> bool:
    return (
        (not filters.category_ids or profile.category_id in filters.category_ids)
        and (not filters.vendor_names or profile.vendor in filters.vendor_names)
        and (not filters.tags or not set(filters.tags).isdisjoint(profile.tags))
        and filters.query.casefold() in profile.name.casefold()
        and filters.feed_id in {None, profile.feed_id}
        and filters.shop_category_id in {None, profile.shop_category_id}
        and filters.matched in {None, profile.model_id != 0}
    )
