"""A panel board's recording, played to a simulated board (or a real one) at a tty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drivers.flight.entry import Entry, Recording
from drivers.flight.retrace import Observation, Retraced, StreamRetrace
from drivers.indicator.lines import ANSWER, REQUEST, decode
from drivers.indicator.redaction import PanelRedactor
from drivers.results import Failure
from drivers.serial_port import PortLostError, SerialPort

_SEND_S = 1.0


def retrace(recording: Recording, port: str, baud: int, patience_s: float = 3.0) -> Retraced:
    """Play ``recording`` to the board at the tty ``port``; see :class:`StreamRetrace`. Every line of
    the protocol is kept, so what goes out is what went out then."""
    player = StreamRetrace(lambda: _SerialEnd(port, baud), PanelRedactor, patience_s=patience_s)
    return player.play(recording, observations)


def observations(entries: Iterable[Entry]) -> Iterator[Observation]:
    """Each answer under its question (of the state, without the time since the board's start), and
    the events. The redactor keeps one line an entry."""
    asked: dict[int, str] = {}
    for place, entry in enumerate(entries):
        line = None if entry.direction == "note" else decode(entry.data)
        if line is None:
            continue
        if line.kind == REQUEST:
            asked[line.number] = " ".join(line.words[:2])
        elif line.kind == ANSWER:
            topic = asked.pop(line.number, "an answer to nothing")
            said = " ".join(word for word in line.words if not word.startswith("UP="))
            yield Observation(topic, said, place)
        else:
            yield Observation("event", " ".join(line.words), place)


class _SerialEnd:
    """:class:`drivers.flight.retrace.FarEnd` over a tty."""

    def __init__(self, port: str, baud: int) -> None:
        opened = SerialPort.open(port, baud)
        if isinstance(opened, Failure):
            raise OSError(opened.code)
        self._port = opened.value

    def send(self, data: bytes) -> None:
        try:
            if not self._port.write(data, _SEND_S):
                raise TimeoutError("takes no bytes")
        except PortLostError as error:
            raise OSError("the port is lost") from error

    def receive(self, within_s: float) -> bytes:
        try:
            return self._port.read(within_s)
        except PortLostError as error:
            raise OSError("the port is lost") from error

    def close(self) -> None:
        self._port.close()
