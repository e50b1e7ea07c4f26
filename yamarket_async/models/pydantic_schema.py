"""What pydantic, and with it FastAPI, is told about a struct: how to check, to write and to describe it."""

from typing import TYPE_CHECKING, Any

import msgspec
from pydantic_core import core_schema

if TYPE_CHECKING:
    from yamarket_async.models.base import Model

_REFERENCE = "#/$defs/"


def core_schema_of(struct: "type[Model]") -> core_schema.CoreSchema:
    """Tell pydantic how to check a struct, which it takes as it is or as the Market's JSON, and how to write it."""

    def check(value: object) -> "Model":
        if isinstance(value, struct):
            return value
        try:
            return msgspec.convert(value, struct)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None

    writing = core_schema.plain_serializer_function_ser_schema(struct.to_dict, when_used="json")
    return core_schema.no_info_plain_validator_function(check, serialization=writing)


def json_schema_of(struct: "type[Model]") -> dict[str, Any]:
    """Describe the JSON of a struct, with the structs that it holds in their places."""
    (whole,), named = msgspec.json.schema_components(
        [struct], schema_hook=lambda _type: {"type": "string"}, ref_template=_REFERENCE + "{name}"
    )
    described: dict[str, Any] = _in_place(whole, named, ())
    return described


def _in_place(schema: Any, named: dict[str, Any], inside: tuple[str, ...]) -> Any:
    if isinstance(schema, list):
        return [_in_place(item, named, inside) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        # A tree holds itself.
        return {"type": "object", "title": name} if name in inside else _in_place(named[name], named, (*inside, name))
    if schema.get("format") == "decimal":
        return {"type": "number"}
    if "enum" in schema:
        # The Market may add values, and this version passes them on.
        return {"type": "string", "title": schema.get("title"), "examples": schema["enum"]}
    return {name: _in_place(item, named, inside) for name, item in schema.items()}
