"""One key, one effect: the key's row and what was done under it commit together or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import OperationalError

from portal.contract.base import ProblemCode
from portal.contract.progress import CaseAction
from portal.contract.requests import CaseEnvelope
from portal.sandbox.database import Database, insert_if_absent, keys
from portal.sandbox.problems import Refusal
from portal.sandbox.receivers import field_problems
from portal.sandbox.settings import SandboxSettings

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer: its JSON, and whether it was given before."""

    body: str
    replayed: bool


def received(envelope: CaseEnvelope | CaseAction, now: dt.datetime) -> dt.datetime:
    """The moment that counts: the terminal's word, unless its clock was not sure or runs ahead."""
    said = envelope.accepted_at
    believed = said is not None and envelope.clock_sure is not False and said <= now
    return said if said is not None and believed else now


def parse(model: type[R], raw: bytes) -> R:
    """A request body as its model; raises :class:`Refusal` with pointers, never with values."""
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=field_problems(error)) from error


@dataclass(frozen=True, slots=True)
class Once:
    """Applies what is asked under a key, or gives the first answer again."""

    settings: SandboxSettings
    database: Database

    def apply(
        self,
        scope: str,
        key: str,
        terminal: str,
        raw: bytes,
        effect: Callable[[Connection], BaseModel],
    ) -> Kept:
        """``effect`` runs in the key's transaction; a :class:`Refusal` leaves no trace of the key.

        ``raw`` is the body as it came: other bytes under the same key are a mismatch.
        """
        digest = hashlib.sha256(raw).hexdigest()
        try:
            with self.database.write() as connection:
                first = insert_if_absent(
                    connection,
                    keys,
                    key=key,
                    scope=scope,
                    terminal=terminal,
                    body_digest=digest,
                    answer="",
                    created_at=self.settings.clock().isoformat(),
                    replays=0,
                )
                if not first:
                    return _replay(connection, scope, key, digest)
                body = effect(connection).model_dump_json()
                connection.execute(update(keys).where(keys.c.key == key).values(answer=body))
                return Kept(body, replayed=False)
        except OperationalError as error:
            # the lock on this key (or on SQLite's one writer) was not given in time
            raise Refusal(ProblemCode.DUPLICATE_IN_PROGRESS, retry_after_s=1) from error


def _replay(connection: Connection, scope: str, key: str, digest: str) -> Kept:
    row = connection.execute(select(keys).where(keys.c.key == key)).one()
    if row.scope != scope or row.body_digest != digest:
        raise Refusal(ProblemCode.IDEMPOTENCY_MISMATCH)
    connection.execute(update(keys).where(keys.c.key == key).values(replays=keys.c.replays + 1))
    return Kept(row.answer, replayed=True)
