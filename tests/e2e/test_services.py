"""Every kind of shipped service to its end, and what the portal then holds."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from e2e_support import JOBLESS, PHONE, PROOF, Desk, Stage, proof_text

from config.policy_terms import Fit
from config.shipped import load_catalogue
from drivers.sdt.cards import demo_card
from kiosk.demo import Errand, ScriptedPerson
from kiosk.demo.hands import SIGNATURE
from kiosk.visit.model import PaymentState, PrintState, Step, SubmissionState, Visit

FUND = {"account": "123456789012", "phone": PHONE}
SENIOR = {"account": "6217000000000000000", "phone": PHONE, "household": "children"}
CHEN = {"card": "resident", "face": "chen"}
APPLICATIONS = [
    # four levels of one city: where the matter belongs decides who gets it
    (Errand("mz-0058", place=("440507008001",), form=SENIOR), "village", "440507008001"),
    (Errand("mz-0058", place=("440507001",), form=SENIOR), "town", "440507001"),
    (Errand("rs-0012", place=("440507",), form=dict(JOBLESS.form)), "district", "440507"),
    (Errand("rs-0012", place=("440511",), form=dict(JOBLESS.form)), "district", "440511"),
    (Errand("rx-0076", form={"remark": "请问开放时间", "phone": PHONE}), "city", "440500"),
    (Errand("rs-0008", form={"grade": "600", "phone": PHONE}), "district", "440507"),
]


@pytest.fixture(scope="module")
def resident(shared_terminal: Desk) -> Iterator[Desk]:
    """Somebody identified by card and face, at home."""
    shared_terminal.ready()
    shared_terminal.sign_in()
    yield shared_terminal
    shared_terminal.leave()


@pytest.fixture
def at_home(resident: Desk) -> Iterator[Desk]:
    resident.eventually("the terminal is ready", resident.is_ready)
    yield resident
    resident.home()


def receipt_of(desk: Desk, visit: Visit) -> dict[str, object]:
    """The portal's; on a busy machine the result is shown before it has come."""
    key = key_of(visit)

    def told(now: Visit) -> bool:
        sent = now.submission
        return sent is not None and (sent.key, sent.state) == (key, SubmissionState.DELIVERED)

    submission = desk.until("the receipt", told).submission
    assert submission is not None
    return dict(submission.receipt)


def key_of(visit: Visit) -> str:
    assert visit.submission is not None
    return visit.submission.key


def test_every_kind_of_shipped_service_is_among_these_tests() -> None:
    tested = {errand.item for errand, *_ in APPLICATIONS} | {
        "yb-0022", "rs-0002", "rs-0001", "gj-0024", "gj-0126", "sw-0009", "ga-0041"
    }  # fmt: skip
    items = load_catalogue().items
    assert {item.kind for item in items if item.code in tested} == {item.kind for item in items}
    assert {item.place for item in items if item.code in tested} == {item.place for item in items}


@pytest.mark.parametrize(("errand", "level", "division"), APPLICATIONS)
def test_an_application_reaches_the_authority_it_belongs_to(
    at_home: Desk, stage: Stage, errand: Errand, level: str, division: str
) -> None:
    visit = at_home.errand(errand)
    assert visit.step is Step.RESULT
    assert receipt_of(at_home, visit)["case_no"]
    assert visit.receipt_print.state is PrintState.CONFIRMED
    at_home.delivered_once(key_of(visit))
    case = stage.stored(key_of(visit))
    assert (case.route.mode, case.route.level, case.route.division) == ("local", level, division)
    assert case.subject is not None
    assert case.subject.name == demo_card("resident").name
    assert case.subject.number == demo_card("resident").number
    assert case.form.items() >= errand.form.items()
    signed = errand.item in ("mz-0058", "rs-0008")
    assert (case.signature is not None) is signed
    if case.signature is not None:  # vectors in their own time, not a picture
        drawn = [[list(point) for point in stroke] for stroke in SIGNATURE.strokes]
        assert case.signature.strokes == drawn
        assert (case.signature.width, case.signature.height) == (640, 320)
    assert case.assurance.level == ("L3" if signed else "L2")


def test_the_record_says_what_of_the_face_was_and_was_not_checked(
    at_home: Desk, stage: Stage
) -> None:
    visit = at_home.errand(replace(JOBLESS, card=None))
    case = stage.stored(key_of(visit))
    face = case.assurance.face
    assert face is not None
    assert (face.compared, face.matched) == (True, True)
    assert face.score is not None
    assert face.threshold is not None
    assert face.recogniser
    assert face.calibrated is False, "nobody measured this threshold on this camera"
    assert face.liveness in ("not_checked", "basic")
    assert set(case.assurance.methods) == {"id_card", "face"}
    assert case.consent is not None
    assert case.consent.given


def test_a_cross_city_application_ends_at_the_other_city(at_home: Desk, stage: Stage) -> None:
    def arrived() -> int:
        told: dict[str, int] = stage.play.state()["portal"]["cases_per_destination"]
        return told.get("440100", 0)

    before = arrived()  # other tests of the same worker may have sent something there
    visit = at_home.errand(Errand("gj-0126", place=("440100",), form=FUND))
    assert receipt_of(at_home, visit)["destination"] == "440100"
    case = stage.stored(key_of(visit))
    assert (case.route.mode, case.route.destination) == ("online_full", "440100")
    assert case.route.authority_zh == "广州住房公积金管理中心"
    assert arrived() == before + 1
    at_home.delivered_once(key_of(visit))


def test_what_is_only_collected_here_reaches_a_closed_city(at_home: Desk, stage: Stage) -> None:
    stage.play.command("portal", "gateway", destination="440600", state="slow")
    visit = at_home.errand(Errand("gj-0126", place=("440600",), form=FUND))
    assert stage.stored(key_of(visit)).route.mode == "proxy_collect"
    at_home.delivered_once(key_of(visit))


def phone_pays(person: ScriptedPerson) -> None:
    """Confirm on the page the QR code leads to."""
    submission = person.watch.until("an order", lambda v: bool(v.submission), 10.0).submission
    assert submission is not None
    with urllib.request.urlopen(submission.receipt["payment"]["pay_url"], data=b"") as page:
        assert page.status == 200


def test_bills_are_paid_on_the_phone(at_home: Desk, stage: Stage) -> None:
    visit = at_home.errand(Errand("sw-0009", at={Step.PAYMENT: phone_pays}))
    assert visit.payment is PaymentState.PAID
    assert visit.receipt_print.state is PrintState.CONFIRMED
    payment = receipt_of(at_home, visit)["payment"]
    assert isinstance(payment, dict)
    order = stage.world.portal.server.world.payments.get(payment["order_id"])
    assert (order.state, order.channel) == ("paid", "phone")
    assert order.amount_fen == payment["amount_fen"] > 0
    at_home.delivered_once(key_of(visit))


def test_an_appointment_is_booked_once(at_home: Desk, stage: Stage) -> None:
    visit = at_home.errand(Errand("ga-0041", form={"document": "passport", "phone": PHONE}))
    booked = receipt_of(at_home, visit)["appointment"]
    assert isinstance(booked, dict)
    assert visit.slot is not None
    case = stage.stored(key_of(visit))
    assert case.slot_id == visit.slot.slot_id
    assert case.route.level == "district"
    at_home.delivered_once(key_of(visit))


def test_a_record_and_its_slip(at_home: Desk, stage: Stage) -> None:
    before = len(stage.world.receipt_printer.receipts)
    visit = at_home.errand(Errand("rs-0002"))
    assert visit.answer is not None
    assert visit.answer.rows
    at_home.hands.print_slip()
    at_home.until("the slip", lambda v: v.receipt_print.state is PrintState.CONFIRMED)
    assert len(stage.world.receipt_printer.receipts) == before + 1


def test_policies_are_found_without_a_card_and_taken_home(at_home: Desk, stage: Stage) -> None:
    shop = {
        "who": "sole_trader", "division": "440507", "industry": "wholesale_retail",
        "small_scale_taxpayer": "unknown", "monthly_sales_wan": "10",
    }  # fmt: skip
    before = len(stage.world.receipt_printer.receipts)
    visit = at_home.errand(Errand("gx-0102", form=shop))
    assert visit.answer is not None
    found = {one.code: (one.fit, one.open) for one in visit.answer.policies}
    assert found["iit-sole-trader"] == (Fit.YES, ())
    assert found["vat-small-seller"] == (Fit.POSSIBLE, ("small_scale_taxpayer",))
    assert found["cit-small"][0] is Fit.NO
    at_home.hands.print_slip()
    at_home.until("the slip", lambda v: v.receipt_print.state is PrintState.CONFIRMED)
    assert len(stage.world.receipt_printer.receipts) == before + 1


@pytest.mark.parametrize(
    "errand",
    [
        Errand(
            "gx-0103",
            form={
                "policy": "research-deduction", "company_name": "汕头市示例塑料制品有限公司",
                "company_code": "91440500MA5EXAMP0N", "role": "legal", "who": "company",
                "division": "440507", "phone": PHONE,
            },
        ),
        Errand("gx-0104", form={"policy": "vat-small-seller", "grade": "1", "remark": "很好"}),
        Errand(
            "gx-0105",
            form={
                "about": "both", "who": "sole_trader", "division": "440507",
                "industry": "hotel_catering", "phone": PHONE,
            },
        ),
    ],
    ids=lambda errand: errand.item,
)  # fmt: skip
def test_what_is_handed_in_about_policies_reaches_the_office(
    at_home: Desk, stage: Stage, errand: Errand
) -> None:
    visit = at_home.errand(errand)
    assert receipt_of(at_home, visit)["case_no"]
    case = stage.stored(key_of(visit))
    assert case.subject is not None
    assert case.subject.name == demo_card("resident").name
    assert case.form.items() >= errand.form.items()
    at_home.delivered_once(key_of(visit))


def test_a_proof_is_printed_with_the_holder_s_name(at_home: Desk, stage: Stage) -> None:
    visit = at_home.errand(PROOF)
    assert visit.proof_print.state is PrintState.CONFIRMED
    text = proof_text(stage)
    assert "陈秋实" in text
    assert demo_card("resident").number not in text, "the number is printed masked"
    at_home.delivered_once(key_of(visit))
