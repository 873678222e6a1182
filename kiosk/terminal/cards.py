"""Reading the person's card: device → checked document → holder, portrait in the vault."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from typing import Any

from PIL import Image

from drivers.host import DeviceHost
from drivers.ports import IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt import PhotoDecoder, decode_photo
from drivers.status import DeviceStatus, MediaState
from kiosk.identity import document_fault, same_number
from kiosk.personal import Holder, Personal
from kiosk.terminal.clock import Now, china_today
from kiosk.terminal.performing import Handler, Performers, Post
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

log = logging.getLogger(__name__)


class CardDesk:
    """Performs ReadCard and CancelRead."""

    def __init__(
        self,
        reader: DeviceHost | None,
        performers: Performers,
        post: Post,
        vault: Vault,
        now: Now,
        decoder: PhotoDecoder,
        *,
        holders: Collection[str] = (),
    ) -> None:
        self._reader = reader
        self._performers = performers
        self._post = post
        self._vault = vault
        self._now = now
        self._decoder = decoder
        self._running = 0
        self._holders = frozenset(holders)
        """Devices that may hold a card and say so."""
        self._lock = threading.Lock()
        self._holding: set[str] = set()

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.ReadCard: self._read, fx.CancelRead: self._cancel}

    def device_event(self, name: str, event: str) -> None:
        """Progress of the reader."""
        if self._reader is None or name != self._reader.name:
            return
        if event == "card_found":
            self._post(ev.CardSeen(self._running))
        elif event == "card_not_lifted":
            self._post(ev.CardNotLifted(self._running))

    def device_changed(self, name: str, status: DeviceStatus) -> None:
        """A card was put in or taken out, as far as the device can tell."""
        if name not in self._holders:
            return
        with self._lock:
            before = bool(self._holding)
            if status.usable and status.media is MediaState.PRESENT:
                self._holding.add(name)
            else:
                self._holding.discard(name)
            now = bool(self._holding)
        if now is not before:
            self._post(ev.CardLies(now))

    def _read(self, effect: fx.ReadCard, _visit: Visit) -> None:
        if self._reader is None:
            self._post(ev.CardFailed(effect.effect, "device.gone"))
            return
        self._running = effect.effect
        epoch = self._vault.epoch
        future = self._reader.call("read_card", timeout_s=effect.timeout_s)
        # The rest (photo decoding) is too much for the supervisor's thread that completes this.
        future.add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._finish(effect, done, epoch))
        )

    def _cancel(self, _effect: fx.CancelRead, _visit: Visit) -> None:
        if self._reader is not None:
            self._reader.cancel()

    def _finish(self, effect: fx.ReadCard, done: Future[Result[Any]], epoch: int) -> None:
        match done.result():
            case Failure(code, detail):
                log.info("card.failed code=%s detail=%s", code, detail)
                self._post(ev.CardFailed(effect.effect, code))
            case Ok(document):
                self._accept(effect, document, epoch)

    def _accept(self, effect: fx.ReadCard, document: IdDocument, epoch: int) -> None:
        fault = document_fault(document, china_today(self._now))
        if fault:
            log.info("card.refused code=%s kind=%s", fault, document.kind.value)
            self._post(ev.CardFailed(effect.effect, fault))
            return
        handle = self._portrait(document.photo, epoch)
        self._post(ev.CardRead(effect.effect, holder_of(document, handle)))

    def _portrait(self, photo: bytes, epoch: int) -> str:
        if not photo:
            return ""
        match decode_photo(photo, self._decoder):
            case Ok(decoded):
                return self._vault.put(decoded.bgr, epoch)
            case Failure(code, detail):
                log.info("card.photo code=%s detail=%s", code, detail)
                return ""


def holder_of(document: IdDocument, photo: str) -> Holder:
    """The person a document names; foreigners' cards may hold a Latin name only."""
    return Holder(
        document_kind=document.kind.value,
        name=Personal(document.name or document.name_latin),
        number=Personal(same_number(document.number)),
        sex=Personal(document.sex),
        nation=Personal(document.nation or document.country),
        birth=document.birth,
        address=Personal(document.address),
        valid_to=document.valid_to,
        long_term=document.long_term,
        photo=photo,
    )


def portrait_png(bgr: bytes, width: int = 102, height: int = 126) -> bytes:
    """A decoded portrait as PNG, for the staff's screen."""
    image = Image.frombytes("RGB", (width, height), bgr, "raw", "BGR")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
