"""The portal's notices to the public, as the first screen shows them."""

from __future__ import annotations

import threading

from config.text import Text
from kiosk.terminal.clock import Now
from kiosk.terminal_port import PublicNotice
from portal.client import PortalClient
from portal.contract.operations import Notice
from portal.outcomes import Answer


class NoticeBoard:
    """What is in force now. The monitor's thread asks the portal; any thread may look.

    What can't be asked about is not shown: nobody knows then whether it still holds.
    """

    def __init__(self, client: PortalClient, now: Now) -> None:
        self._client = client
        self._now = now
        self._lock = threading.Lock()
        self._known: tuple[Notice, ...] = ()
        self._told: tuple[PublicNotice, ...] = ()

    def fetch(self) -> None:
        """Ask; without an answer what was known stays until :meth:`clear`."""
        outcome = self._client.notices()
        if isinstance(outcome, Answer):
            with self._lock:
                self._known = tuple(outcome.value.notices)

    def clear(self) -> None:
        """The portal is away."""
        with self._lock:
            self._known = ()

    def changed(self) -> bool:
        """Whether something else is in force than at the last call."""
        shown = self.shown()
        with self._lock:
            before, self._told = self._told, shown
        return shown != before

    def shown(self) -> tuple[PublicNotice, ...]:
        """In force at this moment, newest first."""
        now = self._now()
        with self._lock:
            known = self._known
        return tuple(
            PublicNotice(Text(zh=_line(one.text_zh), en=_line(one.text_en)), one.starts_at)
            for one in known
            if one.starts_at <= now and (one.ends_at is None or now < one.ends_at)
        )


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
