"""From a new visit to the first picture of its page: every page of the gallery, against a bare one.

The real window (offscreen with the software backend, or ``--gl`` on the X server of DISPLAY), shown
the gallery's visits in random order, with motion as people have it. The floor is the same window
changing between two empty pages: a rectangle in a loader. The last columns are what the GUI thread
computed meanwhile: that travels from a quiet machine to a busy one, the time of the clock does not.

    python benchmarks/page_change.py [--rounds 5] [--gl]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickView

from screens import runtime
from screens.fixtures import FakePort
from screens.gallery import TRIMS, application
from screens.gallery_visits import visits
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist

PAUSE_MS = 260
"""Longer than a page takes to appear."""
BARE = b"""
import QtQuick
Item {
    property int page: 0
    Loader { anchors.fill: parent; sourceComponent: parent.page % 2 ? one : other }
    Component { id: one; Rectangle { color: "white" } }
    Component { id: other; Rectangle { color: "black" } }
}
"""


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until_frame(view: QQuickView, act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds from the act to the next picture in the window, and computed meanwhile."""
    loop, times = QEventLoop(), list[tuple[float, float]]()

    def swapped() -> None:
        if not times:
            times.append((time.perf_counter(), time.thread_time()))
            loop.quit()

    view.frameSwapped.connect(swapped)
    began, computed = time.perf_counter(), time.thread_time()
    act()
    QTimer.singleShot(5000, loop.quit)
    loop.exec()
    view.frameSwapped.disconnect(swapped)
    if not times:
        raise SystemExit("no picture after a change")
    return (times[0][0] - began) * 1000, (times[0][1] - computed) * 1000


def bare(rounds: int) -> list[tuple[float, float]]:
    view = QQuickView()
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.resize(1080, 1920)
    component = QQmlComponent(view.engine())
    component.setData(BARE, QUrl())
    root = component.create()
    assert isinstance(root, QQuickItem)
    view.setContent(QUrl(), component, root)
    view.show()
    rest(PAUSE_MS)
    found = []
    for number in range(rounds):
        found.append(until_frame(view, lambda n=number + 1: root.setProperty("page", n)))
        rest(20)
    view.close()
    return found


def real(trim: str, rounds: int) -> dict[str, list[tuple[float, float]]]:
    port = FakePort()
    shell = Shell(
        port, ShellOptions(orientation=TRIMS[trim]), typist=NearTypist(), speaker=Recorder()
    )
    shell.open()
    rest(3000)  # the screens are being compiled
    known, dice = list(visits().items()), random.Random(8)
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(rounds):
        dice.shuffle(known)
        for name, visit in known:
            if visit.step is port.visit.step:
                continue
            found[name].append(until_frame(shell.view, lambda v=visit: port.put(v)))
            rest(PAUSE_MS)
    shell.close()
    return found


def line(name: str, found: Iterable[tuple[float, float]], floor: float) -> None:
    times = list(found)
    ms, computed = sorted(one for one, _ in times), sorted(one for _, one in times)
    late = int(0.95 * (len(ms) - 1))
    median = statistics.median(ms)
    print(f"{name:36}{len(ms):8}{median:10.1f}{ms[late]:8.1f}{ms[-1]:8.1f}{median / floor:8.1f}"
          f"{computed[late]:14.1f}{computed[-1]:8.1f}")  # fmt: skip


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gl", action="store_true", help="OpenGL on the X server of DISPLAY")
    given = parser.parse_args()
    if given.gl:
        os.environ["QT_QUICK_BACKEND"] = ""
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    runtime.prepare_environment()
    application()
    floor = bare(20 * given.rounds)
    middle = statistics.median(ms for ms, _ in floor)
    print(f"{'from a new visit to its first picture':36}{'n':>8}{'p50 ms':>10}{'p95':>8}{'max':>8}"
          f"{'ratio':>8}{'computed p95':>14}{'max':>8}")  # fmt: skip
    line("an empty page for another", floor, middle)
    slowest: list[tuple[float, str]] = []
    for trim in TRIMS:
        found = real(trim, given.rounds)
        line(trim, [one for times in found.values() for one in times], middle)
        slowest += [
            (statistics.median(ms for ms, _ in times), f"{trim} {name}")
            for name, times in found.items()
        ]
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print("slowest by median: " + ", ".join(f"{n} {ms:.0f}" for ms, n in sorted(slowest)[-8:]))


if __name__ == "__main__":
    main()
