"""A journey broken off at one terminal while the portal is away, and gone on with at another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_support import JOBLESS, PHONE, Desk, Stage, playing, terminal, told

from kiosk.personal import Personal
from kiosk.terminal.operations import DRAFT
from kiosk.visit import events as ev
from kiosk.visit.model import Power, PrintState, Step, Visit
from offline_queue import ItemState, ItemView

REASON = JOBLESS.form["reason"]


@pytest.fixture(scope="module")
def two_places(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world of its own: its terminals follow one another at the same devices."""
    with playing(tmp_path_factory.mktemp("two-places")) as running:
        yield running


def draft(desk: Desk, ticket: Personal) -> ItemView:
    """The ticket's draft in the outbox."""
    assert desk.app.outbox is not None
    hashed = hashlib.sha256(ticket.reveal().encode()).hexdigest()
    (found,) = desk.app.outbox.items_with("ticket_hash", hashed).result(20.0)
    assert found.operation == DRAFT
    return found


def begun(desk: Desk) -> None:
    """At the form, with half of its first page filled in."""
    desk.to_form()
    desk.hands.fill({"reason": REASON})
    desk.until("the reason", lambda v: "reason" in v.form and v.form["reason"].reveal() == REASON)


def ticket_of(desk: Desk) -> Personal:
    """The ticket on the screen, once it is printed as well."""
    visit = desk.until(
        "the ticket",
        lambda v: v.step is Step.KEPT and v.receipt_print.state is PrintState.CONFIRMED,
    )
    assert visit.kept is not None
    return visit.kept.ticket


def claim(desk: Desk, ticket: Personal) -> None:
    """From the attract screen to the ticket's check."""
    desk.begin()
    desk.terminal.post(ev.ResumeWanted())
    desk.until("the ticket's screen", lambda v: v.step is Step.RESUME)
    desk.terminal.post(ev.TicketTyped(ticket))


def troubled(desk: Desk) -> str:
    visit = desk.until("a word", lambda v: v.trouble is not None)
    assert visit.trouble is not None
    told(visit.trouble.code)
    return visit.trouble.code


def found_in(folder: Path, *secrets: str) -> list[str]:
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert contents
    return [text for text in secrets if any(text.encode() in data for data in contents)]


def go_on(desk: Desk, ticket: Personal) -> Visit:
    """Claim it as the same person, up to the form."""
    claim(desk, ticket)
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    desk.stage.play.command("camera", "show", scene=JOBLESS.face)
    desk.identify("resident")
    return desk.until("the form", lambda v: v.step is Step.FORM)


def break_off_without_a_line(desk: Desk, folder: Path) -> Personal:
    """By the leave sheet; the terminal itself then says that the ticket has to wait. Delivered."""
    begun(desk)
    desk.stage.play.command("line", "refuse")
    desk.terminal.post(ev.LeaveRequested())
    desk.terminal.post(ev.ElsewhereWanted())
    ticket = ticket_of(desk)
    desk.leave()
    claim(desk, ticket)
    assert troubled(desk) == "ticket.waiting_here"
    desk.leave()
    assert found_in(folder, ticket.reveal()) == []
    desk.stage.mend()
    desk.eventually("delivery", lambda: draft(desk, ticket).state is ItemState.DELIVERED)
    return ticket


def cut_the_power(desk: Desk) -> Personal:
    """In mid-form and without a line; the ticket of what was begun."""
    desk.ready()
    begun(desk)
    desk.stage.play.command("line", "refuse")
    desk.stage.play.command("ups", "mains_fail", charge=4, runtime=45, low=True)
    desk.until("the battery's end", lambda v: v.power is Power.ENDING)
    desk.watch.run_out("power")
    ticket = ticket_of(desk)
    # It may just be tried, though the line is cut.
    desk.eventually("it is kept", lambda: draft(desk, ticket).state is ItemState.QUEUED)
    desk.watch.run_out("power")
    desk.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
    return ticket


def refused(desk: Desk, ticket: Personal, card: str) -> str:
    """Why the ticket is not good for whoever this card is of."""
    claim(desk, ticket)
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    desk.identify(card)
    code = troubled(desk)
    desk.leave()
    return code


def finish(desk: Desk) -> str:
    """Fill in what is missing and hand it in; the key."""
    desk.hands.fill({"left_on": JOBLESS.form["left_on"]})
    desk.until("the day", lambda v: "left_on" in v.form)
    desk.hands.form_done()
    desk.until("the second page", lambda v: v.form_page == 1)
    desk.hands.fill({"phone": PHONE})
    desk.until("the phone", lambda v: "phone" in v.form)
    desk.hands.form_done()
    desk.until("the review", lambda v: v.step is Step.REVIEW)
    desk.hands.agree()
    desk.until("the consent", lambda v: bool(v.consent))
    desk.hands.primary()
    visit = desk.until("the result", lambda v: v.step is Step.RESULT)
    assert visit.submission is not None
    return visit.submission.key


def test_broken_off_at_one_terminal_and_gone_on_with_at_another(
    two_places: Stage, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    power = {"shutdown_delay_s": 0, "shutdown_command": ["/usr/bin/env", "true"]}
    with terminal(first, two_places, terminal_id="ST-FIRST", power=power) as desk:
        desk.ready()
        left = break_off_without_a_line(desk, first)
        cut = cut_the_power(desk)
    two_places.mend()
    with terminal(second, two_places, terminal_id="ST-SECOND") as desk:
        desk.ready()
        assert refused(desk, cut, "resident") == "ticket.not_known", "the other has no power yet"
        assert refused(desk, left, "elder") == "ticket.not_yours"
        visit = go_on(desk, left)
        assert visit.form["reason"].reveal() == REASON
        assert visit.form_errors == {"left_on": "required"}
        assert visit.place == JOBLESS.place[-1]
        key = finish(desk)
        desk.delivered_once(key)
        assert two_places.stored(key).form["reason"] == REASON
        desk.leave()
        assert refused(desk, left, "resident") == "ticket.used"
        assert found_in(second, left.reveal(), cut.reveal(), PHONE) == []
    with terminal(first, two_places, terminal_id="ST-FIRST") as desk:  # the power is back
        desk.eventually("delivery", lambda: draft(desk, cut).state is ItemState.DELIVERED)
        desk.ready()
        assert go_on(desk, cut).form["reason"].reveal() == REASON
        desk.leave()
