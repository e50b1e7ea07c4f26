"""The structs of tariffs."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.placement import SellingProgramType
from yamarket_async.models.tariffs import TariffParameter


class CalculateTariffsOffer(Model, kw_only=True, frozen=True):
    """A product for which to calculate the costs.

    Attributes:
        category_id: its leaf category on the Market, 1 or more, from `get_categories_tree`.
        price: its price in roubles, above 0.
        length: its length in centimetres, above 0.
        width: its width in centimetres, above 0.
        height: its height in centimetres, above 0.
        weight: its weight in kilograms, above 0.
        quantity: the quantum of sale: units that are sold as one, 1 or more; 1 by default.
    """

    category_id: Annotated[int, Bounds(gt=0)]
    price: Annotated[Decimal, Bounds(gt=0)]
    length: Annotated[Decimal, Bounds(gt=0)]
    width: Annotated[Decimal, Bounds(gt=0)]
    height: Annotated[Decimal, Bounds(gt=0)]
    weight: Annotated[Decimal, Bounds(gt=0)]
    quantity: Annotated[Int32, Bounds(ge=1)] | None = None


class CalculatedTariffType(OpenEnum):
    """A service of the Market."""

    AGENCY_COMMISSION = "AGENCY_COMMISSION"
    """Taking the buyer's payment."""
    PAYMENT_TRANSFER = "PAYMENT_TRANSFER"
    """Passing the buyer's payment on to the seller."""
    FEE = "FEE"
    """Placement on the Market."""
    DELIVERY_TO_CUSTOMER = "DELIVERY_TO_CUSTOMER"
    """Delivery to the buyer."""
    CROSSREGIONAL_DELIVERY = "CROSSREGIONAL_DELIVERY"
    """Delivery to another region."""
    EXPRESS_DELIVERY = "EXPRESS_DELIVERY"
    """Express delivery."""
    SORTING = "SORTING"
    """Handling of the order."""
    MIDDLE_MILE = "MIDDLE_MILE"
    """The way between warehouses and sorting centres."""
    ITEM_BOOKING = "ITEM_BOOKING"
    """Booking of the product."""


class CalculatedTariff(Model, kw_only=True, frozen=True):
    """What a service costs.

    Attributes:
        type: the service.
        amount: its cost in roubles, or in the currency asked for.
        currency: the currency of the cost.
        parameters: what the cost depends on.
    """

    type: CalculatedTariffType
    amount: Decimal | None = None
    currency: CurrencyType | None = None
    parameters: list[TariffParameter]


class CalculateTariffsOfferInfo(Model, kw_only=True, frozen=True):
    """What the services cost for a product.

    Attributes:
        offer: the product as it was asked for.
        tariffs: the services with their costs. A service can stand there several times: the SORTING of an FBS order,
            say, depends on how and how much is shipped.
    """

    offer: CalculateTariffsOffer
    tariffs: list[CalculatedTariff]


class PaymentFrequencyType(OpenEnum):
    """How often payouts are made."""

    DAILY = "DAILY"
    """Each day."""
    WEEKLY = "WEEKLY"
    """Each week."""
    BIWEEKLY = "BIWEEKLY"
    """Every two weeks."""
    MONTHLY = "MONTHLY"
    """Each month."""


class CalculateTariffsParameters(Model, kw_only=True, frozen=True):
    """For whom to calculate: either `campaign_id` or `selling_program`.

    Attributes:
        campaign_id: the store, 1 or more; not together with `selling_program`.
        selling_program: the placement model; needed where there is no `campaign_id`, and not together with it. DBS and
            EXPRESS are not for sellers of Market Yandex Go.
        frequency: how often payouts are made.
        payment_delay_weeks: with weekly payouts, how many weeks ago the orders were delivered: 0, 1, 2 or 4; other than
            0 only with the frequency WEEKLY.
        currency: the currency of the costs; RUR by default.
    """

    campaign_id: Id | None = None
    selling_program: SellingProgramType | None = None
    frequency: PaymentFrequencyType | None = None
    payment_delay_weeks: Annotated[Int32, Bounds(ge=0, le=4)] | None = None
    currency: CurrencyType | None = None


class CalculateTariffsRequest(Model, kw_only=True, frozen=True):
    """What calculateTariffs takes.

    Attributes:
        parameters: for whom to calculate: either `campaign_id` or `selling_program`, never both; and how payouts are
            made.
        offers: the products, any number, at least one; they are asked for in batches of 200.
    """

    parameters: CalculateTariffsParameters
    offers: Annotated[list[CalculateTariffsOffer], Bounds(min_length=1, max_length=200)]


class CalculateTariffsResult(Model, kw_only=True, frozen=True):
    """What the services cost.

    Attributes:
        offers: the products, in the order of the request.
    """

    offers: list[CalculateTariffsOfferInfo]


class CalculateTariffsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of calculateTariffs.

    Attributes:
        result: what was asked for.
    """

    result: CalculateTariffsResult | None = None
