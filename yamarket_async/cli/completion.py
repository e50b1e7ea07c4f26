"""`yamarket completion`: the script that lets a shell complete commands and options."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from yamarket_async.cli.running import COMPLETE, NAME

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete commands, options and their values.

    \b
    Examples:
      yamarket completion bash >> ~/.bashrc
      yamarket completion zsh >> ~/.zshrc
      yamarket completion fish > ~/.config/fish/completions/yamarket.fish
    """
    script = SHELLS[shell](context.find_root().command, {}, NAME, COMPLETE)
    # `source` of bash would start a bash to look at its version; every one that is met today is new enough.
    click.echo(script.source_template % script.source_vars())
