"""The gallery's visits to a person's own cases: the list, one of them, and what is done to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.personal import Personal
from kiosk.supplements import supplement_item, withdrawal_item
from kiosk.visit.cases import TRAIL
from kiosk.visit.model import (
    FaceRecord,
    PrintJob,
    PrintState,
    Step,
    Submission,
    SubmissionState,
    Trouble,
    Visit,
)
from kiosk.visit.own import Act, Asked, Asking, Booked, CaseStep, OpenCase, Own, OwnCase
from kiosk.visit.page import Page
from screens import fixtures as fx
from screens.fixtures import T

_BUREAU = T("龙湖区社会保险基金管理局", "Longhu District Social Insurance Fund Bureau")
_THINGS = (
    Asked("phone", T("手机号码", "Mobile phone")),
    Asked("register", T("户口簿本人页", "Household register, your own page"), paper=True),
    Asked("referral", T("转诊证明", "Letter of referral"), paper=True),
)
_JOINING = OwnCase(
    number="11440500MB2D0000000X344200000001202611220042",
    service=fx.JOIN.name,
    item=fx.JOIN.code,
    destination="440500",
    state="supplement_required",
    accepted_at="2026-11-22T10:42:00+08:00",
    authority=_BUREAU,
    promised="2026-12-11",
)
_BOOKING = replace(
    _JOINING,
    number="11440500MB2D0000000X344200000002202611240007",
    service=fx.BOOK.name,
    item=fx.BOOK.code,
    state="accepted",
    authority=T("龙湖区民政局", "Longhu Civil Affairs Bureau"),
    promised="",
    booking=True,
)
_RUNNING = replace(_JOINING, number="44-3", state="in_process", estimated=True)
_DENIED = replace(_JOINING, number="44-4", state="decided", promised="")
_CASES = (_BOOKING, _JOINING, _RUNNING, _DENIED)
_STEPS = (
    CaseStep("2026-11-22T10:42:00+08:00", "accepted", T("已受理", "Accepted")),
    CaseStep("2026-11-24T15:05:00+08:00", "in_process", T("转经办人审核", "With the clerk")),
    CaseStep("2026-11-25T09:20:00+08:00", "supplement_required", T("需补正", "More is needed")),
)


def _asking(obstacle: str = "") -> Asking:
    note = T("转诊证明须有医院盖章。", "The letter of referral needs the hospital's stamp.")
    item = None if obstacle else supplement_item(fx.JOIN, _THINGS)
    return Asking("S1", "2026-12-02", note, _THINGS, item, obstacle)


def _opened(case: OwnCase, **more: Any) -> OpenCase:
    values: dict[str, Any] = {
        "case": case, "key": "k", "lookup_code": "7K4M92QF3TX7", "steps": _STEPS[:2],
        "withdrawal": withdrawal_item(fx.BOOK if case.booking else fx.JOIN),
    }  # fmt: skip
    return OpenCase(**(values | more))


def _sent(state: SubmissionState, **more: Any) -> Submission:
    values: dict[str, Any] = {
        "key": "k2", "lookup_code": "7K4M92QF3TX7", "state": state,
        "accepted_at": "2026-11-26T10:12:00+08:00",
    }  # fmt: skip
    return Submission(**(values | more))


def case_visits() -> dict[str, Visit]:
    """All of them by name; the part before a dot is the step's value."""
    at = Visit(
        visit_id="gallery", step=Step.CASES, trail=TRAIL, holder=fx.HOLDER, own=Own(_CASES),
        face=FaceRecord(outcome="matched", compared=True, matched=True),
    )  # fmt: skip
    return {
        "cases": at,
        "cases.busy": replace(at, own=Own(), busy=True, awaiting={"cases": 1}),
        "cases.empty": replace(at, own=Own(())),
        "cases.older": replace(at, own=Own(_CASES * 3, more=True)),
        "cases.away": replace(
            at, own=Own(), trouble=Trouble("case.portal_away", ("retry", "back", "leave"))
        ),
        **_one_case(at),
        **_acts(at),
    }


def _one_case(at: Visit) -> dict[str, Visit]:
    def showing(opened: OpenCase) -> Visit:
        own = Own(_CASES, opened=opened)
        return replace(at, step=Step.CASE, trail=(*TRAIL, Step.CASE), own=own)

    asks = _opened(_JOINING, steps=_STEPS, asking=_asking())
    where = T("龙湖区婚姻登记处 二楼", "Longhu marriage registry, second floor")
    time = Booked("2026-12-03", "10:00", "10:30", where, "A12")
    return {
        "case": showing(_opened(_RUNNING)),
        "case.confirmed": showing(_opened(_RUNNING, signed="confirmed")),
        "case.asks": showing(asks),
        "case.overdue": showing(replace(asks, asking=_asking("case.overdue"))),
        "case.no_camera": showing(replace(asks, asking=_asking("case.no_camera"))),
        "case.waiting": showing(replace(asks, waiting=Act.SUPPLEMENT)),
        "case.booked": showing(_opened(_BOOKING, steps=_STEPS[:1], booked=time)),
        "case.denied": showing(_opened(_DENIED, decision="denied", withdrawal=None)),
    }


def _acts(at: Visit) -> dict[str, Visit]:
    asks = _opened(_JOINING, steps=_STEPS, asking=_asking())
    own = Own(_CASES, opened=asks, act=Act.SUPPLEMENT)
    steps = (Step.CASE, Step.FORM, Step.MATERIALS, Step.REVIEW, Step.SUBMITTING, Step.RESULT)
    handing = replace(
        at, own=own, item=asks.asking.item if asks.asking else None, trail=(*TRAIL, *steps)
    )
    filled = {"asked0": Personal("13900000012")}
    papers = {0: (Page("bill-0"), Page("bill-1")), 1: (Page("bill-2"),)}
    full = replace(handing, form=filled, papers=papers, submission=None)
    taken = PrintJob("receipt", PrintState.CONFIRMED)
    booked = _opened(_BOOKING, booked=Booked("2026-12-03", "10:00", "10:30", _BUREAU, "A12"))
    back = replace(
        at, item=asks.withdrawal, own=replace(own, act=Act.WITHDRAWAL),
        trail=(*TRAIL, Step.CASE, Step.WITHDRAW, Step.SUBMITTING, Step.RESULT),
    )  # fmt: skip
    refused = _sent(SubmissionState.REJECTED, code="portal.rejected", to_correct=True)
    result = replace(full, step=Step.RESULT, receipt_print=taken)
    undone = Trouble("case.not_sent", ("retry", "back", "leave"))
    return {
        "form.supplement": replace(handing, step=Step.FORM, form=filled),
        "form.refused": replace(
            full, step=Step.FORM, submission=refused, form_errors={"asked0": "pattern"}
        ),
        "materials.supplement": replace(
            handing, step=Step.MATERIALS, awaiting={"page": 1}, page_advice="lay_page"
        ),
        "review.supplement": replace(full, step=Step.REVIEW),
        "result.supplement": replace(result, submission=_sent(SubmissionState.DELIVERED)),
        "result.supplement_stored": replace(result, submission=_sent(SubmissionState.STORED)),
        "withdraw": replace(back, step=Step.WITHDRAW),
        "withdraw.booking": replace(
            back, step=Step.WITHDRAW, own=Own(_CASES, opened=booked, act=Act.WITHDRAWAL)
        ),
        "withdraw.not_sent": replace(back, step=Step.WITHDRAW, trouble=undone),
        "submitting.withdrawal": replace(
            back, step=Step.SUBMITTING, submission=_sent(SubmissionState.STORED)
        ),
        "result.withdrawn": replace(
            back, step=Step.RESULT, receipt_print=taken,
            submission=_sent(SubmissionState.DELIVERED, receipt={"state": "withdrawn"}),
        ),
    }  # fmt: skip
