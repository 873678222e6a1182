"""``kiosk devices replay``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drivers.flight import Entry, Recording, lines
from kiosk.cli.main import app

QUESTIONS = (
    Entry(1.0, "note", b"begin open"),
    Entry(1.0, "out", b"\x10\x04\x01"),
    Entry(1.1, "in", b"\x12"),
    Entry(1.2, "note", b"end open ok"),
    Entry(2.0, "note", b"begin print_receipt"),
    Entry(2.1, "note", b"end print_receipt printer.cover_open"),
)


def written(folder: Path, adapter: str = "escpos-tcp") -> str:
    file = folder / "fault.jsonl"
    recording = Recording("printer", adapter, 3.0, "2030-01-02T03:04:05+00:00", QUESTIONS)
    file.write_text("\n".join(lines(recording)) + "\n", "utf-8")
    return str(file)


def test_what_ends_otherwise_than_then_is_shown_and_counted(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["devices", "replay", written(tmp_path), "--timeout", "2", "--json"]
    )
    assert result.exit_code == 1
    ends = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(end["operation"], end["recorded"], end["same"]) for end in ends] == [
        ("open", "ok", True),
        ("print_receipt", "printer.cover_open", False),
    ]
    assert ends[1]["now"] == "device.offline", "nobody answered the status questions"


@pytest.mark.parametrize("adapter", ["opencv-camera", "nobodys"])
def test_what_can_t_be_played_says_why(tmp_path: Path, adapter: str) -> None:
    result = CliRunner().invoke(app, ["devices", "replay", written(tmp_path, adapter)])
    assert result.exit_code == 2
    assert "can be" in result.output


def test_what_is_no_recording_is_said(tmp_path: Path) -> None:
    file = tmp_path / "rubbish"
    file.write_text("rubbish\n", "utf-8")
    for name in (str(file), str(tmp_path / "absent")):
        result = CliRunner().invoke(app, ["devices", "replay", name])
        assert result.exit_code == 2
        assert "Traceback" not in result.output
