"""Lines, recipients and buyers of orders, and the formats of labels."""

from typing import Annotated

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Int32, Sku


class BasicOrderItem(Model, kw_only=True, frozen=True):
    """A product in an order or a return, and how many of it.

    Attributes:
        offer_id: the seller's own SKU.
        count: units, 1 to 1,000.
    """

    offer_id: Sku
    count: Annotated[Int32, Bounds(ge=1, le=1000)]


class Customer(Model, kw_only=True, frozen=True):
    """Who receives an order, or sends a return.

    Attributes:
        first_name: the first name, 1 to 512 characters.
        last_name: the family name, 1 to 512 characters.
        middle_name: the patronymic, 1 to 512 characters.
        phone: the telephone number: a plus sign and digits with country and area code, 5 to 16 characters.
    """

    first_name: Annotated[str, Bounds(min_length=1, max_length=512)]
    last_name: Annotated[str, Bounds(min_length=1, max_length=512)]
    middle_name: Annotated[str, Bounds(min_length=1, max_length=512)] | None = None
    phone: Annotated[str, Bounds(min_length=5, max_length=16, pattern=r"^\+[0-9]+$")]


class OrderBuyerType(OpenEnum):
    """Whether a private person or an organisation buys.

    Organisations order from FBS and FBY stores that sell on business.market.yandex.ru.
    """

    PERSON = "PERSON"
    """A private person."""
    BUSINESS = "BUSINESS"
    """An organisation or a sole trader."""


class OrderBuyerBasicInfo(Model, kw_only=True, frozen=True):
    """Who bought; the id and the names are told to DBS stores only.

    Attributes:
        id: the buyer's id.
        last_name: the family name.
        first_name: the first name.
        middle_name: the patronymic.
        type: a private person or an organisation.
    """

    id: str | None = None
    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    type: OrderBuyerType


class PageFormatType(OpenEnum):
    """How labels are laid out on the pages of a PDF."""

    A9_HORIZONTALLY = "A9_HORIZONTALLY"
    """A label a page, about A9, lying."""
    A9 = "A9"
    """A label a page, A9, standing."""
    A7 = "A7"
    """A label a page, A7."""
    A4 = "A4"
    """Several labels on a sheet of A4."""
