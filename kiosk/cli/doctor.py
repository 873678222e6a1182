"""``kiosk doctor``: what is found, what it means, what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import typer

from config.settings import Settings
from kiosk.cli.common import print_json
from kiosk.outbox_secret import outbox_secret


@dataclass(frozen=True, slots=True)
class Finding:
    """One examined thing. ``state``: ok, warn or fail."""

    subject: str
    state: str
    found: str
    means: str = ""
    do: str = ""


def run_doctor(settings: Settings, *, as_json: bool) -> int:
    """Examine everything; 0 if nothing failed."""
    findings = list(examine(settings))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            mark = {"ok": "✓", "warn": "!", "fail": "✗"}[finding.state]
            typer.echo(f"{mark} {finding.subject:22} {finding.found}")
            if finding.means:
                typer.echo(f"    means: {finding.means}")
            if finding.do:
                typer.echo(f"    do:    {finding.do}")
    return 1 if any(finding.state == "fail" for finding in findings) else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Software, storage, portal, then each device."""
    yield from _fonts()
    yield from _models(settings)
    yield from _storage(settings)
    yield from _portal(settings)
    yield from _devices(settings)


def _fonts() -> Iterator[Finding]:
    from kiosk.documents.fonts import FontsMissingError, find_font

    for file in ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc"):
        try:
            find_font(file)
        except FontsMissingError as error:
            yield Finding(
                "fonts", "fail", str(error), "names and proofs could not be drawn",
                "apt install fonts-noto-cjk",
            )  # fmt: skip
            return
    yield Finding("fonts", "ok", "Noto Sans and Serif CJK")


def _models(settings: Settings) -> Iterator[Finding]:
    from kiosk.verification import RecogniserSettings, models

    folder, recogniser = settings.face.models_dir, RecogniserSettings()
    try:
        models.read_pinned(folder / models.DETECTOR_FILE, models.DETECTOR_SHA256)
        models.read_pinned(folder / models.LANDMARKS_FILE, models.LANDMARKS_SHA256)
        models.read_pinned(folder / recogniser.file, recogniser.sha256)
    except models.ModelError as error:
        problem = str(error)
        yield Finding(
            "face models", "warn", problem,
            "every face check goes to staff", f"python tools/fetch_models.py --dest {folder}",
        )  # fmt: skip
    else:
        yield Finding("face models", "ok", "present, hashes as pinned")


def _storage(settings: Settings) -> Iterator[Finding]:
    from kiosk.control import NotRunningError, RefusedError, ask
    from offline_queue import Outbox, OutboxError, OutboxInUse

    folder = settings.terminal.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(folder).free >> 20
    except OSError as error:
        yield Finding(
            "storage", "fail", f"{folder}: {error.strerror}",
            "nothing could be kept", "fix the folder or [terminal] data_dir",
        )  # fmt: skip
        return
    enough = free >= settings.queue.min_free_mib
    yield Finding(
        "storage",
        "ok" if enough else "fail",
        f"{free} MiB free in {folder}",
        "" if enough else "deferrable work is refused",
        "" if enough else "free space on the disk",
    )
    try:
        status = ask(folder / "control.sock", "queue.status")
        yield Finding("outbox", "ok", f"{status['pending']} waiting (asked the running terminal)")
        return
    except NotRunningError:
        pass
    except RefusedError as error:
        yield Finding(
            "outbox", "fail", f"the running terminal answers: {error}",
            "its outbox may not be open", "see the terminal's log; kiosk queue verify",
        )  # fmt: skip
        return
    try:
        Outbox.open(folder / "outbox", secret=outbox_secret()).close(5.0)
        yield Finding("outbox", "ok", "opens and verifies")
    except OutboxInUse:
        yield Finding("outbox", "ok", "in use by a running terminal")
    except (OutboxError, OSError) as error:
        yield Finding(
            "outbox", "fail", str(error), "the terminal would be out of service",
            "see the message; kiosk queue verify",
        )  # fmt: skip


def _portal(settings: Settings) -> Iterator[Finding]:
    from kiosk.app import portal_client
    from kiosk.portal_faults import fault_words
    from portal.outcomes import Answer, Problem, Unreachable

    with portal_client(settings.portal, settings.terminal.id) as client:
        outcome = client.health()
        if isinstance(outcome, Answer):
            yield Finding("portal", "ok", f"{settings.portal.url}: {outcome.value.status}")
        elif isinstance(outcome, Problem):
            yield Finding(
                "portal", "fail", f"{settings.portal.url}: {outcome.code.value}",
                "the portal answers, but is not in service", "ask the portal's operators",
            )  # fmt: skip
        else:
            code = outcome.code.value
            known = code if isinstance(outcome, Unreachable) else "not_answered"
            yield Finding(
                "portal", "fail", f"{settings.portal.url}: {code}",
                "only deferrable services can be taken",
                f"{fault_words(known).do.en} Step by step: kiosk portal check",
            )  # fmt: skip


def _devices(settings: Settings) -> Iterator[Finding]:
    from drivers.host import DeviceRack, HostSpec
    from kiosk.cli.devices import settled
    from kiosk.device_words import state_words
    from kiosk.terminal.monitor import readiness_code
    from kiosk.words import remedy_for, words_for

    if not settings.devices:
        yield Finding(
            "devices", "warn", "none configured",
            "only services without card and paper work", "add [devices.NAME] to the settings",
        )  # fmt: skip
        return
    rack = DeviceRack(
        [HostSpec(n, d.port, d.adapter, d.options) for n, d in settings.devices.items()]
    )
    rack.start()
    try:
        statuses = settled(rack)
    finally:
        rack.stop()
    for name, status in statuses.items():
        code = readiness_code(status)
        adapter = settings.devices[name].adapter
        if code == "ok":
            yield Finding(
                name, "ok", f"{adapter}: {state_words(settings.devices[name].port, status)}"
            )
        else:
            yield Finding(
                name, "fail", f"{adapter}: {code} {status.detail}".rstrip(),
                words_for(code).en, remedy_for(code),
            )  # fmt: skip
