"""Sessions, in memory only: nobody's name is to be in the database, and a restart may end them."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_

from portal.contract.answers import CaseReceipt
from portal.contract.base import (
    AssuranceLevel,
    CaseKind,
    CaseState,
    IdentityMethod,
    ProblemCode,
)
from portal.contract.requests import Subject
from portal.contract.sessions import (
    CaseListed,
    DocumentListed,
    DocumentsAnswer,
    IdentityEnvelope,
    IdentityRequest,
    OwnCases,
    SessionOpened,
    SessionState,
)
from portal.sandbox.actions import CaseActions, case_row, is_open, same_person
from portal.sandbox.database import Database, cases, documents
from portal.sandbox.items import resident_number_is_sound
from portal.sandbox.problems import Refusal
from portal.sandbox.promises import still_promised
from portal.sandbox.receivers import Receivers

LONGEST = dt.timedelta(minutes=15)


@dataclass(slots=True)
class _Session:
    token_digest: bytes
    expires_at: dt.datetime
    thumbprint: str | None
    subject: Subject | None = None
    level: AssuranceLevel = AssuranceLevel.L0


class Sessions:
    """Opens, identifies and ends sessions. Thread-safe."""

    def __init__(self, clock: Callable[[], dt.datetime], receivers: Receivers) -> None:
        self._clock = clock
        self._receivers = receivers
        self._lock = threading.Lock()
        self._open: dict[str, _Session] = {}

    def begin(self, thumbprint: str | None = None) -> SessionOpened:
        """A session in which nobody is known, of who holds the certificate with this thumbprint."""
        token, session_id = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
        now = self._clock()
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.expires_at > now}
            self._open[session_id] = _Session(_digest(token), now + LONGEST, thumbprint)
        return SessionOpened(session_id=session_id, token=token, expires_at=now + LONGEST)

    def identify(self, session_id: str, token: str, envelope: IdentityEnvelope) -> SessionState:
        """Tell who the person is; raises :class:`Refusal`. Nobody becomes another in a session."""
        said = {"session": session_id, "destination": envelope.destination}
        given = self._receivers.open(envelope.sealed, envelope.destination, said, IdentityRequest)
        level, methods = given.assurance.level, given.assurance.methods
        if level is AssuranceLevel.L0 or set(methods) <= {IdentityMethod.NONE}:
            raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/assurance/level", "too_low")])
        number = given.subject.number
        if len(number) == 18 and not resident_number_is_sound(number):
            raise Refusal(
                ProblemCode.IDENTITY_REJECTED, fields=[("/subject/number", "check_digit")]
            )
        with self._lock:
            session = self._live(session_id, token)
            if session.subject is not None and not same_person(session.subject, given.subject):
                raise Refusal(ProblemCode.FORBIDDEN, title="The session is another person's")
            session.subject, session.level = given.subject, level
            return SessionState(session_id=session_id, level=level, expires_at=session.expires_at)

    def opened_with(self, authorization: str, thumbprint: str) -> bool:
        """Whether this is the token of a session that this certificate opened, over or not."""
        scheme, _, token = authorization.partition(" ")
        digest = _digest(token.strip())
        with self._lock:
            return scheme.lower() == "bearer" and any(
                hmac.compare_digest(session.token_digest, digest)
                and session.thumbprint == thumbprint
                for session in self._open.values()
            )

    def end(self, session_id: str, token: str) -> None:
        """End it; its token is worth nothing any more."""
        with self._lock:
            self._live(session_id, token)
            del self._open[session_id]

    def person(self, token: str) -> Subject:
        """Who asks with this token; raises ``forbidden``."""
        digest, now = _digest(token), self._clock()
        with self._lock:
            for session in self._open.values():
                meant = hmac.compare_digest(session.token_digest, digest)
                if meant and session.expires_at > now and session.subject is not None:
                    return session.subject
        raise Refusal(ProblemCode.FORBIDDEN, title="Nobody is identified by this token")

    def sure_person(self, session_id: str, token: str) -> Subject:
        """Who asks in this session, where a card alone (it may be another's) is not enough."""
        with self._lock:
            session = self._live(session_id, token)
            subject, level = session.subject, session.level
        if subject is None:
            raise Refusal(ProblemCode.FORBIDDEN, title="Nobody is identified by this token")
        if level not in (AssuranceLevel.L2, AssuranceLevel.L3):
            raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/assurance/level", "too_low")])
        return subject

    def _live(self, session_id: str, token: str) -> _Session:
        session = self._open.get(session_id)
        if session is None or not hmac.compare_digest(session.token_digest, _digest(token)):
            raise Refusal(ProblemCode.FORBIDDEN, title="No such session, or not its token")
        if session.expires_at <= self._clock():
            raise Refusal(ProblemCode.EXPIRED, title="The session is over")
        return session


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """What a person may ask in a session."""

    clock: Callable[[], dt.datetime]
    database: Database
    actions: CaseActions
    cases_at_once: int

    def documents(self, person: Subject) -> DocumentsAnswer:
        """Documents of the person that still wait; found by opening what was submitted for them."""
        now = self.clock()
        with self.database.read() as connection:
            rows = connection.execute(
                select(cases, documents)
                .join(documents, documents.c.case_key == cases.c.key)
                .where(documents.c.pickup_until > now.isoformat())
                .order_by(documents.c.issued_at.desc(), documents.c.document_id)
            ).all()
        mine = [row for row in rows if same_person(self.actions.submission(row).subject, person)]
        return DocumentsAnswer(
            owner="self",
            documents=[
                DocumentListed(
                    document_id=row.document_id,
                    case_no=row.case_no,
                    title_zh=row.title_zh,
                    title_en=row.title_en,
                    issued_at=dt.datetime.fromisoformat(row.issued_at),
                    pickup_until=dt.datetime.fromisoformat(row.pickup_until),
                )
                for row in mine
            ],
        )

    def cases(self, person: Subject, before: str | None = None) -> OwnCases:
        """Cases of the person, older than ``before`` if it is given; found by opening what was
        submitted. ``before`` must be one of them, or it is ``not_found``."""
        newest_first = select(cases).order_by(cases.c.accepted_at.desc(), cases.c.key.desc())
        found: list[CaseListed] = []
        with self.database.read() as connection:
            if before is not None:
                last = case_row(connection, before)
                if not self._is_of(last, person):
                    raise Refusal(ProblemCode.NOT_FOUND)
                order = tuple_(cases.c.accepted_at, cases.c.key)
                newest_first = newest_first.where(order < (last.accepted_at, last.key))
            for row in connection.execute(newest_first):
                if not self._is_of(row, person):
                    continue
                if len(found) == self.cases_at_once:
                    return OwnCases(cases=found, more=True)
                found.append(_listed(row))
        return OwnCases(cases=found)

    def _is_of(self, case: Any, person: Subject) -> bool:
        return same_person(self.actions.submission(case).subject, person)

    def cancel(self, person: Subject, case_no: str) -> None:
        """Give a booked time back; raises :class:`Refusal`. Not telling whose a case is, if another's."""
        with self.database.write() as connection:
            case = case_row(connection, case_no)
            submission = self.actions.submission(case)
            if case.kind != CaseKind.APPOINTMENT.value:
                raise Refusal(ProblemCode.NOT_FOUND)
            if not same_person(submission.subject, person):
                raise Refusal(ProblemCode.NOT_FOUND)
            if not is_open(case):
                raise Refusal(ProblemCode.WRONG_STATE)
            self.actions.give_back(connection, case, submission)


def _listed(row: Any) -> CaseListed:
    receipt = CaseReceipt.model_validate_json(row.receipt)
    return CaseListed(
        case_no=row.case_no,
        item=row.item,
        destination=row.destination,
        state=CaseState(row.state),
        accepted_at=receipt.accepted_at,
        promised=still_promised(receipt, CaseState(row.state)),
        authority_zh=receipt.authority_zh,
        authority_en=receipt.authority_en,
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
