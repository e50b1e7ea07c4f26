"""The command `yamarket`."""

import signal
import sys


def main() -> None:
    """Run the command; where its extra is not installed, say how to get it."""
    try:
        from yamarket_async.cli.group import yamarket  # noqa: PLC0415 — click and rich are an extra
        from yamarket_async.cli.running import flush_errors, run  # noqa: PLC0415

        status = run(yamarket)
        flush_errors()
    except ModuleNotFoundError as error:
        if error.name not in {"click", "rich"}:
            raise
        from yamarket_async.extras import pip_command  # noqa: PLC0415 — only where it is needed

        sys.exit(f"yamarket: {error.name} is not installed; {pip_command('cli')}")
    except KeyboardInterrupt:
        # The imports take half a second, in which Ctrl-C is as likely as later.
        sys.stderr.write("yamarket: interrupted\n")
        status = 130
    # What is done is done: a Ctrl-C while the interpreter ends must not make a failure of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status)
