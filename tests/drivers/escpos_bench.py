"""What the ESC/POS tests share: a context that records events, pictures, a printer on a wire."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from drivers.escpos import EscposSerialPrinter, EscposTcpPrinter
from drivers.escpos.simulator import EscposSimulator
from drivers.ports import AdapterContext, RasterImage
from drivers.results import Ok


class Bench:
    """Records what an adapter emits; ``on_event`` may act on it at once."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.progress: list[str] = []
        self.on_event: Callable[[str], None] = lambda name: None
        self.give_up = False

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        (self.progress if name in ("printing", "sent") else self.events).append(name)
        self.on_event(name)

    def context(self, **options: Any) -> AdapterContext:
        return AdapterContext("receipt", options, self.emit, lambda: self.give_up)

    def tcp(self, simulator: EscposSimulator, **options: Any) -> EscposTcpPrinter:
        host, _, port = simulator.address.rpartition(":")
        return EscposTcpPrinter(self.context(host=host, port=int(port), **options))

    def serial(self, simulator: EscposSimulator, **options: Any) -> EscposSerialPrinter:
        return EscposSerialPrinter(self.context(port=simulator.address, **options))


def noise_image(width: int, height: int, seed: int = 7) -> RasterImage:
    """A picture in which every lost, doubled or shifted byte shows; free of real-time codes."""
    data = random.Random(seed).randbytes((width + 7) // 8 * height).replace(b"\x10", b"\x11")
    return RasterImage(width, height, data)


def opened(printer: EscposTcpPrinter | EscposSerialPrinter) -> None:
    assert printer.open() == Ok(None)
