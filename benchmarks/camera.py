"""What the camera host costs a picture, against a bare OpenCV read loop on the same stream.

The stream is MJPEG over HTTP from a process of its own, of eight noisy photographs in turn. The bare
loop reads and forgets; ours reads in a device host, publishes in shared memory, and another process
takes every picture out of it. Both take turns. CPU is that of all their threads.

    python benchmarks/camera.py [--pictures 250] [--rounds 3] [--fps 25] [--quick]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.camera import FrameReader
from drivers.camera.capture import load_cv2
from drivers.camera.scenes import SHOTS
from drivers.camera.shelf import photograph, with_noise
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.host import DeviceHost, HostSpec
from drivers.results import Failure
from drivers.status import DeviceState, DeviceStatus

SIZES = ((640, 480), (1920, 1080))
_PICTURES = 8
_WAIT_S = 30.0


@dataclass(frozen=True)
class Cost:
    """Of one contestant's turn. ``reader_ms``: of the process that takes pictures from the host."""

    fps: float
    ms: float
    reader_ms: float = 0.0


def serve(width: int, height: int, fps: float) -> None:
    """Stream until the parent goes away."""
    cv2 = load_cv2()
    quiet = photograph(SHOTS["page"], width, height).picture
    jpegs = [
        bytes(cv2.imencode(".jpg", with_noise(quiet, 2.0, n), [cv2.IMWRITE_JPEG_QUALITY, 85])[1])
        for n in range(_PICTURES)
    ]
    simulator = MjpegCameraSimulator({"noisy": jpegs}, width, height, fps)
    simulator.command("show", scene="noisy")
    simulator.start()
    print(simulator.address, flush=True)
    sys.stdin.read()
    simulator.stop()


def bare(address: str, pictures: int) -> None:
    """The read loop everybody writes."""
    cv2 = load_cv2()
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG)
    capture.read()
    began, cpu = time.monotonic(), time.process_time()
    for _ in range(pictures):
        if not capture.read()[0]:
            raise SystemExit("the stream ended")
    print((time.monotonic() - began), time.process_time() - cpu)


@contextmanager
def stream(width: int, height: int, fps: float) -> Iterator[str]:
    arguments = [sys.executable, __file__, "--serve", str(width), str(height), str(fps)]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def of_bare(address: str, pictures: int) -> Cost:
    arguments = [sys.executable, __file__, "--bare", address, str(pictures)]
    said = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True).stdout
    took, cpu = map(float, said.split())
    return Cost(pictures / took, 1000 * cpu / pictures)


def of_host(address: str, size: tuple[int, int], pictures: int) -> Cost:
    options = {"source": address, "width": size[0], "height": size[1]}
    ready = threading.Event()

    def on_status(_name: str, status: DeviceStatus) -> None:
        if status.device is DeviceState.ONLINE:
            ready.set()

    host = DeviceHost(HostSpec("camera", "camera", "opencv-camera", options), on_status=on_status)
    host.start()
    try:
        if not ready.wait(_WAIT_S):
            raise SystemExit("the camera does not come")
        info = host.call("start", timeout_s=_WAIT_S).result()
        if isinstance(info, Failure):
            raise SystemExit(f"the camera does not start: {info}")
        pid = host.pid
        assert pid is not None
        with FrameReader(info.value) as reader:
            return _read(reader, pid, pictures)
    finally:
        host.stop()


def _read(reader: FrameReader, pid: int, pictures: int) -> Cost:
    first = last = 0
    began, mine, theirs = 0.0, 0.0, 0.0
    seen = time.monotonic()
    while last < first + pictures or not first:
        frame = reader.latest(last)
        if frame is None:
            if time.monotonic() - seen > _WAIT_S:
                raise SystemExit(f"the camera sends no more pictures after {last - first}")
            # The block has no bell: a screen looks at it by its timer, and so does this, more often
            # than pictures come, so that none is missed.
            time.sleep(0.004)
            continue
        last, seen = frame.sequence, time.monotonic()
        if not first:
            first, began = last, time.monotonic()
            mine, theirs = time.process_time(), cpu_s(pid)
    count = last - first
    took = time.monotonic() - began
    return Cost(
        count / took,
        1000 * (cpu_s(pid) - theirs) / count,
        1000 * (time.process_time() - mine) / count,
    )


def cpu_s(pid: int) -> float:
    """Seconds of CPU of all threads so far; ended threads do not count, and none ends here."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def middle(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.fps for cost in costs),
        statistics.median(cost.ms for cost in costs),
        statistics.median(cost.reader_ms for cost in costs),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=250, help="a turn")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fps", type=float, default=25.0)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--serve", nargs=3, metavar=("WIDTH", "HEIGHT", "FPS"))
    parser.add_argument("--bare", nargs=2, metavar=("ADDRESS", "PICTURES"))
    arguments = parser.parse_args()
    if arguments.serve:
        serve(int(arguments.serve[0]), int(arguments.serve[1]), float(arguments.serve[2]))
        return
    if arguments.bare:
        bare(arguments.bare[0], int(arguments.bare[1]))
        return
    pictures, rounds = (50, 1) if arguments.quick else (arguments.pictures, arguments.rounds)
    print("| size | bare loop, pictures/s | ours | bare loop, CPU ms | host | more | reader |")
    print("|---|---|---|---|---|---|---|")
    for size in SIZES:
        loops: list[Cost] = []
        hosts: list[Cost] = []
        with stream(*size, arguments.fps) as address:
            for _ in range(rounds):
                loops.append(of_bare(address, pictures))
                hosts.append(of_host(address, size, pictures))
        loop, host = middle(loops), middle(hosts)
        print(
            f"| {size[0]} × {size[1]} | {loop.fps:.1f} | {host.fps:.1f} | {loop.ms:.2f} "
            f"| {host.ms:.2f} | {100 * (host.ms / loop.ms - 1):.0f} % | {host.reader_ms:.2f} |"
        )


if __name__ == "__main__":
    main()
