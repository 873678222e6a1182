"""A case after it was taken: its steps, what is asked for, what is handed in, and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import requests as http
from portal_support import RESIDENT, Clerk, sent

from portal import Answer, PortalClient, Problem
from portal.contract import CaseEvents
from portal.contract.answers import Promised
from portal.sandbox import SandboxServer
from portal.sandbox.promises import moved
from portal.sandbox.settings import china_now

OTHER = {**RESIDENT, "number": "440599198001010022"}
ASKED = {"items": [{"code": "paper", "name_zh": "补充材料", "name_en": "A paper"}], "days": 5}


def answer(outcome: Any) -> Any:
    assert isinstance(outcome, Answer), outcome
    return outcome.value


def refused(outcome: Any) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code.value


@pytest.fixture
def case_no(client: PortalClient, clerk: Clerk) -> str:
    return str(answer(client.submit_case(*clerk.case("apply-1"))).case_no)


def by_hand(server: SandboxServer, case_no: str, verb: str, body: dict[str, Any]) -> int:
    url = f"{server.base_url}/sandbox/cases/{case_no}:{verb}"
    return http.post(url, json=body, timeout=5).status_code


def states(found: CaseEvents) -> list[str]:
    return [event.state.value for event in found.events]


def test_what_is_asked_for_is_handed_in_once(server, client, clerk, case_no):
    first = answer(client.case_events(case_no))
    assert (states(first), first.last, first.supplement) == (["accepted"], 1, None)
    assert by_hand(server, case_no, "ask", ASKED) == 201
    asked = answer(client.case_events(case_no, first.last))
    assert (states(asked), asked.last) == (["supplement_required"], 2)
    assert [item.code for item in asked.supplement.items] == ["paper"]
    assert asked.supplement.due == china_now().date() + dt.timedelta(days=5)

    request_id = asked.supplement.request_id
    given = clerk.action(case_no, request_id=request_id, form={"paper": "A123"})
    receipt = answer(client.supplement(*sent(given)))
    assert (receipt.key, receipt.state) == (given.key, "in_process")
    again = client.supplement(*sent(given))
    assert isinstance(again, Answer)
    assert again.replayed
    assert server.effects(given.key) == 1
    late = clerk.action(case_no, request_id=request_id, form={"paper": "A124"})
    assert refused(client.supplement(*sent(late))) == "wrong_state"
    assert server.effects(late.key) == 0

    assert by_hand(server, case_no, "decide", {"decision": "denied"}) == 204
    end = answer(client.case_events(case_no))
    assert (states(end)[-2:], end.decision) == (["in_process", "decided"], "denied")
    assert by_hand(server, case_no, "ask", ASKED) == 409
    assert by_hand(server, case_no, "decide", {"decision": "granted"}) == 409


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"form": {}}, "form_rejected", "/form/paper"),
        ({"form": {"paper": "1", "more": "2"}}, "form_rejected", "/form/more"),
        ({"request_id": "S0"}, "not_found", "/request_id"),
        ({"subject": OTHER}, "forbidden", None),
        ({"assurance": {"level": "L0", "methods": ["none"], "face": None}}, "identity_rejected",
         "/assurance/level"),
        ({"case_no": "other"}, "invalid_request", "/sealed/case_no"),
    ],
)  # fmt: skip
def test_a_wrong_supplement_changes_nothing(server, client, clerk, case_no, changes, code, pointer):
    asked = server.world.actions.ask(case_no, [], 5, "")
    good = {"request_id": asked.request_id, "form": {}}
    if "form" in changes:
        assert by_hand(server, case_no, "ask", ASKED) == 201
        good["request_id"] = answer(client.case_events(case_no)).supplement.request_id
    action = clerk.action(case_no, **{**good, **changes})
    outcome = client.supplement(*sent(action))
    assert refused(outcome) == code
    assert pointer is None or pointer in [field.pointer for field in outcome.fields]
    assert answer(client.case_events(case_no)).state == "supplement_required"
    assert server.effects(action.key) == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": {}}, "something was missing or wrong"),
        ({"request_id": "S0"}, "something else was asked for since"),
        ({"subject": OTHER}, None),
        ({"case_no": "other"}, None),
    ],
)
def test_its_holder_reads_of_a_refused_supplement_in_the_case(
    server, client, clerk, case_no, changes, said
):
    assert by_hand(server, case_no, "ask", ASKED) == 201
    before = answer(client.case_events(case_no))
    good = {"request_id": before.supplement.request_id, "form": {}}
    for _ in range(2):
        refused(client.supplement(*sent(clerk.action(case_no, **{**good, **changes}))))
    after = answer(client.case_events(case_no, after=before.last))
    notes = [event.note_en for event in after.events]
    assert len(notes) == (0 if said is None else 1)
    assert all(said in note for note in notes)
    assert after.state == "supplement_required"
    assert after.supplement == before.supplement


def test_the_promise_stands_still_while_a_supplement_is_waited_for(
    start: Callable[..., SandboxServer],
) -> None:
    """Asked for on Wednesday the 25th, handed in on Monday the 30th: four working days later."""
    now = [dt.datetime(2026, 11, 25, 10, 0, tzinfo=china_now().tzinfo)]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        taken = answer(client.submit_case(*clerk.case("apply-1")))
        promised = taken.promised.date
        assert promised == dt.date(2026, 12, 10)
        assert by_hand(server, taken.case_no, "ask", ASKED) == 201
        assert answer(client.lookup(taken.lookup_code)).promised is None
        assert answer(client.case(taken.case_no)).receipt.promised is None
        now[0] += dt.timedelta(days=5)
        request_id = answer(client.case_events(taken.case_no)).supplement.request_id
        said = {"accepted_at": now[0].isoformat(), "clock_sure": True}
        form = {"paper": "A123"}
        given = clerk.action(taken.case_no, envelope=said, request_id=request_id, form=form)
        assert answer(client.supplement(*sent(given))).state == "in_process"
        assert answer(client.lookup(taken.lookup_code)).promised.date == dt.date(2026, 12, 16)
        assert answer(client.case_by_key(taken.key)).promised.date == promised  # as it was answered


@pytest.mark.parametrize(
    ("promised", "asked", "given", "on", "estimated"),
    [
        ((12, 10), (11, 25), (11, 25), (2026, 12, 11), False),
        ((12, 10), (11, 28), (11, 29), (2026, 12, 10), False),  # a weekend only
        ((12, 10), (12, 10), (12, 14), (2026, 12, 15), False),
        ((12, 10), (12, 11), (12, 14), (2026, 12, 10), False),  # broken already
        ((12, 31), (12, 24), (12, 31), (2027, 1, 8), True),
    ],
)
def test_a_pause_moves_a_promise_by_what_counts(promised, asked, given, on, estimated) -> None:
    def day(of: tuple[int, int]) -> dt.date:
        return dt.date(2026, *of)

    found = moved(
        Promised(date=day(promised), estimated=False),
        day(asked),
        day(given),
        lambda one: one.weekday() < 5,
    )
    assert (found.date, found.estimated) == (dt.date(*on), estimated)


def test_a_supplement_after_its_last_day_is_too_late(start: Callable[..., SandboxServer]) -> None:
    now = [china_now()]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        case_no = answer(client.submit_case(*clerk.case("apply-1"))).case_no
        asked = server.world.actions.ask(case_no, [], 1, "")
        now[0] += dt.timedelta(days=2)
        action = clerk.action(case_no, request_id=asked.request_id, form={})
        assert refused(client.supplement(*sent(action))) == "expired"
        told = answer(client.case_events(case_no)).events[-1]
        assert (told.state, told.note_zh) == (
            "supplement_required", "补交的材料没有收下：过了最后一天"
        )  # fmt: skip
        now[0] -= dt.timedelta(days=1)
        assert answer(client.supplement(*sent(action))).state == "in_process"


@pytest.mark.parametrize(
    ("sure", "ahead_days", "verdict"),
    [(True, 0, "in_process"), (None, 0, "in_process"), (False, 0, "expired"), (True, 9, "expired")],
)
def test_a_supplement_taken_in_time_may_come_late(
    start: Callable[..., SandboxServer], sure: bool | None, ahead_days: int, verdict: str
) -> None:
    now = [china_now()]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        case_no = answer(client.submit_case(*clerk.case("apply-1"))).case_no
        asked = server.world.actions.ask(case_no, [], 1, "")
        taken = now[0] + dt.timedelta(days=ahead_days)
        now[0] += dt.timedelta(days=5)
        said = {"accepted_at": taken.isoformat(), "clock_sure": sure}
        action = clerk.action(case_no, envelope=said, request_id=asked.request_id, form={})
        outcome = client.supplement(*sent(action))
        assert verdict == (
            outcome.value.state.value if isinstance(outcome, Answer) else refused(outcome)
        )


def test_a_field_of_the_form_keeps_its_rule(server, client, clerk, case_no):
    phone = {"items": [{"code": "phone", "name_zh": "电话", "name_en": "Phone"}]}
    assert by_hand(server, case_no, "ask", phone) == 201
    request_id = answer(client.case_events(case_no)).supplement.request_id
    short = client.supplement(
        *sent(clerk.action(case_no, request_id=request_id, form={"phone": "1"}))
    )
    assert refused(short) == "form_rejected"
    assert [(fault.pointer, fault.code) for fault in short.fields] == [("/form/phone", "minLength")]


def test_what_became_of_an_action_is_asked_by_its_key(client, clerk, case_no):
    action = clerk.action(case_no)
    assert refused(client.action_by_key(action.key)) == "not_found"
    receipt = answer(client.withdraw(*sent(action)))
    assert answer(client.action_by_key(action.key)) == receipt
    body, key = clerk.case("apply-1")
    answer(client.submit_case(body, key))
    assert refused(client.action_by_key(key)) == "not_found"
    assert refused(client.case_by_key(action.key)) == "not_found"


def test_whoever_signed_needs_not_sign_to_withdraw(start: Callable[..., SandboxServer]) -> None:
    signed = {"code": "sign-1", "kind": "apply", "identification": "L3", "name": "Signed"}
    server = start(catalogue={"version": "test", "items": [signed]})
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        case_no = answer(client.submit_case(*clerk.case("sign-1"))).case_no
        card = {"level": "L1", "methods": ["id_card"], "face": None}
        weak = client.withdraw(*sent(clerk.action(case_no, assurance=card)))
        assert refused(weak) == "identity_rejected"
        assert answer(client.withdraw(*sent(clerk.action(case_no)))).state == "withdrawn"


def test_a_case_is_withdrawn_by_its_holder_alone(client, clerk, case_no):
    assert refused(client.withdraw(*sent(clerk.action(case_no, subject=OTHER)))) == "forbidden"
    assert refused(client.withdraw(*sent(clerk.action("no-such-case")))) == "not_found"
    action = clerk.action(case_no, reason="moved away")
    assert answer(client.withdraw(*sent(action))).state == "withdrawn"
    assert isinstance(client.withdraw(*sent(action)), Answer)
    assert refused(client.withdraw(*sent(clerk.action(case_no)))) == "wrong_state"
    assert states(answer(client.case_events(case_no))) == ["accepted", "withdrawn"]


def test_an_envelope_is_good_for_its_case_only(client, clerk, case_no):
    other = answer(client.submit_case(*clerk.case("apply-1"))).case_no
    moved = clerk.action(case_no).model_copy(update={"case_no": other})
    assert refused(client.withdraw(*sent(moved))) == "invalid_request"
    assert answer(client.case_events(other)).state == "accepted"


def test_a_withdrawn_time_can_be_booked_again(start: Callable[..., SandboxServer]) -> None:
    server = start(slot_capacity=1)
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        slot_id = answer(client.slots("book-1", "440500")).slots[0].slot_id
        first = answer(client.submit_case(*clerk.case("book-1", slot_id=slot_id)))
        full = client.submit_case(*clerk.case("book-1", slot_id=slot_id))
        assert refused(full) == "slot_taken"
        assert answer(client.withdraw(*sent(clerk.action(first.case_no)))).state == "withdrawn"
        second = answer(client.submit_case(*clerk.case("book-1", slot_id=slot_id)))
        assert second.appointment.number != first.appointment.number


def test_an_unpaid_order_ends_with_its_case_and_a_paid_one_keeps_it(client, clerk, server):
    bill = answer(client.query(clerk.query("pay-1"))).bills[0]
    unpaid = answer(client.submit_case(*clerk.case("pay-1", bill_ids=[bill.bill_id])))
    assert answer(client.withdraw(*sent(clerk.action(unpaid.case_no)))).state == "withdrawn"
    assert answer(client.payment(unpaid.payment.order_id)).state == "cancelled"
    paid = answer(client.submit_case(*clerk.case("pay-1", bill_ids=[bill.bill_id])))
    assert http.post(paid.payment.pay_url, timeout=5).status_code == 200
    assert refused(client.withdraw(*sent(clerk.action(paid.case_no)))) == "wrong_state"
