"""The desk of claim tickets: what outbox and portal answer, and what the slip says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest

from kiosk.documents.claim_tickets import claim_ticket_slip
from kiosk.documents.layout import Big, Qr
from kiosk.lookup_codes import claim_ticket, shown_lookup_code
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.simulation.tickets import TICKET
from kiosk.terminal.clock import china_now
from kiosk.terminal.drafts import DraftDesk
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Step
from kiosk.visit.tickets import Kept
from offline_queue import Limits, NoSealingKey, Outbox
from portal.contract.base import ProblemCode
from portal.contract.drafts import ClaimedDraft
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Problem, Unreachable, UnreachableCode

HOLDER = ground.person(Random(4))
KEEP = fx.KeepDraft(
    3, "rs-0012", 1, HOLDER, "440507", MappingProxyType({"phone": Personal("13800000000")})
)
KEY = "01960000-0000-7000-8000-000000000001"
SURE = MappingProxyType({"level": "L1", "methods": ("id_card",), "face": None})
CLAIM = fx.ClaimDraft(5, TICKET, HOLDER, SURE)


class Keys:
    """Seals by not sealing: what is inside is looked at here."""

    def __init__(self, known: bool = True) -> None:
        self.known, self.sealed = known, b""

    def seal(self, plaintext: bytes, *, receiver: str, header: Any) -> str:
        if not self.known:
            raise NoSealingKey(receiver)
        self.sealed = plaintext
        return "a.b.c.d.e"


class Portal:
    def __init__(self, *outcomes: Any) -> None:
        self.outcomes, self.keys = list(outcomes), []

    def claim_draft(self, claim: Any) -> Any:
        self.keys.append(claim.key)
        return self.outcomes.pop(0)


def answer() -> Answer[ClaimedDraft]:
    form = {"phone": "13800000000", "wants_training": True, "note": None}
    return Answer(
        ClaimedDraft(key=KEY, item="rs-0012", item_version=1, form=form, broken_off_at=china_now())
    )


def problem(code: ProblemCode, status: int) -> Problem:
    return Problem(code, False, None, status, (), "trace")


class Played:
    def __init__(self, outbox: Outbox | None, portal: Portal, keys: Keys) -> None:
        self.posted: list[Any] = []
        client: Any = portal
        sealing: Any = keys
        self.desk = DraftDesk(
            outbox=outbox, courier=None, client=client, keys=sealing, terminal_id="T-1",
            destination="440500", post=self.posted.append, now=china_now,
        )  # fmt: skip

    def do(self, effect: Any, visit: Visit | None = None) -> Any:
        self.desk.handlers()[type(effect)](effect, visit or Visit(visit_id="v"))
        return self.posted[-1]


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox.open(tmp_path / "outbox", limits=Limits(free_bytes=0))
    yield opened
    opened.close()


def test_the_ticket_is_in_no_file_and_waits_until_delivery(outbox: Outbox, tmp_path: Path) -> None:
    keys = Keys()
    played = Played(outbox, Portal(), keys)
    kept = played.do(KEEP)
    assert isinstance(kept, ev.DraftKept)
    assert b"13800000000" in keys.sealed
    assert HOLDER.number.reveal().encode() in keys.sealed
    ticket = kept.kept.ticket
    contents = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert ticket.reveal().encode() not in contents
    assert b"ticket_hash" in contents
    typed = Personal(shown_lookup_code(ticket.reveal()).lower())
    assert played.do(fx.CheckTicket(4, typed)) == ev.TicketChecked(4, ticket, "ticket.waiting_here")


def test_a_draft_that_was_given_up_here_says_so(outbox: Outbox) -> None:
    played = Played(outbox, Portal(), Keys())
    ticket = played.do(KEEP).kept.ticket
    hashed = hashlib.sha256(ticket.reveal().encode()).hexdigest()
    (view,) = outbox.items_with("ticket_hash", hashed).result()
    outbox.withdraw(view.item_id).result()
    assert played.do(fx.CheckTicket(4, ticket)).code == "ticket.not_kept"


def test_a_mistyped_ticket_is_asked_of_nobody() -> None:
    played = Played(None, Portal(), Keys())
    code = claim_ticket("secret")
    wrong = Personal(("0" if code[0] != "0" else "1") + code[1:])
    assert played.do(fx.CheckTicket(4, wrong)).code == "ticket.mistyped"
    assert played.do(fx.CheckTicket(4, Personal(code))).code == ""


@pytest.mark.logs(r"draft\.refused")
def test_without_outbox_or_key_nothing_is_kept(outbox: Outbox) -> None:
    assert Played(None, Portal(), Keys()).do(KEEP) == ev.DraftNotKept(3, "outbox.storage_failed")
    refused = Played(outbox, Portal(), Keys(known=False)).do(KEEP)
    assert refused == ev.DraftNotKept(3, "outbox.no_sealing_key")


def test_what_is_given_back_is_text_as_the_form_holds_it() -> None:
    claimed = Played(None, Portal(answer()), Keys()).do(CLAIM).claimed
    assert {name: value.reveal() for name, value in claimed.form.items()} == {
        "phone": "13800000000", "wants_training": "true", "note": "",
    }  # fmt: skip
    assert "13800000000" not in repr(claimed)


def test_a_lost_answer_is_asked_for_again_under_the_same_key() -> None:
    lost = NoAnswer(NoAnswerCode.READ_TIMEOUT, None)
    portal = Portal(lost, lost, answer())
    played = Played(None, portal, Keys())
    assert played.do(CLAIM) == ev.ClaimFailed(5, "portal.slow")
    assert isinstance(played.do(CLAIM), ev.DraftClaimed)
    assert len(set(portal.keys)) == 1
    portal.outcomes.append(answer())
    played.do(CLAIM, Visit(visit_id="another"))
    assert len(set(portal.keys)) == 2


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (problem(ProblemCode.NOT_FOUND, 404), "ticket.not_known"),
        (problem(ProblemCode.FORBIDDEN, 403), "ticket.not_yours"),
        (problem(ProblemCode.EXPIRED, 410), "ticket.used"),
        (problem(ProblemCode.RATE_LIMITED, 429), "lookup.too_many"),
        (Unreachable(UnreachableCode.REFUSED), "ticket.portal_away"),
    ],
)
def test_each_refusal_has_words_of_its_own(outcome: Any, code: str) -> None:
    assert Played(None, Portal(outcome), Keys()).do(CLAIM) == ev.ClaimFailed(5, code)


@pytest.mark.parametrize("chinese", [True, False])
def test_the_slip_holds_the_ticket_and_nothing_of_person_or_matter(chinese: bool) -> None:
    visit = Visit(step=Step.KEPT, holder=HOLDER, kept=Kept(TICKET, "2026-03-09"))
    slip = claim_ticket_slip(visit, lambda zh, en: zh if chinese else en)
    assert any(isinstance(e, Big) and e.text == shown_lookup_code(TICKET.reveal()) for e in slip)
    assert any(isinstance(e, Qr) and e.content == TICKET.reveal() for e in slip)
    words = " ".join(str(getattr(e, name)) for e in slip for name in e.__dataclass_fields__)
    assert "2026-03-09" in words
    assert ("尚未提交" if chinese else "nothing handed in") in words
    for secret in (HOLDER.name, HOLDER.number, HOLDER.address):
        assert secret.reveal() not in words
