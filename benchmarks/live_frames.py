"""How many live pictures a second are really shown, and does showing them hold up the GUI thread?

The real screens on the real window (offscreen with the software backend, or ``--gl`` on the X server
of DISPLAY), fed by the real device host in its process, which reads an MJPEG camera in a process of
its own, as in ``camera.py``. A picture counts as shown when the window swapped after the screen had
taken a new one. On the signature page a finger moves 60 times a second instead, and what counts is
the picture after a move. Beside it: the GUI process's processor time and the gaps of its loop.

    python benchmarks/live_frames.py [--seconds 12] [--fps 30] [--gl] [--landscape]
"""

from __future__ import annotations

import argparse
import math
import os
import threading
import time
from collections.abc import Callable

from camera import stream
from gui_watch import ALLOWED_MS, GuiWatch
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem

from drivers.host import DeviceHost, HostSpec
from drivers.ports import FrameBufferInfo
from drivers.results import Failure
from drivers.status import DeviceState, DeviceStatus
from screens import runtime
from screens.camera_frame import Picture
from screens.fixtures import FakePort
from screens.gallery import application
from screens.gallery_visits import visits
from screens.shell import Shell, ShellOptions, walk
from screens.speech import Recorder
from screens.typing.near import NearTypist

SIZES = {"face": (640, 480), "materials": (1280, 960)}
FINGER_MS = 1000 // 60
WAIT_S = 30.0


class Counter:
    """Counts the window's pictures that show something new."""

    def __init__(self, shell: Shell) -> None:
        self.shown = 0
        self._fresh = False
        shell.view.frameSwapped.connect(self._swapped)
        put = Picture.put

        def counted(item: Picture, image: object) -> None:
            put(item, image)
            self.changed()

        Picture.put = counted

    def changed(self) -> None:
        self._fresh = True

    def _swapped(self) -> None:
        self.shown += self._fresh
        self._fresh = False


def rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def host_on(address: str, size: tuple[int, int]) -> tuple[DeviceHost, FrameBufferInfo]:
    ready = threading.Event()

    def on_status(_name: str, status: DeviceStatus) -> None:
        if status.device is DeviceState.ONLINE:
            ready.set()

    options = {"source": address, "width": size[0], "height": size[1]}
    host = DeviceHost(HostSpec("camera", "camera", "opencv-camera", options), on_status=on_status)
    host.start()
    if not ready.wait(WAIT_S):
        raise SystemExit("the camera does not come")
    found = host.call("start", timeout_s=WAIT_S).result()
    if isinstance(found, Failure):
        raise SystemExit(f"the camera does not start: {found}")
    return host, found.value


class Finger:
    """Writes figures of eight on the pad without lifting."""

    def __init__(self, shell: Shell, moved: Callable[[], None]) -> None:
        self._view, self._moved, self._step = shell.view, moved, 0
        self._pad: QQuickItem = next(
            item for item in walk(shell.view.rootObject()) if item.objectName() == "pad"
        )
        self._mouse(QEvent.Type.MouseButtonPress)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        self._timer.start(FINGER_MS)

    def _move(self) -> None:
        self._step += 1
        self._mouse(QEvent.Type.MouseMove)
        self._moved()

    def lift(self) -> None:
        self._timer.stop()
        self._mouse(QEvent.Type.MouseButtonRelease)

    def _mouse(self, kind: QEvent.Type) -> None:
        turn = self._step / 20
        x = (0.5 + 0.4 * math.sin(turn)) * self._pad.width()
        y = (0.5 + 0.3 * math.sin(2 * turn)) * self._pad.height()
        place, left = self._pad.mapToScene(QPointF(x, y)), Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
        event = QMouseEvent(kind, place, place, left, held, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(self._view, event)


def measure(name: str, shell: Shell, counter: Counter, seconds: float, source: float) -> None:
    watch = GuiWatch()
    rest(1.5)  # the page has appeared
    watch.start()
    shown, cpu, began = counter.shown, time.process_time(), time.monotonic()
    rest(seconds)
    took = time.monotonic() - began
    shown, cpu = counter.shown - shown, time.process_time() - cpu
    judged = watch.stop()
    ms = sorted(1000 * beat for beat in watch.beats)
    ours = sum(one.ours_ms > ALLOWED_MS for one in judged)
    print(
        f"{name:22}{source:10.1f}{shown / took:12.1f}{100 * cpu / took:10.0f} %"
        f"{1000 * cpu / max(1, shown):10.1f}{ms[int(0.999 * len(ms)) - 1]:12.1f}{ms[-1]:10.1f}"
        f"{len(judged):8}{ours:8}",
        flush=True,
    )


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--fps", type=float, default=30.0, help="of the camera")
    parser.add_argument("--landscape", action="store_true")
    parser.add_argument("--gl", action="store_true", help="OpenGL on the X server of DISPLAY")
    given = parser.parse_args()
    if given.gl:
        os.environ["QT_QUICK_BACKEND"] = ""
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    runtime.prepare_environment()
    application()
    port = FakePort()
    shell = Shell(
        port,
        ShellOptions(orientation="landscape" if given.landscape else "portrait"),
        typist=NearTypist(),
        speaker=Recorder(),
    )
    shell.open()
    counter, known = Counter(shell), visits()
    print(f"{'page':22}{'offered/s':>10}{'shown/s':>12}{'CPU':>12}{'ms/pict.':>10}"
          f"{'p99.9 gap':>12}{'longest':>10}{'> 50':>8}{'ours':>8}")  # fmt: skip
    for page, size in SIZES.items():
        with stream(*size, given.fps) as address:
            host, port.frames = host_on(address, size)
            port.put(known[page])
            measure(f"{page} {size[0]} × {size[1]}", shell, counter, given.seconds, given.fps)
            port.frames = None
            rest(0.2)
            host.stop()
    port.put(known["sign"])
    rest(0.5)
    finger = Finger(shell, counter.changed)
    measure("sign", shell, counter, given.seconds, 1000 / FINGER_MS)
    finger.lift()
    shell.close()


if __name__ == "__main__":
    main()
