"""The text protocol of Network UPS Tools: words of a line, variables, status flags. Pure.

Source: RFC 9271 and the NUT developer guide ("Network protocol information"), and NUT's names of
variables. Each line ends with a line feed; the server speaks first only in answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drivers.ports import PowerReport, PowerSource
from drivers.results import Failure, Ok, Result

MAX_LINE = 2048
"""Bytes of a line; upsd's own values end at some 512 characters."""

MAX_LINES = 1000
"""Lines of one answer; a large UPS has some 150 variables."""

UPS_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
"""What a UPS may be called here: NUT's section names, without what would need quoting."""

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NutSyntaxError(ValueError):
    """A line that is not of the protocol."""


def split_words(line: str) -> list[str]:
    """Words parted by blanks; one in double quotes may hold blanks; a backslash takes the next
    character as it is. Raises :class:`NutSyntaxError` for anything else."""
    if _CONTROL.search(line):
        raise NutSyntaxError("control character")
    words: list[str] = []
    at = 0
    while at < len(line):
        if line[at] == " ":
            at += 1
            continue
        found = _WORD.match(line, at)
        if found is None or line[found.end() : found.end() + 1] not in ("", " "):
            raise NutSyntaxError("quotes or backslash out of place")
        quoted, bare = found.groups()
        words.append(re.sub(r"\\(.)", r"\1", bare if quoted is None else quoted))
        at = found.end()
    return words


def quote(value: str) -> str:
    """``value`` as a quoted word."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def error_of(words: list[str]) -> Failure | None:
    """The failure behind ``ERR <code>``; None for other lines."""
    if words[:1] != ["ERR"]:
        return None
    code = words[1] if len(words) > 1 else ""
    match code:
        case "DATA-STALE":
            return Failure("ups.stale", code)
        case "DRIVER-NOT-CONNECTED":
            return Failure("ups.driver_down", code)
        case "UNKNOWN-UPS" | "ACCESS-DENIED" | "USERNAME-REQUIRED" | "PASSWORD-REQUIRED":
            return Failure("device.misconfigured", code)
        case _:
            return Failure("device.protocol", f"ERR {code[:40]}")


@dataclass(frozen=True, slots=True)
class Flags:
    """``ups.status`` taken apart: ``OL`` on line, ``OB`` on battery, ``LB`` low battery, ``FSD``
    forced shutdown, ``RB`` replace battery, ``OVER`` overload; others are passed over."""

    words: frozenset[str]

    @property
    def source(self) -> PowerSource | None:
        """None while the driver does not know (``WAIT``, ``OFF``, ``BYPASS`` alone, or nothing)."""
        if self.words & {"OB", "FSD"}:
            return PowerSource.BATTERY
        return PowerSource.MAINS if "OL" in self.words else None

    @property
    def low(self) -> bool:
        """True near the end. ``LB`` on mains is a battery still charging, and no alarm."""
        return "FSD" in self.words or {"OB", "LB"} <= self.words


def report_of(variables: Mapping[str, str]) -> Result[PowerReport]:
    """What the variables say. ``ups.stale`` if they do not say what the terminal runs on."""
    flags = Flags(frozenset(variables.get("ups.status", "").split()))
    if flags.source is None:
        return Failure("ups.stale", f"status {' '.join(sorted(flags.words))[:60] or 'missing'}")
    return Ok(
        PowerReport(
            source=flags.source,
            charge_percent=_number(variables.get("battery.charge"), 100.0),
            runtime_s=_number(variables.get("battery.runtime"), 1e7),
            low=flags.low,
            replace_battery="RB" in flags.words,
            overload="OVER" in flags.words,
        )
    )


def variables_of(ups: str, lines: Iterable[list[str]]) -> dict[str, str]:
    """The variables in the lines between ``BEGIN`` and ``END`` of ``LIST VAR``. Raises
    :class:`NutSyntaxError` for a line of something else."""
    found: dict[str, str] = {}
    for words in lines:
        if len(words) != 4 or words[:2] != ["VAR", ups]:
            raise NutSyntaxError("not a variable of this UPS")
        found[words[2]] = words[3]
    return found


def _number(text: str | None, highest: float) -> float | None:
    """A measured value; None if it is missing or no number of that range."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= highest else None
