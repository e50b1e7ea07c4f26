"""What a client is made with: keys, addresses, figures and callbacks, each checked before anything is sent."""

import math
import os
import re
import warnings
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, get_args
from urllib.parse import urlsplit

import aiohttp

from yamarket_async import __version__
from yamarket_async.errors import InvalidRequest, MissingKey
from yamarket_async.limits import Limit, Unit
from yamarket_async.transport import Authorization

MAX_INTEGRATION = 100
"""Characters of `X-Market-Integration`."""


def authorization(api_key: Any, oauth_token: Any) -> Authorization:
    """Make what puts the key on requests: the one given, or the one of the environment.

    Raises:
        MissingKey: there is none.
        InvalidRequest: both are given, or it can't be a key.
    """
    if api_key is not None and oauth_token is not None:
        raise InvalidRequest("oauth_token", "…", "can't stand beside api_key; pass one of them")
    argument = "api_key" if oauth_token is None else "oauth_token"
    key = oauth_token or api_key or (os.environ.get("YAMARKET_API_KEY") if api_key is oauth_token is None else None)
    del api_key, oauth_token  # from here on errors may be raised, and error reporters show variables
    if not key:
        raise MissingKey
    made = None
    if isinstance(key, str) and re.fullmatch(r"[\x21-\x7e]+", key):
        made = (
            Authorization("Api-Key", key) if argument == "api_key" else Authorization("Authorization", f"Bearer {key}")
        )
    del key
    if made is None:
        raise InvalidRequest(argument, "…", "must be printable ASCII without spaces; was a line break copied with it?")
    return made


def headers(integration: Any) -> dict[str, str]:
    """Make the headers that go with every request."""
    ours = {"User-Agent": f"yamarket-async/{__version__}"}
    if integration is None:
        return ours
    fits = isinstance(integration, str) and re.fullmatch(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?", integration)
    if not fits or len(integration) > MAX_INTEGRATION:
        raise InvalidRequest(
            "integration", integration, f"must be like name or name/version: printable ASCII, up to {MAX_INTEGRATION}"
        )
    return {**ours, "X-Market-Integration": integration}


def base_url(url: Any) -> str:
    """Check where the API is, and give it without a slash at its end."""
    rule = "must be like https://host, https://host:443 or https://host/path"
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except (ValueError, AttributeError, TypeError):  # a port out of range, brackets that don't close, no string
        raise InvalidRequest("base_url", url, rule) from None
    if not is_url or parts.query or parts.fragment or parts.username or re.search(r"[\s\\]", url):
        raise InvalidRequest("base_url", url, rule)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        warnings.warn(f"base_url {url} is not HTTPS: the key travels in the open", stacklevel=3)
    return str(url).rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def limits(given: Any, is_method: Callable[[str], bool]) -> Mapping[str, Limit]:
    """Check figures that take the place of the built-in ones.

    Args:
        given: them, by the name of the method.
        is_method: tells whether there is a method of that name.
    """
    if not isinstance(given, Mapping):
        raise InvalidRequest("limits", given, "must be a mapping of methods' names to Limit(amount, period, unit)")
    for name, limit in given.items():
        if not isinstance(name, str) or not is_method(name):
            raise InvalidRequest("limits", name, "must name a method as the documentation does, like getPromoOffers")
        place = f"limits[{name!r}]"
        if not isinstance(limit, Limit):
            raise InvalidRequest(place, limit, 'must be a Limit: Limit(5_000, period=60, unit="requests")')
        if type(limit.amount) is not int or limit.amount < 1:
            raise InvalidRequest(place, limit, "its amount must be a whole number (int), 1 or more")
        period = limit.period
        if isinstance(period, bool) or not isinstance(period, (int, float)) or not 0 < period < math.inf:
            raise InvalidRequest(place, limit, "its period must be a number of seconds, above 0")
        if limit.unit not in get_args(Unit):
            raise InvalidRequest(place, limit, f"its unit must be one of {', '.join(get_args(Unit))}")
    return dict(given)


def http_session(session: Any) -> aiohttp.ClientSession | None:
    """Check a session of the caller's."""
    if session is not None and not isinstance(session, aiohttp.ClientSession):
        raise InvalidRequest("session", session, "must be an aiohttp.ClientSession")
    return session


def callback(argument: str, function: Any) -> Any:
    """Check something that the client calls."""
    if function is not None and not callable(function):
        raise InvalidRequest(argument, function, "must be a function")
    return function


def keeper(limiter: Any) -> Any:
    """Check what keeps the limits."""
    lacking = [name for name in ("acquire", "release", "states", "aclose") if not hasattr(limiter, name)]
    if limiter is not None and lacking:
        raise InvalidRequest("limiter", limiter, "must be a LocalLimiter, a RedisLimiter or another Limiter")
    return limiter
