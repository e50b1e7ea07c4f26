"""What licences must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import exactly_one

which = exactly_one("outlet_ids", "ids")


def licence(given: Any) -> Iterator[Broken]:
    """A licence as it is printed: days, not moments, in their order."""
    if given.license_type == "UNKNOWN":
        yield Broken("licenseType", given.license_type, "comes only in answers")
    for name, moment in (("dateOfIssue", given.date_of_issue), ("dateOfExpiry", given.date_of_expiry)):
        if (moment.hour, moment.minute, moment.second) != (0, 0, 0):
            yield Broken(name, moment, "must be the day that is printed on it, at midnight")
    if given.date_of_expiry < given.date_of_issue:
        yield Broken("dateOfExpiry", given.date_of_expiry, "must not be before dateOfIssue")
