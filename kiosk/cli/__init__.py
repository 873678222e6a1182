"""The ``kiosk`` command."""

from __future__ import annotations

import gc
import sys

from kiosk.cli.told import told

__all__ = ["main"]

INTERRUPTED = 130
"""What a shell calls the end by Ctrl-C."""


def main() -> None:
    """Entry point of the console script. ``kiosk run`` shows its window first of all, and reads an
    ordinary line by itself: what reads command lines takes as long to load as an empty window."""
    arguments = sys.argv[2:]
    if sys.argv[1:2] == ["run"] and not {"-h", "--help"} & set(arguments):
        from kiosk.cli.early import open_window
        from kiosk.cli.run_line import read_line

        # Until the screens' collector takes over: passes over all that is being loaded find nothing.
        gc.disable()
        told(lambda: open_window(arguments))
        if (line := read_line(arguments)) is not None:
            from kiosk.cli.running import run_terminal

            try:
                told(lambda: sys.exit(run_terminal(line.config, line.trim, verbose=line.verbose)))
            except KeyboardInterrupt:
                sys.exit(INTERRUPTED)
    gc.enable()
    from kiosk.cli.main import app

    told(app)
