"""Makes the picture of `yamarket demo` out of a real run: on a terminal of its own, drawn as SVG.

The picture holds what one sees on the way: the progress at the longest wait for the limit, the progress at the end, and
the tables after it.
"""

import argparse
import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS, ROWS = 100, 40
COMMAND = "yamarket demo"

AFTERWORD = "The same against the real Market"
"""What the demo says in the end; README says it too."""

FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
"""A picture on a page loads no fonts from elsewhere, so those of the reader's system have to do."""

_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_REDRAWN = re.compile(r"\r\x1b\[2K|\x1b\[1A\x1b\[2K")
_CONTROL = re.compile(r"\x1b\[\?25[hl]|\r")
_WAITING = re.compile(r"waiting (\d+) s")


def run_on_terminal(command: list[str]) -> str:
    """Run a command on a terminal of its own, and give all that it writes there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environ.pop("NO_COLOR", None)
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, close_fds=True) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                read = os.read(ours, 65_536)
            except OSError:  # the terminal is closed: Linux says so by an error
                break
            if not read:
                break
            written += read
    os.close(ours)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
    return written.decode()


def frames(written: str) -> list[str]:
    """Cut what was written into what one saw, one redrawn line after the other; the last holds the tables too."""
    return [frame for part in _REDRAWN.split(written) if (frame := _CONTROL.sub("", part).strip("\n"))]


def longest_wait(seen: list[str]) -> str:
    """Choose the moment in the middle of the run that shows a wait with much of it to come."""
    waits = [(float(found[1]), frame) for frame in seen if (found := _WAITING.search(frame))]
    if not waits:
        sys.exit("the demo didn't wait for its limit, so there is nothing to show")
    most = max(seconds for seconds, _ in waits)
    good = [frame for seconds, frame in waits if seconds >= most / 2]
    return good[len(good) // 2]


def draw(seen: list[str]) -> str:
    """Draw the command, the wait, and the end."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), (COMMAND, "bold")))
    console.print(Text.from_ansi(longest_wait(seen)))
    console.print(Text.from_ansi(seen[-1].partition(AFTERWORD)[0].rstrip()))
    picture = console.export_svg(title=COMMAND, theme=MONOKAI)
    return _FONT_FACE.sub("", picture).replace("Fira Code, monospace", FONTS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=HERE / "demo.svg", help="the picture")
    arguments = parser.parse_args()
    yamarket = Path(sys.executable).parent / "yamarket"
    seen = frames(run_on_terminal([str(yamarket), *COMMAND.split()[1:]]))
    arguments.output.write_text("\n".join(line.rstrip() for line in draw(seen).splitlines()) + "\n")
    print(f"wrote {arguments.output}")


if __name__ == "__main__":
    main()
