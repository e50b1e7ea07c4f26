"""What happens by itself in the pretend Market, in all parts at once, whenever somebody looks."""

from collections.abc import Callable

from yamarket_async.sandbox.world import World


class Settling:
    """The parts in which something happens by the clock, without timers.

    Whoever reads one of them calls `settle` first; so it makes no difference which part is read, and when.
    """

    def __init__(self, world: World) -> None:
        # So that it is settled, too, when nobody reads and only time passes.
        world.watch(Settling)
        self._parts: list[Callable[[], None]] = []
        self._busy = False

    def join(self, settle: Callable[[], None]) -> None:
        """Call this, too, when somebody looks: it lets what is due happen in a part."""
        self._parts.append(settle)

    def settle(self) -> None:
        """Let everything happen that is due by the clock. Does nothing while it does."""
        if self._busy:
            return
        self._busy = True
        try:
            for settle in self._parts:
                settle()
        finally:
            self._busy = False
