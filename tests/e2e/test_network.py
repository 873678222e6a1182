"""Portal and line at their worst: honest words, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from e2e_support import JOBLESS, LOOK_UP, RECORD, Desk, Stage, logged, pending, told, unknown

from kiosk.demo import Errand
from kiosk.visit.model import Availability, PrintState, Step, SubmissionState, Visit
from offline_queue import ItemState
from portal.transport import Timeouts


@pytest.fixture(scope="module")
def resident(shared_terminal: Desk) -> Iterator[Desk]:
    """Somebody identified, at home, on a terminal that does not wait long for the portal."""
    shared_terminal.ready()
    shared_terminal.sign_in()
    with pytest.MonkeyPatch.context() as patch:
        transport = shared_terminal.app.client._transport
        patch.setattr(transport, "_timeouts", Timeouts(connect_s=0.5, read_s=1.0, total_s=1.5))
        yield shared_terminal
    shared_terminal.leave()


@pytest.fixture
def at_home(resident: Desk, stage: Stage) -> Iterator[Desk]:
    resident.ready()
    yield resident
    stage.mend()
    resident.home()
    resident.ready()
    assert resident.errand(LOOK_UP).step is Step.ANSWER, "the next errand"
    resident.home()


SUBMITTING = replace(JOBLESS, card=None)


def key_of(visit: Visit) -> str:
    assert visit.submission is not None
    return visit.submission.key


def submission_state(visit: Visit) -> SubmissionState:
    assert visit.submission is not None
    return visit.submission.state


# ---- look-ups: online only -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("http_500", "portal.error"),
        ("http_502_html", "portal.error"),
        ("garbage", "portal.error"),
        ("html_200", "portal.error"),
        ("redirect", "portal.error"),
        ("truncate", "portal.error"),
        ("http_503", "gateway.unavailable"),
        ("http_429", "portal.error"),
        ("drop_before", "portal.error"),
        ("hang", "portal.slow"),
        ("dribble", "portal.slow"),
    ],
)
def test_a_look_up_that_fails_says_so_and_can_be_tried_again(
    at_home: Desk, stage: Stage, caplog: pytest.LogCaptureFixture, kind: str, code: str
) -> None:
    stage.fault(kind, target="queries", seconds=0.1)

    def portal_recovers(_person: object) -> None:
        stage.play.command("portal", "clear_faults")

    at_home.watch.begin()
    visit = at_home.errand(replace(RECORD, on_trouble={code: ("retry", portal_recovers)}))
    assert visit.answer is not None
    told(code, at_home.watch.seen)
    logged(caplog, "query.failed", "item=rs-0002")


def test_a_slow_portal_is_waited_for(at_home: Desk, stage: Stage) -> None:
    stage.fault("slow", target="queries", seconds=0.4, count=1)
    assert at_home.errand(RECORD).answer is not None


# ---- submissions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["http_500", "http_502_html", "http_503", "http_429"])
def test_a_case_the_portal_did_not_take_is_kept_and_taken_later(
    at_home: Desk, stage: Stage, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    stage.fault(kind, target="cases")
    at_home.patience_ends(pending)
    visit = at_home.errand(SUBMITTING)
    assert visit.step is Step.RESULT
    assert pending(visit)
    assert visit.receipt_print.state is PrintState.CONFIRMED, "an offline receipt"
    assert stage.effects(key_of(visit)) == 0
    stage.play.command("portal", "clear_faults")
    at_home.delivered_once(key_of(visit))
    logged(caplog, "submit.stored", key_of(visit))


def test_a_tile_says_that_cases_do_not_arrive_until_they_do_again(
    at_home: Desk, stage: Stage
) -> None:
    """The portal answers and calls every gateway well; only what is handed in does not get through."""

    def tile() -> Availability:
        return at_home.terminal.directory.availability("rs-0001")

    stage.fault("http_503", target="cases")
    at_home.patience_ends(pending)
    visit = at_home.errand(SUBMITTING)
    at_home.eventually("a tile that says so", lambda: tile().code == "item.home_down")
    stage.play.command("portal", "clear_faults")
    at_home.delivered_once(key_of(visit))
    assert tile().possible


@pytest.mark.parametrize("kind", ["drop_after", "hang_after", "truncate", "garbage", "html_200"])
def test_a_case_whose_answer_is_lost_is_unknown_and_settled_by_asking(
    at_home: Desk, stage: Stage, kind: str
) -> None:
    """Taken or not, nobody knows: never shown as failed, never made twice."""
    stage.fault(kind, target="cases")
    at_home.patience_ends(unknown)
    visit = at_home.errand(SUBMITTING)
    assert visit.step is Step.RESULT
    assert submission_state(visit) is SubmissionState.UNKNOWN
    assert visit.submission is not None
    told(visit.submission.code)
    assert visit.submission.code == "portal.not_confirmed"
    assert visit.receipt_print.state is PrintState.CONFIRMED
    took = kind in ("drop_after", "hang_after", "truncate")
    assert stage.effects(key_of(visit)) == int(took)
    stage.play.command("portal", "clear_faults")
    at_home.delivered_once(key_of(visit))


@pytest.mark.parametrize("kind", ["hang", "drop_before"])
def test_a_case_that_never_arrived_is_sent_again(at_home: Desk, stage: Stage, kind: str) -> None:
    stage.fault(kind, target="cases")
    at_home.patience_ends(unknown)
    visit = at_home.errand(SUBMITTING)
    assert submission_state(visit) is SubmissionState.UNKNOWN
    assert stage.effects(key_of(visit)) == 0
    stage.play.command("portal", "clear_faults")
    at_home.delivered_once(key_of(visit))


def test_the_line_is_cut_in_mid_visit(
    at_home: Desk, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """An honest offline receipt, and one delivery when the line is back."""
    at_home.patience_ends(pending)
    visit = at_home.errand(
        replace(SUBMITTING, at={Step.REVIEW: lambda person: person.world.command("line", "refuse")})
    )
    assert submission_state(visit) is SubmissionState.STORED
    assert visit.receipt_print.state is PrintState.CONFIRMED
    assert visit.submission is not None
    assert visit.submission.lookup_code
    at_home.eventually(
        "the terminal notices", lambda: at_home.terminal.readiness()["portal"] != "ok"
    )
    assert at_home.terminal.readiness()["portal"] == "portal.unreachable"
    told("portal.unreachable")
    logged(caplog, "portal.unreachable")
    assert at_home.item(key_of(visit)).state in (ItemState.QUEUED, ItemState.IN_FLIGHT)
    shown = at_home.terminal.directory.availability("rs-0012")
    assert (shown.possible, shown.limited, shown.code) == (True, True, "item.offline_kept")
    assert not at_home.terminal.directory.availability("rs-0001").possible
    told("item.offline_kept")
    told("item.offline_never")
    stage.play.command("line", "up")
    at_home.delivered_once(key_of(visit))


def test_what_may_not_wait_is_withdrawn_and_nothing_was_submitted(
    at_home: Desk, stage: Stage
) -> None:
    at_home.patience_ends(lambda v: submission_state(v) is SubmissionState.STORED)
    withdrawn = ("retry", lambda person: person.world.command("line", "up"))
    at_home.watch.begin()
    visit = at_home.errand(
        Errand(
            "rs-0001",
            form={"purpose": "bank"},
            at={Step.REVIEW: lambda person: person.world.command("line", "refuse")},
            on_trouble={"submit.withdrawn": withdrawn},
        )
    )
    told("submit.withdrawn", at_home.watch.seen)
    assert submission_state(visit) is SubmissionState.DELIVERED
    at_home.delivered_once(key_of(visit))
    code = at_home.given_up().attributes["lookup_code"]
    at_home.eventually(
        "the portal knows what became of the first",
        lambda: stage.ended(code) in ("withdrawn", "expired"),
    )


def test_a_partner_city_that_is_down_gets_it_later(at_home: Desk, stage: Stage) -> None:
    stage.play.command("portal", "gateway", destination="441900", state="down")
    at_home.patience_ends(pending)
    form = {"account": "123456789012", "phone": "13800000000"}
    visit = at_home.errand(Errand("gj-0126", place=("441900",), form=form))
    assert pending(visit)
    told("item.city_down")
    stage.play.command("portal", "gateway", destination="441900")
    at_home.delivered_once(key_of(visit))
    assert stage.stored(key_of(visit)).route.destination == "441900"
