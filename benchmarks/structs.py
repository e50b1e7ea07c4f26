"""The structs of the hand-written loop: what somebody writes who knows msgspec and needs the same fields and types."""

from datetime import datetime
from typing import Any

import msgspec


class Struct(msgspec.Struct, rename="camel", gc=False):
    pass


class Quantum(Struct):
    min_quantity: int | None = None
    step_quantity: int | None = None


class Trouble(Struct):
    message: str | None = None
    comment: str | None = None


class Paging(Struct):
    next_page_token: str | None = None


def response_type(money: Any) -> Any:
    """Make the type of an answer with `Decimal` or `float` for money."""

    class Price(Struct):
        value: money
        currency_id: str
        updated_at: datetime
        discount_base: money | None = None

    class CampaignPrice(Struct):
        updated_at: datetime
        value: money | None = None
        currency_id: str | None = None
        discount_base: money | None = None
        vat: int | None = None

    class Offer(Struct):
        offer_id: str
        quantum: Quantum | None = None
        available: bool | None = None
        basic_price: Price | None = None
        campaign_price: CampaignPrice | None = None
        status: str | None = None
        errors: list[Trouble] | None = None
        warnings: list[Trouble] | None = None

    class Result(Struct):
        offers: list[Offer]
        paging: Paging | None = None

    class Response(Struct):
        result: Result
        status: str | None = None

    return Response
