"""Somebody who does sensible and senseless things on the real window, by finger and keypad."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickItem

from kiosk.terminal_port import TerminalPort
from kiosk.visit.events import TimerFired
from kiosk.visit.model import Step
from kiosk.world.client import WorldClient
from screens.clumsy.judge import Judge
from screens.journeys.keypad import Keypad, Pace, wait
from screens.panel.finger import pressable
from screens.shell import Shell

CARDS: Final = ("resident", "elder", "rare_name", "hmt_permit", "expired", "wrong_check_digit")
FACES: Final = {"resident": "chen", "elder": "cai", "rare_name": "zheng", "hmt_permit": "lin"}
PHONE: Final = "13800000000"
PATIENCE: Final = (20, 160)
"""Acts until somebody has had enough and goes."""
TRAIL: Final = 60
"""So many of the last acts are told of a finding."""
BREATH_S, WORK_S, CALM_S = 0.06, 1.5, 3.0
"""What a window gets between two acts; what the terminal gets now and then while it is at work; and how
long something must stay wrong to be wrong, since pages change while one looks."""
_STEPS_ON = ("primary", "moreTime", "stay", "leaveNow", "callAgain", "secondary")
_TOOLS = ("voice", "contrast", "textSize", "language", "assist", "readPage")
_KEYS = ("tab", "tab", "tab", "up", "down", "left", "right", "enter", "enter", "escape")


@dataclass(slots=True)
class Report:
    """How it went. ``found``: what did not hold → the acts that led there."""

    acts: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    visits: int = 0
    slowest_s: float = 0.0
    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, more: Report) -> None:
        """Take in another one."""
        self.acts += more.acts
        self.steps += more.steps
        self.visits += more.visits
        self.slowest_s = max(self.slowest_s, more.slowest_s)
        self.found = {**more.found, **self.found}


class Clumsy:
    """Acts by ``random`` at an open ``shell`` over a terminal and its ``world``. For the GUI thread.
    The same seed does the same things, but devices take their own time."""

    def __init__(
        self,
        shell: Shell,
        port: TerminalPort,
        world: WorldClient,
        judge: Judge,
        random: Random,
        pace: Pace,
    ) -> None:
        self._shell = shell
        self._port = port
        self._world = world
        self._judge = judge
        self._random = random
        self._pace = pace
        self._keypad = Keypad(shell.view, pace)
        self._card = CARDS[0]
        self._patience = self._fresh()
        self._tabbed: tuple[str, int] | None = None
        self._trail: deque[str] = deque(maxlen=TRAIL)
        self.report = Report()

    def go(self, acts: int, until_s: float = float("inf")) -> Report:
        """So many acts, or until this moment of :func:`time.monotonic`."""
        ways: tuple[tuple[int, Callable[[], str]], ...] = (
            (34, self._onward), (16, self._anything), (14, self._key), (5, self._twice),
            (5, self._back), (7, self._tool), (6, self._card_or_face), (2, self._pull),
            (2, self._time_out), (3, self._help), (3, self._type), (1, self._trouble),
            (4, self._wait),
        )  # fmt: skip
        weights, does = zip(*ways, strict=True)
        step = self._port.visit.step
        for _ in range(acts):
            if monotonic() > until_s:
                break
            self._patience -= 1
            tired = self._patience < 0 and step is not Step.ATTRACT
            self._tabbed = None
            self._do(self._give_up if tired else self._random.choices(does, weights)[0])
            if self._port.visit.step is not step:
                step = self._port.visit.step
                self.report.steps[step.value] += 1
                if step is Step.ATTRACT:
                    self.report.visits += 1
                    self._patience = self._fresh()
        return self.report

    def _do(self, act: Callable[[], str]) -> None:
        before, began = self._port.visit.step.value, monotonic()
        what = act()
        self.report.acts[act.__name__.strip("_")] += 1
        self._trail.append(f"{before}: {what}")
        wait(lambda: False, BREATH_S)
        self.report.slowest_s = max(self.report.slowest_s, monotonic() - began)
        wrong = self._look()
        if wrong and wait(lambda: not self._look(), CALM_S):
            wrong = []
        for one in (*self._judge.complaints(), *wrong):
            self.report.found.setdefault(one, list(self._trail))

    def _look(self) -> list[str]:
        # A page that came after the key has the focus itself.
        return self._judge.look(tabbed=self._tabbed == self._page())

    def _page(self) -> tuple[str, int]:
        return str(self._shell.session.property("screen")), self._port.visit.form_page

    def _fresh(self) -> int:
        return self._random.randint(*PATIENCE)

    # What a person does

    def _onward(self) -> str:
        """What the page asks for."""
        visit = self._port.visit
        if visit.step is Step.IDENTIFY and visit.trouble is None and self._random.random() < 0.5:
            return self._card_or_face()
        if visit.step is Step.FACE and visit.trouble is None and self._random.random() < 0.5:
            return self._show(FACES.get(self._card, "empty"))
        if visit.step is Step.FAREWELL:
            self._world.command("card_reader", "remove_card")
            return self._run_out("farewell")
        if self._random.random() < 0.3 and (filled := self._fill()):
            return filled
        unticked = [item for item in self._items() if item.property("chosen") is False]
        if unticked and self._random.random() < 0.5:
            return self._press(self._random.choice(unticked))
        ways = [item for item in self._items() if item.objectName() in _STEPS_ON]
        return self._press(ways[0]) if ways else self._anything()

    def _give_up(self) -> str:
        """Away, by the buttons that lead there or by doing nothing."""
        self._world.command("card_reader", "remove_card")
        timers = self._port.visit.timers
        over = next((name for name in ("farewell", "warning", "idle") if name in timers), "")
        if over and self._random.random() < 0.5:
            return self._run_out(over)
        return self._named(self._random.choice(("leaveNow", "back", "trouble-leave")))

    def _fill(self) -> str:
        """The first empty line: a telephone number fits where digits do, and is wrong elsewhere."""
        lines = [item for item in self._items() if item.inherits("QQuickTextInput")]
        empty = next((line for line in lines if line.property("text") == ""), None)
        if empty is None:
            return ""
        told = self._press(empty)
        for digit in PHONE:
            self._keypad.press(digit)
        return f"{told}, types a number"

    def _anything(self) -> str:
        controls = [item for item in self._items() if item.activeFocusOnTab()]
        return self._press(self._random.choice(controls)) if controls else self._wait()

    def _twice(self) -> str:
        """A trembling hand."""
        controls = [item for item in self._items() if item.activeFocusOnTab()]
        if not controls:
            return self._wait()
        item = self._random.choice(controls)
        place, name = _centre(item), _name(item)
        self._click(place)
        self._click(place)
        self._pace.tick()
        return f"twice {name}"

    def _key(self) -> str:
        key = self._random.choice(_KEYS)
        self._tabbed = self._page() if key == "tab" else None
        self._keypad.press(key)
        return f"key {key}"

    def _type(self) -> str:
        """Into whatever has the focus."""
        signs = "".join(self._random.choices("0123456789abz@ ", k=3))
        for sign in signs:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                code = Qt.Key(ord(sign.upper()))
                event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, sign)
                QGuiApplication.sendEvent(self._shell.view, event)
        return f"types {signs!r}"

    def _back(self) -> str:
        return self._named("back")

    def _tool(self) -> str:
        return self._named(self._random.choice(_TOOLS))

    def _help(self) -> str:
        return self._named(self._random.choice(("help", "withdrawCall", "withdrawHere")))

    def _card_or_face(self) -> str:
        if self._random.random() < 0.3:
            return self._show(self._random.choice((*FACES.values(), "empty", "two")))
        self._card = self._random.choices(CARDS, (6, 3, 2, 2, 1, 1))[0]
        self._world.command("card_reader", "lay_card", card=self._card)
        return f"lays down {self._card}"

    def _show(self, scene: str) -> str:
        self._world.command("camera", "show", scene=scene)
        self._world.command("shelf", "show", scene=self._random.choice(("page", "shelf")))
        return f"shows {scene}"

    def _pull(self) -> str:
        self._world.command("card_reader", "remove_card")
        return "pulls the card"

    def _time_out(self) -> str:
        timers = sorted(self._port.visit.timers)
        return self._run_out(self._random.choice(timers)) if timers else self._wait()

    def _run_out(self, timer: str) -> str:
        number = self._port.visit.timers.get(timer)
        if number is None:
            return self._wait()
        self._port.post(TimerFired(timer, number))
        return f"lets {timer} run out"

    def _trouble(self) -> str:
        """Something that is not the person's doing; most of the time all is well again."""
        device, *commands = self._random.choice(
            (
                ("receipt_printer", "load_paper", "load_paper", "paper_out"),
                ("line", "up", "up", "refuse"),
            )
        )
        command = self._random.choice(commands)
        self._world.command(device, command)
        return f"{device} {command}"

    def _wait(self) -> str:
        before = self._port.visit
        wait(lambda: self._port.visit is not before, WORK_S)
        return "waits"

    # Fingers

    def _items(self) -> list[QQuickItem]:
        return [item for item in pressable(self._shell.view.rootObject()) if self._in_sight(item)]

    def _in_sight(self, item: QQuickItem) -> bool:
        place, view = _centre(item), self._shell.view
        return 0 <= place.x() < view.width() and 0 <= place.y() < view.height()

    def _named(self, name: str) -> str:
        found = next((item for item in self._items() if item.objectName() == name), None)
        return self._press(found) if found is not None else self._anything()

    def _press(self, item: QQuickItem) -> str:
        name = _name(item)
        self._pace.tick()
        self._click(_centre(item))
        return f"presses {name}"

    def _click(self, place: QPointF) -> None:
        view, left = self._shell.view, Qt.MouseButton.LeftButton
        for kind, held in (
            (QEvent.Type.MouseButtonPress, left),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            everywhere = QPointF(view.mapToGlobal(place.toPoint()))
            none = Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(kind, place, place, everywhere, left, held, none)
            QGuiApplication.sendEvent(view, event)


def _centre(item: QQuickItem) -> QPointF:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def _name(item: QQuickItem) -> str:
    return item.objectName() or item.metaObject().className().partition("_QMLTYPE")[0]
