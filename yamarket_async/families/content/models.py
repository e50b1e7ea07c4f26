"""The structs of content."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.products import Mapping, OfferCardStatusType, OfferError, ParameterValue


class Unit(Model, kw_only=True, frozen=True):
    """A unit of measure.

    Attributes:
        id: its id.
        name: its short name.
        full_name: its full name.
    """

    id: int
    name: str
    full_name: str


class CategoryParameterUnit(Model, kw_only=True, frozen=True):
    """The units in which a characteristic is measured.

    Attributes:
        default_unit_id: the unit that holds where none is passed.
        units: the units that may be passed.
    """

    default_unit_id: int
    units: list[Unit]


class OfferCardRecommendationType(OpenEnum):
    """What to add to a card or replace on it.

    Cards that the Market fills in, and those of used goods, have no recommendations. MAIN, ADDITIONAL and DISTINCTIVE
    are about the characteristics that carry them in the `recommendation_types` of `get_category_content_parameters`;
    the others about one field of `update_offer_mappings`.
    """

    HAS_VIDEO = "HAS_VIDEO"
    """Outdated."""
    RECOGNIZED_VENDOR = "RECOGNIZED_VENDOR"
    """Write the name of the maker as the maker does (`vendor`)."""
    MAIN = "MAIN"
    """Fill in the key characteristics, used in search and filters; comes with a percentage."""
    ADDITIONAL = "ADDITIONAL"
    """Fill in the additional characteristics; comes with a percentage."""
    DISTINCTIVE = "DISTINCTIVE"
    """Fill in the characteristics by which variants of the product differ; comes with a percentage."""
    FILTERABLE = "FILTERABLE"
    """Outdated."""
    PICTURE_COUNT = "PICTURE_COUNT"
    """Add pictures (`pictures`); comes with a percentage."""
    HAS_DESCRIPTION = "HAS_DESCRIPTION"
    """Outdated."""
    HAS_BARCODE = "HAS_BARCODE"
    """Outdated."""
    FIRST_PICTURE_SIZE = "FIRST_PICTURE_SIZE"
    """Replace the first picture by a larger one (`pictures`)."""
    TITLE_LENGTH = "TITLE_LENGTH"
    """Change the name to kind + brand or maker + model + what sets it apart (`name`)."""
    DESCRIPTION_LENGTH = "DESCRIPTION_LENGTH"
    """Add a description of the recommended length (`description`)."""
    AVERAGE_PICTURE_SIZE = "AVERAGE_PICTURE_SIZE"
    """Replace all pictures by ones of high quality (`pictures`)."""
    FIRST_VIDEO_SIZE = "FIRST_VIDEO_SIZE"
    """Replace the first video by one of high quality (`videos`)."""
    FIRST_VIDEO_LENGTH = "FIRST_VIDEO_LENGTH"
    """Put a video of the recommended length first (`videos`)."""
    AVERAGE_VIDEO_SIZE = "AVERAGE_VIDEO_SIZE"
    """Replace all videos by ones of high quality (`videos`)."""
    VIDEO_COUNT = "VIDEO_COUNT"
    """Add at least one video (`videos`); comes with a percentage."""


class ParameterType(OpenEnum):
    """What values a characteristic takes."""

    TEXT = "TEXT"
    """Text."""
    ENUM = "ENUM"
    """One of a list, or several."""
    BOOLEAN = "BOOLEAN"
    """True or false."""
    NUMERIC = "NUMERIC"
    """A number."""


class ParameterValueConstraints(Model, kw_only=True, frozen=True):
    """The bounds of a value; only for the types TEXT and NUMERIC.

    Attributes:
        min_value: the least number; for NUMERIC.
        max_value: the greatest number; for NUMERIC.
        max_length: the most characters; for TEXT.
    """

    min_value: float | None = None
    max_value: float | None = None
    max_length: Int32 | None = None


class ParameterValueOption(Model, kw_only=True, frozen=True):
    """A value that a characteristic may take.

    Attributes:
        id: its id.
        value: the value.
        description: what it means.
    """

    id: int
    value: str
    description: str | None = None


class OptionValuesLimited(Model, kw_only=True, frozen=True):
    """Which values are left where another characteristic has a certain value.

    Attributes:
        limiting_option_value_id: the value of the other characteristic.
        option_value_ids: the values that this one may take then.
    """

    limiting_option_value_id: int
    option_value_ids: Annotated[list[Id], Bounds(unique=True)]


class ValueRestriction(Model, kw_only=True, frozen=True):
    """How another characteristic narrows down the values of this one.

    With a Russian size chart, say, only Russian sizes are left.

    Attributes:
        limiting_parameter_id: the other characteristic.
        limited_values: its values, each with those that are left.
    """

    limiting_parameter_id: Id
    limited_values: list[OptionValuesLimited]


class CategoryParameter(Model, kw_only=True, frozen=True):
    """A characteristic that products of a category have.

    Attributes:
        id: its id.
        name: its name.
        type: what values it takes.
        unit: its units of measure.
        description: what it means.
        recommendation_types: the recommendations on cards that are met by filling it in.
        required: whether it must be filled in.
        filtering: whether buyers can filter by it.
        distinctive: whether variants of a product differ by it.
        multivalue: whether several values may be passed.
        allow_custom_values: whether values of one's own may be passed beside those listed; only for the type ENUM.
        values: the values that it may take; only for the type ENUM.
        constraints: the bounds of its values; only for the types TEXT and NUMERIC.
        value_restrictions: how other characteristics narrow its values down; only for the type ENUM.
    """

    id: Id
    name: str | None = None
    type: ParameterType
    unit: CategoryParameterUnit | None = None
    description: str | None = None
    recommendation_types: Annotated[list[OfferCardRecommendationType], Bounds(min_length=1, unique=True)] | None = None
    required: bool
    filtering: bool
    distinctive: bool
    multivalue: bool
    allow_custom_values: bool
    values: Annotated[list[ParameterValueOption], Bounds(min_length=1)] | None = None
    constraints: ParameterValueConstraints | None = None
    value_restrictions: Annotated[list[ValueRestriction], Bounds(min_length=1)] | None = None


class CategoryContentParameters(Model, kw_only=True, frozen=True):
    """The characteristics of a category.

    Attributes:
        category_id: the category.
        parameters: the characteristics.
    """

    category_id: Annotated[Int32, Bounds(gt=0)]
    parameters: Annotated[list[CategoryParameter], Bounds(min_length=1)] | None = None


class CategoryContentParametersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCategoryContentParameters.

    Attributes:
        result: what was asked for.
    """

    result: CategoryContentParameters | None = None


class OfferCardsContentStatusRequest(Model, kw_only=True, frozen=True):
    """What getOfferCardsContentStatus takes: either `offer_ids` or the filters.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200. Not together
            with another filter or a page token.
        card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
        category_ids: only products of these categories of the Market, 1 to 200, each 1 or more.
        with_recommendations: True for recommendations on each card, and the average rating of cards in its category;
            False, the default, without.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)] | None = None
    card_statuses: Annotated[list[OfferCardStatusType], Bounds(min_length=1, unique=True)] | None = None
    category_ids: (
        Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, max_length=200, unique=True)] | None
    ) = None
    with_recommendations: bool | None = None


class OfferCardContentStatusType(OpenEnum):
    """Whether the rating of a card and its recommendations are up to date."""

    UPDATING = "UPDATING"
    """They are being worked out."""
    ACTUAL = "ACTUAL"
    """They are up to date."""


class OfferCardRecommendation(Model, kw_only=True, frozen=True):
    """A recommendation on a card.

    Attributes:
        type: what to do.
        percent: how much of it is done, from 0 to below 100; only for PICTURE_COUNT, VIDEO_COUNT, MAIN, ADDITIONAL and
            DISTINCTIVE.
        remaining_rating_points: the most points of rating still to be won by it, 1 to 100.
    """

    type: OfferCardRecommendationType
    percent: Annotated[Int32, Bounds(ge=0, lt=100)] | None = None
    remaining_rating_points: Annotated[Int32, Bounds(ge=1, le=100)] | None = None


class OfferCard(Model, kw_only=True, frozen=True):
    """The state of the card of a product.

    Attributes:
        offer_id: the SKU.
        mapping: the card; None while the Market hasn't dealt with the product, so ask again in a few minutes.
        parameter_values: the characteristics that were passed.
        card_status: the status of the card.
        content_rating: how well it is filled in, in per cent.
        average_content_rating: the average rating in its category; only with `with_recommendations`.
        content_rating_status: whether rating and recommendations are up to date.
        recommendations: what to add or replace; only with `with_recommendations`.
        group_id: the group of products that share a card; the same for all of them.
        errors: what is wrong in the content and keeps it off the showcase.
        warnings: what is wrong in the content and doesn't keep it off.
    """

    offer_id: Sku
    mapping: Mapping | None = None
    parameter_values: Annotated[list[ParameterValue], Bounds(min_length=1)] | None = None
    card_status: OfferCardStatusType | None = None
    content_rating: Int32 | None = None
    average_content_rating: Int32 | None = None
    content_rating_status: OfferCardContentStatusType | None = None
    recommendations: Annotated[list[OfferCardRecommendation], Bounds(min_length=1)] | None = None
    group_id: str | None = None
    errors: Annotated[list[OfferError], Bounds(min_length=1)] | None = None
    warnings: Annotated[list[OfferError], Bounds(min_length=1)] | None = None


class OfferCardsContentStatus(Model, kw_only=True, frozen=True):
    """A page of products with the state of their cards.

    Attributes:
        offer_cards: the products.
        paging: the way to the next page.
    """

    offer_cards: list[OfferCard]
    paging: ForwardScrollingPager | None = None


class OfferCardsContentStatusResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOfferCardsContentStatus.

    Attributes:
        result: what was asked for.
    """

    result: OfferCardsContentStatus | None = None


class OfferContent(Model, kw_only=True, frozen=True):
    """A product and its characteristics.

    Attributes:
        offer_id: the SKU, 1 to 255 characters.
        category_id: its leaf category on the Market, 1 or more; the characteristics must be those of this category.
        parameter_values: the characteristics that change, 1 to 300.
    """

    offer_id: Sku
    category_id: Annotated[Int32, Bounds(gt=0)]
    parameter_values: Annotated[list[ParameterValue], Bounds(min_length=1, max_length=300)]


class OfferContentErrorType(OpenEnum):
    """What is wrong with the characteristics of a product."""

    OFFER_NOT_FOUND = "OFFER_NOT_FOUND"
    """The catalogue has no such product."""
    UNKNOWN_CATEGORY = "UNKNOWN_CATEGORY"
    """There is no such category."""
    INVALID_CATEGORY = "INVALID_CATEGORY"
    """The category has children; pass one without."""
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


class OfferContentError(Model, kw_only=True, frozen=True):
    """An error or a warning.

    Attributes:
        type: what is wrong.
        parameter_id: the characteristic that it is about.
        message: the Market's words for it.
    """

    type: OfferContentErrorType
    parameter_id: int | None = None
    message: str


class UpdateOfferContentRequest(Model, kw_only=True, frozen=True):
    """What updateOfferContent takes.

    Attributes:
        offers_content: the products with their characteristics, any number; up to 100 go into a request, each SKU once.
    """

    offers_content: Annotated[list[OfferContent], Bounds(min_length=1, max_length=100)]


class UpdateOfferContentResult(Model, kw_only=True, frozen=True):
    """The errors and warnings of a product.

    Attributes:
        offer_id: the SKU.
        errors: what is wrong; with one error in a request, none of its products is changed.
        warnings: what to look at; the product is changed all the same.
    """

    offer_id: Sku
    errors: Annotated[list[OfferContentError], Bounds(min_length=1)] | None = None
    warnings: Annotated[list[OfferContentError], Bounds(min_length=1)] | None = None


class UpdateOfferContentResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateOfferContent.

    Attributes:
        results: the errors and warnings, by product; None where there are none.
    """

    results: Annotated[list[UpdateOfferContentResult], Bounds(min_length=1)] | None = None
