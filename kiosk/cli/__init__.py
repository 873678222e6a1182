"""The ``kiosk`` command."""

from kiosk.cli.main import main

__all__ = ["main"]
