"""Sessions: one person, a short time, and only that person's things."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
import requests as http
from portal_support import RESIDENT, Clerk

from portal import Answer, PortalClient
from portal.contract import CaseReceipt, seal
from portal.sandbox import SandboxServer
from portal.sandbox.settings import china_now

OTHER = {**RESIDENT, "number": "440599198001010022"}
ASSURANCE = {"level": "L2", "methods": ["id_card", "face"], "face": None}


class Session:
    """One session as a terminal would hold it."""

    def __init__(self, server: SandboxServer, clerk: Clerk) -> None:
        self.base, self.clerk = server.base_url, clerk
        opened = http.post(f"{self.base}/v1/sessions", json={"terminal": "T-1"},
                           headers={"Terminal-Id": "T-1"}, timeout=5)  # fmt: skip
        assert opened.status_code == 201
        self.told = opened.json()
        self.id = self.told["session_id"]

    def ask(self, method: str, path: str, token: str | None = None, **more: Any) -> http.Response:
        given = {"Authorization": f"Bearer {token or self.told['token']}"}
        return http.request(method, f"{self.base}{path}", headers=given, timeout=5, **more)

    def identify(self, subject: dict[str, Any] = RESIDENT, **changes: Any) -> http.Response:
        said = changes.pop("said", self.id)
        content = {"subject": subject, "assurance": {**ASSURANCE, **changes}}
        cw = {"session": said, "destination": "440500"}
        sealed = seal(json.dumps(content).encode(), self.clerk.keys["440500"], cw)
        body = {"destination": "440500", "sealed": sealed}
        return self.ask("PUT", f"/v1/sessions/{self.id}/identity", json=body)

    def documents(self) -> list[str]:
        listed = self.ask("GET", "/v1/documents?owner=self").json()
        return [one["document_id"] for one in listed["documents"]]


def taken(client: PortalClient, case: tuple[bytes, str]) -> CaseReceipt:
    outcome = client.submit_case(*case)
    assert isinstance(outcome, Answer), outcome
    return outcome.value


@pytest.fixture
def session(server: SandboxServer, clerk: Clerk) -> Session:
    return Session(server, clerk)


def test_a_person_sees_the_own_documents_only(
    server: SandboxServer, client: PortalClient, clerk: Clerk, session: Session
) -> None:
    mine = taken(client, clerk.case("print-1")).document
    taken(client, clerk.case("print-1", subject=OTHER))
    assert mine is not None
    assert session.ask("GET", "/v1/documents?owner=self").json()["code"] == "forbidden"
    state = session.identify()
    assert (state.status_code, state.json()["level"]) == (200, "L2")
    assert RESIDENT["name"] not in state.text
    assert session.documents() == [mine.document_id]
    ended = session.ask("DELETE", f"/v1/sessions/{session.id}")
    assert (ended.status_code, ended.content) == (204, b"")
    assert session.ask("GET", "/v1/documents?owner=self").status_code == 403


@pytest.mark.parametrize(
    "number",
    ["440599198002300013", "440599198013010011", "440599000001010018", "44059919800101001X"],
)
def test_a_number_that_nobody_can_have_is_refused(session: Session, number: str) -> None:
    """Days that do not exist, with their check digits, and a wrong check digit."""
    answered = session.identify({**RESIDENT, "number": number})
    assert answered.json()["code"] == "identity_rejected"
    assert session.identify().status_code == 200


def test_an_x_in_the_number_is_the_same_person_in_either_case(
    server: SandboxServer, client: PortalClient, clerk: Clerk, session: Session
) -> None:
    on_card = {**RESIDENT, "number": "44059919800101009X"}
    mine = taken(client, clerk.case("print-1", subject=on_card)).document
    assert mine is not None
    assert session.identify({**on_card, "number": on_card["number"].lower()}).status_code == 200
    assert session.documents() == [mine.document_id]


def test_nobody_becomes_another_in_a_session(session: Session) -> None:
    assert session.identify().status_code == 200
    assert session.identify().status_code == 200
    assert session.identify(OTHER).json()["code"] == "forbidden"
    assert session.identify(level="L0").json()["code"] == "identity_rejected"
    assert session.identify(methods=["none"]).json()["code"] == "identity_rejected"
    wrong = {**RESIDENT, "number": "440599198001010011"}
    assert session.identify(wrong).json()["code"] == "identity_rejected"


def test_an_identity_is_good_for_its_session_only(
    server: SandboxServer, clerk: Clerk, session: Session
) -> None:
    other = Session(server, clerk)
    assert session.identify(said=other.id).json()["code"] == "invalid_request"
    path = f"/v1/sessions/{session.id}"
    assert session.ask("DELETE", path, token=other.told["token"]).json()["code"] == "forbidden"
    bare = http.get(f"{server.base_url}/v1/documents?owner=self", timeout=5)
    assert (bare.status_code, bare.json()["code"]) == (401, "forbidden")


def test_a_session_lasts_a_quarter_of_an_hour(start: Callable[..., SandboxServer]) -> None:
    now = [china_now()]
    server = start(clock=lambda: now[0])
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        session = Session(server, Clerk(client))
        until = dt.datetime.fromisoformat(session.told["expires_at"])
        assert until - now[0] == dt.timedelta(minutes=15)
        assert session.identify().status_code == 200
        now[0] = until
        assert session.identify().json()["code"] == "expired"
        assert session.ask("GET", "/v1/documents?owner=self").json()["code"] == "forbidden"


def test_many_cases_come_page_by_page_newest_first(start: Callable[..., SandboxServer]) -> None:
    server = start(cases_at_once=2)
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        clerk = Clerk(client)
        cases = [taken(client, clerk.case("apply-1")).case_no for _ in range(5)]
        theirs = taken(client, clerk.case("apply-1", subject=OTHER)).case_no
        session = Session(server, clerk)
        session.identify()
        path, pages = f"/v1/sessions/{session.id}/cases", []
        page = session.ask("GET", path).json()
        while True:
            pages.append([one["case_no"] for one in page["cases"]])
            if not page["more"]:
                break
            page = session.ask("GET", f"{path}?before={pages[-1][-1]}").json()
        assert [len(page) for page in pages] == [2, 2, 1]
        assert [case_no for page in pages for case_no in page] == cases[::-1]
        for before in (theirs, "no-such-case"):
            assert session.ask("GET", f"{path}?before={before}").json()["code"] == "not_found"


def test_a_booked_time_is_given_back_by_its_holder(
    server: SandboxServer, client: PortalClient, clerk: Clerk, session: Session
) -> None:
    offered = client.slots("book-1", "440500")
    assert isinstance(offered, Answer)
    slot = offered.value.slots[0]
    mine = taken(client, clerk.case("book-1", slot_id=slot.slot_id))
    theirs = taken(client, clerk.case("book-1", slot_id=slot.slot_id, subject=OTHER))
    application = taken(client, clerk.case("apply-1"))
    session.identify()
    for case_no in (theirs.case_no, application.case_no, "no-such-case"):
        assert session.ask("DELETE", f"/v1/appointments/{case_no}").json()["code"] == "not_found"
    assert session.ask("DELETE", f"/v1/appointments/{mine.case_no}").status_code == 204
    again = session.ask("DELETE", f"/v1/appointments/{mine.case_no}")
    assert again.json()["code"] == "wrong_state"
    left = client.slots("book-1", "440500")
    assert isinstance(left, Answer)
    assert left.value.slots[0].free == slot.free - 1
