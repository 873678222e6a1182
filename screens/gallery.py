"""Pictures of every screen: ``kiosk screens shots``, and how we look at our own work."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from kiosk.visit.model import Assistance, Contrast, Step, TextSize, Visit
from screens import runtime
from screens.fixtures import FakePort
from screens.gallery_states import Scene, states
from screens.gallery_workshop import workshop_states
from screens.invented_bench import InventedBench
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist

TRIMS = {"citizen-window": "portrait", "smart-teller": "landscape"}
MOMENT = datetime(2026, 11, 22, 10, 42, tzinfo=ZoneInfo("Asia/Shanghai"))


def application() -> QGuiApplication:
    """The application object; an existing one is used."""
    return runtime.application()


def dressed(
    visit: Visit, language: str, size: TextSize, contrast: Contrast, low_reach: bool = False
) -> Visit:
    """The visit in this language and look, without motion (pictures must not differ)."""
    assist = replace(
        visit.assist, text_size=size, contrast=contrast, low_reach=low_reach, reduced_motion=True
    )
    return replace(visit, language=language, assist=assist)


def to_pillow(image: QImage) -> Image.Image:
    """The same picture, RGB."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


def contact_sheet(pictures: Sequence[tuple[str, Path]], target: Path, height: int = 480) -> None:
    """All pictures small, with their names, on one sheet."""
    thumbs = []
    for name, path in pictures:
        with Image.open(path) as full:
            thumbs.append((name, full.resize((full.width * height // full.height, height))))
    columns = max(1, 2400 // (max(t.width for _, t in thumbs) + 24))
    width = max(t.width for _, t in thumbs) + 24
    rows = -(-len(thumbs) // columns)
    sheet = Image.new("RGB", (columns * width, rows * (height + 48)), "#888888")
    draw = ImageDraw.Draw(sheet)
    for index, (name, thumb) in enumerate(thumbs):
        x, y = index % columns * width + 12, index // columns * (height + 48) + 36
        sheet.paste(thumb, (x, y))
        draw.text((x, y - 24), name, fill="black")
    sheet.save(target)


def render_shots(
    out_dir: Path,
    *,
    trims: Iterable[str] = tuple(TRIMS),
    languages: Iterable[str] = ("zh_CN", "en"),
    text_sizes: Iterable[TextSize] = (TextSize.NORMAL, TextSize.LARGEST),
    contrasts: Iterable[Contrast] = (Contrast.NORMAL, Contrast.HIGH),
    steps: Iterable[Step | str] | None = None,
    low_reach: bool = False,
    scale: float = 1.0,
) -> list[Path]:
    """Render fixture visits to ``out_dir`` and a contact sheet per trim; returns the files.

    ``steps``: steps (all their states) or names of single states; None = everything.
    """
    app = application()
    out_dir.mkdir(parents=True, exist_ok=True)
    wanted = None if steps is None else {str(step) for step in steps}
    chosen = {
        name: state
        for name, state in {**states(), **workshop_states()}.items()
        if wanted is None or name in wanted or name.split(".")[0] in wanted
    }
    looks = list(product(languages, text_sizes, contrasts))
    files: list[Path] = []
    for trim in trims:
        port = FakePort(Visit(assist=Assistance(reduced_motion=True)))
        shell = Shell(
            port,
            ShellOptions(orientation=TRIMS[trim], scale=scale),
            now=lambda: MOMENT,
            typist=NearTypist(),
            speaker=Recorder(),
            bench=InventedBench(),
        )
        shell.open()
        scene = Scene(shell, port)
        pictures: list[tuple[str, Path]] = []
        for language, size, contrast in looks:
            for name, state in chosen.items():
                scene.show(state, dressed(state.visit, language, size, contrast, low_reach))
                app.processEvents()
                path = out_dir / f"{trim}-{name}-{language}-{size.value}-{contrast.value}.png"
                to_pillow(shell.grab()).save(path)
                pictures.append((f"{name} {language} {size.value} {contrast.value}", path))
        shell.close()
        sheet = out_dir / f"{trim}-contact-sheet.png"
        contact_sheet(pictures, sheet)
        files += [path for _, path in pictures] + [sheet]
    return files
