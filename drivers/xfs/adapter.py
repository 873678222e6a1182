"""What the adapters over XFS4IoT services share while they are open: status, recovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from drivers.failure_codes import FailureCode
from drivers.ports import AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.opening import XfsOpening
from drivers.xfs.redaction import XfsRedactor
from drivers.xfs.state import failure_word

_STATUS_S = 0.45
_RESET_S = 8.0
_RESET_SHARE = 0.6  # of an operation's time
_CHANGED = "Common.StatusChangedEvent"

VENDOR_MODE = Failure("device.in_service", "vendor mode: a technician has the device")


class XfsAdapter(XfsOpening):
    """Status, and what every operation begins with."""

    flight_redactor = XfsRedactor

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._reset_tried = False

    def status(self) -> DeviceStatus:
        """Ask the service, and answer a technician's request for vendor mode."""
        connection = self._connection
        if connection is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        vendor = self._vendor.poll() if self._vendor is not None else Ok(None)
        if isinstance(vendor, Failure):
            return _lost(vendor)
        if self._vendor is not None and self._vendor.active:
            return DeviceStatus(
                DeviceState.OFFLINE, failure=VENDOR_MODE.code, detail=VENDOR_MODE.detail
            )
        return self._ask(connection)

    def _ask(self, connection: Connection) -> DeviceStatus:
        """The device's own status, in mid-operation too: nothing is agreed to with a technician."""
        answer = connection.call("Common.Status", {}, _STATUS_S, cancellable=False)
        if isinstance(answer, Failure):
            return _lost(answer)
        if answer.value.code != SUCCESS:
            return _lost(Failure("device.offline", f"Common.Status: {answer.value.code}"))
        self._note(connection)
        self._known.take(answer.value.payload)
        return self._told()

    def _told(self) -> DeviceStatus:
        told = self._read(self._known.payload)
        if told.failure is None:
            self._reset_tried = False
        saving = self._known.payload["common"].get("powerSaveRecoveryTime") or 0
        if saving:
            return replace(told, detail=f"{told.detail}; saves power, ready again in {saving} s")
        return told

    def _note(self, connection: Connection) -> None:
        """Take in what was told unasked."""
        while connection.events:
            event = connection.events.popleft()
            if event.name == _CHANGED:
                self._known.change(event.payload)
            self._happened(event)

    def _happened(self, event: Message) -> None:
        """For events of the adapter's own interface."""

    def _read(self, payload: Mapping[str, Any]) -> DeviceStatus:
        word = payload["common"].get("device")
        device, failure = failure_word(word)
        return DeviceStatus(device, failure=failure, detail=f"common.device {word}")

    def _ready(self, timeout_s: float) -> Result[Connection]:
        """The connection, if an operation may begin. A fault that was told is met by one reset,
        within the operation's own ``timeout_s``."""
        if self._connection is None:
            return Failure("device.offline", "not open")
        if self._vendor is not None:
            polled = self._vendor.poll()
            if isinstance(polled, Failure):
                return polled
            if self._vendor.active:
                return VENDOR_MODE
        arrived = self._connection.poll()
        if isinstance(arrived, Failure):
            return arrived
        self._note(self._connection)
        if self._known.changed and (failure := self._read(self._known.payload).failure):
            self._known.changed = False
            if failure == "device.gone":
                return Failure(failure, "told by Common.StatusChangedEvent")
        self._put_right(self._connection, min(_RESET_S, timeout_s * _RESET_SHARE))
        return Ok(self._connection)

    def _well(self, timeout_s: float) -> Result[Connection]:
        """As :meth:`_ready`, and the device has just been asked: whatever it told is the failure."""
        ready = self._ready(timeout_s)
        if isinstance(ready, Failure):
            return ready
        status = self._ask(ready.value)
        return ready if status.failure is None else Failure(status.failure, status.detail)

    def _put_right(self, connection: Connection, limit_s: float) -> None:
        told = self._read(self._known.payload)
        faulty = told.device is DeviceState.HARDWARE_ERROR or told.media is MediaState.JAMMED
        if self.reset is None or not faulty or self._reset_tried:
            return
        name, payload = self.reset
        if name not in connection.versions:
            return
        self._reset_tried = True
        self._context.emit("device_reset", {})
        # whatever comes of it, the status that follows tells how the device is now
        if isinstance(connection.call(name, payload, limit_s), Ok):
            self._ask(connection)


def _lost(failure: Failure) -> DeviceStatus:
    code: FailureCode = "device.offline" if failure.code == "device.timeout" else failure.code
    state = DeviceState.NO_DEVICE if code == "device.gone" else DeviceState.OFFLINE
    return DeviceStatus(
        state,
        MediaState.UNKNOWN,
        SupplyState.UNKNOWN,
        failure=code,
        detail=failure.detail,
    )
