"""Taking a page from a stream of pictures: waiting for rest, judging, advising."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from drivers.camera.page_judge import Look, PageLimits, look_at, page_image
from drivers.camera.page_still import StillWatch
from drivers.ports import PageImage, PageVerdict
from drivers.results import Failure, Ok, Result

if TYPE_CHECKING:
    from drivers.camera.framebuffer import Frame

_AGAIN_S = 0.4  # between two judgements of a page that is not yet good
_RESTLESS_S = 1.5
_LAST_LOOK_S = 0.5  # kept for judging the newest picture when time is nearly up
_MOVES = {"left": "right", "right": "left", "up": "down", "down": "up"}

_ADVICE = {
    PageVerdict.NO_PAGE: "lay_page",
    PageVerdict.UNSTEADY: "hold_still",
    PageVerdict.CUT_OFF: "move_page",
    PageVerdict.TOO_DARK: "more_light",
    PageVerdict.GLARE: "less_glare",
    PageVerdict.TOO_SMALL: "closer",
    PageVerdict.UNEVEN_LIGHT: "even_light",
    PageVerdict.BLURRED: "flatten",
}
_ORDER = [PageVerdict.READABLE, *reversed(_ADVICE)]  # best first


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. ``still_s``: of rest before a page is judged; ``better_s``: how long a page that
    cannot be read well is given to be put right before it is handed out as it is."""

    still_s: float = 0.5
    better_s: float = 4.0


class PageTaking:
    """One taking of a page; keeps the best page seen until :meth:`take` returns."""

    def __init__(
        self,
        limits: PageLimits,
        patience: Patience,
        emit: Callable[[str, Mapping[str, Any]], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._limits, self._patience = limits, patience
        self._emit, self._cancelled = emit, cancelled
        self._advised: Mapping[str, str] = {}
        self._best: Look | None = None
        self._bad_since: float | None = None

    def take(
        self, next_frame: Callable[[float], Frame | None], deadline: float
    ) -> Result[PageImage]:
        """``next_frame(timeout_s)`` waits for a picture newer than the last; ``deadline`` is of the
        monotonic clock. Failures: ``camera.no_frame``, ``device.cancelled``."""
        watch = StillWatch()
        began = judged_at = time.monotonic()
        newest: Frame | None = None
        while (left := deadline - time.monotonic()) > 0:
            if self._cancelled():
                return Failure("device.cancelled")
            frame = next_frame(min(0.1, left))
            if frame is None:
                continue
            newest, now = frame, time.monotonic()
            rest = watch.feed(frame.bgr(), frame.timestamp_ns / 1e9)
            if rest < self._patience.still_s:
                if now - max(began, judged_at) > _RESTLESS_S:
                    self._advise({"advice": "hold_still"})
                if left > _LAST_LOOK_S or self._best is not None:
                    continue
            elif now - judged_at < _AGAIN_S and self._best is not None:
                continue
            look = self._judge(frame, resting=rest >= self._patience.still_s)
            judged_at = time.monotonic()
            if look.verdict is PageVerdict.READABLE or self._enough(judged_at):
                break
        if newest is None:
            return Failure("camera.no_frame", "no picture within the time limit")
        return self._handed_out(self._best or self._judge(newest, resting=False))

    def _judge(self, frame: Frame, *, resting: bool) -> Look:
        look = look_at(frame.bgr(), self._limits)
        if not resting and look.verdict is PageVerdict.BLURRED:
            look = replace(look, verdict=PageVerdict.UNSTEADY)
        if self._best is None or _ORDER.index(look.verdict) <= _ORDER.index(self._best.verdict):
            self._best = look
        if look.verdict is not PageVerdict.NO_PAGE and self._bad_since is None:
            self._bad_since = time.monotonic()
        if look.verdict is not PageVerdict.READABLE:
            self._advise(_advice(look))
        return look

    def _enough(self, now: float) -> bool:
        """True once there was time enough to put right what is wrong; a page may always come late."""
        return self._bad_since is not None and now - self._bad_since >= self._patience.better_s

    def _advise(self, advice: Mapping[str, str]) -> None:
        if advice != self._advised:
            self._advised = advice
            self._emit("page_advice", advice)

    def _handed_out(self, look: Look) -> Result[PageImage]:
        image = page_image(look, self._limits)
        self._emit("page_taken", {"verdict": image.verdict.value, "dpi": image.dpi})
        return Ok(image)


def _advice(look: Look) -> dict[str, str]:
    advice = {"advice": _ADVICE[look.verdict]}
    if look.verdict is PageVerdict.CUT_OFF and look.outline is not None:
        over = look.outline.over
        # A page that reaches over opposite edges is too near; no way to move it helps.
        ways = [_MOVES[edge] for edge in over if _MOVES[edge] not in over]
        advice["to"] = ways[0] if ways else "away"
    return advice
