"""A chosen few screens look as they did. After a wanted change: ``kiosk screens compare --renew``."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from screens import kit_gallery
from screens.likeness import PICKS, TOLERATED, compare, difference

STORED = Path(__file__).parent / "pictures"


@pytest.mark.usefixtures("stage")
def test_screens_look_as_they_did(tmp_path: Path) -> None:
    changed = {}
    for pick, share, now in compare(STORED):
        if share > TOLERATED:
            now.save(tmp_path / f"{pick.name}.png")
            changed[pick.name] = f"{share:.2%} differs, see {tmp_path}"
    assert changed == {}
    assert {path.stem for path in STORED.glob("*.png")} == {pick.name for pick in PICKS}


def test_a_moved_or_missing_part_is_a_difference() -> None:
    with Image.open(STORED / "home.png") as stored:
        home = stored.convert("RGB")
    assert difference(home, home) == 0
    assert difference(home, home.resize((135, 240))) == 1
    # What another rasteriser does: every pixel a few levels off.
    assert difference(home, home.point(lambda level: max(0, level - 6))) == 0
    covered = home.copy()
    ImageDraw.Draw(covered).rectangle((110, 445, 255, 470), fill="#F7F6F2")
    assert difference(home, covered) > TOLERATED
    assert difference(home, ImageChops.offset(home, 0, 4)) > TOLERATED


@pytest.mark.usefixtures("stage")
def test_every_section_of_the_parts_is_shown(tmp_path: Path) -> None:
    files = kit_gallery.pictures(
        tmp_path,
        trims=("smart-teller",),
        languages=("en",),
        text_sizes=(kit_gallery.TextSize.LARGE,),
        contrasts=(kit_gallery.Contrast.HIGH,),
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
