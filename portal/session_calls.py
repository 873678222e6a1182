"""The client's calls in a person's session."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from pydantic import BaseModel

from portal.asking import MAX_JSON, Asking, M, read_answer
from portal.contract.sessions import (
    DocumentsAnswer,
    IdentityEnvelope,
    OwnCases,
    SessionOpened,
    SessionRequest,
    SessionState,
)
from portal.outcomes import Answer, Outcome
from portal.transport import Reply, problem_of


class SessionCalls(Asking):
    """Open a session, say whose it is, ask in that person's name, end it.

    The token is bound to the terminal's certificate: after a renewal the portal answers
    ``token_invalid``, and a new session is needed. What changes something is signed.
    """

    def open_session(self, request: SessionRequest) -> Outcome[SessionOpened]:
        """A session in which nobody is known yet; 15 minutes at most."""
        return self._post("/v1/sessions", request.model_dump_json().encode(), SessionOpened, 201)

    def identify_session(
        self, session: SessionOpened, envelope: IdentityEnvelope
    ) -> Outcome[SessionState]:
        """Tell who the person is. Problem ``forbidden``: the session is another person's."""
        return self._in_session(
            "PUT", f"{_path(session)}/identity", session, SessionState, envelope
        )

    def end_session(self, session: SessionOpened) -> Outcome[None]:
        """End it; its token is worth nothing any more."""
        return self._gone("DELETE", _path(session), session)

    def own_cases(self, session: SessionOpened, before: str = "") -> Outcome[OwnCases]:
        """The person's cases, newest first; only those older than ``before`` (a case number), if it
        is given. Problem ``identity_rejected``: identified by a card alone."""
        params = {"before": before} if before else None
        return self._in_session("GET", f"{_path(session)}/cases", session, OwnCases, params=params)

    def own_documents(self, session: SessionOpened) -> Outcome[DocumentsAnswer]:
        """The person's documents that wait for pickup."""
        owner = {"owner": "self"}
        return self._in_session("GET", "/v1/documents", session, DocumentsAnswer, params=owner)

    def give_back(self, session: SessionOpened, case_no: str) -> Outcome[None]:
        """Give a booked time of the person back. Problem ``not_found`` also for another's."""
        return self._gone("DELETE", f"/v1/appointments/{quote(case_no, safe='')}", session)

    def _in_session(
        self,
        method: str,
        path: str,
        session: SessionOpened,
        model: type[M],
        body: BaseModel | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Outcome[M]:
        headers = _shown(session)
        if body is not None:
            headers["Content-Type"] = "application/json"
        reply = self._transport.request(
            method,
            path,
            params=params,
            headers=headers,
            body=None if body is None else body.model_dump_json().encode(),
            max_body=MAX_JSON,
            signed=method != "GET",
        )
        return read_answer(reply, model, 200)

    def _gone(self, method: str, path: str, session: SessionOpened) -> Outcome[None]:
        reply = self._transport.request(
            method, path, headers=_shown(session), max_body=MAX_JSON, signed=True
        )
        if not isinstance(reply, Reply):
            return reply
        return Answer(None) if reply.status == 204 else problem_of(reply)


def _path(session: SessionOpened) -> str:
    return f"/v1/sessions/{session.session_id}"


def _shown(session: SessionOpened) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.token}"}
