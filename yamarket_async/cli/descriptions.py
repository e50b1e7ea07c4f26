"""What the docstrings of the client's methods say, for help and lists.

They are read from the source: importing the methods takes the network libraries with them, and a help should not wait.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path

import msgspec

from yamarket_async import families
from yamarket_async.families.names import FAMILIES

_METHOD = re.compile(
    r'^    (?:async )?def (?P<name>[a-z]\w*)\((?:.|\n)*?\n        """(?P<text>(?:.|\n)*?)"""', re.MULTILINE
)
_SECTION = re.compile(r"^(Args|Returns|Raises|Yields):$", re.MULTILINE)
_ENTRY = re.compile(r"^(\w+): ", re.MULTILINE)


_TOLD_ELSEWHERE = ("Limit: ", "Source: ", "Placement models: ")
"""How paragraphs begin that say what the entry of the operation says too."""


class Description(msgspec.Struct, frozen=True):
    """What the docstring of a method says.

    Attributes:
        summary: its first sentence.
        text: what follows, in paragraphs.
        arguments: what each argument is, by its name.
        returns: what comes back; "" where nothing does.
        errors: when which error is raised, by the name of its class.
    """

    summary: str = ""
    text: str = ""
    arguments: Mapping[str, str] = {}
    returns: str = ""
    errors: Mapping[str, str] = {}


@cache
def docstrings(family: str) -> Mapping[str, str]:
    """Give the docstrings of a family's methods, by their names."""
    return {
        match["name"]: cleandoc(match["text"])
        for path in _sources(family)
        for match in _METHOD.finditer(path.read_text(encoding="utf-8"))
    }


def _sources(family: str) -> Iterator[Path]:
    folder = Path(families.__file__).parent / family
    if (folder / "methods").is_dir():
        yield from sorted((folder / "methods").glob("*.py"))
    else:
        yield folder / "methods.py"


@cache
def families_of_methods() -> Mapping[str, str]:
    """Give the family of each method of the client."""
    return {name: family for family in FAMILIES for name in docstrings(family)}


def description_of(family: str, method: str) -> Description:
    """Read the docstring of a method.

    Args:
        family: the family of the method.
        method: its name in Python.
    """
    return parse(docstrings(family).get(method, ""))


def parse(docstring: str) -> Description:
    """Take a docstring in google style apart."""
    body, *parts = _SECTION.split(docstring)
    sections = {name: _dedented(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}
    summary, _, text = body.partition("\n\n")
    paragraphs = [_joined(each) for each in text.split("\n\n") if each.strip()]
    return Description(
        summary=_joined(summary),
        text="\n\n".join(each for each in paragraphs if not each.startswith(_TOLD_ELSEWHERE)),
        arguments=_entries(sections.get("Args", "")),
        returns=_joined(sections.get("Returns", "")),
        errors=_entries(sections.get("Raises", "")),
    )


def _dedented(section: str) -> str:
    """Give the lines of a section, which ends where something stands at the margin again."""
    lines: list[str] = []
    for line in section.strip("\n").splitlines():
        if line and not line.startswith("    "):
            break
        lines.append(line[4:])
    return "\n".join(lines).strip()


def _entries(section: str) -> dict[str, str]:
    _, *parts = _ENTRY.split(section)
    return {name: _joined(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def _joined(text: str) -> str:
    return " ".join(text.split())
