"""How to add an extra to this very installation, from wherever it came."""

import json
import shlex
from importlib.metadata import PackageNotFoundError, distribution
from urllib.parse import unquote, urlsplit

DISTRIBUTION = "yamarket-async"


def pip_command(extra: str) -> str:
    """Give the command of pip that adds an extra.

    Args:
        extra: its name in pyproject.toml: cli, otel, parquet, redis or xlsx.

    Returns:
        A line for the shell; where the package was installed from a checkout or a file, one that names it.
    """
    option, source = "", DISTRIBUTION
    try:
        told = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # it lies on the path without having been installed
        told = {}
    url = urlsplit(told.get("url", ""))
    if url.scheme == "file":
        source = unquote(url.path)
        option = "-e " if told.get("dir_info", {}).get("editable") else ""
    return f"pip install {option}{shlex.quote(f'{source}[{extra}]')}"
