"""What happens to a case after it was taken: events, what is asked for, supplements, withdrawal."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, select, update

from portal.contract.answers import CaseEvent, CaseReceipt
from portal.contract.base import CaseAct, CaseKind, CaseState, Decision, ProblemCode
from portal.contract.progress import (
    ActionReceipt,
    CaseAction,
    CaseEvents,
    HolderRequest,
    SupplementDue,
    SupplementItem,
    SupplementSubmission,
)
from portal.contract.requests import CaseSubmission, Subject
from portal.sandbox.booking import Booking
from portal.sandbox.database import Database, actions, cases, events, supplements
from portal.sandbox.gateways import Gateways
from portal.sandbox.items import Items, check_identity, supplement_faults
from portal.sandbox.once import Kept, Once, received
from portal.sandbox.payments import Payments
from portal.sandbox.problems import Refusal
from portal.sandbox.promises import moved
from portal.sandbox.receivers import Receivers
from portal.sandbox.records import holder_of
from portal.sandbox.refused_acts import RefusedActs, refused_last
from portal.sandbox.settings import SandboxSettings
from portal.sandbox.signed import signed_how
from portal.sandbox.uploads import Uploads

A = TypeVar("A", SupplementSubmission, HolderRequest)

_OPEN = frozenset(
    state.value
    for state in (
        CaseState.SUBMITTED,
        CaseState.ACCEPTED,
        CaseState.SUPPLEMENT_REQUIRED,
        CaseState.IN_PROCESS,
    )
)
"""States from which a holder may withdraw and an authority may go on."""


@dataclass(frozen=True, slots=True)
class CaseActions:
    """The holder's side of a running case, and (by hand, for the demo) the authority's."""

    settings: SandboxSettings
    database: Database
    once: Once
    items: Items
    receivers: Receivers
    gateways: Gateways
    booking: Booking
    payments: Payments
    uploads: Uploads
    refused: RefusedActs

    def events(self, case_no: str, after: int) -> CaseEvents:
        """Steps later than ``after``; ``last`` counts all steps of the case."""
        with self.database.read() as connection:
            case = case_row(connection, case_no)
            steps = connection.execute(
                select(events).where(events.c.case_key == case.key).order_by(events.c.id)
            ).all()
            asked = _asked(connection, case) if _is(case, CaseState.SUPPLEMENT_REQUIRED) else None
            decision = connection.execute(
                select(actions.c.outcome)
                .where(actions.c.case_key == case.key, actions.c.kind == "decision")
                .order_by(actions.c.at.desc())
                .limit(1)
            ).scalar_one_or_none()
            refused = refused_last(connection, case.key)
        return CaseEvents(
            state=CaseState(case.state),
            events=[_event(step) for step in steps[after:]],
            last=len(steps),
            decision=None if decision is None else Decision(decision),
            supplement=None if asked is None else _due(asked),
            signed=signed_how(self.submission(case)),
            act_refused=refused,
        )

    def supplement(self, raw: bytes, case_no: str, action: CaseAction) -> Kept:
        """Take what the authority asked for, once per asking. What its holder is refused for good is
        an event of the case: it may come from a terminal's queue, when nobody waits for the answer."""
        return self._once(CaseAct.SUPPLEMENT, raw, case_no, action, self._take_supplement)

    def withdraw(self, raw: bytes, case_no: str, action: CaseAction) -> Kept:
        """End the case on its holder's wish; a booked time and an unpaid order are given back."""
        return self._once(CaseAct.WITHDRAWAL, raw, case_no, action, self._withdraw)

    def ask(self, case_no: str, items: list[SupplementItem], days: int, note: str) -> SupplementDue:
        """By hand: the authority asks for more within ``days`` days."""
        with self.database.write() as connection:
            case = case_row(connection, case_no)
            if case.state not in _OPEN:
                raise Refusal(ProblemCode.WRONG_STATE)
            now = self.settings.clock()
            _close_asking(connection, case)
            request_id = f"S{secrets.token_hex(8)}"
            connection.execute(
                supplements.insert().values(
                    request_id=request_id,
                    case_key=case.key,
                    asked_at=now.isoformat(),
                    due=(now.date() + dt.timedelta(days=days)).isoformat(),
                    note_zh=note,
                    note_en=note,
                    items=json.dumps([item.model_dump(mode="json") for item in items]),
                    open=1,
                )
            )
            self._move(connection, case, CaseState.SUPPLEMENT_REQUIRED, "需补正", "More is needed")
            return _due(_asked(connection, case))

    def decide(self, case_no: str, decision: Decision) -> None:
        """By hand: the authority decides."""
        with self.database.write() as connection:
            case = case_row(connection, case_no)
            if case.state not in _OPEN:
                raise Refusal(ProblemCode.WRONG_STATE)
            self._record(connection, secrets.token_hex(16), case, "decision", "", decision.value)
            granted = decision is Decision.GRANTED
            words = ("准予", "Granted") if granted else ("不予", "Denied")
            self._move(connection, case, CaseState.DECIDED, *words)

    def _once(self, act: CaseAct, raw: bytes, case_no: str, action: CaseAction, take: Any) -> Kept:
        if action.case_no != case_no:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/case_no", "differs_from_path")])

        def apply(connection: Connection) -> ActionReceipt:
            self.gateways.check(action.destination, None)
            case = case_row(connection, case_no)
            state: CaseState = take(connection, case, action)
            return ActionReceipt(
                key=action.key, case_no=case_no, state=state, at=self.settings.clock()
            )

        try:
            return self.once.apply(act.value, action.key, action.terminal, raw, apply)
        except Refusal as refusal:
            self.refused.note(case_no, act, refusal)
            raise

    def _take_supplement(self, connection: Connection, case: Any, action: CaseAction) -> CaseState:
        given, _ = self._opened(case, action, SupplementSubmission)
        if not _is(case, CaseState.SUPPLEMENT_REQUIRED):
            raise Refusal(ProblemCode.WRONG_STATE)
        asked = _asked(connection, case)
        if given.request_id != asked.request_id:
            raise Refusal(ProblemCode.NOT_FOUND, fields=[("/request_id", "not_the_open_one")])
        if received(action, self.settings.clock()).date() > dt.date.fromisoformat(asked.due):
            raise Refusal(ProblemCode.EXPIRED, title="The last day for this is over")
        wrong = supplement_faults(self.items.get(case.item), _items(asked), given)
        if wrong:
            raise Refusal(ProblemCode.FORM_REJECTED, fields=wrong)
        self.uploads.claim(connection, action, given.attachments)
        self._go_on(connection, case, asked, received(action, self.settings.clock()).date())
        _close_asking(connection, case)
        self._record(connection, action.key, case, "supplement", action.sealed)
        self._move(connection, case, CaseState.IN_PROCESS, "已收到补正材料", "Supplement received")
        return CaseState.IN_PROCESS

    def _go_on(self, connection: Connection, case: Any, asked: Any, given: dt.date) -> None:
        """The promise's clock runs again: its day moves by as much as was waited for the holder."""
        receipt = CaseReceipt.model_validate_json(case.receipt)
        if receipt.promised is None:
            return
        working = self.items.get(case.item).working
        counts = self.settings.is_working_day if working else lambda _day: True
        since = dt.datetime.fromisoformat(asked.asked_at).date()
        promised = moved(receipt.promised, since, given, counts)
        connection.execute(
            update(cases)
            .where(cases.c.key == case.key)
            .values(receipt=receipt.model_copy(update={"promised": promised}).model_dump_json())
        )

    def _withdraw(self, connection: Connection, case: Any, action: CaseAction) -> CaseState:
        _, submission = self._opened(case, action, HolderRequest)
        if case.state not in _OPEN:
            raise Refusal(ProblemCode.WRONG_STATE)
        self.give_back(connection, case, submission)
        self._record(connection, action.key, case, "withdrawal", action.sealed)
        return CaseState.WITHDRAWN

    def give_back(self, connection: Connection, case: Any, submission: CaseSubmission) -> None:
        """Withdraw the case, with its booked time and its unpaid order."""
        self.payments.cancel(connection, case.key)
        if case.kind == CaseKind.APPOINTMENT.value and submission.slot_id is not None:
            self.booking.release(connection, submission.slot_id)
        self._move(connection, case, CaseState.WITHDRAWN, "申请人撤回", "Withdrawn by the holder")

    def submission(self, case: Any) -> CaseSubmission:
        """What was submitted; opened to be looked at, kept nowhere."""
        cw = {"key": case.key, "destination": case.destination, "item": case.item}
        return self.receivers.open(case.sealed, case.destination, cw, CaseSubmission)

    def _opened(self, case: Any, action: CaseAction, model: type[A]) -> tuple[A, CaseSubmission]:
        """The request of the case's holder, and the submission; raises :class:`Refusal`."""
        if case.destination != action.destination:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/destination", "not_the_cases")])
        said = {
            "key": action.key,
            "destination": action.destination,
            "case_no": action.case_no,
        }
        given = self.receivers.open(action.sealed, action.destination, said, model)
        if given.case_no != action.case_no:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/sealed/case_no", "differs")])
        # Nothing is signed anew: whoever was compared or vouched for is known well enough.
        check_identity(self.items.get(case.item).at_most_l2(), given.subject, given.assurance)
        submission = self.submission(case)
        if not same_person(submission.subject, given.subject):
            raise Refusal(ProblemCode.FORBIDDEN, title="This person is not the case's holder")
        return given, submission

    def _move(self, connection: Connection, case: Any, state: CaseState, zh: str, en: str) -> None:
        now = self.settings.clock().isoformat()
        connection.execute(update(cases).where(cases.c.key == case.key).values(state=state.value))
        connection.execute(
            events.insert().values(
                case_key=case.key, at=now, state=state.value, note_zh=zh, note_en=en
            )
        )

    def _record(
        self,
        connection: Connection,
        key: str,
        case: Any,
        kind: str,
        sealed: str,
        outcome: str | None = None,
    ) -> None:
        connection.execute(
            actions.insert().values(
                key=key,
                case_key=case.key,
                kind=kind,
                at=self.settings.clock().isoformat(),
                sealed=sealed,
                outcome=outcome,
            )
        )


def case_row(connection: Connection, case_no: str) -> Any:
    """The case's row, locked where the transaction writes; raises ``not_found``."""
    wanted = select(cases).where(cases.c.case_no == case_no)
    if connection.get_execution_options().get("sandbox_write"):
        wanted = wanted.with_for_update()
    case = connection.execute(wanted).one_or_none()
    if case is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return case


def same_person(one: Subject | None, other: Subject) -> bool:
    """By document and name; nobody is the same as somebody."""
    if one is None or one.name != other.name:
        return False
    return holder_of(one, {}) == holder_of(other, {})


def is_open(case: Any) -> bool:
    """Whether the holder may still withdraw it."""
    return case.state in _OPEN


def _is(case: Any, state: CaseState) -> bool:
    return str(case.state) == state.value


def _asked(connection: Connection, case: Any) -> Any:
    return connection.execute(
        select(supplements).where(supplements.c.case_key == case.key, supplements.c.open == 1)
    ).one()


def _close_asking(connection: Connection, case: Any) -> None:
    connection.execute(update(supplements).where(supplements.c.case_key == case.key).values(open=0))


def _due(asked: Any) -> SupplementDue:
    return SupplementDue(
        request_id=asked.request_id,
        due=dt.date.fromisoformat(asked.due),
        note_zh=asked.note_zh,
        note_en=asked.note_en,
        items=_items(asked),
    )


def _items(asked: Any) -> list[SupplementItem]:
    return TypeAdapter(list[SupplementItem]).validate_json(asked.items)


def _event(step: Any) -> CaseEvent:
    return CaseEvent(
        at=dt.datetime.fromisoformat(step.at),
        state=CaseState(step.state),
        note_zh=step.note_zh,
        note_en=step.note_en,
    )
