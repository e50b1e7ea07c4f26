"""Comparing the table, its structs and enums with a description: each difference as the line to write."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec

from tests.drift.description import Description, Schema, argument_name, struct_name
from tests.drift.ours import line, words
from yamarket_async.checking import bounds_of, outdated, without_none
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.families import endpoints
from yamarket_async.models.base import OpenEnum

MODELS = ("fby", "fbs", "dbs", "express", "laas")
PAGING = {"pageToken", "limit", "page", "pageSize"}


def differences(description: Description) -> Iterator[str]:
    """Find what differs; each difference begins with the name of the operation, the struct or the enum."""
    described = {}
    for verb, path, operation, base in description.operations():
        described[operation["operationId"]] = None
        endpoint = endpoints().get(operation["operationId"])
        if endpoint is None:
            family = operation["tags"][0].replace("-", "_")
            yield f"{operation['operationId']}: is new: an entry in families/{family}/endpoints.py for {verb} {path}"
            continue
        yield from _Operation(description, endpoint, verb, path, operation, base).differences()
    for name in endpoints():
        if name not in described:
            yield f"{name}: is in no description any more"


class _Operation:
    """One operation, ours beside the description's."""

    def __init__(
        self, description: Description, endpoint: Endpoint, verb: str, path: str, operation: Schema, base: Path
    ) -> None:
        self.description, self.endpoint, self.base = description, endpoint, base
        self.verb, self.path, self.operation = verb, path, operation
        self._seen: set[str] = set()

    def differences(self) -> Iterator[str]:
        for line_ in (*self._head(), *self._quota(), *self._parameters(), *self._body(), *self._answer()):
            yield f"{self.endpoint.name}: {line_}"

    def _head(self) -> Iterator[str]:
        endpoint, operation = self.endpoint, self.operation
        scopes = set(operation["x-auth-scopes"])
        models = tuple(m.upper() for m in MODELS if m in operation["tags"])
        refusals = tuple(sorted(int(status) for status in operation["responses"] if status != "200"))
        wanted = {
            "http_method": (endpoint.http_method, self.verb),
            "path": (endpoint.path, self.path),
            "scopes": (set(endpoint.scopes), scopes),
            "models": (tuple(m for m in map(str.upper, MODELS) if m in endpoint.models), models),
            "yandex_go": (endpoint.yandex_go, "market-yandex-go" in operation["x-allowed"]),
            "refusals": (tuple(sorted(endpoint.refusals)), refusals),
            "deprecated": (_dates(endpoint), _described_dates(operation)),
        }
        for name, (ours, theirs) in wanted.items():
            if ours != theirs:
                yield f"{name}={theirs!r},  # was {ours!r}"

    def _quota(self) -> Iterator[str]:
        config, ours = self.operation["x-resource-limit-config"], self.endpoint.quota
        none, medium = config["none"], config["medium"]
        theirs = {
            "none": none["amount"],
            "medium": medium["amount"],
            "period": _seconds(medium),
            "period_none": _seconds(none),
            "cost": config["path"],
            "parallel": config.get("parallel-limit-value"),
        }
        assert ours is not None, f"{self.endpoint.name} has a limit"
        mine = {name: getattr(ours, name) for name in theirs} | {"period_none": ours.period_none or ours.period}
        if mine != theirs:
            yield f"quota={theirs},  # was {mine}"

    def _parameters(self) -> Iterator[str]:
        described = {}
        for node in self.operation.get("parameters", ()):
            parameter, base, _ = self.description.follow(node, self.base)
            described[parameter["in"], parameter["name"]] = parameter, base
        ours = {("path", p.name): p for p in self.endpoint.parameters} | {
            ("query", p.name): p for p in self.endpoint.query
        }
        for key, (parameter, base) in described.items():
            if parameter.get("deprecated"):
                continue
            if key[1] in PAGING:
                yield from self._page_size(parameter)
                continue
            kind = self.description.kind(parameter["schema"], base)
            mine = ours.pop(key, None)
            required = bool(parameter.get("required"))
            if mine is None or words(mine.type) != kind or mine.required != required:
                was = "missing" if mine is None else f"{words(mine.type)}, required={mine.required}"
                yield f'Parameter("{key[1]}", {line(kind)}, required={required}),  # was {was}'
            yield from self._types(parameter["schema"], base)
        for _, name in ours:
            yield f"parameter {name} is gone"

    def _page_size(self, parameter: Schema) -> Iterator[str]:
        if parameter["name"] != "limit":
            return
        pages, schema = self.endpoint.pages, parameter["schema"]
        theirs = (schema.get("maximum"), schema.get("default"), parameter.get("x-transform") == "truncateLimit")
        mine = (pages.size, pages.default, pages.truncates) if pages else None
        if mine != theirs:
            yield f"pages=Pages(…, size={theirs[0]}, default={theirs[1]}, truncates={theirs[2]}),  # was {mine}"

    def _body(self) -> Iterator[str]:
        node = self.operation.get("requestBody")
        if node is None:
            if self.endpoint.body is not None:
                yield "body=None,"
            return
        body, base, _ = self.description.follow(node, self.base)
        ((content_type, content), *_) = body["content"].items()
        if content_type == "multipart/form-data":
            return
        _, _, name = self.description.follow(content["schema"], base)
        ours = self.endpoint.body.__name__ if self.endpoint.body else None
        if (ours, self.endpoint.body_required) != (struct_name(name), bool(body.get("required"))):
            yield f"body={struct_name(name)}, body_required={bool(body.get('required'))},  # was {ours}"
        yield from self._types(content["schema"], base, self.endpoint.body, sent=True)

    def _answer(self) -> Iterator[str]:
        node, base, _ = self.description.follow(self.operation["responses"]["200"], self.base)
        content = node.get("content") or {}
        files = tuple(kind for kind in content if kind != "application/json")
        if files != self.endpoint.files:
            yield f"files={files},  # was {self.endpoint.files}"
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            _, _, name = self.description.follow(schema, base)
            if name == "EmptyApiResponse":
                return
            ours = self.endpoint.response.__name__ if self.endpoint.response else None
            if ours != struct_name(name):
                yield f"response={struct_name(name)},  # was {ours}"
            yield from self._types(schema, base, self.endpoint.response)

    def _types(self, node: Schema, base: Path, ours: Any = None, *, sent: bool = False) -> Iterator[str]:
        """Compare a schema, and all that it is made of, with the struct or enum of ours."""
        schema, base, name = self.description.follow(node, base)
        if schema.get("type") == "array":
            yield from self._types(schema["items"], base, _item(ours), sent=sent)
        elif "enum" in schema:
            yield from self._enum(name, schema["enum"], ours)
        elif ("properties" in schema or "allOf" in schema) and ours is not None and name not in self._seen:
            self._seen.add(name)
            yield from self._struct(schema, base, _struct_of(ours), sent=sent)

    def _enum(self, name: str, values: list[str], ours: Any) -> Iterator[str]:
        kind = bounds_of(without_none(ours))[0] if ours is not None else None
        if isinstance(kind, type) and issubclass(kind, OpenEnum) and list(kind.__members__) != list(values):
            for value in values:
                if value not in kind.__members__:
                    yield f'class {struct_name(name)}:     {value} = "{value}"'
            for value in kind.__members__:
                if value not in values:
                    yield f"class {struct_name(name)}:     {value} is gone"

    def _struct(self, schema: Schema, base: Path, ours: type[msgspec.Struct], *, sent: bool) -> Iterator[str]:
        fields = {field.encode_name: field for field in msgspec.structs.fields(ours)}
        described = self.description.fields(schema, base)
        for name, (field, required, where) in described.items():
            if name in {"status", "errors"} and "status" in fields:
                continue
            mine = fields.pop(name, None)
            resolved, _, _ = self.description.follow(field, where)
            deprecated = bool(field.get("deprecated") or resolved.get("deprecated"))
            if mine is None and deprecated and sent:
                continue
            kind = self.description.kind(field, where)
            nullable = bool(field.get("nullable"))
            if mine is None or not _same(mine, kind, required=required and not nullable, deprecated=deprecated):
                was = "missing" if mine is None else f"{words(mine.type)}, required={mine.required}"
                optional = "" if required and not nullable else " | None = None"
                mark = f"Annotated[{line(kind)}, Outdated(…)]" if deprecated else line(kind)
                yield f"class {ours.__name__}:     {argument_name(name)}: {mark}{optional}  # was {was}"
            elif mine is not None:
                yield from self._types(field, where, mine.type, sent=sent)
        for name in fields:
            if name not in {"status", "errors"}:
                yield f"class {ours.__name__}:     {snake(name)} is gone"


def _same(mine: Any, kind: str, *, required: bool, deprecated: bool) -> bool:
    return words(mine.type) == kind and mine.required == required and bool(outdated(mine.type)) == deprecated


def _struct_of(kind: Any) -> type[msgspec.Struct]:
    found: type[msgspec.Struct] = bounds_of(without_none(kind))[0]
    return found


def _item(kind: Any) -> Any:
    return get_args(bounds_of(without_none(kind))[0])[0] if kind is not None else None


def _seconds(tier: Schema) -> int:
    return int(tier["period-duration"]) * (60 if tier["period"].startswith("minute") else 3_600)


def _dates(endpoint: Endpoint) -> tuple[date | None, date | None] | None:
    return (endpoint.deprecated.degrades, endpoint.deprecated.ends) if endpoint.deprecated else None


def _described_dates(operation: Schema) -> tuple[date | None, date | None] | None:
    if not operation.get("deprecated"):
        return None
    config = operation.get("x-deprecation-config", {})
    days = (config.get("degradation-start-date"), config.get("shutdown-date"))
    return tuple(date.fromisoformat(day) if day else None for day in days)  # type: ignore[return-value]
