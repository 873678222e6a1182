"""What confirming a receipt costs: our adapter against a raw socket sending the same bytes.

Both print on the same simulated printer, in turns. The raw socket ends with a process ID query of
its own (GS ( H), so that both have a moment when the printer says "printed".

    python benchmarks/receipt.py [--rounds 10] [--rows 1200] [--rows-per-s 0]
"""

from __future__ import annotations

import argparse
import random
import socket
import statistics
import time
from collections.abc import Callable

from drivers.escpos import EscposTcpPrinter, encoding
from drivers.escpos.simulator import EscposSimulator
from drivers.ports import AdapterContext, PrintOutcome, PrintResult, RasterImage
from drivers.results import Ok

DOTS = 576
_IDENTITY = b"BNCH"
Timed = tuple[float, float]


class LastByte:
    """Notes when bytes last left the adapter."""

    def __init__(self) -> None:
        self.at = 0.0

    def tap(self, direction: str, data: bytes) -> None:
        # the closing block ends a job; queries that are repeated afterwards do not count
        if direction == "out" and b"\x1dV" in data:
            self.at = time.perf_counter()


def ours(host: str, port: int, image: RasterImage) -> Timed:
    """One receipt through the adapter, connected beforehand."""
    last = LastByte()
    context = AdapterContext(
        "receipt",
        {"host": host, "port": port, "confirm": "gs_h"},
        lambda name, data: None,
        lambda: False,
        last.tap,
    )
    printer = EscposTcpPrinter(context)
    if not isinstance(printer.open(), Ok):
        raise RuntimeError("the printer did not open")
    start = time.perf_counter()
    result = printer.print_receipt(image, 120)
    done = time.perf_counter()
    printer.close()
    if result != Ok(PrintResult(PrintOutcome.CONFIRMED)):
        raise RuntimeError(f"not confirmed: {result}")
    return last.at - start, done - start


def raw(host: str, port: int, image: RasterImage) -> Timed:
    """The same receipt with ``sendall``, and the wait for the process ID."""
    with socket.create_connection((host, port), timeout=120) as wire:
        start = time.perf_counter()
        wire.sendall(encoding.INITIALISE + b"".join(encoding.raster_blocks(image)))
        wire.sendall(encoding.FEED_AND_PARTIAL_CUT + encoding.ask_process_id(_IDENTITY))
        sent = time.perf_counter()
        heard = b""
        while _IDENTITY not in heard:
            piece = wire.recv(100)
            if not piece:
                raise RuntimeError("the printer closed the connection")
            heard += piece
        return sent - start, time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rows", type=int, default=1200, help="height of the receipt in dots")
    parser.add_argument("--rows-per-s", type=float, default=0.0, help="print speed; 0: no limit")
    arguments = parser.parse_args()
    data = random.Random(1).randbytes(DOTS // 8 * arguments.rows)
    image = RasterImage(DOTS, arguments.rows, encoding.without_realtime_codes(data))
    simulator = EscposSimulator.on_tcp(rows_per_s=arguments.rows_per_s or None)
    simulator.start()
    host, _, port = simulator.address.rpartition(":")
    contestants: dict[str, Callable[[str, int, RasterImage], Timed]] = {
        "raw socket": raw,
        "adapter": ours,
    }
    times: dict[str, list[Timed]] = {name: [] for name in contestants}
    try:
        for number in range(arguments.rounds + 1):
            for name, contestant in contestants.items():
                timed = contestant(host, int(port), image)
                if number:  # the first round warms up
                    times[name].append(timed)
    finally:
        simulator.stop()
    floor = statistics.median(done for _, done in times["raw socket"])
    print(f"{arguments.rows} rows, {len(image.data)} bytes; medians of {arguments.rounds} rounds")
    print(f"{'':12} {'last byte ms':>13} {'confirmed ms':>13} {'x raw':>7}")
    for name, timings in times.items():
        sent, done = (statistics.median(column) for column in zip(*timings, strict=True))
        print(f"{name:12} {sent * 1000:>13.1f} {done * 1000:>13.1f} {done / floor:>7.2f}")


if __name__ == "__main__":
    main()
