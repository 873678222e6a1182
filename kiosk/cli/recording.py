"""``kiosk recording`` and ``kiosk replay``, and the same for a device's traffic."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kiosk.cli.common import fail

if TYPE_CHECKING:
    from config.settings import Settings


def write_recording(data_dir: Path) -> None:
    """Ask the terminal that owns ``data_dir`` and write what it says, one JSON object a line."""
    for line in _asked(data_dir, "visit.recording"):
        typer.echo(json.dumps(line, ensure_ascii=False))


def write_traffic(data_dir: Path, device: str) -> None:
    """The same for a device's wire traffic (``docs/devices/flight-recorder.md``)."""
    lines = _asked(data_dir, "devices.recording", device=device)
    if lines is None:
        fail(f"The terminal has no device {device!r}.", 2)
    for line in lines:
        typer.echo(line)


def play_traffic(settings: Settings, file: Path, *, timeout_s: float, as_json: bool) -> bool:
    """Do a traffic recording's operations again against a stand-in that answers as recorded, with the
    settings of the device of that name if there is one. True if all ended as they did then."""
    from drivers.flight import parse_lines
    from drivers.replays import NotReplayableError, replay

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        recording = parse_lines(text.splitlines())
    except OSError as error:
        fail(f"{file}: {error.strerror}", 2)
    except (ValueError, KeyError) as error:
        fail(f"{file}: no recording of a device: {error}", 2)
    device = settings.devices.get(recording.device)
    options = device.options if device and device.adapter == recording.adapter else {}
    same = True
    try:
        for one in replay(recording, options, timeout_s):
            alike = one.recorded == one.now
            same = same and alike
            if as_json:
                typer.echo(json.dumps({**asdict(one), "same": alike}))
            else:
                typer.echo(f"{one.operation:16} then {one.recorded:34} now {one.now}")
    except NotReplayableError as error:
        fail(f"{file}: {error}", 2)
    return same


def _asked(data_dir: Path, op: str, **arguments: str) -> Any:
    from kiosk.control import NotRunningError, RefusedError, ask

    try:
        return ask(data_dir / "control.sock", op, **arguments)
    except NotRunningError:
        fail(f"No terminal runs with the data folder {data_dir}.", 3)
    except RefusedError as error:
        fail(f"The terminal gave no recording: {error}")


def print_replay(file: Path) -> None:
    """Print event and step of each line; what can't be read is an error naming its line."""
    from kiosk.visit.replay import replay_record

    number = 0
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        for number, (name, visit) in enumerate(replay_record(lines), 1):
            typer.echo(f"{number:5} {name:18} → {visit.step.value}")
    except OSError as error:
        fail(f"{file}: {error.strerror}", 2)
    except ValueError as error:
        fail(f"{file}: no recording, or damaged behind line {number}: {error}", 2)
