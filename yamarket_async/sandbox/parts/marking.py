"""Marking codes of items: what a valid one is, and how the check of each stands."""

from typing import Any

from yamarket_async.sandbox.calls import Refusal, bad_request
from yamarket_async.sandbox.parts.order_cycles import CHECKED_AFTER
from yamarket_async.sandbox.parts.order_records import CODE_KINDS, Code, Line, Order

_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_COUNTRIES.split())
"""The country codes of ISO 3166-1."""


def read_codes(line: Line, sent: list[dict[str, Any]] | None) -> list[Code]:
    """Check the codes that were sent for a line; give them without what is null.

    Raises:
        Refusal: one of them can't be one.
    """
    found = []
    for each in sent or ():
        code = {name: value for name, value in each.items() if value is not None}
        kinds = [kind for kind in CODE_KINDS if kind in code]
        if len(kinds) != 1:
            raise _invalid(line, "exactly one of cis, uin, rnpt, gtd must be given")
        if kinds == ["uin"] and not (len(code["uin"]) == 16 and code["uin"].isdecimal()):
            raise _invalid(line, "a uin has 16 digits")
        if not code[kinds[0]].strip():
            raise _invalid(line, "it is empty")
        country = code.get("countryCode")
        if country is not None and country not in COUNTRIES:
            raise bad_request(f"String ({country}) is not a valid country code according to ISO 3166-1 alpha-2")
        found.append(code)
    return found


def _invalid(line: Line, reason: str) -> Refusal:
    return bad_request(f"Invalid incoming cis for item with id = {line.id} for reason: {reason}")


def check_of(line: Line, value: str, refused: dict[str, str], now: float) -> tuple[str, str | None]:
    """Tell how the check of a code stands: OK, IN_PROGRESS, FAILED or INVALID, and why.

    Args:
        line: the line that has it.
        value: the code.
        refused: the codes that don't pass.
        now: the server's clock.
    """
    if now < line.codes_at + CHECKED_AFTER:
        return "IN_PROGRESS", None
    if value not in refused:
        return "OK", None
    substatus = refused[value]
    # A uin knows no INVALID.
    return "INVALID" if substatus and not substatus.startswith("UIN_") else "FAILED", substatus or None


def unchecked(order: Order, refused: dict[str, str], now: float) -> str:
    """Tell why an order can't be sent yet for the sake of its codes; "" where it can."""
    for line in order.lines:
        kinds = {"uin" for each in line.requires if each == "UIN"} | {"cis" for each in line.requires if each == "CIS"}
        if order.business and "CIS_OPTIONAL" in line.requires:
            kinds.add("cis")
        for kind in sorted(kinds):
            values = {code[kind] for code in line.codes if kind in code}
            if len(values) < line.count:
                return f"item {line.id} needs {line.count} codes of the type {kind}"
            if any(check_of(line, value, refused, now)[0] != "OK" for value in values):
                return f"the codes of item {line.id} have not passed the check"
    return ""
