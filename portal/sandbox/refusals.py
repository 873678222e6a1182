"""What was refused for good: remembered for its look-up code only, so that whoever asks learns why.

The terminal that sent it knows by the answer; the person who comes to another one has the code alone.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Index, String, Table, Text, delete, select
from sqlalchemy.exc import OperationalError

from portal.contract.answers import LookupAnswer, Refused
from portal.contract.base import CaseState, ProblemCode
from portal.contract.requests import CaseEnvelope, CaseSubmission
from portal.sandbox.database import Database, insert_if_absent, metadata
from portal.sandbox.problems import STATUS, Refusal
from portal.sandbox.receivers import Receivers
from portal.sandbox.settings import SandboxSettings

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=400)
_NOT_OF_THE_CASE = (ProblemCode.IDEMPOTENCY_MISMATCH, ProblemCode.FORBIDDEN)
_FIELD = re.compile(r"/form/([^/]+)")
_ATTACHED = re.compile(r"/(?:attachments|uploads)/([0-9]+)(?:/|$)")

refusals = Table(
    "refusals",
    metadata,
    Column("key", String(36), primary_key=True),
    Column("lookup_code", String(12), nullable=False),
    Column("refused_at", String(40), nullable=False),
    Column("shown", Text, nullable=False),
    Column("terminal", String(64)),
    Index("refusals_by_lookup_code", "lookup_code"),
)
"""``shown``: the look-up's answer; nothing personal, and nothing of what was sealed but the authority.
``terminal``: who said how it ended (``endings.py``); null where the portal itself refused it."""


def forget_old(connection: Connection, now: dt.datetime) -> None:
    """Let go what nobody asks for any more."""
    old = (now - KEPT).isoformat()
    connection.execute(delete(refusals).where(refusals.c.refused_at < old))


@dataclass(frozen=True, slots=True)
class Refusals:
    """The portal's memory of refused submissions."""

    settings: SandboxSettings
    database: Database
    receivers: Receivers

    def note(self, envelope: CaseEnvelope, refusal: Refusal, received_at: dt.datetime) -> None:
        """Remember ``refusal`` if it is for good and is about the submission; the last one counts."""
        _, retryable, _ = STATUS[refusal.code]
        if retryable or refusal.code in _NOT_OF_THE_CASE:
            return
        now = self.settings.clock()
        shown = self._shown(envelope, refusal, received_at, now).model_dump_json()
        try:
            with self.database.write() as connection:
                forget_old(connection, now)
                connection.execute(delete(refusals).where(refusals.c.key == envelope.key))
                insert_if_absent(
                    connection,
                    refusals,
                    key=envelope.key,
                    lookup_code=envelope.lookup_code,
                    refused_at=now.isoformat(),
                    shown=shown,
                )
        except OperationalError:
            # The refusal itself is the answer; only the look-up elsewhere will not know of it.
            log.warning("refusal.not_noted code=%s", refusal.code.value)

    def find(self, code: str) -> LookupAnswer | None:
        """What the look-up of ``code`` shows."""
        with self.database.read() as connection:
            shown = connection.execute(
                select(refusals.c.shown)
                .where(refusals.c.lookup_code == code)
                .order_by(refusals.c.refused_at.desc())
                .limit(1)
            ).scalar_one_or_none()
        return None if shown is None else LookupAnswer.model_validate_json(shown)

    def _shown(
        self, envelope: CaseEnvelope, refusal: Refusal, received_at: dt.datetime, now: dt.datetime
    ) -> LookupAnswer:
        submission = self._opened(envelope)
        route = submission.route if submission is not None else None
        kinds = [one.kind for one in submission.attachments] if submission is not None else []
        return LookupAnswer(
            state=CaseState.NOT_ACCEPTED,
            item=envelope.item,
            received_at=received_at,
            accepted_at=now,
            authority_zh=route.authority_zh if route is not None else "",
            authority_en=route.authority_en if route is not None else "",
            refused=Refused(
                code=refusal.code.value,
                form=_fields(refusal),
                materials=_materials(refusal, kinds),
            ),
        )

    def _opened(self, envelope: CaseEnvelope) -> CaseSubmission | None:
        cw = {"key": envelope.key, "destination": envelope.destination, "item": envelope.item}
        with suppress(Refusal):
            return self.receivers.open(envelope.sealed, envelope.destination, cw, CaseSubmission)
        return None


def _fields(refusal: Refusal) -> list[str]:
    found = [_FIELD.match(pointer) for pointer, _ in refusal.fields]
    names = [one[1].replace("~1", "/").replace("~0", "~") for one in found if one is not None]
    return list(dict.fromkeys(names))


def _materials(refusal: Refusal, kinds: Sequence[str]) -> list[str]:
    found = [_ATTACHED.match(pointer) for pointer, _ in refusal.fields]
    places = [int(one[1]) for one in found if one is not None]
    return list(dict.fromkeys(kinds[place] for place in places if place < len(kinds)))
