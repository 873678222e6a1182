"""The presence port over the proximity sensor of the Auxiliaries interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from drivers.ports import AdapterContext, Presence
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus, MediaState
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.client import Connection
from drivers.xfs.messages import Message
from drivers.xfs.negotiation import Capabilities

_PRESENCE = {"present": Presence.NEAR, "notPresent": Presence.AWAY}
_MEDIA = {Presence.NEAR: MediaState.PRESENT, Presence.AWAY: MediaState.NOT_PRESENT}


class XfsPresence(XfsAdapter):
    """Options: :class:`drivers.xfs.options.XfsOptions`. Comings and goings between two questions
    are told as well, from what the service pushes."""

    interface = "Auxiliaries"
    section = "auxiliaries"
    needs = ()

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._last: Presence | None = None

    def _unable(self, capabilities: Capabilities) -> str:
        if capabilities.section(self.section).get("proximitySensor") is False:
            return "the service has no proximity sensor"
        return ""

    def _opened(self, connection: Connection) -> Result[None]:
        self._last = self._sensed()
        return Ok(None)

    def presence(self, timeout_s: float) -> Result[Presence]:
        """See :meth:`drivers.ports.PresenceSensor.presence`."""
        asked = self._well(timeout_s)
        if isinstance(asked, Failure):
            return asked
        sensed = self._sensed()
        if sensed is None:
            return Failure("indicator.no_sensor", "the status tells of no proximity sensor")
        return Ok(sensed)

    def _sensed(self) -> Presence | None:
        told = self._known.payload.get(self.section) or {}
        return _PRESENCE.get(told.get("proximitySensor") or "")

    def _read(self, payload: Mapping[str, Any]) -> DeviceStatus:
        base = super()._read(payload)
        sensed = self._sensed()
        self._tell(sensed)
        if sensed is None:
            return replace(base, media=MediaState.UNKNOWN)
        return replace(base, media=_MEDIA[sensed])

    def _happened(self, event: Message) -> None:
        self._tell(self._sensed())

    def _tell(self, sensed: Presence | None) -> None:
        if sensed is None or sensed is self._last:
            return
        self._last = sensed
        self._context.emit(f"person_{sensed}", {})
