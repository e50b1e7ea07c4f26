"""Which description the table is compared with."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / ".." / "shared" / "api" / "openapi.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--openapi", help="the official description to compare with, bundled or in many files")


@pytest.fixture(scope="session")
def description_path(pytestconfig: pytest.Config) -> Path:
    given = pytestconfig.getoption("--openapi", default=None)
    path = Path(given) if given else SHARED
    if not path.exists():
        pytest.skip("there is no description here; give one with --openapi FILE")
    return path
