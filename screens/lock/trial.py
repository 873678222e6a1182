"""The list of ways out, tried for real: a full-screen window on an X server of its own (Xvfb), keys and
mouse from outside (xdotool). There is no window manager, so nothing is taken before the window sees it.

    kiosk screens escapes
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from kiosk.visit import events
from screens.fixtures import FakePort
from screens.gallery_states import Scene, settle, states
from screens.journeys.keypad import wait
from screens.lock.keysyms import keysym
from screens.lock.ways import ways
from screens.models.session import TOUCH_EVERY_S
from screens.shell import Shell, ShellOptions
from screens.typing.near import NearTypist

PAGES = ("attract", "home", "form.keyboard", "review", "sign", "result", "home.assistance")
_XDOTOOL_S = 10.0
_HEARD_S = 2.0
_MOUSE = {
    "middle_click": ("click", "2"),
    "right_click": ("click", "3"),
    "right_double_click": ("click", "--repeat", "2", "3"),
    "back_click": ("click", "8"),
    "forward_click": ("click", "9"),
    "wheel_with_ctrl": ("keydown", "ctrl", "click", "4", "click", "5", "keyup", "ctrl"),
}
"""Gestures that xdotool can do; the others need a touch screen or a desktop."""


def run_on_own_display() -> int:
    """Start Xvfb and the trial in it; its exit code. :class:`FileNotFoundError` where it is missing."""
    reads, writes = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writes),
        "-screen",
        "0",
        "1080x1920x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=(writes,), stderr=subprocess.DEVNULL) as server:
        os.close(writes)
        try:
            with os.fdopen(reads) as told:
                display = told.readline().strip()
            wanted = {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
            environment = {**os.environ, **wanted}
            trial = [sys.executable, "-m", "screens.lock.trial"]
            return subprocess.run(trial, env=environment, check=False).returncode
        finally:
            server.terminate()


def _xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, capture_output=True, timeout=_XDOTOOL_S)


class _Trial:
    """One window; what came of it is compared before and after."""

    def __init__(self) -> None:
        self._port = FakePort()
        self._seconds = 1000.0
        options = ShellOptions(fullscreen=True)
        self._shell = Shell(self._port, options, clock=lambda: self._seconds, typist=NearTypist())
        self._shell.open()
        settle()
        self._scene = Scene(self._shell, self._port)

    def found(self) -> Iterator[str]:
        """What came of something that should have done nothing."""
        middle = (self._shell.view.width() // 2, self._shell.view.height() // 2)
        for page in PAGES:
            self._scene.show(states()[page])
            _xdotool("mousemove", *map(str, middle))
            for way in ways():
                if way.is_gesture and way.name not in _MOUSE:
                    continue
                before = self._state()
                done = _MOUSE[way.name] if way.is_gesture else ("key", keysym(way.name))
                _xdotool(*done)
                yield from self._compared(page, way.name, before)

    def _compared(self, page: str, name: str, before: tuple[object, ...]) -> Iterator[str]:
        self._flush()
        if self._state() != before:
            yield f"{page}: {name}: {before} -> {self._state()}"
            self._scene.show(states()[page])
            self._port.posted.clear()

    def _flush(self) -> None:
        """Until the window has seen a key that came after: events of one client keep their order."""
        self._seconds += 2 * TOUCH_EVERY_S
        seen = len(self._port.posted)
        _xdotool("key", "Shift_L")
        if not wait(lambda: len(self._port.posted) > seen, _HEARD_S):
            raise TimeoutError("the window hears no keys")
        QCoreApplication.processEvents()

    def _state(self) -> tuple[object, ...]:
        asked = [one for one in self._port.posted if not isinstance(one, events.Touched)]
        windows = [
            (top.isVisible(), top.windowStates()) for top in QGuiApplication.topLevelWindows()
        ]
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
        return asked, windows, children

    def close(self) -> None:
        """Take the window away."""
        self._shell.close()
        settle()


def main() -> int:
    """In the display of the environment; 1 if anything came of anything."""
    from screens import runtime

    application = runtime.application()
    trial = _Trial()
    faults = list(trial.found())
    trial.close()
    application.quit()
    keys = sum(1 for way in ways() if not way.is_gesture or way.name in _MOUSE)
    print(
        f"{keys} ways tried on {len(PAGES)} pages of a full-screen window: {len(faults)} did something"
    )
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
