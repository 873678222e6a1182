"""The document camera port over OpenCV: a camera over a shelf that takes pages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from drivers.camera.adapter import OpenCvCamera
from drivers.camera.framebuffer import FrameReader
from drivers.camera.options import CameraOptions
from drivers.results import Failure, Result

if TYPE_CHECKING:
    from drivers.camera.framebuffer import Frame
    from drivers.camera.page_judge import PageLimits
    from drivers.camera.stream import CameraStream
    from drivers.ports import PageImage

_LOOKS_PER_S = 10.0  # pictures looked at for movement; copying every one of a large camera costs
_STOP_S = 2.0
_STALE_S = 1.0


class DocumentCameraOptions(BaseModel):
    """Settings beside those of the camera itself (:class:`CameraOptions`, here 1920 × 1080).

    ``print_pt``, ``card_print_pt``: the smallest print that must stay readable, points. ``view_mm``:
    measured width of the shelf in the picture, 0 if unknown. ``longest``: pixels of the JPEG's
    longer side; ``max_bytes``: of the JPEG. ``still_s``, ``better_s``: seconds of rest before a page
    is judged, and given for putting a bad one right.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    print_pt: float = Field(default=10.5, ge=4, le=40)
    card_print_pt: float = Field(default=8.0, ge=4, le=40)
    view_mm: float = Field(default=0.0, ge=0, le=2000)
    longest: int = Field(default=3508, ge=400, le=8000)
    max_bytes: int = Field(default=2_000_000, ge=50_000, le=16_000_000)
    still_s: float = Field(default=0.5, ge=0.1, le=5)
    better_s: float = Field(default=4.0, ge=0, le=60)


class OpenCvDocumentCamera(OpenCvCamera):
    """:class:`drivers.ports.DocumentCamera` for every source OpenCV can read.

    Finding and judging a page happens in the device host's process. The pictures are in its memory
    and in the shared frame only, and are gone with :meth:`stop`.
    """

    _page = DocumentCameraOptions()

    def _settings(self) -> CameraOptions:
        """Raises ValueError naming the key at fault."""
        own = set(DocumentCameraOptions.model_fields)
        options = self._context.options
        try:
            self._page = DocumentCameraOptions.model_validate(
                {key: value for key, value in options.items() if key in own}
            )
        except ValidationError as error:
            first = error.errors()[0]
            raise ValueError(f"option {first['loc'][0]!r}: {first['msg']}") from None
        camera = {key: value for key, value in options.items() if key not in own}
        return CameraOptions.parse({"width": 1920, "height": 1080, **camera})

    def capture_page(self, timeout_s: float) -> Result[PageImage]:
        """See :class:`drivers.ports.DocumentCamera`."""
        deadline = time.monotonic() + timeout_s
        idle = self._stream is None
        started = self.start(timeout_s)
        if isinstance(started, Failure):
            return started
        assert self._stream is not None  # noqa: S101 - start just said so
        try:
            with FrameReader(started.value) as reader:
                return self._take(self._stream, reader, deadline)
        finally:
            if idle:
                self.stop(_STOP_S)

    def _take(
        self, stream: CameraStream, reader: FrameReader, deadline: float
    ) -> Result[PageImage]:
        # Loads numpy and OpenCV, which opening has checked.
        from drivers.camera.page_taking import PageTaking, Patience

        seen = 0
        step = max(1, round(self._camera_fps() / _LOOKS_PER_S))

        def next_frame(wait_s: float) -> Frame | None:
            nonlocal seen
            count = stream.wait_beyond(seen and seen + step - 1, wait_s)
            if count == seen:
                return None
            seen = count
            frame = reader.latest()
            return frame if frame is not None and frame.age_s < _STALE_S else None

        patience = Patience(self._page.still_s, self._page.better_s)
        context = self._context
        taking = PageTaking(self._limits(), patience, context.emit, context.cancelled)
        return taking.take(next_frame, deadline)

    def _camera_fps(self) -> float:
        return self._options.fps if self._options is not None else _LOOKS_PER_S

    def _limits(self) -> PageLimits:
        from drivers.camera.page_judge import PageLimits

        page = self._page
        return PageLimits(
            print_pt=page.print_pt,
            card_print_pt=page.card_print_pt,
            view_mm=page.view_mm,
            longest=page.longest,
            max_bytes=page.max_bytes,
        )
