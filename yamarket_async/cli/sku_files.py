"""Files of SKUs: one a line."""

from collections.abc import Iterable

from yamarket_async.arguments import SKU_RULE, trimmed_sku
from yamarket_async.cli.running import WRONG_USAGE, Failure

STDIN = "-"


def read_skus(name: str) -> list[str]:
    """Read SKUs from a file, one a line, in UTF-8; blank lines are skipped, and each product is kept once.

    Args:
        name: the file, or "-" for stdin.

    Raises:
        Failure: it can't be read, is no UTF-8, holds no SKU, or a line is none.
    """
    try:
        # Only what a file calls a line break is one here: a SKU may hold U+2028, at which str.splitlines would cut.
        is_stdin = name == STDIN
        with open(0 if is_stdin else name, encoding="utf-8-sig", closefd=not is_stdin) as file:
            return _checked("standard input" if is_stdin else name, file)
    except UnicodeDecodeError as error:
        raise Failure(
            f"--offer-ids-from {name}: is not UTF-8 ({error.reason}); save it as UTF-8", WRONG_USAGE
        ) from None
    except OSError as error:
        raise Failure(f"--offer-ids-from {name}: {error.strerror}", WRONG_USAGE) from None


def _checked(name: str, lines: Iterable[str]) -> list[str]:
    skus: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        sku = trimmed_sku(line.rstrip("\n"))
        if sku is None:
            raise Failure(f"{name}, line {number}: {SKU_RULE}", WRONG_USAGE)
        skus[sku] = None
    if not skus:
        raise Failure(f"{name}: holds no SKU", WRONG_USAGE)
    return list(skus)
