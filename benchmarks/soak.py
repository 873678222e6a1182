"""Does a terminal's window grow with the visits? Ten thousand of them, page by page.

The real window over the gallery's visits, each visit a dozen pages, so that a few visits bring every
state of every screen: typing on the keyboard, open sheets, portraits, live pictures, both languages,
every text size, both contrasts. After each visit the terminal's own collector looks. Watched: memory of
its own, open files, threads, objects of Qt that Python holds, and items in the scene of the attract
screen. After a tenth of the visits (96 at least) every state has been there in every look; from then on
nothing may grow by more than 5 %. The last line is the slope of a straight line through all samples.
Samples come just after the pictures of letters were dropped (``VISITS_A_STORE``), which is every 50
visits: in between they come to some 10 to 20 MiB.

Pages of mapped files are shown and not judged: Qt maps a font's file once for each size and weight that
it keeps letters of, and each mapping counts its pages again, though they are in memory once. After 3,700
visits 15 mappings of two font files counted 80 MiB, for 4 MiB of this process's share; before letters
were dropped it was 20 mappings, 130 MiB. The rest are libraries (78) and the model of handwriting (26);
the camera's block in shared memory is one of 2 MiB throughout.

    python benchmarks/soak.py [--visits 10000] [--quick]
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import cycle, islice
from pathlib import Path
from statistics import linear_regression

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer

from drivers.camera import FrameWriter
from kiosk.visit.model import Contrast, TextSize, Visit
from screens.collector import Collector
from screens.fixtures import FakePort
from screens.gallery import application, dressed
from screens.gallery_states import Scene, State, settle, states
from screens.shell import Shell, ShellOptions, walk
from screens.speech import Recorder
from screens.typing.near import NearTypist

PAGES = 12
ALLOWED = 1.05
SCALE = 0.25
"""Of the window: pictures are drawn, but most of the time goes into making pages."""
SAMPLES = 20
WARM = 96


@dataclass(frozen=True)
class Sample:
    """What may not grow but ``mapped``. ``memory``: MiB, resident, of no file; ``mapped``: MiB of files."""

    memory: float
    mapped: float
    files: int
    threads: int
    wrappers: int
    items: int


def sample(shell: Shell) -> Sample:
    """Now, on the attract screen, as the terminal leaves it after a visit."""
    status = Path("/proc/self/status").read_text()
    resident = {kind: int(kb) / 1024 for kind, kb in re.findall(r"Rss(\w+):\s+(\d+) kB", status)}
    return Sample(
        resident["Anon"] + resident["Shmem"],
        resident["File"],
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
        len(shiboken6.getAllValidWrappers()),
        len(walk(shell.view.rootObject())),
    )


class Soak:
    """One window and the visits before it."""

    def __init__(self) -> None:
        application()
        self._camera = FrameWriter(640, 480)
        self._camera.write(bytes(640 * 480 * 3))
        self.port = FakePort()
        self.port.frames = self._camera.info
        self._heard = Recorder()
        self.shell = Shell(
            self.port, ShellOptions(scale=SCALE), typist=NearTypist(), speaker=self._heard
        )
        self.shell.open()
        self._collector = Collector(self.port, self.shell.view.engine())
        self._scene = Scene(self.shell, self.port)
        self._states: Iterator[State] = cycle(states().values())
        self._looks = cycle(
            (language, size, contrast)
            for language in ("zh_CN", "en")
            for size in TextSize
            for contrast in Contrast
        )
        # One of each for all visits: PySide keeps a little of every slot given to ``singleShot``.
        self._loop, self._turn = QEventLoop(), QTimer()
        self._turn.setSingleShot(True)
        self._turn.setInterval(1)
        self._turn.timeout.connect(self._loop.quit)
        settle()

    def visit(self) -> None:
        """From the attract screen to the attract screen."""
        look = next(self._looks)
        for state in islice(self._states, PAGES):
            self._scene.show(state, dressed(state.visit, *look))
            self.shell.grab()
            self.port.posted.clear()
        self.port.portrait, self.port.posters = None, ()
        self.port.put(Visit())
        self._heard.said.clear()
        self._heard.stops.clear()
        self._breathe()
        self._collector.look()

    def _breathe(self) -> None:
        """A turn of a real event loop: only there does Qt delete what is to be deleted later."""
        self._turn.start()
        self._loop.exec()

    def close(self) -> None:
        """Take the window away."""
        self._collector.close()
        self.shell.close()
        self._camera.close()


def main() -> None:
    """Run, print the table, and fail if something grew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="200 visits, for CI")
    given = parser.parse_args()
    visits = 200 if given.quick else given.visits
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    soak, found = Soak(), dict[int, Sample]()
    names = [field.name for field in fields(Sample)]
    print(f"{'visits':>8}{'s':>8}" + "".join(f"{name:>12}" for name in names), flush=True)
    began = time.monotonic()
    for number in range(1, visits + 1):
        soak.visit()
        if number % max(1, visits // SAMPLES) == 0:
            found[number] = now = sample(soak.shell)
            values = "".join(f"{getattr(now, name):12.0f}" for name in names)
            print(f"{number:8}{time.monotonic() - began:8.0f}{values}", flush=True)
    soak.close()
    if judge({number: one for number, one in found.items() if number >= max(WARM, visits // 10)}):
        raise SystemExit(1)


def judge(settled: dict[int, Sample]) -> bool:
    """Print what grew from the first of these to the last, and their slopes. Is it too much?"""
    names = [field.name for field in fields(Sample)]
    columns = {name: [getattr(one, name) for one in settled.values()] for name in names}
    grown = {name: column[-1] / column[0] for name, column in columns.items()}
    print(f"{'growth':>16}" + "".join(f"{100 * (grown[name] - 1):11.1f}%" for name in names))
    slopes = [linear_regression(list(settled), column).slope for column in columns.values()]
    print(f"{'in 1000 visits':>16}" + "".join(f"{1000 * slope:12.2f}" for slope in slopes))
    return max(by for name, by in grown.items() if name != "mapped") > ALLOWED


if __name__ == "__main__":
    main()
