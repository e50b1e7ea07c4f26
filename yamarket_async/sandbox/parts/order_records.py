"""What is remembered of an order: its lines, boxes, buyer and address, and how its data follow from the seed."""

import math
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from yamarket_async.sandbox.parts.order_cycles import FINAL, Stage

Code = dict[str, str]
"""A marking code as it was sent: one of cis, uin, rnpt, gtd, and perhaps countryCode."""

CODE_KINDS = ("cis", "uin", "rnpt", "gtd")


@dataclass(slots=True)
class Line:
    """A line of an order.

    Attributes:
        id: its id.
        offer_id: the SKU.
        name: the name of the product.
        price: what the buyer pays for one.
        count: how many; 0 after they were removed.
        initial: how many there were at first.
        requires: the kinds of codes that it must have: CIS, CIS_OPTIONAL, UIN, RNPT, GTD.
        promo: whether it takes part in a promo, so that it can't be removed.
        bid: the bid for sales boosting that the sale of it costs; 0 for none.
        taken: how many of them were taken out of the stock for it.
        codes: the marking codes that were given.
        codes_at: when they were given, in epoch seconds.
    """

    id: int
    offer_id: str
    name: str
    price: Decimal
    count: int
    initial: int
    requires: tuple[str, ...] = ()
    promo: bool = False
    bid: int = 0
    taken: int = 0
    codes: list[Code] = field(default_factory=list)
    codes_at: float = 0.0


@dataclass(slots=True)
class Box:
    """A box: its id, and the items in it as they were sent."""

    id: int
    items: list[dict[str, Any]]


@dataclass(slots=True)
class Person:
    """A buyer or recipient."""

    first_name: str
    last_name: str
    middle_name: str
    phone: str

    @property
    def full_name(self) -> str:
        """The whole name."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def short_name(self) -> str:
        """The name as labels have it: the family name and initials."""
        return " ".join([self.last_name, *(f"{name[0]}." for name in (self.first_name, self.middle_name) if name)])


@dataclass(slots=True)
class Address:
    """Where an order goes; `text` holds one that was sent as it stands."""

    city: str
    street: str
    house: str
    apartment: str
    postcode: str
    text: str = ""
    entrance: str = ""
    floor: str = ""

    @property
    def full(self) -> str:
        """The address in a line."""
        return self.text or f"{self.city}, {self.street}, д. {self.house}, кв. {self.apartment}"


@dataclass(slots=True)
class Change:
    """A change that happens later: when, what of (recipient, dates, cancel, transfer), to what, by which operation."""

    due: float
    what: str
    value: Any
    operation_id: str = ""


@dataclass(slots=True)
class Order:
    """An order. Moments are epoch seconds; days are Moscow's."""

    id: int
    campaign_id: int
    model: str
    created: float
    status: str
    substatus: str
    since: float
    updated: float
    lines: list[Line]
    buyer: Person
    address: Address
    from_day: date
    to_day: date
    shipment_day: date
    delivery: str = "DELIVERY"
    digital: str = ""
    yandex_delivery: bool = False
    prepaid: bool = True
    business: bool = False
    fake: bool = False
    from_time: str = "10:00:00"
    to_time: str = "18:00:00"
    delivery_price: Decimal = Decimal(0)
    external_id: str | None = None
    warehouse_id: int | None = None
    notes: str = ""
    point_id: int | None = None
    boxes: list[Box] = field(default_factory=list)
    boxes_made: int = 0
    tracks: dict[int, str] = field(default_factory=dict)
    cancel_requested_at: float | None = None
    stored_till: date | None = None
    storage_extended: bool = False
    date_edits: int = 0
    real_day: date | None = None
    keys_at: float | None = None
    calls: int = 0
    eac_code: str = ""
    eac_tries: int = 0
    eac_codes_made: int = 0
    changes: list[Change] = field(default_factory=list)
    history: list[tuple[float, Stage]] = field(default_factory=list)
    due: float = math.inf

    @property
    def stage(self) -> Stage:
        """The status and substatus."""
        return self.status, self.substatus

    @property
    def final(self) -> bool:
        """Whether it was delivered or cancelled."""
        return self.status in FINAL

    @property
    def cycle(self) -> str:
        """The name of its life cycle."""
        if self.model != "DBS":
            return self.model
        return "DIGITAL" if self.digital else "YANDEX_DELIVERY" if self.yandex_delivery else "DBS"

    @property
    def total(self) -> Decimal:
        """What the buyer pays for the products."""
        return sum((line.price * line.count for line in self.lines), Decimal(0))

    def line(self, line_id: int) -> Line | None:
        """Find a line; None where there is none."""
        return next((line for line in self.lines if line.id == line_id), None)

    def stage_at(self, at: float) -> Stage | None:
        """Tell the stage at a moment; None before the order was there."""
        return next((stage for since, stage in reversed(self.history) if since <= at), None)


_FIRST_NAMES = (("Анна", "Сергеевна"), ("Иван", "Петрович"), ("Мария", "Олеговна"), ("Тимур", "Ильясович"))
_LAST_NAMES = (("Петрова", "Сидоров"), ("Ким", "Ким"), ("Воронина", "Воронин"), ("Ахметова", "Ахметов"))
_STREETS = ("улица Льва Толстого", "Профсоюзная улица", "Садовая улица", "проспект Мира")
CITIES = (("Москва", 213, 119), ("Казань", 43, 420), ("Тула", 15, 300), ("Екатеринбург", 54, 620))
"""Cities, each with its region and the beginning of its postcodes."""


def person(random: Random) -> Person:
    """Make up a buyer."""
    number = random.randrange(len(_FIRST_NAMES))
    first, middle = _FIRST_NAMES[number]
    last = random.choice(_LAST_NAMES)[number % 2]
    return Person(first, last, middle, f"+7900{random.randrange(10**7):07}")


def address(random: Random) -> Address:
    """Make up an address."""
    city, _, code = random.choice(CITIES)
    house, flat = str(random.randrange(1, 90)), str(random.randrange(1, 300))
    return Address(city, random.choice(_STREETS), house, flat, f"{code}{random.randrange(1_000):03}")
