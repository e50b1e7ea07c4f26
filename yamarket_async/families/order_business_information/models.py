"""The structs of business orders: organisations that buy, and the documents of their orders."""

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.days import Day


class OrderDocumentStatusType(OpenEnum):
    """Whether a document is ready."""

    READY = "READY"
    """Ready."""
    NOT_READY = "NOT_READY"
    """Not ready yet."""


class Document(Model, kw_only=True, frozen=True):
    """An accounting document of an order.

    Attributes:
        status: whether it is ready.
        number: its number.
        date: the day on which it was made.
    """

    status: OrderDocumentStatusType | None = None
    number: str | None = None
    date: Day | None = None


class OrderBusinessBuyer(Model, kw_only=True, frozen=True):
    """An organisation that bought an order.

    Attributes:
        inn: the taxpayer number (INN).
        kpp: the tax registration reason code (KPP).
        organization_name: the legal name.
        organization_jur_address: the registered address.
    """

    inn: str | None = None
    kpp: str | None = None
    organization_name: str | None = None
    organization_jur_address: str | None = None


class BusinessBuyerInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderBusinessBuyerInfo.

    Attributes:
        result: what was asked for.
    """

    result: OrderBusinessBuyer | None = None


class OrderBusinessDocuments(Model, kw_only=True, frozen=True):
    """The accounting documents of an order.

    Attributes:
        upd: the universal transfer document (UPD-1 or UPD-2).
        ukd: the universal corrective document (UKD-1 or UKD-2).
        torg_twelve: the consignment note (TORG-12).
        sf: the VAT invoice.
        ksf: the corrective VAT invoice.
    """

    upd: Document | None = None
    ukd: Document | None = None
    torg_twelve: Document | None = None
    sf: Document | None = None
    ksf: Document | None = None


class BusinessDocumentsInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderBusinessDocumentsInfo.

    Attributes:
        result: what was asked for.
    """

    result: OrderBusinessDocuments | None = None
