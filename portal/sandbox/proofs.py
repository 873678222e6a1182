"""Issued documents: pickup with the key's hash, and public verification."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from typing import Any

from sqlalchemy import Connection, select

from portal.codes import crockford
from portal.contract.answers import DocumentReady, Verification
from portal.contract.base import ProblemCode
from portal.contract.requests import CaseSubmission
from portal.sandbox.database import Database, cases, documents
from portal.sandbox.fonts import can_print
from portal.sandbox.items import Item, Items
from portal.sandbox.problems import Refusal
from portal.sandbox.proof_pdf import Proof, page_count, render
from portal.sandbox.receivers import Receivers
from portal.sandbox.records import Records, holder_of
from portal.sandbox.settings import SandboxSettings


class Proofs:
    """Issues documents and hands them out. The PDF is rendered at pickup and kept nowhere."""

    def __init__(
        self,
        settings: SandboxSettings,
        database: Database,
        items: Items,
        receivers: Receivers,
        records: Records,
    ) -> None:
        self._settings = settings
        self._database = database
        self._items = items
        self._receivers = receivers
        self._records = records

    def issue(
        self, connection: Connection, case_key: str, item: Item, submission: CaseSubmission
    ) -> DocumentReady:
        """A document waiting for pickup; the case row must exist already."""
        if submission.pickup_hash is None:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/pickup_hash", "missing")])
        if submission.subject is not None and not can_print(submission.subject.name):
            raise Refusal(ProblemCode.FORM_REJECTED, fields=[("/subject/name", "unprintable")])
        now = self._settings.clock()
        document_id = f"D{secrets.token_hex(12)}"
        verify_code = crockford(secrets.token_bytes(8), 12)
        connection.execute(
            documents.insert().values(
                document_id=document_id,
                case_key=case_key,
                verify_code=verify_code,
                pickup_hash=submission.pickup_hash,
                title_zh=item.name_zh,
                title_en=item.name_en,
                issuer_zh=submission.route.authority_zh,
                issued_at=now.isoformat(),
                pickup_until=(
                    now + dt.timedelta(seconds=self._settings.pickup_valid_s)
                ).isoformat(),
            )
        )
        holder = holder_of(submission.subject, submission.form)
        rows = self._records.answer(item, holder, now.date()).rows
        return DocumentReady(
            document_id=document_id,
            title_zh=item.name_zh,
            title_en=item.name_en,
            verify_code=verify_code,
            pages=page_count(len(rows)),
        )

    def content(self, document_id: str, pickup_key: str | None, base_url: str) -> bytes:
        """The PDF for who holds the pickup key."""
        with self._database.read() as connection:
            row = connection.execute(
                select(documents).where(documents.c.document_id == document_id)
            ).one_or_none()
            if row is None:
                raise Refusal(ProblemCode.NOT_FOUND)
            case = connection.execute(select(cases).where(cases.c.key == row.case_key)).one()
        if not _holds(row.pickup_hash, pickup_key):
            raise Refusal(ProblemCode.FORBIDDEN)
        if self._settings.clock() >= dt.datetime.fromisoformat(row.pickup_until):
            raise Refusal(ProblemCode.EXPIRED)
        return render(self._proof(row, case, base_url))

    def verification(self, verify_code: str) -> Verification:
        """What anyone may see of an issued document."""
        code = verify_code.upper().replace("-", "").replace(" ", "")
        with self._database.read() as connection:
            row = connection.execute(
                select(documents).where(documents.c.verify_code == code)
            ).one_or_none()
            if row is None:
                raise Refusal(ProblemCode.NOT_FOUND)
            case = connection.execute(select(cases).where(cases.c.key == row.case_key)).one()
        subject = self._submission(case).subject
        return Verification(
            valid=True,
            title_zh=row.title_zh,
            title_en=row.title_en,
            issued_at=dt.datetime.fromisoformat(row.issued_at),
            issuer_zh=row.issuer_zh,
            holder_masked="" if subject is None else masked_name(subject.name),
        )

    def _proof(self, row: Any, case: Any, base_url: str) -> Proof:
        submission = self._submission(case)
        issued_at = dt.datetime.fromisoformat(row.issued_at)
        holder = holder_of(submission.subject, submission.form)
        answer = self._records.answer(self._items.get(case.item), holder, issued_at.date())
        subject = submission.subject
        return Proof(
            title_zh=row.title_zh,
            title_en=row.title_en,
            issuer_zh=row.issuer_zh,
            holder="" if subject is None else subject.name,
            number_masked="" if subject is None else masked_number(subject.number),
            summary=answer.summary,
            columns=answer.columns,
            rows=answer.rows,
            issued_at=issued_at,
            verify_code=row.verify_code,
            verify_url=f"{base_url}/verify/{row.verify_code}",
        )

    def _submission(self, case: Any) -> CaseSubmission:
        cw = {"key": case.key, "destination": case.destination, "item": case.item}
        return self._receivers.open(case.sealed, case.destination, cw, CaseSubmission)


def masked_name(name: str) -> str:
    """The first character and stars."""
    return name[:1] + "*" * max(1, len(name) - 1)


def masked_number(number: str) -> str:
    """First six and last four characters."""
    if len(number) <= 10:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def _holds(pickup_hash: str, pickup_key: str | None) -> bool:
    """``pickup_hash`` is hex SHA-256 of the key's bytes; the header carries the key in hex."""
    try:
        key = bytes.fromhex(pickup_key or "")
    except ValueError:
        return False
    return bool(key) and hmac.compare_digest(hashlib.sha256(key).hexdigest(), pickup_hash)
