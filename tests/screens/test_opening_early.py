"""The window that `kiosk run` opens before it reads its command line stands as the line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import early
from screens.opening import Opening

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.parametrize(
    "line",
    [
        "--config {}",
        "--config={}",
        "-c {}",
        "-v -c {} --trim demo",
        "--trim=smart-teller --config {}",
        "",
    ],
)
def test_the_window_is_opened_once_as_the_options_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text("[screen]\nfullscreen = false\norientation = 'landscape'\n", "utf-8")
    monkeypatch.setenv("KIOSK_CONFIG", str(path))
    if line:
        monkeypatch.delenv("KIOSK_CONFIG")
    early.open_window(line.format(path).split())
    opening = early.window(None, None)
    try:
        assert isinstance(opening, Opening)
        assert (opening.view.width(), opening.view.height()) == (1920, 1080)
    finally:
        opening.close()


@pytest.mark.parametrize("line", ["--config", "--trim", "-c --trim nonsense", "--what is --this"])
def test_a_line_that_makes_no_sense_is_for_the_command_to_refuse(line: str) -> None:
    early.open_window(line.split())
    early.window(None, None).close()
