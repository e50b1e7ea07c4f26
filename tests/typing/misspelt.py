"""Names that aren't there: type checkers must complain of each line, or else they complain of what ignores that.

It is never run; .ci/run checks it.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true, reportUnknownVariableType=false, reportUnusedImport=false

from yamarket_async import MarketClientt  # type: ignore[attr-defined]
from yamarket_async.models import OutletRequst  # type: ignore[attr-defined]
from yamarket_async.notifications import OrderCreate  # type: ignore[attr-defined]
