"""Line drawings of the terminal's real parts: read from ``drawings.toml``, drawn by LineDrawing.qml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby

from PySide6.QtCore import QObject, Slot

from config.text import Text
from kiosk.advice import advice_table
from kiosk.words import headline_and_rest, words_for

WIDTH, HEIGHT = 240, 180
"""A drawing's own units."""
INKS = frozenset(
    {
        *("face", "soft", "paper", "line", "thin", "solid", "print", "stamp", "stampfill"),
        *("alarm", "stain", "over", "go"),
    }
)
UNKNOWN = "machine"


class DrawingError(ValueError):
    """``drawings.toml`` is not in its form; the message quotes the entry."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A shape as an SVG path, and what it is drawn with (of :data:`INKS`)."""

    ink: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Strokes that stand, or come, together: at (x, y), from (x + dx, y + dy)."""

    x: float
    y: float
    dx: float
    dy: float
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Groups that are painted at once: all that stand, or one that comes from (dx, dy) away."""

    dx: float
    dy: float
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing. ``part``: the real part it shows; ``said``: for whoever can't see it."""

    part: str
    said: Text
    layers: tuple[Layer, ...]
    """From back to front."""


def read_stroke(entry: str) -> Stroke:
    """``face rect 0 0 96 60 7`` → ink and path."""
    ink, _, shape = entry.partition(" ")
    kind, _, rest = shape.partition(" ")
    if ink not in INKS:
        raise DrawingError(f"{entry!r}: {ink} is no ink")
    try:
        match kind:
            case "path":
                return Stroke(ink, rest)
            case "rect":
                return Stroke(ink, _rect(*map(float, rest.split())))
            case "circle":
                return Stroke(ink, _circle(*map(float, rest.split())))
    except (TypeError, ValueError) as error:
        raise DrawingError(f"{entry!r}: {error}") from None
    raise DrawingError(f"{entry!r}: {kind} is no shape")


def _rect(x: float, y: float, width: float, height: float, radius: float) -> str:
    r = min(radius, width / 2, height / 2)
    turn = f"a{r:g} {r:g} 0 0 1"
    across, along = width - 2 * r, height - 2 * r
    return (
        f"M{x + r:g} {y:g} h{across:g} {turn} {r:g} {r:g} v{along:g} {turn} {-r:g} {r:g} "
        f"h{-across:g} {turn} {-r:g} {-r:g} v{-along:g} {turn} {r:g} {-r:g} z"
    )


def _circle(x: float, y: float, radius: float) -> str:
    half = f"a{radius:g} {radius:g} 0 1 0"
    return f"M{x - radius:g} {y:g} {half} {2 * radius:g} 0 {half} {-2 * radius:g} 0 z"


def read_group(entry: str, motifs: Mapping[str, tuple[Stroke, ...]]) -> Group:
    """A motif where it stands (and comes from), or a stroke of the drawing's own."""
    name, *numbers = entry.split()
    if name not in motifs:
        return Group(0, 0, 0, 0, (read_stroke(entry),))
    try:
        match numbers:
            case [x, y]:
                return Group(float(x), float(y), 0, 0, motifs[name])
            case [x, y, "from", dx, dy]:
                return Group(float(x), float(y), float(dx), float(dy), motifs[name])
    except ValueError as error:
        raise DrawingError(f"{entry!r}: {error}") from None
    raise DrawingError(f"{entry!r}: a motif stands at x y, or comes x y from dx dy")


def _layers(groups: Iterable[Group]) -> Iterator[Layer]:
    for (dx, dy), run in groupby(groups, key=lambda group: (group.dx, group.dy)):
        yield Layer(dx, dy, tuple(run))


@cache
def drawings() -> Mapping[str, Drawing]:
    """All drawings by name."""
    data = tomllib.loads(resources.files("screens").joinpath("drawings.toml").read_text("utf-8"))
    motifs = {name: tuple(map(read_stroke, strokes)) for name, strokes in data["motif"].items()}
    return {
        name: Drawing(
            given["part"],
            Text(zh=given["zh"], en=given["en"]),
            tuple(_layers(read_group(entry, motifs) for entry in given["draw"])),
        )
        for name, given in data["drawing"].items()
    }


def drawing(name: str) -> Drawing:
    """The drawing of that name; an unknown name gives that of the terminal."""
    return drawings().get(name) or drawings()[UNKNOWN]


class Drawings(QObject):
    """The drawings, for QML."""

    @Slot(str, result="QVariantList")
    def layers(self, name: str) -> list[list[float]]:
        """Of each layer, how far away what moves in it comes from, in the drawing's units."""
        return [[one.dx, one.dy] for one in drawing(name).layers]

    @Slot(str, str, result=str)
    def said(self, name: str, language: str) -> str:
        """The drawing in words."""
        return drawing(name).said.in_language(language)

    @Slot(str, result="QVariantList")
    def troubles(self, language: str) -> list[dict[str, str]]:
        """Every code as a person meets it, for the gallery of parts."""
        found = []
        for code, advice in advice_table().items():
            words, rest = headline_and_rest(words_for(code).in_language(language))
            look = {"drawing": advice.drawing, "button": advice.button}
            found.append({"code": code, "words": words, "rest": rest, **look})
        return found

    @Slot(result="QStringList")
    def names(self) -> list[str]:
        """All of them, in the order of the file."""
        return list(drawings())
