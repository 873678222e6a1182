"""A chosen few screens look as they did. After a wanted change: ``kiosk screens compare --renew``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem

from kiosk.visit.model import Assistance, Contrast, TextSize, Visit
from screens import kit_gallery
from screens.gallery import dressed
from screens.gallery_states import states
from screens.likeness import PICKS, SCALE, TOLERATED, Compared, compare, difference, picture_of
from screens.shell import ShellOptions

STORED = Path(__file__).parent / "pictures"


@pytest.mark.usefixtures("stage")
def test_screens_look_as_they_did(tmp_path: Path) -> None:
    changed = {
        found.pick.name: f"{found.share:.2%} differs, see {found.write(tmp_path)}"
        for found in compare(STORED)
        if not found.fits
    }
    assert changed == {}
    assert {path.stem for path in STORED.glob("*.png")} == {pick.name for pick in PICKS}


def test_another_rasteriser_is_no_difference() -> None:
    with Image.open(STORED / "home.png") as stored:
        home = stored.convert("RGB")
    assert difference(home, home) == 0
    assert difference(home, home.resize((135, 240))) == 1
    # What another rasteriser does: every pixel a few levels off, every edge a little softer.
    assert difference(home, home.point(lambda level: max(0, level - 6))) == 0
    assert difference(home, home.filter(ImageFilter.GaussianBlur(0.6))) <= TOLERATED


def _another_colour(item: QQuickItem) -> None:
    item.property("background").setProperty("color", QColor("#5A0E63"))


def _moved(item: QQuickItem) -> None:
    item.setX(item.x() + 8)


def _cut(item: QQuickItem) -> None:
    item.setProperty("text", str(item.property("text"))[:-2])


CHANGES = {"a changed colour": _another_colour, "a moved button": _moved, "a cut text": _cut}


@pytest.mark.parametrize("what", CHANGES)
def test_a_small_change_is_seen_and_shown(
    stage: Callable[..., Any], tmp_path: Path, what: str
) -> None:
    on = stage(options=ShellOptions(scale=SCALE))
    on.show(Visit(assist=Assistance(reduced_motion=True)))
    review = states()["review"]
    on.enter(review, dressed(review.visit, "zh_CN", TextSize.NORMAL, Contrast.NORMAL))
    before = picture_of(on.shell)
    assert difference(before, picture_of(on.shell)) == 0
    CHANGES[what](on.find("back"))
    now = picture_of(on.shell)
    assert difference(before, now) > TOLERATED
    file = Compared(PICKS[0], difference(before, now), now, before).write(tmp_path)
    with Image.open(file) as shown:
        assert (255, 0, 0) in {colour for _, colour in shown.convert("RGB").getcolors(1 << 20)}


@pytest.mark.usefixtures("stage")
def test_every_section_of_the_parts_is_shown(tmp_path: Path) -> None:
    files = kit_gallery.pictures(
        tmp_path,
        trims=("smart-teller",),
        languages=("en",),
        text_sizes=(TextSize.LARGE,),
        contrasts=(Contrast.HIGH,),
        scale=0.25,
    )
    sections = {path.name.split("-")[2] for path in files}
    assert sections == {
        "buttons", "rows", "fields", "keypad", "keyboard", "news", "facts", "paper", "camera",
        "sheet", "drawings", "troubles",
    }  # fmt: skip
    for path in files:
        with Image.open(path) as picture:
            assert len(picture.convert("RGB").getcolors(1 << 16) or ()) > 20, path.name
