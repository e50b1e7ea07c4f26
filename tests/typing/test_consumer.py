"""What users write needs no cast and no ignore under strict checking: the program of consumer.py is clean."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

CONSUMER = Path(__file__).with_name("consumer.py")


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed; .ci/run checks this in its types step")
def test_the_program_of_a_user_is_clean_under_mypy_strict(tmp_path: Path) -> None:
    # Without the settings of this project, as a user has it; the package itself has a step of its own in .ci/run.
    options = ["--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={tmp_path}"]
    checked = subprocess.run([sys.executable, "-m", "mypy", *options, CONSUMER], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
