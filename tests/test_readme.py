"""README's snippets run as they stand."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from yamarket_async.families import FAMILIES, family_of

pytestmark = pytest.mark.usefixtures("unmeasured")

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
FAMILY = re.compile(r"^\| \[(\w+)\]\(([\w/]+)\) \| (\d+) \| \S.* \|$", flags=re.MULTILINE)
"""A line of the table of families: name, link, number of methods, and what it is about."""

PROGRAMS = [number for number, snippet in enumerate(SNIPPETS) if "def test_" not in snippet]
TESTS = [number for number, snippet in enumerate(SNIPPETS) if "def test_" in snippet]


def run(number: int, folder: Path, *arguments: str, **environment: str) -> str:
    path = folder / "test_snippet.py"
    path.write_text(SNIPPETS[number], encoding="utf-8")
    command = [sys.executable, *arguments, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder, env=os.environ | environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize("number", PROGRAMS)
def test_a_program_runs_and_prints(number: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    redis = {"REDIS_URL": request.getfixturevalue("redis_url")} if "REDIS_URL" in SNIPPETS[number] else {}
    assert run(number, tmp_path, "-W", "error", **redis)


@pytest.mark.parametrize("mode", ["strict", "auto"])
@pytest.mark.parametrize("number", TESTS)
def test_a_test_passes_in_both_modes_of_pytest_asyncio(number: int, mode: str, tmp_path: Path) -> None:
    settings = (
        f"[pytest]\nasyncio_mode = {mode}\nasyncio_default_fixture_loop_scope = function\nfilterwarnings = error\n"
    )
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    printed = run(number, tmp_path, "-m", "pytest", "-q", "-p", "no:looptime_plugin", "-p", "no:cacheprovider")
    assert " passed" in printed
    assert "skipped" not in printed


def test_the_table_of_families_has_each_once_with_its_folder_and_the_number_of_its_methods() -> None:
    rows = FAMILY.findall(README)
    assert sorted(name for name, _, _ in rows) == sorted(FAMILIES)
    assert {name: int(methods) for name, _, methods in rows} == Counter(family_of().values())
    root = Path(__file__).parents[1]
    for name, link, _ in rows:
        assert link == f"yamarket_async/families/{name}"
        assert (root / link / "methods.py").is_file() or (root / link / "methods").is_dir()
