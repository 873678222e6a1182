"""One person's way to a terminal and away again: window, keypad, world and errand put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.load import load_settings
from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step
from kiosk.world.client import WorldClient
from screens.journeys.complaints import Complaints
from screens.journeys.errand import Errand
from screens.journeys.keypad import Keypad, Pace, wait
from screens.journeys.person import Diary, Person
from screens.journeys.senses import Ears, Tree
from screens.journeys.words import Hands, Words, in_common, start
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist

SCALE = 0.5
"""Of the design size: nobody here looks at the pixels."""
_STEP_S = 20.0


@dataclass(frozen=True, slots=True)
class Outing:
    """How it went: what was told, how many keys it took, and what the terminal complained of meanwhile."""

    diary: Diary
    presses: int
    complaints: tuple[str, ...] = ()


def hands_of(port: TerminalPort, world: WorldClient, card: str, face: str) -> Hands:
    """Somebody's hands: card, face, and a phone that pays what the terminal shows."""

    def pay() -> None:
        submission = port.visit.submission
        order = submission.receipt.get("payment") if submission is not None else None
        if order is not None:
            world.command("portal", "pay", order_id=str(order["order_id"]))

    return Hands(
        lay_card=lambda: world.command("card_reader", "lay_card", card=card),
        take_card=lambda: world.command("card_reader", "remove_card"),
        show_face=lambda: world.command("camera", "show", scene=face),
        pay=pay,
        lay_paper=lambda: world.command("shelf", "show", scene="page"),
        take_paper=lambda: world.command("shelf", "show", scene="shelf"),
    )


def go(
    port: TerminalPort,
    world: WorldClient,
    errand: Errand,
    *,
    chinese: bool,
    by_ear: bool,
    visit: int = 0,
) -> Outing:
    """From the attract screen to where the errand ends; :class:`~screens.journeys.person.Lost` where the
    errand sticks. ``by_ear``: the person does not look, and switches the voice on.
    ``visit``: the how manieth for this errand; another person comes each time, where the errand needs
    it. For the GUI thread; opens a window of its own and closes it.
    """
    pace, voice = Pace(), Recorder()
    errand.before(world)
    trim = load_settings(trim=errand.trim).settings
    options = ShellOptions(
        orientation=trim.screen.orientation,
        scale=SCALE,
        staff_authorisation=trim.staff.authorisation,
    )
    shell = Shell(port, options, clock=pace, typist=NearTypist(), speaker=voice)
    complaints = Complaints(shell)
    shell.open()
    try:
        keypad = Keypad(shell.view, pace)
        words = Words(chinese)
        sense = Ears(voice) if by_ear else Tree(shell.view, words.language)
        hands = hands_of(port, world, *errand.people[visit % len(errand.people)])
        if by_ear:
            keypad.press("voice")
        cues = (start(words), *errand.cues(words), *in_common(words, hands))
        person = Person(keypad, sense, cues, words.farewell)
        diary = person.go()
        hands.take_card()
        _until(lambda: port.visit.step is Step.FAREWELL and port.visit.wiped)
    finally:
        world.command("card_reader", "remove_card")
        world.command("shelf", "show", scene="shelf")
        shell.close()
        complaints.close()
    return Outing(diary, keypad.presses, tuple(complaints.new()))


def _until(condition: Callable[[], bool]) -> None:
    if not wait(condition, _STEP_S):
        raise TimeoutError("the farewell did not come to its end")
