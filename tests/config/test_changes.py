"""Settings changed at the terminal: judged before they are kept, told from others, and undone in order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import changes as module
from config.changes import CHANGEABLE, Changes, changes_of, new_change, over
from config.load import ConfigError, load_settings
from config.remote import load_effective
from config.settings import Settings

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "terminal.toml"
    path.write_text(f'[terminal]\ndata_dir = "{tmp_path}"\n[queue]\nmax_items = 40\n', "utf-8")
    return path


@pytest.fixture
def changes(file: Path) -> Changes:
    return changes_of(load_settings(file).settings)


def load(file: Path):
    return lambda changed: load_settings(file, changed=changed)


def set_items(changes: Changes, file: Path, value: object) -> None:
    changes.put(new_change("queue.max_items", value, "1001", AT), load(file))


def test_a_change_stands_over_the_file_and_says_so(changes: Changes, file: Path) -> None:
    set_items(changes, file, 60)
    found = load_effective(file).loaded
    assert found.settings.queue.max_items == 60
    assert found.source_of("queue.max_items") == "technician"
    assert found.source_of("terminal.data_dir") == "terminal.toml"
    assert changes.path.stat().st_mode & 0o777 == 0o600


def test_changes_are_undone_one_by_one(changes: Changes, file: Path) -> None:
    set_items(changes, file, 60)
    set_items(changes, file, 80)
    assert changes.undo(load(file)) == new_change("queue.max_items", 80, "1001", AT)
    assert load_effective(file).loaded.settings.queue.max_items == 60
    changes.undo(load(file))
    assert load_effective(file).loaded.settings.queue.max_items == 40
    assert changes.undo(load(file)) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("queue.max_items", 0), ("queue.max_items", "many"), ("portal.url", "http://elsewhere"),
     ("terminal.id", "ST-9999"), ("no.such", 1)],
)  # fmt: skip
def test_what_would_not_start_or_may_not_be_changed_is_not_kept(
    changes: Changes, file: Path, key: str, value: object
) -> None:
    with pytest.raises(ConfigError):
        changes.put(new_change(key, value, "1001", AT), load(file))
    assert changes.all() == ()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"changes": [{"key": 1}]}'])
def test_spoilt_changes_are_left_out_and_told(changes: Changes, file: Path, text: bytes) -> None:
    changes.path.write_bytes(text)
    found = load_effective(file)
    assert found.loaded.settings.queue.max_items == 40
    assert "was spoilt" in found.changes_fault


def test_changes_the_file_no_longer_bears_are_left_out_and_told(
    changes: Changes, file: Path
) -> None:
    changes.path.write_text(json.dumps({"changes": [
        {"key": "queue.max_items", "value": -1, "who": "1001", "at": AT.isoformat()}
    ]}))  # fmt: skip
    found = load_effective(file)
    assert found.loaded.settings.queue.max_items == 40
    assert found.changes_fault.startswith("technician: queue.max_items")


def test_the_longest_history_keeps_every_value(
    changes: Changes, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    changes.put(new_change("queue.max_age_h", 24, "1001", AT), load(file))
    for value in range(50, 60):
        set_items(changes, file, value)
    assert [(one.key, one.value) for one in changes.all()] == [
        ("queue.max_age_h", 24), ("queue.max_items", 58), ("queue.max_items", 59),
    ]  # fmt: skip


def test_without_a_file_changes_stand_over_what_was_given() -> None:
    settings = Settings()
    found = over(settings)(("technician", {"screen": {"panel": {"distance_mm": 700}}}))
    assert found.settings.screen.panel.distance_mm == 700
    assert found.settings.queue == settings.queue
    assert found.source_of("screen.panel.distance_mm") == "technician"
    with pytest.raises(ConfigError, match=r"queue\.max_items"):
        over(settings)(("technician", {"queue": {"max_items": 0}}))


@pytest.mark.parametrize("key", CHANGEABLE)
def test_every_changeable_setting_exists(key: str) -> None:
    found: object = Settings()
    for name in key.split("."):
        found = getattr(found, name)
    assert isinstance(found, bool | int | float | str)
