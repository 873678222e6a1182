"""The child process of the input engines: one JSON object a line in, one out.

In: ``{"id": 1, "letters": "nihao", "name": false}`` or ``{"id": 2, "strokes": [[[x, y], …], …],
"width": w, "height": h}``. Out: ``{"id": 1, "words": [["你好", 5, "你好的你，好坏的好"], …]}`` or ``{"id": 2,
"characters": ["王", …]}``; the first line out says what there is: ``{"sound": "googlepinyin" |
"plain", "handwriting": true | false}``. The end of its input ends it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any, TextIO

from screens.typing import characters
from screens.typing.engine import MAX_LETTERS, Candidate, SoundEngine, StrokeEngine
from screens.typing.googlepinyin import EngineMissing, GooglePinyin
from screens.typing.handwriting import Zinnia
from screens.typing.names import name_offers
from screens.typing.plain import PlainEngine, single
from screens.typing.syllables import split
from screens.typing.telling import told

WORDS = 40
"""Words of an engine; the single characters of the first syllable all follow."""
DRAWN = 24


class Engines:
    """What this machine has of engines."""

    def __init__(self, *, plain: bool = False) -> None:
        self.sound: SoundEngine = PlainEngine() if plain else _sound()
        self.strokes: StrokeEngine | None = None if plain else _strokes()
        characters.warm()

    def words(self, letters: str, *, name: bool) -> list[Candidate]:
        """Offers for a composition: names first where a name is asked for, then words, then every
        character of the first sound."""
        letters = letters[:MAX_LETTERS]
        offers = name_offers(letters, 60) if name else []
        offers += self.sound.words(letters, WORDS)
        units = split(letters)
        if units:
            offers += [Candidate(char, units[0].used) for char in single(units[0])]
        seen: dict[str, Candidate] = {}
        for offer in offers:
            seen.setdefault(offer.text, offer)
        return [replace(offer, told=told(offer.text)) for offer in seen.values()]

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """One answer; raises KeyError, TypeError or ValueError for what is no question."""
        if "letters" in asked:
            offers = self.words(str(asked["letters"]), name=bool(asked.get("name")))
            return {
                "id": asked["id"],
                "words": [[offer.text, offer.used, offer.told] for offer in offers],
            }
        drawn: list[str] = []
        if self.strokes is not None:
            size = float(asked["width"]), float(asked["height"])
            drawn = self.strokes.characters(asked["strokes"], *size, DRAWN)
        return {"id": asked["id"], "characters": drawn}


def _sound() -> SoundEngine:
    try:
        return GooglePinyin()
    except EngineMissing:
        return PlainEngine()


def _strokes() -> StrokeEngine | None:
    try:
        return Zinnia()
    except EngineMissing:
        return None


def serve(source: TextIO, sink: TextIO, engines: Engines) -> None:
    """Answer until the input ends."""
    sound = "plain" if isinstance(engines.sound, PlainEngine) else "googlepinyin"
    _say(sink, {"sound": sound, "handwriting": engines.strokes is not None})
    for line in source:
        try:
            asked = json.loads(line)
            _say(sink, engines.answer(asked))
        except (KeyError, TypeError, ValueError):
            # What was typed is personal: no word about it.
            _say(sink, {"refused": True})


def _say(sink: TextIO, answer: dict[str, Any]) -> None:
    sink.write(json.dumps(answer) + "\n")
    sink.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, Engines(plain="--plain" in sys.argv[1:]))
