"""The newest lines of a text file that grows."""

from __future__ import annotations

import os
from pathlib import Path

TAIL = 256 * 1024


def newest_lines(path: Path, most: int) -> list[str]:
    """At most ``most`` of them, newest first, from the last 256 KiB; none where there is no file."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            start = max(0, file.tell() - TAIL)
            file.seek(start)
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    lines = text.splitlines()
    return lines[1 if start else 0 :][-most:][::-1]
