"""An ESC/POS printer without hardware, on a real wire: TCP, pseudo-terminal, character device.

It reads the bytes as a printer does, keeps what was printed as pictures in memory, and has faults
that strike in mid-job. Use: demo mode, tests, and the flight recorder's replays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drivers.escpos.model import PrinterModel, Receipt
from drivers.escpos.wires import PtyWire, TcpWire, UsbWire, Wire
from drivers.simulation import Commanded

_PIECE_S = 0.002
# What starts no answer of the protocol, whatever follows it.
_NOISE = b"\xff\x80\xe9\x9b"

_COMMANDS: Mapping[str, str] = {
    "paper_out": "The roll ends, now or after_lines=N dot lines from now (in the middle of a job).",
    "load_paper": "A new roll is in.",
    "paper_low": "The roll is near its end.",
    "cover_open": "The cover is opened; printing stops at once.",
    "cover_close": "The cover is closed.",
    "power_off": "Power goes: the connection is reset, the buffer lost.",
    "power_on": "Power is back.",
    "power_cycle": "Off and on again (boot_s=0.5), now or once after_bytes=N more have arrived.",
    "mute": "No answers any more, now or after_bytes=N (on=False: answers again).",
    "pieces": "Answers come byte by byte (on=False: whole again).",
    "noise": "Stray bytes run into the next answer.",
    "no_gs_h": "A clone that ignores GS ( H (on=False: knows it again).",
    "no_raster": "A printer without GS v 0 and GS ( L, which knows ESC * only (on=False: knows them).",
    "no_gs_p": "A clone that ignores GS P: its feeds are of another length (on=False: obeys it).",
    "no_cutter": "A printer without a cutter, which passes GS V over (on=False: it has one).",
    "tear_off": "Somebody tears off what is out, where there is no cutter.",
    "cutter_fault": "The cutter jams at the next cut (on=False: repaired).",
    "head_hot": "The head is too hot, now or after_lines=N dot lines (on=False: it has cooled).",
    "slow": "Print speed in dot lines a second, rows_per_s=400 (0: as fast as it goes).",
}


class EscposSimulator(Commanded):
    """A printer on a wire; implements :class:`drivers.simulation.Simulator`.

    ``wire``: a :class:`TcpWire` or :class:`PtyWire`, not started. ``on_receipt`` is called in the
    printing thread for each piece of paper. The last 200 receipts stay in memory, none on disk.
    """

    COMMANDS = _COMMANDS

    def __init__(
        self,
        wire: Wire,
        *,
        dots_per_line: int = 576,
        buffer_bytes: int = 8192,
        rows_per_s: float | None = None,
        on_receipt: Callable[[Receipt], None] | None = None,
    ) -> None:
        self._wire = wire
        self._lock = threading.Lock()
        self._muted = False
        self._in_pieces = False
        self._noise = b""
        self._stopped = False
        self._pause = threading.Event()
        self._strike_after: tuple[int, Callable[[], None]] | None = None
        self._boot: threading.Timer | None = None
        self._model = PrinterModel(
            dots_per_line=dots_per_line,
            buffer_bytes=buffer_bytes,
            rows_per_s=rows_per_s,
            reply=self._answer,
            room_freed=wire.wake,
            on_receipt=on_receipt,
        )

    @classmethod
    def on_tcp(cls, host: str = "127.0.0.1", port: int = 0, **options: Any) -> EscposSimulator:
        """A network printer; port 0 takes a free one. ``options`` as for the class."""
        return cls(TcpWire(host, port), **options)

    @classmethod
    def on_pty(cls, link: Path | None = None, **options: Any) -> EscposSimulator:
        """A serial printer on a pseudo-terminal, under the name ``link`` if given."""
        return cls(PtyWire(link), **options)

    @classmethod
    def on_usb(cls, link: Path | None = None, **options: Any) -> EscposSimulator:
        """A USB printer: a character device that vanishes with the power, named ``link``."""
        return cls(UsbWire(link), **options)

    def start(self) -> None:
        """Open the wire and serve it."""
        self._model.start()
        self._wire.start(self._model.room, self._receive)

    def stop(self) -> None:
        """Unplug; safe to call twice."""
        with self._lock:
            already, self._stopped = self._stopped, True
            if self._boot is not None:
                self._boot.cancel()
        if not already:
            self._model.stop()
            self._wire.stop()

    @property
    def address(self) -> str:
        """``host:port`` or the terminal's path."""
        return self._wire.address

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """Pieces of paper so far, oldest first (the last 200)."""
        return tuple(self._model.receipts)

    def wait_for_receipts(self, count: int, timeout_s: float = 10.0) -> tuple[Receipt, ...]:
        """Wait until ``count`` receipts are out; returns those there are."""
        self._model.wait_for(lambda model: len(model.receipts) >= count, timeout_s)
        return self.receipts

    def wait_until_halted(self, timeout_s: float = 10.0) -> bool:
        """Wait until the mechanics have stopped for want of paper or an open cover."""
        return self._model.wait_for(lambda model: model.halted, timeout_s)

    def state(self) -> Mapping[str, Any]:
        """JSON-able picture of it now."""
        return {**self._model.state(), "muted": self._muted, "address": self.address}

    # -- the wire's side ----------------------------------------------------------------------

    def _answer(self, data: bytes) -> None:
        if self._muted:
            return
        noise, self._noise = self._noise, b""
        data = noise + data
        step = 1 if self._in_pieces else len(data)
        for at in range(0, len(data), step):
            self._wire.write(data[at : at + step])
            if self._in_pieces:
                self._pause.wait(_PIECE_S)

    def _receive(self, data: bytes) -> None:
        strike: Callable[[], None] | None = None
        rest = b""
        with self._lock:
            if self._strike_after is not None:
                left, action = self._strike_after
                if len(data) >= left:
                    data, rest, strike = data[:left], data[left:], action
                    self._strike_after = None
                else:
                    self._strike_after = (left - len(data), action)
        self._model.receive(data)
        if strike is not None:
            strike()
            self._model.receive(rest)

    def _strike(self, after_bytes: int | None, action: Callable[[], None]) -> None:
        if not after_bytes:
            action()
            return
        with self._lock:
            self._strike_after = (after_bytes, action)

    def _power(self, on: bool) -> None:
        self._model.set_power(on)
        self._wire.set_power(on)

    def _cycle(self, boot_s: float) -> None:
        self._power(False)
        with self._lock:
            if not self._stopped:
                self._boot = threading.Timer(boot_s, self._power, (True,))
                self._boot.daemon = True
                self._boot.start()

    # -- commands -----------------------------------------------------------------------------

    def _do_paper_out(self, after_lines: int | None = None) -> None:
        if after_lines:
            self._model.update(rows_left=after_lines)
        else:
            self._model.update(paper_out=True)

    def _do_load_paper(self) -> None:
        self._model.update(paper_out=False, paper_low=False, rows_left=None)

    def _do_paper_low(self) -> None:
        self._model.update(paper_low=True)

    def _do_cover_open(self) -> None:
        self._model.update(cover_open=True)

    def _do_cover_close(self) -> None:
        self._model.update(cover_open=False)

    def _do_power_off(self) -> None:
        self._power(False)

    def _do_power_on(self) -> None:
        self._power(True)

    def _do_power_cycle(self, after_bytes: int | None = None, boot_s: float = 0.5) -> None:
        self._strike(after_bytes, lambda: self._cycle(boot_s))

    def _do_mute(self, on: bool = True, after_bytes: int | None = None) -> None:
        self._strike(after_bytes, lambda: setattr(self, "_muted", on))

    def _do_pieces(self, on: bool = True) -> None:
        self._in_pieces = on

    def _do_noise(self) -> None:
        self._noise = _NOISE

    def _do_no_gs_h(self, on: bool = True) -> None:
        self._model.update(has_gs_h=not on)

    def _do_no_gs_p(self, on: bool = True) -> None:
        self._model.ignore_motion_units(on)

    def _do_no_raster(self, on: bool = True) -> None:
        self._model.ignore_raster(on)

    def _do_no_cutter(self, on: bool = True) -> None:
        self._model.update(has_cutter=not on)

    def _do_tear_off(self) -> None:
        self._model.tear_off()

    def _do_cutter_fault(self, on: bool = True) -> None:
        self._model.update(cutter_broken=on, **({} if on else {"cutter_error": False}))

    def _do_head_hot(self, on: bool = True, after_lines: int | None = None) -> None:
        if on and after_lines:
            self._model.update(rows_to_heat=after_lines)
        else:
            self._model.update(head_hot=on, rows_to_heat=None)

    def _do_slow(self, rows_per_s: float = 400.0) -> None:
        self._model.update(rows_per_s=rows_per_s or None)
