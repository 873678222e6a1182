"""``kiosk devices accept``: the acceptance kit at the keyboard."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.cli.common import fail, print_json

if TYPE_CHECKING:
    from config.settings import Settings
    from drivers.acceptance import CheckResult, Guide
    from drivers.host import HostSpec

EXIT_CODES = {"accepted": 0, "rejected": 1, "incomplete": 3}
_MARKS = {"passed": "✓", "failed": "✗", "not_run": "–"}


def run_acceptance(
    settings: Settings,
    name: str,
    *,
    in_simulation: bool,
    out: Path | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Run the checks, show and write the result; returns the exit code."""
    from drivers.acceptance import SIMULATED, Limits, accept
    from drivers.registry import UnknownAdapterError
    from kiosk.device_acceptance import write_certificate
    from kiosk.documents.fonts import FontsMissingError

    with ExitStack() as stack:
        spec, guide = _device(settings, name, in_simulation, stack)
        if not in_simulation and not yes:
            _may_begin(spec)
        _tell_log(stack)
        try:
            report = accept(
                spec,
                guide,
                limits=SIMULATED if in_simulation else Limits(),
                on_result=lambda result: _show(result, quiet=as_json),
            )
        except UnknownAdapterError as error:
            fail(str(error), 2)
    folder = out or settings.terminal.data_dir / "acceptance"
    try:
        certificate = write_certificate(report, settings.terminal.data_dir, folder)
    except (OSError, ValueError, FontsMissingError) as error:
        fail(f"The report could not be written: {error}", 4)
    if as_json:
        print_json(json.loads(certificate.json_file.read_text("utf-8")))
    else:
        typer.echo(f"\n{report.verdict.value}: {certificate.json_file}")
        typer.echo(f"  {certificate.pdf_file}\n  public key {certificate.public_key}")
    return EXIT_CODES[report.verdict.value]


def _device(
    settings: Settings, name: str, in_simulation: bool, stack: ExitStack
) -> tuple[HostSpec, Guide]:
    """The device to try and who helps; with a simulator also an adapter that is not configured."""
    from drivers.acceptance import NoSimulatorError
    from drivers.host import HostSpec
    from drivers.registry import adapter_names
    from kiosk.device_acceptance import guide_for, simulated

    device = settings.devices.get(name)
    if device is None and not (in_simulation and name in adapter_names()):
        known = [*settings.devices, *(adapter_names() if in_simulation else ())]
        fail(f"no device {name!r}; there are: {', '.join(known) or 'none configured'}", 2)
    if not in_simulation:
        assert device is not None  # noqa: S101 - for the type checker; refused above
        attended = sys.stdin.isatty()
        guide = guide_for(attended=attended, read=input)
        return HostSpec(name, device.port, device.adapter, device.options), guide
    try:
        return stack.enter_context(simulated(name, device.adapter if device else name))
    except NoSimulatorError as error:
        fail(str(error), 2)


def _may_begin(spec: HostSpec) -> None:
    """Real paper and real cards: nobody should find that out by surprise."""
    typer.echo(
        f"This tries {spec.name} ({spec.adapter}) for a few minutes. Stop the terminal first.\n"
        "It prints on real paper, ends the driver's process on purpose, and asks you to lay cards, "
        "open covers and pull the cable.",
        err=True,
    )
    typer.confirm("Begin?", abort=True, err=True)


def _tell_log(stack: ExitStack) -> None:
    """The drivers' log between the checks, marked as that: the kit breaks things on purpose."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("    日志 log: %(message)s"))
    drivers = logging.getLogger("drivers")
    drivers.addHandler(handler)
    stack.callback(drivers.removeHandler, handler)
    typer.echo(
        "有意制造的故障会留下日志，不代表验收失败；结果看每行开头的 ✓ ✗ –。\n"
        "Faults made on purpose leave lines in the log; what counts is the ✓, ✗ or – of a check.\n",
        err=True,
    )


def _show(result: CheckResult, *, quiet: bool) -> None:
    if quiet:
        return
    from drivers.acceptance import check_title

    title = check_title(result.check)
    mark = _MARKS[result.outcome.value]
    typer.echo(f"{mark} {result.check:20} {result.seconds:6.1f} s  {title.zh} · {title.en}")
    if result.note:
        typer.echo(f"    {', '.join((*result.codes, result.note))}")
