"""The official description, in which every reference is what it leads to."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS30Validator

DESCRIPTION = Path(__file__).parents[1] / ".." / "shared" / "api" / "openapi.json"
"""Where it lies; where it doesn't, nothing is held against it."""


@cache
def description() -> dict[str, Any]:
    """Read it once. To follow a reference for each value costs more than to validate the value."""
    read: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))

    def followed(node: Any) -> Any:
        while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            node = read
            for name in reference.removeprefix("#/").split("/"):
                node = node[name]
        return node

    def follow(node: Any) -> None:
        # What a reference leads to stands elsewhere in the document, and is met there.
        places = list(node.items() if isinstance(node, dict) else enumerate(node))
        for place, inner in places:
            node[place] = followed(inner)
            if node[place] is inner and isinstance(inner, dict | list):
                follow(inner)

    follow(read)
    return read


@cache
def operations() -> dict[str, Any]:
    """Its operations by their names."""
    items = description()["paths"].values()
    return {one["operationId"]: one for item in items for one in item.values() if "operationId" in one}


def validator(schema: Any) -> OAS30Validator:
    """Make a validator that knows the formats."""
    return OAS30Validator(schema, format_checker=OAS30Validator.FORMAT_CHECKER)


@cache
def answers(operation: str, status: int) -> OAS30Validator | None:
    """Make the validator of an operation's answers with a status; None where they are no JSON."""
    content = operations()[operation]["responses"][str(status)].get("content", {}).get("application/json")
    return content and validator(content["schema"])
