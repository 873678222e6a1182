"""The terminal: visit loop, desks and monitor put together behind :class:`TerminalPort`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from drivers.host import DeviceHost, DeviceRack
from drivers.ports import FrameBufferInfo
from drivers.sdt import PhotoDecoder
from drivers.status import DeviceStatus
from kiosk.audit import AuditLog
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.duty import desk_at
from kiosk.terminal.calls import CallDesk
from kiosk.terminal.cards import CardDesk, portrait_png
from kiosk.terminal.case_actions import ActionDesk
from kiosk.terminal.clock import ClockJudge, Now
from kiosk.terminal.codes import CodeDesk
from kiosk.terminal.drafts import DraftDesk
from kiosk.terminal.errands import ErrandDesk
from kiosk.terminal.faces import FaceDesk
from kiosk.terminal.front import Front
from kiosk.terminal.headset import HeadsetDesk
from kiosk.terminal.lights import LightDesk
from kiosk.terminal.lookups import LookUpDesk
from kiosk.terminal.monitor import Monitor, readiness_code
from kiosk.terminal.notices import NoticeBoard
from kiosk.terminal.own_cases import CaseDesk
from kiosk.terminal.papers import PaperDesk
from kiosk.terminal.performing import Performers
from kiosk.terminal.power import PowerDesk
from kiosk.terminal.presence import PresenceDesk
from kiosk.terminal.printing import PrintDesk
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.social import SocialCardDesk
from kiosk.terminal.staff import StaffDesk
from kiosk.terminal.submissions import SubmissionDesk
from kiosk.terminal.vault import Vault
from kiosk.terminal_port import Place, PublicNotice
from kiosk.verification import FaceService
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from offline_queue import Courier, ItemView, Outbox
from portal.client import PortalClient

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TerminalParts:
    """What the composition root hands over. The terminal does not own their lives."""

    front: Front
    rack: DeviceRack
    face: FaceService
    client: PortalClient
    keys: SealingKeys
    outbox: Outbox | None
    courier: Courier | None
    audit: AuditLog
    shut_down: Callable[[], bool]

    @property
    def settings(self) -> Settings:
        return self.front.settings

    @property
    def now(self) -> Now:
        return self.front.now


class Terminal:
    """Implements :class:`kiosk.terminal_port.TerminalPort`: what of it needs a device, the portal or the
    outbox by itself, the rest by its front, which was there before."""

    def __init__(self, parts: TerminalParts) -> None:
        self._parts = parts
        self._front = front = parts.front
        settings = parts.settings
        self._vault = Vault()
        self._loop = front.loop
        self._performers = Performers(self._loop.post)
        self._router = front.router
        self._ports = front.ports
        self._clock = ClockJudge(parts.now)
        self._board = NoticeBoard(parts.client, parts.now) if settings.notices.shown else None
        self._monitor = Monitor(
            client=parts.client, keys=parts.keys, clock=self._clock, outbox=parts.outbox,
            courier=parts.courier, ports=self._ports, on_change=front.changed, board=self._board,
            desk=lambda: desk_at(settings, parts.now(), front.calendar),
        )  # fmt: skip
        self._directory = front.directory
        self._place = front.place
        self._make_desks()

    def _make_desks(self) -> None:
        parts, post = self._parts, self._loop.post
        settings = parts.settings
        self._cards = CardDesk(
            _first(parts.rack, "id_card_reader"),
            self._performers,
            post,
            self._vault,
            parts.now,
            _decoder(settings.face.photo_decoder),
            holders={n for n, port in self._ports.items() if port in _CARD_PORTS},
        )
        self._social_cards = SocialCardDesk(
            _first(parts.rack, "smart_card_reader"), self._performers, post, parts.now
        )
        self._codes = CodeDesk(
            _first(parts.rack, "scanner"),
            keyboard=settings.scanner.keyboard,
            client=parts.client,
            keys=parts.keys,
            terminal_id=settings.terminal.id,
            destination=self._router.own_city,
            performers=self._performers,
            post=post,
            vault=self._vault,
            now=parts.now,
        )
        self._faces = FaceDesk(
            _first(parts.rack, "camera"), parts.face, self._performers, post, self._vault
        )
        self._papers = PaperDesk(
            _first(parts.rack, "document_camera"), self._performers, post, self._vault
        )
        self._errands = ErrandDesk(
            client=parts.client,
            terminal_id=settings.terminal.id,
            directory=self._directory,
            router=self._router,
            circumstances=self._monitor.circumstances,
            keys=parts.keys,
            vault=self._vault,
            post=post,
            now=parts.now,
        )
        self._submissions = SubmissionDesk(
            outbox=parts.outbox,
            courier=parts.courier,
            terminal_id=settings.terminal.id,
            directory=self._directory,
            keys=parts.keys,
            vault=self._vault,
            post=post,
            now=parts.now,
            clock_sure=self._clock.sure,
        )
        self._drafts = DraftDesk(
            outbox=parts.outbox,
            courier=parts.courier,
            client=parts.client,
            keys=parts.keys,
            terminal_id=settings.terminal.id,
            destination=self._router.own_city,
            post=post,
            now=parts.now,
        )
        self._own_cases = CaseDesk(
            client=parts.client,
            keys=parts.keys,
            outbox=parts.outbox,
            directory=self._directory,
            circumstances=self._monitor.circumstances,
            terminal_id=settings.terminal.id,
            destination=self._router.own_city,
            post=post,
            now=parts.now,
        )
        self._case_actions = ActionDesk(
            submissions=self._submissions,
            directory=self._directory,
            keys=parts.keys,
            vault=self._vault,
            terminal_id=settings.terminal.id,
            post=post,
            now=parts.now,
            clock_sure=self._clock.sure,
        )
        self._prints = PrintDesk(
            _first(parts.rack, "receipt_printer"),
            _first(parts.rack, "document_printer"),
            place=self._place,
            vault=self._vault,
            post=post,
            now=parts.now,
            lookup_url=self._front.lookup_url,
        )
        self._lookups = LookUpDesk(
            _first(parts.rack, "scanner"),
            client=parts.client,
            outbox=parts.outbox,
            directory=self._directory,
            post=post,
        )
        self._staff = StaffDesk(settings.staff.pins, post)
        self._calls = CallDesk(
            parts.client, settings.terminal.id, post, written=self._call_written, now=parts.now
        )
        self._lights = LightDesk(_first(parts.rack, "indicator_light"))
        self._presence = PresenceDesk(self._ports, post, enabled=settings.presence.enabled)
        self._headset = HeadsetDesk(_first(parts.rack, "headset_jack"), post)
        self._power = PowerDesk(
            _first(parts.rack, "power_supply"), settings.power, post, parts.shut_down
        )
        self._loop.subscribe(self._lights.show)
        for desk in (
            self._errands, self._submissions, self._prints, self._staff, self._power, self._codes,
            self._lookups, self._drafts, self._own_cases, self._case_actions,
        ):  # fmt: skip
            self._performers.add(desk.handlers())
        for ordered in (
            self._cards.handlers(), self._faces.handlers(), self._errands.payment_handlers(),
            self._codes.ordered_handlers(), self._lookups.ordered_handlers(), self._social_cards.handlers(),
            self._papers.handlers(), self._calls.ordered_handlers(),
        ):  # fmt: skip
            self._performers.add(ordered, in_order=True)
        self._performers.add({fx.WipeVisit: self._wipe, fx.Record: self._record})

    # ---- life ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin serving. Devices and courier are started by the composition root."""
        self._front.furnish(self)
        self._front.start()
        self._monitor.start()
        self._lights.show(self._front.visit)
        self._lights.start()
        self._power.start()
        self._headset.start()
        threading.Thread(target=self._front.make_index, name="search-index", daemon=True).start()
        if self._parts.outbox is None:
            self.serve()

    def serve(self) -> None:
        """Take visits, if anything can be kept of them."""
        lost = ev.ServiceLost("service.outbox") if self._parts.outbox is None else None
        self._loop.post(lost or ev.ServiceRestored())

    def serve_nobody(self, code: str) -> None:
        """Take no new visit, and say why (a code of words)."""
        self._loop.post(ev.ServiceLost(code))

    def stop(self) -> None:
        """End: the visit's loop first, so that no new work begins."""
        self._errands.close()
        self._front.stop()
        self._power.stop()
        self._headset.stop()
        self._lights.stop()
        self._monitor.stop()
        self._performers.close()
        self._vault.wipe()

    # ---- TerminalPort ----------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        return self._front.place

    @property
    def directory(self) -> ServiceDirectory:
        return self._front.directory

    @property
    def lookup_url(self) -> str:
        return self._front.lookup_url

    @property
    def visit(self) -> Visit:
        return self._front.visit

    def post(self, event: ev.Event) -> None:
        self._front.post(event)

    def subscribe(self, on_visit: Callable[[Visit], None]) -> Callable[[], None]:
        return self._front.subscribe(on_visit)

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        return self._front.on_change(callback)

    def recording(self) -> list[dict[str, Any]]:
        return self._front.recording()

    # ---- of these the front knows nothing --------------------------------------------------------

    def preview(self) -> FrameBufferInfo | None:
        return self._faces.frames or self._papers.frames

    def card_photo(self) -> bytes | None:
        holder = self._loop.visit.holder
        bgr = self._vault.get(holder.photo) if holder is not None and holder.photo else None
        return portrait_png(bgr) if bgr else None

    def page_picture(self, handle: str) -> bytes | None:
        return self._papers.shown(handle)

    def readiness(self) -> Mapping[str, str]:
        known = self._monitor.statuses()
        ready = {name: readiness_code(status) for name, status in known.items()}
        reachable = self._monitor.circumstances().portal_reachable
        return {**ready, "portal": "ok" if reachable else "portal.unreachable"}

    def notices(self) -> Sequence[PublicNotice]:
        return () if self._board is None else self._board.shown()

    # ---- news from below (supervisor, outbox and face threads) -----------------------------------

    def device_status(self, name: str, status: DeviceStatus) -> None:
        """A device host's status changed."""
        returned = self._monitor.device_changed(name, status)
        self._faces.device_changed(name, status)
        self._lights.device_changed(name, status)
        self._presence.device_changed(name, status)
        self._power.device_changed(name, status)
        self._headset.device_changed(name, status)
        self._cards.device_changed(name, status)
        if returned:
            self._loop.post(ev.DeviceReturned(returned))

    def device_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        """An adapter reported progress."""
        self._cards.device_event(name, event)
        self._social_cards.device_event(name, event)
        self._codes.device_event(name, event)
        self._papers.device_event(name, event, data)
        self._prints.device_event(name, event, data)
        self._presence.device_event(name, event)
        self._power.device_event(name, event)
        self._headset.device_event(name, event)

    def face_progress(self, name: str, data: Mapping[str, Any]) -> None:
        """The face service has guidance for the person."""
        self._faces.progress(name, data)

    def item_changed(self, view: ItemView) -> None:
        """The outbox learned something of an item."""
        self._submissions.item_changed(view)

    def circumstances(self) -> Circumstances:
        return self._monitor.circumstances()

    def perform(self, effect: fx.Effect, visit: Visit) -> None:
        self._performers.perform(effect, visit)

    # ---- effects of the terminal itself ----------------------------------------------------------

    def _wipe(self, effect: fx.WipeVisit, _visit: Visit) -> None:
        self._faces.stop_camera()
        self._papers.stop_camera()
        self._social_cards.visit_ended()
        held = self._vault.wipe()
        log.info("visit.wiped buffers=%d", held)
        self._loop.post(ev.Wiped(effect.effect))

    def _record(self, effect: fx.Record, visit: Visit) -> None:
        self._parts.audit.append(effect.code, {**effect.data, "visit": visit.visit_id})
        self._front.popular.recorded(effect.code)

    def _call_written(self, code: str, word: str) -> None:
        self._parts.audit.append(code, {"reason": word})


_CARD_PORTS = ("id_card_reader", "smart_card_reader")


def _first(rack: DeviceRack, port: str) -> DeviceHost | None:
    return next(iter(rack.of_port(port)), None)


def _decoder(setting: str) -> PhotoDecoder:
    return PhotoDecoder() if setting in ("", "stand-in") else PhotoDecoder(tuple(setting.split()))
