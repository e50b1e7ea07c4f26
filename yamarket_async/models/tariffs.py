"""Parameters of the Market's tariffs."""

from yamarket_async.models.base import Model


class TariffParameter(Model, kw_only=True, frozen=True):
    """A detail of how a service of the Market is charged; which of them come depends on the service.

    Attributes:
        name: which detail: `value` (the amount), `valueType` (`absolute` money or `relative` per cent), `billingUnit`,
            `priceDependence`, `priceFrom` and `priceTo` (prices of the product for which it holds), `minValue` and
            `maxValue` (bounds of the amount), `dayFrom` and `dayTo` (days of storage), `xdocFrom` and `xdocTo` (ends of
            a transit supply's route), `frequency` and `paymentDelayWeeks` (of payouts: how often, and how many weeks
            after delivery where it is weekly), `transitWarehouseType` (where the seller brings goods to),
            `orderCargoType` (the kind of cargo), `turnoverFrom` and `turnoverTo` (exclusive), `ratingLowerBound` and
            `ratingUpperBound`, `fromOrders` (inclusive) and `toOrders` (exclusive), `shippingPrice` and
            `totalSurchargeForWeight` (delivery from abroad).
        value: its value, as text.
    """

    name: str
    value: str
