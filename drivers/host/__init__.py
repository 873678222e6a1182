"""The device host: each adapter in a supervised child process of its own.

:class:`DeviceHost` supervises one adapter, :class:`DeviceRack` all those of a terminal. A vendor
library that hangs or crashes takes down its own process only; the caller gets a definite result
and the host comes back by itself. See ``docs/devices/device-host.md``.

Names are loaded on first use: the child process imports this package too, and has no need for the
supervisor's half of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drivers.host.host import DeviceHost
    from drivers.host.rack import DeviceRack
    from drivers.host.spec import HostPolicy, HostSpec, HostState

__all__ = ["DeviceHost", "DeviceRack", "HostPolicy", "HostSpec", "HostState"]

_HOMES = {
    "DeviceHost": "drivers.host.host",
    "DeviceRack": "drivers.host.rack",
    "HostPolicy": "drivers.host.spec",
    "HostSpec": "drivers.host.spec",
    "HostState": "drivers.host.spec",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
