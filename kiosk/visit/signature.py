"""How somebody signs: drawn with a finger, or a statement confirmed instead by two presses."""

from __future__ import annotations

from dataclasses import dataclass, field

from config.text import Text

STATEMENT = "confirm/1"
"""Version of :data:`STATEMENT_SAYS`. Other words are another version: portals keep it as evidence."""

STATEMENT_SAYS = Text(
    zh="我是{name}，向{authority}提交“{item}”。核对过的内容都对，是我自己要提交。我不手写，这次确认就是我的"
    "签名。",
    en="I am {name}, and I hand in “{item}” to {authority}. What I have checked is correct. I do not "
    "sign by hand: my confirming this is my signature.",
)
"""What is signed; shown and said aloud before anything can be confirmed. ``name`` is masked."""

SIGNED_HOW = {
    "confirmed": Text(zh="本人按键确认，代替手写", en="Confirmed instead of drawn"),
    "witnessed": Text(
        zh="本人按键确认，代替手写，工作人员在场见证",
        en="Confirmed instead of drawn, witnessed by staff",
    ),
}
"""In the words of slip and "my cases", by the contract's method; of one that was drawn nothing is said."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Vector strokes of (x, y, ms since the first point); personal, in a box of width × height."""

    width: int
    height: int
    strokes: tuple[tuple[tuple[int, int, int], ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The statement of this version was confirmed instead of drawing. ``witness``: code of the member
    of staff who looked on, "" for nobody."""

    statement: str
    witness: str = ""

    @property
    def method(self) -> str:
        """The contract's word for it."""
        return "witnessed" if self.witness else "confirmed"
