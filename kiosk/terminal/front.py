"""What the first screen needs of a terminal: the visit, the catalogue, and where we stand.

All of that is there at once. Devices, portal and outbox take ten times as long to load; they come behind
the first screen, by :meth:`Front.furnish`, and perform then what visits wished for meanwhile. Nothing in
here loads any of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from config.catalogue import Catalogue
from config.divisions import Divisions
from config.settings import Settings
from config.working_days import WorkingDays
from kiosk.directory import PORTS_JUDGED, Circumstances, ServiceDirectory
from kiosk.duty import desk_at
from kiosk.routing import Router
from kiosk.terminal.clock import Now, china_now
from kiosk.terminal.loop import VisitLoop
from kiosk.terminal.popular import Popular
from kiosk.terminal_port import Place, PublicNotice
from kiosk.visit import Visit
from kiosk.visit.effects import Effect
from kiosk.visit.events import Event

if TYPE_CHECKING:
    from drivers.ports import FrameBufferInfo


class Equipment(Protocol):
    """What only a whole terminal does and knows; see :class:`kiosk.terminal_port.TerminalPort`."""

    def perform(self, effect: Effect, visit: Visit) -> None:
        """Start performing; returns at once."""
        ...

    def circumstances(self) -> Circumstances:
        """What it knows of itself now."""
        ...

    def preview(self) -> FrameBufferInfo | None: ...

    def card_photo(self) -> bytes | None: ...

    def page_picture(self, handle: str) -> bytes | None: ...

    def readiness(self) -> Mapping[str, str]: ...

    def notices(self) -> Sequence[PublicNotice]: ...


class Front:
    """Implements :class:`kiosk.terminal_port.TerminalPort`, from the first screen to the end.

    Until it is furnished, a device that is configured may do its work and the portal may be reached, as
    while nobody has heard of them yet: a visit that asks something of them waits, as for any answer.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        divisions: Divisions,
        calendar: WorkingDays,
        *,
        now: Now = china_now,
    ) -> None:
        self.settings, self.divisions, self.calendar, self.now = settings, divisions, calendar, now
        self.ports = {name: device.port for name, device in settings.devices.items()}
        """Device name → its port."""
        self.loop = VisitLoop(self._perform)
        self.router = Router(divisions, calendar, settings.terminal.division)
        self.popular = Popular(settings.terminal.data_dir / "popular.json", now)
        self._directory = ServiceDirectory(
            catalogue, divisions, self.router.own_city, self._circumstances, used=self.popular.used
        )
        self._place = _place(settings, divisions, self.router.own_city)
        self._on_change: list[Callable[[], None]] = []
        self._handing_over = threading.Lock()
        self._equipment: Equipment | None = None
        self._wished: list[tuple[Effect, Visit]] = []
        self._started = False

    def start(self) -> None:
        """Take touches; nothing the second time."""
        if not self._started:
            self._started = True
            self.loop.start()

    def stop(self) -> None:
        """Take no more."""
        self.loop.stop()

    def furnish(self, equipment: Equipment) -> None:
        """The terminal is whole: what visits wished for so far is performed, in order."""
        with self._handing_over:
            self._equipment = equipment
            for effect, visit in self._wished:
                equipment.perform(effect, visit)
            self._wished.clear()
        self.changed()

    def changed(self) -> None:
        """Availability, readiness or notices are others than before. Any thread."""
        for callback in tuple(self._on_change):
            callback()

    def make_index(self) -> None:
        """Make what services are found by, and tell; takes a second."""
        self._directory.warm_up()
        self.changed()

    def _perform(self, effect: Effect, visit: Visit) -> None:
        with self._handing_over:
            if self._equipment is None:
                self._wished.append((effect, visit))
                return
        self._equipment.perform(effect, visit)

    def _circumstances(self) -> Circumstances:
        if self._equipment is not None:
            return self._equipment.circumstances()
        desk = desk_at(self.settings, self.now(), self.calendar)
        return Circumstances(unusable=PORTS_JUDGED - set(self.ports.values()), staff=desk)

    # ---- TerminalPort ----------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        return self._place

    @property
    def directory(self) -> ServiceDirectory:
        return self._directory

    @property
    def lookup_url(self) -> str:
        return self.settings.portal.url.rstrip("/") + "/lookup/{code}"

    @property
    def visit(self) -> Visit:
        return self.loop.visit

    def post(self, event: Event) -> None:
        self.popular.heard(event)
        self.loop.post(event)

    def subscribe(self, on_visit: Callable[[Visit], None]) -> Callable[[], None]:
        return self.loop.subscribe(on_visit)

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._on_change.append(callback)
        return lambda: self._on_change.remove(callback)

    def preview(self) -> FrameBufferInfo | None:
        return None if self._equipment is None else self._equipment.preview()

    def card_photo(self) -> bytes | None:
        return None if self._equipment is None else self._equipment.card_photo()

    def page_picture(self, handle: str) -> bytes | None:
        return None if self._equipment is None else self._equipment.page_picture(handle)

    def readiness(self) -> Mapping[str, str]:
        return {"portal": "ok"} if self._equipment is None else self._equipment.readiness()

    def notices(self) -> Sequence[PublicNotice]:
        return () if self._equipment is None else self._equipment.notices()

    def recording(self) -> list[dict[str, Any]]:
        """The latest visits without anyone in them (:class:`kiosk.terminal.recorder`)."""
        return self.loop.recording()


def _place(settings: Settings, divisions: Divisions, own_city: str) -> Place:
    city = divisions.get(own_city)
    terminal = settings.terminal
    return Place(
        terminal_id=terminal.id,
        site=terminal.site,
        city=city.name if city else terminal.site,
        hours=terminal.hours,
        staff_phone=terminal.staff_phone,
    )
