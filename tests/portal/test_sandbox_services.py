"""Every kind of service end to end: real client, real server."""

from __future__ import annotations

import datetime as dt
import io
import threading
from pathlib import Path
from typing import Any

import pypdf
import requests
from portal_support import CATALOGUE, PICKUP_KEY, RESIDENT, Clerk

from portal import Answer, PortalClient, Problem
from portal.sandbox.settings import CHINA_TIME


def answer(outcome: Any) -> Any:
    assert isinstance(outcome, Answer), outcome
    return outcome.value


def refused(outcome: Any) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code.value


def test_public_answers(client, server):
    assert answer(client.time()).now.utcoffset() == dt.timedelta(hours=8)
    assert answer(client.health()).status == "ok"
    assert {gateway.destination for gateway in answer(client.gateways())} >= {"440500", "441900"}
    item = requests.get(f"{server.base_url}/v1/items/apply-1", timeout=5).json()
    assert item in CATALOGUE["items"]
    form = requests.get(f"{server.base_url}/v1/items/apply-1/form", timeout=5)
    assert form.json() == item["form"]["schema"]
    for missing in ("open-1/form", "no-such-item", "no-such-item/form"):
        told = requests.get(f"{server.base_url}/v1/items/{missing}", timeout=5).json()
        assert told["code"] == "not_found"


def test_application_is_accepted_looked_up_and_shown(client, clerk, server):
    body, key = clerk.case("apply-1")
    receipt = answer(client.submit_case(body, key))
    assert receipt.state == "accepted"
    assert len(receipt.case_no) == 43
    assert receipt.promised.date == dt.date(2026, 12, 10)
    assert answer(client.case_by_key(key)) == receipt
    assert answer(client.case(receipt.case_no)).events[0].note_zh == "已受理"
    assert answer(client.lookup(receipt.lookup_code)).item == "apply-1"
    page = requests.get(f"{server.base_url}/lookup/{receipt.lookup_code}", timeout=5)
    assert "失业登记" in page.text


def test_nothing_personal_is_stored_in_clear(client, clerk, stored):
    body, key = clerk.case("print-1")
    answer(client.submit_case(body, key))
    stored = stored()
    assert key.encode() in stored
    for secret in (RESIDENT["name"], RESIDENT["number"], RESIDENT["address"]):
        assert secret.encode() not in stored


def test_refusals_name_the_field(client, clerk):
    for changes, code, pointer in (
        ({"form": {"phone": "1"}}, "form_rejected", "/form/phone"),
        ({"subject": None}, "identity_rejected", "/subject"),
        ({"subject": {**RESIDENT, "number": "440599198001010011"}}, "identity_rejected",
         "/subject/number"),
        ({"assurance": {"level": "L0", "methods": ["none"], "face": None}}, "identity_rejected",
         "/assurance/level"),
        ({"kind": "pay"}, "invalid_request", "/kind"),
        ({"surprise": 1}, "invalid_request", "/sealed/surprise"),
    ):  # fmt: skip
        body, key = clerk.case("apply-1", **changes)
        outcome = client.submit_case(body, key)
        assert refused(outcome) == code, changes
        assert pointer in [field.pointer for field in outcome.fields]
        assert refused(client.case_by_key(key)) == "not_found"
    body, key = clerk.case("no-such-item")
    assert refused(client.submit_case(body, key)) == "unknown_item"


def test_a_record_nobody_verified_carries_what_somebody_saw_and_no_signature(client, clerk):
    card = "social_security_card"
    for level, methods, taken in (
        ("L2", [card, "staff"], True),
        ("L2", [card, "face"], True),
        ("L2", [card], False),
        ("L3", [card, "staff"], False),
        ("L3", ["id_card", "staff"], True),
    ):
        assurance = {"level": level, "methods": methods, "face": None}
        outcome = client.query(clerk.query("query-1", assurance=assurance))
        if taken:
            assert answer(outcome).rows, methods
            continue
        assert refused(outcome) == "identity_rejected"
        assert [field.pointer for field in outcome.fields] == ["/assurance/methods"]


def test_query_invents_the_same_records_for_the_same_person(client, clerk):
    first = answer(client.query(clerk.query("query-1")))
    assert len(first.rows) == 12
    assert {column.key for column in first.columns} == set(first.rows[0])
    assert answer(client.query(clerk.query("query-1"))) == first
    other = {**RESIDENT, "number": "440599198001010022"}
    assert answer(client.query(clerk.query("query-1", subject=other))).rows != first.rows
    assert RESIDENT["number"] not in repr(first)
    assert "base" not in repr(Answer(first))
    hospitals = client.query(
        clerk.query(
            "open-1", subject=None, assurance={"level": "L0", "methods": ["none"], "face": None}
        )
    )
    assert "鮀莲" in str(answer(hospitals).rows)


def test_payment_is_paid_on_the_phone_once(client, clerk, server):
    bills = answer(client.query(clerk.query("pay-1"))).bills
    medical = next(bill for bill in bills if bill.amount_fen == 40000)
    body, key = clerk.case("pay-1", bill_ids=[medical.bill_id])
    receipt = answer(client.submit_case(body, key))
    assert receipt.payment.amount_fen == 40000
    again, again_key = clerk.case("pay-1", bill_ids=[medical.bill_id])
    assert refused(client.submit_case(again, again_key)) == "bill_changed"
    assert answer(client.payment(receipt.payment.order_id)).state == "pending"
    page = requests.post(receipt.payment.pay_url, timeout=5)
    assert "已支付" in page.text
    paid = answer(client.payment(receipt.payment.order_id))
    assert (paid.state, paid.channel) == ("paid", "phone")
    control = f"{server.base_url}/sandbox/payments/{receipt.payment.order_id}:pay"
    assert requests.post(control, timeout=5).json()["channel"] == "phone"
    assert answer(client.case(receipt.case_no)).receipt.state == "decided"
    left = answer(client.query(clerk.query("pay-1"))).bills
    assert medical.bill_id not in [bill.bill_id for bill in left]
    pensions = [bill.bill_id for bill in left][:2]
    both, both_key = clerk.case("pay-1", bill_ids=pensions)
    assert refused(client.submit_case(both, both_key)) == "form_rejected"


def test_order_and_pickup_expire(start):
    now = [dt.datetime(2026, 11, 23, 10, tzinfo=CHINA_TIME)]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        bill = answer(client.query(clerk.query("pay-1"))).bills[0]
        body, key = clerk.case("pay-1", bill_ids=[bill.bill_id])
        order = answer(client.submit_case(body, key)).payment.order_id
        body, key = clerk.case("print-1")
        document = answer(client.submit_case(body, key)).document.document_id
        now[0] += dt.timedelta(hours=1)
        assert answer(client.payment(order)).state == "expired"
        assert refused(client.document_content(document, PICKUP_KEY)) == "expired"
        assert (
            requests.post(f"{server.base_url}/sandbox/payments/{order}:pay", timeout=5).status_code
            == 410
        )
        body, key = clerk.case("pay-1", bill_ids=[bill.bill_id])
        assert answer(client.submit_case(body, key)).payment.order_id != order


def test_order_pays_itself_when_told_to(start):
    server = start(auto_pay_after_s=0.0)
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        bill = answer(client.query(clerk.query("pay-1"))).bills[0]
        body, key = clerk.case("pay-1", bill_ids=[bill.bill_id])
        order = answer(client.submit_case(body, key)).payment.order_id
        assert answer(client.payment(order)).state == "paid"


def test_document_for_the_holder_of_the_key_only(client, clerk, server):
    subject = {**RESIDENT, "name": "李䶮𬭎"}
    body, key = clerk.case("print-1", subject=subject)
    document = answer(client.submit_case(body, key)).document
    assert refused(client.document_content(document.document_id, "00" * 16)) == "forbidden"
    assert refused(client.document_content(document.document_id, "nonsense")) == "forbidden"
    assert refused(client.document_content("D00", PICKUP_KEY)) == "not_found"
    pdf = answer(client.document_content(document.document_id, PICKUP_KEY))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == document.pages
    # pypdf reads the two-byte codes of fpdf2's own CMap byte by byte
    text = "".join(page.extract_text() for page in pages).replace("\x00", "")
    for expected in ("李䶮𬭎", "公积金缴存证明", "沙盒演示", "样张", "440599********0014",
                     document.verify_code, "示例局"):  # fmt: skip
        assert expected in text
    assert "同等效力" not in text
    found = answer(client.verify_document(document.verify_code))
    assert (found.valid, found.holder_masked) == (True, "李**")
    page = requests.get(f"{server.base_url}/verify/{document.verify_code}", timeout=5)
    assert "李**" in page.text
    assert "李䶮" not in page.text
    assert refused(client.verify_document("0" * 12)) == "not_found"


def test_name_without_glyph_gets_no_proof(client, clerk):
    body, key = clerk.case("print-1", subject={**RESIDENT, "name": "李\U000323af"})
    outcome = client.submit_case(body, key)
    assert refused(outcome) == "form_rejected"
    assert outcome.fields[0].code == "unprintable"


def test_last_place_goes_to_one(start):
    server = start(slot_capacity=1)
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        offered = answer(client.slots("book-1", "440500")).slots
        assert len({slot.date for slot in offered}) == 10
        assert all(slot.date.weekday() < 5 for slot in offered)
        wanted = [clerk.case("book-1", slot_id=offered[0].slot_id) for _ in range(6)]
        outcomes: list[Any] = []
        threads = [
            threading.Thread(target=lambda b=body, k=key: outcomes.append(client.submit_case(b, k)))
            for body, key in wanted
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        booked = [each for each in outcomes if isinstance(each, Answer)]
        assert len(booked) == 1
        assert booked[0].value.appointment.date == offered[0].date
        assert [refused(each) for each in outcomes if each not in booked] == ["slot_taken"] * 5
        assert answer(client.slots("book-1", "440500")).slots[0].free == 0
        body, key = clerk.case("book-1", slot_id="20200101-09-abc")
        assert refused(client.submit_case(body, key)) == "slot_taken"


def test_keys_survive_a_restart(start, tmp_path: Path):
    first = start()
    with PortalClient(first.base_url, terminal_id="T-1") as client:
        keys = answer(client.keys())
    first.stop()
    with PortalClient(start().base_url, terminal_id="T-1") as client:
        assert answer(client.keys()) == keys
