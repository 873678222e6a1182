"""From the focus to the first sample at a player: with and without a prompt pack, against espeak-ng alone.

The real window (offscreen), its reader and its voice; a key moves the focus between two buttons of the
assistance sheet, whose words a pack has. The player writes into a named pipe, and the first bytes there end
the measurement: a sound card's own buffer comes on top. espeak-ng alone makes the same words, without a
window and without a player. The contestants take turns.

    python benchmarks/voice.py [--rounds 20] [--pack DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from kiosk.visit.model import Assistance, Step, Visit
from screens.fixtures import FakePort
from screens.gallery import application
from screens.gallery_states import Scene, State, states
from screens.shell import Shell, ShellOptions
from screens.speech import Voice, pack, synthesis
from screens.typing.near import NearTypist

WORDS = "大字，单选，未选中"


class Pipe:
    """Where the players play; notes when the first bytes of each sound arrive."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sound"
        os.mkfifo(self._path)
        self.first = threading.Event()
        self.at = 0.0
        threading.Thread(target=self._read, daemon=True).start()

    def player(self, rate: int, device: str) -> Sequence[str]:
        return ["sh", "-c", 'exec cat > "$0"', str(self._path)]

    def _read(self) -> None:
        while True:
            with self._path.open("rb", buffering=0) as sound:
                if sound.read(1):
                    if not self.first.is_set():
                        self.at = time.perf_counter()
                        self.first.set()
                    while sound.read(65536):
                        pass


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Listener:
    """A window, its voice and a key."""

    def __init__(self, folder: Path, prompts: Path | None) -> None:
        self._pipe = Pipe(folder)
        self._voice = Voice(player=self._pipe.player, prompts=prompts)
        port = FakePort(Visit(assist=Assistance(reduced_motion=True)))
        self._shell = Shell(port, ShellOptions(), typist=NearTypist(), speaker=self._voice)
        self._shell.open()
        state = states()["home.assistance"]
        visit = Visit(
            visit_id="b", step=Step.HOME, assist=Assistance(voice=True, reduced_motion=True)
        )
        Scene(self._shell, port).show(State(visit, state.act), visit)
        self._back = False
        self.settle()

    def settle(self) -> None:
        rest(400)
        self._voice.stop()
        rest(150)

    def key(self) -> float:
        """Milliseconds from the key that moves the focus to the first sample."""
        self._shell.view.requestActivate()
        rest(60)
        self._voice.stop()
        self._pipe.first.clear()
        began = time.perf_counter()
        QTest.keyClick(self._shell.view, Qt.Key.Key_Backtab if self._back else Qt.Key.Key_Tab)
        self._back = not self._back
        while not self._pipe.first.is_set():
            rest(1)
            if time.perf_counter() - began > 5:
                raise SystemExit("nothing was said")
        taken = (self._pipe.at - began) * 1000
        self.settle()
        return taken

    def close(self) -> None:
        self._shell.close()


def alone() -> float:
    """espeak-ng itself, to its first sample."""
    began = time.perf_counter()
    command = synthesis.command("cmn", 1.0)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(WORDS.encode())
        child.stdin.close()
        child.stdout.read(synthesis.HEADER + 2)
        taken = (time.perf_counter() - began) * 1000
        child.stdout.read()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument(
        "--pack", type=Path, help="a pack made before; default: one of Chinese is made"
    )
    arguments = parser.parse_args()
    application()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        prompts = arguments.pack
        if prompts is None:
            began = time.perf_counter()
            prompts = root / "sentences"
            count = pack.build(prompts, ["zh_CN"])
            size = sum(file.stat().st_size for file in prompts.iterdir()) / 2**20
            print(
                f"pack: {count} sentences, {size:.0f} MiB, made in {time.perf_counter() - began:.0f} s"
            )
        listeners = {}
        for name, with_pack in (("machine", None), ("pack", prompts)):
            (root / name).mkdir()
            listeners[name] = Listener(root / name, with_pack)
        taken: dict[str, list[float]] = {"espeak-ng alone": [], "machine": [], "pack": []}
        for _ in range(arguments.rounds):
            taken["espeak-ng alone"].append(alone())
            for name, listener in listeners.items():
                taken[name].append(listener.key())
        for listener in listeners.values():
            listener.close()
    load = os.getloadavg()[0]
    print(f"\nfocus to first sample, ms, {arguments.rounds} rounds, load {load:.1f}, limit 500")
    print(f"{'':18}{'median':>8}{'p95':>8}{'most':>8}")
    for name, times in taken.items():
        times.sort()
        p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
        print(f"{name:18}{statistics.median(times):8.0f}{p95:8.0f}{times[-1]:8.0f}")


if __name__ == "__main__":
    main()
