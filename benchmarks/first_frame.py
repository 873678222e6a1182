"""Cold start: from process start to the first picture, `kiosk run` against an empty window.

    python benchmarks/first_frame.py [--rounds N] [--gl]

Rounds are interleaved; the ratio of medians is what travels between machines. *Computed* is the processor's
time of the process until then, which other load changes less. The terminal's side is
the command itself with a settings file of four devices: its first picture (the terminal's name), the
first screen that can be touched, and the moment when every device has said how it is. Both sides run
with the software backend offscreen, or with ``--gl`` on an X server, with file caches warm and modules
compiled, as after an installation.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVICES = ("reader", "receipts", "documents", "camera")
SETTINGS = """
[terminal]
data_dir = "{folder}"
[screen]
fullscreen = false
[queue]
min_free_mib = 16
[portal]
url = "http://127.0.0.1:9"
[devices.reader]
port = "id_card_reader"
adapter = "sdt-serial"
options = {{ port = "/dev/null" }}
[devices.receipts]
port = "receipt_printer"
adapter = "escpos-tcp"
options = {{ host = "127.0.0.1", port = 9 }}
[devices.documents]
port = "document_printer"
adapter = "ipp"
options = {{ uri = "ipp://127.0.0.1:9/ipp" }}
[devices.camera]
port = "camera"
adapter = "opencv-camera"
options = {{ source = "http://127.0.0.1:9/" }}
"""
NAMES = {
    "empty": "an empty window",
    "terminal": "the terminal: first picture",
    "touchable": "first screen to touch",
    "devices": "every device has answered",
}
PATIENCE_S = 30.0


def child_empty() -> None:
    """An empty Qt Quick window."""
    os.environ["QSG_RENDER_LOOP"] = "basic"
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQuick import QQuickView

    app = QGuiApplication([])
    view = QQuickView()
    view.resize(1080, 1920)
    view.frameSwapped.connect(lambda: _say("empty"))
    view.show()
    app.exec()


def child_terminal(folder: str) -> None:
    """``kiosk run``, whose window tells of its pictures."""
    from PySide6 import QtQuick

    class Telling(QtQuick.QQuickView):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            self._told: set[str] = set()
            self.frameSwapped.connect(self._tell)

        def _tell(self) -> None:
            kind = "touchable" if self.source().fileName() == "Main.qml" else "terminal"
            if kind not in self._told:
                self._told.add(kind)
                _say(kind)

    QtQuick.QQuickView = Telling
    sys.argv = ["kiosk", "run", "--verbose", "--config", f"{folder}/terminal.toml"]
    from kiosk.cli import main

    main()


def _say(word: str) -> None:
    os.write(2, f"shown {word} {time.process_time() * 1000:.0f}\n".encode())


def measure(kind: str, *, gl: bool) -> dict[str, tuple[float, float]]:
    """Milliseconds from starting the process to each moment, and of computing (0: not told)."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(ROOT), "QT_QUICK_BACKEND": "" if gl else "software"}
    env |= {} if gl else {"QT_QPA_PLATFORM": "offscreen"}
    moments: dict[str, tuple[float, float]] = {}
    wanted = {"empty"} if kind == "empty" else {"terminal", "touchable", *DEVICES}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "terminal.toml").write_text(SETTINGS.format(folder=folder), "utf-8")
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, __file__, "--child", kind, "--folder", folder],
            stderr=subprocess.PIPE,
            env=env,
            text=True,
        )
        assert process.stderr is not None
        for line in process.stderr:
            at = (time.perf_counter() - started) * 1000
            words = line.split()
            for word in wanted - moments.keys():
                if words[:2] == ["shown", word]:
                    moments[word] = at, float(words[2])
                elif f"name={word}" in words:
                    moments[word] = at, 0.0
            if wanted <= moments.keys() or at > PATIENCE_S * 1000:
                break
        process.kill()
        process.communicate()
    if not wanted <= moments.keys():
        raise SystemExit(f"{kind}: nothing of {wanted - moments.keys()}")
    if kind == "terminal":
        moments["devices"] = max(moments.pop(name) for name in DEVICES)
    return moments


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--gl", action="store_true", help="OpenGL on the X server of DISPLAY")
    parser.add_argument("--child", choices=("empty", "terminal"))
    parser.add_argument("--folder", default="")
    arguments = parser.parse_args()
    if arguments.child == "empty":
        child_empty()
        return
    if arguments.child == "terminal":
        child_terminal(arguments.folder)
        return
    for kind in ("empty", "terminal"):  # fills the file caches, compiles the modules
        measure(kind, gl=arguments.gl)
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(arguments.rounds):
        for kind in ("empty", "terminal"):
            for name, at in measure(kind, gl=arguments.gl).items():
                times[name].append(at)
    heading = "from the start of the process to"
    print(f"{heading:34} {'min ms':>8} {'median':>8} {'ratio':>7} {'computed':>9} {'ratio':>7}")
    floor = _medians(times["empty"])
    for kind, name in NAMES.items():
        (at, computed), first = _medians(times[kind]), min(at for at, _ in times[kind])
        computing = f"{computed:9.0f} {computed / floor[1]:7.2f}" if computed else ""
        print(f"{name:34} {first:8.0f} {at:8.0f} {at / floor[0]:7.2f} {computing}")


def _medians(moments: list[tuple[float, float]]) -> tuple[float, float]:
    at, computed = zip(*moments, strict=True)
    return statistics.median(at), statistics.median(computed)


if __name__ == "__main__":
    main()
