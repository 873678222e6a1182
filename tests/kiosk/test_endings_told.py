"""What became of a submission that ended at its terminal is known wherever its code is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from own_cases_site import JOBLESS, OWNER, SURE, WAIT, Terminal, a_portal, a_terminal, dead_address

from config.catalogue import Level, Mode
from kiosk.evidence import evidence
from kiosk.queue_carry import deliver_export, read_export, write_export
from kiosk.terminal import endings
from kiosk.terminal.clock import china_now
from kiosk.terminal.transport import PortalTransport
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Route, SubmissionState
from kiosk.visit.page import EnclosedPage
from offline_queue import Delivered, Ending, ItemState, ItemView, RetryLater
from offline_queue.moves import Settlement
from portal.contract import ProblemCode, lookup_code
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Problem, Unreachable, UnreachableCode
from portal.sandbox import Fault, FaultKind, SandboxServer
from portal.sandbox.problems import Refusal

pytestmark = pytest.mark.logs(r"portal\.rejected|upload\.refused")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with a_portal(tmp_path_factory.mktemp("portal")) as one:
        yield one


@pytest.fixture
def terminal(server: SandboxServer, tmp_path: Path) -> Iterator[Terminal]:
    """Its courier does not run yet."""
    one = Terminal(tmp_path / "terminal", server.base_url)
    yield one
    one.close()


@pytest.fixture
def elsewhere(server: SandboxServer, tmp_path: Path) -> Iterator[Terminal]:
    with a_terminal(tmp_path / "elsewhere", server) as one:
        yield one


def submit(
    terminal: Terminal, expires_after_s: float | None = None, pages: tuple[EnclosedPage, ...] = ()
) -> ev.Stored:
    office = JOBLESS.name
    route = Route(Mode.LOCAL, "440500", office, Level.CITY, "440500", None, False, 0, office)
    stored = terminal.do(
        fx.Submit(
            1, JOBLESS.code, JOBLESS.version, JOBLESS.kind.value, route, OWNER, "L2",
            ("id_card", "face"), SURE["face"], "", {}, "v1", None, pages=pages,
            expires_after_s=expires_after_s,
        )
    )  # fmt: skip
    assert isinstance(stored, ev.Stored), stored
    return stored


def expired(terminal: Terminal) -> ev.Stored:
    stored = submit(terminal, expires_after_s=0.0)
    terminal.box.claim("440500", 9, 1e9).result(WAIT)
    return stored


def looked_up(terminal: Terminal, code: str) -> Any:
    return terminal.do(fx.LookUp(9, code))


def page(server: SandboxServer, code: str) -> str:
    return requests.get(f"{server.base_url}/lookup/{code}", timeout=5).text


def test_what_expired_unsent_is_known_elsewhere_also_after_a_lost_answer_and_a_restart(
    server: SandboxServer, elsewhere: Terminal, tmp_path: Path
) -> None:
    elsewhere.apply()  # so that there are keys to seal with
    folder = tmp_path / "cut"
    away = Terminal(folder, dead_address(), keys=elsewhere.folder / "keys.json")
    stored = expired(away)
    away.courier.start()
    assert looked_up(away, stored.lookup_code).found.state == "expired_unsent"
    assert isinstance(looked_up(elsewhere, stored.lookup_code), ev.LookUpFailed)
    assert "还查不到" in page(server, stored.lookup_code)
    away.close()
    assert away.told.empty()

    again = Terminal(folder, server.base_url)
    server.add_fault(Fault(target="endings", kind=FaultKind.DROP_AFTER, count=1))
    server.add_fault(Fault(target="endings", kind=FaultKind.HTTP_503, count=1))
    again.courier.start()
    assert again.told.get(timeout=WAIT) == stored.key
    again.close()
    found = looked_up(elsewhere, stored.lookup_code).found
    assert (found.state, found.here) == ("expired_unsent", False)
    assert found.service == JOBLESS.name
    assert found.authority == JOBLESS.name
    assert found.received_at.startswith(f"{china_now():%Y-%m-%d}")
    shown = page(server, stored.lookup_code)
    assert "过了时限还没送出去" in shown
    assert "could not be sent in time" in shown
    assert OWNER.name.reveal() not in shown

    quiet = Terminal(folder, server.base_url)
    quiet.courier.start()
    assert quiet.courier.stop(WAIT)
    assert quiet.told.empty(), "it is said once"
    quiet.close()


def test_what_was_spoiled_is_told_elsewhere_without_what_nobody_can_believe(
    terminal: Terminal, elsewhere: Terminal
) -> None:
    stored = submit(terminal)
    (claim,) = terminal.box.claim("440500", 9, 1e9).result(WAIT)
    terminal.box.settle(Settlement(claim, None, spoiled=True)).result(WAIT)
    terminal.courier.start()
    assert terminal.told.get(timeout=WAIT) == stored.key
    found = looked_up(elsewhere, stored.lookup_code).found
    assert (found.state, found.received_at, found.service.zh) == ("spoiled", "", "")
    assert "Not submitted" in evidence("spoiled").now.en


def test_what_was_spoiled_is_told_where_it_was_taken_also_without_a_line(
    elsewhere: Terminal, tmp_path: Path
) -> None:
    elsewhere.apply()  # so that there are keys to seal with
    away = Terminal(tmp_path / "cut", dead_address(), keys=elsewhere.folder / "keys.json")
    stored = submit(away)
    (claim,) = away.box.claim("440500", 9, 1e9).result(WAIT)
    away.box.settle(Settlement(claim, None, spoiled=True)).result(WAIT)
    found = looked_up(away, stored.lookup_code).found
    assert (found.state, found.here) == ("spoiled", True)
    away.close()


def test_what_a_person_took_back_is_known_elsewhere(
    terminal: Terminal, elsewhere: Terminal
) -> None:
    stored = submit(terminal)
    terminal.box.withdraw(stored.key).result(WAIT)
    terminal.courier.start()
    assert terminal.told.get(timeout=WAIT) == stored.key
    assert looked_up(elsewhere, stored.lookup_code).found.state == "taken_back"


def fallen(server: SandboxServer, terminal: Terminal, monkeypatch: Any) -> ev.Stored:
    """One whose paper the portal refused before it knew whose it was."""

    def refuses(*_: Any, **__: Any) -> Any:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/media_type", "not_taken")])

    with monkeypatch.context() as patched:
        patched.setattr(type(server.world.uploads), "create", refuses)
        paper = terminal.vault.put(b"\xff\xd8\xff a page \xff\xd9", terminal.vault.epoch)
        stored = submit(terminal, pages=(EnclosedPage("household", paper),))
        terminal.courier.start()
        terminal.verdict(stored.key, SubmissionState.REJECTED)
        assert terminal.told.get(timeout=WAIT) == stored.key
    return stored


def test_what_fell_at_an_upload_is_known_elsewhere_with_the_reason(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal, monkeypatch: Any
) -> None:
    stored = fallen(server, terminal, monkeypatch)
    for one in (terminal, elsewhere):
        assert looked_up(one, stored.lookup_code).found.state == "refused_paper"
    assert "household" in page(server, stored.lookup_code)


def test_what_the_stick_brings_later_counts_more(
    server: SandboxServer, terminal: Terminal, elsewhere: Terminal, monkeypatch: Any, tmp_path: Path
) -> None:
    paper = terminal.vault.put(b"\xff\xd8\xff a page \xff\xd9", terminal.vault.epoch)
    stored = submit(terminal, pages=(EnclosedPage("household", paper),))
    stick = tmp_path / "stick"
    assert write_export(terminal.box, stick, "T-1", "2026-11-26T10:00:00+08:00") == 1

    def refuses(*_: Any, **__: Any) -> Any:
        raise Refusal(ProblemCode.INVALID_REQUEST)

    with monkeypatch.context() as patched:
        patched.setattr(type(server.world.uploads), "create", refuses)
        terminal.courier.start()
        assert terminal.told.get(timeout=WAIT) == stored.key
    assert looked_up(elsewhere, stored.lookup_code).found.state == "refused_paper"
    verdicts: list[Any] = []
    assert deliver_export(
        read_export(stick), PortalTransport(elsewhere.client), lambda _, said: verdicts.append(said)
    )
    assert [type(one) for one in verdicts] == [Delivered]
    for one in (terminal, elsewhere):
        assert looked_up(one, stored.lookup_code).found.state == "accepted"
    assert "已受理" in page(server, stored.lookup_code)


def test_what_is_on_its_way_again_is_not_said_to_be_stuck(
    terminal: Terminal, elsewhere: Terminal
) -> None:
    stored = submit(terminal)
    (claim,) = terminal.box.claim("440500", 9, 1e9).result(WAIT)
    given_up = Settlement(claim, RetryLater("portal.internal"), give_up=True)
    view = terminal.box.settle(given_up).result(WAIT)
    assert view is not None
    assert view.state is ItemState.DEAD
    (ending,) = terminal.box.endings().result(WAIT)
    assert PortalTransport(terminal.client).tell(ending)
    terminal.box.told(ending).result(WAIT)
    for one in (terminal, elsewhere):
        assert looked_up(one, stored.lookup_code).found.state == "stuck"
    view = terminal.box.retry(stored.key).result(WAIT)
    assert view is not None
    assert view.state is ItemState.UNKNOWN
    found = looked_up(terminal, stored.lookup_code).found
    assert (found.state, found.here) == ("unknown", True)
    terminal.courier.start()
    terminal.verdict(stored.key, SubmissionState.DELIVERED)
    for one in (terminal, elsewhere):
        assert looked_up(one, stored.lookup_code).found.state == "accepted"


@pytest.mark.logs(r"ending\.not_heard code=not_found")
def test_a_portal_that_does_not_know_the_question_is_not_asked_for_ever(
    server: SandboxServer, terminal: Terminal, monkeypatch: Any
) -> None:
    def knows_not(*_: Any) -> Any:
        raise Refusal(ProblemCode.NOT_FOUND)

    monkeypatch.setattr(type(server.world.endings), "note", knows_not)
    stored = expired(terminal)
    terminal.courier.start()
    assert terminal.told.get(timeout=WAIT) == stored.key
    assert terminal.courier.stop(WAIT)
    assert terminal.box.endings().result(WAIT) == []


def ending(**changes: Any) -> Ending:
    key = "019ab000-0000-7000-8000-000000000001"
    said: dict[str, Any] = {
        "item_id": key, "destination": "440500", "case_id": key, "seq": 1, "operation": "case",
        "state": ItemState.WITHDRAWN, "attempts": 0, "accepted_at": "2026-11-26T10:00:00+08:00",
        "next_try_at": None, "receipt": None, "verdict": "outbox.expired",
        "attributes": {"item": "rs-0012", "lookup_code": lookup_code(key), "authority_zh": "示例局",
                       "authority_en": "Example Bureau", "accepted_at": "2026-11-26T10:00:00+08:00"},
    }  # fmt: skip
    spoiled = changes.pop("spoiled", False)
    return Ending(ItemView(**{**said, **changes}), "2026-11-27T10:00:00+08:00", spoiled, 1.0)


def said(one: Ending) -> dict[str, Any]:
    report = endings.report_of(one, "T-1")
    assert report is not None
    return report.model_dump(mode="json", exclude_none=True)


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({}, "expired"),
        ({"verdict": "outbox.withdrawn"}, "withdrawn"),
        ({"state": ItemState.REJECTED, "verdict": "portal.invalid_request"}, "refused"),
        ({"state": ItemState.DEAD, "verdict": "outbox.tries_used_up"}, "stuck"),
        ({"state": ItemState.DEAD, "verdict": "outbox.tampered", "spoiled": True}, "spoiled"),
    ],
)
def test_each_end_has_its_word(changes: dict[str, Any], how: str) -> None:
    assert said(ending(**changes))["how"] == how


def test_of_what_was_changed_nothing_is_believed_but_its_key() -> None:
    found = said(ending(state=ItemState.DEAD, spoiled=True))
    assert set(found) == {"key", "terminal", "lookup_code", "how", "at"}


def test_what_refused_it_is_named_and_an_unsure_time_is_not() -> None:
    attributes = {"item": "rs-0012", "accepted_at": "2026-11-26T10:00:00+08:00", "clock": "unsure"}
    found = said(
        ending(
            state=ItemState.REJECTED, verdict="portal.form_rejected", attributes=attributes,
            receipt={"faults": {"phone": "pattern"}, "papers": ["photo", "", "x" * 41]},
        )
    )  # fmt: skip
    assert found["refused"] == {"code": "form_rejected", "form": ["phone"], "materials": ["photo"]}
    assert "accepted_at" not in found
    assert found["lookup_code"] == lookup_code(found["key"])


@pytest.mark.logs(r"ending\.unreadable")
def test_what_is_no_submission_of_ours_is_not_told() -> None:
    assert endings.report_of(ending(item_id="forged", spoiled=True), "T-1") is None


@pytest.mark.parametrize(
    ("changes", "concerned"),
    [
        ({}, True),
        ({"operation": "evaluation"}, False),
        ({"operation": "draft"}, False),
        ({"operation": "supplement"}, True),
        ({"operation": "withdrawal"}, True),
        ({"operation": "withdrawal", "spoiled": True}, False),
        ({"operation": "supplement", "verdict": "outbox.withdrawn"}, False),
        ({"operation": "supplement", "state": ItemState.REJECTED, "verdict": "portal.forbidden"}, False),
        ({"operation": "supplement", "state": ItemState.REJECTED, "verdict": "portal.x",
          "receipt": {"papers": ["photo"]}}, True),
        ({"operation": "supplement", "state": ItemState.DEAD}, False),
    ],
)  # fmt: skip
def test_the_portal_is_told_what_somebody_may_ask_it_about(
    changes: dict[str, Any], concerned: bool
) -> None:
    assert endings.concerns(ending(**changes)) is concerned


@pytest.mark.logs(r"ending\.not_heard")
@pytest.mark.parametrize(
    ("outcome", "done"),
    [
        (Answer(None), True),
        (Problem(ProblemCode.NOT_FOUND, False, None, 404, (), "t"), True),
        (Problem(ProblemCode.RATE_LIMITED, True, 5.0, 429, (), "t"), False),
        (Problem(ProblemCode.SIGNATURE_INVALID, False, None, 401, (), "t"), False),
        (Unreachable(UnreachableCode.DNS), False),
        (NoAnswer(NoAnswerCode.WRONG_KEY), False),
    ],
)
def test_only_a_word_of_the_portals_ends_it(outcome: Any, done: bool) -> None:
    assert endings.heard(outcome) is done
