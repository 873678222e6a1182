"""Running the checks of a port against a device: ``accept(spec, guide)``."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from drivers.acceptance import (
    camera,
    card_reader,
    chip_reader,
    common,
    document_camera,
    document_printer,
    headset,
    panel,
    power,
    receipt_printer,
    scanner,
)
from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun, Limits
from drivers.acceptance.guide import Guide
from drivers.acceptance.report import AcceptanceReport, CheckResult, Outcome
from drivers.host import HostSpec
from drivers.registry import adapter_target

Check = Callable[[Bench], None]
OnResult = Callable[[CheckResult], None]

OPENS = "life.opens"

_OF_CAMERAS: dict[str, Check] = {
    "camera.starts": camera.starts,
    "camera.fresh": camera.fresh,
    "camera.stop_wipes": camera.stop_wipes,
    "camera.dark": camera.dark,
    "camera.lost": camera.lost,
    "camera.killed": camera.killed,
}
_FIRST: dict[str, Check] = {
    OPENS: common.opens,
    "status.steady": common.steady,
}
_OF_PORT: dict[str, dict[str, Check]] = {
    "id_card_reader": {
        "card.none": card_reader.none,
        "card.cancel": card_reader.cancel,
        "card.killed": card_reader.killed,
        "card.read": card_reader.read,
        "card.private": card_reader.private,
        "card.removed": card_reader.removed,
    },
    "smart_card_reader": {
        "chip.none": chip_reader.none,
        "chip.cancel": chip_reader.cancel,
        "chip.killed": chip_reader.killed,
        "chip.read": chip_reader.read,
        "chip.private": chip_reader.private,
        "chip.bank": chip_reader.bank,
        "chip.locked": chip_reader.locked,
        "chip.removed": chip_reader.removed,
    },
    "receipt_printer": {
        "receipt.width": receipt_printer.width,
        "receipt.printed": receipt_printer.printed,
        "receipt.too_wide": receipt_printer.too_wide,
        "receipt.paper_out": receipt_printer.paper_out,
        "receipt.cover_open": receipt_printer.cover_open,
        "receipt.cancel": receipt_printer.cancel,
        "receipt.killed": receipt_printer.killed,
        "receipt.power_cut": receipt_printer.power_cut,
    },
    "document_printer": {
        "document.printed": document_printer.printed,
        "document.paper_out": document_printer.paper_out,
        "document.one_sheet": document_printer.one_sheet,
        "document.cover_open": document_printer.cover_open,
        "document.cancel": document_printer.cancel,
        "document.killed": document_printer.killed,
    },
    "camera": _OF_CAMERAS,
    "document_camera": {
        **_OF_CAMERAS,
        "page.readable": document_camera.readable,
        "page.none": document_camera.none,
        "page.covered": document_camera.covered,
        "page.cut_off": document_camera.cut_off,
        "page.spoilt": document_camera.spoilt,
        "page.cancel": document_camera.cancel,
        "page.private": document_camera.private,
    },
    "scanner": {
        "scan.none": scanner.none,
        "scan.cancel": scanner.cancel,
        "scan.killed": scanner.killed,
        "scan.read": scanner.read,
        "scan.stale": scanner.stale,
        "scan.private": scanner.private,
    },
    "indicator_light": {
        "lights.shown": panel.lights,
        "lights.after_loss": panel.lights_after_loss,
        "lights.after_kill": panel.lights_after_kill,
    },
    "presence_sensor": {
        "presence.told": panel.presence,
        "presence.once": panel.presence_once,
    },
    "power_supply": {
        "power.mains": power.mains,
        "power.cut": power.cut,
        "power.killed": power.killed_on_battery,
    },
    "headset_jack": {
        "headset.told": headset.told,
        "headset.watched": headset.watched,
        "headset.killed": headset.killed,
    },
}
_LAST: dict[str, Check] = {
    "life.killed": common.killed,
    "life.unplugged": common.unplugged,
    # after the others, since by then there were troubles to report
    "status.vocabulary": common.vocabulary,
    "settings.refused": common.unknown_setting,
}


def checks_for(port: str) -> dict[str, Check]:
    """The checks of ``port`` in the order they are run. A port without checks of its own gets those
    that hold for every device."""
    return {**_FIRST, **_OF_PORT.get(port, {}), **_LAST}


def ports_with_checks() -> tuple[str, ...]:
    """Ports whose operations are checked too."""
    return tuple(_OF_PORT)


def accept(
    spec: HostSpec,
    guide: Guide,
    *,
    limits: Limits | None = None,
    on_result: OnResult = lambda result: None,
) -> AcceptanceReport:
    """Run every check of the port against the device, in a device host of its own.

    ``on_result`` is called after each check. Nothing else may hold the device meanwhile. Raises
    :class:`drivers.registry.UnknownAdapterError` for an adapter nobody declared.
    """
    target = adapter_target(spec.adapter)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    bench = Bench(spec, guide, limits or Limits())
    results: list[CheckResult] = []
    bench.host.start()
    try:
        for name, check in checks_for(spec.port).items():
            results.append(_run(bench, name, check))
            on_result(results[-1])
            if name == OPENS and results[-1].outcome is not Outcome.PASSED:
                break
        ran = len(results)
        for name in [*checks_for(spec.port)][ran:]:
            results.append(CheckResult(name, Outcome.NOT_RUN, 0.0, (), "the device did not open"))
            on_result(results[-1])
    finally:
        bench.host.stop()
    return AcceptanceReport(
        device=spec.name,
        port=spec.port,
        adapter=spec.adapter,
        target=target,
        version=adapter_version(target),
        guide=guide.kind,
        at=at,
        checks=tuple(results),
    )


def _run(bench: Bench, name: str, check: Check) -> CheckResult:
    bench.codes = []
    began = time.monotonic()
    outcome, note = Outcome.PASSED, ""
    try:
        if name != OPENS and not bench.reached(bench.usable, bench.limits.recover_s):
            bench.note_code(bench.host.status.failure)
            raise CheckNotRun("the device was not usable before the check")
        check(bench)
    except CheckFailed as failed:
        outcome, note = Outcome.FAILED, str(failed)
    except CheckNotRun as missing:
        outcome, note = Outcome.NOT_RUN, str(missing)
    return CheckResult(name, outcome, round(time.monotonic() - began, 2), tuple(bench.codes), note)


def adapter_version(target: str) -> str:
    """Version of the installed package that holds ``target``; empty if it is none."""
    from importlib import metadata

    root = target.partition(":")[0].partition(".")[0]
    names = metadata.packages_distributions().get(root, [])
    return metadata.version(names[0]) if names else ""
