"""A visit for every step and notable state, for the gallery and the tests."""

from __future__ import annotations

from dataclasses import replace
from math import cos, sin
from typing import Any

from config.catalogue import Identification, Level, Material, Mode, PlaceChoice
from kiosk.personal import Personal
from kiosk.visit import journey
from kiosk.visit.model import (
    Assistance,
    Availability,
    Bill,
    Column,
    Confirmed,
    FaceRecord,
    Found,
    PaymentState,
    Power,
    PrintJob,
    PrintState,
    QueryAnswer,
    Route,
    Signature,
    Slot,
    Step,
    Submission,
    SubmissionState,
    Trouble,
    Visit,
)
from kiosk.visit.page import Page
from kiosk.visit.tickets import Claimed, Kept
from screens import fixtures as fx
from screens.fixtures import T
from screens.gallery_cases import case_visits
from screens.gallery_paper import paper_visits
from screens.gallery_policies import policy_visits

ROUTE = Route(
    mode=Mode.LOCAL,
    destination="440500",
    authority=T("龙湖区社会保险基金管理局", "Longhu District Social Insurance Fund Bureau"),
    level=Level.DISTRICT,
    division="440507",
    promised="2026-12-11",
    promised_estimated=False,
    working_days=15,
    explanation=T("在这里提交，由龙湖区办理", "Handed in here, handled by Longhu District"),
)
PERSON: dict[str, Any] = {"holder": fx.HOLDER, "face": FaceRecord(compared=True, matched=True)}
FILLED = {
    "name": Personal("林晓岚"),
    "number": Personal(fx.NUMBER),
    "phone": Personal("13900000012"),
    "grade": Personal("360"),
    "since": Personal("2027-01-01"),
    "town": Personal("440507001"),
    "post": Personal("true"),
}
NUMBERS = {
    "income": Personal("7654.5"),
    "account": Personal("6217000000000000000"),
    "spouse": Personal("440599198001010014"),
    "employer": Personal("91440500MA5EXAMP0N"),
}
WRONG = {
    "income": Personal("80"),
    "account": Personal("62170000000"),
    "spouse": Personal("440599198001010015"),
    "employer": Personal("91440500MA5EXAMP00"),
    "month": Personal("2027-03"),
}
RECEIPT: dict[str, Any] = {
    "case_no": "114405000000000000X3442032910897202611220001",
    "lookup_code": "7K4M92QF3TX7",
    "state": "accepted",
    "accepted_at": "2026-11-22T10:42:00+08:00",
    "promised": {"date": "2026-12-11", "estimated": False},
    "authority_zh": ROUTE.authority.zh,
    "authority_en": ROUTE.authority.en,
    "destination": "440500",
}
WAYS = ("card_phase", "code_phase", "social_phase")
CARD_ALONE = fx.QUERY.model_copy(update={"identification": Identification.L1})
BILLS = (
    Bill("b1", T("城乡居民医保 本人", "Medical insurance, yourself"), "2027", 40000, "2026-12-31"),
    Bill("b2", T("城乡居民养老 本人", "Pension insurance, yourself"), "2026", 36000, "", "p"),
    Bill("b3", T("城乡居民养老 本人", "Pension insurance, yourself"), "2026", 60000, "", "p"),
)
MANY_BILLS = tuple(
    Bill(f"m{n}", T("自来水费", "Water"), f"2026-{n:02d}", 3100 + 220 * n, "") for n in range(1, 10)
)
BALANCE = QueryAnswer(
    title=T("医保个人账户", "Medical account"),
    as_of="2026-11-22T10:40:00+08:00",
    source=T("汕头市医疗保障局", "Shantou Healthcare Security Administration"),
    summary=(
        (T("账户余额", "Balance"), "¥ 1,284.60"),
        (T("参保状态", "Status"), "正常"),
    ),
    columns=(
        Column("day", T("日期", "Date"), "date"),
        Column("what", T("摘要", "Entry")),
        Column("sum", T("金额", "Amount"), "amount"),
    ),
    rows=tuple(
        {"day": f"2026-{month:02d}-05", "what": what, "sum": f"{fen / 100:.2f}"}
        for month, what, fen in (
            (11, "个人账户划入", 12840), (10, "个人账户划入", 12840), (10, "门诊购药", -6350),
            (9, "个人账户划入", 12840), (8, "住院结算", -82000), (8, "个人账户划入", 12840),
        )
    ),
)  # fmt: skip
SLOTS = tuple(
    Slot(
        f"s{day}{start}", f"2026-11-{day}", f"{start:02d}:00", f"{start:02d}:30", (day + start) % 5,
        T("龙湖区婚姻登记处 二楼", "Longhu marriage registry, second floor"),
    )
    for day in (24, 25, 26, 27)
    for start in (9, 10, 11, 14, 15)
)  # fmt: skip
MANY_SLOTS = tuple(
    Slot(
        f"m{day}{hour}", f"2026-12-{day:02d}", f"{hour:02d}:00", f"{hour:02d}:30", 2, SLOTS[0].place
    )
    for day in range(1, 10)
    for hour in range(8, 17)
)
SIGNATURE = Signature(
    900,
    600,
    (
        tuple((120 + 6 * n, 300 + round(90 * sin(n / 3)) - n, n * 9) for n in range(46)),
        tuple((460 + 5 * n, 280 + round(70 * cos(n / 4)) - n // 2, 500 + n * 9) for n in range(60)),
    ),
)


def _at(step: Step, item: Any = fx.JOIN, **more: Any) -> Visit:
    trail = journey.derive(item, scans=True)
    base: dict[str, Any] = {"visit_id": "gallery", "step": step, "item": item, "trail": trail}
    return Visit(**(base | more))


def _sent(state: SubmissionState, **more: Any) -> Submission:
    receipt = RECEIPT if state is SubmissionState.DELIVERED else {}
    values: dict[str, Any] = {
        "key": "k", "lookup_code": "7K4M92QF3TX7", "state": state,
        "accepted_at": "2026-11-22T10:42:00+08:00", "receipt": receipt,
    }  # fmt: skip
    return Submission(**(values | more))


def _result(item: Any, submission: Submission, **more: Any) -> Visit:
    return _at(Step.RESULT, item, submission=submission, route=ROUTE, **(PERSON | more))


NO_WAY = Trouble(
    "route.none", ("dismiss", "back", "leave"),
    T("广州市没有在这里受理这项业务", "Guangzhou does not take this service in here"),
    T("可向广州市办理，或拨打当地 12345", "Turn to Guangzhou, or call 12345 there"),
)  # fmt: skip
_UNREAD = (T("医疗费用票据和清单", "Medical bills with details"),)


def _lookups() -> dict[str, Visit]:
    at = Visit(visit_id="gallery", step=Step.LOOKUP)
    mistyped = Trouble("lookup.mistyped", ("dismiss", "staff"))
    return {
        "empty": at,
        "busy": replace(at, busy=True),
        "mistyped": replace(at, trouble=mistyped),
        "not_known": replace(at, trouble=replace(mistyped, code="lookup.not_known")),
        **{
            state: replace(
                at,
                found=Found(
                    "7K4M92QF3TX7", state, fx.JOIN.name, "2026-11-22T10:42:00+08:00",
                    ROUTE.authority, "" if state == "supplement_required" else "2026-12-11",
                    here=state in ("stored", "stuck", "arrived"),
                    wrong=_UNREAD if state == "refused_paper" else (),
                ),
            )
            for state in (
                "stored", "stuck", "rejected", "refused_paper", "supplement_required", "arrived"
            )
        },
        # All that the portal was told of what another terminal found changed.
        "spoiled_elsewhere": replace(
            at, found=Found("7K4M92QF3TX7", "spoiled", T("", ""), "", T("", ""), "")
        ),
    }  # fmt: skip


CLAIM = fx.JOIN.model_copy(
    update={
        "code": "MI-CLAIM",
        "name": T("医疗费用零星报销", "Reimbursement of medical bills"),
        "identification": Identification.L2, "form": None, "place": PlaceChoice.NONE,
        "materials": (
            Material(
                key="invoice", name=T("医疗费用票据和清单", "Medical bills with details"), paper=True,
                hint=T("票据原件，一页一张", "Original bills, one on each page"), pages=6,
            ),
            Material(
                key="referral", name=T("转诊证明", "Letter of referral"), paper=True, optional=True,
                pages=1,
            ),
        ),
    }
)  # fmt: skip


def _papers() -> dict[str, Visit]:
    looking = _at(
        Step.MATERIALS,
        CLAIM,
        route=ROUTE,
        awaiting={"page": 1},
        page_advice="lay_page",
        **PERSON,
    )
    bills = tuple(Page(f"bill-{n}") for n in range(3))
    poor = Page("poor", "blurred")
    more = replace(looking, papers={0: bills}, page_advice="hold_still")
    return {
        "materials": looking,
        "materials.refused": replace(looking, papers_refused=frozenset({0})),
        "materials.poor": replace(looking, awaiting={}, poor_page=poor),
        "materials.taken": replace(looking, awaiting={}, papers={0: bills[:1]}),
        "materials.more": more,
        "materials.full": replace(more, awaiting={}, papers={0: bills * 2}),
        "materials.optional": replace(looking, paper_at=1, page_advice="flatten"),
        "review.papers": replace(
            looking, step=Step.REVIEW, awaiting={}, papers={0: bills, 1: bills[:1]}
        ),
    }


def _tickets() -> dict[str, Visit]:
    resume = Visit(visit_id="gallery", step=Step.RESUME)
    kept = Visit(
        visit_id="gallery", step=Step.KEPT, kept=Kept(Personal("7K4M92QF3TX7"), "2026-11-29"),
        receipt_print=PrintJob("receipt", PrintState.CONFIRMED),
    )  # fmt: skip
    unprinted = PrintJob("receipt", PrintState.FAILED, "printer.paper_out")
    form = _at(Step.FORM, form=FILLED, **PERSON)
    taken = Claimed("PI-JOIN", 1, "440507", FILLED, "2026-11-22T10:42:00+08:00", fx.HOLDER.number)
    return {
        "resume": resume,
        "resume.busy": replace(resume, busy=True),
        "resume.not_known": replace(
            resume, trouble=Trouble("ticket.not_known", ("dismiss", "staff"))
        ),
        "kept": kept,
        "kept.unprinted": replace(kept, receipt_print=unprinted),
        "form.leaving": replace(form, leaving=True),
        "form.resumed": replace(
            form, resumed=taken, form_errors={"phone": "required"},
            form={name: value for name, value in FILLED.items() if name != "phone"},
        ),
        "review.resumed": _at(Step.REVIEW, form=FILLED, route=ROUTE, resumed=taken, **PERSON),
        "review.elsewhere": _at(
            Step.REVIEW, form=FILLED, route=ROUTE, **PERSON,
            trouble=Trouble("submit.withdrawn", ("retry", "elsewhere", "leave")),
        ),
    }  # fmt: skip


def _signing() -> dict[str, Visit]:
    sign = _at(Step.SIGN, form=FILLED, route=ROUTE, **PERSON)
    compared = replace(sign, face=FaceRecord("matched", compared=True, matched=True))
    vouched = replace(sign, face=None, staff_verified="S-07")
    return {
        "sign": replace(sign, signature=SIGNATURE),
        "sign.confirming": replace(compared, confirming="read"),
        "sign.pressed": replace(compared, confirming="pressed"),
        "sign.vouched": replace(vouched, confirming="read"),
        "sign.vouched_pressed": replace(vouched, confirming="pressed"),
        "staff.witness": replace(
            vouched, step=Step.STAFF, staff_reason="witness", signature=Confirmed("confirm/1")
        ),
    }


def visits() -> dict[str, Visit]:
    """All of them by name; the part before a dot is the step's value."""
    home = Visit(visit_id="gallery", step=Step.HOME)
    paying = _sent(
        SubmissionState.DELIVERED,
        receipt=RECEIPT
        | {
            "payment": {
                "order_id": "P1", "amount_fen": 40000, "pay_url": "https://pay.example/o/P1",
                "expires_at": "2026-11-22T10:57:00+08:00",
            }
        },
    )  # fmt: skip
    booked = RECEIPT | {
        "appointment": {
            "date": "2026-11-25", "start": "10:00", "end": "10:30", "number": "A12",
            "place_zh": "龙湖区婚姻登记处 二楼", "place_en": "Longhu marriage registry",
        }
    }  # fmt: skip
    due = QueryAnswer(T("应缴", "Due"), "2026-11-22", BALANCE.source, (), bills=BILLS)
    review = _at(Step.REVIEW, form=FILLED, route=ROUTE, **PERSON)
    result = _result(fx.JOIN, _sent(SubmissionState.DELIVERED))
    stopped = Availability(
        possible=False,
        code="item.offline_never",
        words=T("网络不通，暂不能办", "Network down, not possible now"),
        way_out=T("二楼 6 号窗口可以办，现在有人", "Counter 6 on the second floor is open"),
    )
    return {
        "attract": Visit(),
        "attract.near": Visit(near=True),
        "attract.headset": Visit(
            headset=True, assist=Assistance(voice=True), voice_notice="voice.headset_in"
        ),
        "home": home,
        "home.scarce_power": replace(
            home, power=Power.SCARCE, trouble=Trouble("power.finish_only", ("dismiss", "leave"))
        ),
        "home.calling": replace(home, calling_staff=True, help_call=3, help_told=True),
        "home.notices": replace(
            home, power=Power.SCARCE, calling_staff=True, help_call=3, help_told=True
        ),
        "home.headset": replace(
            home, headset=True, assist=Assistance(voice=True), voice_notice="voice.headset_in"
        ),
        "home.call_failed": replace(home, calling_staff=True, help_call=3, help_told=False),
        **{f"lookup.{name}": visit for name, visit in _lookups().items()},
        **_tickets(),
        **case_visits(),
        **policy_visits(),
        "guide": _at(Step.GUIDE),
        "guide.stopped": _at(Step.GUIDE, fx.PAY, availability=stopped),
        "place": _at(Step.PLACE),
        "place.no_way": _at(Step.PLACE, trouble=NO_WAY),
        "identify": _at(Step.IDENTIFY, card_phase="waiting"),
        "identify.code": _at(Step.IDENTIFY, card_phase="waiting", code_phase="waiting"),
        "identify.checking": _at(Step.IDENTIFY, card_phase="waiting", code_phase="checking"),
        "identify.social": _at(
            Step.IDENTIFY, CARD_ALONE, card_phase="waiting", social_phase="waiting"
        ),
        "identify.every_way": _at(Step.IDENTIFY, fx.QUERY, **dict.fromkeys(WAYS, "waiting")),
        "identify.signed": _at(Step.IDENTIFY, fx.JOIN, **dict.fromkeys(WAYS, "waiting")),
        "identify.social_reading": _at(
            Step.IDENTIFY, CARD_ALONE, card_phase="waiting", social_phase="reading"
        ),
        "identify.unlifted": _at(Step.IDENTIFY, card_phase="unlifted"),
        "identify.reading": _at(Step.IDENTIFY, card_phase="reading"),
        "identify.trouble": _at(
            Step.IDENTIFY, trouble=Trouble("idcard.removed", ("retry", "staff", "leave"))
        ),
        "face": _at(Step.FACE, holder=fx.HOLDER, face_guidance="come_closer"),
        "staff": _at(Step.STAFF, holder=fx.HOLDER, staff_reason="face.not_matched"),
        "staff.refused": _at(
            Step.STAFF, holder=fx.HOLDER, staff_reason="face.not_matched",
            staff_code="staff.pin_wrong",
        ),
        "answer": _at(Step.ANSWER, fx.QUERY, answer=BALANCE, **PERSON),
        "answer.busy": _at(Step.ANSWER, fx.QUERY, busy=True, **PERSON),
        "bills": _at(Step.BILLS, fx.PAY, answer=due, bills_chosen=frozenset({"b1"}), **PERSON),
        "bills.none": _at(Step.BILLS, fx.PAY, answer=replace(due, bills=()), **PERSON),
        "bills.unchosen": _at(Step.BILLS, fx.PAY, answer=due, **PERSON),
        "bills.many": _at(
            Step.BILLS, fx.PAY, answer=replace(due, bills=MANY_BILLS), **PERSON,
            bills_chosen=frozenset({MANY_BILLS[7].bill_id}),
        ),
        "slots.many": _at(Step.SLOTS, fx.BOOK, slots=MANY_SLOTS, slot=MANY_SLOTS[-2], **PERSON),
        "slots": _at(Step.SLOTS, fx.BOOK, slots=SLOTS, slot=SLOTS[1], **PERSON),
        "form": _at(
            Step.FORM, form={k: FILLED[k] for k in ("name", "number")},
            form_errors={"phone": "required"}, **PERSON,
        ),
        "form.second": _at(Step.FORM, form=FILLED, form_page=1, **PERSON),
        "form.numbers": _at(Step.FORM, form=FILLED | NUMBERS, form_page=2, **PERSON),
        "form.wrong": _at(
            Step.FORM, form=FILLED | WRONG, form_page=2,
            form_errors={
                "income": "minimum", "account": "pattern", "spouse": "citizen-number",
                "employer": "company-code", "month": "date_past",
            },
            **PERSON,
        ),
        "form.address": _at(Step.FORM, form=FILLED, form_page=3, **PERSON),
        "form.street": _at(
            Step.FORM, form=FILLED | {"lives": Personal("广东省汕头市龙湖区金霞街道珠池路8号")},
            form_page=3, **PERSON,
        ),
        "form.town": _at(
            Step.FORM, form=FILLED | {"lives": Personal("广东省汕头市龙湖区")}, form_page=3,
            form_errors={"lives": "address_region"}, **PERSON,
        ),
        **_papers(),
        "review": review,
        "review.agreed": replace(review, consent="PI-JOIN/1"),
        **_signing(),
        "submitting": _at(Step.SUBMITTING, route=ROUTE, submission=_sent(SubmissionState.STORED), **PERSON),
        "payment": _at(Step.PAYMENT, fx.PAY, submission=paying, payment=PaymentState.PENDING, **PERSON),
        "result": replace(result, receipt_print=PrintJob("receipt", PrintState.CONFIRMED)),
        "result.stored": _result(
            fx.JOIN, _sent(SubmissionState.STORED),
            receipt_print=PrintJob("receipt", PrintState.PRINTING),
        ),
        "result.unknown": _result(fx.JOIN, _sent(SubmissionState.UNKNOWN)),
        "result.unsure_clock": _result(fx.JOIN, _sent(SubmissionState.STORED, clock_sure=False)),
        "result.stuck": _result(fx.JOIN, _sent(SubmissionState.STUCK, code="outbox.stuck")),
        "result.rejected": _result(fx.JOIN, _sent(SubmissionState.REJECTED, code="portal.rejected")),
        **paper_visits(
            result, _result(fx.PROOF, _sent(SubmissionState.DELIVERED)),
            _at(Step.ANSWER, fx.QUERY, answer=BALANCE, **PERSON),
        ),
        "result.booked": _result(fx.BOOK, _sent(SubmissionState.DELIVERED, receipt=booked)),
        "result.idle": replace(result, idle_warning=True),
        "result.leaving": replace(result, leaving=True),
        "result.on_battery": replace(result, power=Power.BATTERY),
        "rating": _at(Step.RATING, **PERSON),
        "farewell": Visit(visit_id="gallery", step=Step.FAREWELL, wiped=True),
        "farewell.card_left": Visit(visit_id="gallery", step=Step.FAREWELL, wiped=True, card_lies=True),
        "farewell.no_power": Visit(
            visit_id="gallery", step=Step.FAREWELL, wiped=True, power=Power.ENDING
        ),
        "out_of_service.no_power": Visit(step=Step.OUT_OF_SERVICE, power=Power.SCARCE),
        "out_of_service": Visit(step=Step.OUT_OF_SERVICE, out_of_service="service.reader"),
    }  # fmt: skip
