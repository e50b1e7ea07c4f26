"""The structs of categories."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds


class Category(Model, kw_only=True, frozen=True):
    """A category of the Market; a leaf where it has no children.

    Attributes:
        id: its id.
        name: its name.
        children: the categories in it; None for a leaf.
    """

    id: int
    name: str
    children: "Annotated[list[Category], Bounds(min_length=1)] | None" = None


class CategoryErrorType(OpenEnum):
    """What is wrong with a category that was asked for."""

    UNKNOWN_CATEGORY = "UNKNOWN_CATEGORY"
    """There is none."""
    CATEGORY_IS_NOT_LEAF = "CATEGORY_IS_NOT_LEAF"
    """It has children; ask for one without."""


class CategoryError(Model, kw_only=True, frozen=True):
    """A category for which there is no answer.

    Attributes:
        category_id: the category.
        type: what is wrong with it.
    """

    category_id: int | None = None
    type: CategoryErrorType | None = None


class MaxSaleQuantum(Model, kw_only=True, frozen=True):
    """The largest quantum of sale in a category.

    Attributes:
        id: the category.
        name: its name.
        max_sale_quantum: the largest quantum, and the largest value of the smallest quantity in an order.
    """

    id: int
    name: str | None = None
    max_sale_quantum: int | None = None


class CategoriesMaxSaleQuantum(Model, kw_only=True, frozen=True):
    """The largest quanta of sale of categories.

    Attributes:
        results: the categories with their largest quanta.
        errors: the categories for which there is no answer.
    """

    results: list[MaxSaleQuantum]
    errors: Annotated[list[CategoryError], Bounds(min_length=1)] | None = None


class CategoriesMaxSaleQuantumRequest(Model, kw_only=True, frozen=True):
    """What getCategoriesMaxSaleQuantum takes.

    Attributes:
        market_category_ids: the leaf categories of the Market, any number, at least one; they are asked for in batches
            of 1,500.
    """

    market_category_ids: Annotated[list[int], Bounds(min_length=1, max_length=1500, unique=True)]


class CategoriesMaxSaleQuantumResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCategoriesMaxSaleQuantum.

    Attributes:
        results: the categories with their largest quanta.
        errors: the categories for which there is no answer.
    """

    results: list[MaxSaleQuantum]
    errors: list[CategoryError] | None = None  # type: ignore[assignment] # its own kind, in place of errors of a call


class LanguageType(OpenEnum):
    """A language of the names of categories."""

    RU = "RU"
    """Russian."""
    EN = "EN"
    """English."""


class CategoriesRequest(Model, kw_only=True, frozen=True):
    """What getCategoriesTree takes.

    Attributes:
        language: the language of the names: RU, the default, or EN.
    """

    language: LanguageType | None = None


class CategoriesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCategoriesTree.

    Attributes:
        result: what was asked for.
    """

    result: Category | None = None
