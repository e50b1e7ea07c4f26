"""What all tests share: where the reference material lies."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[1] / ".." / "shared" / "api"


@pytest.fixture(scope="session")
def openapi() -> dict[str, Any]:
    path = SHARED / "openapi.json"
    if not path.exists():
        pytest.skip("the OpenAPI description does not lie beside this checkout (../shared/api/openapi.json)")
    description: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return description


@pytest.fixture(scope="session")
def pages() -> Path:
    path = SHARED / "documents"
    if not path.exists():
        pytest.skip("the reference pages do not lie beside this checkout (../shared/api/documents)")
    return path
