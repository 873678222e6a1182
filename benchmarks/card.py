"""From the card on the reader to the person's data, against the line's own time for the same bytes.

A real device host reads invented cards from the simulated reader, whose pseudo-terminal is paced
like a line of 115,200 baud, 8N1. A bare script (pyserial, exact lengths, no checks) reads the same
cards from the same reader in turn. The card is laid at a moment that knows nothing of ours.

    python benchmarks/card.py [--rounds 30] [--quick]
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import serial

from drivers.host import DeviceHost, HostSpec, HostState
from drivers.results import Ok
from drivers.sdt.cable import BITS_PER_BYTE
from drivers.sdt.cards import demo_card
from drivers.sdt.frames import FRAME_BYTES, Command, encode_request
from drivers.sdt.simulator import SdtReaderSimulator

BAUD = 115200
FOUND, SELECTED = FRAME_BYTES + 3 + 4, FRAME_BYTES + 3 + 8
PHOTO = bytes(range(256)) * 4
FINGERPRINT = bytes(reversed(PHOTO))


@dataclass(frozen=True)
class Case:
    """What is read; ``parts``: bytes of the record's parts with their lengths."""

    name: str
    command: Command
    photo: bytes
    fingerprint: bytes
    parts: int

    @property
    def answer(self) -> int:
        """Bytes of the answer to the read."""
        return FRAME_BYTES + 3 + self.parts

    @property
    def line_ms(self) -> float:
        """What find, select and read take on the line, requests included."""
        requests = 3 * len(encode_request(Command.FIND_CARD))
        return (requests + FOUND + SELECTED + self.answer) * BITS_PER_BYTE / BAUD * 1000


CASES = (
    Case("text and photo", Command.READ_TEXT_PHOTO, PHOTO, b"", 4 + 256 + 1024),
    Case(
        "with fingerprint",
        Command.READ_TEXT_PHOTO_FINGERPRINT,
        PHOTO,
        FINGERPRINT,
        6 + 256 + 1024 + 1024,
    ),
)


@dataclass
class Times:
    """Milliseconds of all rounds."""

    laid: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)


class Found:
    """When the adapter said that it saw a card."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self, name: str, event: str, data: Any) -> None:
        if event == "card_found":
            self.at = time.perf_counter()


def lay(simulator: SdtReaderSimulator, case: Case) -> float:
    """Put the card down; the moment it lay there."""
    card = replace(demo_card("resident"), photo=case.photo, fingerprint=case.fingerprint)
    simulator.command("lay_card", card=card)
    return time.perf_counter()


def looked_for(simulator: SdtReaderSimulator) -> None:
    """Wait until the reader was asked for a card a few times more."""
    requests = simulator.state()["requests"]
    target = requests.get("FIND_CARD", 0) + 3
    pause = threading.Event()
    while simulator.state()["requests"].get("FIND_CARD", 0) < target:
        pause.wait(0.002)
    pause.wait(random.uniform(0.0, 0.25))


@contextmanager
def our_host(simulator: SdtReaderSimulator, case: Case, found: Found) -> Iterator[DeviceHost]:
    """The adapter in its process, ready."""
    options = {"port": simulator.address, "fingerprint": bool(case.fingerprint)}
    host = DeviceHost(HostSpec("reader", "id_card_reader", "sdt-serial", options), on_event=found)
    host.start()
    try:
        if not isinstance(host.call("device_info", timeout_s=10).result(20), Ok):
            raise SystemExit("the host did not open the reader")
        if host.state is not HostState.READY:
            raise SystemExit(f"the host is {host.state}")
        yield host
    finally:
        host.stop()


def ours(
    simulator: SdtReaderSimulator, case: Case, host: DeviceHost, found: Found
) -> tuple[float, float]:
    """Milliseconds from the laid card, and from the card seen, to the identity in our hands."""
    done: list[float] = []
    future: Future[Any] = host.call("read_card", timeout_s=10)
    future.add_done_callback(lambda _: done.append(time.perf_counter()))
    looked_for(simulator)
    laid = lay(simulator, case)
    result = future.result(20)
    simulator.command("remove_card")
    if not isinstance(result, Ok) or len(result.value.photo) != len(case.photo):
        raise SystemExit(f"not read: {result}")
    if len(result.value.fingerprint) != len(case.fingerprint):
        raise SystemExit("the fingerprint is missing")
    return (done[0] - laid) * 1000, (done[0] - found.at) * 1000


def bare(simulator: SdtReaderSimulator, case: Case) -> float:
    """Milliseconds a script takes that asks once and reads as many bytes as must come."""
    with serial.Serial(simulator.address, BAUD, timeout=2) as port:
        laid = lay(simulator, case)
        asked = ((Command.FIND_CARD, FOUND), (Command.SELECT_CARD, SELECTED))
        for command, size in (*asked, (case.command, case.answer)):
            port.write(encode_request(command))
            if len(port.read(size)) != size:
                raise SystemExit(f"the bare script lost bytes of {command.name}")
        taken = time.perf_counter() - laid
    simulator.command("remove_card")
    return taken * 1000


def measure(case: Case, rounds: int) -> tuple[Times, list[float]]:
    """Rounds of both contestants in turn, each with a reader of its own."""
    found, times, floor = Found(), Times(), []
    readers = [SdtReaderSimulator(line_speed=BAUD) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        with our_host(readers[0], case, found) as host:
            for number in range(rounds + 1):
                laid, seen = ours(readers[0], case, host, found)
                script = bare(readers[1], case)
                if number:  # the first round warms up
                    times.laid.append(laid)
                    times.found.append(seen)
                    floor.append(script)
    finally:
        for reader in readers:
            reader.stop()
    return times, floor


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--quick", action="store_true", help="five rounds")
    arguments = parser.parse_args()
    rounds = 5 if arguments.quick else arguments.rounds
    print(f"{rounds} rounds at {BAUD} baud; the goal is x line <= 1.10")
    print(f"{'':34} {'min ms':>8} {'median':>8} {'max':>8} {'x line':>7}")
    for case in CASES:
        times, floor = measure(case, rounds)
        rows: dict[str, list[float]] = {
            "line alone (reckoned)": [case.line_ms],
            "bare script": floor,
            "device host, from the laid card": times.laid,
            "device host, from the card seen": times.found,
        }
        print(case.name)
        for name, found in rows.items():
            median = statistics.median(found)
            least, most = min(found), max(found)
            ratio = median / case.line_ms
            print(f"  {name:32} {least:8.1f} {median:8.1f} {most:8.1f} {ratio:7.2f}")


if __name__ == "__main__":
    main()
