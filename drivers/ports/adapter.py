"""What every adapter is and is handed, whatever its port."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from drivers.results import Result
from drivers.status import DeviceStatus

Tap = Callable[[str, bytes], None]
"""``tap("out" | "in", data)``: shows the flight recorder bytes that go over the device's wire."""


def no_tap(direction: str, data: bytes) -> None:
    """A tap nobody listens to."""


@dataclass(frozen=True, slots=True)
class AdapterContext:
    """What the device host hands to an adapter.

    ``options``: the adapter's own settings, from the terminal's configuration.
    ``emit(name, data)``: push a progress event (``"card_found"``, ``"page_done"``); data without
    personal content. ``cancelled()``: True once the caller has given up on the running operation.
    ``tap``: for the flight recorder, which redacts before it keeps (see :mod:`drivers.flight`).
    """

    name: str
    options: Mapping[str, Any]
    emit: Callable[[str, Mapping[str, Any]], None]
    cancelled: Callable[[], bool]
    tap: Tap = no_tap


class Adapter(Protocol):
    """The life of every adapter. ``__init__`` takes an :class:`AdapterContext` and does no I/O.

    An adapter at a port of the machine says which of its options name it, and of which kind, so that
    the option may be a binding (:mod:`drivers.hotplug.binding`) and the adapter still finds the path
    of a device file in it: ``port_options: ClassVar = {"port": "serial"}``; kinds are those of
    :class:`drivers.hotplug.inventory.PortKind`. One whose :meth:`open` does not make the device
    answer says ``asks_at_opening: ClassVar = False``: opening it does not prove what is there.
    """

    def open(self) -> Result[None]:
        """Find and open the device. Called again, on a fresh instance, after any failure."""
        ...

    def close(self) -> None:
        """Release everything; must not raise and may be called at any time."""
        ...

    def status(self) -> DeviceStatus:
        """Ask the device (at most about 0.5 s); called between operations, every second or so."""
        ...


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """What a device says of itself, for a technician. ``facts``: further pairs of name and value.

    ``note``: how far this is to be believed.
    """

    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""


@runtime_checkable
class Describable(Protocol):
    """An adapter that can ask its device who it is; optional for every port."""

    def device_info(self, timeout_s: float) -> Result[DeviceInfo]:
        """Ask the device. Failures: ``device.*`` and those of the port."""
        ...
