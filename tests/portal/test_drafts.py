"""A journey goes on elsewhere: once, for the same person, and nothing of it is left."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
import uuid_utils
from portal_support import RESIDENT

from portal import Answer, PortalClient, Problem
from portal.codes import coded
from portal.contract import seal
from portal.contract.drafts import DraftClaim
from portal.sandbox.drafts import AGAIN, VALID, WRONG_PERSONS

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
OTHER = RESIDENT | {"name": "王示例", "number": "440599197502020028"}
FORM = {"phone": "13800000000", "since": "2026-01-01"}


class Desk:
    """Two terminals, one portal, and a clock that can be moved on."""

    def __init__(self, start, clerk_of):
        self.now = NOW
        self.server = start(clock=lambda: self.now)
        self.client, clerk = clerk_of(self.server)
        self.elsewhere = PortalClient(self.server.base_url, terminal_id="T-2")
        self.receiver = clerk.keys["440500"]

    def keep(self, ticket: str, key: str | None = None):
        key = key or str(uuid_utils.uuid7())
        cw = {"key": key, "destination": "440500", "item": "apply-1"}
        content = {"item": "apply-1", "item_version": 3, "subject": RESIDENT, "place": "440507",
                   "form": FORM}  # fmt: skip
        body = json.dumps(
            {"key": key, "terminal": "T-1", "destination": "440500", "item": "apply-1",
             "ticket_hash": hashlib.sha256(ticket.encode()).hexdigest(),
             "broken_off_at": "2026-11-25T08:59:00+08:00",
             "sealed": seal(json.dumps(content).encode(), self.receiver, cw)}
        ).encode()  # fmt: skip
        return body, key, self.client.keep_draft(body, key)

    def claim(self, ticket: str, subject=RESIDENT, level: str = "L1") -> DraftClaim:
        key = str(uuid_utils.uuid7())
        content = {"ticket": ticket, "subject": subject,
                   "assurance": {"level": level, "methods": ["id_card"], "face": None}}  # fmt: skip
        sealed = seal(
            json.dumps(content).encode(), self.receiver, {"key": key, "destination": "440500"}
        )
        return DraftClaim(key=key, terminal="T-2", destination="440500", sealed=sealed)

    def claimed(self, *args, **more) -> str:
        outcome = self.elsewhere.claim_draft(self.claim(*args, **more))
        return "given" if isinstance(outcome, Answer) else outcome.code.value


@pytest.fixture
def desk(start, clerk_of):
    made = Desk(start, clerk_of)
    yield made
    made.elsewhere.close()


def a_ticket() -> str:
    return coded("cw-ticket", str(uuid_utils.uuid7()))


def test_a_draft_goes_on_at_another_terminal_once(desk):
    ticket = a_ticket()
    body, key, kept = desk.keep(ticket)
    assert isinstance(kept, Answer)
    assert kept.value.expires_at == NOW + VALID
    assert desk.client.keep_draft(body, key) == Answer(kept.value, replayed=True)
    first = desk.claim(ticket)
    given = desk.elsewhere.claim_draft(first)
    assert isinstance(given, Answer)
    assert (given.value.item, given.value.item_version) == ("apply-1", 3)
    assert (given.value.place, given.value.form) == ("440507", FORM)
    assert desk.elsewhere.claim_draft(first) == given, "the answer may have been lost"
    assert desk.claimed(ticket) == "expired"
    desk.now += AGAIN
    lost = desk.elsewhere.claim_draft(first)
    assert isinstance(lost, Problem)
    assert lost.code.value == "expired"


def test_somebody_else_is_refused_and_learns_nothing(desk):
    ticket = a_ticket()
    desk.keep(ticket)
    refused = desk.elsewhere.claim_draft(desk.claim(ticket, OTHER))
    assert isinstance(refused, Problem)
    assert refused.code.value == "forbidden"
    for secret in (RESIDENT["name"], RESIDENT["number"], "apply-1"):
        assert secret not in repr(refused)
    assert desk.claimed(ticket) == "given", "a stranger's try takes nothing away"


def test_a_ticket_that_is_tried_by_others_again_and_again_is_void(desk):
    ticket = a_ticket()
    desk.keep(ticket)
    assert [desk.claimed(ticket, OTHER) for _ in range(WRONG_PERSONS)] == (
        ["forbidden"] * WRONG_PERSONS
    )
    assert desk.claimed(ticket) == "expired"


def test_tickets_end_after_a_week_and_strangers_tickets_are_unknown(desk):
    ticket = a_ticket()
    desk.keep(ticket)
    assert desk.claimed(a_ticket()) == "not_found"
    assert desk.claimed(ticket, level="L0") == "identity_rejected"
    desk.now += VALID
    assert desk.claimed(ticket) == "expired"


def test_what_is_claimed_is_erased(desk):
    ticket = a_ticket()
    body, _, _ = desk.keep(ticket)
    sealed = json.loads(body)["sealed"]

    def held() -> bool:
        with desk.server.world.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM drafts").all()
        assert len(rows) == 1, "that it was is kept"
        return any(sealed in row for row in rows)

    assert held()
    assert desk.claimed(ticket) == "given"
    desk.now += AGAIN
    assert desk.claimed(ticket) == "expired"
    assert not held()


def test_a_ticket_is_kept_for_one_draft_only(desk):
    ticket = a_ticket()
    desk.keep(ticket)
    again = desk.keep(ticket)[2]
    assert isinstance(again, Problem)
    assert again.code.value == "invalid_request"
