"""The pictures that ``kiosk screens shots`` takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.visit.model import Contrast, TextSize
from screens.gallery import render_shots


@pytest.mark.usefixtures("stage")
def test_a_shot_is_a_picture_of_the_screen(tmp_path: Path) -> None:
    files = render_shots(
        tmp_path,
        trims=("citizen-window",),
        languages=("zh_CN",),
        text_sizes=(TextSize.NORMAL,),
        contrasts=(Contrast.NORMAL,),
        steps=("rating",),
        scale=0.5,
    )
    picture, sheet = files
    with Image.open(picture) as image:
        assert image.size == (540, 960)
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 20) or ()) > 20
    assert sheet.name == "citizen-window-contact-sheet.png"
