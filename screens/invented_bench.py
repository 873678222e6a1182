"""A workshop bench of an invented terminal, for the gallery and the tests: it says what a bench says and
remembers what it was asked to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from config.text import Text
from kiosk.personal import Personal
from kiosk.portal_check import Step
from kiosk.technician import NOT_ALLOWED, NotAllowedError
from kiosk.technician.drills import Drill, Graded, drills_for

NUMBER, PIN, CODE = "1001", "246810", "123456"
WAIT_S = 10.0
_PORTS = {
    "reader": ("id_card_reader", "sdt-serial"),
    "slips": ("receipt_printer", "escpos-tcp"),
    "proofs": ("document_printer", "ipp"),
    "camera": ("camera", "video"),
    "lights": ("indicator_light", "serial-panel"),
}
_STATES = {
    "reader": (["offline", "card unknown"], "device.offline", "port gone", 0),
    "slips": (["online", "sheet absent", "paper low"], "ok", "", 4712),
}
_WELL = (["online"], "ok", "", 4711)
ITEMS = (
    ("i-1", "case", "440100", "dead", 1_795_000_000.0, "portal.rejected"),
    ("i-2", "case", "440500", "queued", 1_794_999_000.0, ""),
    ("i-3", "evaluation", "440500", "delivered", 1_794_998_000.0, ""),
    ("i-4", "supplement", "440500", "unknown", 1_794_997_000.0, "portal.not_confirmed"),
)
_TIMELINE = (
    (1_795_000_000.0, "accepted", "queued", None, None),
    (1_795_000_002.0, "sent", "in_flight", None, None),
    (1_795_000_003.0, "answer", "dead", "portal.rejected", None),
)


class InventedBench:
    """:class:`kiosk.technician.bench.Bench`, with nothing behind it. ``broken`` and ``gave_up``: let a
    drill go on; ``done``: what was asked for."""

    def __init__(self) -> None:
        self.role = ""
        self.done: list[tuple[Any, ...]] = []
        self.value: object = 40
        self.broken = threading.Event()
        self.gave_up = threading.Event()

    def sign_in(self, number: str, pin: Personal, code: str) -> str:
        """One account may."""
        if (number, pin.reveal(), code) != (NUMBER, PIN, CODE):
            return "technician.refused"
        self.role = "manage"
        return ""

    def sign_out(self, reason: str = "left") -> None:
        """Nobody is at work."""
        self.role = ""

    def touched(self) -> None:
        """Nothing ends by itself here."""

    def expire(self) -> bool:
        """Is nobody signed in?"""
        return not self.role

    def overview(self) -> dict[str, Any]:
        """One device is away, and no outbox."""
        ready = {name: self.device(name)["code"] for name in _PORTS}
        return {
            "terminal": "ST-1", "trim": "demo", "time": "2026-11-26T10:00:00+08:00",
            "ready": ready | {"portal": "ok"},
            "ports": {name: port for name, (port, _) in _PORTS.items()},
            "queue": {}, "disk_free_mib": 512,
        }  # fmt: skip

    def devices(self) -> list[dict[str, Any]]:
        """All of them."""
        return [self.device(name) for name in _PORTS]

    def device(self, name: str) -> dict[str, Any]:
        """One of them."""
        port, adapter = _PORTS[name]
        states, code, detail, pid = _STATES.get(name, _WELL)
        return {
            "name": name, "port": port, "adapter": adapter, "states": states, "code": code,
            "detail": detail, "pid": pid,
        }  # fmt: skip

    def queue(self) -> list[dict[str, Any]]:
        """One that is stuck first."""
        names = ("item", "operation", "destination", "state", "accepted_at", "verdict")
        return [dict(zip(names, item, strict=True)) for item in ITEMS]

    def item(self, item_id: str) -> dict[str, Any]:
        """Why, and its timeline."""
        names = ("at", "kind", "state", "code", "next_try_at")
        return {
            "reasons": [Text(zh="需要您决定，否则送不出去。", en="It needs a decision of yours.")],
            "timeline": [dict(zip(names, entry, strict=True)) for entry in _TIMELINE],
        }

    def network(self) -> Iterator[Step]:
        """The name is found, the connection refused."""
        yield Step("ca", "ok", "public authorities")
        yield Step("name", "ok", "portal.example: 192.0.2.7")
        yield Step("connection", "fail", "port 443", "refused")

    def settings(self) -> list[dict[str, Any]]:
        """A number, a switch, a language."""
        values = (
            ("queue.max_items", self.value, "default"),
            ("notices.shown", True, "technician"),
            ("screen.language", "zh_CN", "portal revision 7"),
            ("portal.read_timeout_s", 7.5, "terminal.toml"),
        )
        return [dict(zip(("key", "value", "source"), value, strict=True)) for value in values]

    def changes(self) -> list[dict[str, Any]]:
        """One."""
        at = "2026-11-26T10:00:00+08:00"
        return [{"key": "notices.shown", "value": True, "who": NUMBER, "at": at}]

    def log(self) -> list[str]:
        """One line, and one that a power cut tore."""
        return ["2026-11-26 10:00:00,000 ERROR drivers.host reader: device.offline", "a torn line"]

    def audit(self) -> dict[str, Any]:
        """A chain that was broken."""
        record = (
            '{"at": "2026-11-26T10:00:00+08:00", "code": "technician.signed_in", '
            '"data": {"who": "1001", "role": "manage"}}'
        )
        return {"lines": [record, "spoilt"], "problems": ["line 2: not an audit record"]}

    def drills(self) -> list[Drill]:
        """Of the first two devices."""
        return drills_for({name: _PORTS[name][0] for name in ("reader", "slips")})

    def drill(self, drill: Drill, say: Callable[[str], object]) -> Graded:
        """Waits for :attr:`broken`, then for :attr:`gave_up`."""
        self.broken.clear()
        self.gave_up.clear()
        say("break")
        self.broken.wait(WAIT_S)
        say("mend")
        self.gave_up.wait(WAIT_S)
        return Graded(True, "device.offline", 1.25, 2.5)

    def stop_drill(self) -> None:
        """Lets a drill go on to its end."""
        self.broken.set()
        self.gave_up.set()

    def try_device(self, name: str, say: Callable[[Text], object]) -> tuple[bool, Text]:
        """No card comes."""
        return False, Text(zh="没有等到卡", en="no card in time")

    def restart_device(self, name: str) -> None:
        """May not be done."""
        raise NotAllowedError(NOT_ALLOWED)

    def retry(self, item_id: str) -> None:
        """Remembered."""
        self.done.append(("retry", item_id))

    def change(self, key: str, value: bool | float | str) -> Text | None:
        """Nothing below one."""
        if value == 0 and value is not False:
            return Text(zh="不能小于 1。", en="Input should be greater than or equal to 1")
        self.done.append(("change", key, value))
        self.value = value
        return None

    def undo(self) -> Text | None:
        """Remembered."""
        self.done.append(("undo",))
        return None
