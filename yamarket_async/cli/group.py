"""The group of commands, and what all of them do with errors and interruptions."""

import click

from yamarket_async import __version__
from yamarket_async.cli.demo import demo
from yamarket_async.cli.sandbox import sandbox


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="yamarket")
def yamarket() -> None:
    """Work with the Yandex.Market Partner API: look, export, delete, and try it all without a key.

    \b
    Exit status: 0 done, 1 failed, 2 wrong usage, 3 partly done, 130 interrupted.
    """


yamarket.add_command(demo)
yamarket.add_command(sandbox)
