"""Recordings played again: the recorded operations against a stand-in that answers as recorded.

What the adapter makes of it now is laid beside what it made of it then: to see a fault of the field
at a desk, and to see that a mended adapter meets it well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from drivers.escpos import encoding
from drivers.escpos.replay import EscposReplay, recorded_rows
from drivers.escpos.wires import PtyWire, TcpWire
from drivers.flight.entry import Recording, ending, outcomes
from drivers.ipp.replay import IppReplay
from drivers.ports import AdapterContext, RasterImage
from drivers.registry import adapter_class
from drivers.sdt.replay import SdtReplay

_TIMEOUT_S = 60.0
_DOTS = 384
_DOCUMENT = b"%PDF-1.7\n% a stand-in: a recording holds no document\n%%EOF\n"


class _Player(Protocol):
    @property
    def address(self) -> str: ...
    def start(self) -> None: ...
    def turn(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """One operation: how it ended in the recording and how it ends now, as
    :func:`drivers.flight.entry.ending` tells it."""

    operation: str
    recorded: str
    now: str


class NotReplayableError(ValueError):
    """Recordings of this adapter can't be played; the message says why."""


def _host_and_port(address: str) -> dict[str, Any]:
    host, _, port = address.rpartition(":")
    return {"host": host, "port": int(port)}


_PLAYERS: Mapping[
    str,
    tuple[Callable[[Recording, Path], _Player], Callable[[str], dict[str, Any]]],
] = {
    "sdt-serial": (lambda recording, _: SdtReplay(recording), lambda address: {"port": address}),
    "escpos-tcp": (
        lambda recording, _: EscposReplay(recording, TcpWire("127.0.0.1", 0)),
        _host_and_port,
    ),
    "escpos-serial": (
        lambda recording, folder: EscposReplay(recording, PtyWire(folder / "printer")),
        lambda address: {"port": address},
    ),
    "ipp": (lambda recording, _: IppReplay(recording), lambda address: {"uri": address}),
}


def replayable() -> tuple[str, ...]:
    """Adapters whose recordings can be played."""
    return tuple(_PLAYERS)


@contextmanager
def _playing(recording: Recording) -> Iterator[tuple[_Player, dict[str, Any]]]:
    known = _PLAYERS.get(recording.adapter)
    if known is None:
        raise NotReplayableError(
            f"recordings of {recording.adapter!r} hold too little to be played; of "
            f"{', '.join(_PLAYERS)} they can be"
        )
    make, options = known
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        player = make(recording, Path(folder))
        player.start()
        try:
            yield player, options(player.address)
        finally:
            player.stop()


def replay(
    recording: Recording, options: Mapping[str, Any] | None = None, timeout_s: float = _TIMEOUT_S
) -> Iterator[Compared]:
    """Do the recorded operations again, one by one, as they ended in the recording.

    ``options``: the device's settings beside its address, best those of the recorded device.
    ``timeout_s``: of each operation. Raises :class:`NotReplayableError`.
    """
    with _playing(recording) as (player, address):
        context = AdapterContext(
            "replay", {**(options or {}), **address}, lambda _name, _data: None, lambda: False
        )
        make: Any = adapter_class(recording.adapter)
        adapter = make(context)
        try:
            for done in outcomes(recording):
                player.turn()
                result = _again(adapter, done.operation, recording, timeout_s)
                yield Compared(done.operation, done.code, ending(result))
        finally:
            adapter.close()


def _again(adapter: Any, operation: str, recording: Recording, timeout_s: float) -> Any:
    match operation:
        case "open":
            return adapter.open()
        case "read_card":
            return adapter.read_card(timeout_s)
        case "print_receipt":
            return adapter.print_receipt(_stand_in(recorded_rows(recording)), timeout_s)
        case "print_document":
            return adapter.print_document(_DOCUMENT, "stand-in", timeout_s)
    raise NotReplayableError(f"the operation {operation!r} can't be done again")


def _stand_in(rows: int) -> RasterImage:
    """As many lines as were printed; grey, for white lines would be fed instead of sent."""
    return RasterImage(
        _DOTS, max(1, rows), encoding.without_realtime_codes(b"\x55" * (_DOTS // 8 * max(1, rows)))
    )
