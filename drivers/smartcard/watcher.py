"""What readers there are, and what is in them: a thread that asks the PC/SC service to tell.

One context a lifetime of the service. When pcscd dies, the waiting call ends with a code; the
thread then asks for a new service until there is one. Every change is told once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from smartcard import scard

from drivers.smartcard.service import (
    CANCELLED,
    NO_READERS,
    NOT_LET_IN,
    SUCCESS,
    TIMEOUT,
    establish,
    release,
)

_NEW_READERS = "\\\\?PnP?\\Notification"
_LOOK_AGAIN_MS = 10_000  # in case a change was missed; a machine may have slept
_LEAVING_MS = 250  # pcscd tells that a pulled reader is silent, not when its name is gone
_SERVICE_PAUSE_S = 0.25
_STOP_S = 1.0
_CALLER_LOOKS_S = 0.1
_NO_READERS: Mapping[str, Slot] = MappingProxyType({})


class SlotState(StrEnum):
    """What is in a reader's slot. ``mute``: a card that did not answer when it was powered."""

    EMPTY = "empty"
    CARD = "card"
    MUTE = "mute"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Slot:
    """One reader. ``changes``: the service's count of insertions and removals, which tells two cards
    apart that were swapped between two looks."""

    state: SlotState
    changes: int = 0

    @property
    def occupied(self) -> bool:
        """There is a card, whether it answers or not."""
        return self.state in (SlotState.CARD, SlotState.MUTE)


@dataclass(frozen=True, slots=True)
class Seen:
    """The picture now. ``service``: pcscd answers; None before the first look. Without it there are
    no readers. ``barred``: it is there, and does not serve this account."""

    service: bool | None = None
    readers: Mapping[str, Slot] = field(default_factory=lambda: _NO_READERS)
    barred: bool = False


class ReaderWatcher:
    """Watches until :meth:`stop`. ``on_change``: called from the watcher's thread."""

    def __init__(self, on_change: Callable[[Seen], None] = lambda seen: None) -> None:
        self._on_change = on_change
        self._changed = threading.Condition()
        self._seen = Seen()
        self._stopping = threading.Event()
        self._context: Any = None
        self._thread = threading.Thread(target=self._run, name="pcsc-watcher", daemon=True)

    @property
    def seen(self) -> Seen:
        """The newest picture."""
        with self._changed:
            return self._seen

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, at once by ``SCardCancel``. A service that does not even take that is left
        to itself after a second, with the thread."""
        self._stopping.set()
        threading.Thread(target=self._cancel, name="pcsc-cancel", daemon=True).start()
        if self._thread.ident is not None:
            self._thread.join(_STOP_S)

    def wait(
        self,
        wanted: Callable[[Seen], bool],
        within_s: float,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Seen | None:
        """The first picture that is ``wanted``; None if none was in time, or the caller gave up."""
        deadline = time.monotonic() + within_s
        with self._changed:
            while not wanted(self._seen):
                left = deadline - time.monotonic()
                if left <= 0 or cancelled():
                    return None
                self._changed.wait(min(left, _CALLER_LOOKS_S))
            return self._seen

    def _cancel(self) -> None:
        # Again and again: a cancel that comes between two waits is lost.
        while self._thread.is_alive():
            context = self._context
            if context is not None:
                scard.SCardCancel(context)
            self._thread.join(0.02)

    # --- in the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            code, context = establish()
            if code == SUCCESS:
                self._context = context
                self._watch(context)
                self._context = None
                release(context)
            if not self._stopping.is_set():
                self._tell(Seen(service=False, barred=code == NOT_LET_IN))
                self._stopping.wait(_SERVICE_PAUSE_S)

    def _watch(self, context: Any) -> None:
        """Follow one service until it is gone."""
        known: dict[str, int] = {}
        pause = 0  # a first look, so that the picture is whole before there is anything to wait for
        while not self._stopping.is_set():
            code, names = scard.SCardListReaders(context, [])
            code &= 0xFFFFFFFF
            if code not in (SUCCESS, NO_READERS):
                return
            known = {name: known.get(name, scard.SCARD_STATE_UNAWARE) for name in names}
            asked = [*known.items(), (_NEW_READERS, len(known) << 16)]
            if scard.SCARD_STATE_UNAWARE in known.values():
                pause = 0
            code, states = scard.SCardGetStatusChange(context, pause, asked)
            code &= 0xFFFFFFFF
            if code == CANCELLED:
                continue
            if code not in (SUCCESS, TIMEOUT):
                if code == scard.SCARD_E_UNKNOWN_READER:  # it left between the two calls
                    known.clear()
                    continue
                return
            known.update(
                (name, state & ~scard.SCARD_STATE_CHANGED)
                for name, state, _ in states
                if name in known
            )
            slots = {name: _slot(state) for name, state in known.items()}
            self._tell(Seen(True, MappingProxyType(slots)))
            leaving = any(slot.state is SlotState.UNKNOWN for slot in slots.values())
            pause = _LEAVING_MS if leaving else _LOOK_AGAIN_MS

    def _tell(self, seen: Seen) -> None:
        with self._changed:
            if seen == self._seen:
                return
            self._seen = seen
            self._changed.notify_all()
        self._on_change(seen)


def _slot(state: int) -> Slot:
    changes = state >> 16
    if state & scard.SCARD_STATE_MUTE:
        return Slot(SlotState.MUTE, changes)
    if state & scard.SCARD_STATE_PRESENT:
        return Slot(SlotState.CARD, changes)
    if state & scard.SCARD_STATE_EMPTY:
        return Slot(SlotState.EMPTY, changes)
    return Slot(SlotState.UNKNOWN, changes)
