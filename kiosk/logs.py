"""Where a terminal's log lines go."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path


def setup_logging(folder: Path | None, *, verbose: bool = False) -> None:
    """Structured lines to stderr and, with a folder, to ``terminal.log`` in it (rotated, 0600)."""
    from logging.handlers import RotatingFileHandler

    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "terminal.log"
        path.touch(mode=0o600)
        handlers.append(RotatingFileHandler(path, maxBytes=5_000_000, backupCount=8))
        os.chmod(path, 0o600)
        handlers[0].setLevel(logging.INFO if verbose else logging.WARNING)
        # How late the GUI ran is for the file; a busy laptop would fill the newcomer's screen.
        handlers[0].addFilter(lambda record: verbose or record.name != "screens.lateness")
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        handlers=handlers,
        force=True,
    )
    for noisy in ("urllib3", "asyncio", "PIL", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
