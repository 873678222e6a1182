"""One value of a settings file changed, the rest untouched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.edit import EditError, quoted, read_text, replace_text, with_value

KEYS = ("devices", "reader", "options", "port")
OTHER = '[devices.lights]\noptions = { port = "/dev/a" }  # not this one\n'


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (
            '[devices.reader]\noptions = { port = "/dev/x", baud = 9600 }  # left\n',
            '[devices.reader]\noptions = { port = "usb:1", baud = 9600 }  # left\n',
        ),
        (
            "[devices.reader.options]\n# port = '/dev/y'\nport = '/dev/x' # by hand\n",
            "[devices.reader.options]\n# port = '/dev/y'\nport = \"usb:1\" # by hand\n",
        ),
        (
            "[devices.reader]\noptions = { baud = 9600 }\n",
            '[devices.reader]\noptions = { port = "usb:1", baud = 9600 }\n',
        ),
        ("[devices.reader]\noptions = {}\n", '[devices.reader]\noptions = { port = "usb:1" }\n'),
        (
            '[devices.reader]\nadapter = "a"\n',
            '[devices.reader]\noptions.port = "usb:1"\nadapter = "a"\n',
        ),
        (
            "devices.reader.options.port = 'x'\r\n# end\r\n",
            'devices.reader.options.port = "usb:1"\r\n# end\r\n',
        ),
        ("", '\n[devices.reader.options]\nport = "usb:1"\n'),
    ],
)
def test_each_way_of_writing_it(text: str, changed: str) -> None:
    assert with_value(text, KEYS, "usb:1") == changed
    for around in (OTHER + text, text + OTHER):
        if not text.startswith("devices") or around.startswith(text):
            done = with_value(around, KEYS, "usb:1")
            assert 'port = "/dev/a"' in done
            assert tomllib.loads(done)["devices"]["reader"]["options"]["port"] == "usb:1"


def test_the_same_value_changes_nothing() -> None:
    text = '[devices.reader]\noptions = { port = "usb:1" }'
    assert with_value(text, KEYS, "usb:1") == text


def test_what_cannot_be_changed_is_refused() -> None:
    with pytest.raises(EditError, match="not valid TOML"):
        with_value("[", KEYS, "x")
    with pytest.raises(EditError, match="options is no table"):
        with_value("[devices.reader]\noptions = 3\n", KEYS, "x")
    several_lines = '[devices.reader.options]\nport = """\nx"""\n'
    with pytest.raises(EditError, match=r'by hand: in \[devices\.reader\.options\]  port = "y"'):
        with_value(several_lines, KEYS, "y")


names = st.text("abz-_", min_size=1, max_size=4) | st.text(min_size=1, max_size=6)
texts = st.text(max_size=20)


@given(st.dictionaries(names, st.dictionaries(names, texts, max_size=3), max_size=3), names, texts)
def test_only_that_value_changes(
    tables: dict[str, dict[str, str]], device: str, value: str
) -> None:
    """Whatever the names and values, and whichever of the two forms a table is written in."""
    lines = ["# head"]
    for n, (name, options) in enumerate(tables.items()):
        pairs = [f"{quoted(key)} = {quoted(text)}" for key, text in options.items()]
        if n % 2:
            lines += [f"[devices.{quoted(name)}]  # a", f"options = {{ {', '.join(pairs)} }}"]
        else:
            lines += [f"[devices.{quoted(name)}.options]", *pairs]
    text = "\n".join(lines) + "\n"
    wanted = tomllib.loads(text)
    wanted.setdefault("devices", {}).setdefault(device, {}).setdefault("options", {})["port"] = (
        value
    )
    done = with_value(text, ("devices", device, "options", "port"), value)
    assert tomllib.loads(done) == wanted
    assert done.startswith("# head")


def test_a_file_is_replaced_through_its_link_and_keeps_its_mode(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_bytes(b"a = 1\r\n")
    real.chmod(0o640)
    link = tmp_path / "terminal.toml"
    link.symlink_to(real)
    replace_text(link, read_text(link), "a = 2\r\n")
    assert real.read_bytes() == b"a = 2\r\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.toml", "terminal.toml"]


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "terminal.toml"
    path.write_text("a = 3\n", "ascii")
    with pytest.raises(EditError, match="changed meanwhile"):
        replace_text(path, "a = 1\n", "a = 2\n")
    assert path.read_text("ascii") == "a = 3\n"
    with pytest.raises(EditError, match="can't be read"):
        read_text(tmp_path / "none.toml")
