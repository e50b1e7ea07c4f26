"""Who may call what: keys and tokens, accesses, stores that are switched off, and the header X-Business-Id."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from yamarket_async.endpoints import Endpoint
from yamarket_async.sandbox.calls import Key, Refusal, bad_request, forbidden, not_found

ALWAYS_OPEN = frozenset({"getCampaigns", "getCampaign"})
"""The methods that tell of a store that is switched off, and so must answer for it."""

CAUSES: Final[Mapping[str, str]] = {
    "DISABLED_BY_INACTIVITY": "API for campaign '{id}' disabled due to inactivity",
    "DISABLED_BY_NO_ACTIVE_CONTRACT": (
        "API for campaign '{id}' disabled because there are no active contracts with Market"
    ),
    "MANUALLY_DISABLED": "API for campaign '{id}' manually disabled",
    "DISABLED_BY_NO_PLACEMENT_TYPE": "API for campaign '{id}' disabled because it has no placement program",
}
"""What the Market says of a store that can't be reached over the API, by its `apiAvailability`."""

_KEY = re.compile(r"ACMA:[^:\s]{40}:[^:\s]{8}")


class Inactive(dict[int, str]):
    """Stores that can't be reached over the API, each with the cause: a value of `CAUSES`."""

    def add(self, campaign_id: int, cause: str = "DISABLED_BY_INACTIVITY") -> None:
        """Switch a store off.

        Raises:
            ValueError: there is no such cause.
        """
        if cause not in CAUSES:
            raise ValueError(f"cause={cause!r}: must be one of {', '.join(CAUSES)}")
        self[campaign_id] = cause

    def discard(self, campaign_id: int) -> None:
        """Switch a store on again."""
        self.pop(campaign_id, None)


class Access:
    """The keys of a pretend Market, and what is closed.

    Attributes:
        keys: the keys that there are, by what is sent.
        revoked: keys and tokens that there were.
        inactive: stores that are switched off.
        models: the placement model of each store.
    """

    def __init__(
        self, keys: Iterable[tuple[str, Key]], *, business_id: int, models: Mapping[int, str], inactive: Inactive
    ) -> None:
        self.keys = dict(keys)
        self.revoked: set[str] = set()
        self.inactive = inactive
        self.business_id = business_id
        self.models = models

    def who(self, headers: Mapping[str, str]) -> Key:
        """Tell who sends a request.

        Raises:
            Refusal: nobody who is known.
        """
        if "Api-Key" in headers:
            return self._key(headers["Api-Key"])
        if "Authorization" in headers:
            return self._token(headers["Authorization"])
        raise _unauthorized("Credentials are not specified")

    def _key(self, sent: str) -> Key:
        known = self.keys.get(sent)
        if known is not None and not known.oauth and sent not in self.revoked:
            return known
        if not sent:
            raise _unauthorized("Api-Key token is not specified")
        if sent in self.revoked:
            raise _unauthorized("Api-Key token is revoked")
        if not sent.startswith("ACMA:"):
            raise _unauthorized("Api-Key token prefix invalid")
        if sent.count(":") != 2:
            raise _unauthorized("Api-Key token format invalid")
        if not _KEY.fullmatch(sent):
            raise _unauthorized("Api-Key token length invalid")
        raise _unauthorized("Api-Key token is invalid")

    def _token(self, sent: str) -> Key:
        kind, _, token = sent.partition(" ")
        if kind.lower() != "bearer":
            raise _unauthorized("Authorization header has invalid syntax")
        if not token.strip():
            raise _unauthorized("OAuth token is not specified")
        if token.strip() in self.revoked:
            raise forbidden("OAuth token is invalid (account has been globally logged out)")
        known = self.keys.get(token.strip())
        if known is None or not known.oauth:
            raise forbidden("OAuth token is invalid")
        return known

    def find(self, ids: Mapping[str, object]) -> None:
        """Check that there is what the path names.

        Raises:
            Refusal: there is no such store, or it is another seller's business.
        """
        if ids.get("campaignId", next(iter(self.models))) not in self.models:
            raise not_found(f"Campaign not found '{ids['campaignId']}'")
        if ids.get("businessId", self.business_id) != self.business_id:
            raise forbidden("Access denied")

    def admit(self, endpoint: Endpoint, key: Key, ids: Mapping[str, object], headers: Mapping[str, str]) -> None:
        """Check that a key may call a method for what the path names.

        Raises:
            Refusal: it may not.
        """
        if not set(key.scopes) & set(endpoint.scopes):
            groups = ", ".join(endpoint.scopes)
            raise forbidden(f"Token does not have any of the scopes to access the API method: {groups}")
        named = self._business_header(headers)
        campaign_id, business_id = ids.get("campaignId"), ids.get("businessId")
        if named is not None and named != self.business_id:
            raise self._other_business(named, campaign_id, business_id)
        self._open(endpoint, campaign_id, business_id)

    def _business_header(self, headers: Mapping[str, str]) -> int | None:
        sent = headers.get("X-Business-Id")
        if sent is None:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,18}", sent):
            raise bad_request(f"Incorrect X-Business-Id header value: '{sent[:100]}'")
        return int(sent)

    def _other_business(self, named: int, campaign_id: object, business_id: object) -> Refusal:
        if business_id is not None:
            return bad_request(
                f"URL businessId ('{business_id}') does not match businessId in X-Business-Id header ('{named}')"
            )
        if campaign_id is not None:
            return forbidden(
                f"businessId in X-Business-Id header ('{named}') does not match the business that the campaign "
                f"'{campaign_id}' belongs to ('{self.business_id}')"
            )
        return forbidden(f"Entity id from request body does not match businessId in X-Business-Id header ('{named}')")

    def _open(self, endpoint: Endpoint, campaign_id: object, business_id: object) -> None:
        if endpoint.name in ALWAYS_OPEN:
            return
        if isinstance(campaign_id, int) and campaign_id in self.inactive:
            raise forbidden(CAUSES[self.inactive[campaign_id]].format(id=campaign_id))
        if business_id is not None and self.models and all(each in self.inactive for each in self.models):
            raise forbidden(f"API for business '{business_id}' disabled because it has only disabled partners")

    def fits(self, endpoint: Endpoint, campaign_id: object) -> None:
        """Check that a method is for stores of this placement model.

        Raises:
            Refusal: it is not.
        """
        model = self.models.get(campaign_id) if isinstance(campaign_id, int) else None
        if model is not None and model not in endpoint.models and endpoint.name not in ALWAYS_OPEN:
            allowed = ", ".join(endpoint.models)
            raise bad_request(f"Campaign type is not allowed. Allowed campaign types: '{allowed}'")


def _unauthorized(message: str) -> Refusal:
    return Refusal(401, "UNAUTHORIZED", message)
