"""All devices of one terminal."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.host.host import DeviceHost, EventCallback, StatusCallback
from drivers.host.spec import HostPolicy, HostSpec
from drivers.status import DeviceStatus


class DeviceRack:
    """Hosts by name; they start and stop side by side. Callbacks as for :class:`DeviceHost`.

    Raises :class:`ValueError` if two devices share a name.
    """

    def __init__(
        self,
        specs: Sequence[HostSpec],
        *,
        on_status: StatusCallback | None = None,
        on_event: EventCallback | None = None,
        policy: HostPolicy | None = None,
    ) -> None:
        self._hosts: dict[str, DeviceHost] = {}
        for spec in specs:
            if spec.name in self._hosts:
                raise ValueError(f"two devices are called {spec.name!r}")
            self._hosts[spec.name] = DeviceHost(
                spec, on_status=on_status, on_event=on_event, policy=policy
            )

    def start(self) -> None:
        """Start all; returns at once."""
        for host in self._hosts.values():
            host.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Stop all at the same time, and return when they are gone."""
        for host in self._hosts.values():
            host.begin_stop(timeout_s)
        for host in self._hosts.values():
            host.finish_stop(timeout_s)

    def __getitem__(self, name: str) -> DeviceHost:
        """The host called ``name``; :class:`KeyError` if there is none."""
        return self._hosts[name]

    @property
    def hosts(self) -> tuple[DeviceHost, ...]:
        """All hosts, in the order of configuration."""
        return tuple(self._hosts.values())

    def of_port(self, port: str) -> tuple[DeviceHost, ...]:
        """The hosts that serve ``port`` (``"receipt_printer"``), in the order of configuration."""
        return tuple(host for host in self._hosts.values() if host.spec.port == port)

    def statuses(self) -> dict[str, DeviceStatus]:
        """What is known of each device now."""
        return {name: host.status for name, host in self._hosts.items()}
