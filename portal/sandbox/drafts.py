"""Drafts of journeys that were broken off: kept sealed, given back once to the same person, erased."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from portal.contract.base import AssuranceLevel, ProblemCode
from portal.contract.drafts import (
    DRAFT_DAYS,
    ClaimedDraft,
    DraftClaim,
    DraftClaimRequest,
    DraftContent,
    DraftEnvelope,
    DraftReceipt,
)
from portal.sandbox.database import Database, drafts, insert_if_absent
from portal.sandbox.once import Kept, Once
from portal.sandbox.problems import Refusal
from portal.sandbox.receivers import Receivers
from portal.sandbox.settings import SandboxSettings

VALID = dt.timedelta(days=DRAFT_DAYS)
AGAIN = dt.timedelta(minutes=10)
"""So long the same claim is answered again; then nothing of the draft is left."""
WRONG_PERSONS = 5
"""After so many claims by others the ticket is void: somebody tries out whose it is."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Thread-safe: each call is one transaction."""

    settings: SandboxSettings
    database: Database
    once: Once
    receivers: Receivers

    def keep(self, raw: bytes, envelope: DraftEnvelope) -> Kept:
        """Keep a draft, once per key; raises :class:`Refusal`."""
        return self.once.apply(
            "draft",
            envelope.key,
            envelope.terminal,
            raw,
            lambda connection: self._keep(connection, envelope),
        )

    def claim(self, claim: DraftClaim) -> ClaimedDraft:
        """The draft of a ticket; raises :class:`Refusal`."""
        said = {"key": claim.key, "destination": claim.destination}
        asked = self.receivers.open(claim.sealed, claim.destination, said, DraftClaimRequest)
        if asked.assurance.level is AssuranceLevel.L0:
            raise Refusal(
                ProblemCode.IDENTITY_REJECTED, fields=[("/sealed/assurance/level", "too_low")]
            )
        with self.database.write() as connection:
            self._erase_old(connection)
        with self.database.write() as connection:
            found = self._give(connection, claim, asked)
        # Outside the transaction: a wrong person's try must be remembered, not rolled back.
        if found is None:
            raise Refusal(ProblemCode.FORBIDDEN, title="This ticket is not this person's")
        return found

    def _keep(self, connection: Connection, envelope: DraftEnvelope) -> DraftReceipt:
        said = {"key": envelope.key, "destination": envelope.destination, "item": envelope.item}
        content = self.receivers.open(envelope.sealed, envelope.destination, said, DraftContent)
        if content.item != envelope.item:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/item", "differs")])
        expires = self.settings.clock() + VALID
        kept = insert_if_absent(
            connection,
            drafts,
            ticket_hash=envelope.ticket_hash,
            key=envelope.key,
            destination=envelope.destination,
            item=envelope.item,
            broken_off_at=envelope.broken_off_at.isoformat(),
            expires_at=expires.isoformat(),
            sealed=envelope.sealed,
            wrong=0,
        )
        if not kept:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/ticket_hash", "taken")])
        return DraftReceipt(key=envelope.key, expires_at=expires)

    def _give(
        self, connection: Connection, claim: DraftClaim, asked: DraftClaimRequest
    ) -> ClaimedDraft | None:
        ticket_hash = hashlib.sha256(asked.ticket.encode()).hexdigest()
        mine = drafts.c.ticket_hash == ticket_hash
        row = connection.execute(select(drafts).where(mine)).one_or_none()
        if row is None:
            raise Refusal(ProblemCode.NOT_FOUND)
        if not row.sealed or row.claimed_by not in (None, claim.key):
            raise Refusal(ProblemCode.EXPIRED, title="This ticket is used or too old")
        said = {"key": row.key, "destination": row.destination, "item": row.item}
        content = self.receivers.open(row.sealed, row.destination, said, DraftContent)
        one, other = content.subject, asked.subject
        if (one.document_kind, one.number) != (other.document_kind, other.number):
            void = {"sealed": ""} if row.wrong + 1 >= WRONG_PERSONS else {}
            connection.execute(update(drafts).where(mine).values(wrong=row.wrong + 1, **void))
            return None
        if row.claimed_by is None:
            now = self.settings.clock().isoformat()
            connection.execute(
                update(drafts).where(mine).values(claimed_by=claim.key, claimed_at=now)
            )
        return ClaimedDraft(
            key=claim.key,
            item=content.item,
            item_version=content.item_version,
            place=content.place,
            form=content.form,
            broken_off_at=dt.datetime.fromisoformat(row.broken_off_at),
        )

    def _erase_old(self, connection: Connection) -> None:
        """Nothing is kept of a draft that was claimed or is too old, but that it was."""
        now = self.settings.clock()
        rows = connection.execute(select(drafts).where(drafts.c.sealed != "")).all()
        for row in rows:
            over = dt.datetime.fromisoformat(row.expires_at)
            if row.claimed_at is not None:
                over = min(over, dt.datetime.fromisoformat(row.claimed_at) + AGAIN)
            if over <= now:
                mine = drafts.c.ticket_hash == row.ticket_hash
                connection.execute(update(drafts).where(mine).values(sealed=""))
