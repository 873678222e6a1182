"""The indicator-light port over Lights.SetLight."""

from __future__ import annotations

from typing import Literal

from drivers.ports import Light, LightState
from drivers.results import Failure, Ok, Result
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.messages import SUCCESS
from drivers.xfs.options import XfsOptions
from drivers.xfs.state import completion_failure

_NAMES = {
    Light.CARD: "cardReader",
    Light.RECEIPT: "receiptPrinter",
    Light.DOCUMENT: "documentPrinter",
    Light.CAMERA: "scanner",
    Light.STAFF: "statusSupervisor",
}
# No frequencies were found; of the three words slow is the one least likely to exceed 3 Hz.
_RATES = {LightState.OFF: "off", LightState.ON: "continuous", LightState.FLASH: "slow"}


class XfsLightsOptions(XfsOptions):
    """``position``: which part of each light is set."""

    position: Literal["default", "left", "right", "center", "top", "bottom"] = "default"


class XfsLights(XfsAdapter):
    """Options: :class:`XfsLightsOptions`. The camera's light is the one called ``scanner``, the
    staff call's ``statusSupervisor``: XFS4IoT has no names of their own for them."""

    interface = "Lights"
    section = "lights"
    needs = ("Lights.SetLight",)
    options_model = XfsLightsOptions

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        """See :meth:`drivers.ports.IndicatorLight.show`."""
        ready = self._ready()
        if isinstance(ready, Failure):
            return ready
        payload = {_NAMES[light]: {self._options.position: {"flashRate": _RATES[state]}}}
        answer = ready.value.call("Lights.SetLight", payload, timeout_s)
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
