"""Payment orders: pending, then paid on the phone, or expired."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select, update

from portal.contract.answers import Payment, PaymentDue
from portal.contract.base import CaseState, PaymentState, ProblemCode
from portal.sandbox.database import Database, bill_claims, cases, events, insert_if_absent, orders
from portal.sandbox.problems import Refusal
from portal.sandbox.records import OpenBill
from portal.sandbox.settings import SandboxSettings


class Payments:
    """Opens, settles and expires orders."""

    def __init__(self, settings: SandboxSettings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def chosen(self, bills: Collection[OpenBill], bill_ids: list[str] | None) -> list[OpenBill]:
        """The bills asked for; raises :class:`Refusal` if they are not what is due."""
        by_id = {each.bill.bill_id: each for each in bills}
        if not bill_ids:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/bill_ids", "missing")])
        if any(bill_id not in by_id for bill_id in bill_ids):
            raise Refusal(ProblemCode.BILL_CHANGED, fields=[("/bill_ids", "unknown")])
        chosen = [by_id[bill_id] for bill_id in bill_ids]
        if len({each.claim for each in chosen}) != len(chosen):
            raise Refusal(ProblemCode.FORM_REJECTED, fields=[("/bill_ids", "alternatives")])
        return chosen

    def open_order(
        self, connection: Connection, case_key: str, chosen: list[OpenBill], base_url: str
    ) -> PaymentDue:
        """A pending order for ``chosen``; raises ``bill_changed`` if another order holds one.

        The case row must exist already.
        """
        now = self._settings.clock()
        order_id = f"P{now:%Y%m%d}{secrets.token_hex(8).upper()}"
        expires = now + dt.timedelta(seconds=self._settings.order_valid_s)
        amount = sum(each.bill.amount_fen for each in chosen)
        connection.execute(
            orders.insert().values(
                order_id=order_id,
                case_key=case_key,
                amount_fen=amount,
                state=PaymentState.PENDING.value,
                created_at=now.isoformat(),
                expires_at=expires.isoformat(),
            )
        )
        for claim in sorted(each.claim for each in chosen):
            self._claim(connection, claim, order_id)
        return PaymentDue(
            order_id=order_id,
            amount_fen=amount,
            pay_url=f"{base_url}/pay/{order_id}",
            expires_at=expires,
        )

    def unpaid(self, connection: Connection, bills: list[OpenBill]) -> list[OpenBill]:
        """Without what is paid already."""
        paid = (
            select(bill_claims.c.claim)
            .join(orders, orders.c.order_id == bill_claims.c.order_id)
            .where(
                bill_claims.c.claim.in_([each.claim for each in bills]),
                orders.c.state == PaymentState.PAID.value,
            )
        )
        gone = set(connection.execute(paid).scalars())
        return [each for each in bills if each.claim not in gone]

    def get(self, order_id: str) -> Payment:
        """State now; settles what has expired or pays itself."""
        with self._database.write() as connection:
            return _payment(self._refreshed(connection, order_id))

    def pay(self, order_id: str, channel: str) -> Payment:
        """The phone pays. Paying twice is one payment; an expired order can't be paid."""
        with self._database.write() as connection:
            row = self._refreshed(connection, order_id)
            if row.state == PaymentState.PENDING.value:
                row = self._settle(connection, order_id, channel)
            if row.state != PaymentState.PAID.value:
                raise Refusal(ProblemCode.EXPIRED)
            return _payment(row)

    def cancel(self, connection: Connection, case_key: str) -> None:
        """Cancel the case's unpaid orders; raises ``wrong_state`` when one is paid."""
        found = connection.execute(select(orders.c.order_id).where(orders.c.case_key == case_key))
        for order_id in found.scalars().all():
            if self._refreshed(connection, order_id).state == PaymentState.PAID.value:
                raise Refusal(ProblemCode.WRONG_STATE, title="The order is paid already")
            self._leave_pending(connection, order_id, state=PaymentState.CANCELLED.value)

    def _claim(self, connection: Connection, claim: str, order_id: str) -> None:
        if insert_if_absent(connection, bill_claims, claim=claim, order_id=order_id):
            return
        holder = connection.execute(
            select(bill_claims.c.order_id).where(bill_claims.c.claim == claim)
        ).scalar_one()
        live = self._refreshed(connection, holder).state in ("pending", "paid")
        moved = connection.execute(
            update(bill_claims)
            .where(bill_claims.c.claim == claim, bill_claims.c.order_id == holder)
            .values(order_id=order_id)
        )
        if live or moved.rowcount != 1:
            raise Refusal(ProblemCode.BILL_CHANGED, fields=[("/bill_ids", "being_paid")])

    def _refreshed(self, connection: Connection, order_id: str) -> Any:
        row = _row(connection, order_id)
        if row.state != PaymentState.PENDING.value:
            return row
        now = self._settings.clock()
        auto = self._settings.auto_pay_after_s
        created = dt.datetime.fromisoformat(row.created_at)
        if auto is not None and now >= created + dt.timedelta(seconds=auto):
            return self._settle(connection, order_id, "sandbox")
        if now >= dt.datetime.fromisoformat(row.expires_at):
            self._leave_pending(connection, order_id, state=PaymentState.EXPIRED.value)
            return _row(connection, order_id)
        return row

    def _settle(self, connection: Connection, order_id: str, channel: str) -> Any:
        now = self._settings.clock().isoformat()
        paid = self._leave_pending(
            connection, order_id, state=PaymentState.PAID.value, paid_at=now, channel=channel
        )
        row = _row(connection, order_id)
        if paid:
            state = CaseState.DECIDED.value
            connection.execute(update(cases).where(cases.c.key == row.case_key).values(state=state))
            connection.execute(
                events.insert().values(
                    case_key=row.case_key, at=now, state=state, note_zh="已缴费", note_en="Paid"
                )
            )
        return row

    def _leave_pending(self, connection: Connection, order_id: str, **values: str) -> bool:
        changed = connection.execute(
            update(orders)
            .where(orders.c.order_id == order_id, orders.c.state == PaymentState.PENDING.value)
            .values(**values)
        )
        return changed.rowcount == 1


def _row(connection: Connection, order_id: str) -> Any:
    row = connection.execute(select(orders).where(orders.c.order_id == order_id)).one_or_none()
    if row is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return row


def _payment(row: Any) -> Payment:
    return Payment(
        order_id=row.order_id,
        state=PaymentState(row.state),
        amount_fen=row.amount_fen,
        paid_at=None if row.paid_at is None else dt.datetime.fromisoformat(row.paid_at),
        channel=row.channel,
    )
