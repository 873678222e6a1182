"""Lights that lead a person, and the sensor that notices one."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


class Light(StrEnum):
    """Lights that lead a person to the right place."""

    CARD = "card"
    RECEIPT = "receipt"
    DOCUMENT = "document"
    CAMERA = "camera"
    STAFF = "staff"


class LightState(StrEnum):
    """``flash`` is never faster than 3 Hz (WCAG 2.3.1: three flashes a second)."""

    OFF = "off"
    ON = "on"
    FLASH = "flash"


@runtime_checkable
class IndicatorLight(Adapter, Protocol):
    """Lights at the slots, the camera and the staff call."""

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        """Set one light. A device that was away comes back dark: show again what should be lit.

        Failures: ``indicator.no_light`` (the board has no such light), ``indicator.lamp_fault``,
        ``device.*``.
        """
        ...


class Presence(StrEnum):
    """Whether somebody stands before the terminal."""

    NEAR = "near"
    AWAY = "away"


@runtime_checkable
class PresenceSensor(Adapter, Protocol):
    """Tells whether somebody stands before the terminal.

    Emits ``person_near`` and ``person_away``, at the latest with the next status question; the
    status shows it as media ``present`` or ``notPresent``.
    """

    def presence(self, timeout_s: float) -> Result[Presence]:
        """Ask now. Failures: ``indicator.no_sensor``, ``indicator.sensor_fault``, ``device.*``."""
        ...
