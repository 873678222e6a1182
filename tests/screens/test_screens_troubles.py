"""Every trouble that a person can meet has words, a drawing of the real part, and one action."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from drivers.failures import failure_catalogue
from kiosk.advice import advice_for, advice_table, best_first, button_for, drawing_for
from kiosk.visit.model import Contrast, TextSize
from kiosk.words import headline_and_rest, known_codes, words_for
from screens.drawings import (
    HEIGHT,
    INKS,
    WIDTH,
    DrawingError,
    drawing,
    drawings,
    read_group,
    read_stroke,
)
from screens.gallery import dressed
from screens.gallery_states import states
from screens.line_art import svg
from screens.models.session import _TROUBLE_EVENTS
from screens.shell import QML

PARTS_OF = {
    "id_card_reader": {"card_reader", "id_card"},
    "smart_card_reader": {"card_slot"},
    "receipt_printer": {"receipt_printer"},
    "document_printer": {"document_printer"},
    "camera": {"camera"},
    "scanner": {"scanner"},
    "indicator_light": {"light"},
    "presence_sensor": {"sensor"},
    "power_supply": {"power"},
    "headset_jack": {"headset"},
    "any": {"terminal"},
}
_DRAWN = re.compile(r'LineDrawing \{[^}]*?\bname: "(\w+)"')
SHORT = {"zh": 26, "en": 76}
"""Characters of a headline that are read at once, in the title's size."""


def test_every_code_has_advice_and_no_other_has() -> None:
    assert set(advice_table()) == known_codes()
    assert len(known_codes()) > 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_has_words_of_its_own_with_a_short_headline(language: str) -> None:
    said = {code: words_for(code).in_language(language) for code in known_codes()}
    assert len(set(said.values())) == len(said)
    for code, text in said.items():
        headline, rest = headline_and_rest(text)
        assert headline, code
        assert len(headline) <= SHORT[language], f"{code}: {headline}"
        assert code not in text
        # An action of one's own needs words that ask for it.
        assert rest or advice_for(code).button == "understood", code


def test_the_first_sentence_is_the_headline() -> None:
    assert headline_and_rest("没有纸了。请添纸。好了。") == ("没有纸了", "请添纸。好了。")
    assert headline_and_rest("No paper. Refill it. Done.") == ("No paper", "Refill it. Done.")
    assert headline_and_rest("Nothing to do.") == ("Nothing to do", "")


def test_every_code_shows_the_part_that_says_it() -> None:
    for code, entry in failure_catalogue().items():
        device = entry.devices[0]
        assert drawing(drawing_for(code)).part in PARTS_OF[device], code
        if "document_printer" in entry.devices:
            assert drawing(drawing_for(code, "proof")).part == "document_printer", code
            assert drawing_for(code, "proof") in drawings()


def test_a_printer_that_is_gone_is_drawn_as_that_printer() -> None:
    assert drawing(drawing_for("device.gone", "receipt")).part == "receipt_printer"
    assert drawing(drawing_for("device.gone", "proof")).part == "document_printer"
    assert drawing(drawing_for("device.gone")).part == "terminal"


def test_no_drawing_is_missing_idle_or_the_same_as_another() -> None:
    used = {advice.drawing for advice in advice_table().values()}
    both = [code for code, one in failure_catalogue().items() if "document_printer" in one.devices]
    used |= {drawing_for(code, "proof") for code in both}
    # Some stand on pages, where they show the way before anything went wrong.
    pages = (path.read_text(encoding="utf-8") for path in QML.rglob("*.qml"))
    used |= {name for page in pages for name in _DRAWN.findall(page)}
    assert used == set(drawings())
    by_look: dict[Any, list[str]] = defaultdict(list)
    for name, one in drawings().items():
        by_look[one.layers].append(name)
        assert one.said.zh.startswith("图：")
        assert one.said.en.startswith("Drawing: ")
    assert [names for names in by_look.values() if len(names) > 1] == []
    said = [one.said.zh for one in drawings().values()]
    assert len(set(said)) == len(said)


def test_one_action_stands_first_and_is_one_of_those_offered() -> None:
    assert best_first("idcard.expired", ("retry", "staff", "back")) == ("staff", "retry", "back")
    assert best_first("idcard.none", ("retry", "staff", "back"))[0] == "retry"
    assert best_first("portal.slot_taken", ("back", "leave")) == ("back", "leave")
    assert best_first("portal.rejected", ("retry", "leave")) == ("retry", "leave")
    assert button_for("idcard.none", ("retry", "leave")) == "lay_again"
    assert button_for("portal.rejected", ("retry", "leave")) == "retry"
    assert button_for("no.such", ()) == ""
    for code, advice in advice_table().items():
        assert advice.stands_for, code
        assert set(advice.stands_for) <= set(_TROUBLE_EVENTS), code


def test_every_action_has_words() -> None:
    source = (QML / "overlays/TroubleWords.qml").read_text("utf-8")
    first, other = source.split("function other")
    named = set(re.findall(r'case "(\w+)": return qsTr', first))
    ways_out = set(re.findall(r'case "(\w+)": return qsTr', other))
    assert ways_out == set(_TROUBLE_EVENTS)
    assert {advice.button for advice in advice_table().values()} <= named | ways_out


@pytest.mark.parametrize("contrast", list(Contrast))
def test_every_drawing_shows_in_every_contrast(
    stage: Callable[..., Any], contrast: Contrast
) -> None:
    on = stage()
    on.show(dressed(states()["identify.trouble"].visit, "zh_CN", TextSize.NORMAL, contrast))
    shown = next(i for i in on.items() if i.metaObject().className().startswith("LineDrawing"))
    inks = shown.property("inks").toVariant()
    theme = on.shell.view.engine().singletonInstance("Kit", "Theme")
    paper = theme.property("paper")
    assert set(inks) == INKS
    blank = {name for name in drawings() if inked(name, inks, paper) < 0.02}
    assert blank == set()


def inked(name: str, inks: dict[str, Any], paper: QColor) -> float:
    """The share of the drawing's field that is not its ground."""
    image = QImage(WIDTH // 2, HEIGHT // 2, QImage.Format.Format_RGB32)
    image.fill(paper)
    painter = QPainter(image)
    for layer in drawing(name).layers:
        QSvgRenderer(QByteArray(svg(layer, inks).encode())).render(painter)
    painter.end()
    raw = bytes(image.constBits())
    ground = raw[:4]
    pixels = [raw[at : at + 4] for at in range(0, len(raw), 4)]
    return sum(pixel != ground for pixel in pixels) / len(pixels)


def test_a_movement_stands_still_when_motion_is_reduced(stage: Callable[..., Any]) -> None:
    on = stage()
    visit = states()["identify.trouble"].visit
    on.show(dressed(visit, "zh_CN", TextSize.NORMAL, Contrast.NORMAL))
    drawn = [i for i in on.items() if i.metaObject().className().startswith("LineArt")]
    assert drawn
    assert {art.property("away") for art in drawn} == {0}


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("gold rect 0 0 1 1 0", "gold is no ink"),
        ("face oval 0 0 1 1", "oval is no shape"),
        ("face rect 0 0 1", "missing"),
        ("line circle 1 two 3", "could not convert"),
    ],
)
def test_a_wrong_stroke_is_quoted(entry: str, complaint: str) -> None:
    with pytest.raises(DrawingError, match=complaint):
        read_stroke(entry)


def test_a_motif_stands_or_comes_from_somewhere() -> None:
    motifs = {"dot": (read_stroke("solid circle 5 5 2"),)}
    still, moving = read_group("dot 1 2", motifs), read_group("dot 1 2 from 3 -4", motifs)
    assert (still.x, still.y, still.dx, still.dy) == (1, 2, 0, 0)
    assert (moving.dx, moving.dy) == (3, -4)
    for wrong in ("dot 1", "dot 1 2 to 3 4", "dot a b"):
        with pytest.raises(DrawingError):
            read_group(wrong, motifs)
