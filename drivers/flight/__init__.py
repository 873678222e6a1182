"""The flight recorder: the last wire traffic of each device, without anything personal.

See ``docs/devices/flight-recorder.md``. An adapter shows its bytes through
:attr:`drivers.ports.AdapterContext.tap`; its class names a :class:`Redactor` in the attribute
``flight_redactor``. Without one only the number of bytes is kept.
"""

from __future__ import annotations

from drivers.flight.entry import Entry, Outcome, Recording, outcomes
from drivers.flight.export import lines, parse_lines
from drivers.flight.line_redactor import LineRedactor
from drivers.flight.memory import FlightMemory
from drivers.flight.recorder import FlightRecorder
from drivers.flight.redaction import ElideAll, Kept, Redactor

__all__ = [
    "ElideAll",
    "Entry",
    "FlightMemory",
    "FlightRecorder",
    "Kept",
    "LineRedactor",
    "Outcome",
    "Recording",
    "Redactor",
    "lines",
    "outcomes",
    "parse_lines",
]
