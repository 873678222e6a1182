"""The power-supply port over Network UPS Tools."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.failure_codes import FailureCode
from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, PowerReport, PowerSource
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus
from drivers.ups.client import NutConnection
from drivers.ups.protocol import UPS_NAME, report_of
from drivers.ups.redaction import NutRedactor

_STATUS_S = 0.45
_OPENING_S = 2.0


class NutOptions(Options):
    """Settings. ``host``, ``port``: of upsd. ``ups``: its name there (``upsc -l`` lists them)."""

    host: str = option(default="127.0.0.1", min_length=1)
    port: int = option(default=3493, ge=1, le=65535)
    ups: str = option(default="ups", pattern=f"^({UPS_NAME.pattern})$")


class NutPowerSupply:
    """A UPS as upsd sees it. Reading needs no account; nothing is ever set or commanded."""

    flight_redactor = NutRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._ups = ""
        self._connection: NutConnection | None = None
        self._told: tuple[PowerSource, bool] | None = None

    def open(self) -> Result[None]:
        """Connect, and ask once.

        Failures: ``device.misconfigured`` (settings, or upsd knows no such UPS),
        ``device.offline``, ``device.protocol``. A UPS of which upsd knows nothing at the moment is
        open: its status says so.
        """
        self.close()
        read = read_options(NutOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        connected = NutConnection.connect(options.host, options.port, _OPENING_S, self._context.tap)
        if isinstance(connected, Failure):
            return connected
        self._ups, self._connection = options.ups, connected.value
        asked = self._ask(_OPENING_S, self._context.cancelled)
        if isinstance(asked, Failure) and asked.code.startswith("device."):
            self.close()
            return asked
        return Ok(None)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def status(self) -> DeviceStatus:
        """Whether upsd answers, and what is wrong with the supply, the worst first."""
        asked = self._ask(_STATUS_S, lambda: False)
        if isinstance(asked, Failure):
            lost = asked.code.startswith("device.")
            state = DeviceState.OFFLINE if lost else DeviceState.HARDWARE_ERROR
            return DeviceStatus(state, failure=asked.code, detail=asked.detail)
        return DeviceStatus(DeviceState.ONLINE, failure=_trouble(asked.value))

    def power(self, timeout_s: float) -> Result[PowerReport]:
        """See :class:`drivers.ports.PowerSupply`."""
        return self._ask(timeout_s, self._context.cancelled)

    def _ask(self, within_s: float, cancelled: Callable[[], bool]) -> Result[PowerReport]:
        if self._connection is None:
            return Failure("device.offline", "not open")
        listed = self._connection.list_variables(self._ups, time.monotonic() + within_s, cancelled)
        if isinstance(listed, Failure):
            if listed.code.startswith("device."):
                # A late answer would be taken for that to the next question.
                self.close()
            return listed
        report = report_of(listed.value)
        if isinstance(report, Ok):
            self._tell(report.value)
        return report

    def _tell(self, report: PowerReport) -> None:
        """Push what changed; the first report counts as a change."""
        source, low = report.source, report.low
        told_source, told_low = self._told or (None, False)
        self._told = (source, low)
        data = {"charge_percent": report.charge_percent, "runtime_s": report.runtime_s}
        if source is not told_source:
            name = "on_line" if source is PowerSource.MAINS else "on_battery"
            self._context.emit(name, data)
        if low and not told_low:
            self._context.emit("low_battery", data)


def _trouble(report: PowerReport) -> FailureCode | None:
    if report.low:
        return "ups.low_battery"
    if report.source is PowerSource.BATTERY:
        return "ups.on_battery"
    if report.overload:
        return "ups.overload"
    return "ups.replace_battery" if report.replace_battery else None
