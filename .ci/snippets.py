"""Writes README's Python snippets as files that type checkers read, each line under its number on the page."""

import re
import sys
from pathlib import Path

SNIPPET = re.compile(r"^```py(?:thon)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write(readme: Path, folder: Path) -> None:
    """Write them, but for the one of Django, which is installed for no test and has no types of its own."""
    text = readme.read_text(encoding="utf-8")
    for found in SNIPPET.finditer(text):
        if "from django." not in found[1]:
            lines_before = text.count("\n", 0, found.start(1))
            (folder / f"README_{lines_before}.py").write_text("\n" * lines_before + found[1], encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parents[1] / "README.md", Path(sys.argv[1]))
