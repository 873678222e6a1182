"""The composition root: the only place that sees every room and puts a terminal together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from config.changes import LoadWith, over
from config.remote import remote_store
from config.settings import PortalSection, Settings
from drivers.camera import sweep_stale
from drivers.flight import lines as flight_lines
from drivers.host import DeviceRack, HostSpec
from drivers.results import Ok
from drivers.status import DeviceStatus
from kiosk.audit import AuditLog
from kiosk.catalogue_upkeep import look_at_catalogue
from kiosk.certificates import CertificateKeeper, identity_files
from kiosk.control import ControlServer, Operation
from kiosk.first import edition_store, harden, make_front
from kiosk.forms import load_checker
from kiosk.outbox_secret import outbox_secret
from kiosk.portal_faults import fault_words
from kiosk.queue_view import operations as queue_operations
from kiosk.remote_upkeep import RemoteUpkeep
from kiosk.shutdown import SystemShutdown
from kiosk.technician.bench import Bench as Bench
from kiosk.technician.fitting import make_bench
from kiosk.terminal import Front, Terminal, TerminalParts
from kiosk.terminal.clock import Now, china_now
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.transport import PortalTransport
from kiosk.upkeep import Look, Upkeep
from kiosk.verification import FaceService, FaceSettings
from offline_queue import (
    Courier,
    CourierPolicy,
    ItemView,
    Limits,
    Outbox,
    OutboxError,
    OutboxInUse,
)
from portal import PortalClient, Timeouts

log = logging.getLogger(__name__)

RECORDING_S = 2.0


class SecondInstanceError(Exception):
    """Another terminal process already uses this data folder."""


class Application:
    """Everything of one terminal but its window. Make one, :meth:`start` it, :meth:`stop` it.

    ``front``: what stands of it already, with a first screen before it. ``load``: how its settings are
    loaded again, with changes a technician makes; without it they are changes over ``settings``.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        front: Front | None = None,
        now: Now = china_now,
        courier_policy: CourierPolicy | None = None,
        load: LoadWith | None = None,
    ) -> None:
        self.settings = settings
        self._ready = threading.Event()
        folder = settings.terminal.data_dir
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.front = front or make_front(settings, now=now)
        self.client = portal_client(settings.portal, settings.terminal.id)
        if self.client.fault is not None:
            words = fault_words(self.client.fault.value)
            log.error("portal.%s %s %s", self.client.fault.value, words.means.en, words.do.en)
        remote = remote_store(settings)
        looks: list[Look] = []
        store = edition_store(settings)
        if store is not None:
            looks.append(partial(look_at_catalogue, self.client, store))
        if remote is not None:
            looks.append(RemoteUpkeep(self.client, remote, now).look)
        self.upkeep = Upkeep(looks) if looks else None
        self.outbox = self._open_outbox(folder / "outbox")
        self.courier = (
            Courier(
                self.outbox, PortalTransport(self.client), policy=courier_policy or CourierPolicy()
            )
            if self.outbox is not None
            else None
        )
        self.rack = DeviceRack(
            [
                HostSpec(name, device.port, device.adapter, device.options)
                for name, device in settings.devices.items()
            ],
            on_status=self._device_status,
            on_event=self._device_event,
        )
        self.face = FaceService(
            FaceSettings(models_dir=settings.face.models_dir, policy=settings.face.policy),
            on_progress=self._face_progress,
        )
        audit_file = folder / "audit.log"
        audit = AuditLog(audit_file, now)
        shutdown = SystemShutdown(settings.power.shutdown_command, audit, self._close_queue)
        self.terminal = Terminal(
            TerminalParts(
                front=self.front,
                rack=self.rack,
                face=self.face,
                client=self.client,
                keys=SealingKeys(folder / "sealing-keys.json", self.client),
                outbox=self.outbox,
                courier=self.courier,
                audit=audit,
                shut_down=shutdown.ask,
            )
        )
        files = identity_files(settings.portal.client_cert, settings.portal.client_key)
        self.certificate = None if files is None else CertificateKeeper(self.client, files, now=now)
        self.bench = make_bench(
            settings,
            terminal=self.terminal,
            rack=self.rack,
            outbox=self.outbox,
            audit=audit,
            audit_file=audit_file,
            client=partial(portal_client, settings.portal, settings.terminal.id),
            renewal=lambda: {} if self.certificate is None else self.certificate.state(),
            load=load or over(settings),
            now=now,
        )
        load_checker()
        self.control = ControlServer(folder / "control.sock", self._operations())
        self._ready.set()

    def start(self) -> None:
        """Start devices, face service, courier and terminal; returns without waiting for devices."""
        harden()
        sweep_stale()
        self.terminal.start()
        self.rack.start()
        self.face.start()
        if self.courier is not None:
            self.courier.start()
        if self.upkeep is not None:
            self.upkeep.start()
        if self.certificate is not None:
            self.certificate.start()
        try:
            self.control.start()
        except OSError as error:
            # Residents are served without it; technicians see why their commands find no terminal.
            log.error("control.not_started error=%s", error.strerror)

    def stop(self) -> None:
        """Stop everything within a few seconds, whatever hangs."""
        self.control.stop()
        if self.upkeep is not None:
            self.upkeep.stop()
        self.terminal.stop()
        if self.certificate is not None:
            self.certificate.stop()
        if self.courier is not None:
            self.courier.stop(2.0)
        self.face.stop()
        self.rack.stop()
        self._close_queue()
        self.client.close()

    def _close_queue(self) -> None:
        """End deliveries, then the outbox; nothing happens the second time."""
        if self.courier is not None:
            self.courier.stop(2.0)
        if self.outbox is not None:
            self.outbox.close(5.0)

    def _operations(self) -> dict[str, Operation]:
        def statuses(_request: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
            return {name: asdict(status) for name, status in self.rack.statuses().items()}

        def recording(_request: Mapping[str, Any]) -> list[dict[str, Any]]:
            return self.terminal.recording()

        def traffic(request: Mapping[str, Any]) -> list[str] | None:
            name = str(request.get("device", ""))
            if name not in self.settings.devices:
                return None
            result = self.rack[name].recording(RECORDING_S).result(RECORDING_S + 1.0)
            return list(flight_lines(result.value)) if isinstance(result, Ok) else []

        def certificate(_request: Mapping[str, Any]) -> dict[str, Any]:
            return {} if self.certificate is None else self.certificate.state()

        own: dict[str, Operation] = {
            "portal.certificate": certificate,
            "devices.statuses": statuses,
            "devices.recording": traffic,
            "visit.recording": recording,
        }
        return own if self.outbox is None else {**own, **queue_operations(self.outbox)}

    def _open_outbox(self, folder: Path) -> Outbox | None:
        queue = self.settings.queue
        limits = replace(
            Limits(),
            items=queue.max_items,
            age_s=queue.max_age_h * 3600.0,
            free_bytes=queue.min_free_mib << 20,
        )
        try:
            outbox = Outbox.open(
                folder,
                limits=limits,
                on_change=self._item_changed,
                secret=outbox_secret(),
                key_age_s=queue.key_days * 86400.0,
            )
        except OutboxInUse as error:
            raise SecondInstanceError(str(folder.parent)) from error
        except (OutboxError, OSError) as error:
            # The terminal still starts, out of service, so that a technician sees why.
            log.error("outbox.not_opened error=%s detail=%s", type(error).__name__, error)
            return None
        if outbox.recovery is not None:
            log.error("outbox.recovered report=%s", outbox.recovery)
        return outbox

    # Callbacks may come before the terminal exists, while the outbox is being recovered.

    def _device_status(self, name: str, status: DeviceStatus) -> None:
        self._ready.wait()
        self.terminal.device_status(name, status)

    def _device_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        self.terminal.device_event(name, event, data)

    def _face_progress(self, name: str, data: Mapping[str, Any]) -> None:
        self.terminal.face_progress(name, data)

    def _item_changed(self, view: ItemView) -> None:
        if self._ready.is_set():
            self.terminal.item_changed(view)


def portal_client(portal: PortalSection, terminal_id: str) -> PortalClient:
    """The client of the configured portal."""
    certificate: tuple[Path, Path] | None = None
    if portal.client_cert is not None and portal.client_key is not None:
        certificate = (portal.client_cert, portal.client_key)
    return PortalClient(
        portal.url,
        terminal_id=terminal_id,
        ca_file=portal.ca_file,
        client_cert=certificate,
        timeouts=Timeouts(connect_s=portal.connect_timeout_s, read_s=portal.read_timeout_s),
    )
