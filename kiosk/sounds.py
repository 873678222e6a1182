"""How Chinese is read aloud, by pypinyin; its dictionaries are read in slices.

Importing pypinyin parses 2.5 MB of phrases in one call of a tenth of a second and more, in which no other
thread gets the interpreter's lock: a window would stand still. So whoever wants readings asks here.
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
_BETWEEN = '\n],\n"'
"""What stands between two phrases: the end of one's readings, and the beginning of the next."""
_PHRASES = "pypinyin.phrases_dict"
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
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    # It finds its table of phrases empty; who asks for that module later reads it as it is.
    empty: Any = ModuleType(_PHRASES)
    empty.phrases_dict = {}
    sys.modules[_PHRASES] = empty
    try:
        import pypinyin
        from pypinyin import constants
        from pypinyin.seg import mmseg
    finally:
        sys.modules.pop(_PHRASES, None)
    vars(pypinyin).pop("phrases_dict", None)
    if folder is None:
        return
    for phrases in parsed((folder / "phrases_dict.json").read_text("utf-8")):
        constants.PHRASES_DICT.update(phrases)
        mmseg.seg.train(iter(phrases))


def parsed(text: str, size: int = SLICE) -> Iterator[dict[str, list[list[str]]]]:
    """A JSON object of phrases, part by part; in one part where it is not written as expected."""
    start = text.find("{") + 1
    while (end := text.find(_BETWEEN, start + size)) != -1:
        yield json.loads("{" + text[start : end + len("\n]")] + "}")
        start = end + len("\n],")
    yield json.loads("{" + text[start:])
