"""Cold start: from process start to the first frame, the whole terminal against an empty window.

    python benchmarks/first_frame.py [--rounds N]

Rounds are interleaved; the ratio of medians is what travels between machines. Both sides run
offscreen with the software backend, with file caches warm. The terminal's side is everything that
``kiosk run`` does: settings, catalogue, outbox, four device hosts starting, face worker, scene.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def child_empty() -> None:
    """An empty Qt Quick window."""
    from screens import runtime

    runtime.prepare_environment()
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQuick import QQuickView

    app = QGuiApplication([])
    view = QQuickView()
    view.resize(1080, 1920)
    view.frameSwapped.connect(_first_frame)
    view.show()
    app.exec()


def child_terminal(folder: str) -> None:
    """The terminal up to its attract screen."""
    from screens import runtime

    runtime.prepare_environment()
    from PySide6.QtGui import QGuiApplication

    from config.settings import DeviceSection, QueueSection, Settings, TerminalSection
    from kiosk.app import Application
    from screens.shell import Shell, ShellOptions

    nowhere = {"host": "127.0.0.1", "port": 9}
    settings = Settings(
        terminal=TerminalSection(data_dir=Path(folder)),
        queue=QueueSection(min_free_mib=16),
        devices={
            "reader": DeviceSection(
                port="id_card_reader", adapter="sdt-serial", options={"port": "/dev/null"}
            ),
            "receipts": DeviceSection(
                port="receipt_printer", adapter="escpos-tcp", options=nowhere
            ),
            "documents": DeviceSection(
                port="document_printer", adapter="ipp", options={"uri": "ipp://127.0.0.1:9/ipp"}
            ),
            "camera": DeviceSection(
                port="camera", adapter="opencv-camera", options={"source": "http://127.0.0.1:9/"}
            ),
        },
    )
    app = QGuiApplication([])
    application = Application(settings)
    shell = Shell(application.terminal, ShellOptions())
    shell.open()
    shell.view.frameSwapped.connect(_first_frame)
    application.start()
    app.exec()


def _first_frame() -> None:
    print("frame", flush=True)
    # The measurement ends here; children of this process die with it.
    os._exit(0)


def measure(kind: str) -> float:
    """Seconds from starting the process to its first frame."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, __file__, "--child", kind, "--folder", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - started
        process.communicate()
        if line.strip() != b"frame":
            raise SystemExit(f"{kind}: no frame")
        return elapsed


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--child", choices=("empty", "terminal"))
    parser.add_argument("--folder", default="")
    arguments = parser.parse_args()
    if arguments.child == "empty":
        child_empty()
        return
    if arguments.child == "terminal":
        child_terminal(arguments.folder)
        return
    measure("empty"), measure("terminal")  # warm the file cache
    times: dict[str, list[float]] = {"empty": [], "terminal": []}
    for _ in range(arguments.rounds):
        for kind, found in times.items():
            found.append(measure(kind) * 1000)
    floor = statistics.median(times["empty"])
    print(f"{'start to first frame':28} {'min ms':>8} {'median':>8} {'ratio':>7}")
    for kind, found in times.items():
        median = statistics.median(found)
        print(f"{kind:28} {min(found):8.0f} {median:8.0f} {median / floor:7.2f}")


if __name__ == "__main__":
    main()
