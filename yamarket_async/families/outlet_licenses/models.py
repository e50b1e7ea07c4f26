"""The structs of outlet licences."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id


class LicenseCheckStatusType(OpenEnum):
    """How the check of a licence stands."""

    NEW = "NEW"
    """Being checked."""
    SUCCESS = "SUCCESS"
    """Passed."""
    FAIL = "FAIL"
    """Not passed; `check_comment` says why."""
    REVOKE = "REVOKE"
    """Withdrawn by the Market's quality service."""
    DONT_WANT = "DONT_WANT"
    """Not checked."""
    FAIL_MANUAL = "FAIL_MANUAL"
    """Not passed at the Market's quality service."""


class LicenseType(OpenEnum):
    """What a licence permits."""

    ALCOHOL = "ALCOHOL"
    """Retail sale of alcohol."""
    UNKNOWN = "UNKNOWN"
    """Something else; only in answers."""


class OutletLicense(Model, kw_only=True, frozen=True):
    """A licence of an outlet.

    Attributes:
        id: the id that the Market gave it; None for a new licence. Not its `number`.
        outlet_id: the outlet it is for, 1 or more.
        license_type: what it permits.
        number: the number printed on it.
        date_of_issue: the day printed on it, at midnight in the time zone of the outlet, as `2017-11-13T00:00:00+03:00`
            for Moscow; not after `date_of_expiry`.
        date_of_expiry: its last day, at midnight in the time zone of the outlet; not before `date_of_issue`.
    """

    id: int | None = None
    outlet_id: Id
    license_type: LicenseType
    number: str
    date_of_issue: Moment
    date_of_expiry: Moment


class FullOutletLicense(OutletLicense, kw_only=True, frozen=True):
    """A licence as the Market keeps it.

    Attributes:
        check_status: how its check stands.
        check_comment: why it didn't pass; only with FAIL.
    """

    check_status: LicenseCheckStatusType | None = None
    check_comment: str | None = None


class OutletLicensesResult(Model, kw_only=True, frozen=True):
    """Licences of outlets.

    Attributes:
        licenses: the licences.
    """

    licenses: list[FullOutletLicense]


class OutletLicensesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOutletLicenses.

    Attributes:
        result: what was asked for.
    """

    result: OutletLicensesResult | None = None


class UpdateOutletLicenseRequest(Model, kw_only=True, frozen=True):
    """What updateOutletLicenses takes.

    Attributes:
        licenses: the licences, at least one, of any number, 500 a request. Each is an `OutletLicense` or a mapping with
            the same names; the moments are the days printed on it, at midnight in the time zone of the outlet.
    """

    licenses: Annotated[list[OutletLicense], Bounds(min_length=1, max_length=500)]
