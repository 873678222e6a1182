"""Checks of :class:`drivers.ports.Camera`. Pictures are looked at in memory and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from drivers.acceptance.bench import Bench, CheckFailed
from drivers.camera.framebuffer import Frame, FrameReader, unlink_stale
from drivers.ports import FrameBufferInfo
from drivers.results import Failure, Ok

_FRESH_S = 1.0
_GROWTH = 5
_DARKER = 0.5
_SAMPLE = 97  # every so many bytes are enough to tell light from dark


def _start(bench: Bench) -> FrameBufferInfo:
    result = bench.call("start", timeout_s=bench.limits.open_s)
    if not isinstance(result, Ok):
        raise CheckFailed("the camera did not start")
    if not isinstance(result.value, FrameBufferInfo):
        raise CheckFailed("start did not say where the frames are")
    return result.value


def _stop(bench: Bench) -> None:
    if isinstance(bench.call("stop", timeout_s=bench.limits.open_s), Failure):
        raise CheckFailed("the camera did not stop")


@contextmanager
def _streaming(bench: Bench) -> Iterator[FrameReader]:
    info = _start(bench)
    try:
        with FrameReader(info) as reader:
            yield reader
    finally:
        bench.call("stop", timeout_s=bench.limits.open_s)


def _fresh(reader: FrameReader) -> Frame | None:
    frame = reader.latest()
    return frame if frame is not None and frame.age_s < _FRESH_S else None


def _brightness(frame: Frame) -> float:
    sample = frame.pixels[::_SAMPLE]
    return sum(sample) / max(1, len(sample))


def starts(bench: Bench) -> None:
    """A frame is there when start returns; a second start gives the same buffer or a new one."""
    with _streaming(bench) as reader:
        if reader.latest() is None:
            raise CheckFailed("start returned before there was a frame")
        with FrameReader(_start(bench)) as again:
            if not bench.reached(lambda: _fresh(again) is not None, bench.limits.notice_s):
                raise CheckFailed("no fresh frame after a second start")


def fresh(bench: Bench) -> None:
    """Frames are young, of the size told, one after another, and no two all alike."""
    with _streaming(bench) as reader:
        first = reader.latest()
        if first is None:
            raise CheckFailed("no frame")
        if (first.width, first.height) != (reader.info.width, reader.info.height):
            raise CheckFailed("the frame has another size than start told")

        def grown() -> bool:
            frame = _fresh(reader)
            return frame is not None and frame.sequence >= first.sequence + _GROWTH

        if not bench.reached(grown, bench.limits.notice_s):
            raise CheckFailed("the sequence does not grow, or the frames are old")

        def changed() -> bool:
            frame = reader.latest()
            return frame is not None and frame.pixels != first.pixels

        # not one look: a scene that repeats itself may just be at the same picture again
        if not bench.reached(changed, bench.limits.notice_s):
            raise CheckFailed("the picture never changes")


def stop_wipes(bench: Bench) -> None:
    """After stop neither an old nor a new reader sees a picture."""
    with _streaming(bench) as reader:
        if reader.latest() is None:
            raise CheckFailed("no frame")
        _stop(bench)
        with FrameReader(reader.info) as late:
            if reader.latest() is not None or late.latest() is not None:
                raise CheckFailed("a picture outlived the stop")
        _stop(bench)


def dark(bench: Bench) -> None:
    """The frames are of this camera: covering it darkens them."""
    with _streaming(bench) as reader:
        before = reader.latest()
        if before is None:
            raise CheckFailed("no frame")
        light = _brightness(before)
        bench.do("cover_lens")

        def darkened() -> bool:
            frame = _fresh(reader)
            return frame is not None and _brightness(frame) < _DARKER * light

        try:
            if not bench.reached(darkened, bench.limits.notice_s):
                raise CheckFailed("the picture did not darken")
        finally:
            bench.restore("uncover_lens")


def lost(bench: Bench) -> None:
    """Lost while streaming: reported, never an old frame for a fresh one, and back again."""
    with _streaming(bench) as reader:
        bench.do("unplug")
        try:
            bench.until_reported("the loss was not reported")
            if not bench.reached(lambda: _fresh(reader) is None, bench.limits.notice_s):
                raise CheckFailed("fresh frames from a camera that is away")
        finally:
            bench.restore("replug")
        bench.until_usable(bench.limits.recover_s, "the camera did not come back")
        with FrameReader(_start(bench)) as again:
            if not bench.reached(lambda: _fresh(again) is not None, bench.limits.recover_s):
                raise CheckFailed("no fresh frame after the camera came back")


def killed(bench: Bench) -> None:
    """The process dies while streaming: the frame ages, and the camera can be started again."""
    info = _start(bench)
    with FrameReader(info) as reader:
        old = bench.kill()
        if not bench.reached(
            lambda: bench.host.pid not in (None, old) and bench.usable(), bench.limits.recover_s
        ):
            raise CheckFailed("the camera did not come back after its process ended")
        if not bench.reached(lambda: _fresh(reader) is None, bench.limits.notice_s):
            raise CheckFailed("the frame of an ended process stays fresh")
        unlink_stale(info.name)  # as the terminal does: no picture is left of a killed process
    with _streaming(bench) as again:
        if not bench.reached(lambda: _fresh(again) is not None, bench.limits.recover_s):
            raise CheckFailed("no fresh frame after a new start")
