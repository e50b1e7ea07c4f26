"""For whom a method is called."""

from yamarket_async.models.base import OpenEnum


class SourceType(OpenEnum):
    """For which kind of cabinet a method is called; advertisers have to say so in every call."""

    SELLER = "SELLER"
    """A seller; the default."""
    ADVERTISER = "ADVERTISER"
    """An advertiser."""
