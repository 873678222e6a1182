"""The parts of the kit in all their states: ``kiosk screens gallery``, a window or pictures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path

from PySide6.QtQuick import QQuickItem

from drivers.camera.framebuffer import FrameWriter
from kiosk.visit import advance, events
from kiosk.visit.model import Assistance, Contrast, TextSize, Visit
from screens.camera_frame import CameraFrame
from screens.fixtures import FakePort
from screens.gallery import TRIMS, application, dressed
from screens.gallery_states import portrait, settle
from screens.run import run_shell
from screens.shell import Shell, ShellOptions, walk
from screens.typing.near import NearTypist

SCENE = "KitGallery.qml"
_FRAME = (320, 240)


class GalleryPort(FakePort):
    """A terminal of which only language and assistance answer, and a camera that sees a drawing."""

    def __init__(self, visit: Visit | None = None) -> None:
        super().__init__(visit)
        self._camera = FrameWriter(*_FRAME)
        self._camera.write(_drawn())
        self.frames = self._camera.info

    def post(self, event: events.Event) -> None:
        """By the real reducer."""
        super().post(event)
        if isinstance(event, events.LanguageChosen | events.AssistChanged):
            visit, _ = advance(self.visit, event)
            self.put(visit)

    def close(self) -> None:
        """Let the drawing's memory go."""
        self._camera.close()


def _drawn() -> bytes:
    """A head and shoulders in the middle of a frame, BGR."""
    from io import BytesIO

    from PIL import Image

    frame = Image.new("RGB", _FRAME, "#DDE5E8")
    head = Image.open(BytesIO(portrait())).resize((194, 240))
    frame.paste(head, ((_FRAME[0] - head.width) // 2, 0))
    blue, green, red = reversed(frame.split())
    return Image.merge("RGB", (blue, green, red)).tobytes()


def show(trim: str) -> int:
    """Open the window and wait until it is closed; returns the exit code."""
    port = GalleryPort()
    try:
        return run_shell(port, ShellOptions(orientation=TRIMS[trim], scale=0.5, scene=SCENE))
    finally:
        port.close()


def pictures(
    out_dir: Path,
    *,
    trims: Iterable[str] = tuple(TRIMS),
    languages: Iterable[str] = ("zh_CN", "en"),
    text_sizes: Iterable[TextSize] = tuple(TextSize),
    contrasts: Iterable[Contrast] = tuple(Contrast),
    sections: Iterable[str] = (),
    scale: float = 1.0,
) -> list[Path]:
    """A picture of every section in every look; returns the files. ``sections`` () = all."""
    application()
    out_dir.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    looks = list(product(languages, text_sizes, contrasts))
    for trim in trims:
        port = GalleryPort(Visit(assist=Assistance(reduced_motion=True)))
        shell = Shell(
            port,
            ShellOptions(orientation=TRIMS[trim], scale=scale, scene=SCENE),
            typist=NearTypist(),
        )
        shell.open()
        for language, size, contrast in looks:
            port.put(dressed(port.visit, language, size, contrast))
            for section in (
                tuple(sections) or shell.view.rootObject().property("sections").toVariant()
            ):
                name = f"{trim}-{section}-{language}-{size.value}-{contrast.value}"
                files += _section(shell, section, out_dir / name)
        shell.close()
        port.close()
        settle()
    return files


def _section(shell: Shell, section: str, stem: Path) -> list[Path]:
    """One section, by as many pictures as it takes to scroll through it."""
    root = shell.view.rootObject()
    root.setProperty("section", section)
    settle()
    for item in walk(root):
        if isinstance(item, CameraFrame):
            item.look()
    shell.grab()  # layouts come to rest when a frame is drawn
    settle()
    flick: QQuickItem = root.property("flickable")
    flick.setProperty("contentY", 0)
    files: list[Path] = []
    while True:
        files.append(stem.with_name(f"{stem.name}-{len(files) + 1}.png"))
        shell.grab().save(str(files[-1]))
        top, page, whole = (flick.property(n) for n in ("contentY", "height", "contentHeight"))
        if top + page >= whole - 1:
            return files
        flick.setProperty("contentY", min(whole - page, top + page))
        settle()
