"""``kiosk screens shots``: pictures of the screens, and the README's picks."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from kiosk.china import CHINA
from kiosk.documents import render as render_slip
from kiosk.documents import slip_for

README_FOLDER = Path("docs/screenshots")
README_SCALE = 0.5
_MOMENT = datetime(2026, 11, 22, 10, 42, tzinfo=CHINA)
# name in the README, trim, state of the gallery, language
_PICKS = (
    ("readme-home", "citizen-window", "home", "zh_CN"),
    ("readme-result-offline", "citizen-window", "result.stored", "zh_CN"),
    ("readme-teller", "smart-teller", "review.agreed", "en"),
)


def render(out: Path, *, full: bool, readme: bool) -> list[Path]:
    """Render and return the files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _readme() if readme else _gallery(out, full)


def _gallery(out: Path, full: bool) -> list[Path]:
    from kiosk.visit.model import Contrast, TextSize
    from screens.gallery import render_shots

    if full:
        return render_shots(out, text_sizes=tuple(TextSize), contrasts=tuple(Contrast))
    return render_shots(
        out,
        languages=("zh_CN",),
        text_sizes=(TextSize.NORMAL,),
        contrasts=(Contrast.NORMAL,),
    )


def _readme() -> list[Path]:
    from kiosk.visit.model import Contrast, TextSize
    from screens.gallery import render_shots

    README_FOLDER.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, trim, state, language in _PICKS:
            shots = render_shots(
                Path(folder) / name,
                trims=(trim,),
                languages=(language,),
                text_sizes=(TextSize.NORMAL,),
                contrasts=(Contrast.NORMAL,),
                steps=(state,),
                scale=README_SCALE,
            )
            picked = next(path for path in shots if f"-{state}-" in path.name)
            target = README_FOLDER / f"{name}.png"
            target.write_bytes(picked.read_bytes())
            files.append(target)
    return [*files, _slip()]


def _slip() -> Path:
    """The offline receipt of the gallery's visit, as it comes out of the printer."""
    from PIL import Image

    from screens.fixtures import FakePort
    from screens.gallery_visits import visits

    slip = slip_for(
        visits()["result.stored"],
        "submission",
        FakePort().place,
        _MOMENT,
        "https://portal.example/lookup/{code}",
    )
    raster = render_slip(slip, 576)
    white_is_one = bytes(byte ^ 0xFF for byte in raster.data)
    target = README_FOLDER / "readme-receipt.png"
    Image.frombytes("1", (raster.width, raster.height), white_is_one).save(target)
    return target
