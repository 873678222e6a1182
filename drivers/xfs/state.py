"""What is known of a service: its last full status with the changes told since, and failure words."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from drivers.failure_codes import FailureCode
from drivers.results import Failure
from drivers.status import DeviceState
from drivers.xfs.messages import Message

COMPLETION_FAILURES: Mapping[str, FailureCode] = {
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

_DEVICE: Mapping[str, tuple[DeviceState, FailureCode | None]] = {
    "online": (DeviceState.ONLINE, None),
    "potentialFraud": (DeviceState.ONLINE, None),
    "deviceBusy": (DeviceState.DEVICE_BUSY, None),
    "powerOff": (DeviceState.POWER_OFF, "device.gone"),
    "noDevice": (DeviceState.NO_DEVICE, "device.gone"),
    "hardwareError": (DeviceState.HARDWARE_ERROR, "device.offline"),
    "fraudAttempt": (DeviceState.HARDWARE_ERROR, "device.offline"),
    "userError": (DeviceState.USER_ERROR, "device.offline"),
}


def failure_word(word: object) -> tuple[DeviceState, FailureCode | None]:
    """What ``common.device`` comes to; ``starting`` and whatever is not known is offline."""
    if isinstance(word, str) and word in _DEVICE:
        return _DEVICE[word]
    return DeviceState.OFFLINE, "device.offline"


def completion_failure(message: Message) -> Failure:
    """The catalogue's word for a completion that was no success."""
    code = COMPLETION_FAILURES.get(message.code, "device.misconfigured")
    return Failure(code, f"{message.name}: {message.code}")


def left(deadline: float) -> float:
    """Seconds until ``deadline`` (monotonic), never quite none: a command needs a time limit."""
    return max(0.05, deadline - time.monotonic())


class Known:
    """The last answer to Common.Status, kept up to date by Common.StatusChangedEvent.

    ``changed``: True if an event has told something since.
    """

    def __init__(self) -> None:
        self.payload: dict[str, Any] = {"common": {"device": None}}
        self.changed = False

    def take(self, payload: Mapping[str, Any]) -> None:
        """A full answer: everything before it is history."""
        self.payload = dict(payload)
        self.changed = False

    def change(self, payload: Mapping[str, Any]) -> None:
        """A change: null stands for what stayed as it was."""
        self.payload = _merged(self.payload, payload)
        self.changed = True


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(old)
    for key, value in new.items():
        before = whole.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            whole[key] = _merged(before, value)
        elif value is not None:
            whole[key] = value
    return whole
