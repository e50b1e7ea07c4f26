"""Groups of commands that follow from the table of operations: each is made when it is asked for."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

import click

from yamarket_async.cli.descriptions import families_of_methods
from yamarket_async.cli.lookup import kebab
from yamarket_async.endpoints import Endpoint, snake


class DerivedGroup(click.Group):
    """A group with a command for each of several operations, also found by the names of these.

    Args:
        entries: gives the operations, by the names of their commands.
        make: makes the command of one.
        described: says in a sentence what one does.
    """

    def __init__(
        self,
        *args: Any,
        entries: Callable[[], Mapping[str, Endpoint]],
        make: Callable[[Endpoint], click.Command],
        described: Callable[[Endpoint], str],
        **settings: Any,
    ) -> None:
        super().__init__(*args, **settings)
        self._entries = entries
        self._make = make
        self._described = described
        self._made: dict[str, click.Command] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return sorted(self._entries())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make a command, found by its own name or by that of its operation."""
        entries = self._entries()
        endpoint = entries.get(cmd_name)
        if endpoint is None:
            wanted = snake(cmd_name.replace("-", "_"))
            endpoint = next((each for each in entries.values() if snake(each.name) == wanted), None)
        if endpoint is None:
            return None
        if endpoint.name not in self._made:
            self._made[endpoint.name] = self._make(endpoint)
        return self._made[endpoint.name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called, and name what is like it where there is none."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            close = get_close_matches(kebab(args[0].replace("-", "_")), self.list_commands(ctx), n=3)
            told = f"; is it {' or '.join(close)}?" if close else ""
            method = snake(args[0].replace("-", "_"))
            if method in families_of_methods():
                told = f"; `yamarket call {kebab(method)}` calls this operation"
            ctx.fail(f"No such command {args[0]!r}{told}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, without making them."""
        rows = [(name, self._described(self._entries()[name])) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
