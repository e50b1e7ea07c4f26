"""The group of commands, each of which is loaded when it is used."""

from importlib import import_module
from typing import Any

import click

from yamarket_async import __version__
from yamarket_async.cli.wording import WholeWords

COMMANDS = {
    "demo": "Stream a store of 8,000 products out of a sandbox, under a limit.",
    "sandbox": "Serve a pretend Market on this machine until Ctrl-C.",
    "methods": "Find operations of the API, and read what they take and give.",
    "call": "Call any operation of the API.",
    "campaigns": "List the stores that the key can see.",
    "export": "Export a list into a JSONL, CSV, TSV, XLSX or Parquet file.",
    "update": "Bring a file of prices, stocks, cards … to the Market.",
    "delete": "Delete products from a store.",
    "report": "Have the Market make a report, wait for it and save it.",
    "limits": "Show what the Market says about the limits right now.",
    "listen": "Receive notifications of the Market and print them.",
    "completion": "Print the script that lets a shell complete commands.",
}
"""The commands with what they do, in the order of the help."""

MODULES = {"export": "export_command"}
"""Where a command is, if not in a file of its name."""


click.Context.formatter_class = WholeWords  # of all contexts: each command makes its own


class Commands(click.Group):
    """The commands, of which the one that is used is loaded."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"yamarket_async.cli.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _settings() -> dict[str, Any]:
    return {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Commands, context_settings=_settings())
@click.version_option(__version__, prog_name="yamarket")
def yamarket() -> None:
    """Work with the Yandex.Market Partner API: look, export, update, delete, and try it all without a key.

    The key comes from --api-key-file, from YAMARKET_API_KEY in the environment, or from a prompt on a terminal. Results
    go to stdout, everything else to stderr; NO_COLOR in the environment is honoured, and so is HTTPS_PROXY.

    \b
    Exit status:
      0    done; also when whoever read the output had enough (| head)
      1    failed
      2    wrong usage: an option, a file of SKUs, a missing key
      3    partly done
      130  interrupted by Ctrl-C; 128 and its number for another signal

    \b
    Try it all without a key:
      yamarket demo
      yamarket sandbox        # in one terminal; it prints lines to paste into another
      yamarket campaigns      # there
      yamarket export campaign-offers --output offers.csv
    """
