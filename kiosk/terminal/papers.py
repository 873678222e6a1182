"""Papers on the shelf: the document camera's pictures, into the vault and out of it."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from PIL import Image

from drivers.host import DeviceHost
from drivers.ports import FrameBufferInfo, PageImage, PageVerdict
from drivers.results import Failure, Ok, Result
from kiosk.terminal.enclosing import Paper
from kiosk.terminal.paper_pictures import shown
from kiosk.terminal.performing import Handler, Performers, Post
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.page import EnclosedPage, Page
from kiosk.visit.paper_events import NO_PAGE

log = logging.getLogger(__name__)

CAMERA_START_S = 6.0
MEDIA_TYPE = "image/jpeg"
_SHOWN_PIXELS = (900, 900)
_SHOWN_QUALITY = 80


class PaperDesk:
    """Performs TakePage, StopShelf and DropPages."""

    def __init__(
        self, camera: DeviceHost | None, performers: Performers, post: Post, vault: Vault
    ) -> None:
        self._camera = camera
        self._performers = performers
        self._post = post
        self._vault = vault
        self._lock = threading.Lock()
        self._wanted = 0
        """The effect a page is still wanted for, 0 for none."""
        self._frames: FrameBufferInfo | None = None

    @property
    def frames(self) -> FrameBufferInfo | None:
        """Where the live picture of the shelf is while one is taken."""
        return self._frames

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs, in order."""
        return {
            fx.TakePage: self._take,
            fx.StopShelf: self._stop,
            fx.DropPages: lambda effect, _visit: self._drop(effect),
        }

    def device_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        """What the camera wants changed."""
        if self._camera is None or name != self._camera.name or event != "page_advice":
            return
        with self._lock:
            wanted = self._wanted
        if wanted:
            advice = str(data.get("advice", ""))
            towards = str(data.get("to", ""))
            self._post(ev.PageAdvised(wanted, f"move_{towards}" if towards else advice))

    def shown(self, handle: str) -> bytes | None:
        """A page as the screen shows it, taken or printed: a small picture, None once it is gone."""
        return self._vault.get(shown(handle))

    def stop_camera(self) -> None:
        """No picture from here on; the shared frame is cleared by the host."""
        with self._lock:
            running = self._wanted != 0 or self._frames is not None
            self._wanted, self._frames = 0, None
        if self._camera is not None and running:
            self._camera.cancel()
            self._camera.call("stop", timeout_s=2.0)

    def _take(self, effect: fx.TakePage, _visit: Visit) -> None:
        if self._camera is None:
            self._post(ev.PageFailed(effect.effect, "device.gone"))
            return
        with self._lock:
            self._wanted = effect.effect
        epoch = self._vault.epoch
        self._camera.call("start", timeout_s=CAMERA_START_S).add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._look(effect, epoch, done))
        )

    def _look(self, effect: fx.TakePage, epoch: int, started: Future[Result[Any]]) -> None:
        result = started.result()
        with self._lock:
            if self._wanted != effect.effect or self._camera is None:
                return
            if isinstance(result, Ok):
                self._frames = result.value
                page = self._camera.call("capture_page", timeout_s=effect.timeout_s)
        if isinstance(result, Failure):
            self._failed(effect, result)
            return
        page.add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._taken(effect, epoch, done))
        )

    def _taken(self, effect: fx.TakePage, epoch: int, done: Future[Result[Any]]) -> None:
        result = done.result()
        with self._lock:
            if self._wanted != effect.effect:
                return
        match result:
            case Failure():
                self._failed(effect, result)
            case Ok(image):
                self._accept(effect, epoch, image)

    def _accept(self, effect: fx.TakePage, epoch: int, image: PageImage) -> None:
        if image.verdict is PageVerdict.NO_PAGE or not image.jpeg:
            self._post(ev.PageFailed(effect.effect, NO_PAGE))
            return
        handle = self._vault.put(image.jpeg, epoch)
        self._vault.keep(shown(handle), shown_jpeg(image.jpeg), epoch)
        log.info("page.taken verdict=%s dpi=%d", image.verdict.value, image.dpi)
        self._post(ev.PageTaken(effect.effect, Page(handle, image.verdict.value)))

    def _failed(self, effect: fx.TakePage, failure: Failure) -> None:
        log.info("page.failed code=%s detail=%s", failure.code, failure.detail)
        self._post(ev.PageFailed(effect.effect, failure.code))

    def _stop(self, _effect: fx.StopShelf, _visit: Visit) -> None:
        self.stop_camera()

    def _drop(self, effect: fx.DropPages) -> None:
        for handle in effect.handles:
            self._vault.drop(handle)
            self._vault.drop(shown(handle))


def shown_jpeg(jpeg: bytes) -> bytes:
    """``jpeg`` small enough to be decoded between two frames of the screen."""
    image = Image.open(io.BytesIO(jpeg))
    image.draft("RGB", _SHOWN_PIXELS)
    image.thumbnail(_SHOWN_PIXELS)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=_SHOWN_QUALITY)
    return out.getvalue()


def papers_of(pages: tuple[EnclosedPage, ...], vault: Vault) -> list[Paper] | None:
    """The pictures of ``pages`` as they are enclosed; None if one of them is gone."""
    found = [(page.kind, vault.get(page.handle)) for page in pages]
    papers = [Paper(kind, MEDIA_TYPE, jpeg) for kind, jpeg in found if jpeg]
    return papers if len(papers) == len(pages) else None
