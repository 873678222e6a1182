"""Touch to next frame: every device hanging and the portal silent, against an idle terminal.

    python benchmarks/touch_to_frame.py [--touches N]

One window, real mouse events on the language button of the header (the whole scene is written
anew), the time from the press to the next frame that reaches the window. The idle rounds and the
rounds with every device hung in an operation alternate in the same process.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from config.settings import DeviceSection, PortalSection, QueueSection, Settings, TerminalSection
from kiosk.app import Application
from screens import runtime
from screens.shell import Shell, ShellOptions, walk

PORTS = {
    "reader": ("id_card_reader", "read_card"),
    "receipts": ("receipt_printer", "print_receipt"),
    "documents": ("document_printer", "print_document"),
    "camera": ("camera", "start"),
}
GAP_MS = 320
"""Longer than the guard against double touches."""


def silent_portal() -> socket.socket:
    """Accepts connections and never says a word."""
    return socket.create_server(("127.0.0.1", 0))


def application(folder: Path, portal: socket.socket) -> Application:
    """A terminal whose every device hangs as soon as it is asked for anything."""
    port = portal.getsockname()[1]
    return Application(
        Settings(
            terminal=TerminalSection(data_dir=folder),
            portal=PortalSection(url=f"http://127.0.0.1:{port}"),
            queue=QueueSection(min_free_mib=16),
            devices={
                name: DeviceSection(port=kind, adapter="benchmarks.hanging:HangingDevice")
                for name, (kind, _) in PORTS.items()
            },
        )
    )


def hang_all(app: Application) -> None:
    """Put every device into an operation it does not return from."""
    arguments = {"print_receipt": (b"",), "print_document": (b"", "x")}
    for name, (_, operation) in PORTS.items():
        app.rack[name].call(operation, *arguments.get(operation, ()), timeout_s=30.0)


def wait(milliseconds: int) -> None:
    """Let the scene live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def touch(shell: Shell, item: QQuickItem) -> float:
    """Milliseconds from the press to the next frame."""
    frames: list[float] = []
    loop = QEventLoop()

    def swapped() -> None:
        frames.append(time.perf_counter())
        loop.quit()

    view = shell.view
    place = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
    view.frameSwapped.connect(swapped)
    started = time.perf_counter()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTimer.singleShot(2000, loop.quit)
    if not frames:
        loop.exec()
    view.frameSwapped.disconnect(swapped)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    wait(GAP_MS)
    if not frames:
        raise SystemExit("no frame after a press")
    return (frames[0] - started) * 1000


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--touches", type=int, default=40)
    touches = parser.parse_args().touches
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    runtime.prepare_environment()
    qt = QGuiApplication([])
    portal = silent_portal()
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder), portal)
        shell = Shell(app.terminal, ShellOptions())
        shell.open()
        app.start()
        wait(2500)
        button = next(i for i in walk(shell.view.rootObject()) if i.objectName() == "language")
        times: dict[str, list[float]] = {"idle": [], "every device hung": []}
        for _ in range(4):
            for kind, found in times.items():
                if kind != "idle":
                    hang_all(app)
                found += [touch(shell, button) for _ in range(touches // 4)]
                for name in PORTS:
                    app.rack[name].reset()
                wait(1500)
        shell.close()
        app.stop()
    portal.close()
    floor = statistics.median(times["idle"])
    print(f"{'press to next frame':28} {'median ms':>10} {'p95':>8} {'max':>8} {'ratio':>7}")
    for kind, found in times.items():
        found.sort()
        p95 = found[min(len(found) - 1, int(len(found) * 0.95))]
        median = statistics.median(found)
        print(f"{kind:28} {median:10.1f} {p95:8.1f} {found[-1]:8.1f} {median / floor:7.2f}")
    del qt


if __name__ == "__main__":
    main()
