"""The example in the papers is a sound settings file."""

from __future__ import annotations

from pathlib import Path

from config.load import load_settings
from drivers.registry import adapter_names

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "terminal.example.toml"


def test_the_example_is_sound() -> None:
    loaded = load_settings(EXAMPLE)
    assert loaded.source_of("portal.url") == EXAMPLE.name
    assert {device.adapter for device in loaded.settings.devices.values()} <= set(adapter_names())
