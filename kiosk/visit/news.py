"""News of the terminal itself and of what is around it; nobody asked for them, and they come at any
moment."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.model import Power


@dataclass(frozen=True, slots=True)
class ServiceLost:
    """The terminal can no longer serve (code of the reason)."""

    code: str


@dataclass(frozen=True, slots=True)
class ServiceRestored:
    """It can again."""


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Somebody came near or went away; None: the sensor does not know any more."""

    near: bool | None


@dataclass(frozen=True, slots=True)
class HeadsetChanged:
    """A headset was put in or taken out; None: its socket does not know any more."""

    inserted: bool | None


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """The mains failed, came back, or the battery goes down."""

    power: Power


@dataclass(frozen=True, slots=True)
class CardLies:
    """A card was put into a reader that can tell, or taken out of it."""

    lies: bool


@dataclass(frozen=True, slots=True)
class DeviceReturned:
    """A device that could not be used can be used again (its port: ``id_card_reader`` …)."""

    port: str


News = (
    ServiceLost
    | ServiceRestored
    | PresenceChanged
    | HeadsetChanged
    | PowerChanged
    | CardLies
    | DeviceReturned
)
