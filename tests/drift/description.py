"""The official OpenAPI description as the table sees it: bundled into one file, or in many that refer to each other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yamarket_async.endpoints import snake

RENAMED = {
    "ApiErrorDTO": "ErrorDetail",
    "PackagingScrollingPagerDTO": "ScrollingPager",
    "PackagingForwardScrollingPagerDTO": "ForwardScrollingPager",
    # Two names of the description that would be one without `Get…` and `…DTO`.
    "ReturnAvailableDecisionsResponse": "ReturnAvailableDecisionsResult",
    "SearchShipmentsResponseDTO": "SearchShipmentsResult",
    "OutletResponseDTO": "CreatedOutlet",
    "OutletLicensesResponseDTO": "OutletLicensesResult",
    "GetBidsInfoResponseDTO": "BidsInfoResult",
    "GetBidsRecommendationsResponseDTO": "BidsRecommendationsResult",
    "CalculateTariffsResponseDTO": "CalculateTariffsResult",
    "PriceWithDiscountDTO": "PriceWithDiscountValue",
    "GetPriceWithDiscountDTO": "PriceWithDiscount",
    "PriceDTO": "OfferPriceValue",
}
"""Structs that are not named after the description by the rule."""

Schema = dict[str, Any]


class Description:
    """A description, with its references followed.

    Args:
        path: the file that everything begins in.
    """

    def __init__(self, path: Path) -> None:
        self._files: dict[Path, Any] = {}
        self._root = path.resolve()
        self.document = self._load(self._root)

    def _load(self, path: Path) -> Any:
        if path not in self._files:
            text = path.read_text(encoding="utf-8")
            if path.suffix in {".yaml", ".yml"}:
                yaml = __import__("yaml")
                self._files[path] = yaml.safe_load(text)
            else:
                self._files[path] = json.loads(text)
        return self._files[path]

    def follow(self, node: Any, base: Path | None = None) -> tuple[Any, Path, str]:
        """Follow a reference; give what it leads to, the file that it stands in, and its name there."""
        base, name = base or self._root, ""
        while isinstance(node, dict) and "$ref" in node:
            file, _, pointer = node["$ref"].partition("#")
            base = (base.parent / file).resolve() if file else base
            node = self._load(base)
            for part in pointer.strip("/").split("/") if pointer.strip("/") else ():
                node = node[part.replace("~1", "/").replace("~0", "~")]
            name = pointer.rpartition("/")[2] or base.stem
        return node, base, name

    def operations(self) -> Iterator[tuple[str, str, Schema, Path]]:
        """Give verb, path, operation and the file that it stands in, for all operations."""
        for path, item in self.document["paths"].items():
            verbs, base, _ = self.follow(item)
            for verb, node in verbs.items():
                if verb in {"get", "put", "post", "delete", "patch"}:
                    operation, where, _ = self.follow(node, base)
                    yield verb.upper(), path, operation, where

    def fields(self, schema: Schema, base: Path) -> dict[str, tuple[Schema, bool, Path]]:
        """Give the fields of an object, those of what it is made of included: schema, whether required, and file."""
        found: dict[str, tuple[Schema, bool, Path]] = {}
        required = set(schema.get("required", ()))
        for part in schema.get("allOf", ()):
            inner, where, _ = self.follow(part, base)
            found |= self.fields(inner, where)
            required |= set(inner.get("required", ()))
        found |= {name: (field, name in required, base) for name, field in schema.get("properties", {}).items()}
        return {
            name: (field, is_required or name in required, where) for name, (field, is_required, where) in found.items()
        }

    def kind(self, node: Schema, base: Path) -> str:
        """Say in words what type a schema is, as `types.words` says of a type of ours."""
        schema, base, name = self.follow(node, base)
        if name == "ShopSku":
            return "Sku"
        if "enum" in schema or "properties" in schema or "allOf" in schema:
            return struct_name(name)
        if schema.get("type") == "array":
            return f"list[{self.kind(schema['items'], base)}]" + bounds(schema)
        scalar = SCALARS[schema.get("type"), schema.get("format")]
        # Where a maximum is given, ours doesn't tell the 32 bits apart.
        return ("int" if scalar == "int32" and "maximum" in schema else scalar) + bounds(schema)


SCALARS = {
    ("integer", "int64"): "int",
    ("integer", None): "int",
    ("integer", "int32"): "int32",
    ("number", None): "Decimal",
    ("number", "float"): "Decimal",
    ("number", "double"): "float",
    ("boolean", None): "bool",
    ("string", None): "str",
    ("string", "time"): "str",
    ("string", "uri"): "str",
    ("string", "date"): "date",
    ("string", "date-time"): "moment",
    ("string", "date-dd-MM-yyyy"): "dotted day",
    ("string", "date-dd-MM-yyyy-HH-mm-ss"): "Moscow moment",
    ("string", "binary"): "bytes",
}


def bounds(schema: Schema) -> str:
    """Say in words what bounds a schema has."""
    found = {
        "ge": None if schema.get("exclusiveMinimum") else schema.get("minimum"),
        "gt": schema.get("minimum") if schema.get("exclusiveMinimum") else None,
        "le": None if schema.get("exclusiveMaximum") else schema.get("maximum"),
        "lt": schema.get("maximum") if schema.get("exclusiveMaximum") else None,
        "min_length": schema.get("minLength", schema.get("minItems")),
        "max_length": schema.get("maxLength", schema.get("maxItems")),
        "pattern": schema.get("pattern"),
        "unique": schema.get("uniqueItems") or None,
    }
    given = [f"{name}={value}" for name, value in found.items() if value is not None]
    return f" ({', '.join(given)})" if given else ""


def struct_name(name: str) -> str:
    """Name the struct of a schema."""
    if name in RENAMED:
        return RENAMED[name]
    if name.startswith("Get") and name[3:4].isupper():
        name = name[3:]
    return name.removesuffix("DTO")


def argument_name(name: str) -> str:
    """Name the argument of a parameter."""
    return snake(name)
