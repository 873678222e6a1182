"""Own cases between outbox and a real portal: listed, opened, handed in to, withdrawn, and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from own_cases_site import (
    BOOKING,
    JOBLESS,
    OTHER,
    OWNER,
    PHONE,
    SURE,
    WAIT,
    Terminal,
    a_portal,
    a_terminal,
    asks,
    dead_address,
)

from kiosk.personal import Personal
from kiosk.supplements import asked_name
from kiosk.terminal.operations import CASE, SUPPLEMENT
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import SubmissionState
from kiosk.visit.own import Act
from kiosk.visit.page import EnclosedPage
from offline_queue import ItemState, NewItem, new_item_id
from portal.contract.progress import SupplementSubmission
from portal.sandbox import Fault, SandboxServer
from portal.sandbox.database import actions, cases


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with a_portal(tmp_path_factory.mktemp("portal")) as one:
        yield one


@pytest.fixture
def terminal(server: SandboxServer, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(tmp_path / "terminal", server) as one:
        yield one


def test_what_was_asked_for_is_handed_in_behind_its_case_sealed_and_once(
    server: SandboxServer, terminal: Terminal
) -> None:
    key = terminal.apply()
    (case, *_) = terminal.cases().cases
    assert (case.item, case.service, case.state) == (JOBLESS.code, JOBLESS.name, "accepted")
    asks(server, case, ("phone", "field"), ("转诊证明", "material"))
    opened = terminal.opened(case)
    assert opened.case.state == "supplement_required", "the steps know better than the list"
    assert (opened.key, [step.state for step in opened.steps][-1]) == (key, "supplement_required")
    assert opened.asking is not None
    assert opened.asking.item is not None
    assert opened.asking.item.form is not None
    own = JOBLESS.form.fields["phone"]
    assert opened.asking.item.form.fields[asked_name(0)] == own, "asked as in the item's own form"

    page = b"\xff\xd8\xff a page \xff\xd9"
    handle = terminal.vault.put(page, terminal.vault.epoch)
    stored = terminal.act(
        Act.SUPPLEMENT, opened, form={"phone": Personal(PHONE)},
        pages=(EnclosedPage("转诊证明", handle),), consent="v1",
    )  # fmt: skip
    assert stored.lookup_code == opened.lookup_code
    news = terminal.verdict(stored.key, SubmissionState.DELIVERED)
    assert news.receipt["state"] == "in_process"
    view = terminal.box.get(stored.key).result(WAIT)
    assert view is not None
    assert (view.operation, view.case_id, view.seq) == (SUPPLEMENT, key, 2), "the case's own lane"
    assert server.effects(stored.key) == 1
    given = handed_in(server, stored.key)
    assert given.form == {"phone": PHONE}
    assert server.world.uploads.content(stored.key, given.attachments[0]) == page
    assert terminal.opened(case).case.state == "in_process"


def handed_in(server: SandboxServer, key: str) -> SupplementSubmission:
    """What the portal's receiver finds in a supplement."""
    with server.world.database.read() as connection:
        row = connection.execute(actions.select().where(actions.c.key == key)).one()
        held = connection.execute(cases.select().where(cases.c.key == row.case_key)).one()
    said = {"key": key, "destination": held.destination, "case_no": held.case_no}
    return server.world.receivers.open(row.sealed, held.destination, said, SupplementSubmission)


def test_a_lost_answer_is_asked_about_and_nothing_is_done_twice(
    server: SandboxServer, terminal: Terminal
) -> None:
    terminal.apply(BOOKING)
    (case, *_) = terminal.cases().cases
    opened = terminal.opened(case)
    assert case.booking
    assert opened.booked is not None
    server.add_fault(Fault(target="cases", kind="drop_after", count=1))
    stored = terminal.act(Act.WITHDRAWAL, opened)
    terminal.verdict(stored.key, SubmissionState.UNKNOWN)
    news = terminal.verdict(stored.key, SubmissionState.DELIVERED)
    assert news.receipt["state"] == "withdrawn"
    assert terminal.sent.count(stored.key) == 1
    assert terminal.asked.count(stored.key) >= 1
    assert server.effects(stored.key) == 1
    after = terminal.opened(case)
    assert (after.case.state, after.booked, after.withdrawal) == ("withdrawn", None, None)


@pytest.mark.logs(r"portal\.rejected")
def test_a_refusal_names_its_reason_and_holds_nobody_up(
    server: SandboxServer, terminal: Terminal
) -> None:
    terminal.apply()
    (case, *_) = terminal.cases().cases
    opened = terminal.opened(case)
    foreign = terminal.act(Act.WITHDRAWAL, opened, OTHER)
    refused = terminal.verdict(foreign.key, SubmissionState.REJECTED)
    assert refused.code == "case.not_yours"
    mine = terminal.act(Act.WITHDRAWAL, opened)
    terminal.verdict(mine.key, SubmissionState.DELIVERED)
    again = terminal.act(Act.WITHDRAWAL, opened)
    assert terminal.verdict(again.key, SubmissionState.REJECTED).code == "case.wrong_state"


def test_only_ones_own_cases_are_listed_page_by_page(terminal: Terminal) -> None:
    keys = [terminal.apply() for _ in range(3)]
    terminal.apply(holder=OTHER)
    first = terminal.cases()
    assert (len(first.cases), first.more) == (2, True)
    older = terminal.cases(before=first.cases[-1].number)
    shown = [terminal.opened(case).key for case in (*first.cases, *older.cases)]
    assert shown[:3] == keys[::-1]


def test_with_the_line_dead_nothing_of_the_outbox_is_told_to_whoever_comes(
    server: SandboxServer, terminal: Terminal, tmp_path: Path
) -> None:
    """A terminal that holds a person's application and supplement, and has no line."""
    terminal.apply()
    (case, *_) = terminal.cases().cases
    asks(server, case, ("phone", "field"))
    opened = terminal.opened(case)
    cut = Terminal(tmp_path / "cut", dead_address(), keys=terminal.folder / "keys.json")
    try:
        stored = cut.act(Act.SUPPLEMENT, opened, form={"phone": Personal(PHONE)}, consent="v1")
        kept = cut.box.get(stored.key).result(WAIT)
        assert kept is not None
        assert kept.state is ItemState.QUEUED
        for holder in (OWNER, OTHER):
            failed = cut.do(fx.ListCases(9, holder, SURE))
            assert failed == ev.CasesFailed(9, "case.portal_away")
        failed = cut.do(fx.OpenCase(9, case))
        assert failed == ev.CasesFailed(9, "case.portal_away")
        # Whoever holds the slip learns of it, by its code alone.
        found = cut.do(fx.LookUp(9, opened.lookup_code))
        assert isinstance(found, ev.LookedUp)
        assert (found.found.state, found.found.here) == ("supplement_stored", True)
        said = " ".join((*kept.attributes.values(), kept.case_id, kept.operation))
        for holder in (OWNER, OTHER):
            assert holder.number.reveal() not in said
        assert leaked(cut.folder) == []
    finally:
        cut.close()


def leaked(folder: Path) -> list[str]:
    """What of the person stands in clear in any file."""
    words = (OWNER.name.reveal(), OWNER.number.reveal(), OWNER.address.reveal(), PHONE)
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert contents
    return [
        word
        for word in words
        if any(word.encode(code) in data for data in contents for code in ("utf-8", "gb18030"))
    ]


def test_a_case_that_was_shown_says_what_still_waits_here_for_it(
    server: SandboxServer, tmp_path: Path
) -> None:
    slow = Terminal(tmp_path / "slow", server.base_url)
    try:
        slow.courier.start()
        slow.apply()
        slow.courier.stop(10.0)  # from here on nothing is sent
        (case, *_) = slow.cases().cases
        asks(server, case, ("phone", "field"))
        opened = slow.opened(case)
        assert opened.waiting is None
        stored = slow.act(Act.SUPPLEMENT, opened, form={"phone": Personal(PHONE)}, consent="v1")
        assert slow.opened(case).waiting is Act.SUPPLEMENT
        assert slow.do(fx.LookUp(9, opened.lookup_code)).found.state == "supplement_stored"
        assert slow.box.withdraw(stored.key).result(WAIT) is not None
        assert slow.opened(case).waiting is None
        assert slow.do(fx.LookUp(9, opened.lookup_code)).found.state == "supplement_required"
    finally:
        slow.close()


@pytest.mark.parametrize(
    ("things", "days", "scans", "obstacle"),
    [
        ([("paper", "material")], 5, False, "case.no_camera"),
        ([("phone", "field")], 5, False, ""),
        ([("phone", "field")], 0, True, ""),
        ([("phone", "field"), ("odd", "carried_by_pigeon")], 5, True, "case.too_much"),
    ],
)
def test_what_cannot_be_handed_in_here_says_why(
    server: SandboxServer, terminal: Terminal, things: list[Any], days: int, scans: bool,
    obstacle: str,
) -> None:  # fmt: skip
    terminal.apply()
    (case, *_) = terminal.cases().cases
    asks(server, case, *things, days=days)
    terminal.scans = scans
    asking = terminal.opened(case).asking
    assert asking is not None
    assert asking.obstacle == obstacle
    assert (asking.item is None) == bool(obstacle)


def test_a_day_that_is_over_is_said_before_anything_is_filled_in(
    server: SandboxServer, terminal: Terminal
) -> None:
    terminal.apply()
    (case, *_) = terminal.cases().cases
    asks(server, case, ("phone", "field"), days=0)
    terminal.later = timedelta(days=1)
    asking = terminal.opened(case).asking
    assert asking is not None
    assert asking.obstacle == "case.overdue"


def test_an_application_that_waits_here_is_in_no_list(terminal: Terminal) -> None:
    terminal.apply()
    listed = terminal.cases().cases
    terminal.courier.stop(10.0)
    waiting = new_item_id()
    new = NewItem(waiting, "440500", waiting, CASE, b"sealed", {"item": JOBLESS.code})
    terminal.box.accept(new).result(WAIT)
    assert terminal.cases().cases == listed
