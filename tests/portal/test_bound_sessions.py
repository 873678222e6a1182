"""Sessions of terminals with certificates: the token is bound, and what changes something is signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from portal_support import RESIDENT, Clerk, Site, sent

from portal import Answer, PortalClient, Problem
from portal.contract import CaseState, SupplementItem, seal
from portal.contract.sessions import IdentityEnvelope, SessionOpened, SessionRequest
from portal.contract.signatures import COVERED, IN_SESSION
from portal.identity import IdentityFiles, TerminalIdentity
from portal.signing import signed_headers

OTHER = {**RESIDENT, "number": "440599198001010022"}


class Desk:
    """A terminal with a session, and a way to send by hand what a thief would."""

    def __init__(self, site: Site, client: PortalClient) -> None:
        self.site, self.client, self.clerk = site, client, Clerk(client)
        identity = IdentityFiles(site.folder / "t.pem", site.folder / "t.key").current()
        assert isinstance(identity, TerminalIdentity)
        self.identity = identity
        opened = client.open_session(SessionRequest(terminal="T-1"))
        assert isinstance(opened, Answer)
        self.session = opened.value

    def envelope(self, subject: dict[str, Any] = RESIDENT, level: str = "L2") -> IdentityEnvelope:
        assurance = {"level": level, "methods": ["id_card", "face"], "face": None}
        content = json.dumps({"subject": subject, "assurance": assurance}).encode()
        cw = {"session": self.session.session_id, "destination": "440500"}
        sealed = seal(content, self.clerk.keys["440500"], cw)
        return IdentityEnvelope(destination="440500", sealed=sealed)

    def end(
        self, headers: dict[str, str], cert: tuple[Any, ...] | None = None
    ) -> requests.Response:
        return requests.delete(
            self.url, headers=headers, verify=str(self.site.ca_file), timeout=10,
            cert=tuple(map(str, cert or (self.site.folder / "t.pem", self.site.folder / "t.key"))),
        )  # fmt: skip

    @property
    def url(self) -> str:
        return f"{self.site.server.base_url}/v1/sessions/{self.session.session_id}"

    def signed(
        self, identity: TerminalIdentity | None = None, covered: tuple[str, ...] = IN_SESSION
    ) -> dict[str, str]:
        plain = {"Terminal-Id": "T-1", "Authorization": f"Bearer {self.session.token}"}
        now = int(self.site.server.world.settings.clock().timestamp())
        who = identity or self.identity
        return plain | signed_headers(who, "DELETE", self.url, plain, b"", now, covered)


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    with site.client(site.authority.terminal("T-1")) as client:
        yield Desk(site, client)


def code_of(outcome: object) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.code.value


def test_a_whole_session_with_a_certificate(desk: Desk) -> None:
    client, session = desk.client, desk.session
    printed = client.submit_case(*desk.clerk.case("print-1"))
    offered = client.slots("book-1", "440500")
    assert isinstance(printed, Answer)
    assert isinstance(offered, Answer)
    booked = client.submit_case(*desk.clerk.case("book-1", slot_id=offered.value.slots[0].slot_id))
    assert isinstance(booked, Answer)
    assert code_of(client.own_documents(session)) == "forbidden"
    assert isinstance(client.identify_session(session, desk.envelope()), Answer)
    assert code_of(client.identify_session(session, desk.envelope(OTHER))) == "forbidden"
    listed = client.own_documents(session)
    assert isinstance(listed, Answer)
    assert printed.value.document is not None
    assert [one.document_id for one in listed.value.documents] == [
        printed.value.document.document_id
    ]
    assert client.give_back(session, booked.value.case_no) == Answer(None)
    assert code_of(client.give_back(session, booked.value.case_no)) == "wrong_state"
    assert client.end_session(session) == Answer(None)
    assert code_of(client.own_documents(session)) == "token_invalid"


def test_own_cases_from_the_list_to_a_supplement_and_a_withdrawal(desk: Desk) -> None:
    client, clerk, session = desk.client, desk.clerk, desk.session
    mine = client.submit_case(*clerk.case("apply-1", destination="441900"))
    theirs = client.submit_case(*clerk.case("apply-1", subject=OTHER))
    assert isinstance(mine, Answer)
    assert isinstance(theirs, Answer)
    assert code_of(client.own_cases(session)) == "forbidden"
    assert isinstance(client.identify_session(session, desk.envelope(level="L1")), Answer)
    assert code_of(client.own_cases(session)) == "identity_rejected"
    assert isinstance(client.identify_session(session, desk.envelope()), Answer)
    desk.site.server.world.actions.ask(
        mine.value.case_no,
        [SupplementItem(code="phone", name_zh="电话", name_en="Phone")],
        5,
        "please",
    )
    listed = client.own_cases(session)
    assert isinstance(listed, Answer)
    numbers = [case.case_no for case in listed.value.cases]
    assert theirs.value.case_no not in numbers
    found = next(case for case in listed.value.cases if case.case_no == mine.value.case_no)
    assert (found.item, found.destination) == ("apply-1", "441900")
    assert found.state is CaseState.SUPPLEMENT_REQUIRED
    asked = client.case_events(found.case_no)
    assert isinstance(asked, Answer)
    assert asked.value.supplement is not None
    request_id, form = asked.value.supplement.request_id, {"phone": "13800000001"}
    action = clerk.action(found.case_no, found.destination, request_id=request_id, form=form)
    given = client.supplement(*sent(action))
    assert isinstance(given, Answer), given
    taken_back = client.withdraw(*sent(clerk.action(found.case_no, found.destination)))
    assert isinstance(taken_back, Answer), taken_back
    again = client.own_cases(session)
    assert isinstance(again, Answer)
    states = {case.case_no: case.state for case in again.value.cases}
    assert states[mine.value.case_no] is CaseState.WITHDRAWN


def test_the_token_is_worth_nothing_with_another_certificate(desk: Desk, site: Site) -> None:
    thief = site.authority.terminal("T-1").write(site.folder / "o.pem", site.folder / "o.key")
    identity = IdentityFiles(*thief).current()
    assert isinstance(identity, TerminalIdentity)
    refused = desk.end(desk.signed(identity), thief)
    assert (refused.status_code, refused.json()["code"]) == (401, "token_invalid")
    # a renewed certificate is another one as well
    site.authority.terminal("T-1").write(site.folder / "t.pem", site.folder / "t.key")
    assert code_of(desk.client.own_documents(desk.session)) == "token_invalid"


def test_a_sessions_token_opens_nothing_else(desk: Desk) -> None:
    asked = requests.get(
        f"{desk.site.server.base_url}/v1/keys",
        headers={"Terminal-Id": "T-1", "Authorization": f"Bearer {desk.session.token}"},
        verify=str(desk.site.ca_file), timeout=10,
        cert=(str(desk.site.folder / "t.pem"), str(desk.site.folder / "t.key")),
    )  # fmt: skip
    assert (asked.status_code, asked.json()["code"]) == (401, "token_invalid")


def test_an_end_that_is_unsigned_altered_or_signed_for_something_else_is_refused(
    desk: Desk, site: Site
) -> None:
    good = desk.signed()
    unsigned = {name: good[name] for name in ("Terminal-Id", "Authorization")}
    other = desk.client.open_session(SessionRequest(terminal="T-1"))
    assert isinstance(other, Answer)
    moved = {**good, "Authorization": f"Bearer {other.value.token}"}
    keyed = {"Content-Type": "x", "Idempotency-Key": "y"}
    plain = {**unsigned, **keyed}
    now = int(site.server.world.settings.clock().timestamp())
    as_case = plain | signed_headers(desk.identity, "DELETE", desk.url, plain, b"", now, COVERED)
    for headers, rule in ((unsigned, "missing"), (moved, "signature"), (as_case, "covers_less")):
        refused = desk.end(headers)
        assert refused.json()["code"] == "signature_invalid", rule
        assert refused.json()["fields"][0]["code"] == rule
    assert desk.end(good).status_code == 204


def test_without_certificates_sessions_are_as_they_were(client: PortalClient) -> None:
    opened = client.open_session(SessionRequest(terminal="T-1"))
    assert isinstance(opened, Answer)
    assert isinstance(opened.value, SessionOpened)
    assert client.end_session(opened.value) == Answer(None)
    assert code_of(client.own_documents(opened.value)) == "forbidden"
