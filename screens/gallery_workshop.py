"""Looks of the technicians' workshop for the gallery: its gate and every page, at an invented bench.

They stand apart from the residents' states: nobody calls a person from here, and a page of the log has
more than six lines.
"""

from __future__ import annotations

from functools import partial

from kiosk.visit.model import Step, Visit
from screens.gallery_states import Act, State, settle
from screens.invented_bench import CODE, NUMBER, PIN
from screens.journeys.keypad import wait
from screens.shell import Shell

LIMIT_S = 10.0
CLOSED = Visit(step=Step.OUT_OF_SERVICE, out_of_service="service.technician")


def workshop_states() -> dict[str, State]:
    """All of them by name; the shell needs a bench."""
    pages = (
        "overview",
        "devices",
        "drills",
        "queue",
        "network",
        "settings",
        "changes",
        "log",
        "audit",
    )
    return {
        "workshop.gate": State(Visit(), _gate),
        "workshop.refused": State(Visit(), partial(sign_in, pin="135790")),
        **{f"workshop.{page}": State(CLOSED, _page(page)) for page in pages},
        "workshop.device": State(CLOSED, _page("devices", "reader")),
        "workshop.tried": State(CLOSED, _tried),
        "workshop.drill": State(CLOSED, _drill),
        "workshop.item": State(CLOSED, _page("queue", "i-1")),
        "workshop.number": State(CLOSED, _page("settings", "queue.max_items")),
        "workshop.switch": State(CLOSED, _page("settings", "notices.shown")),
        "workshop.language": State(CLOSED, _page("settings", "screen.language")),
    }  # fmt: skip


def at_rest(shell: Shell) -> None:
    """Wait for what the workshop was asked last. TimeoutError if nothing comes."""
    shop = shell.workshop
    if not wait(lambda: not shop.property("busy") or shop.property("said") != "", LIMIT_S):
        raise TimeoutError("the bench does not answer")
    settle()


def sign_in(shell: Shell, pin: str = PIN) -> None:
    """As the one account there is."""
    shop = shell.workshop
    shop.begin()
    for line, digits in (("number", NUMBER), ("pin", pin), ("code", CODE)):
        shop.choose_line(line)
        for digit in digits:
            shop.key(digit)
    shop.sign_in()
    at_rest(shell)


def _gate(shell: Shell) -> None:
    shell.workshop.begin()
    for digit in NUMBER:
        shell.workshop.key(digit)


def _page(page: str, chosen: str = "") -> Act:
    def act(shell: Shell) -> None:
        sign_in(shell)
        shell.workshop.go(page)
        at_rest(shell)
        if chosen:
            shell.workshop.choose(chosen)
            at_rest(shell)

    return act


def _tried(shell: Shell) -> None:
    _page("devices", "reader")(shell)
    shell.workshop.try_device()
    at_rest(shell)


def _drill(shell: Shell) -> None:
    _page("drills")(shell)
    shell.workshop.drill("1")
    at_rest(shell)
