"""README's snippets run as they stand."""

import os
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from yamarket_async import Call
from yamarket_async.families import FAMILIES, family_of
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.usefixtures("unmeasured")

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
FAMILY = re.compile(r"^\| \[(\w+)\]\(([\w/]+)\) \| (\d+) \| \S.* \|$", flags=re.MULTILINE)
"""A line of the table of families: name, link, number of methods, and what it is about."""

PROGRAMS = [number for number, snippet in enumerate(SNIPPETS) if "def test_" not in snippet]
TESTS = [number for number, snippet in enumerate(SNIPPETS) if "def test_" in snippet]


def run(folder: Path, numbers: list[int], *command: str, **environment: str) -> str:
    files = [folder / f"test_snippet_{number}.py" for number in numbers]
    for number, file in zip(numbers, files, strict=True):
        file.write_text(SNIPPETS[number], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *command, *files],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize("number", PROGRAMS)
def test_a_program_runs_and_prints(
    number: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if "REDIS_URL" in SNIPPETS[number]:
        monkeypatch.setenv("REDIS_URL", request.getfixturevalue("redis_url"))
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "program.py"
    program.write_text(SNIPPETS[number], encoding="utf-8")
    runpy.run_path(str(program), run_name="__main__")
    printed, warned = capfd.readouterr()
    assert (bool(printed), warned) == (True, "")


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_the_tests_pass_in_both_modes_of_pytest_asyncio(mode: str, tmp_path: Path) -> None:
    settings = (
        f"[pytest]\nasyncio_mode = {mode}\nasyncio_default_fixture_loop_scope = function\nfilterwarnings = error\n"
    )
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    plugins = "-p", "pytest_asyncio.plugin", "-p", "yamarket_async.pytest_plugin", "-p", "no:cacheprovider"
    printed = run(tmp_path, TESTS, "-m", "pytest", "-q", *plugins, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert f"{len(TESTS)} passed" in printed


def test_the_table_of_families_has_each_once_with_its_folder_and_the_number_of_its_methods() -> None:
    rows = FAMILY.findall(README)
    assert sorted(name for name, _, _ in rows) == sorted(FAMILIES)
    assert {name: int(methods) for name, _, methods in rows} == Counter(family_of().values())
    root = Path(__file__).parents[1]
    for name, link, _ in rows:
        assert link == f"yamarket_async/families/{name}"
        assert (root / link / "methods.py").is_file() or (root / link / "methods").is_dir()


async def test_what_is_told_of_each_attempt(yamarket_sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    (snippet,) = (
        each for each in re.findall(r"^```py\n(.*?)^```$", README, re.MULTILINE | re.DOTALL) if "on_call=" in each
    )
    told = README.partition(snippet)[2]
    # As it stands, but for where the API is.
    program = snippet.replace("MarketClient(", "MarketClient(sandbox.api_key, base_url=sandbox.url, ")
    names: dict[str, Any] = {"sandbox": yamarket_sandbox}
    exec(program, names)  # noqa: S102
    async with names["market"] as market:
        await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    (printed, *_) = capsys.readouterr().out.splitlines()
    shown = re.search(r"^It prints `(.*)`\.$", told, re.MULTILINE)[1]
    assert printed.split()[:-1] == [*shown.split()[:2], str(yamarket_sandbox.campaign_id), "200"]
    named = README[README.index("with a `Call`: its") : README.index(snippet)]
    assert set(re.findall(r"`(\w+)`", named)) == {"Call", *Call.__struct_fields__}
