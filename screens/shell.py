"""The window: one QML scene that shows the visit and posts what the person does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlEngine, QQmlError
from PySide6.QtQuick import QQuickItem, QQuickView

from config.languages import language as language_of
from config.settings import PanelSection
from kiosk.personal import Personal
from kiosk.terminal.clock import china_now
from kiosk.terminal_port import TerminalPort
from kiosk.visit import events, model
from kiosk.visit.model import Step
from screens import (  # noqa: F401 - registers QML types
    line_art,
    qr_code,
    runtime,
    signature_pad,
    writing_pad,
)
from screens.bridge import Bridge
from screens.camera_frame import CAMERAS, Cameras
from screens.drawings import Drawings
from screens.icons import Icons
from screens.lock import Guard
from screens.models import MODELS, ScreenModel, SessionModel, screen_name
from screens.opening import DESIGN, QML, Opening, new_window, place
from screens.page_picture import PagePicture as PagePicture
from screens.painted import find_out
from screens.preload import Preloader
from screens.reach import all_in_reach
from screens.reader import Reader
from screens.speech import Outputs, Speaker, Voice
from screens.speech.output import SYSTEMS_OWN
from screens.typing_desk import Engine, TypingDesk
from screens.wedge_filter import WedgeFilter
from screens.workshop import WorkshopModel

if TYPE_CHECKING:
    from screens.workbench import Workbench

CARET_MS = 1000
_NOBODY_THERE = (Step.ATTRACT, Step.OUT_OF_SERVICE)

log = logging.getLogger("screens.shell")


@dataclass(frozen=True, slots=True)
class ShellOptions:
    """``orientation``: portrait or landscape. ``size``: window size in pixels, None = the design
    size times ``scale`` (a window) or the whole screen (fullscreen). ``staff_authorisation``: this
    trim wants staff to release signed requests (smart teller). ``keyboard_scanner``: a code scanner
    types its codes. ``prompts``: the folder of recorded sentences, if there is one. ``outputs``: the
    sound devices that voice guidance speaks with. ``panel``: how large the screen is and how high it
    stands. ``scene``: the QML file shown, the terminal's own or the gallery of parts."""

    fullscreen: bool = False
    orientation: str = "portrait"
    size: tuple[int, int] | None = None
    scale: float = 1.0
    staff_authorisation: bool = False
    keyboard_scanner: bool = False
    prompts: Path | None = None
    outputs: Outputs = SYSTEMS_OWN
    panel: PanelSection = field(default_factory=PanelSection)
    scene: str = "Main.qml"

    def window_size(self) -> QSize:
        """Of the window, in pixels."""
        if self.size is not None:
            return QSize(*self.size)
        return DESIGN[self.orientation] * self.scale


class Touches(QObject):
    """Sees every press and key before the scene does, and tells of each."""

    seen = Signal()

    def __init__(self, session: SessionModel, workshop: WorkshopModel) -> None:
        super().__init__()
        self._session = session
        self._workshop = workshop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Never eats anything."""
        if event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.TouchBegin,
            QEvent.Type.KeyPress,
        ):
            self._session.touched()
            self._workshop.touched()
            self.seen.emit()
        return False


class Shell:
    """Owns engine, window, view models and bridge. All methods are for the GUI thread.

    ``warnings`` gets QML's complaints, for tests. ``typist``: the input engines, if not a child
    process of their own. ``speaker``: what voice guidance speaks with, if not the terminal's.
    ``opening``: the window that stands already; it is taken over. ``bench``: what technicians work at.
    """

    def __init__(
        self,
        port: TerminalPort,
        options: ShellOptions = ShellOptions(),
        *,
        clock: Callable[[], float] | None = None,
        now: Callable[[], datetime] | None = None,
        typist: Engine | None = None,
        speaker: Speaker | None = None,
        opening: Opening | None = None,
        bench: Workbench | None = None,
    ) -> None:
        self._port = port
        self._bench = bench
        self._opening = opening
        self._typist = typist
        self._speaker = speaker
        self._options = options
        self._clock = clock or time.monotonic
        self._now = now or china_now
        self._view: QQuickView | None = None
        self._bridge: Bridge | None = None
        self._shown: Step | None = None
        self._reader: Reader | None = None
        self._engine: QQmlApplicationEngine | None = None
        self._language = ""
        self._wedge: WedgeFilter | None = None
        self.warnings: list[str] = []
        self.models: dict[Step, ScreenModel] = {}

    @property
    def view(self) -> QQuickView:
        """The window; only between :meth:`open` and :meth:`close`."""
        if self._view is None:
            raise RuntimeError("the shell is not open")
        return self._view

    @property
    def reader(self) -> Reader:
        """Voice guidance; only between :meth:`open` and :meth:`close`."""
        if self._reader is None:
            raise RuntimeError("the shell is not open")
        return self._reader

    def open(self) -> None:
        """Create the scene and show the window. Raises :class:`runtime.ScreensUnavailable`."""
        runtime.check_pyside()
        self._fonts = fonts = runtime.load_fonts()
        self.session = SessionModel(
            self._port,
            staff_authorisation=self._options.staff_authorisation,
            clock=self._clock,
            now=self._now,
        )
        self._icons = Icons(fonts.glyphs)
        self._drawings = Drawings()
        self._typing = TypingDesk(self._typist)
        self._cameras = Cameras(self._port)
        self.workshop = WorkshopModel(self._bench, lambda: self._language)
        for step, make in MODELS.items():
            self.models[step] = make(self._port)
            self.models[step].wall = self._now
            self.session.add_model(screen_name(step), self.models[step])
        opening, self._opening = self._opening, None
        view, engine = opening.hand_over() if opening is not None else new_window()
        self._view, self._engine = view, engine
        engine.load(QUrl.fromLocalFile(str(QML / "Translations.qml")))
        self.show_visit(self._port.visit)
        self._prepare_engine(view.engine(), fonts)
        if not view.isVisible():
            view.resize(self._options.window_size())
        within = all_in_reach(self._options.panel, view.width(), view.height())
        first = {"fonts": fonts.of(language_of(self._language)), "inReach": within}
        view.setInitialProperties(first)
        view.setSource(QUrl.fromLocalFile(str(QML / self._options.scene)))
        if view.status() is not QQuickView.Status.Ready:
            raise RuntimeError("; ".join(error.toString() for error in view.errors()))
        # Installed first, so that it is asked last: the others see what it refuses, as before.
        self._guard = Guard(view, kept=self._options.fullscreen)
        view.installEventFilter(self._guard)
        if self._options.keyboard_scanner:
            self._wedge = WedgeFilter(view, self._scanned)
            view.installEventFilter(self._wedge)
        voice = Voice(prompts=self._options.prompts, outputs=self._options.outputs)
        self._reader = Reader(self.session, self._speaker or voice)
        self._reader.attach(view)
        # Installed last, so that it also sees what the filters before it keep.
        self.touches = Touches(self.session, self.workshop)
        view.installEventFilter(self.touches)
        self._bridge = Bridge(self._port, self.show_visit)
        place(view, self._options.window_size(), fullscreen=self._options.fullscreen)
        view.requestActivate()
        self._warm_up(view.engine())

    def _scanned(self, code: str) -> None:
        self._port.post(events.CodeTyped(Personal(code)))

    def _warm_up(self, engine: QQmlEngine) -> None:
        names = (screen_name(step) for step in MODELS)
        paths = (QML / "screens" / f"{name}Screen.qml" for name in names)
        self._preloader = Preloader(engine, [QUrl.fromLocalFile(str(path)) for path in paths])
        self._preloader.start()
        self._typing.start()

    def _prepare_engine(self, engine: QQmlEngine, fonts: runtime.Fonts) -> None:
        engine.setProperty("session", self.session)
        engine.setProperty("icons", self._icons)
        engine.setProperty("drawings", self._drawings)
        engine.setProperty("typing", self._typing)
        engine.setProperty(CAMERAS, self._cameras)
        engine.setProperty("workshop", self.workshop)
        owned_here = (
            self.session, self._icons, self._drawings, self._typing, self._cameras, self.workshop,
        )  # fmt: skip
        for owned in (*owned_here, *self.models.values()):
            QQmlEngine.setObjectOwnership(owned, QQmlEngine.ObjectOwnership.CppOwnership)
        engine.warnings.connect(self._note)
        find_out(engine)

    def _note(self, errors: list[QQmlError]) -> None:
        for error in errors:
            self.warnings.append(error.toString())
            log.warning("%s", error.toString())

    def show_visit(self, visit: model.Visit) -> None:
        """Show this visit. The screen's model is filled before the screen appears, and the one
        left behind is emptied after it went."""
        self._translate(visit.language)
        self._still(visit.assist.reduced_motion)
        before = self._shown
        self._shown = visit.step
        self.models[visit.step].show(visit)
        self.session.show(visit)
        if self._reader is not None:
            self._reader.remind(visit.card_reminders)
        if before is not None and before is not visit.step:
            self._forget(before, visit)
        if visit.step in _NOBODY_THERE:
            # Behind this page home is made already (Main.qml); with what a touch will show.
            self.models[Step.HOME].show(visit)

    def _forget(self, left: Step, visit: model.Visit) -> None:
        # Home keeps its list and words within a visit; nothing outlives one.
        if visit.step in (*_NOBODY_THERE, Step.FAREWELL):
            for step, screen_model in self.models.items():
                if step is not visit.step:
                    screen_model.forget()
            self._typing.forget()
        elif left is not Step.HOME:
            self.models[left].forget()

    def _translate(self, language: str) -> None:
        # A QTranslator made in Python deadlocks: QML's loader thread calls its virtual translate()
        # and waits for the GIL, which this thread holds while it waits for the loader. The engine
        # loads qml/i18n/qml_<language>.qm with a translator of its own.
        if language != self._language and self._engine is not None:
            self._language = language
            self._engine.setUiLanguage(language)
            if self._view is not None and self._view.rootObject() is not None:
                self._view.rootObject().setProperty("fonts", self._fonts.of(language_of(language)))
            self.workshop.speak()

    def _still(self, wanted: bool) -> None:
        """A caret that stands instead of blinking is motion reduced, too."""
        QGuiApplication.styleHints().setCursorFlashTime(0 if wanted else CARET_MS)

    def grab(self) -> QImage:
        """A picture of the window as it is now."""
        return self.view.grabWindow()

    def close(self) -> None:
        """Close the window; the scene goes before the view models."""
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None
            self._preloader.close()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._view is not None:
            self._guard.release()
            self._view.removeEventFilter(self.touches)
            if self._wedge is not None:
                self._view.removeEventFilter(self._wedge)
                self._wedge.close()
                self._wedge = None
            self._view.removeEventFilter(self._guard)
            self._view.close()
            self._view.setSource(QUrl())
            self._view.engine().clearComponentCache()
            view, self._view = self._view, None
            shiboken6.delete(view)
        if self._engine is not None:
            # At once, not later: the engine's translator must go with it.
            engine, self._engine = self._engine, None
            shiboken6.delete(engine)
        self._language = ""
        self._typing.close()
        self.workshop.close()
        self.session.close()
        for screen_model in self.models.values():
            screen_model.forget()


def walk(item: QQuickItem) -> list[QQuickItem]:
    """An item and everything drawn inside it, delegates included."""
    found = [item]
    for child in item.childItems():
        found += walk(child)
    return found
