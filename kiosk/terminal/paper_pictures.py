"""Pictures of what is printed, in the vault: one set a paper, the newest."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence

from kiosk.terminal.vault import Vault


def shown(handle: str) -> str:
    """The name under which the picture of ``handle`` is kept for the screen."""
    return f"{handle}:shown"


class PaperPictures:
    """Keeps the pages of ``receipt`` and ``proof``; thread-safe."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, int]] = {}

    def put(self, paper: str, pages: Sequence[bytes], epoch: int) -> str:
        """Keep ``pages`` as ``handle:1`` and so on, instead of those before; "" after a wipe."""
        handle = secrets.token_hex(8)
        with self._lock:
            old, count = self._kept.pop(paper, ("", 0))
            self._kept[paper] = (handle, len(pages))
        for number in range(1, count + 1):
            self._vault.drop(shown(f"{old}:{number}"))
        kept = [
            self._vault.keep(shown(f"{handle}:{number}"), page, epoch)
            for number, page in enumerate(pages, start=1)
        ]
        return handle if kept and all(kept) else ""
