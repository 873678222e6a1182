"""Running the terminal's window: the Qt application, a clean end, and pictures on request."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.terminal_port import TerminalPort
from screens import runtime
from screens.shell import Shell, ShellOptions

TRANSITION_MS = 280
"""A little more than the longest transition of the theme."""
PICTURE_TIMEOUT_S = 20.0


class Photographer(QObject):
    """Takes pictures of the window for other threads."""

    _wanted = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._wanted.connect(self._soon, Qt.ConnectionType.QueuedConnection)

    def png(self) -> bytes:
        """A PNG of the window once it has settled; blocks the calling (not the GUI) thread."""
        done: Future[bytes] = Future()
        self._wanted.emit(done)
        return done.result(PICTURE_TIMEOUT_S)

    @Slot(object)
    def _soon(self, done: Future[bytes]) -> None:
        QTimer.singleShot(TRANSITION_MS, lambda: self._take(done))

    def _take(self, done: Future[bytes]) -> None:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._shell.grab().save(buffer, b"PNG")
        done.set_result(bytes(content.data()))


def run_shell(
    port: TerminalPort,
    options: ShellOptions,
    *,
    beat: Callable[[], None] | None = None,
    beside: Callable[[Shell], object] | None = None,
    script: Callable[[Shell, Photographer], int] | None = None,
) -> int:
    """Show the window until it is closed, or until ``script`` (run on its own thread) returns.

    ``beside`` is called once the window is open, for a second window; its result is kept alive.
    Returns the exit code.
    """
    runtime.prepare_environment()
    existing = QGuiApplication.instance()
    app = existing if isinstance(existing, QGuiApplication) else QGuiApplication([])
    runtime.install_message_handler()
    shell = Shell(port, options, beat=beat)
    shell.open()
    photographer = Photographer(shell)
    kept = beside(shell) if beside is not None else None
    _quit_on_signals(app)
    outcome = {"code": 0}
    if script is not None:
        finished = _Finished(app)

        def work() -> None:
            try:
                outcome["code"] = script(shell, photographer)
            finally:
                finished.emit_now()

        threading.Thread(target=work, name="script", daemon=True).start()
    code = app.exec()
    close = getattr(kept, "close", None)
    if callable(close):
        close()
    shell.close()
    return outcome["code"] or code


class _Finished(QObject):
    _done = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__()
        self._done.connect(app.quit, Qt.ConnectionType.QueuedConnection)

    def emit_now(self) -> None:
        """From any thread: end the application."""
        self._done.emit()


def _quit_on_signals(app: QGuiApplication) -> None:
    """SIGINT and SIGTERM end the application as closing the window does.

    Python runs signal handlers only between bytecodes; the shell's 50 ms timer provides those.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
