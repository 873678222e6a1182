"""A window for somebody clumsy, over a running terminal and its world."""

from __future__ import annotations

from random import Random

from config.load import load_settings
from drivers.sdt import demo_card
from kiosk.terminal_port import TerminalPort
from kiosk.world.client import WorldClient
from screens.clumsy.judge import Judge
from screens.clumsy.person import CARDS, PHONE, Clumsy, Report
from screens.journeys.keypad import Pace
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist

SCALE = 0.5
"""Of the design size: nobody looks at the pixels."""


def wander(
    port: TerminalPort,
    world: WorldClient,
    random: Random,
    trim: str,
    acts: int,
    *,
    until_s: float = float("inf"),
) -> Report:
    """So many acts on a window of its own, or until this moment of :func:`time.monotonic`. For the GUI
    thread; the visit is left as it is then."""
    settings = load_settings(trim=trim).settings
    pace = Pace()
    options = ShellOptions(
        orientation=settings.screen.orientation,
        scale=SCALE,
        staff_authorisation=settings.staff.authorisation,
    )
    shell = Shell(port, options, clock=pace, typist=NearTypist(), speaker=Recorder())
    shell.open()
    judge = Judge(shell, port, secrets())
    try:
        return Clumsy(shell, port, world, judge, random, pace).go(acts, until_s)
    finally:
        judge.close()
        world.command("card_reader", "remove_card")
        world.command("line", "up")
        world.command("receipt_printer", "load_paper")
        shell.close()


def secrets() -> tuple[str, ...]:
    """Of everybody who may come: name, number, address, and the telephone number they type."""
    known = [PHONE]
    for name in CARDS:
        card = demo_card(name)
        known += [card.name, card.number, card.address]
    return tuple(one for one in known if one)
