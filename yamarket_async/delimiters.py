"""Telling what parts the cells of a table in text, without I/O."""

from collections.abc import Sequence


def delimiter_of(text: str) -> str:
    """Tell what parts the cells: what the first two lines have as many of, outside of quotes, or the first most of.

    Of a semicolon or a tab and a comma it is not the comma: `Цена, руб.` has one too, and a price may.
    """
    lines, quoted = [""], False
    for letter in text.lstrip("\r\n"):
        quoted ^= letter == '"'
        if letter == "\n" and not quoted:
            if len(lines) == 2:
                break
            lines.append("")
        lines[-1] += "" if quoted else letter
    first, second = lines[0], lines[-1]
    return max(";\t,", key=lambda mark: (0 < first.count(mark) == second.count(mark), first.count(mark)))


def names_delimiter(cells: Sequence[str]) -> bool:
    """Tell whether the first row is the line `sep=;`, by which Excel is told what parts the cells."""
    return 0 < len(cells) <= 2 and cells[0].lower() == "sep="
