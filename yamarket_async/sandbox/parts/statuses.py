"""The statuses of a product in a store and in the catalogue, as codes of one byte, and sets of such codes."""

from collections.abc import Iterable

STATUSES = (
    "PUBLISHED",
    "CHECKING",
    "DISABLED_BY_PARTNER",
    "DISABLED_AUTOMATICALLY",
    "REJECTED_BY_MARKET",
    "CREATING_CARD",
    "NO_CARD",
    "NO_STOCKS",
    "ARCHIVED",
    "READY_FOR_PUBLICATION",
)
"""`OfferCampaignStatusType`. The position of a status is its code in a store's column."""

PUBLISHED, CHECKING, HIDDEN, BLOCKED, REJECTED, CREATING_CARD, NO_CARD, NO_STOCKS, ARCHIVED, READY = range(
    len(STATUSES)
)
GONE = len(STATUSES)
"""The code of an offer that was deleted from the store."""

WITH_CARD, IN_CREATION, WITHOUT_CARD, IN_ARCHIVE, DELETED = range(5)
"""The stages of a product in the catalogue, which are the same for all stores."""

STAGE_OF = bytes(
    {CREATING_CARD: IN_CREATION, NO_CARD: WITHOUT_CARD, ARCHIVED: IN_ARCHIVE, GONE: DELETED}.get(code, WITH_CARD)
    for code in range(256)
)
"""The stage that follows from a status, for `bytes.translate`."""

STATUS_OF = {IN_CREATION: CREATING_CARD, WITHOUT_CARD: NO_CARD, IN_ARCHIVE: ARCHIVED, DELETED: GONE}
"""The status that a stage forces upon all stores."""

# What is not hidden has these statuses in turn: first each once, so that a small catalogue has them all, then mostly
# PUBLISHED, as a real one has. Stages are the first store's; the others share them.
TURN = bytes(code for code in range(len(STATUSES)) if code != HIDDEN) + bytes([PUBLISHED]) * 31
TURN_OF_OTHERS = bytes(PUBLISHED if STAGE_OF[code] else code for code in TURN)

CLOSED = bytes(NO_STOCKS if code in {PUBLISHED, READY} else code for code in range(256))
"""What becomes of the statuses of a store whose warehouse is switched off, for `bytes.translate`."""


def mask_of(statuses: Iterable[str]) -> bytes:
    """Make a set of statuses, a byte for each code; none named means any but GONE."""
    wanted = set(statuses)
    return bytes(not wanted or status in wanted for status in STATUSES) + b"\0"


EVERY_STATUS = mask_of(())


def stages(*wanted: int) -> bytes:
    """Make a set of stages, a byte for each."""
    return bytes(stage in wanted for stage in range(DELETED + 1))


IN_CATALOGUE = stages(WITH_CARD, IN_CREATION, WITHOUT_CARD)
"""The stages of what is neither deleted nor in the archive."""

ANY_STAGE = stages(WITH_CARD, IN_CREATION, WITHOUT_CARD, IN_ARCHIVE)
