"""Notices and telemetry."""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.contract.operations import (
    Notice,
    NoticesAnswer,
    TelemetryBatch,
    TelemetryEvent,
    TelemetryReceipt,
)
from portal.sandbox.database import Database, insert_if_absent, telemetry
from portal.sandbox.settings import SandboxSettings


class Notices:
    """Posted by hand, in memory. Thread-safe."""

    def __init__(self, settings: SandboxSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._posted: list[Notice] = []

    def post(self, text_zh: str, text_en: str, level: str, ends_at: str | None) -> Notice:
        """Post one, in force from now on. Raises ValueError for an end that is no time with offset."""
        notice = Notice.model_validate_json(
            json.dumps(
                {
                    "notice_id": f"N{secrets.token_hex(6)}",
                    "level": level,
                    "text_zh": text_zh,
                    "text_en": text_en,
                    "starts_at": self._settings.clock().isoformat(),
                    "ends_at": ends_at,
                }
            )
        )
        with self._lock:
            self._posted.insert(0, notice)
        return notice

    def now(self) -> NoticesAnswer:
        """What is in force."""
        at = self._settings.clock()
        with self._lock:
            return NoticesAnswer(
                notices=[one for one in self._posted if one.ends_at is None or one.ends_at > at]
            )


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Keeps events of terminals, each once."""

    database: Database

    def take(self, batch: TelemetryBatch) -> TelemetryReceipt:
        """Take what is new; the id tells."""
        with self.database.write() as connection:
            taken = sum(
                insert_if_absent(
                    connection,
                    telemetry,
                    id=event.id,
                    terminal=batch.terminal,
                    seq=event.seq,
                    event=event.model_dump_json(),
                )
                for event in batch.events
            )
            last = connection.execute(
                select(func.max(telemetry.c.seq)).where(telemetry.c.terminal == batch.terminal)
            ).scalar_one()
        return TelemetryReceipt(taken=taken, last_seq=last or 0)

    def calls(self) -> list[dict[str, str]]:
        """Calls for a person, as a branch's staff see them, oldest first: those that stand, and those
        nobody answered. Codes: ``staff.called.REASON`` and ``staff.call_ended.HOW``."""
        with self.database.read() as connection:
            rows = connection.execute(
                select(telemetry.c.terminal, telemetry.c.event).order_by(telemetry.c.seq)
            ).all()
        found: dict[tuple[str, int], dict[str, str]] = {}
        for terminal, text in rows:
            event = TelemetryEvent.model_validate_json(text)
            kind, _, word = event.code.rpartition(".")
            call = (terminal, int(event.data.get("call", 0)))
            if kind == "staff.called":
                since = event.ts.isoformat()
                found[call] = {
                    "terminal": terminal,
                    "since": since,
                    "reason": word,
                    "state": "open",
                }
            elif kind == "staff.call_ended" and call in found:
                if word == "unanswered":
                    found[call]["state"] = word
                else:
                    del found[call]
        return list(found.values())
