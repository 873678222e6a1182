"""Takes cases and evaluations: once per key, effect and key in one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from portal.codes import lookup_code
from portal.contract.answers import (
    CaseEvent,
    CaseReceipt,
    CaseStatus,
    EvaluationReceipt,
    LookupAnswer,
    Promised,
    QueryAnswer,
)
from portal.contract.base import CaseKind, CaseState, ProblemCode
from portal.contract.requests import (
    CaseEnvelope,
    CaseSubmission,
    EvaluationRequest,
    QueryEnvelope,
    QueryRequest,
)
from portal.sandbox.booking import Booking
from portal.sandbox.database import (
    Database,
    cases,
    evaluations,
    events,
    insert_if_absent,
    keys,
    serials,
)
from portal.sandbox.gateways import Gateways
from portal.sandbox.items import Item, Items, check_form, check_identity
from portal.sandbox.once import Kept, Once, received
from portal.sandbox.payments import Payments
from portal.sandbox.problems import Refusal
from portal.sandbox.promises import still_promised
from portal.sandbox.proofs import Proofs
from portal.sandbox.receivers import Receivers
from portal.sandbox.records import Records, holder_of
from portal.sandbox.refusals import Refusals
from portal.sandbox.refused_acts import refused_last
from portal.sandbox.settings import SandboxSettings
from portal.sandbox.signed import check_signature
from portal.sandbox.uploads import Uploads

_NOTES = {
    CaseState.ACCEPTED: ("已受理", "Accepted"),
    CaseState.IN_PROCESS: ("待缴费", "Waiting for payment"),
    CaseState.DECIDED: ("已办结", "Completed"),
}
_STATES = {
    CaseKind.QUERY: CaseState.DECIDED,
    CaseKind.PRINT: CaseState.DECIDED,
    CaseKind.APPLY: CaseState.ACCEPTED,
    CaseKind.APPOINTMENT: CaseState.ACCEPTED,
    CaseKind.PAY: CaseState.IN_PROCESS,
}


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """The portal's counter."""

    settings: SandboxSettings
    database: Database
    once: Once
    items: Items
    receivers: Receivers
    gateways: Gateways
    records: Records
    booking: Booking
    payments: Payments
    proofs: Proofs
    uploads: Uploads
    refusals: Refusals

    def submit(self, raw: bytes, envelope: CaseEnvelope, base_url: str) -> Kept:
        """Take a case; ``raw`` is the body as it came."""
        if envelope.lookup_code != lookup_code(envelope.key):
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/lookup_code", "differs")])
        try:
            return self.once.apply(
                "case",
                envelope.key,
                envelope.terminal,
                raw,
                lambda connection: self._apply(connection, envelope, base_url),
            )
        except Refusal as refusal:
            self.refusals.note(envelope, refusal, received(envelope, self.settings.clock()))
            raise

    def evaluate(self, raw: bytes, request: EvaluationRequest) -> Kept:
        """Record an evaluation, once per case."""
        return self.once.apply(
            "evaluation",
            request.key,
            request.terminal,
            raw,
            lambda connection: self._record_evaluation(connection, request),
        )

    def query(self, envelope: QueryEnvelope) -> QueryAnswer:
        """Answer a question; nothing of it is kept."""
        self.gateways.check(envelope.destination, None)
        item = self.items.get(envelope.item)
        cw = {"destination": envelope.destination, "item": envelope.item}
        request = self.receivers.open(
            envelope.sealed, envelope.destination, cw, QueryRequest, optional=("key",)
        )
        if request.item != envelope.item:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/item", "differs")])
        check_identity(item, request.subject, request.assurance)
        holder = holder_of(request.subject, request.params)
        today = self.settings.clock().date()
        answer = self.records.answer(item, holder, today)
        bills = self.records.bills(item, holder, today)
        with self.database.read() as connection:
            due = self.payments.unpaid(connection, bills)
        return answer.model_copy(update={"bills": [each.bill for each in due]})

    def receipt_by_key(self, key: str, scopes: Sequence[str] = ("case",)) -> str:
        """The kept receipt of what was done under a key; ``not_found`` means: not applied."""
        with self.database.read() as connection:
            answer = connection.execute(
                select(keys.c.answer).where(keys.c.key == key, keys.c.scope.in_(scopes))
            ).scalar_one_or_none()
        if answer is None:
            raise Refusal(ProblemCode.NOT_FOUND)
        return str(answer)

    def status(self, case_no: str) -> CaseStatus:
        """A case with its history."""
        with self.database.read() as connection:
            row = connection.execute(select(cases).where(cases.c.case_no == case_no)).one_or_none()
            if row is None:
                raise Refusal(ProblemCode.NOT_FOUND)
            history = connection.execute(
                select(events).where(events.c.case_key == row.key).order_by(events.c.id)
            ).all()
        receipt, state = CaseReceipt.model_validate_json(row.receipt), CaseState(row.state)
        return CaseStatus(
            receipt=receipt.model_copy(
                update={"state": state, "promised": still_promised(receipt, state)}
            ),
            events=[
                CaseEvent(
                    at=dt.datetime.fromisoformat(each.at),
                    state=CaseState(each.state),
                    note_zh=each.note_zh,
                    note_en=each.note_en,
                )
                for each in history
            ],
        )

    def lookup(self, code: str) -> LookupAnswer:
        """What a look-up code shows."""
        with self.database.read() as connection:
            row = connection.execute(
                select(cases)
                .where(cases.c.lookup_code == code.upper())
                .order_by(cases.c.accepted_at.desc())
                .limit(1)
            ).one_or_none()
            act = None if row is None else refused_last(connection, row.key)
        if row is None:
            refused = self.refusals.find(code.upper())
            if refused is None:
                raise Refusal(ProblemCode.NOT_FOUND)
            return refused
        receipt = CaseReceipt.model_validate_json(row.receipt)
        return LookupAnswer(
            state=CaseState(row.state),
            item=row.item,
            received_at=dt.datetime.fromisoformat(row.received_at),
            accepted_at=receipt.accepted_at,
            promised=still_promised(receipt, CaseState(row.state)),
            authority_zh=receipt.authority_zh,
            authority_en=receipt.authority_en,
            act_refused=act,
        )

    def _apply(self, connection: Connection, envelope: CaseEnvelope, base_url: str) -> CaseReceipt:
        item = self.items.get(envelope.item)
        cw = {
            "key": envelope.key,
            "destination": envelope.destination,
            "item": envelope.item,
        }
        submission = self.receivers.open(envelope.sealed, envelope.destination, cw, CaseSubmission)
        _check_agreement(envelope, submission, item)
        forwarded = self.gateways.check(envelope.destination, submission.route.mode)
        check_identity(item, submission.subject, submission.assurance)
        check_signature(item, submission, envelope.accepted_at)
        check_form(item, submission.form)
        receipt = self._bare_receipt(connection, envelope, submission)
        self._insert_case(connection, envelope, receipt)
        self.uploads.claim(connection, envelope, submission.attachments)
        self._insert_event(connection, receipt, *_NOTES[receipt.state])
        if not forwarded:
            note = ("已代收，待对方开放后转送", "Collected here, to be forwarded when open")
            self._insert_event(connection, receipt, *note)
        receipt = receipt.model_copy(
            update=self._outputs(connection, item, submission, envelope.key, base_url)
        )
        connection.execute(
            update(cases)
            .where(cases.c.key == envelope.key)
            .values(receipt=receipt.model_dump_json())
        )
        return receipt

    def _outputs(
        self,
        connection: Connection,
        item: Item,
        submission: CaseSubmission,
        key: str,
        base_url: str,
    ) -> dict[str, object]:
        if item.kind is CaseKind.PRINT:
            return {"document": self.proofs.issue(connection, key, item, submission)}
        if item.kind is CaseKind.APPOINTMENT:
            division, slot_id = submission.route.division, submission.slot_id
            return {"appointment": self.booking.book(connection, item.code, division, slot_id)}
        if item.kind is CaseKind.PAY:
            holder = holder_of(submission.subject, submission.form)
            bills = self.records.bills(item, holder, self.settings.clock().date())
            chosen = self.payments.chosen(bills, submission.bill_ids)
            return {"payment": self.payments.open_order(connection, key, chosen, base_url)}
        return {}

    def _bare_receipt(
        self, connection: Connection, envelope: CaseEnvelope, submission: CaseSubmission
    ) -> CaseReceipt:
        now = self.settings.clock()
        promised = submission.promised
        return CaseReceipt(
            key=envelope.key,
            case_no=_case_number(connection, envelope, now.date()),
            lookup_code=envelope.lookup_code,
            state=_STATES[envelope.kind],
            accepted_at=now,
            promised=None
            if promised is None
            else Promised(date=promised.date, estimated=promised.estimated),
            authority_zh=submission.route.authority_zh,
            authority_en=submission.route.authority_en,
            destination=envelope.destination,
        )

    def _insert_case(
        self, connection: Connection, envelope: CaseEnvelope, receipt: CaseReceipt
    ) -> None:
        connection.execute(
            cases.insert().values(
                key=envelope.key,
                case_no=receipt.case_no,
                lookup_code=envelope.lookup_code,
                item=envelope.item,
                kind=envelope.kind.value,
                destination=envelope.destination,
                state=receipt.state.value,
                received_at=received(envelope, receipt.accepted_at).isoformat(),
                accepted_at=receipt.accepted_at.isoformat(),
                receipt=receipt.model_dump_json(),
                sealed=envelope.sealed,
            )
        )

    def _insert_event(
        self, connection: Connection, receipt: CaseReceipt, note_zh: str, note_en: str
    ) -> None:
        connection.execute(
            events.insert().values(
                case_key=receipt.key,
                at=receipt.accepted_at.isoformat(),
                state=receipt.state.value,
                note_zh=note_zh,
                note_en=note_en,
            )
        )

    def _record_evaluation(
        self, connection: Connection, request: EvaluationRequest
    ) -> EvaluationReceipt:
        known = connection.execute(
            select(func.count()).select_from(cases).where(cases.c.key == request.case_key)
        ).scalar_one()
        if not known:
            raise Refusal(ProblemCode.NOT_FOUND, fields=[("/case_key", "unknown")])
        now = self.settings.clock()
        recorded = insert_if_absent(
            connection,
            evaluations,
            case_key=request.case_key,
            key=request.key,
            grade=request.grade,
            recorded_at=now.isoformat(),
        )
        if not recorded:
            raise Refusal(ProblemCode.EXPIRED, title="This case was evaluated already")
        return EvaluationReceipt(key=request.key, case_key=request.case_key, recorded_at=now)


def _check_agreement(envelope: CaseEnvelope, submission: CaseSubmission, item: Item) -> None:
    differing = [
        (f"/{name}", "differs")
        for name, agrees in (
            ("item", submission.item == envelope.item),
            ("kind", submission.kind is envelope.kind and envelope.kind is item.kind),
            ("route/destination", submission.route.destination == envelope.destination),
        )
        if not agrees
    ]
    if differing:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=differing)
    if submission.consent is not None and not submission.consent.given:
        raise Refusal(ProblemCode.FORM_REJECTED, fields=[("/consent/given", "not_given")])


def _case_number(connection: Connection, envelope: CaseEnvelope, day: dt.date) -> str:
    """办件流水号: 31-character implementation code, date, serial; the authority is invented."""
    basic = f"4420{int(hashlib.sha256(envelope.item.encode()).hexdigest(), 16) % 10**8:08d}"
    prefix = f"11{envelope.destination}000000000X3{basic}{day:%Y%m%d}"
    insert_if_absent(connection, serials, prefix=prefix, last=0)
    connection.execute(
        update(serials).where(serials.c.prefix == prefix).values(last=serials.c.last + 1)
    )
    serial = connection.execute(
        select(serials.c.last).where(serials.c.prefix == prefix)
    ).scalar_one()
    return f"{prefix}{serial:04d}"
