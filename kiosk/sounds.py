"""How Chinese is read aloud, by pypinyin; its dictionaries are read in slices.

Importing pypinyin parses 2.5 MB of phrases in one call of a tenth of a second and more, and 0.8 MB of
characters in another, in which no other thread gets the interpreter's lock: a window would stand still. So
whoever wants readings asks here.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

SLICE = 1 << 16
"""Characters parsed in one go: 2 ms on a desktop, 5 on a slow terminal."""
PHRASES, CHARACTERS = ("\n]", ',\n"'), ('"', ',\n"')
"""What stands between two entries of each table: the end of one, and the beginning of the next."""
_reading = threading.Lock()


def sounds(text: str) -> list[str]:
    """The syllables of ``text`` without tones (ü as v); what is no Chinese stays as it is."""
    load_dictionaries()
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)


def load_dictionaries() -> None:
    """Read them, if that was not done yet: half a second, for a thread that nobody waits for."""
    with _reading:
        if "pypinyin" not in sys.modules:
            _read_in_slices()


def _read_in_slices() -> None:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    folder = Path(spec.origin).parent
    characters: dict[int, str] = {}
    for part in parsed((folder / "pinyin_dict.json").read_text("utf-8"), CHARACTERS):
        characters.update((int(number), said) for number, said in part.items())
    # It finds its characters read, and no phrases; who asks for the phrases' module later reads it as it is.
    sys.modules["pypinyin.pinyin_dict"] = _module("pinyin_dict", characters)
    sys.modules["pypinyin.phrases_dict"] = _module("phrases_dict", {})
    try:
        import pypinyin
        from pypinyin import constants
        from pypinyin.seg import mmseg
    finally:
        del sys.modules["pypinyin.phrases_dict"]
    vars(pypinyin).pop("phrases_dict", None)
    vars(pypinyin)["pinyin_dict"] = sys.modules["pypinyin.pinyin_dict"]
    for phrases in parsed((folder / "phrases_dict.json").read_text("utf-8"), PHRASES):
        constants.PHRASES_DICT.update(phrases)
        mmseg.seg.train(iter(phrases))


def _module(name: str, table: Any) -> ModuleType:
    made = ModuleType(f"pypinyin.{name}")
    setattr(made, name, table)
    return made


def parsed(text: str, between: tuple[str, str], size: int = SLICE) -> Iterator[dict[str, Any]]:
    """A JSON object, part by part; in one part where it is not written as expected."""
    last, first = between
    start = text.find("{") + 1
    while (end := text.find(last + first, start + size)) != -1:
        yield json.loads("{" + text[start : end + len(last)] + "}")
        start = end + len(last) + len(",")
    yield json.loads("{" + text[start:])
