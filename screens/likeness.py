"""Whether screens still look as they did: a few small pictures, compared with a tolerance.

Fonts and antialiasing differ a little between machines, so blocks are compared, not pixels: moved
or missing things change many blocks, another rasteriser hardly any. What a machine's settings for
letters do (hinting, which changed a quarter of the blocks) is switched off while they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PySide6.QtGui import QFont

from kiosk.visit.model import Assistance, Contrast, TextSize, Visit
from screens import kit_gallery
from screens.fixtures import FakePort
from screens.gallery import MOMENT, TRIMS, application, dressed, to_pillow
from screens.gallery_states import Scene, settle, states
from screens.shell import Shell, ShellOptions
from screens.typing.near import NearTypist

SCALE = 0.5
SHRINK = 2
BLOCK = 6
STEP = 14.0
"""Levels of 255 by which a block's mean may change unnoticed."""
TOLERATED = 0.0015
"""Share of blocks that may differ, five of them: the smallest word is larger. Letters fitted to the
pixels or not, by three settings of fontconfig, made two blocks differ at most."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A state of the gallery, or a section of the kit (trim and ``kit``), in one look."""

    name: str
    trim: str
    state: str
    language: str
    size: TextSize
    contrast: Contrast
    kit: bool = False


PICKS = (
    Pick("home", "citizen-window", "home", "zh_CN", TextSize.NORMAL, Contrast.NORMAL),
    Pick("form", "citizen-window", "form", "en", TextSize.LARGEST, Contrast.HIGH),
    Pick("trouble", "citizen-window", "identify.trouble", "zh_CN", TextSize.LARGE, Contrast.NORMAL),
    Pick("result", "smart-teller", "result.stored", "zh_CN", TextSize.NORMAL, Contrast.NORMAL),
    Pick("attract", "smart-teller", "attract", "en", TextSize.NORMAL, Contrast.NORMAL),
    Pick("review", "smart-teller", "review.agreed", "zh_CN", TextSize.LARGEST, Contrast.HIGH),
    Pick("guide", "citizen-window", "guide", "en", TextSize.LARGE, Contrast.NORMAL),
    Pick("papers", "citizen-window", "materials.taken", "zh_CN", TextSize.NORMAL, Contrast.NORMAL),
    Pick("rows", "citizen-window", "rows", "zh_CN", TextSize.NORMAL, Contrast.HIGH, kit=True),
    Pick("buttons", "citizen-window", "buttons", "en", TextSize.NORMAL, Contrast.NORMAL, kit=True),
)


def draw() -> Iterator[tuple[Pick, Image.Image]]:
    """Every pick as it looks now, small."""
    with _plain_letters():
        for trim in TRIMS:
            chosen = [pick for pick in PICKS if pick.trim == trim and not pick.kit]
            if chosen:
                yield from _screens(trim, chosen)
        yield from _parts([pick for pick in PICKS if pick.kit])


@contextmanager
def _plain_letters() -> Iterator[None]:
    """Letters as the font draws them: whether and how they are fitted to the pixels is every
    machine's own setting, and would change a quarter of the blocks."""
    app = application()
    before = QFont(app.font())
    plain = QFont(before)
    plain.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(plain)
    try:
        yield
    finally:
        app.setFont(before)


def _screens(trim: str, chosen: list[Pick]) -> Iterator[tuple[Pick, Image.Image]]:
    port = FakePort(Visit(assist=Assistance(reduced_motion=True)))
    shell = Shell(
        port,
        ShellOptions(orientation=TRIMS[trim], scale=SCALE),
        now=lambda: MOMENT,
        typist=NearTypist(),
    )
    shell.open()
    scene = Scene(shell, port)
    known = states()
    for pick in chosen:
        state = known[pick.state]
        scene.show(state, dressed(state.visit, pick.language, pick.size, pick.contrast))
        yield pick, picture_of(shell)
    shell.close()
    settle()


def _parts(chosen: list[Pick]) -> Iterator[tuple[Pick, Image.Image]]:
    port = FakePort(Visit(assist=Assistance(reduced_motion=True)))
    options = ShellOptions(orientation="portrait", scale=SCALE, scene=kit_gallery.SCENE)
    shell = Shell(port, options, now=lambda: MOMENT, typist=NearTypist())
    shell.open()
    for pick in chosen:
        port.put(dressed(port.visit, pick.language, pick.size, pick.contrast))
        shell.view.rootObject().setProperty("section", pick.state)
        settle()
        yield pick, picture_of(shell)
    shell.close()
    settle()


def picture_of(shell: Shell) -> Image.Image:
    """The window as it is compared: at rest, and small."""
    shell.grab()  # layouts come to rest when a frame is drawn
    settle()
    return to_pillow(shell.grab()).reduce(SHRINK)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of blocks that differ, 1.0 for pictures of another size."""
    return float(_apart(one, other).mean()) if one.size == other.size else 1.0


def _apart(one: Image.Image, other: Image.Image) -> NDArray[np.bool_]:
    """Of each block, whether it differs."""
    found: NDArray[np.bool_] = np.abs(_blocks(one) - _blocks(other)).max(axis=2) > STEP
    return found


def marked(before: Image.Image, now: Image.Image) -> Image.Image:
    """For the eye: as it was, as it is, and what differs in frames over a faded picture."""
    gap = BLOCK
    sheet = Image.new(
        "RGB", (2 * now.width + before.width + 2 * gap, max(before.height, now.height))
    )
    sheet.paste(before.convert("RGB"), (0, 0))
    sheet.paste(now, (before.width + gap, 0))
    faded = Image.blend(now.convert("L").convert("RGB"), Image.new("RGB", now.size, "white"), 0.6)
    if before.size == now.size:
        draw = ImageDraw.Draw(faded)
        for row, column in np.argwhere(_apart(before, now)):
            x, y = int(column) * BLOCK, int(row) * BLOCK
            draw.rectangle((x - 1, y - 1, x + BLOCK, y + BLOCK), outline="red")
    sheet.paste(faded, (before.width + now.width + 2 * gap, 0))
    return sheet


def _blocks(picture: Image.Image) -> NDArray[np.float64]:
    """Mean colour of every block; a rest at the edges is left out."""
    rows, columns = picture.height // BLOCK, picture.width // BLOCK
    whole = np.asarray(picture.convert("RGB"), np.float64)[: rows * BLOCK, : columns * BLOCK]
    means: NDArray[np.float64] = whole.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    return means


@dataclass(frozen=True, slots=True)
class Compared:
    """A pick against its stored picture. ``share``: of blocks that differ, 1.0 if none is stored."""

    pick: Pick
    share: float
    now: Image.Image
    before: Image.Image | None

    @property
    def fits(self) -> bool:
        """Is it as it was?"""
        return self.share <= TOLERATED

    def write(self, folder: Path) -> Path:
        """What differs, as a picture."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{self.pick.name}-differs.png"
        (self.now if self.before is None else marked(self.before, self.now)).save(target)
        return target


def compare(folder: Path) -> Iterator[Compared]:
    """Every pick against the picture stored in ``folder``."""
    for pick, now in draw():
        stored = folder / f"{pick.name}.png"
        if stored.is_file():
            with Image.open(stored) as file:
                before = file.convert("RGB")
            yield Compared(pick, difference(before, now), now, before)
        else:
            yield Compared(pick, 1.0, now, None)


def renew(folder: Path) -> list[Path]:
    """Store every pick as it looks now; look at them before they are committed."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for pick, now in draw():
        files.append(folder / f"{pick.name}.png")
        now.quantize(256, dither=Image.Dither.NONE).save(files[-1], optimize=True)
    return files
