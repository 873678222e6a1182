"""Power supplies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


class PowerSource(StrEnum):
    """What the terminal runs on."""

    MAINS = "mains"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class PowerReport:
    """The supply now. ``charge_percent`` (0 to 100) and ``runtime_s`` (seconds left on battery)
    are None where the device does not tell. ``low``: the end is near, save and stop taking work."""

    source: PowerSource
    charge_percent: float | None = None
    runtime_s: float | None = None
    low: bool = False
    replace_battery: bool = False
    overload: bool = False


@runtime_checkable
class PowerSupply(Adapter, Protocol):
    """An uninterruptible power supply.

    Emits ``on_line``, ``on_battery`` and ``low_battery`` (data: ``charge_percent``, ``runtime_s``)
    when that changes, and once for the state found at opening. The status carries
    ``ups.on_battery``, ``ups.low_battery``, ``ups.replace_battery`` or ``ups.overload`` meanwhile;
    the device stays usable.
    """

    def power(self, timeout_s: float) -> Result[PowerReport]:
        """Ask now. Failures: ``ups.stale``, ``ups.driver_down``, ``device.*``."""
        ...
