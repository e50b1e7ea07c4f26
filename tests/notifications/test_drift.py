"""The structs against the Market's description of notifications; each difference is printed as it would be written."""

import json
import types
import typing
from datetime import datetime
from enum import EnumType
from pathlib import Path
from typing import Any

import msgspec
import pytest

from yamarket_async import notifications
from yamarket_async.notifications import answers, structs

DESCRIPTION = Path(__file__).parents[2] / ".." / "shared" / "api" / "notifications.json"

# What the Market's page shows since the description of April 2026, which lacks it.
NEWER_TYPE = "ORDER_LINE_SERVICE_STATUS_UPDATED"
NEWER_FIELDS = {"OrderCreated": {"orderLineServices"}}
NEWER_VALUES = {
    "NotificationType": {NEWER_TYPE},
    "OrderSubstatusType": {"USER_IDENTIFICATION_MISMATCH", "PURCHASE_GROUP_THRESHOLD_NOT_REACHED_CANCELLED"},
}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    if not DESCRIPTION.exists():
        pytest.skip("the description of notifications does not lie beside this checkout (../shared/api)")
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["components"]["schemas"]
    return found


def python_type(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """What a field of the description should be here."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        target = schemas[name]
        if target.get("type") == "object":
            return find(name)
        return getattr(notifications, name) if "enum" in target else python_type(target, schemas)
    if schema["type"] == "array":
        return tuple[python_type(schema["items"], schemas), ...]
    if schema.get("format") == "date-time":
        return datetime
    return {"integer": int, "string": str}[schema["type"]]


def find(name: str) -> type[msgspec.Struct]:
    """The struct of a schema, named without the description's endings."""
    short = name.removesuffix("DTO")
    for home in (structs, answers):
        for candidate in (short, short.removesuffix("Notification")):
            if hasattr(home, candidate):
                found: type[msgspec.Struct] = getattr(home, candidate)
                return found
    raise AssertionError(f"class {short}(Model, kw_only=True, frozen=True): is missing")


def fields_of(struct: type[msgspec.Struct]) -> dict[str, tuple[Any, bool]]:
    """The fields of a struct by their names in JSON: their type, and whether they are required."""
    hints = typing.get_type_hints(struct)
    fields = {}
    for field in msgspec.structs.fields(struct):
        kind = hints[field.name]
        if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
            (kind,) = [option for option in typing.get_args(kind) if option is not type(None)]
        fields[field.encode_name] = (kind, field.required)
    return fields


def test_each_struct_has_the_described_fields(schemas):
    differences = []
    for name, schema in schemas.items():
        if schema.get("type") != "object" or "oneOf" in schema:
            continue
        struct = find(name)
        described = {
            field: (python_type(kind, schemas), field in schema.get("required", ()))
            for field, kind in schema["properties"].items()
            if field != "notificationType"
        }
        written = {
            field: kind
            for field, kind in fields_of(struct).items()
            if field not in NEWER_FIELDS.get(struct.__name__, ())
        }
        differences += [
            f"{struct.__name__}.{field}: {described.get(field)} in the description, {written.get(field)} here"
            for field in described | written
            if described.get(field) != written.get(field)
        ]
    assert differences == []


def test_each_enum_has_the_described_values(schemas):
    differences = []
    for name, schema in schemas.items():
        if "enum" not in schema:
            continue
        enum: EnumType = getattr(notifications, name)
        here = [value for value in enum.__members__ if value not in NEWER_VALUES.get(name, ())]
        if here != schema["enum"]:
            differences.append(f"class {name}: {set(schema['enum']) ^ set(here) or 'another order'}")
    assert differences == []


def test_each_type_is_the_struct_that_the_description_names(schemas, body):
    described = {schema["$ref"].rsplit("/", 1)[1] for schema in schemas["SendNotificationRequest"]["oneOf"]}
    assert {find(name) for name in described} == {
        type(notifications.decode(body(kind))) for kind in notifications.NotificationType if kind != NEWER_TYPE
    }


def test_what_is_newer_is_not_described_yet(schemas):
    """Fails when the description has caught up, so that the exceptions above go."""
    for name, values in NEWER_VALUES.items():
        assert not values & set(schemas[name]["enum"])
    assert "orderLineServices" not in schemas["OrderCreatedNotificationDTO"]["properties"]


def test_what_is_newer_is_as_the_page_shows_it():
    assert fields_of(notifications.OrderLineServiceStatusUpdated) == {
        "orderId": (int, True),
        "campaignId": (int, True),
        "itemId": (int, True),
        "serviceArticle": (str, True),
        "statuses": (tuple[notifications.NotificationOrderLineServiceStatus, ...], True),
        "updatedAt": (datetime, True),
        "cancelReason": (notifications.OrderLineServiceCancelReasonType, False),
    }
    assert fields_of(notifications.NotificationOrderLineServiceStatus) == {
        "status": (notifications.OrderLineServiceStatusType, True),
        "count": (int, True),
    }
    assert fields_of(notifications.NotificationOrderLineService) == {
        "itemId": (int, True),
        "serviceArticle": (str, True),
    }
    assert len(notifications.OrderSubstatusType) == 125
    assert len(notifications.NotificationType) == 18
