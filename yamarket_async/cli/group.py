"""The group of commands."""

import click

from yamarket_async import __version__
from yamarket_async.cli.campaigns import campaigns
from yamarket_async.cli.completion import completion
from yamarket_async.cli.delete import delete
from yamarket_async.cli.demo import demo
from yamarket_async.cli.export import export
from yamarket_async.cli.limits import limits
from yamarket_async.cli.sandbox import sandbox


@click.group(
    commands=[demo, sandbox, campaigns, export, delete, limits, completion],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="yamarket")
def yamarket() -> None:
    """Work with the Yandex.Market Partner API: look, export, delete, and try it all without a key.

    The key comes from --api-key-file, from YAMARKET_API_KEY in the environment, or from a prompt on a terminal. Results
    go to stdout, everything else to stderr; NO_COLOR in the environment is honoured.

    \b
    Exit status:
      0    done; also when whoever read the output had enough (| head)
      1    failed
      2    wrong usage: an option, a file of SKUs, a missing key
      3    partly done
      130  interrupted by Ctrl-C

    \b
    Try it all without a key:
      yamarket demo
      yamarket sandbox                  # in one terminal; it prints lines to paste into another
      yamarket campaigns                # there
      yamarket export campaign-offers --output offers.csv
    """
