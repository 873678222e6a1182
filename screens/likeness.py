"""Whether screens still look as they did: a few small pictures, compared with a tolerance.

Fonts and antialiasing differ a little between machines, so blocks are compared, not pixels: moved
or missing things change many blocks, another rasteriser hardly any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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
TOLERATED = 0.004
"""Share of blocks that may differ: the smallest button is larger."""


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
    Pick("rows", "citizen-window", "rows", "zh_CN", TextSize.NORMAL, Contrast.HIGH, kit=True),
    Pick("buttons", "citizen-window", "buttons", "en", TextSize.NORMAL, Contrast.NORMAL, kit=True),
)


def draw() -> Iterator[tuple[Pick, Image.Image]]:
    """Every pick as it looks now, small."""
    application()
    for trim in TRIMS:
        chosen = [pick for pick in PICKS if pick.trim == trim and not pick.kit]
        if chosen:
            yield from _screens(trim, chosen)
    yield from _parts([pick for pick in PICKS if pick.kit])


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
        yield pick, _picture(shell)
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
        yield pick, _picture(shell)
    shell.close()
    settle()


def _picture(shell: Shell) -> Image.Image:
    shell.grab()  # layouts come to rest when a frame is drawn
    settle()
    return to_pillow(shell.grab()).reduce(SHRINK)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of blocks that differ, 1.0 for pictures of another size."""
    if one.size != other.size:
        return 1.0
    apart = np.abs(_blocks(one) - _blocks(other)).max(axis=2)
    return float((apart > STEP).mean())


def _blocks(picture: Image.Image) -> NDArray[np.float64]:
    """Mean colour of every block; a rest at the edges is left out."""
    rows, columns = picture.height // BLOCK, picture.width // BLOCK
    whole = np.asarray(picture.convert("RGB"), np.float64)[: rows * BLOCK, : columns * BLOCK]
    means: NDArray[np.float64] = whole.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    return means


def compare(folder: Path) -> Iterator[tuple[Pick, float, Image.Image]]:
    """Every pick with how far it is from the picture stored in ``folder`` (1.0: none stored)."""
    for pick, now in draw():
        stored = folder / f"{pick.name}.png"
        if stored.is_file():
            with Image.open(stored) as before:
                yield pick, difference(before, now), now
        else:
            yield pick, 1.0, now


def renew(folder: Path) -> list[Path]:
    """Store every pick as it looks now; look at them before they are committed."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for pick, now in draw():
        files.append(folder / f"{pick.name}.png")
        now.quantize(256, dither=Image.Dither.NONE).save(files[-1], optimize=True)
    return files
