"""The first screen stands before devices, portal and outbox are even loaded, and a touch of it counts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LATER = {
    "PIL",
    "apsw",
    "attr",
    "cryptography",
    "cv2",
    "drivers.camera",
    "drivers.host",
    "drivers.ports",
    "joserfc",
    "jsonschema",
    "kiosk.app",
    "kiosk.documents",
    "kiosk.technician.bench",
    "kiosk.terminal.terminal",
    "numpy",
    "offline_queue",
    "portal.client",
    "portal.contract",
    "pypinyin",
    "qrcode",
    "rapidfuzz",
    "requests",
    "typer",
    "urllib3",
}
"""What the whole terminal needs, and its first screen does not."""
AFTER_THE_FIRST_PICTURE = {
    "concurrent.futures",
    "config.settings",
    "ctypes",
    "kiosk.visit",
    "pydantic",
    "screens.shell",
    "typer",
}
MOST = 520
"""Modules, Python's own included."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("first")
    settings = folder / "terminal.toml"
    settings.write_text(
        f'[terminal]\ndata_dir = "{folder}/data"\n[screen]\nfullscreen = false\n'
        f'[queue]\nmin_free_mib = 16\n[face]\nmodels_dir = "{folder}/none"\n'
        '[portal]\nurl = "http://127.0.0.1:9"\n',
        "utf-8",
    )
    ran = subprocess.run(
        [sys.executable, HERE / "first_touch.py", settings],
        cwd=HERE.parent.parent,
        env={"PYTHONPATH": str(HERE.parent.parent), "QT_QPA_PLATFORM": "offscreen"}
        | {"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert ran.returncode == 0, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_the_first_picture_waits_for_nothing_but_itself(told: dict[str, Any]) -> None:
    assert "screens.opening" in told["first picture"]
    assert AFTER_THE_FIRST_PICTURE.isdisjoint(told["first picture"])


def test_the_first_screen_loads_nothing_that_can_come_later(told: dict[str, Any]) -> None:
    assert "screens.shell" in told["modules"]
    assert LATER.isdisjoint(told["modules"])
    assert len(told["modules"]) <= MOST


def test_a_touch_leads_on_before_the_terminal_is_whole(told: dict[str, Any]) -> None:
    assert (told["touch"], told["waits"]) == ("Home", True)


def test_what_was_chosen_meanwhile_is_done_once_the_terminal_is_whole(told: dict[str, Any]) -> None:
    assert (told["choice"], told["code"]) == ("Guide", 0)
