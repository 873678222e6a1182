"""The port for a headset's socket over the kernel's input devices."""

from __future__ import annotations

import time
from typing import Literal

from drivers.failure_codes import FailureCode
from drivers.headset.device import (
    ASK_SWITCHES,
    ASK_WHICH,
    DeviceLostError,
    EventDevice,
    find,
)
from drivers.headset.events import (
    SW_HEADPHONE,
    SW_JACK,
    SW_LINE_OUT,
    EventReader,
    NotEventsError,
    Switch,
)
from drivers.headset.redaction import EventRedactor
from drivers.hotplug.inventory import Roots
from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, Headset
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState

_SLICE_S = 0.04  # bounds the delay of a cancellation
_FIRST_S = 0.3  # for a device that can't be asked to tell by itself
_SWITCHES = {"headphone": SW_HEADPHONE, "lineout": SW_LINE_OUT, "jack": SW_JACK}
_MEDIA = {
    True: MediaState.PRESENT,
    False: MediaState.NOT_PRESENT,
    None: MediaState.UNKNOWN,
}


class HeadsetOptions(Options):
    """Settings.

    ``port``: the event device; empty: the first that has the switch. ``name``: a part of the
    device's name, where several sound cards have one (``/proc/bus/input/devices`` lists them).
    ``switch``: which switch the card reports for this socket.
    """

    port: str = option(default="")
    name: str = option(default="")
    switch: Literal["headphone", "lineout", "jack"] = "headphone"


class EvdevHeadsetJack:
    """:class:`drivers.ports.HeadsetJack`. The device is only read."""

    flight_redactor = EventRedactor

    def __init__(self, context: AdapterContext, roots: Roots | None = None) -> None:
        self._context = context
        self._roots = roots or Roots()
        self._device: EventDevice | None = None
        self._reader = EventReader()
        self._switch = Switch(SW_HEADPHONE)
        self._told: bool | None = None

    def open(self) -> Result[None]:
        """Find the device, and ask whether the socket is empty.

        Failures: ``device.misconfigured``, ``device.gone``, ``headset.no_switch``.
        """
        self.close()
        read = read_options(HeadsetOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        code = _SWITCHES[options.switch]
        found = Ok(options.port) if options.port else find(code, options.name, self._roots)
        if isinstance(found, Failure):
            return found
        opened = EventDevice.open(found.value, self._context.tap)
        if isinstance(opened, Failure):
            return opened
        self._device, self._reader, self._switch = opened.value, EventReader(), Switch(code)
        try:
            there = self._device.ask(ASK_WHICH)
            if there is not None and not there >> code & 1:
                self.close()
                return Failure("headset.no_switch", options.switch)
            self._ask(self._device, code)
        except DeviceLostError as error:
            self.close()
            return Failure("device.gone", str(error))
        self._tell()
        if self._switch.on is None:
            asked = self.headset(_FIRST_S)
            if isinstance(asked, Failure) and asked.code.startswith("device."):
                return asked
        return Ok(None)

    def close(self) -> None:
        """Let the device go."""
        if self._device is not None:
            self._device.close()
            self._device = None

    def status(self) -> DeviceStatus:
        """Whether the device is there, and what is in its socket."""
        lost = self._take(0.0)
        if lost is not None:
            state = DeviceState.NO_DEVICE if lost.code == "device.gone" else DeviceState.OFFLINE
            return DeviceStatus(state, MediaState.UNKNOWN, failure=lost.code, detail=lost.detail)
        return DeviceStatus(DeviceState.ONLINE, _MEDIA[self._switch.on])

    def headset(self, timeout_s: float) -> Result[Headset]:
        """See :class:`drivers.ports.HeadsetJack`. One that has not told yet is waited for."""
        deadline = time.monotonic() + timeout_s
        wait_s = 0.0
        while True:
            lost = self._take(wait_s)
            if lost is not None:
                return lost
            if self._switch.on is not None:
                return Ok(Headset.IN if self._switch.on else Headset.OUT)
            if self._context.cancelled():
                return Failure("device.cancelled")
            left = deadline - time.monotonic()
            if left <= 0:
                return Failure("headset.unknown")
            wait_s = min(_SLICE_S, left)

    def watch(self, timeout_s: float) -> Result[None]:
        """See :class:`drivers.ports.HeadsetJack`."""
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            if self._context.cancelled():
                return Failure("device.cancelled")
            lost = self._take(min(_SLICE_S, left))
            if lost is not None:
                return lost
        return Ok(None)

    def _ask(self, device: EventDevice, code: int) -> None:
        on = device.ask(ASK_SWITCHES)
        self._switch.set(None if on is None else bool(on >> code & 1))

    def _take(self, within_s: float) -> Failure | None:
        """Read what was reported and tell what it changes; why that is not possible any more."""
        device = self._device
        if device is None:
            return Failure("device.offline", "not open")
        try:
            for event in self._reader.feed(device.read(within_s)):
                if not self._switch.take(event):
                    self._ask(device, self._switch.code)
        except DeviceLostError as error:
            return self._lost("device.gone", str(error))
        except NotEventsError as error:
            return self._lost("device.protocol", str(error))
        self._tell()
        return None

    def _lost(self, code: FailureCode, detail: str) -> Failure:
        self.close()
        return Failure(code, detail)

    def _tell(self) -> None:
        on = self._switch.on
        if on is None or on == self._told:
            return
        # An empty socket at the start is no news.
        if on or self._told is not None:
            self._context.emit("headset_in" if on else "headset_out", {})
        self._told = on
