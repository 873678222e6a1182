"""What tells a character from others of its sound, for who only hears it: 李 is 木子李, 建 is 建设的建.

Three ways, as people do it on the telephone: what a surname or rare character is built of; a word
that everybody knows; else the sound with its tone, since others of the same letters have another one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from kiosk.sounds import load_dictionaries

LONGEST: Final = 4
"""Characters of a word that are told one by one; a longer one is known by its sound."""
_KNOWN: Final = Path(__file__).with_name("telling.toml")
_TONES: Final = ("轻声", "第一声", "第二声", "第三声", "第四声")


@cache
def _table() -> Mapping[str, str]:
    known = tomllib.loads(_KNOWN.read_text(encoding="utf-8"))
    table = {built[-1]: built for built in known["built"].split()}
    for word in known["words"].split():
        for char in word:
            table.setdefault(char, f"{word}的{char}")
    return table


def told(word: str) -> str:
    """What tells ``word`` from others that sound the same, in Chinese whatever the language of the
    screens is; "" where nothing is known, and for a longer word, which is known by its sound."""
    return "，".join(filter(None, map(_told, word))) if len(word) <= LONGEST else ""


@cache
def _told(char: str) -> str:
    known = _table().get(char)
    if known is not None:
        return known
    load_dictionaries()
    from pypinyin import Style, pinyin_dict
    from pypinyin.style import convert

    first = pinyin_dict.pinyin_dict.get(ord(char), "").partition(",")[0]
    if not first:
        return ""
    letters = convert(first, Style.NORMAL, strict=False)
    tone = convert(first, Style.TONE3, strict=False)[-1:]
    return f"读音{letters}{_TONES[int(tone) if tone.isdigit() else 0]}"
