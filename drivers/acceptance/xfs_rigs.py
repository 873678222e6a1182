"""The simulated XFS4IoT services, ready for the kit; each adapter finds its own by the publisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.acceptance.guide import Rig
from drivers.escpos.interpreter import Interpreter, Rows
from drivers.xfs.simulator import XfsSimulator

_CODE = "ACCEPTANCE-TEST-0001"
_DOTS = 576


def _rig(
    port: str,
    simulator: XfsSimulator,
    acts: Mapping[str, Callable[[], object]],
    looks: Mapping[str, Callable[[], bool]] | None = None,
) -> Rig:
    def options() -> dict[str, Any]:
        return {"publisher": simulator.address}

    comings = {
        "unplug": lambda: simulator.command("off"),
        "replug": lambda: simulator.command("on"),
    }
    return Rig(port, simulator, options, {**acts, **comings}, looks or {})


def receipt_printer_rig() -> Rig:
    """A Printer service before an ESC/POS printer."""
    simulator = XfsSimulator()
    machine = simulator.machine
    seen = [0]

    def slip_complete() -> bool:
        before, seen[0] = seen[0], len(machine.printed)
        paper = _paper(machine.printed[-1])
        framed = paper[: _DOTS // 8] == paper[-_DOTS // 8 :] == b"\xff" * (_DOTS // 8)
        return seen[0] > before and framed and machine.finished[-1] == {"cut": True}

    def power_cut() -> None:
        simulator.command("fault", name="Printer.PrintRaw", kind="killed")

    return _rig(
        "receipt_printer",
        simulator,
        {
            "paper_out": lambda: simulator.command("paper", state="out"),
            "load_paper": lambda: simulator.command("paper", state="full"),
            "cover_open": lambda: simulator.command("device", state="userError"),
            "cover_close": lambda: simulator.command("device", state="online"),
            "power_cut": power_cut,
        },
        {"slip_complete": slip_complete, "cut_in_time": lambda: True},
    )


def _paper(data: bytes) -> bytes:
    """The rows that a printer makes of what PrintRaw passed on."""
    interpreter = Interpreter(_DOTS)
    interpreter.feed(data)
    rows = bytearray()
    while (step := interpreter.step()) is not None:
        if isinstance(step, Rows):
            rows += step.data
    return bytes(rows)


def scanner_rig() -> Rig:
    """A BarcodeReader service."""
    simulator = XfsSimulator()
    return _rig(
        "scanner",
        simulator,
        {
            "no_code": lambda: simulator.command("no_code"),
            "show_code": lambda: simulator.command("code", text=_CODE),
        },
    )


def lights_rig() -> Rig:
    """A Lights service."""
    simulator = XfsSimulator()

    def all_lights(rate: str) -> bool:
        lights = [*simulator.machine.lights.values()]
        parts = [part for light in lights for part in light.values()]
        return bool(parts) and all(part["flashRate"] == rate for part in parts)

    return _rig(
        "indicator_light",
        simulator,
        {},
        {
            "lights_on": lambda: all_lights("continuous"),
            "lights_flash": lambda: all_lights("slow"),
            "lights_off": lambda: all_lights("off"),
        },
    )


def presence_rig() -> Rig:
    """An Auxiliaries service with a proximity sensor."""
    simulator = XfsSimulator()
    return _rig(
        "presence_sensor",
        simulator,
        {
            "person_comes": lambda: simulator.command("person", near=True),
            "person_leaves": lambda: simulator.command("person", near=False),
        },
    )


def card_reader_rig() -> Rig:
    """A CardReader service with a motorised reader and a social-security card."""
    simulator = XfsSimulator()

    def insert(card: str) -> None:
        simulator.command("insert_card", card=card)

    def snatch_chip() -> None:
        insert("social_security")
        simulator.command("withdraw", exchanges=3)

    return _rig(
        "smart_card_reader",
        simulator,
        {
            "no_card": lambda: simulator.command("take_card"),
            "social_card": lambda: insert("social_security"),
            "bank_card": lambda: insert("bank"),
            "locked_card": lambda: insert("social_security_psam"),
            "snatch_chip": snatch_chip,
        },
    )


def camera_rig() -> Rig:
    """A Camera service whose picture moves."""
    simulator = XfsSimulator()
    return _rig(
        "camera",
        simulator,
        {
            "cover_lens": lambda: simulator.command("cover_lens"),
            "uncover_lens": lambda: simulator.command("uncover_lens"),
        },
    )
