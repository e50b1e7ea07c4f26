"""The structs of offer mappings."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated, Sku
from yamarket_async.models.placement import SellingProgramType
from yamarket_async.models.prices import BasePrice, PriceWithDiscount, PriceWithDiscountValue
from yamarket_async.models.products import (
    Mapping,
    OfferCampaignStatusType,
    OfferCardStatusType,
    ParameterValue,
    UpdateMapping,
)


class AddOffersToArchiveErrorType(OpenEnum):
    """Why a product was not archived."""

    OFFER_HAS_STOCKS = "OFFER_HAS_STOCKS"
    """It lies in a warehouse of the Market."""
    UNKNOWN = "UNKNOWN"
    """Another reason."""


class AddOffersToArchiveError(Model, kw_only=True, frozen=True):
    """A product that was not archived.

    Attributes:
        offer_id: the SKU.
        error: why not.
    """

    offer_id: Sku
    error: AddOffersToArchiveErrorType


class AddOffersToArchive(Model, kw_only=True, frozen=True):
    """The products that were not archived.

    Attributes:
        not_archived_offers: the products, if there are any.
    """

    not_archived_offers: Annotated[list[AddOffersToArchiveError], Bounds(min_length=1)] | None = None


class AddOffersToArchiveRequest(Model, kw_only=True, frozen=True):
    """What addOffersToArchive takes.

    Attributes:
        offer_ids: SKUs of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)]


class AddOffersToArchiveResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of addOffersToArchive.

    Attributes:
        result: what was asked for.
    """

    result: AddOffersToArchive | None = None


class AgeUnitType(OpenEnum):
    """What an age is counted in."""

    YEAR = "YEAR"
    """Years."""
    MONTH = "MONTH"
    """Months."""


class Age(Model, kw_only=True, frozen=True):
    """From what age on a product is for children.

    Attributes:
        value: 0, 6, 12, 16 or 18 years, or 0 to 12 months.
        age_unit: years or months.
    """

    value: Annotated[Decimal, Bounds(ge=0)]
    age_unit: AgeUnitType


class CommodityCodeType(OpenEnum):
    """A classification of goods."""

    CUSTOMS_COMMODITY_CODE = "CUSTOMS_COMMODITY_CODE"
    """The customs nomenclature of the Eurasian union (TN VED), codes of 10 or 14 digits."""
    IKPU_CODE = "IKPU_CODE"
    """The identification codes of goods and services of Uzbekistan (IKPU)."""
    OKPD2_CODE = "OKPD2_CODE"
    """The Russian classification of products by kinds of activity (OKPD 2)."""


class CommodityCode(Model, kw_only=True, frozen=True):
    """The code of a product in a classification of goods.

    Attributes:
        code: the code.
        type: the classification.
    """

    code: str
    type: CommodityCodeType


class OfferParam(Model, kw_only=True, frozen=True):
    """A characteristic of a product, in the older way; one with several values stands there several times.

    Attributes:
        name: its name on the Market, at most 200 characters.
        value: its value.
    """

    name: Annotated[str, Bounds(max_length=200)]
    value: str


class OfferConditionQualityType(OpenEnum):
    """How a used or damaged product looks."""

    PERFECT = "PERFECT"
    """Perfect."""
    EXCELLENT = "EXCELLENT"
    """Excellent."""
    GOOD = "GOOD"
    """Good."""
    NOT_SPECIFIED = "NOT_SPECIFIED"
    """Not told."""


class OfferConditionType(OpenEnum):
    """Why a product is sold at a reduced price."""

    PREOWNED = "PREOWNED"
    """Used, and owned by somebody before."""
    SHOWCASESAMPLE = "SHOWCASESAMPLE"
    """A showcase sample."""
    REFURBISHED = "REFURBISHED"
    """Sold again after it came back."""
    REDUCTION = "REDUCTION"
    """Damaged."""
    RENOVATED = "RENOVATED"
    """Renovated."""
    NOT_SPECIFIED = "NOT_SPECIFIED"
    """Not told."""


class OfferCondition(Model, kw_only=True, frozen=True):
    """The condition of a product that is sold at a reduced price for it.

    Attributes:
        type: why it is reduced.
        quality: how it looks.
        reason: the defects in detail: how visible they are, and where.
    """

    type: OfferConditionType | None = None
    quality: OfferConditionQualityType | None = None
    reason: str | None = None


class OfferManual(Model, kw_only=True, frozen=True):
    """Instructions for the use of a product.

    Attributes:
        url: the link to them, 1 to 2,000 characters.
        title: their title on the card, at most 500 characters.
    """

    url: Annotated[str, Bounds(min_length=1, max_length=2000)]
    title: Annotated[str, Bounds(max_length=500)] | None = None


class OfferType(OpenEnum):
    """A special kind of product."""

    DEFAULT = "DEFAULT"
    """None, to take the kind away."""
    MEDICINE = "MEDICINE"
    """A medicine."""
    BOOK = "BOOK"
    """A book, on paper or electronic."""
    AUDIOBOOK = "AUDIOBOOK"
    """An audiobook."""
    ARTIST_TITLE = "ARTIST_TITLE"
    """Music or video."""
    ON_DEMAND = "ON_DEMAND"
    """Made to order."""
    ALCOHOL = "ALCOHOL"
    """Alcohol."""


class OfferWeightDimensions(Model, kw_only=True, frozen=True):
    """The size and weight of the package of a product; each above 0 where it is sent.

    Attributes:
        length: centimetres, above 0.
        width: centimetres, above 0.
        height: centimetres, above 0.
        weight: kilograms with the package, above 0.
    """

    length: Annotated[Decimal, Bounds(ge=0)]
    width: Annotated[Decimal, Bounds(ge=0)]
    height: Annotated[Decimal, Bounds(ge=0)]
    weight: Annotated[Decimal, Bounds(ge=0)]


class TimeUnitType(OpenEnum):
    """What a time is counted in."""

    HOUR = "HOUR"
    """Hours."""
    DAY = "DAY"
    """Days."""
    WEEK = "WEEK"
    """Weeks."""
    MONTH = "MONTH"
    """Months."""
    YEAR = "YEAR"
    """Years."""


class TimePeriod(Model, kw_only=True, frozen=True):
    """A length of time in the life of a product.

    Attributes:
        time_period: how many units it lasts.
        time_unit: the unit.
        comment: conditions of storage, use or guarantee, at most 500 characters.
    """

    time_period: int
    time_unit: TimeUnitType
    comment: Annotated[str, Bounds(max_length=500)] | None = None


class BaseOffer(Model, kw_only=True, frozen=True):
    """What a product is, as it is sent.

    Attributes:
        offer_id: the SKU, 1 to 255 characters; spaces at its ends are dropped. One that was used can never be used for
            another product; it is renamed in the account only.
        name: kind + brand or maker + model + what sets it apart (colour, size, amount), at most 256 characters, 50 to
            60 at best; no words of sale or praise, no capitals but in brands.
        market_category_id: its leaf category on the Market, 1 or more, from `get_categories_tree`; always beside
            `parameter_values`, which must be those of this category.
        pictures: 1 to 30 links to pictures, of 1 to 2,000 characters, the first of which is the main one: whole, http
            or https, permanent, direct or shared by Yandex Disk (no other cloud), Cyrillic letters allowed. A changed
            picture needs a new link; under the old one it is not read again.
        videos: 1 to 6 links to videos, of 1 to 2,000 characters, with the same rules as for pictures.
        manuals: 1 to 6 instructions for its use.
        vendor: the brand or maker, written as the maker does.
        barcodes: its barcodes in digits, each once: EAN-13, EAN-8, UPC-A, UPC-E or Code 128, for books ISBN. Some
            categories and brands need a valid GTIN, which codes beginning with 2 or 02, and Code 128, are not.
        description: its merits and features, at most 6,000 characters, 400 to 600 at best; no instructions, no words of
            sale, no contacts or links. HTML tags for headings, line breaks, lists and div are allowed.
        manufacturer_countries: where it was made, the names of the countries as in the Market's list, each once.
        weight_dimensions: the size and weight of its package, each above 0.
        vendor_code: the maker's article number.
        tags: marks of the seller's own, to group and filter by, unseen by buyers: at most 10 for a product by the page,
            50 by the description, of at most 20 characters, each once.
        shelf_life: after what time it is no longer fit for use, as the package says; needed where there is one. The
            comment tells how to store it.
        life_time: how long it should work; needed where there is such a time. The comment tells the conditions of use.
        guarantee_period: how long it is exchanged or mended free of charge; needed where there is such a time. The
            comment tells the particulars.
        commodity_codes: its codes in classifications of goods.
        certificates: 1 to 6 numbers of its documents, each once; the documents are made by `create_documents`.
        box_count: packages that it comes in, where it comes in several, 1 or more; an air conditioner, say, in 2.
        condition: the condition of a product that is sold at a reduced price for it.
        type: the special kind of product that it is; DEFAULT takes the kind away.
        downloadable: True for a digital product, delivered by email.
        adult: True for the mark 18+; only for products of a sexual nature.
        age: from what age on it is for children: 0, 6, 12, 16 or 18 years, or 0 to 12 months.
    """

    offer_id: Sku
    name: Annotated[str, Bounds(max_length=256)] | None = None
    market_category_id: Annotated[int, Bounds(gt=0)] | None = None
    pictures: (
        Annotated[list[Annotated[str, Bounds(min_length=1, max_length=2000)]], Bounds(min_length=1, max_length=30)]
        | None
    ) = None
    videos: (
        Annotated[list[Annotated[str, Bounds(min_length=1, max_length=2000)]], Bounds(min_length=1, max_length=6)]
        | None
    ) = None
    manuals: Annotated[list[OfferManual], Bounds(min_length=1, max_length=6)] | None = None
    vendor: str | None = None
    barcodes: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    description: Annotated[str, Bounds(max_length=6000)] | None = None
    manufacturer_countries: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    weight_dimensions: OfferWeightDimensions | None = None
    vendor_code: str | None = None
    tags: Annotated[list[str], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    shelf_life: TimePeriod | None = None
    life_time: TimePeriod | None = None
    guarantee_period: TimePeriod | None = None
    commodity_codes: Annotated[list[CommodityCode], Bounds(min_length=1)] | None = None
    certificates: Annotated[list[str], Bounds(min_length=1, max_length=6, unique=True)] | None = None
    box_count: Annotated[Int32, Bounds(ge=1)] | None = None
    condition: OfferCondition | None = None
    type: OfferType | None = None
    downloadable: bool | None = None
    adult: bool | None = None
    age: Age | None = None


class BaseOfferResponse(Model, kw_only=True, frozen=True):
    """What a product is, as it comes.

    Attributes:
        offer_id: the SKU.
        name: its name.
        market_category_id: its category on the Market.
        category: its category in the shop (deprecated, shut down on 2026-10-12; see `market_category_id`).
        pictures: links to its pictures, the first of which is the main one.
        videos: links to its videos.
        manuals: instructions for its use.
        vendor: the brand or maker.
        barcodes: its barcodes.
        description: its description.
        manufacturer_countries: the countries where it was made.
        weight_dimensions: the size and weight of its package.
        vendor_code: the maker's article number.
        tags: marks of the seller's own, unseen by buyers; at most 50.
        shelf_life: after what time it is no longer fit for use.
        life_time: how long it should work.
        guarantee_period: how long it is exchanged or mended free of charge.
        customs_commodity_code: its customs code, 10 or 14 digits (deprecated, shut down on 2026-10-12; see
            `commodity_codes`).
        commodity_codes: its codes in classifications of goods.
        certificates: the numbers of its documents; see `get_documents`.
        box_count: packages that it comes in, 1 or more.
        condition: the condition of a product that is sold at a reduced price for it.
        type: the special kind of product that it is.
        downloadable: whether it is a digital product, delivered by email.
        adult: whether it has the mark 18+.
        age: from what age on it is for children.
        params: its characteristics (deprecated, shut down on 2026-10-12; see `parameter_values` of
            `get_offer_cards_content_status`).
    """

    offer_id: Sku
    name: str | None = None
    market_category_id: Annotated[int, Bounds(gt=0)] | None = None
    category: Annotated[str, Outdated("marketCategoryId")] | None = None
    pictures: Annotated[list[Annotated[str, Bounds(min_length=1, max_length=2000)]], Bounds(min_length=1)] | None = None
    videos: Annotated[list[Annotated[str, Bounds(min_length=1, max_length=2000)]], Bounds(min_length=1)] | None = None
    manuals: Annotated[list[OfferManual], Bounds(min_length=1)] | None = None
    vendor: str | None = None
    barcodes: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    description: str | None = None
    manufacturer_countries: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    weight_dimensions: OfferWeightDimensions | None = None
    vendor_code: str | None = None
    tags: Annotated[list[str], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    shelf_life: TimePeriod | None = None
    life_time: TimePeriod | None = None
    guarantee_period: TimePeriod | None = None
    customs_commodity_code: Annotated[str, Outdated("commodityCodes")] | None = None
    commodity_codes: Annotated[list[CommodityCode], Bounds(min_length=1)] | None = None
    certificates: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    box_count: Annotated[Int32, Bounds(ge=1)] | None = None
    condition: OfferCondition | None = None
    type: OfferType | None = None
    downloadable: bool | None = None
    adult: bool | None = None
    age: Age | None = None
    params: Annotated[Annotated[list[OfferParam], Bounds(min_length=1)], Outdated("parameterValues")] | None = None


class CatalogLanguageType(OpenEnum):
    """A language of names and descriptions."""

    RU = "RU"
    """Russian."""
    UZ = "UZ"
    """Uzbek."""


class DeleteOfferParameterType(OpenEnum):
    """Data of a product that can be deleted."""

    ADDITIONAL_EXPENSES = "ADDITIONAL_EXPENSES"
    """The further expenses (`additional_expenses`)."""
    ADULT = "ADULT"
    """The mark 18+ (`adult`), which becomes False."""
    AGE = "AGE"
    """The age from which on it is for children (`age`)."""
    BARCODES = "BARCODES"
    """The barcodes (`barcodes`)."""
    BOX_COUNT = "BOX_COUNT"
    """The number of packages (`box_count`)."""
    CERTIFICATES = "CERTIFICATES"
    """The numbers of documents (`certificates`)."""
    COMMODITY_CODES = "COMMODITY_CODES"
    """The codes in classifications (`commodity_codes`)."""
    CONDITION = "CONDITION"
    """The condition of a reduced product (`condition`)."""
    CUSTOMS_COMMODITY_CODE = "CUSTOMS_COMMODITY_CODE"
    """The customs code (`customs_commodity_code`)."""
    DESCRIPTION = "DESCRIPTION"
    """The description (`description`)."""
    DOWNLOADABLE = "DOWNLOADABLE"
    """That it is digital (`downloadable`), which becomes False."""
    GUARANTEE_PERIOD = "GUARANTEE_PERIOD"
    """The guarantee (`guarantee_period`)."""
    LIFE_TIME = "LIFE_TIME"
    """How long it should work (`life_time`)."""
    MANUALS = "MANUALS"
    """The instructions (`manuals`)."""
    MANUFACTURER_COUNTRIES = "MANUFACTURER_COUNTRIES"
    """The countries where it was made (`manufacturer_countries`)."""
    PARAMETERS = "PARAMETERS"
    """The characteristics (`parameter_values`)."""
    PICTURES = "PICTURES"
    """The links to pictures (`pictures`)."""
    PURCHASE_PRICE = "PURCHASE_PRICE"
    """What it cost the seller (`purchase_price`)."""
    SHELF_LIFE = "SHELF_LIFE"
    """The shelf life (`shelf_life`)."""
    TAGS = "TAGS"
    """The seller's marks (`tags`)."""
    TYPE = "TYPE"
    """The special kind (`type`)."""
    VENDOR_CODE = "VENDOR_CODE"
    """The maker's article number (`vendor_code`)."""
    VIDEOS = "VIDEOS"
    """The links to videos (`videos`)."""


class DeleteOffers(Model, kw_only=True, frozen=True):
    """The products that were not deleted.

    Attributes:
        not_deleted_offer_ids: their SKUs, if there are any.
    """

    not_deleted_offer_ids: Annotated[list[Sku], Bounds(min_length=1, unique=True)] | None = None


class DeleteOffersFromArchive(Model, kw_only=True, frozen=True):
    """The products that were not taken out of the archive.

    Attributes:
        not_unarchived_offer_ids: their SKUs, if there are any.
    """

    not_unarchived_offer_ids: Annotated[list[Sku], Bounds(min_length=1, unique=True)] | None = None


class DeleteOffersFromArchiveRequest(Model, kw_only=True, frozen=True):
    """What deleteOffersFromArchive takes.

    Attributes:
        offer_ids: SKUs of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)]


class DeleteOffersFromArchiveResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of deleteOffersFromArchive.

    Attributes:
        result: what was asked for.
    """

    result: DeleteOffersFromArchive | None = None


class DeleteOffersRequest(Model, kw_only=True, frozen=True):
    """What deleteOffers takes.

    Attributes:
        offer_ids: SKUs of 1 to 255 characters, any number; up to 500 go into a request. Repeats are dropped.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)]


class DeleteOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of deleteOffers.

    Attributes:
        result: what was asked for.
    """

    result: DeleteOffers | None = None


class GenerateOfferBarcodesRequest(Model, kw_only=True, frozen=True):
    """What generateOfferBarcodes takes.

    Attributes:
        offer_ids: SKUs of 1 to 255 characters, any number; up to 100 go into a request. Repeats are dropped.
        skip_if_exists: True, the default, for products without a barcode only; False for all, those with one get
            another.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=100, unique=True)]
    skip_if_exists: bool | None = None


class GenerateOfferBarcodesResult(Model, kw_only=True, frozen=True):
    """The products that got no barcode.

    Attributes:
        unprocessed_offer_ids: their SKUs.
    """

    unprocessed_offer_ids: Annotated[list[Sku], Bounds(unique=True)]


class GenerateOfferBarcodesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of generateOfferBarcodes.

    Attributes:
        result: what was asked for.
    """

    result: GenerateOfferBarcodesResult | None = None


class Price(BasePrice, kw_only=True, frozen=True):
    """A cost of a product: what it cost the seller, or further expenses.

    Attributes:
        updated_at: when it was last set.
    """

    updated_at: Moment


class OfferCampaignStatus(Model, kw_only=True, frozen=True):
    """The status of a product in a store.

    Attributes:
        campaign_id: the store.
        status: the status.
    """

    campaign_id: Id
    status: OfferCampaignStatusType


class MediaFileUploadStateType(OpenEnum):
    """Whether the Market has fetched a file."""

    UPLOADING = "UPLOADING"
    """On its way."""
    UPLOADED = "UPLOADED"
    """Fetched."""
    FAILED = "FAILED"
    """Could not be fetched."""


class OfferMediaFile(Model, kw_only=True, frozen=True):
    """A file of a product: a picture, a video or instructions.

    Attributes:
        url: the link to it.
        title: its title.
        upload_state: whether the Market has fetched it.
    """

    url: Annotated[str, Bounds(min_length=1, max_length=2000)] | None = None
    title: str | None = None
    upload_state: MediaFileUploadStateType | None = None


class OfferMediaFiles(Model, kw_only=True, frozen=True):
    """The files of a product.

    Attributes:
        first_video_as_cover: whether the first video is the cover of the card (deprecated, shut down on 2026-10-12).
        videos: the videos.
        pictures: the pictures.
        manuals: the instructions.
    """

    first_video_as_cover: Annotated[bool, Outdated()] | None = None
    videos: Annotated[list[OfferMediaFile], Bounds(min_length=1)] | None = None
    pictures: Annotated[list[OfferMediaFile], Bounds(min_length=1)] | None = None
    manuals: Annotated[list[OfferMediaFile], Bounds(min_length=1)] | None = None


class OfferSellingProgramStatusType(OpenEnum):
    """Whether a product can be sold by a placement model."""

    FINE = "FINE"
    """It can."""
    REJECT = "REJECT"
    """It can't."""


class OfferSellingProgram(Model, kw_only=True, frozen=True):
    """Whether a product can be sold by a placement model.

    Attributes:
        selling_program: the placement model.
        status: whether it can.
    """

    selling_program: SellingProgramType
    status: OfferSellingProgramStatusType


class Offer(BaseOfferResponse, kw_only=True, frozen=True):
    """A product in the catalogue: what was passed, and how it stands.

    Attributes:
        basic_price: its price for all stores.
        purchase_price: what it cost the seller to make or buy.
        additional_expenses: further expenses, say for delivery or packing.
        card_status: the status of its card.
        campaigns: the stores in which it is placed, with its status in each.
        selling_programs: by which placement models it can be sold.
        media_files: its files, and whether the Market has fetched them.
        archived: whether it is in the archive.
        group_id: the group of products that share a card; the same for all of them.
    """

    basic_price: PriceWithDiscount | None = None
    purchase_price: Price | None = None
    additional_expenses: Price | None = None
    card_status: OfferCardStatusType | None = None
    campaigns: Annotated[list[OfferCampaignStatus], Bounds(min_length=1)] | None = None
    selling_programs: Annotated[list[OfferSellingProgram], Bounds(min_length=1)] | None = None
    media_files: OfferMediaFiles | None = None
    archived: bool | None = None
    group_id: str | None = None


class ShowcaseType(OpenEnum):
    """A showcase of the Market."""

    B2B = "B2B"
    """The one for companies."""
    B2C = "B2C"
    """The one for private buyers."""


class ShowcaseUrl(Model, kw_only=True, frozen=True):
    """A product on a showcase.

    Attributes:
        showcase_type: the showcase.
        showcase_url: the link to it.
    """

    showcase_type: ShowcaseType
    showcase_url: str


class OfferMapping(Model, kw_only=True, frozen=True):
    """A product and its card on the Market.

    Attributes:
        offer: the product.
        mapping: the card.
        showcase_urls: the product on the showcases of the Market.
    """

    offer: Offer | None = None
    mapping: Mapping | None = None
    showcase_urls: Annotated[list[ShowcaseUrl], Bounds(min_length=1)] | None = None


class OfferMappingsRequest(Model, kw_only=True, frozen=True):
    """What getOfferMappings takes: either `offer_ids` or the filters.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 100, and those that
            are not in the catalogue don't come. Not together with another filter or a page token, since the Market
            returns such a list whole.
        card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
        category_ids: only products of these categories of the Market, at least one, each 1 or more.
        vendor_names: only products of these brands, at least one.
        tags: only products with one of these tags, at least one.
        archived: True for products in the archive only; False or None for those outside.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=100, unique=True)] | None = None
    card_statuses: Annotated[list[OfferCardStatusType], Bounds(min_length=1, unique=True)] | None = None
    category_ids: Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, unique=True)] | None = None
    vendor_names: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    tags: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    archived: bool | None = None


class OfferMappingsResult(Model, kw_only=True, frozen=True):
    """A page of the catalogue.

    Attributes:
        paging: the way to the next page.
        offer_mappings: the products with their cards.
    """

    paging: ForwardScrollingPager | None = None
    offer_mappings: list[OfferMapping]


class OfferMappingsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOfferMappings.

    Attributes:
        result: what was asked for.
    """

    result: OfferMappingsResult | None = None


class OfferMappingErrorType(OpenEnum):
    """What is wrong with the data of a product."""

    UNKNOWN_CATEGORY = "UNKNOWN_CATEGORY"
    """There is no such category."""
    INVALID_CATEGORY = "INVALID_CATEGORY"
    """The category has children; pass one without."""
    EMPTY_MARKET_CATEGORY = "EMPTY_MARKET_CATEGORY"
    """Characteristics were passed without `market_category_id`."""
    UNKNOWN_PARAMETER = "UNKNOWN_PARAMETER"
    """The category has no such characteristic."""
    UNEXPECTED_BOOLEAN_VALUE = "UNEXPECTED_BOOLEAN_VALUE"
    """The value should be true or false."""
    NUMBER_FORMAT = "NUMBER_FORMAT"
    """The value should be a number."""
    INVALID_UNIT_ID = "INVALID_UNIT_ID"
    """The characteristic isn't measured in this unit."""
    INVALID_GROUP_ID_LENGTH = "INVALID_GROUP_ID_LENGTH"
    """The name of the group has more than 255 characters."""
    INVALID_GROUP_ID_CHARACTERS = "INVALID_GROUP_ID_CHARACTERS"
    """The name of the group has characters that are not allowed."""
    INVALID_PICKER_URL = "INVALID_PICKER_URL"
    """The picture for the thumbnail is not among `pictures`."""
    LOCKED_DIMENSIONS = "LOCKED_DIMENSIONS"
    """The size of the package can't be changed."""
    INVALID_COMMODITY_CODE = "INVALID_COMMODITY_CODE"
    """A code in `commodity_codes` is wrong."""


class OfferMappingError(Model, kw_only=True, frozen=True):
    """An error or a warning.

    Attributes:
        type: what is wrong.
        parameter_id: the characteristic that it is about.
        message: the Market's words for it.
    """

    type: OfferMappingErrorType
    parameter_id: int | None = None
    message: str


class UpdateOffer(BaseOffer, kw_only=True, frozen=True):
    """A product as it is to be: what isn't given stays.

    Attributes:
        parameter_values: the characteristics that change, 1 to 300, always with `market_category_id`; without it they
            are changed with a warning. When the category changes, those that both categories have keep their values.
        basic_price: its price for all stores.
        purchase_price: what it cost the seller to make or buy.
        additional_expenses: further expenses, say for delivery or packing.
        delete_parameters: data passed before that are to be deleted, each once; not together with new ones of the same
            kind.
    """

    parameter_values: Annotated[list[ParameterValue], Bounds(min_length=1, max_length=300)] | None = None
    basic_price: PriceWithDiscountValue | None = None
    purchase_price: BasePrice | None = None
    additional_expenses: BasePrice | None = None
    delete_parameters: Annotated[list[DeleteOfferParameterType], Bounds(min_length=1, unique=True)] | None = None


class UpdateOfferMapping(Model, kw_only=True, frozen=True):
    """A product to be added or changed, and its card.

    Attributes:
        offer: the product.
        mapping: its card on the Market, where that is known.
    """

    offer: UpdateOffer
    mapping: UpdateMapping | None = None


class UpdateOfferMappingResult(Model, kw_only=True, frozen=True):
    """The errors and warnings of a product.

    Attributes:
        offer_id: the SKU.
        errors: what is wrong; with one error in a request, none of its products is changed.
        warnings: what to look at; the product is changed all the same.
    """

    offer_id: Sku
    errors: Annotated[list[OfferMappingError], Bounds(min_length=1)] | None = None
    warnings: Annotated[list[OfferMappingError], Bounds(min_length=1)] | None = None


class UpdateOfferMappingsRequest(Model, kw_only=True, frozen=True):
    """What updateOfferMappings takes.

    Attributes:
        offer_mappings: the products, any number, each SKU once; up to 100 go into a request, as the Market asks: it
            takes 500 at present, and is about to lower the bound.
        only_partner_media_content: True for only what the seller passed, and without what the Market added, which is
            deleted; False by default.
    """

    offer_mappings: Annotated[list[UpdateOfferMapping], Bounds(min_length=1, max_length=500)]
    only_partner_media_content: bool | None = None


class UpdateOfferMappingsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateOfferMappings.

    Attributes:
        results: the errors and warnings, by product; None where there are none.
    """

    results: Annotated[list[UpdateOfferMappingResult], Bounds(min_length=1)] | None = None
