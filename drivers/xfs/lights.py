"""The indicator-light port over Lights.SetLight."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from drivers.ports import Light, LightState
from drivers.results import Failure, Ok, Result
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.messages import SUCCESS
from drivers.xfs.options import XfsOptions
from drivers.xfs.state import completion_failure, left

_NAMES = {
    Light.CARD: "cardReader",
    Light.RECEIPT: "receiptPrinter",
    Light.DOCUMENT: "documentPrinter",
    Light.CAMERA: "scanner",
    Light.STAFF: "statusSupervisor",
}
# No frequencies were found; of the three words slow is the one least likely to exceed 3 Hz.
_DEFAULT = "default"
_RATES = {LightState.OFF: "off", LightState.ON: "continuous", LightState.FLASH: "slow"}


class XfsLightsOptions(XfsOptions):
    """``position``: which part of each light is set; empty for the first one the service names."""

    position: str = Field(default="", pattern=r"^[A-Za-z0-9]{0,40}$")


class XfsLights(XfsAdapter):
    """Options: :class:`XfsLightsOptions`. The camera's light is the one called ``scanner``, the
    staff call's ``statusSupervisor``: XFS4IoT has no names of their own for them."""

    interface = "Lights"
    section = "lights"
    needs = ("Lights.SetLight",)
    options_model = XfsLightsOptions

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        """See :meth:`drivers.ports.IndicatorLight.show`."""
        deadline = time.monotonic() + timeout_s
        ready = self._ready(timeout_s)
        if isinstance(ready, Failure):
            return ready
        place = self._place(_NAMES[light])
        if place is None:
            return Failure("indicator.no_light", _NAMES[light])
        payload = {_NAMES[light]: {place[0]: {"flashRate": _rate(state, place[1])}}}
        answer = ready.value.call("Lights.SetLight", payload, left(deadline))
        if isinstance(answer, Failure):
            return answer
        message = answer.value
        if message.code == SUCCESS:
            return Ok(None)
        error = message.payload.get("errorCode")
        if error == "invalidLight":
            return Failure("indicator.no_light", _NAMES[light])
        if error == "lightError" or message.code == "hardwareError":
            return Failure("indicator.lamp_fault", _NAMES[light])
        return completion_failure(message)

    def _place(self, name: str) -> tuple[str, Mapping[str, Any]] | None:
        """Position of a light and the flash rates it knows; None if the service has no such light."""
        wanted: str = self._options.position
        told = self._capabilities.section(self.section).get("lights")
        if told is None:  # a service that does not say what it has is simply tried
            return wanted or _DEFAULT, {}
        positions: Mapping[str, Any] = told.get(name) or {}
        if not positions or (wanted and wanted not in positions):
            return None
        place = wanted or next(iter(positions))
        return place, (positions[place] or {}).get("flashRate") or {}


def _rate(state: LightState, known: Mapping[str, Any]) -> str:
    rate = _RATES[state]
    # a lamp that cannot flash slowly is lit: faster might be more than three times a second
    return "continuous" if state is LightState.FLASH and known.get(rate) is False else rate
