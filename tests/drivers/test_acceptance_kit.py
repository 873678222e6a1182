"""The acceptance kit: every shipped adapter passes it at its simulator, broken adapters fail it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from drivers.acceptance import (
    SIMULATED,
    AcceptanceReport,
    CheckResult,
    Instruction,
    Limits,
    NobodyGuide,
    NoSimulatorError,
    Outcome,
    SimulatorGuide,
    Verdict,
    accept,
    check_title,
    checks_for,
    ports_with_checks,
    rig_names,
    running_rig,
)
from drivers.acceptance.texts import act, known, look
from drivers.host import HostSpec

HASTY = Limits(
    open_s=4, wait_s=0.4, begin_s=0.2, operation_s=8, stuck_s=0.5, notice_s=1.0, recover_s=15,
    steady_s=0.6,
)  # fmt: skip

# The kit kills drivers' processes, and an adapter refuses a picture by an exception.
pytestmark = pytest.mark.logs(r"device\.host_crashed", r"print_receipt raised: ValueError")

BROKEN: dict[str, tuple[str, set[str]]] = {
    "BrokenReader": (
        "id_card_reader",
        {
            "card.none", "card.cancel", "card.read", "card.private",
            "life.unplugged", "settings.refused",
        },
    ),
    "BrokenChipReader": (
        "smart_card_reader",
        {
            "chip.none", "chip.cancel", "chip.killed", "chip.read", "chip.private", "chip.bank",
            "chip.locked", "life.unplugged", "settings.refused",
        },
    ),
    "BrokenReceiptPrinter": (
        "receipt_printer",
        {
            "receipt.width", "receipt.printed", "receipt.too_wide", "receipt.paper_out",
            "receipt.cover_open", "receipt.power_cut", "receipt.cancel", "receipt.killed",
            "life.unplugged", "settings.refused",
        },
    ),
    "BrokenDocumentPrinter": (
        "document_printer",
        {
            "document.printed", "document.paper_out", "document.one_sheet",
            "document.cover_open", "document.cancel", "life.unplugged", "settings.refused",
        },
    ),
    "BrokenCamera": (
        "camera",
        {
            "camera.starts", "camera.fresh", "camera.stop_wipes", "camera.dark", "camera.lost",
            "camera.killed",
            "life.unplugged", "settings.refused",
        },
    ),
    "BrokenDocumentCamera": (
        "document_camera",
        {
            "camera.starts", "camera.fresh", "camera.stop_wipes", "camera.dark", "camera.lost",
            "camera.killed", "page.readable", "page.none", "page.covered", "page.cut_off",
            "page.spoilt", "page.cancel", "page.private", "life.unplugged", "settings.refused",
        },
    ),
    "BrokenScanner": (
        "scanner",
        {
            "scan.none", "scan.cancel", "scan.killed", "scan.stale", "scan.private",
            "life.unplugged", "settings.refused",
        },
    ),
    "BrokenLights": (
        "indicator_light",
        {
            "lights.shown", "lights.after_loss", "lights.after_kill",
            "life.unplugged", "settings.refused",
        },
    ),
    "BrokenSensor": (
        "presence_sensor", {"presence.told", "life.unplugged", "settings.refused"},
    ),
    "BrokenSupply": (
        "power_supply",
        {"power.mains", "power.cut", "power.killed", "life.unplugged", "settings.refused"},
    ),
    "BrokenJack": (
        "headset_jack",
        {
            "headset.told", "headset.watched", "headset.killed",
            "life.unplugged", "settings.refused",
        },
    ),
    "StatusChatter": (
        "an_unknown_port",
        {"status.steady", "status.vocabulary", "life.unplugged", "settings.refused"},
    ),
    "Absent": ("id_card_reader", {"life.opens"}),
}  # fmt: skip


_AT_ONCE = 8

Made = TypeVar("Made")


class AgreeableGuide:
    """Says that everything was done and looks well, whatever the adapter makes of it."""

    kind = "person"

    def ask(self, instruction: Instruction) -> bool:
        return True

    def judge(self, question: Instruction) -> bool | None:
        return True


def at_simulator(adapter: str) -> list[AcceptanceReport]:
    """A report for every port."""
    with running_rig(adapter) as rig:
        return [
            accept(
                HostSpec("device", port, adapter, rig.options()),
                SimulatorGuide(rig),
                limits=SIMULATED,
            )
            for port in (rig.port, *rig.more_ports)
        ]


def broken(name: str) -> AcceptanceReport:
    spec = HostSpec("device", BROKEN[name][0], f"acceptance_adapters:{name}")
    return accept(spec, AgreeableGuide(), limits=HASTY)


def side_by_side(accepted: Callable[[str], Made], names: Collection[str]) -> dict[str, Made]:
    """Runs of several ``names`` at once: a run is mostly waiting, but all of them are too much."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(names, pool.map(accepted, names, timeout=280), strict=True))


@pytest.mark.timeout(300)
def test_every_shipped_adapter_is_accepted() -> None:
    reports = [
        (name, report)
        for name, made in side_by_side(at_simulator, rig_names()).items()
        for report in made
    ]
    trouble = [
        (name, check)
        for name, report in reports
        for check in report.checks
        if check.outcome is not Outcome.PASSED
    ]
    assert trouble == []
    for name, report in reports:
        assert report.verdict is Verdict.ACCEPTED
        assert [check.check for check in report.checks] == [*checks_for(report.port)]
        assert (report.adapter, report.guide) == (name, "simulator")
        assert_nobody_in(report)


def test_every_broken_adapter_fails_the_right_checks() -> None:
    reports = side_by_side(broken, BROKEN)
    failed = {name: set(report.of(Outcome.FAILED)) for name, report in reports.items()}
    assert failed == {name: expected for name, (_, expected) in BROKEN.items()}
    for report in reports.values():
        assert report.verdict is Verdict.REJECTED
        assert all(check.note for check in report.checks if check.outcome is not Outcome.PASSED)
        assert_nobody_in(report)
    absent = reports["Absent"]
    assert len(absent.of(Outcome.NOT_RUN)) == len(absent.checks) - 1
    assert absent.checks[0].codes == ("device.gone",)


def assert_nobody_in(report: AcceptanceReport) -> None:
    """Neither a card's content nor a setting is in a report."""
    text = str(report.as_dict())
    assert not [
        word for word in ("陈秋实", "测试甲", "4405", "answer_s", "127.0.0.1") if word in text
    ]


def test_without_a_person_guided_checks_are_not_run() -> None:
    with running_rig("sdt-serial") as rig:
        seen: list[CheckResult] = []
        spec = HostSpec("device", rig.port, "sdt-serial", rig.options())
        report = accept(spec, NobodyGuide(), limits=HASTY, on_result=seen.append)
    assert tuple(seen) == report.checks
    assert report.verdict is Verdict.INCOMPLETE
    assert set(report.of(Outcome.NOT_RUN)) == {
        name for name in checks_for(rig.port) if name.startswith("card.")
    } | {"life.unplugged"}
    [unplugged] = [check for check in report.checks if check.check == "life.unplugged"]
    assert "(unplug)" in unplugged.note, "which request the guide could not meet"


def test_every_text_is_used_and_in_both_languages() -> None:
    checks = {name for port in (*ports_with_checks(), "other") for name in checks_for(port)}
    assert checks == known("check")
    for name in checks:
        assert check_title(name).zh
        assert check_title(name).en.isascii()
    assert all(act(name).zh and act(name).en for name in known("act"))
    assert all(
        look(name).zh.endswith("？") and look(name).en.endswith("?") for name in known("look")
    )


def test_rigs_meet_only_requests_that_exist() -> None:
    for adapter in rig_names():
        with running_rig(adapter) as rig:
            assert set(rig.acts) <= known("act")
            assert set(rig.looks) <= known("look")


def test_an_adapter_without_a_simulator_says_so() -> None:
    with pytest.raises(NoSimulatorError, match="nobodys"), running_rig("nobodys"):
        pass
