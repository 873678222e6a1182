"""Settings in layers: sources of values, and what is said about each kind of mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import ConfigError, Mistake, load_settings
from config.settings import Trim
from kiosk.terminal.staff import hash_pin


def written(folder: Path, text: str) -> Path:
    path = folder / "terminal.toml"
    path.write_text(text, "utf-8")
    return path


def mistakes_of(folder: Path, text: str) -> list[Mistake]:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(folder, text))
    return caught.value.mistakes


@pytest.mark.parametrize("trim", list(Trim))
def test_every_shipped_trim_loads_and_knows_its_own_name(trim: Trim) -> None:
    loaded = load_settings(trim=trim)
    assert loaded.settings.trim is trim
    assert loaded.source_of("trim") == "command line"


def test_the_smart_teller_is_landscape_and_authorised_by_staff() -> None:
    loaded = load_settings(trim="smart-teller")
    assert loaded.settings.screen.orientation == "landscape"
    assert loaded.settings.staff.authorisation
    assert loaded.source_of("staff.authorisation") == "trim smart-teller"


def test_local_values_win_over_the_trim_and_the_trim_over_defaults(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'trim = "smart-teller"\n[terminal]\nid = "ST-0042"\n[screen]\nfullscreen = false\n'
        '[devices.reader]\nport = "id_card_reader"\nadapter = "sdt-serial"\n'
        '[devices.reader.options]\nport = "/dev/ttyUSB0"\n',
    )
    loaded = load_settings(file)
    assert loaded.settings.terminal.id == "ST-0042"
    assert loaded.settings.screen.orientation == "landscape"
    assert not loaded.settings.screen.fullscreen
    assert loaded.settings.devices["reader"].options == {"port": "/dev/ttyUSB0"}
    assert loaded.source_of("screen.orientation") == "trim smart-teller"
    assert loaded.source_of("screen.fullscreen") == "terminal.toml"
    assert loaded.source_of("screen.language") == "default"
    assert loaded.source_of("devices.reader.options.port") == "terminal.toml"
    assert loaded.source_of("queue.max_items") == "default"


@pytest.mark.parametrize(
    ("text", "key", "said", "nearest"),
    [
        ('[terminal]\ndivison = "440507"\n', "terminal.divison", "unknown key", "division"),
        ("[scren]\nfullscreen = true\n", "scren", "unknown key", "screen"),
        ("[queue]\nmax_items = 'many'\n", "queue.max_items", "valid integer", ""),
        ("[queue]\nmax_items = 0\n", "queue.max_items", "greater than or equal to 1", ""),
        ('[screen]\norientation = "portait"\n', "screen.orientation", "'landscape'", "portrait"),
        ('trim = "smart-taller"\n', "trim", "unknown trim", "smart-teller"),
        ('[portal]\nurl = "ftp://x"\n', "portal.url", "pattern", ""),
        ('[terminal]\nid = "a b"\n', "terminal.id", "pattern", ""),
        ("terminal = 5\n", "terminal", "valid dictionary", ""),
        ('[portal]\nclient_cert = "a.pem"\n', "portal", "go together", ""),
        (
            '[devices.reader]\nport = "id_card_reader"\nadaptor = "sdt-serial"\n',
            "devices.reader.adaptor",
            "unknown key",
            "adapter",
        ),
        (
            '[devices.reader]\nport = "idcard_reader"\nadapter = "sdt-serial"\n',
            "devices.reader.port",
            "'id_card_reader'",
            "id_card_reader",
        ),
        ("[devices.reader]\n", "devices.reader.adapter", "required", ""),
        ('[terminal.site]\nzh = "厅"\nen = "Hall"\nfr = "Salle"\n', "terminal.site.fr", "unk", ""),
    ],
)
def test_a_mistake_names_file_key_expectation_and_nearest(
    tmp_path: Path, text: str, key: str, said: str, nearest: str
) -> None:
    found = {mistake.key: mistake for mistake in mistakes_of(tmp_path, text)}
    assert key in found
    mistake = found[key]
    assert mistake.file == "terminal.toml"
    assert said in mistake.problem
    assert mistake.nearest == nearest
    assert not nearest or f"Did you mean {nearest!r}?" in str(mistake)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    found = mistakes_of(
        tmp_path, '[terminal]\ndivison = "440507"\n[queue]\nmax_items = 0\nmax_age = 3\n'
    )
    assert {m.key for m in found} == {"terminal.divison", "queue.max_items", "queue.max_age"}


@pytest.mark.parametrize("given", ['"482913"', "482913"])
def test_a_pin_in_clear_is_refused_and_never_repeated(tmp_path: Path, given: str) -> None:
    (mistake,) = mistakes_of(tmp_path, f'[staff.pins]\n"w-07" = {given}\n')
    assert mistake.key == "staff.pins.w-07"
    assert "482913" not in str(mistake)


def test_a_hashed_pin_is_accepted(tmp_path: Path) -> None:
    hashed = hash_pin("482913", iterations=1000)
    loaded = load_settings(written(tmp_path, f'[staff.pins]\n"w-07" = "{hashed}"\n'))
    assert loaded.settings.staff.pins == {"w-07": hashed}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[terminal\n", "not valid TOML"), (b'x = "\xff"\n', "can't be read"), (None, "not exist")],
)
def test_a_file_that_is_no_settings_file(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as caught:
        load_settings(path)
    assert caught.value.mistakes[0].file == "broken.toml"


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        load_settings(tmp_path)
