"""The methods of auth: what the key of the client is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.auth.models import Token

api = Family("auth")


class AuthMethods(Methods):
    """The methods of auth: what the key of the client is allowed."""

    async def get_auth_token_info(self) -> Token:
        """Get the name of the client's key and what it may do.

        For Api-Keys only: an OAuth token, which carries no such rights, is refused. A method of the API is open to a
        key that has any one of the scopes that the method names; those names are written in lower case with hyphens
        (`pricing:read-only`), the ones here in upper case (PRICING_READ_ONLY). A change of a key's rights in the
        account takes up to 10 minutes.

        Good as a check when a program starts: it reads nothing of the shops, and shows a wrong or revoked key at once.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Returns:
            A `Token`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Unauthorized: the key is wrong, cut off or revoked; the message says which (`Api-Key token is invalid`, `…
                length invalid`, `… is revoked` …).
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/auth/getAuthTokenInfo
        """
        result: Token = await self._call(api.GET_AUTH_TOKEN_INFO)
        return result
