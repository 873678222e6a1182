"""One closed vocabulary for the state of every device, after XFS4IoT (CEN/XFS for IoT, Common.Status)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drivers.failure_codes import FailureCode


class DeviceState(StrEnum):
    """The device as a whole (XFS4IoT ``common.device``)."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"


class MediaState(StrEnum):
    """Card, sheet or roll in the transport; ``notSupported`` is not ``unknown``."""

    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    JAMMED = "jammed"
    ENTERING = "entering"
    NOT_SUPPORTED = "notSupported"
    UNKNOWN = "unknown"


class SupplyState(StrEnum):
    """Paper or toner."""

    FULL = "full"
    LOW = "low"
    OUT = "out"
    NOT_SUPPORTED = "notSupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What is known of a device now. A value: compare two to see whether anything really changed.

    ``failure`` is a code of the failure catalogue (:mod:`drivers.failures`) while something is
    wrong; ``detail`` is for the log and the technician, never for a resident, and holds no
    personal data.
    """

    device: DeviceState
    media: MediaState = MediaState.NOT_SUPPORTED
    paper: SupplyState = SupplyState.NOT_SUPPORTED
    toner: SupplyState = SupplyState.NOT_SUPPORTED
    failure: FailureCode | None = None
    detail: str = ""

    @property
    def usable(self) -> bool:
        """True if an operation started now has a fair chance to finish."""
        return (
            self.device in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY)
            and self.media is not MediaState.JAMMED
            and self.paper is not SupplyState.OUT
        )
