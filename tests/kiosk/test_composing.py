"""What is composed for the portal is valid by its contract, for every item of the catalogue."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from config.catalogue import Level, Mode, ServiceItem
from config.shipped import load_catalogue
from config.text import Text
from kiosk.identity import check_digit
from kiosk.personal import Holder, Personal
from kiosk.terminal import composing
from kiosk.visit import effects as fx
from kiosk.visit.model import FaceRecord, Route, Signature
from portal.contract.requests import CaseSubmission

AT = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
FIRST = "44059919400101001"
HOLDER = Holder(
    "resident", Personal("李䶮"), Personal(FIRST + check_digit(FIRST)), Personal(""),
    Personal("01"), date(1940, 1, 1), Personal(""), None,
)  # fmt: skip
OFFICE = Text(zh="局", en="Office")
ROUTE = Route(Mode.LOCAL, "440500", OFFICE, Level.CITY, "440500", "2026-12-11", True, 15, OFFICE)
FACE = FaceRecord("matched", True, True, 0.7, 0.5, "dlib", "not_checked", False, "r" * 300)
SIGNATURE = Signature(800, 300, (((0, 0, 0), (5, 6, 12)), ((9, 9, 30),)))


def effect(item: ServiceItem, **more: Any) -> fx.Submit:
    values: dict[str, Any] = {
        "effect": 1, "item": item.code, "item_version": 1, "kind": item.kind.value, "route": ROUTE,
        "holder": HOLDER, "assurance_level": item.identification.value,
        "assurance_methods": ("id_card", "face"), "face": FACE, "staff": "", "form": {},
        "consent": "v1", "signature": SIGNATURE,
    }  # fmt: skip
    return fx.Submit(**{**values, **more})


@pytest.mark.parametrize("item", load_catalogue().items, ids=lambda item: item.code)
def test_every_items_submission_is_valid_by_the_contract(item: ServiceItem) -> None:
    fields = item.form.fields if item.form else {}
    form = {name: Personal(f" {name} ") for name in fields} | {"blank": Personal("  ")}
    content = composing.submission(effect(item, form=form), item, at=AT, pickup_hash="ab" * 32)
    sent = json.loads(content.model_dump_json())
    assert CaseSubmission.model_validate_json(content.model_dump_json()) == content
    assert set(sent["form"]) == set(fields)
    assert sent["subject"]["name"] == "李䶮"
    assert sent["subject"]["sex"] is None
    assert sent["subject"]["valid_to"] is None
    assert sent["signature"]["strokes"] == [[[0, 0, 0], [5, 6, 12]], [[9, 9, 30]]]
    assert sent["promised"] == {"date": "2026-12-11", "estimated": True, "working_days": 15}
    assert sent["assurance"]["face"]["liveness"] == "not_checked"
    assert len(sent["assurance"]["face"]["reason"]) <= 200
    assert "李" not in repr(content)


def test_what_did_not_happen_is_not_claimed() -> None:
    item = load_catalogue().items[0]
    bare = effect(
        item, holder=None, face=None, signature=None, consent="", assurance_methods=()
    )  # fmt: skip
    content = composing.submission(bare, item, at=AT, pickup_hash=None)
    assert content.subject is None
    assert content.consent is None
    assert content.signature is None
    assert content.assurance.face is None
    assert [method.value for method in content.assurance.methods] == ["none"]
    assert content.slot_id is None
    assert content.bill_ids is None


def test_consent_carries_version_and_moment() -> None:
    item = load_catalogue().items[0]
    content = composing.submission(effect(item), item, at=AT, pickup_hash=None)
    assert content.consent is not None
    assert (content.consent.version, content.consent.at, content.consent.given) == ("v1", AT, True)
