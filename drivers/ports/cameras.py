"""Cameras: for faces, and for papers on a shelf."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


@dataclass(frozen=True, slots=True)
class FrameBufferInfo:
    """Where a camera's newest frame is: a named shared-memory block of ``height*width*3`` BGR bytes
    behind a header (see :mod:`drivers.camera.framebuffer`)."""

    name: str
    width: int
    height: int


@runtime_checkable
class Camera(Adapter, Protocol):
    """A camera whose newest frame is in shared memory while it is streaming."""

    def start(self, timeout_s: float) -> Result[FrameBufferInfo]:
        """Open the source and keep the newest frame in shared memory until :meth:`stop`."""
        ...

    def stop(self, timeout_s: float) -> Result[None]:
        """Stop streaming and clear the shared frame (no image outlives its use)."""
        ...


class PageVerdict(StrEnum):
    """Whether a photographed page can be read by a clerk later, or what to change."""

    READABLE = "readable"
    NO_PAGE = "noPage"
    UNSTEADY = "unsteady"
    CUT_OFF = "cutOff"
    TOO_DARK = "tooDark"
    GLARE = "glare"
    UNEVEN_LIGHT = "unevenLight"
    BLURRED = "blurred"
    TOO_SMALL = "tooSmall"


class Upright(StrEnum):
    """How a page's head was found: by a code on it, by its lines of text and the way it was laid,
    or not at all."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page straightened and cut out: JPEG, ``width`` × ``height`` in pixels. Personal.

    ``verdict`` other than readable is advice for taking it again, and the picture is what there is
    (empty where no page was found: ``noPage``, and ``tooDark`` of a covered lens). ``dpi``:
    estimated resolution, 0 where the page's size is unknown. ``sharpness``: 1 for edges as steep as
    pixels allow, 0 also for a page without print; ``brightness``: of the paper; ``evenness``: worst
    light against best; ``glare``: share of the page burnt out; all 0 to 1.
    """

    verdict: PageVerdict
    jpeg: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0
    dpi: int = 0
    sharpness: float = 0.0
    brightness: float = 0.0
    evenness: float = 0.0
    glare: float = 0.0
    upright: Upright = Upright.UNKNOWN


@runtime_checkable
class DocumentCamera(Camera, Protocol):
    """A camera over a shelf for papers: a :class:`Camera` that can also take a page."""

    def capture_page(self, timeout_s: float) -> Result[PageImage]:
        """Wait for a still picture, find the page, straighten it and judge it.

        Starts the source itself if :meth:`start` was not called, and then stops it again. A bad page
        is not a failure but a verdict. Emits ``page_advice`` when what is to be done changes, with
        ``{"advice": ...}``: ``lay_page``, ``hold_still``, ``move_page`` (with ``to``: ``left``,
        ``right``, ``up`` or ``down`` as the camera sees it), ``closer``, ``more_light``,
        ``less_glare``, ``even_light`` or ``flatten``; and ``page_taken`` with the verdict. Failures:
        ``camera.no_frame`` (no picture in time), ``device.*``.
        """
        ...
