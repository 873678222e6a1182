"""The window is there before the terminal is, and becomes the terminal's."""

from __future__ import annotations

import os
import signal
import threading

import pytest
from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtQuick import QQuickView

from screens.behind import Behind
from screens.fixtures import FakePort
from screens.gallery_states import settle
from screens.opening import Opening
from screens.run import run_shell
from screens.shell import Shell, ShellOptions, walk
from screens.speech import Recorder
from screens.typing.near import NearTypist

SIZE = QSize(270, 480)
WINDOW = ShellOptions(size=(270, 480))
WHOLE_SCREEN = ShellOptions(fullscreen=True)


@pytest.mark.usefixtures("stage")
def test_the_window_stays_and_the_terminal_takes_it_over() -> None:
    opening = Opening(SIZE, fullscreen=True)
    drawn = threading.Event()
    opening.view.frameSwapped.connect(drawn.set)

    def work() -> tuple[bool, str]:
        return drawn.is_set(), threading.current_thread().name

    seen, thread = opening.meanwhile(work)
    assert seen, "the work began before the first picture"
    assert thread != threading.current_thread().name
    words = [str(i.property("text")) for i in walk(opening.view.rootObject())]
    assert any("市民之窗" in one and "Citizen Window" in one for one in words)
    view = opening.view
    whole_screen = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
    assert view.flags() == whole_screen
    assert not view.cursor().pixmap().toImage().pixelColor(0, 0).alpha(), "nothing is to be seen"
    options = ShellOptions(size=(540, 960))  # the guess was wrong: no full screen after all
    shell = Shell(FakePort(), options, typist=NearTypist(), speaker=Recorder(), opening=opening)
    shell.open()
    settle()
    assert shell.view is view
    assert view.visibility() is QQuickView.Visibility.Windowed
    assert view.size() == QSize(540, 960)
    assert not view.flags() & Qt.WindowType.FramelessWindowHint
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert "attractStart" in {item.objectName() for item in walk(view.rootObject())}
    assert shell.warnings == []
    opening.close()  # means nothing any more
    assert view.isVisible()
    shell.close()


@pytest.mark.usefixtures("stage")
def test_what_goes_wrong_behind_the_window_is_raised_and_the_window_goes() -> None:
    opening = Opening(SIZE, fullscreen=False)

    def work() -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit, match="3"):
        opening.meanwhile(work)
    opening.close()
    with pytest.raises(RuntimeError):
        opening.hand_over()


@pytest.mark.usefixtures("stage")
def test_work_for_a_window_that_nobody_sees_begins_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("screens.behind.PATIENCE_MS", 10)
    view, loop = QQuickView(), QEventLoop()
    behind = Behind(view, lambda: 42, loop.quit)
    loop.exec()
    assert behind.result() == 42
    never: Behind[int] = Behind(view, lambda: 1, loop.quit)
    never.forestall()
    assert not never.failed


@pytest.mark.usefixtures("stage", "qapp")
@pytest.mark.parametrize("options", [WINDOW, WHOLE_SCREEN])
def test_a_terminal_that_cannot_start_ends_its_window(options: ShellOptions) -> None:
    def no_start() -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        run_shell(FakePort(), options, behind=no_start)


@pytest.mark.usefixtures("stage", "qapp")
@pytest.mark.parametrize("options", [WINDOW, WHOLE_SCREEN])
def test_a_signal_ends_a_terminal(options: ShellOptions) -> None:
    before, over = signal.getsignal(signal.SIGTERM), threading.Event()

    def script() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        over.wait(60)
        return 0

    try:
        assert run_shell(FakePort(), options, script=script) == 1  # the script was not done
    finally:
        over.set()
        signal.signal(signal.SIGTERM, before)
