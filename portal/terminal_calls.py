"""The client's calls about the terminal itself."""

from __future__ import annotations

from portal.asking import MAX_JSON, Asking, read_answer
from portal.contract.terminals import (
    EnrolmentRequest,
    RenewalRequest,
    TerminalCertificate,
    TerminalConfig,
    TerminalSelf,
    config_tag,
)
from portal.outcomes import Answer, Outcome
from portal.transport import Reply


class TerminalCalls(Asking):
    """Enrol, renew, and ask how one stands."""

    def enrol(self, request: EnrolmentRequest) -> Outcome[TerminalCertificate]:
        """A first certificate. Problem ``not_found``: no such code for this terminal; ``expired``:
        too old, or used for another key. The same code and key may be sent again."""
        return self._post(
            "/v1/enrolments", request.model_dump_json().encode(), TerminalCertificate, 201
        )

    def renew(self, request: RenewalRequest) -> Outcome[TerminalCertificate]:
        """The next certificate, for who still holds a good one."""
        return self._post(
            "/v1/terminals/self/certificate",
            request.model_dump_json().encode(),
            TerminalCertificate,
            201,
        )

    def terminal_self(self) -> Outcome[TerminalSelf]:
        """How the portal knows this terminal."""
        return self._get("/v1/terminals/self", TerminalSelf)

    def config(self, known: str | None = None) -> Outcome[TerminalConfig | None]:
        """The settings signed for this terminal; None: still those whose document was ``known``.

        Problem ``not_found``: nobody signed any.
        """
        reply = self._transport.request(
            "GET",
            "/v1/config",
            headers={} if known is None else {"If-None-Match": config_tag(known)},
            max_body=MAX_JSON,
        )
        if isinstance(reply, Reply) and reply.status == 304 and known is not None:
            return Answer(None)
        outcome = read_answer(reply, TerminalConfig, 200)
        return Answer(outcome.value) if isinstance(outcome, Answer) else outcome
