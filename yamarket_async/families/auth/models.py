"""The structs of auth."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds


class ApiKeyScopeType(OpenEnum):
    """What a key may do; a method wants any one of those that it names."""

    ALL_METHODS = "ALL_METHODS"
    """Everything in the cabinet."""
    ALL_METHODS_READ_ONLY = "ALL_METHODS_READ_ONLY"
    """Look at everything."""
    INVENTORY_AND_ORDER_PROCESSING = "INVENTORY_AND_ORDER_PROCESSING"
    """Work on orders, returns, shipments and stocks."""
    INVENTORY_AND_ORDER_PROCESSING_READ_ONLY = "INVENTORY_AND_ORDER_PROCESSING_READ_ONLY"
    """Look at orders."""
    PRICING = "PRICING"
    """Set prices."""
    PRICING_READ_ONLY = "PRICING_READ_ONLY"
    """Look at prices."""
    OFFERS_AND_CARDS_MANAGEMENT = "OFFERS_AND_CARDS_MANAGEMENT"
    """Change products and cards."""
    OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY = "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY"
    """Look at products and cards."""
    PROMOTION = "PROMOTION"
    """Promote products: bids and promotions."""
    PROMOTION_READ_ONLY = "PROMOTION_READ_ONLY"
    """Look at bids and promotions."""
    FINANCE_AND_ACCOUNTING = "FINANCE_AND_ACCOUNTING"
    """Look at money and reports."""
    COMMUNICATION = "COMMUNICATION"
    """Talk with customers: chats, reviews and questions."""
    SETTINGS_MANAGEMENT = "SETTINGS_MANAGEMENT"
    """Set up stores."""
    SUPPLIES_MANAGEMENT_READ_ONLY = "SUPPLIES_MANAGEMENT_READ_ONLY"
    """Look at requests for supply, withdrawal and disposal (FBY, LaaS)."""


class ApiKey(Model, kw_only=True, frozen=True):
    """A key of the API.

    Attributes:
        name: the name it was given in the account, 1 to 100 characters.
        auth_scopes: what it may do.
    """

    name: Annotated[str, Bounds(min_length=1, max_length=100)]
    auth_scopes: Annotated[list[ApiKeyScopeType], Bounds(unique=True)]


class Token(Model, kw_only=True, frozen=True):
    """What the client authorizes itself with.

    Attributes:
        api_key: the key.
    """

    api_key: ApiKey


class TokenInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getAuthTokenInfo.

    Attributes:
        result: what was asked for.
    """

    result: Token
