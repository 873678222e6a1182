"""How submissions ended that never came here, as the terminals that took them in say.

Kept beside what the portal itself refused, for their look-up codes only. A case of the same key always
counts more: look-ups see it first, and nothing here is in the way of its key. Of a supplement or a
withdrawal the case tells, as of one that was refused here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import OperationalError

from portal.codes import lookup_code
from portal.contract.answers import Ended, LookupAnswer, Refused
from portal.contract.base import CaseAct, CaseState, ProblemCode, SubmissionEnd
from portal.contract.endings import EndingReceipt, EndingReport
from portal.sandbox.database import Database, cases, insert_if_absent
from portal.sandbox.problems import Refusal
from portal.sandbox.refusals import forget_old, refusals
from portal.sandbox.refused_acts import RefusedActs
from portal.sandbox.settings import SandboxSettings

_NEARLY = dt.timedelta(minutes=1)
"""A terminal's clock may be ahead by so much and be believed."""


@dataclass(frozen=True, slots=True)
class Endings:
    """The portal's memory of them."""

    settings: SandboxSettings
    database: Database
    acts: RefusedActs

    def note(self, report: EndingReport) -> EndingReceipt:
        """Remember how it ended, unless what it handed in is here; what its terminal said last counts."""
        if (report.act is None) is not (report.case_key is None):
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/case_key", "without_act")])
        if report.lookup_code != lookup_code(report.case_key or report.key):
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/lookup_code", "differs")])
        try:
            with self.database.write() as connection:
                if report.act is not None:
                    noted = self.acts.note_ended(connection, CaseAct(report.act), report)
                else:
                    noted = self._note(connection, report)
        except OperationalError as error:
            raise Refusal(ProblemCode.DUPLICATE_IN_PROGRESS, retry_after_s=1) from error
        return EndingReceipt(key=report.key, noted=noted)

    def _note(self, connection: Connection, report: EndingReport) -> bool:
        arrived = select(cases.c.key).where(cases.c.key == report.key)
        if connection.execute(arrived).one_or_none() is not None:
            return False
        now = self.settings.clock()
        forget_old(connection, now)
        told = {
            "lookup_code": report.lookup_code,
            "refused_at": now.isoformat(),
            "shown": self._shown(report).model_dump_json(),
            "terminal": report.terminal,
        }
        if insert_if_absent(connection, refusals, key=report.key, **told):
            return True
        this = refusals.c.key == report.key
        known = connection.execute(select(refusals).where(this).with_for_update()).one()
        if _gives_way(known, report):
            connection.execute(update(refusals).where(this).values(**told))
        return True

    def _shown(self, report: EndingReport) -> LookupAnswer:
        now = self.settings.clock()
        said, at = report.accepted_at, min(report.at, now)
        refused = report.refused if report.how is SubmissionEnd.REFUSED else None
        return LookupAnswer(
            state=CaseState.NOT_ACCEPTED,
            item=report.item or "",
            received_at=min(said, now) if said is not None and said - now < _NEARLY else None,
            accepted_at=at,
            authority_zh=report.authority_zh or "",
            authority_en=report.authority_en or "",
            refused=None if refused is None else Refused(**refused.model_dump()),
            ended=Ended(how=report.how.value, at=at),
        )


def _gives_way(known: Any, report: EndingReport) -> bool:
    """Whether what is ``known`` may be replaced: the portal's own refusal never is, and what a terminal
    said only by itself."""
    if known.terminal is not None and known.terminal != report.terminal:
        raise Refusal(ProblemCode.FORBIDDEN, fields=[("/key", "of_another_terminal")])
    return known.terminal is not None
