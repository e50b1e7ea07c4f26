"""Options derived from the arguments of operations, and the arguments that a user's options make."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import click
import msgspec

from yamarket_async.arguments import Slot, signature_of
from yamarket_async.checking import outdated, without_none
from yamarket_async.cli.descriptions import Description, description_of, docstrings, families_of_methods
from yamarket_async.cli.lookup import method_of
from yamarket_async.cli.values import Value, Values, bare, in_words, is_object, item_of, members_of
from yamarket_async.endpoints import Endpoint, snake

VARIABLES = frozenset({"campaign_id", "business_id", "promo_id"})
"""Arguments that may come from the environment, as `yamarket sandbox` prints them: YAMARKET_CAMPAIGN_ID."""

NAMED = 40
"""How many values of an enum, or fields of an object, a help names."""

_PYTHON = (
    (r"`(\w+)`", lambda m: _name_for_people(m[1])),
    (r"\bA `Pager` of\b", lambda _: "A list of"),
    (r"^`Batches` of.*", lambda _: "What became of each thing."),
    (r"\bNone (is as|for|as)\b", lambda m: _in_its_place(m, f"without it {m[1].removeprefix('is ')}")),
    (r"\bTrue\b", lambda m: _in_its_place(m, "yes")),
    (r"\bFalse\b", lambda m: _in_its_place(m, "no")),
    (r"\bNone\b", lambda m: _in_its_place(m, "left out")),
)
"""What docstrings say for programs, and what to say for people at a terminal instead."""


class Field(NamedTuple):
    """A field of an object that has an option of its own.

    Attributes:
        argument: the argument that is the object.
        name: the field on the wire.
        kind: its type.
    """

    argument: str
    name: str
    kind: Any

    @property
    def parameter(self) -> str:
        """What click calls it."""
        return f"{self.argument}__{snake(self.name)}"


def docs_of(endpoint: Endpoint) -> Description:
    """Give what the docstring of an operation's method says."""
    method = method_of(endpoint)
    return description_of(families_of_methods()[method], method)


def option_name(argument: str) -> str:
    """Name the option of an argument: `page_size` → `--page-size`."""
    return "--" + argument.replace("_", "-")


def derived(endpoint: Endpoint, *, body_given: bool = False) -> list[click.Parameter]:
    """Make the options of an operation's arguments.

    Args:
        endpoint: the operation.
        body_given: whether what stands in the body may come from elsewhere, so that no option of it must be given.
    """
    signature, docs = signature_of(endpoint), docs_of(endpoint)
    options: list[click.Parameter] = []
    for slot in signature.slots:
        required = slot.required and not (body_given and slot in signature.body)
        fields = fields_of(slot)
        options.append(_option(slot, docs.arguments.get(slot.argument, ""), required=required and not fields))
        options += [_field_option(field, slot) for field in fields]
    return options


def fields_of(slot: Slot) -> list[Field]:
    """List the fields of an object that get options of their own: all, where none of them holds other fields."""
    kind = bare(slot.kind)
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return []
    fields = [each for each in msgspec.structs.fields(kind) if not outdated(each.type)]
    kinds = [item_of(each.type) or each.type for each in fields]
    if any(is_object(each) for each in kinds):
        return []
    return [Field(slot.argument, each.encode_name, without_none(each.type)) for each in fields]


def _option(slot: Slot, told: str, *, required: bool) -> click.Option:
    name, item = option_name(slot.argument), item_of(slot.kind)
    help_ = f"{for_people(told)}{_choices(item or slot.kind)}"
    settings: dict[str, Any] = {"help": help_, "required": required}
    if slot.argument in VARIABLES:
        settings |= {"envvar": f"YAMARKET_{slot.argument.upper()}", "show_envvar": True}
    return _made(name, slot.argument, slot.kind, settings)


def _made(name: str, parameter: str, kind: Any, settings: dict[str, Any]) -> click.Option:
    item = item_of(kind)
    if item is not None:
        return click.Option([name, parameter], type=Values(item, parameter), multiple=True, **settings)
    if bare(kind) is bool:
        return click.Option([f"{name}/--no-{name[2:]}", parameter], default=None, **settings)
    return click.Option([name, parameter], type=Value(kind), **settings)


def _field_option(field: Field, slot: Slot) -> click.Option:
    name = f"{option_name(field.argument)}-{snake(field.name).replace('_', '-')}"
    help_ = f"{field.name} of {option_name(slot.argument)}.{_choices(item_of(field.kind) or field.kind)}"
    return _made(name, field.parameter, field.kind, {"help": help_})


def _choices(kind: Any) -> str:
    """Say what may be given where that is a choice, or what an object holds."""
    if names := members_of(kind):
        shown = names if len(names) <= NAMED else [*names[:NAMED], f"… ({len(names)} in all)"]
        return f" One of {', '.join(shown)}."
    found = bare(kind)
    if isinstance(found, type) and issubclass(found, msgspec.Struct):
        names = [each.encode_name for each in msgspec.structs.fields(found) if not outdated(each.type)]
        return f" Its fields: {', '.join(names)}."
    return ""


def _in_its_place(constant: re.Match[str], words: str) -> str:
    """Say words for a constant of Python's: with a capital letter where it begins a sentence."""
    return words.capitalize() if constant.string[: constant.start()].endswith(". ") else words


def _name_for_people(name: str) -> str:
    """Give a name of Python's as the command writes it: of a method, of an argument."""
    if name in families_of_methods():
        return name.replace("_", "-")
    return option_name(name) if "_" in name and name in _arguments() else f"`{name}`"


@cache
def _arguments() -> frozenset[str]:
    """Give the names of all arguments that docstrings describe."""
    families = set(families_of_methods().values())
    return frozenset(
        argument
        for family in families
        for method in docstrings(family)
        for argument in description_of(family, method).arguments
    )


def with_options(rule: str) -> str:
    """Name options in place of the arguments that a rule names."""
    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda m: option_name(m[0]) if m[0] in _arguments() else m[0], rule)


def for_people(told: str) -> str:
    """Make the description of an argument a sentence of a help."""
    for pattern, words in _PYTHON:
        told = re.sub(pattern, words, told)
    return in_words(told[:1].upper() + told[1:])


def arguments_of(endpoint: Endpoint, options: dict[str, Any]) -> dict[str, Any]:
    """Take the arguments of an operation out of what click has read; what was left out is not among them.

    Raises:
        UsageError: an object was given both as a whole and by its fields.
    """
    arguments: dict[str, Any] = {}
    for slot in signature_of(endpoint).slots:
        given = _given(options.pop(slot.argument, None))
        fields = {field.name: _given(options.pop(field.parameter, None)) for field in fields_of(slot)}
        fields = {name: value for name, value in fields.items() if value is not None}
        if given is not None and fields:
            name = option_name(slot.argument)
            raise click.UsageError(f"{name} stands for the whole object, so {name}-… can't stand beside it")
        if given is not None or fields:
            arguments[slot.argument] = fields if given is None else given
    return arguments


def _given(value: Any) -> Any:
    """Give a value, those of an option that was repeated in one list; None where the option was left out."""
    if isinstance(value, tuple):
        return [each for several in value for each in several] or None
    return value


def missing(endpoint: Endpoint, arguments: Mapping[str, Any]) -> list[str]:
    """Name the options that must be given and weren't."""
    return [
        option_name(slot.argument)
        for slot in signature_of(endpoint).slots
        if slot.required and arguments.get(slot.argument) is None
    ]
