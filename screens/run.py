"""Running the terminal's window: the Qt application, and a clean end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.terminal_port import TerminalPort
from screens import runtime
from screens.behind import Behind
from screens.collector import Collector
from screens.lateness import LatenessMonitor
from screens.opening import Opening
from screens.shell import Shell, ShellOptions
from screens.tables import read_ahead

if TYPE_CHECKING:
    from screens.workbench import Workbench


def run_shell(
    port: TerminalPort,
    options: ShellOptions,
    *,
    beat: Callable[[], None] | None = None,
    beside: Callable[[Shell], object] | None = None,
    script: Callable[[], int] | None = None,
    prepare: Callable[[Shell], None] | None = None,
    opening: Opening | None = None,
    behind: Callable[[], Workbench | None] | None = None,
    bench: Workbench | None = None,
) -> int:
    """Show the window until it is closed, or until ``script`` (run on its own thread) returns.

    What the screens read from files is read on a thread of its own after the first screen, before ``behind``.
    ``prepare`` and ``beside`` are called on the GUI thread once the window is open; the latter's
    result (a second window) is kept alive and closed in the end. ``opening``: the window that stands
    already. ``behind`` runs on a thread of its own once the first screen can be seen, and may return what
    technicians work at; if it raises, so does this. ``bench``: the same, where it is there already.
    ``beat`` is called every 50 ms from the GUI thread while it is alive (for a watchdog).
    Returns the exit code: the script's, or 1 if it raised or was not done when the window closed.
    """
    app = runtime.application()
    shell = Shell(port, options, opening=opening, bench=bench)
    shell.open()
    lateness, collector = LatenessMonitor(beat), Collector(port, shell.view.engine())
    lateness.start()
    shell.touches.seen.connect(collector.touched)
    if prepare is not None:
        prepare(shell)

    def follow() -> Workbench | None:
        read_ahead()
        return None if behind is None else behind()

    def looked_at() -> None:
        if followed.failed:
            _end(app)
        elif (there := followed.result()) is not None:
            shell.workshop.fit_out(there)

    followed = Behind(shell.view, follow, looked_at)
    kept = beside(shell) if beside is not None else None
    _quit_on_signals(app)
    outcome = {"code": 0}
    finished = _Finished(app)
    if script is not None:
        outcome["code"] = 1  # what remains when the script raises

        def work() -> None:
            try:
                outcome["code"] = script()
            finally:
                finished.emit_now()

        threading.Thread(target=work, name="script", daemon=True).start()
    code = app.exec()
    finished.means_nothing_more()
    followed.forestall()
    close = getattr(kept, "close", None)
    if callable(close):
        close()
    lateness.stop()
    collector.close()
    shell.close()
    if followed.failed:
        followed.result()
    return outcome["code"] or code


class _Finished(QObject):
    """A child of the application: a script that ends after its window is the last to know it, and would
    delete it on its own thread, with its signal on the way to the GUI thread."""

    _done = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app, self._over = app, False
        self._done.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def emit_now(self) -> None:
        """From any thread: end the application."""
        self._done.emit()

    def means_nothing_more(self) -> None:
        """The window is closed already: another one is not to be."""
        self._over = True

    @Slot()
    def _end(self) -> None:
        if not self._over:
            _end(self._app)


def _end(app: QGuiApplication) -> None:
    """Leave the loop, now or as soon as it has begun. ``quit`` would ask the window first, which
    refuses where it is the whole terminal."""
    QTimer.singleShot(0, app.exit)


def _quit_on_signals(app: QGuiApplication) -> None:
    """SIGINT and SIGTERM end the application as closing the window does.

    Python runs signal handlers only between bytecodes; the lateness monitor's timer provides those.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _end(app))
