"""A power supply's recording, played to a simulated upsd (or a real one)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drivers.flight.entry import Entry, Recording
from drivers.flight.retrace import Observation, Retraced, StreamRetrace, TcpEnd
from drivers.ups.redaction import NutRedactor

_VARIABLE = re.compile(r'VAR \S+ (\S+) "(.*)"')


def retrace(recording: Recording, host: str, port: int, patience_s: float = 3.0) -> Retraced:
    """Play ``recording`` to the upsd at ``host`` and ``port``; see :class:`StreamRetrace`."""
    player = StreamRetrace(lambda: TcpEnd(host, port), NutRedactor, patience_s=patience_s)
    return player.play(recording, observations)


def observations(entries: Iterable[Entry]) -> Iterator[Observation]:
    """The variables that are kept, by name, and errors. The redactor keeps one line an entry."""
    for place, entry in enumerate(entries):
        if entry.direction != "in":
            continue
        line = entry.data.decode("ascii", "replace").rstrip("\r\n")
        if line.startswith("ERR "):
            yield Observation("error", line.removeprefix("ERR "), place)
        elif (found := _VARIABLE.fullmatch(line)) is not None:
            yield Observation(found[1], found[2], place)
