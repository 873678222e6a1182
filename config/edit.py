"""Changing one value in a settings file while all else stays as it was written, comments included.

TOML has many ways to write a value. Instead of knowing them all, every place where the change might
go is tried, and the first text is taken that reads as exactly the settings wanted: a wrong guess
cannot get through, and a form nobody thought of is refused, not damaged.
"""

from __future__ import annotations

import contextlib
import copy
import os
import re
import stat
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_VALUE = r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[+-]?[0-9][0-9_]*)"""
_HEADER = re.compile(r"^[ \t]*\[[^\n]*\][ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class EditError(Exception):
    """The change cannot be made here; the message says what to do by hand."""


def quoted(text: str) -> str:
    """``text`` as a TOML basic string."""
    return '"' + "".join(_ESCAPES.get(ch) or _escaped(ch) for ch in text) + '"'


def _escaped(char: str) -> str:
    return char if ord(char) >= 0x20 and ord(char) != 0x7F else f"\\u{ord(char):04x}"


def with_value(text: str, keys: Sequence[str], value: str) -> str:
    """``text`` with the string ``value`` at ``keys``, and nothing else changed.

    Raises :class:`EditError`, also if ``text`` is no TOML or something else is on the way to the key.
    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditError(f"is not valid TOML: {error}") from error
    wanted = _set(before, keys, value)
    if wanted == before:
        return text
    for candidate in _candidates(text, keys, quoted(value)):
        with contextlib.suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(candidate) == wanted:
                return candidate
    table = ".".join(_key(key) for key in keys[:-1])
    raise EditError(f"set it by hand: in [{table}]  {_key(keys[-1])} = {quoted(value)}")


def _set(settings: dict[str, Any], keys: Sequence[str], value: str) -> dict[str, Any]:
    changed = copy.deepcopy(settings)
    table: Any = changed
    for key in keys[:-1]:
        table = table.setdefault(key, {})
        if not isinstance(table, dict):
            raise EditError(f"{key} is no table")
    table[keys[-1]] = value
    return changed


def _candidates(text: str, keys: Sequence[str], literal: str) -> Iterator[str]:
    line_end = "\r\n" if "\r\n" in text else "\n"
    last = _key(keys[-1])
    spelt = "|".join(re.escape(form) for form in (keys[-1], quoted(keys[-1]), f"'{keys[-1]}'"))
    for place in re.finditer(rf"(?:{spelt})[ \t]*=[ \t]*{_VALUE}", text):
        yield text[: place.start(1)] + literal + text[place.end(1) :]
    for place in re.finditer(r"=[ \t]*\{", text):
        for filling in (f" {last} = {literal},", f" {last} = {literal} "):
            yield text[: place.end()] + filling + text[place.end() :]
    for place in reversed(list(_HEADER.finditer(text))):
        head = text[: place.end()] + ("" if place.group().endswith("\n") else line_end)
        for depth in range(len(keys) - 1, 0, -1):
            dotted = ".".join(_key(key) for key in keys[depth:])
            yield f"{head}{dotted} = {literal}{line_end}{text[place.end() :]}"
    gap = "" if not text or text.endswith("\n") else line_end
    table = ".".join(_key(key) for key in keys[:-1])
    yield f"{text}{gap}{line_end}[{table}]{line_end}{last} = {literal}{line_end}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else quoted(key)


def read_text(path: Path) -> str:
    """The file as it is, line ends kept. Raises :class:`EditError`."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EditError(f"can't be read: {error}") from error


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace the file's ``before`` by ``after``: after a power cut it is the one or the other.

    A link is followed; mode and owner stay. Raises :class:`EditError`, also if the file is no longer
    ``before``.
    """
    target = Path(os.path.realpath(path))
    if read_text(target) != before:
        raise EditError("was changed meanwhile; nothing was written")
    try:
        _write_beside(target, after.encode("utf-8"))
    except OSError as error:
        raise EditError(f"can't be written: {error.strerror}") from error


def _write_beside(target: Path, data: bytes) -> None:
    was = target.stat()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(descriptor, "wb") as fresh:
            os.fchmod(fresh.fileno(), stat.S_IMODE(was.st_mode))
            if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(fresh.fileno(), was.st_uid, was.st_gid)
            fresh.write(data)
            fresh.flush()
            os.fsync(fresh.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
