"""What the tests of the limits share."""

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def benchmark():
    """The model of the Market that `benchmarks/limits.py` measures with, and its virtual time."""
    file = Path(__file__).parents[2] / "benchmarks" / "limits.py"
    spec = importlib.util.spec_from_file_location("limits_benchmark", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]
