"""The window that is opened before the settings are read stands as the settings will say."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load_settings
from config.settings import Trim
from config.window import WindowHint, window_hint


@pytest.mark.parametrize("trim", list(Trim))
@pytest.mark.parametrize("own", ["", "[screen]\nfullscreen = false\norientation = 'landscape'\n"])
def test_the_hint_is_what_the_settings_say(tmp_path: Path, trim: Trim, own: str) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text(f"trim = '{trim.value}'\n{own}", "utf-8")
    screen = load_settings(path).settings.screen
    assert window_hint(path, None) == (screen.fullscreen, screen.orientation)
    over = load_settings(path, trim="smart-teller").settings.screen
    assert window_hint(path, "smart-teller") == (over.fullscreen, over.orientation)


@pytest.mark.parametrize(
    "text",
    [
        "not TOML at all [",
        "trim = 7",
        "trim = '../../secret'",
        "screen = 3",
        "[screen]\nfullscreen = 'no'",
    ],
)
def test_what_is_wrong_in_a_file_means_nothing_yet(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text(text, "utf-8")
    assert window_hint(path, None) == WindowHint()
    assert window_hint(tmp_path / "missing.toml", None) == WindowHint()
