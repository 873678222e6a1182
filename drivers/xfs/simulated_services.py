"""What the simulated XFS4IoT services do: a machine with a printer, a scanner, lights, sensors."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.xfs.messages import SUCCESS, Message, definitions, spoken
from drivers.xfs.simulated_camera import COMMANDS as CAMERA_COMMANDS
from drivers.xfs.simulated_camera import SimulatedCamera
from drivers.xfs.simulated_card_reader import COMMANDS as SLOT_COMMANDS
from drivers.xfs.simulated_card_reader import CardSlot

Answer = tuple[str, dict[str, Any]]
SERVICES = (
    "cardReader",
    "printer",
    "barcodeReader",
    "camera",
    "lights",
    "auxiliaries",
    "vendorMode",
)
_EVENTS = ("Common.StatusChangedEvent",)
_CAPABLE: Mapping[str, dict[str, Any]] = {
    "printer": {"type": {"receipt": True}, "control": {"cut": True, "eject": True}},
    "lights": {
        "individualFlashRates": True,
        "lights": {
            "cardReader": {"center": {"flashRate": {"off": True, "slow": True}}},
            "receiptPrinter": {"left": {"flashRate": {"off": True}}, "right": {}},
            "documentPrinter": {"default": {}},
            "scanner": {"default": {}},
        },
    },
    "barcodeReader": {},
    "auxiliaries": {"proximitySensor": True},
    "vendorMode": {},
}
_BYTES_PER_S = 200_000.0  # a slip of 80 mm in about half a second


@dataclass
class Call:
    """A command being carried out. ``cancelled``: set by Common.Cancel, and when the client goes."""

    message: Message
    send: Callable[[Message], None]
    cancelled: threading.Event = field(default_factory=threading.Event)

    def event(self, name: str, payload: dict[str, Any] | None = None) -> None:
        """Tell something of this command's progress."""
        self.send(Message("event", name, self.message.request_id, payload=payload or {}))

    @property
    def limit_s(self) -> float:
        """The command's own time limit."""
        return (self.message.timeout_ms or 0) / 1000


class Machine:
    """The devices' state, shared by all services; ``changed`` is notified of every change.

    ``capable``: what Common.Capabilities tells of each service. ``guarded``: commands for which a
    token of end-to-end security is wanted. ``vendor_mode``: as the VendorMode service's status has
    it. ``senses``: whether the status tells of the proximity sensor.
    """

    capable: Mapping[str, Mapping[str, Any]] = _CAPABLE
    guarded: tuple[str, ...] = ()

    def __init__(self, slot: CardSlot | None = None, camera: SimulatedCamera | None = None) -> None:
        self.slot = slot or CardSlot()
        self.camera = camera or SimulatedCamera()
        self.changed = threading.Condition()
        self.device, self.paper = "online", "full"
        self.heals = False
        self.saving_s = 0
        self.near, self.senses = False, True
        self.vendor_mode = "inactive"
        self.codes: list[str] = []
        self.lights: dict[str, Any] = {}
        self.printed: list[bytes] = []
        self.finished: list[Mapping[str, Any]] = []

    def commands(self) -> Mapping[str, str]:
        """Further commands of the simulator, with their help."""
        return {**SLOT_COMMANDS, **CAMERA_COMMANDS}

    def command(self, name: str, /, **arguments: Any) -> None:
        """Something happens to the machine."""
        with self.changed:
            self.slot.command(name, **arguments)
            self.camera.command(name, **arguments)
            match name:
                case "code":
                    self.codes.append(arguments["text"])
                case "no_code":
                    self.codes.clear()
                case "paper":
                    self.paper = arguments["state"]
                case "device" | "heal":
                    self.device, self.heals = arguments["state"], name == "heal"
                case "power_saving":
                    self.saving_s = arguments["seconds"]
                case "person":
                    self.near = arguments["near"]
            self.changed.notify_all()

    def state(self) -> Mapping[str, Any]:
        """JSON-able, without content."""
        return {
            "device": self.device,
            "paper": self.paper,
            "near": self.near,
            "card": self.slot.where,
        }

    def wait_for(self, condition: Callable[[], bool], call: Call) -> str:
        """The completion code of a wait: success, canceled or timeOut."""
        with self.changed:
            held = self.changed.wait_for(
                lambda: condition() or call.cancelled.is_set(), call.limit_s
            )
            if held and condition():
                return SUCCESS
        return "canceled" if held else "timeOut"


def status(machine: Machine, service: str) -> dict[str, Any]:
    """Answer to Common.Status, and content of Common.StatusChangedEvent."""
    own: dict[str, Any] = {}
    match service:
        case "cardReader":
            own = machine.slot.status()
        case "camera":
            own = machine.camera.status()
        case "printer":
            own = {"media": "notPresent", "paper": {"upper": machine.paper}}
        case "auxiliaries":
            near = "present" if machine.near else "notPresent"
            own = {"proximitySensor": near if machine.senses else None}
        case "vendorMode":
            own = {"device": "online", "service": machine.vendor_mode}
    common = {"device": machine.device, "powerSaveRecoveryTime": machine.saving_s}
    return {"common": common, service or "lights": own}


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What a Common.StatusChangedEvent tells: only what is another than before."""
    changed: dict[str, Any] = {}
    for key, value in new.items():
        if isinstance(value, Mapping):
            inner = changes(old.get(key) or {}, value)
            if inner:
                changed[key] = inner
        elif value != old.get(key):
            changed[key] = value
    return changed


def capabilities(
    service: str, machine: Machine, versions: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Answer to Common.Capabilities; a command of ``versions`` without any is not offered."""
    interface = service[:1].upper() + service[1:]

    def offered(prefix: str) -> dict[str, Any]:
        ours = {
            name: versions.get(name, tuple(f"{major}.0" for major in spoken(name)))
            for name in definitions()["command"]
            if name.startswith(f"{prefix}.")
        }
        return {name: {"versions": [*said]} for name, said in ours.items() if said}

    events = {name: {"versions": ["2.0", "3.0"]} for name in _EVENTS}
    about = {"modelName": "Simulated", "serialNumber": "SIM-1"}
    common: dict[str, Any] = {"serviceVersion": "1.0", "deviceInformation": [about]}
    if machine.guarded:
        common["endToEndSecurity"] = {"commands": [*machine.guarded]}
    return {
        "interfaces": [
            {"name": "Common", "commands": offered("Common"), "events": events},
            {"name": interface, "commands": offered(interface)},
        ],
        "common": common,
        service: dict(_section(service, machine)),
    }


def _section(service: str, machine: Machine) -> Mapping[str, Any]:
    match service:
        case "cardReader":
            return machine.slot.capable()
        case "camera":
            return machine.camera.capable()
    return machine.capable.get(service, {})


def run(machine: Machine, service: str, call: Call) -> Answer:
    """Carry out a device command."""
    name, payload = call.message.name, call.message.payload
    match name:
        case _ if name.startswith("CardReader."):
            return machine.slot.run(machine, call)
        case _ if name.startswith("Camera."):
            return machine.camera.run(call)
        case "Printer.PrintRaw":
            return _print(machine, call)
        case "Printer.ControlMedia":
            machine.finished.append(payload["mediaControl"])
        case "Lights.SetLight":
            machine.lights.update(payload)
        case "BarcodeReader.Read":
            return _read_code(machine, call)
        case _ if name.endswith(".Reset"):
            with machine.changed:
                if machine.heals:
                    machine.device, machine.heals = "online", False
    return SUCCESS, {}


def _print(machine: Machine, call: Call) -> Answer:
    data = base64.b64decode(call.message.payload["data"])
    end = time.monotonic() + len(data) / _BYTES_PER_S
    with machine.changed:
        machine.changed.wait_for(
            lambda: call.cancelled.is_set() or machine.paper in ("out", "jammed"),
            max(0.0, end - time.monotonic()),
        )
    if machine.paper in ("out", "jammed"):
        return "commandErrorCode", {"errorCode": f"paper{machine.paper.capitalize()}"}
    if call.cancelled.is_set():
        return "canceled", {}
    machine.printed.append(data)
    return SUCCESS, {}


def _read_code(machine: Machine, call: Call) -> Answer:
    code = machine.wait_for(lambda: bool(machine.codes), call)
    if code != SUCCESS:
        return code, {}
    with machine.changed:
        codes, machine.codes = machine.codes, []
    read = [
        {"symbology": "qrCode", "barcodeData": base64.b64encode(text.encode()).decode("ascii")}
        for text in codes
    ]
    return SUCCESS, {"readOutput": read}
