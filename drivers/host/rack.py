"""All devices of one terminal."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.host.host import DeviceHost, EventCallback, StatusCallback
from drivers.host.spec import HostPolicy, HostSpec
from drivers.hotplug.locate import at_a_port, concerns
from drivers.hotplug.watch import POLL_S, PortChange, PortWatcher
from drivers.status import DeviceStatus


class DeviceRack:
    """Hosts by name; they start and stop side by side. Callbacks as for :class:`DeviceHost`.

    While it runs it watches the machine's ports: a device that is plugged in or pulled is seen to at
    once, not when its host looks next. ``port_poll_s``: between looks where no events can be had.

    Raises :class:`ValueError` if two devices share a name.
    """

    def __init__(
        self,
        specs: Sequence[HostSpec],
        *,
        on_status: StatusCallback | None = None,
        on_event: EventCallback | None = None,
        policy: HostPolicy | None = None,
        port_poll_s: float = POLL_S,
    ) -> None:
        self._port_poll_s = port_poll_s
        self._watcher: PortWatcher | None = None
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
        at_ports = [host.spec for host in self._hosts.values() if at_a_port(host.spec.options)]
        if at_ports and self._watcher is None:
            # The specs of one terminal are of one machine.
            self._watcher = PortWatcher(
                self._port_changed, roots=at_ports[0].roots, poll_s=self._port_poll_s
            )
            self._watcher.start()

    def _port_changed(self, change: PortChange) -> None:
        for host in self._hosts.values():
            if concerns(host.spec.options, change.port):
                host.nudge()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Stop all at the same time, and return when they are gone."""
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()
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
