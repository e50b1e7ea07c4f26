"""The body of a call as a user gives it: JSON from a file or a pipe, in the documentation's own shape."""

from collections.abc import Mapping
from typing import Any

import click

from yamarket_async.arguments import signature_of
from yamarket_async.cli.options import option_name
from yamarket_async.cli.values import read_json
from yamarket_async.endpoints import Endpoint, Pages


def body_arguments(endpoint: Endpoint, given: str) -> dict[str, Any]:
    """Take arguments out of a body.

    Args:
        endpoint: the operation.
        given: a file, or "-" for standard input. A list, or an object a line, stands for the list of things that the
            operation changes.

    Raises:
        UsageError: it is no JSON, or not such a body.
    """
    slots = {slot.name: slot for slot in signature_of(endpoint).body}
    try:
        body = read_json(f"@{given}")
    except ValueError as error:
        raise click.UsageError(f"--body: {error}") from None
    things = endpoint.things
    if isinstance(body, list):
        if things is None or things.name not in slots:
            raise click.UsageError(f"--body {given}: must be an object with {', '.join(slots)}")
        body = {things.name: body} if not _is_whole(body, things.name) else body[0]
    if not isinstance(body, Mapping):
        raise click.UsageError(f"--body {given}: must be an object with {', '.join(slots)}")
    unknown = [name for name in body if name not in slots]
    if unknown:
        raise click.UsageError(f"--body {given}: there is no field {unknown[0]!r}; those are {', '.join(slots)}")
    return {slots[name].argument: value for name, value in body.items() if value is not None}


def _is_whole(body: list[Any], name: str) -> bool:
    """Tell whether a file with one object is the body, and not the one thing in it."""
    return len(body) == 1 and isinstance(body[0], Mapping) and name in body[0]


def merged(options: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Put arguments of options and of a body together.

    Raises:
        UsageError: both have one.
    """
    for argument in body:
        if argument in options:
            raise click.UsageError(f"{option_name(argument)} stands in --body already")
    return {**body, **options}


def page_options(pages: Pages) -> list[click.Parameter]:
    """Make the options by which one page of a list is asked for."""
    if pages.by == "once":
        return []
    size = click.Option(["--page-size"], type=click.IntRange(1, pages.size), help="Items a page.")
    if pages.by == "number":
        return [size, click.Option(["--page"], type=click.IntRange(1), help="Begin with this page.")]
    token = click.Option(["--page-token"], metavar="TOKEN", help="Begin with the page of this token.")
    return [size, token]
