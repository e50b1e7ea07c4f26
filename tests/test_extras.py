"""The hint that tells how to add an extra."""

import json
from importlib.metadata import PackageNotFoundError
from typing import Any, NamedTuple

import pytest

from yamarket_async import extras


class Installed(NamedTuple):
    """What pip wrote down of an installation."""

    direct_url: dict[str, Any] | None

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return None if self.direct_url is None else json.dumps(self.direct_url)


@pytest.mark.parametrize(
    ("direct_url", "command"),
    [
        (None, "pip install 'yamarket-async[cli]'"),
        (
            {"url": "file:///home/me/ya%20market", "dir_info": {"editable": True}},
            "pip install -e '/home/me/ya market[cli]'",
        ),
        ({"url": "file:///home/me/market", "dir_info": {}}, "pip install '/home/me/market[cli]'"),
        (
            {"url": "file:///tmp/a-0.1.0-py3-none-any.whl", "archive_info": {}},
            "pip install '/tmp/a-0.1.0-py3-none-any.whl[cli]'",
        ),
        ({"url": "https://example.org/a.whl", "archive_info": {}}, "pip install 'yamarket-async[cli]'"),
    ],
)
def test_the_hint_names_where_the_package_came_from(
    monkeypatch: pytest.MonkeyPatch, direct_url: dict[str, Any] | None, command: str
) -> None:
    monkeypatch.setattr(extras, "distribution", lambda _name: Installed(direct_url))
    assert extras.pip_command("cli") == command


def test_the_hint_of_a_package_that_was_not_installed_names_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Installed:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(extras, "distribution", missing)
    assert extras.pip_command("redis") == "pip install 'yamarket-async[redis]'"
