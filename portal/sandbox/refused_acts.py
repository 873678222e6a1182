"""A supplement or withdrawal that was refused for good, or ended at its terminal: noted at its case, so
that its holder learns of it at any terminal. The one that took it may be far away, and the person long
gone from it.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from portal.contract.answers import ActRefused
from portal.contract.base import CaseAct, CaseState, ProblemCode, SubmissionEnd
from portal.contract.endings import EndingReport
from portal.sandbox.database import Database, actions, cases, events
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

log = logging.getLogger(__name__)

_REPLACED = (("/request_id", "not_the_open_one"),)
_KIND = "{}_refused"
_ACTS = {_KIND.format(act.value): act for act in (CaseAct.SUPPLEMENT, CaseAct.WITHDRAWAL)}
_UNSENT = "unsent"
"""The code of what its terminal could not send in time."""
_SUPPLEMENT: dict[str, tuple[str, str]] = {
    _UNSENT: (
        "补交的材料没有收到：过了时限还没送出去，请重新补交",
        "What was handed in never arrived: it could not be sent in time; please hand it in again",
    ),
    ProblemCode.EXPIRED: (
        "补交的材料没有收下：过了最后一天",
        "What was handed in was not taken: the last day was over",
    ),
    ProblemCode.WRONG_STATE: (
        "补交的材料没有收下：已经不要补了",
        "What was handed in was not taken: nothing was asked for any more",
    ),
    ProblemCode.FORM_REJECTED: (
        "补交的材料没有收下：内容不齐或有误，请重新补交",
        "What was handed in was not taken: something was missing or wrong; please hand it in again",
    ),
    ProblemCode.UPLOAD_DIFFERS: (
        "补交的材料没有收下：照片没有传完整，请重新补交",
        "What was handed in was not taken: a picture arrived damaged; please hand it in again",
    ),
    ProblemCode.NOT_FOUND: (
        "补交的材料没有收下：后来要补的换了，请重新补交",
        "What was handed in was not taken: something else was asked for since; please hand that in",
    ),
}
_WORDS: dict[CaseAct, dict[str, tuple[str, str]]] = {
    CaseAct.SUPPLEMENT: _SUPPLEMENT,
    CaseAct.WITHDRAWAL: {
        _UNSENT: (
            "撤回没有生效：过了时限还没送出去",
            "The withdrawal had no effect: it could not be sent in time",
        ),
        ProblemCode.WRONG_STATE: (
            "撤回没有生效：这件事现在不能撤回",
            "The withdrawal had no effect: the case can't be taken back any more",
        ),
    },
}
"""Refusals that are raised only once the person is known to be the case's holder, and ``_UNSENT``."""


@dataclass(frozen=True, slots=True)
class RefusedActs:
    """The portal's memory of them: a step of the case in words, and the code beside its actions."""

    settings: SandboxSettings
    database: Database

    def note(self, case_no: str, act: CaseAct, refusal: Refusal) -> None:
        """Remember it, if it is for good and was the holder's own; once, however often it comes."""
        if refusal.code not in _WORDS[act] or (
            refusal.code is ProblemCode.NOT_FOUND and refusal.fields != _REPLACED
        ):
            return
        try:
            with self.database.write() as connection:
                case = connection.execute(
                    select(cases).where(cases.c.case_no == case_no).with_for_update()
                ).one_or_none()
                wished = act is CaseAct.WITHDRAWAL and CaseState.WITHDRAWN.value
                if case is not None and case.state != wished:
                    self._add(connection, case, act, refusal.code.value)
        except OperationalError:
            # The refusal itself is the answer; only who asks elsewhere will not know of it.
            log.warning("refused_act.not_noted code=%s", refusal.code.value)

    def note_ended(self, connection: Connection, act: CaseAct, report: EndingReport) -> bool:
        """Remember what a terminal says of one that never arrived whole. Not of one that is here, nor where
        the case has moved on since it was handed in."""
        code = _code(act, report)
        case = connection.execute(
            select(cases).where(cases.c.key == report.case_key).with_for_update()
        ).one_or_none()
        here = select(actions.c.key).where(actions.c.key == report.key)
        if case is None or not code or connection.execute(here).one_or_none() is not None:
            return False
        told = refused_last(connection, case.key)
        if told is not None and (told.act, told.code) == (act, code):
            return True
        last = connection.execute(
            select(events.c.at)
            .where(events.c.case_key == case.key)
            .order_by(events.c.id.desc())
            .limit(1)
        ).scalar_one()
        if dt.datetime.fromisoformat(last) > (report.accepted_at or report.at):
            return False
        self._add(connection, case, act, code)
        return True

    def _add(self, connection: Connection, case: Any, act: CaseAct, code: str) -> None:
        told = refused_last(connection, case.key)
        if told is not None and (told.act, told.code) == (act, code):
            return
        now = self.settings.clock().isoformat()
        connection.execute(
            actions.insert().values(
                key=secrets.token_hex(16),  # its own key may still be answered otherwise
                case_key=case.key,
                kind=_KIND.format(act.value),
                at=now,
                sealed="",
                outcome=code,
            )
        )
        zh, en = _WORDS[act][code]
        connection.execute(
            events.insert().values(
                case_key=case.key, at=now, state=case.state, note_zh=zh, note_en=en
            )
        )


def refused_last(connection: Connection, case_key: str) -> ActRefused | None:
    """What was refused of what the holder last did; None once the case has moved on."""
    row = connection.execute(
        select(actions)
        .where(actions.c.case_key == case_key, actions.c.kind.in_(_ACTS))
        .order_by(actions.c.at.desc())
        .limit(1)
    ).one_or_none()
    last = connection.execute(
        select(events).where(events.c.case_key == case_key).order_by(events.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None or last is None:
        return None
    act = _ACTS[row.kind]
    if (last.at, last.note_en) != (row.at, _WORDS[act][row.outcome][1]):
        return None
    return ActRefused(act=act, code=row.outcome, at=dt.datetime.fromisoformat(row.at))


def _code(act: CaseAct, report: EndingReport) -> str:
    """The code it is remembered by; "" for what the holder need not be told, or was told already."""
    if report.how is SubmissionEnd.EXPIRED:
        return _UNSENT
    fell = report.how is SubmissionEnd.REFUSED and act is CaseAct.SUPPLEMENT
    papers = fell and report.refused is not None and report.refused.materials
    return ProblemCode.UPLOAD_DIFFERS.value if papers else ""
