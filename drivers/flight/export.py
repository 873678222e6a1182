"""Recordings as JSON lines: one object a line, for a technician's eyes, a ticket, or a replay."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from drivers.flight.entry import Entry, Recording

FORMAT = 1


def lines(recording: Recording) -> Iterator[str]:
    """The recording, a heading first, then one line an entry, without line ends.

    ``t`` counts seconds from the moment of taking, so it is negative: t = -2.5 was two and a half
    seconds before ``wall_time``.
    """
    yield _json(
        {
            "flight_recording": FORMAT,
            "device": recording.device,
            "adapter": recording.adapter,
            "taken_at": recording.taken_at,
            "wall_time": recording.wall_time,
            "entries": len(recording.entries),
            "overwritten_bytes": recording.overwritten,
        }
    )
    for entry in recording.entries:
        told: dict[str, Any] = {"t": round(entry.at - recording.taken_at, 6)}
        if entry.direction == "note":
            told["note"] = entry.note
        else:
            told |= {"dir": entry.direction, "hex": entry.data.hex()}
            if entry.elided:
                told["elided"] = entry.elided
        yield _json(told)


def parse_lines(text: Iterable[str]) -> Recording:
    """A recording from its JSON lines. :class:`ValueError` with the line's number if it is none."""
    number, heading, entries = 0, None, []
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            if not isinstance(told, dict):
                raise TypeError("not an object")
            if heading is None:
                heading = _heading(told)
            else:
                entries.append(_entry(told, heading.taken_at))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"line {number}: {type(error).__name__}") from None
    if heading is None:
        raise ValueError(f"line {number}: no heading")
    return Recording(
        heading.device,
        heading.adapter,
        heading.taken_at,
        heading.wall_time,
        tuple(entries),
        heading.overwritten,
    )


def _heading(told: dict[str, Any]) -> Recording:
    if told["flight_recording"] != FORMAT:
        raise ValueError("another format")
    return Recording(
        device=str(told["device"]),
        adapter=str(told["adapter"]),
        taken_at=_number(told["taken_at"]),
        wall_time=str(told["wall_time"]),
        overwritten=int(told["overwritten_bytes"]),
    )


def _entry(told: dict[str, Any], taken_at: float) -> Entry:
    at = taken_at + _number(told["t"])
    if "note" in told:
        return Entry(at, "note", str(told["note"]).encode("ascii"))
    direction = told["dir"]
    if direction not in ("out", "in"):
        raise ValueError("no such direction")
    return Entry(at, direction, bytes.fromhex(told["hex"]), int(told.get("elided", 0)))


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
