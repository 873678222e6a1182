"""The examples in the papers are sound settings files."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load_settings
from drivers.registry import adapter_names

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", ["terminal.example.toml", "smart-teller.example.toml"])
def test_the_example_is_sound(name: str) -> None:
    loaded = load_settings(DOCS / name)
    assert loaded.source_of("portal.url") == name
    assert {device.adapter for device in loaded.settings.devices.values()} <= set(adapter_names())
