"""The languages a terminal speaks. Each is one file here, and one of interface words in ``screens/i18n``.

Texts that are data are written in Simplified Chinese and English. A language ``reads`` one of the two and
may say it otherwise: by ``[words]``, whole texts or parts of them, and by a ``table`` of characters and
phrases, which leaves nothing out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Literal

from config.languages.conversion import Conversion, read_table

FOLDER = Path(__file__).parent
FIRST = "zh_CN"
"""The language of a terminal that was told none, and of a tag that nobody knows."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its tag (``zh_HK``).

    ``name`` as its readers write it, ``short`` for a small button, ``switch`` what choosing it is called
    for who hears it. ``sans``: a font family; ``face``: the same font's place in Noto's CJK
    collections, for paper.
    """

    tag: str
    order: int
    name: str
    short: str
    switch: str
    reads: Literal["zh", "en"]
    sans: str
    face: int
    conversion: Conversion | None = field(repr=False, default=None)

    def render(self, zh: str, en: str) -> str:
        """A text that is there in both written languages, in this one."""
        text = zh if self.reads == "zh" else en
        return text if self.conversion is None else self.conversion.convert(text)

    def complete(self) -> bool:
        """Whether every text is said in this language, not only those of its words."""
        return self.conversion is None or self.conversion.has_table


@cache
def languages() -> tuple[Language, ...]:
    """All, in the order in which they are offered."""
    found = [_read(path) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(found, key=lambda language: language.order))


@cache
def language(tag: str) -> Language:
    """The language of a tag; an unknown one is read as the first of the same written language."""
    known = {one.tag: one for one in languages()}
    related = next((one for one in languages() if one.tag[:2] == tag[:2]), known[FIRST])
    return known.get(tag, related)


def simplified(text: str) -> str:
    """Traditional characters as the Simplified ones that the data is written in, one by one."""
    return text.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    found: dict[int, str] = {}
    for one, other in read_table(FOLDER / "traditional_hk.csv").items():
        for here, there in zip(one, other, strict=False):
            if _everyday(here) and not _everyday(there):
                found.setdefault(ord(there), here)
            elif _everyday(there) and not _everyday(here):
                found.setdefault(ord(here), there)  # another shape of what both write alike
    return found


def _everyday(character: str) -> bool:
    """Is it of the Simplified characters of everyday use (GB 2312)?"""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _read(path: Path) -> Language:
    entry = tomllib.loads(path.read_text("utf-8"))
    words, table = entry.pop("words", {}), entry.pop("table", None)
    conversion = None
    if words or table:
        conversion = Conversion(words, partial(read_table, FOLDER / table) if table else None)
    return Language(tag=path.stem, conversion=conversion, **entry)
