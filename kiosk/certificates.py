"""The terminal's certificate: got once with a code, renewed by the terminal itself before it ends."""

from __future__ import annotations

import datetime as dt
import logging
import random
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.terminal.clock import Now
from portal.client import PortalClient
from portal.contract.base import ProblemCode
from portal.contract.terminals import EnrolmentRequest, RenewalRequest, TerminalCertificate
from portal.enrolment import fits, normal_code, pending_key, signing_request, write_private
from portal.identity import IdentityFiles, TerminalIdentity
from portal.outcomes import Answer, NoAnswer, Outcome, Problem, UnreachableCode

log = logging.getLogger(__name__)

LOOK_S = 3600.0
"""Between two looks at the calendar."""
SHORTEST_S, LONGEST_S = 60.0, 3600.0
"""Between two tries of a renewal, doubling."""

_CODES = {
    ProblemCode.NOT_FOUND: "code_unknown",
    ProblemCode.EXPIRED: "code_expired",
}


def fault_of(outcome: Outcome[Any]) -> str:
    """The code of ``portal_faults.toml`` for what is no answer."""
    match outcome:
        case Answer():
            raise ValueError("an answer")
        case NoAnswer():
            return "not_answered"
        case _:
            return outcome.code.value


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The certificate is in its place."""

    terminal: str
    not_after: dt.datetime


def enrol(
    client: PortalClient, files: IdentityFiles, *, terminal: str, code: str, now: Now
) -> Enrolled | str:
    """Enrol with a one-time code, or say what is wrong (a code of ``portal_faults.toml``).

    The key is made here and stays here. Until the certificate is there, it waits beside its place,
    so that the same code can be tried again when the answer was lost; what was there before stays
    in use until then. A refusal leaves it waiting, too: the code may have been mistyped after an
    answer was lost, and the portal gives the certificate of a used code to that key alone.
    OSError if a file can't be written.
    """
    usable = normal_code(code)
    if usable is None:
        return "code_unknown"
    waiting = files.key.with_name(files.key.name + ".pending")
    files.key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = pending_key(waiting)
    outcome = client.enrol(
        EnrolmentRequest(terminal=terminal, code=usable, csr=signing_request(terminal, key))
    )
    if isinstance(outcome, Problem) and outcome.code in _CODES:
        return _CODES[outcome.code]
    if not isinstance(outcome, Answer):
        return fault_of(outcome)
    pem = outcome.value.certificate
    if not fits(pem, terminal, key, now()):
        return "certificate_wrong"
    waiting.replace(files.key)
    write_private(files.certificate, pem.encode())
    return Enrolled(terminal, outcome.value.not_after)


class CertificateKeeper:
    """Renews the certificate from two thirds of its life on, in a thread of its own.

    The key stays (it may one day live in a TPM, and can't be changed in step with a second file);
    a new one comes with the next enrolment. A failed try is repeated with growing pauses; the old
    certificate serves as long as it lasts.
    """

    def __init__(
        self,
        client: PortalClient,
        files: IdentityFiles,
        *,
        now: Now,
        look_s: float = LOOK_S,
        shortest_s: float = SHORTEST_S,
    ) -> None:
        self._client = client
        self._files = files
        self._now = now
        self._look_s = look_s
        self._shortest_s = shortest_s
        self._failures = 0
        self._last: dict[str, Any] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="certificate", daemon=True)

    def start(self) -> None:
        """Begin to look after it."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End; a question to the portal that is under way is not waited for any longer."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def state(self) -> dict[str, Any]:
        """The last try: ``at`` and ``code`` ("" if it worked); empty if there was none."""
        return dict(self._last)

    def _run(self) -> None:
        while True:
            try:
                pause_s = self.look()
            except Exception as error:
                # Without this thread the certificate would run out unnoticed.
                log.error("certificate.keeper_failed error=%s", type(error).__name__)
                pause_s = LONGEST_S
            if self._stop.wait(pause_s):
                return

    def look(self) -> float:
        """Renew if it is time; returns the seconds until the next look."""
        identity = self._files.current()
        if isinstance(identity, UnreachableCode) or self._now() < identity.renew_from():
            return self._look_s
        code = self._renew(identity)
        self._last = {"at": self._now().isoformat(timespec="seconds"), "code": code}
        if not code:
            self._failures = 0
            log.info("certificate.renewed")
            return self._look_s
        log.warning(
            "certificate.not_renewed code=%s not_after=%s",
            code, identity.not_after.isoformat(timespec="seconds"),
        )  # fmt: skip
        pause_s = min(LONGEST_S, self._shortest_s * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        # a fleet that was cut off together must not come back together
        return pause_s * random.uniform(0.5, 1.0)  # noqa: S311 - no secret

    def _renew(self, identity: TerminalIdentity) -> str:
        """ "" once the new certificate is in its place, else what went wrong."""
        terminal = identity.terminal
        outcome: Outcome[TerminalCertificate] = self._client.renew(
            RenewalRequest(terminal=terminal, csr=signing_request(terminal, identity.key))
        )
        if not isinstance(outcome, Answer):
            return fault_of(outcome)
        pem = outcome.value.certificate
        if not fits(pem, terminal, identity.key, self._now()):
            return "certificate_wrong"
        try:
            write_private(self._files.certificate, pem.encode())
        except OSError as error:
            log.error("certificate.not_kept error=%s", error.strerror)
            return "certificate_not_kept"
        return ""


def identity_files(certificate: Path | None, key: Path | None) -> IdentityFiles | None:
    """The configured files; None if no certificate is configured."""
    return None if certificate is None or key is None else IdentityFiles(certificate, key)
