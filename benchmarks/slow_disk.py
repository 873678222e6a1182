"""A disk whose flushes take longer: an SQLite VFS that waits in every flush."""

from __future__ import annotations

import threading
from typing import Any

import apsw

NAME = "slow-disk"


def register_slow_disk(extra_s: float) -> str:
    """Register a VFS that adds ``extra_s`` seconds to each flush; its name. Kept until exit."""

    class File(apsw.VFSFile):
        def __init__(self, name: Any, flags: Any) -> None:
            super().__init__("", name, flags)

        def xSync(self, flags: int) -> None:
            super().xSync(flags)
            threading.Event().wait(extra_s)

    class Vfs(apsw.VFS):
        def __init__(self) -> None:
            super().__init__(NAME, "")

        def xOpen(self, name: Any, flags: Any) -> File:
            return File(name, flags)

    _registered.append(Vfs())
    return NAME


_registered: list[apsw.VFS] = []
