"""Prices and their currencies."""

from decimal import Decimal

from yamarket_async.models.base import Model, Moment, OpenEnum


class CurrencyType(OpenEnum):
    """Currency codes. The Market's own: RUR is the Russian rouble, UAH the hryvnia, BYR the Belarusian rouble."""

    RUR = "RUR"
    USD = "USD"
    EUR = "EUR"
    UAH = "UAH"
    AUD = "AUD"
    GBP = "GBP"
    BYR = "BYR"
    BYN = "BYN"
    DKK = "DKK"
    ISK = "ISK"
    KZT = "KZT"
    CAD = "CAD"
    CNY = "CNY"
    NOK = "NOK"
    XDR = "XDR"
    SGD = "SGD"
    TRY = "TRY"
    SEK = "SEK"
    CHF = "CHF"
    JPY = "JPY"
    AZN = "AZN"
    ALL = "ALL"
    DZD = "DZD"
    AOA = "AOA"
    ARS = "ARS"
    AMD = "AMD"
    AFN = "AFN"
    BHD = "BHD"
    BGN = "BGN"
    BOB = "BOB"
    BWP = "BWP"
    BND = "BND"
    BRL = "BRL"
    BIF = "BIF"
    HUF = "HUF"
    VEF = "VEF"
    KPW = "KPW"
    VND = "VND"
    GMD = "GMD"
    GHS = "GHS"
    GNF = "GNF"
    HKD = "HKD"
    GEL = "GEL"
    AED = "AED"
    EGP = "EGP"
    ZMK = "ZMK"
    ILS = "ILS"
    INR = "INR"
    IDR = "IDR"
    JOD = "JOD"
    IQD = "IQD"
    IRR = "IRR"
    YER = "YER"
    QAR = "QAR"
    KES = "KES"
    KGS = "KGS"
    COP = "COP"
    CDF = "CDF"
    CRC = "CRC"
    KWD = "KWD"
    CUP = "CUP"
    LAK = "LAK"
    LVL = "LVL"
    SLL = "SLL"
    LBP = "LBP"
    LYD = "LYD"
    SZL = "SZL"
    LTL = "LTL"
    MUR = "MUR"
    MRO = "MRO"
    MKD = "MKD"
    MWK = "MWK"
    MGA = "MGA"
    MYR = "MYR"
    MAD = "MAD"
    MXN = "MXN"
    MZN = "MZN"
    MDL = "MDL"
    MNT = "MNT"
    NPR = "NPR"
    NGN = "NGN"
    NIO = "NIO"
    NZD = "NZD"
    OMR = "OMR"
    PKR = "PKR"
    PYG = "PYG"
    PEN = "PEN"
    PLN = "PLN"
    KHR = "KHR"
    SAR = "SAR"
    RON = "RON"
    SCR = "SCR"
    SYP = "SYP"
    SKK = "SKK"
    SOS = "SOS"
    SDG = "SDG"
    SRD = "SRD"
    TJS = "TJS"
    THB = "THB"
    TWD = "TWD"
    BDT = "BDT"
    TZS = "TZS"
    TND = "TND"
    TMM = "TMM"
    UGX = "UGX"
    UZS = "UZS"
    UYU = "UYU"
    PHP = "PHP"
    DJF = "DJF"
    XAF = "XAF"
    XOF = "XOF"
    HRK = "HRK"
    CZK = "CZK"
    CLP = "CLP"
    LKR = "LKR"
    EEK = "EEK"
    ETB = "ETB"
    RSD = "RSD"
    ZAR = "ZAR"
    KRW = "KRW"
    NAD = "NAD"
    TL = "TL"
    UE = "UE"


class PriceWithDiscount(Model, kw_only=True, frozen=True):
    """A price with its discount (`GetPriceWithDiscountDTO`).

    Attributes:
        value: the price, above 0.
        currency_id: its currency.
        discount_base: the crossed-out price, a whole number above 0; the discount is 5 to 99 %.
        updated_at: when it was last changed.
    """

    value: Decimal
    currency_id: CurrencyType
    updated_at: Moment
    discount_base: Decimal | None = None


class PriceWithVat(Model, kw_only=True, frozen=True):
    """A price with its discount and VAT (`GetPriceWithVatDTO`).

    Attributes:
        value: the price, above 0.
        currency_id: its currency.
        discount_base: the price without discount, a whole number above 0; the discount is 5 to 99 %.
        vat: the identifier of the VAT rate: 2 — 10 %, 5 — 0 %, 6 — not charged, 7 — 20 %, 10 — 5 % and 11 — 7 %
            (simplified taxation). None: the one that is set for the cabinet.
        updated_at: when it was last changed.
    """

    updated_at: Moment
    value: Decimal | None = None
    currency_id: CurrencyType | None = None
    discount_base: Decimal | None = None
    vat: int | None = None
