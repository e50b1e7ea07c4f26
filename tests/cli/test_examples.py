"""The examples of every help, tried by somebody who copies them."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from yamarket_async.cli.group import yamarket
from yamarket_async.sandbox import Sandbox

LEFT_OUT = ("demo", "listen", "sandbox")
"""Commands that go on until somebody ends them, or take their time to be looked at; they have tests of their own."""

OF_THE_USER = re.compile(r"…|--redis|--report-id|\b(old|prices|skus)\.(txt|csv|xlsx|json)\b")
"""What only who copies an example has: files, ids, a Redis."""


def helps(command: click.Command) -> Iterator[str]:
    """Give the helps of a command and of all below it."""
    yield f"{command.help}\n{command.epilog or ''}"
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helps(below)


def examples() -> dict[str, None]:
    """Give the command lines of all helps."""
    found: dict[str, None] = {}
    for told in helps(yamarket):
        for line in re.findall(r"^ +yamarket (.+)$", told, re.MULTILINE):
            arguments = re.split(r" +#| \| | >> ?| > ", line)[0]
            if not arguments.startswith(LEFT_OUT) and not is_of_the_user(arguments):
                found[arguments] = None
    return found


def is_of_the_user(arguments: str) -> bool:
    """Tell whether an example needs what isn't there; what it writes is."""
    return bool(OF_THE_USER.search(re.sub(r"(-o|--output) \S+", "", arguments)))


@pytest.fixture(scope="module")
def market() -> Iterator[Sandbox]:
    with Sandbox(offers=60, campaigns=("FBS", "FBY", "DBS")) as made:
        made.reports.takes(0.05)
        yield made


def test_there_are_examples() -> None:
    tried = {arguments.split()[0] for arguments in examples()}
    assert tried >= {"call", "campaigns", "completion", "export", "limits", "methods", "report"}


def test_the_examples_of_all_helps_work(here: Callable[..., Any], market: Sandbox) -> None:
    failed: dict[str, str] = {}
    for arguments in examples():
        # The store of the examples is that of a sandbox, and some lists are for stores of another model.
        for campaign_id in market.campaign_ids:
            ended = here(market, *shlex.split(arguments.replace("21000000", str(campaign_id))))
            if "Campaign type is not allowed" not in ended.err:
                break
        if ended.status:
            failed[arguments] = ended.err
        for written in Path().iterdir():
            written.unlink()
    assert not failed
