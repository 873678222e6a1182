"""What a person did to a case without effect is told where the person asks: by the slip's code at any
terminal, and among the own cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from own_cases_site import OWNER, PHONE, SURE, WAIT, Terminal, a_portal, a_terminal, asks

from kiosk.evidence import evidence
from kiosk.personal import Personal
from kiosk.visit import effects as fx
from kiosk.visit.model import SubmissionState
from kiosk.visit.own import Act, OpenCase
from kiosk.visit.page import EnclosedPage
from offline_queue import ItemState
from portal.contract.base import ProblemCode
from portal.sandbox import SandboxServer
from portal.sandbox.problems import Refusal

pytestmark = pytest.mark.logs(r"portal\.rejected|upload\.refused")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with a_portal(tmp_path_factory.mktemp("portal")) as one:
        yield one


@pytest.fixture
def terminal(server: SandboxServer, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(tmp_path / "terminal", server) as one:
        yield one


@pytest.fixture
def elsewhere(server: SandboxServer, tmp_path: Path) -> Iterator[Terminal]:
    """Another terminal, which has never seen the person."""
    with a_terminal(tmp_path / "elsewhere", server) as one:
        yield one


def asked_for(server: SandboxServer, terminal: Terminal, *things: tuple[str, str]) -> OpenCase:
    terminal.apply()
    (case, *_) = terminal.cases().cases
    asks(server, case, *things)
    return terminal.opened(case)


def looked_up(terminal: Terminal, code: str) -> str:
    return str(terminal.do(fx.LookUp(9, code)).found.state)


def test_a_supplement_the_portal_refused_is_told_at_any_terminal(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal
) -> None:
    opened = asked_for(server, terminal, ("phone", "field"))
    bad = terminal.act(Act.SUPPLEMENT, opened, form={"odd": Personal(PHONE)}, consent="v1")
    terminal.verdict(bad.key, SubmissionState.REJECTED)
    for one in (terminal, elsewhere):
        assert looked_up(one, opened.lookup_code) == "supplement_refused"
        shown = one.opened(opened.case)
        assert (shown.vain, shown.case.state) == ("supplement_refused", "supplement_required")
        assert shown.steps[-1].note.zh == "补交的材料没有收下：内容不齐或有误，请重新补交"
        assert shown.asking is not None
        assert shown.asking.item is not None, "it can be handed in again"
    good = elsewhere.act(Act.SUPPLEMENT, opened, form={"phone": Personal(PHONE)}, consent="v1")
    elsewhere.verdict(good.key, SubmissionState.DELIVERED)
    for one in (terminal, elsewhere):
        assert looked_up(one, opened.lookup_code) == "in_process"
        assert one.opened(opened.case).vain == ""
    # A new question is no refusal of what was handed in before it.
    asks(server, opened.case, ("phone", "field"))
    assert elsewhere.opened(opened.case).vain == ""
    assert terminal.opened(opened.case).vain == ""


def test_a_withdrawal_that_came_too_late_is_told(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal, monkeypatch: Any
) -> None:
    terminal.apply()
    (case, *_) = terminal.cases().cases
    opened = terminal.opened(case)

    def paid(*_: Any) -> None:
        raise Refusal(ProblemCode.WRONG_STATE)

    monkeypatch.setattr(type(server.world.actions), "give_back", paid)
    mine = terminal.act(Act.WITHDRAWAL, opened)
    terminal.verdict(mine.key, SubmissionState.REJECTED)
    for one in (terminal, elsewhere):
        assert looked_up(one, opened.lookup_code) == "withdrawal_refused"
        shown = one.opened(case)
        assert shown.vain == "withdrawal_refused"
        assert shown.steps[-1].note.en == (
            "The withdrawal had no effect: the case can't be taken back any more"
        )
    monkeypatch.undo()
    again = terminal.act(Act.WITHDRAWAL, opened)
    terminal.verdict(again.key, SubmissionState.DELIVERED)
    for one in (terminal, elsewhere):
        assert looked_up(one, opened.lookup_code) == "withdrawn"
        assert one.opened(case).vain == ""


def test_what_a_stranger_tried_is_not_told_to_the_holder(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal
) -> None:
    from own_cases_site import OTHER

    terminal.apply()
    (case, *_) = terminal.cases().cases
    opened = terminal.opened(case)
    foreign = terminal.act(Act.WITHDRAWAL, opened, OTHER)
    terminal.verdict(foreign.key, SubmissionState.REJECTED)
    for one in (terminal, elsewhere):
        shown = one.opened(case)
        assert (shown.vain, len(shown.steps)) == ("", len(opened.steps))
        assert looked_up(one, opened.lookup_code) == "accepted"


def told_of(terminal: Terminal, key: str) -> None:
    """Wait until the portal was told how it ended."""
    assert terminal.told.get(timeout=WAIT) == key


def test_a_paper_the_portal_refused_is_told_at_any_terminal(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal, monkeypatch: Any
) -> None:
    opened = asked_for(server, terminal, ("paper", "material"))

    def refuses(*_: Any, **__: Any) -> Any:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/media_type", "not_taken")])

    monkeypatch.setattr(type(server.world.uploads), "create", refuses)
    page = terminal.vault.put(b"\xff\xd8\xff a page \xff\xd9", terminal.vault.epoch)
    stored = terminal.act(
        Act.SUPPLEMENT, opened, pages=(EnclosedPage("paper", page),), consent="v1"
    )
    terminal.verdict(stored.key, SubmissionState.REJECTED)
    told_of(terminal, stored.key)
    for one in (terminal, elsewhere):
        assert looked_up(one, opened.lookup_code) == "supplement_paper"
        assert one.opened(opened.case).vain == "supplement_paper"


@pytest.mark.parametrize("kind", [Act.SUPPLEMENT, Act.WITHDRAWAL])
def test_what_ran_out_of_time_unsent_was_not_taken_back_by_anybody(
    server: SandboxServer, elsewhere: Terminal, tmp_path: Path, kind: Act
) -> None:
    one = Terminal(tmp_path / "cut", server.base_url)
    try:
        one.courier.start()
        opened = asked_for(server, one, ("phone", "field"))
        one.courier.stop(10.0)
        late = fx.ActOnCase(
            4, kind, opened.case.number, opened.key, opened.case.destination,
            opened.case.item, opened.lookup_code, "S1", OWNER, SURE, form={}, expires_after_s=0.0,
        )  # fmt: skip
        stored = one.do(late)
        one.box.claim(opened.case.destination, 1, 1e9).result(WAIT)
        view = one.box.get(stored.key).result(WAIT)
        assert view is not None
        assert (view.state, view.verdict) == (ItemState.WITHDRAWN, "outbox.expired")
        assert looked_up(one, opened.lookup_code) == f"{kind.value}_unsent"
        assert one.opened(opened.case).vain == f"{kind.value}_unsent"
        assert elsewhere.opened(opened.case).vain == ""
        courier = one.another_courier()
        told_of(one, stored.key)
        assert courier.stop(WAIT)
        for each in (one, elsewhere):
            assert looked_up(each, opened.lookup_code) == f"{kind.value}_unsent"
            assert each.opened(opened.case).vain == f"{kind.value}_unsent"
    finally:
        one.close()
    assert "没有送出去" in evidence("withdrawal_unsent").now.zh
    assert "时限" in evidence("supplement_unsent").now.zh
