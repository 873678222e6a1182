"""The client's calls about the terminal itself."""

from __future__ import annotations

from portal.asking import Asking
from portal.contract.terminals import (
    EnrolmentRequest,
    RenewalRequest,
    TerminalCertificate,
    TerminalSelf,
)
from portal.outcomes import Outcome


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
