"""The walk: every state in every look, each judged, and what behaviour shows besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, product
from multiprocessing import get_context
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from config.settings import PanelSection
from kiosk.visit.model import Assistance, Contrast, Step, TextSize, Visit
from screens.audit import errands, hands, hearing, judges, motion, pixels, sounds, stillness, times
from screens.audit.measure import Panel
from screens.audit.requirements import Finding
from screens.audit.snapshot import take
from screens.fixtures import FakePort
from screens.gallery import MOMENT, TRIMS, application, dressed
from screens.gallery_states import Scene, State, settle, states
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist

_FLASH_S = 1 / 3
_TWO_BEATS_MS = 620
_PORTION = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is dressed."""

    trim: str
    language: str
    size: TextSize
    contrast: Contrast
    low_reach: bool = False

    def __str__(self) -> str:
        low = " low reach" if self.low_reach else ""
        return f"{self.trim} {self.language} {self.size.value} {self.contrast.value}{low}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is walked. ``states`` () = all; ``hands``: looks in which keys and fingers try every
    page; ``still``: look for what moves although motion is reduced."""

    looks: tuple[Look, ...]
    hands: tuple[Look, ...] = ()
    states: tuple[str, ...] = ()
    still: bool = False

    def parts(self) -> list[Plan]:
        """The same in portions of a few looks."""
        looks = [
            replace(self, looks=self.looks[n : n + _PORTION], hands=())
            for n in range(0, len(self.looks), _PORTION)
        ]
        return [replace(self, looks=(), hands=(look,)) for look in self.hands] + looks


@dataclass(slots=True)
class Audit:
    """What was walked and what was found. ``every``: no combination of settings was left out."""

    pages: int = 0
    looks: int = 0
    every: bool = False
    findings: list[Finding] = field(default_factory=list)

    def add(self, part: Audit) -> None:
        """What another walk found."""
        self.pages += part.pages
        self.looks += part.looks
        self.findings += part.findings

    def of(self, code: str) -> list[Finding]:
        """What does not hold of one requirement."""
        return [finding for finding in self.findings if finding.code == code]


def _every_look() -> tuple[Look, ...]:
    plain = product(TRIMS, ("zh_CN", "en"), TextSize, Contrast)
    low = product(TRIMS, ("zh_CN", "en"), TextSize)
    return (
        *(Look(*parts) for parts in plain),
        *(Look(*parts, Contrast.NORMAL, low_reach=True) for parts in low),
    )


def _every_two() -> tuple[Look, ...]:
    """Twelve looks in which every two settings meet: sizes by contrasts, the rest spread over them."""
    return tuple(
        Look(
            tuple(TRIMS)[(s + c) % 2],
            ("zh_CN", "en")[(s // 2 + c) % 2],
            size,
            contrast,
            low_reach=(s + s // 2 + c) % 2 == 1,
        )
        for s, size in enumerate(TextSize)
        for c, contrast in enumerate(Contrast)
    )


_HANDS = tuple(Look(trim, "zh_CN", TextSize.NORMAL, Contrast.NORMAL) for trim in TRIMS)
EVERYTHING = Plan(_every_look(), _HANDS, still=True)
"""All combinations: half an hour."""
PAIRS = Plan(_every_two(), _HANDS, still=True)
"""Some minutes: what breaks in a look breaks by one setting or by two of them together."""
CORE = Plan(
    looks=(
        Look("citizen-window", "zh_CN", TextSize.NORMAL, Contrast.NORMAL),
        Look("citizen-window", "en", TextSize.LARGEST, Contrast.HIGH, low_reach=True),
    ),
    hands=_HANDS[:1],
    states=("home", "form", "identify.trouble"),
)
"""Seconds: what the suite walks to see that the page docs/accessibility.md still tells the truth."""


def run(
    plan: Plan,
    told: PanelSection | None = None,
    report: Callable[[str], None] = lambda _: None,
    workers: int = 1,
) -> Audit:
    """Walk and judge. ``told``: the panel of the terminal meant; ``report`` hears what was walked;
    ``workers``: processes that share the looks."""
    audit = Audit(every=plan.looks == EVERYTHING.looks)
    share = partial(_walked, told=told or PanelSection())
    if workers == 1:
        audit.add(share(plan, report=report))
    else:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            for part, found in zip(plan.parts(), pool.map(share, plan.parts()), strict=True):
                report(", ".join(str(look) for look in part.looks))
                audit.add(found)
    clocks = (times.idle(), times.idle_with_voice(), times.at_work(), times.ended())
    ways = (errands.not_by_face_alone(), errands.back_keeps(), errands.looked_over())
    for code, words in chain(*clocks, *ways, sounds.heard()):
        audit.findings.append(Finding(code, "", "", words))
    return audit


def _walked(
    plan: Plan, told: PanelSection, report: Callable[[str], None] = lambda _: None
) -> Audit:
    """What the pages show."""
    application()
    audit = Audit()
    shown = {
        name: state for name, state in states().items() if not plan.states or name in plan.states
    }
    for trim in TRIMS:
        looks = [look for look in plan.looks if look.trim == trim]
        handled = [look for look in plan.hands if look.trim == trim]
        if looks or handled:
            _Walk(audit, trim, told, shown).all(looks, handled, plan.still, report)
    return audit


class _Walk:
    """One window of one trim."""

    def __init__(
        self, audit: Audit, trim: str, told: PanelSection, shown: dict[str, State]
    ) -> None:
        self._audit = audit
        self._trim = trim
        self._shown = shown
        self._seconds = [1000.0]
        self._port = FakePort(Visit(assist=Assistance(reduced_motion=True)))
        self._shell = Shell(
            self._port,
            ShellOptions(orientation=TRIMS[trim], panel=told),
            clock=lambda: self._seconds[0],
            now=lambda: MOMENT,
            typist=NearTypist(),
            speaker=Recorder(),
        )
        self._shell.open()
        self._scene = Scene(self._shell, self._port)
        view = self._shell.view
        self._panel = Panel(view.width(), view.height(), told)

    def all(
        self,
        looks: Iterable[Look],
        handled: Iterable[Look],
        still: bool,
        report: Callable[[str], None],
    ) -> None:
        """Every state in every look, then by hand, then the reset."""
        try:
            for look in looks:
                report(str(look))
                self._audit.looks += 1
                for name, state in self._shown.items():
                    self._audit.pages += 1
                    self._keep(name, look, self._judge(name, state, look))
            for look in handled:
                report(f"{look}, by hand")
                for name, state in self._shown.items():
                    self._keep(name, look, self._by_hand(name, state, look, still))
            self._keep("attract", None, self._after_all())
        finally:
            self._shell.close()
            settle()

    def _keep(self, name: str, look: Look | None, faults: Iterable[judges.Fault]) -> None:
        for code, words in faults:
            self._audit.findings.append(Finding(code, name, str(look or self._trim), words))

    def _show(self, state: State, look: Look) -> None:
        visit = dressed(state.visit, look.language, look.size, look.contrast, look.low_reach)
        self._scene.show(state, visit)

    def _anew(self, state: State, look: Look) -> None:
        self._scene.disturbed()
        self._show(state, look)

    def _judge(self, name: str, state: State, look: Look) -> list[judges.Fault]:
        self._show(state, look)
        picture = pixels.pixels(self._shell.grab())
        settle()
        snap = take(self._shell)
        found = [
            *judges.targets(snap, self._panel),
            *judges.capitals(snap, self._panel, look.size),
            *judges.wholeness(snap),
            *judges.letters(snap),
            *judges.names(snap),
            *judges.one_touch(snap),
            *pixels.contrast(snap, picture, look.contrast),
            *pixels.edges(snap, picture),
            *pixels.grey(snap, picture),
            *hearing.heard_only(self._shell),
        ]
        if state.visit.trouble is not None and not state.visit.idle_warning:
            found += hearing.trouble(self._shell)
        found += hearing.speech(self._shell, look.language)
        if state.visit.idle_warning:
            found += hearing.warning(self._shell)
        if look.low_reach:
            found += judges.reach(snap, self._panel)
        if look.size is TextSize.LARGEST:
            found += judges.few_choices(snap)
        if "." not in name:
            found += stillness.nothing_moves(self._shell, self._port, every=False)
        return found

    def _by_hand(self, name: str, state: State, look: Look, still: bool) -> Iterator[judges.Fault]:
        self._show(state, look)
        self._shell.grab()
        settle()
        yield from hands.focus_round(self._shell)
        self._show(state, look)
        yield from hands.keys_round(self._shell, lambda: self._show(state, look))
        self._show(state, look)
        yield from hands.presses(self._shell, self._seconds, lambda: self._anew(state, look))
        self._anew(state, look)
        yield from hands.tools(self._shell, self._port, self._seconds)
        self._anew(state, look)
        yield from stillness.nothing_moves(self._shell, self._port, every=True)
        self._scene.disturbed()
        wrong = state.visit.form_errors if state.visit.step is Step.FORM else ()
        for field_name in wrong:
            self._show(state, look)
            yield from hands.errors_named(self._shell, field_name)
        if wrong:
            self._show(state, look)
            yield from hands.error_focused(self._shell, self._port, self._seconds, wrong)
        if still:
            self._show(state, look)
            yield from motion.flashes(self._shell, self._port)
        # A ring that counts down tells the time; it is no ornament.
        if still and not state.visit.idle_warning:
            self._show(state, look)
            yield from self._motion()

    def _motion(self) -> Iterator[judges.Fault]:
        before = pixels.pixels(self._shell.grab())
        loop = QEventLoop()
        QTimer.singleShot(_TWO_BEATS_MS, loop.quit)
        loop.exec()
        moved = pixels.differing(before, pixels.pixels(self._shell.grab()))
        if moved:
            yield "A25", f"{moved} pixels change although motion is reduced"

    def _after_all(self) -> Iterator[judges.Fault]:
        """A28 and A25 of the window itself: settings gone, and no beat of a drawing too quick."""
        self._port.put(Visit())
        settle()
        session, blank = self._shell.session, Visit()
        kept = tuple(
            session.property(name)
            for name in ("textSize", "contrast", "language", "rate", "volume")
        )
        assist = blank.assist
        fresh = (
            assist.text_size.value,
            assist.contrast.value,
            blank.language,
            assist.rate,
            assist.volume,
        )
        if kept != fresh or any(
            session.property(name) for name in ("lowReach", "slower", "voice", "reducedMotion")
        ):
            yield "A28", "the screen keeps what the last person had set"
        theme: Any = self._shell.view.engine().singletonInstance("Kit", "Theme")
        # Dark and light again is a flash: two beats.
        if 2 * theme.property("beat") / 1000 < _FLASH_S:
            yield "A25", "drawings beat more than three times a second"
