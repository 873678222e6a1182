"""What the adapters over XFS4IoT services share: settings, discovery, life and status."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from drivers.failure_codes import FailureCode
from drivers.ports import AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState
from drivers.xfs.client import Connection
from drivers.xfs.messages import Message
from drivers.xfs.redaction import XfsRedactor
from drivers.xfs.vendor_mode import VendorMode

_STATUS_S = 0.45
_URI = r"^wss?://[^\s/]+(/[^\s]*)?$"

VENDOR_MODE = Failure("device.in_service", "vendor mode: a technician has the device")

COMPLETION_FAILURES: dict[str, FailureCode] = {
    "canceled": "device.cancelled",
    "timeOut": "device.timeout",
    "deviceNotReady": "device.offline",
    "hardwareError": "device.offline",
    "userError": "device.offline",
    "fraudAttempt": "device.offline",
    "internalError": "device.protocol",
    "invalidRequestID": "device.protocol",
    "sequenceError": "device.protocol",
}
"""Codes that say the same for every class of device; any other: ``device.misconfigured``."""

_DEVICE: dict[str, tuple[DeviceState, FailureCode | None]] = {
    "online": (DeviceState.ONLINE, None),
    "potentialFraud": (DeviceState.ONLINE, None),
    "deviceBusy": (DeviceState.DEVICE_BUSY, None),
    "powerOff": (DeviceState.POWER_OFF, "device.gone"),
    "noDevice": (DeviceState.NO_DEVICE, "device.gone"),
    "hardwareError": (DeviceState.HARDWARE_ERROR, "device.offline"),
    "fraudAttempt": (DeviceState.HARDWARE_ERROR, "device.offline"),
    "userError": (DeviceState.USER_ERROR, "device.offline"),
}


class XfsOptions(BaseModel):
    """Settings. ``service``: the service's own address; or ``publisher``: the address of the
    publisher that is asked for it (``ws://host:5846/xfs4iot/v1.0``). ``ca_file``: who vouches for a
    ``wss`` service, instead of the system's authorities. ``vendor_mode``: address of the VendorMode
    service whose requests are answered, empty for none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str = Field(default="", pattern=rf"^$|{_URI}")
    publisher: str = Field(default="", pattern=rf"^$|{_URI}")
    ca_file: str = ""
    vendor_mode: str = Field(default="", pattern=rf"^$|{_URI}")
    open_timeout_s: float = Field(default=3.0, gt=0, le=30)

    @model_validator(mode="after")
    def _one_address(self) -> XfsOptions:
        if bool(self.service) == bool(self.publisher):
            raise ValueError("give either service or publisher")
        return self


class XfsAdapter:
    """Life and status. ``interface``: the section of Common.Status that shows the right service."""

    interface: ClassVar[str]
    options_model: ClassVar[type[XfsOptions]] = XfsOptions
    flight_redactor = XfsRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: Any = None
        self._connection: Connection | None = None
        self._vendor: VendorMode | None = None

    def open(self) -> Result[None]:
        """Find the service, connect, and see that it is of the right kind. Failures:
        ``device.misconfigured``, ``device.gone``, ``device.offline``, ``device.protocol``."""
        self.close()
        try:
            self._options = self.options_model.model_validate(dict(self._context.options))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            key = ".".join(map(str, first["loc"])) or "options"
            return Failure("device.misconfigured", f"{key}: {first['msg']}")
        found = self._find()
        if isinstance(found, Failure):
            return found
        self._connection = found.value
        return self._register()

    def _connect(self, uri: str) -> Result[Connection]:
        return Connection.open(
            uri,
            self._context.tap,
            self._context.cancelled,
            ca_file=self._options.ca_file,
            timeout_s=self._options.open_timeout_s,
        )

    def _find(self) -> Result[Connection]:
        if self._options.service:
            return self._try(self._options.service)
        published = self._published()
        if isinstance(published, Failure):
            return published
        last: Failure = Failure("device.misconfigured", f"no service offers {self.interface}")
        for uri in published.value:
            tried = self._try(uri)
            if isinstance(tried, Ok):
                return tried
            if tried.code != "device.misconfigured":
                last = tried
        return last

    def _published(self) -> Result[list[str]]:
        opened = self._connect(self._options.publisher)
        if isinstance(opened, Failure):
            return opened
        try:
            limit = self._options.open_timeout_s
            answer = opened.value.call("ServicePublisher.GetServices", {}, limit)
        finally:
            opened.value.close()
        if isinstance(answer, Failure):
            return answer
        if answer.value.code != "success":
            return Failure("device.protocol", f"GetServices: {answer.value.code}")
        uris = [item["serviceURI"] for item in answer.value.payload.get("services") or ()]
        if urlsplit(self._options.publisher).scheme == "wss":
            # a publisher that is trusted must not lead to a wire that anybody can read
            uris = [uri for uri in uris if urlsplit(uri).scheme == "wss"]
        return Ok(uris)

    def _try(self, uri: str) -> Result[Connection]:
        opened = self._connect(uri)
        if isinstance(opened, Failure):
            return opened
        answer = opened.value.call("Common.Status", {}, self._options.open_timeout_s)
        if isinstance(answer, Ok) and answer.value.payload.get(self.interface) is not None:
            return opened
        opened.value.close()
        if isinstance(answer, Failure):
            return answer
        return Failure("device.misconfigured", f"the service has no {self.interface} interface")

    def _register(self) -> Result[None]:
        if not self._options.vendor_mode:
            return Ok(None)
        opened = self._connect(self._options.vendor_mode)
        if isinstance(opened, Failure):
            self.close()
            return opened
        self._vendor = VendorMode(opened.value)
        registered = self._vendor.register(self._context.name, self._options.open_timeout_s)
        if isinstance(registered, Failure):
            self.close()
        return registered

    def close(self) -> None:
        """Leave the services."""
        for leaving in (self._connection, self._vendor):
            if leaving is not None:
                leaving.close()
        self._connection = self._vendor = None

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
        answer = connection.call("Common.Status", {}, _STATUS_S)
        connection.events.clear()
        if isinstance(answer, Failure):
            return _lost(answer)
        if answer.value.code != "success":
            return _lost(Failure("device.offline", f"Common.Status: {answer.value.code}"))
        return self._read(answer.value)

    def _read(self, message: Message) -> DeviceStatus:
        word = message.payload["common"]["device"]
        device, failure = _DEVICE.get(word, (DeviceState.OFFLINE, "device.offline"))
        return DeviceStatus(device, failure=failure, detail=f"common.device {word}")

    def _ready(self) -> Result[Connection]:
        if self._connection is None:
            return Failure("device.offline", "not open")
        if self._vendor is not None:
            polled = self._vendor.poll()
            if isinstance(polled, Failure):
                return polled
            if self._vendor.active:
                return VENDOR_MODE
        return Ok(self._connection)


def completion_failure(message: Message) -> Failure:
    """The catalogue's word for a completion that was no success."""
    code = COMPLETION_FAILURES.get(message.code, "device.misconfigured")
    return Failure(code, f"{message.name}: {message.code}")


def _lost(failure: Failure) -> DeviceStatus:
    code = "device.offline" if failure.code == "device.timeout" else failure.code
    state = DeviceState.NO_DEVICE if code == "device.gone" else DeviceState.OFFLINE
    return DeviceStatus(
        state,
        MediaState.UNKNOWN,
        SupplyState.UNKNOWN,
        failure=code,
        detail=failure.detail,
    )
