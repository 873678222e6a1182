"""The ``kiosk`` command."""

from __future__ import annotations

import sys

from kiosk.cli.told import told

__all__ = ["main"]


def main() -> None:
    """Entry point of the console script. ``kiosk run`` shows its window first of all: reading the
    command line alone takes as long as an empty window."""
    if sys.argv[1:2] == ["run"] and not {"-h", "--help"} & set(sys.argv):
        from kiosk.cli.early import open_window

        told(lambda: open_window(sys.argv[2:]))
    from kiosk.cli.main import app

    told(app)
