"""README's snippets run as they stand."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("there is no redis-server here; Debian's package redis-server has it")
    file = tmp_path / "redis.sock"
    settings = ["--port", "0", "--unixsocket", str(file), "--save", "", "--daemonize", "no", "--dir", str(tmp_path)]
    with subprocess.Popen([program, *settings], stdout=subprocess.DEVNULL) as server:
        while not file.exists():
            assert server.poll() is None
            time.sleep(0.01)
        yield f"unix://{file}"
        server.terminate()


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_snippet_runs(number: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    snippet = SNIPPETS[number]
    path = tmp_path / "test_snippet.py"
    path.write_text(snippet, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n", encoding="utf-8"
    )
    arguments = ["-m", "pytest", "-q", str(path)] if "def test_" in snippet else ["-W", "error", str(path)]
    environment = os.environ | ({"REDIS_URL": request.getfixturevalue("redis_url")} if "REDIS_URL" in snippet else {})
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, cwd=tmp_path, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
    assert not done.stderr
