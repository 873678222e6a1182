"""What every adapter on PC/SC does: watch the readers, wait for a card, read it, and tell why not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeVar

from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, DeviceInfo
from drivers.results import Failure, Ok, Result
from drivers.smartcard.apdu import Transmit
from drivers.smartcard.redaction import ApduRedactor
from drivers.smartcard.service import NO_ENTRY, use_socket
from drivers.smartcard.session import CardSession, Patience
from drivers.smartcard.watcher import ReaderWatcher, Seen, Slot
from drivers.smartcard.worker import Worker
from drivers.status import DeviceState, DeviceStatus, MediaState

T = TypeVar("T")

_FIRST_LOOK_S = 2.0
_READINGS = 2  # a card that was still sliding in when it was read first
_WORTH_ANOTHER_TRY = frozenset({"smartcard.unreadable", "idcard.unreadable", "smartcard.mute"})


class PcscOptions(Options):
    """Settings. ``reader``: part of the reader's name, or a pattern with ``*`` and ``?``, without
    regard to case; a card in any reader that fits is taken, empty means all. ``answer_s``: seconds
    after which a chip that does not answer counts as mute. ``socket``: of pcscd, if it is not the
    machine's own (pcsc-lite's ``PCSCLITE_CSOCK_NAME``)."""

    reader: str = ""
    answer_s: float = option(default=8.0, ge=0.2, le=60.0)
    socket: str = ""

    def fits(self, name: str) -> bool:
        """True if the reader is one of those meant."""
        pattern = self.reader.casefold()
        if not any(sign in pattern for sign in "*?"):
            pattern = f"*{pattern}*"
        return fnmatchcase(name.casefold(), pattern.replace("[", "[[]"))


@dataclass(frozen=True, slots=True)
class _Threads:
    """What an open adapter has running."""

    watcher: ReaderWatcher
    worker: Worker


class PcscReader:
    """A reader of chip cards on PC/SC, one thread beside the watcher's and the worker's."""

    flight_redactor = ApduRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options = PcscOptions()
        self._threads: _Threads | None = None
        self._hangs = ""

    def open(self) -> Result[None]:
        """Find the service and the reader.

        Failures: ``device.misconfigured`` (options, or no entry at pcscd), ``device.offline`` (no
        pcscd), ``device.gone`` (no reader by that name).
        """
        self.close()
        read = read_options(PcscOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        self._options = read.value
        use_socket(self._options.socket)
        watcher = ReaderWatcher()
        self._threads = _Threads(watcher, Worker())
        watcher.start()
        seen = watcher.wait(lambda seen: seen.service is not None, _FIRST_LOOK_S)
        trouble = self._trouble(seen or Seen(service=False))
        if trouble is not None:
            self.close()
            return trouble
        return Ok(None)

    def close(self) -> None:
        """End the threads. A call that hangs in the service is left behind."""
        threads, self._threads = self._threads, None
        self._hangs = ""
        if threads is not None:
            threads.watcher.stop()
            threads.worker.close()

    def status(self) -> DeviceStatus:
        """What the watcher saw last; nothing is asked."""
        if self._threads is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        seen = self._threads.watcher.seen
        trouble = self._trouble(seen)
        if trouble is not None:
            gone = trouble.code == "device.gone"
            return DeviceStatus(
                DeviceState.NO_DEVICE if gone else DeviceState.OFFLINE,
                MediaState.UNKNOWN,
                failure=trouble.code,
                detail=trouble.detail,
            )
        if self._threads.worker.busy and self._hangs:
            return DeviceStatus(
                DeviceState.HARDWARE_ERROR,
                MediaState.PRESENT,
                failure="smartcard.mute",
                detail=self._hangs,
            )
        here = any(slot.occupied for slot in self._slots(seen).values())
        return DeviceStatus(
            DeviceState.ONLINE, MediaState.PRESENT if here else MediaState.NOT_PRESENT
        )

    def device_info(self, timeout_s: float) -> Result[DeviceInfo]:
        """The readers in use by name; PC/SC knows little else that is not the card's."""
        if self._threads is None:
            return Failure("device.offline", "not open")
        seen = self._threads.watcher.seen
        trouble = self._trouble(seen)
        if trouble is not None:
            return trouble
        names = sorted(self._slots(seen))
        facts = tuple((name, slot.state.value) for name, slot in sorted(self._slots(seen).items()))
        return Ok(DeviceInfo(model=names[0], facts=facts, note="names as pcscd gives them"))

    def _read(self, reading: Callable[[Transmit], Result[T]], timeout_s: float) -> Result[T]:
        """Wait for a card and read it; tried again once if it was unreadable and still lies there."""
        threads = self._threads
        if threads is None:
            return Failure("device.offline", "not open")
        patience = Patience(
            self._options.answer_s, time.monotonic() + timeout_s, self._context.cancelled
        )
        if (
            threads.worker.busy
            and (hangs := self._until_free(threads.worker, patience)) is not None
        ):
            return hangs
        found = self._wait_for_card(threads.watcher, patience)
        if isinstance(found, Failure):
            return found
        self._context.emit("card_found", {})
        for _ in range(_READINGS - 1):
            result = self._read_once(threads, found.value, reading, patience)
            still = threads.watcher.seen.readers.get(found.value)
            if self._hangs or still is None or not still.occupied:
                return result
            if not isinstance(result, Failure) or result.code not in _WORTH_ANOTHER_TRY:
                return result
        return self._read_once(threads, found.value, reading, patience)

    def _read_once(
        self,
        threads: _Threads,
        reader: str,
        reading: Callable[[Transmit], Result[T]],
        patience: Patience,
    ) -> Result[T]:
        tap = self._context.tap
        session = CardSession(reader, threads.watcher, threads.worker, patience, tap)
        try:
            connected = session.connect()
            result = connected if isinstance(connected, Failure) else reading(session.transmit)
        finally:
            self._hangs = "a call to the card has not come back" if threads.worker.busy else ""
            session.close()
        return result

    def _until_free(self, worker: Worker, patience: Patience) -> Failure | None:
        """Wait for a call of the reading before to come back; why not, if it does not."""
        try:
            worker.call(lambda: None, patience.for_one(), patience.cancelled)
        except Exception:
            if self._context.cancelled():
                return Failure("device.cancelled")
            return Failure("smartcard.mute", self._hangs or "the service has not come back")
        return None

    def _wait_for_card(self, watcher: ReaderWatcher, patience: Patience) -> Result[str]:
        """The name of a reader with a card in it."""

        def decided(seen: Seen) -> bool:
            return self._trouble(seen) is not None or self._with_card(seen) != ""

        left = max(0.0, patience.deadline - time.monotonic())
        seen = watcher.wait(decided, left, patience.cancelled)
        if seen is None:
            return (
                Failure("device.cancelled") if patience.cancelled() else Failure("smartcard.none")
            )
        trouble = self._trouble(seen)
        return Ok(self._with_card(seen)) if trouble is None else trouble

    def _slots(self, seen: Seen) -> dict[str, Slot]:
        return {name: slot for name, slot in seen.readers.items() if self._options.fits(name)}

    def _with_card(self, seen: Seen) -> str:
        return next((n for n, slot in sorted(self._slots(seen).items()) if slot.occupied), "")

    def _trouble(self, seen: Seen) -> Failure | None:
        if seen.barred:
            return NO_ENTRY
        if not seen.service:
            return Failure("device.offline", "no PC/SC service")
        if not self._slots(seen):
            return Failure("device.gone", f"no reader among {len(seen.readers)} fits the name")
        return None
