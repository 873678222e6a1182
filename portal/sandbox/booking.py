"""Appointments: the times of the next ten working days, each with a few places."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import Connection, select, update

from portal.contract.answers import AppointmentBooked, Slot, SlotsAnswer
from portal.contract.base import ProblemCode
from portal.sandbox.database import Database, insert_if_absent, serials, slots
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

_STARTS = (9, 10, 11, 14, 15, 16)
_DAYS = 10


class Booking:
    """Offers times and books them."""

    def __init__(self, settings: SandboxSettings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def offered(self, item: str, division: str, date_from: dt.date | None) -> SlotsAnswer:
        """Times from ``date_from`` (at the earliest tomorrow) on, full ones with ``free`` 0."""
        tomorrow = self._settings.clock().date() + dt.timedelta(days=1)
        days = self._settings.next_working_days(max(tomorrow, date_from or tomorrow), _DAYS)
        offered = [self._slot(item, division, day, hour) for day in days for hour in _STARTS]
        ids = [slot.slot_id for slot in offered]
        with self._database.read() as connection:
            found = connection.execute(select(slots).where(slots.c.slot_id.in_(ids))).all()
        taken = {row.slot_id: row.taken for row in found}
        return SlotsAnswer(
            slots=[
                slot.model_copy(update={"free": slot.free - taken.get(slot.slot_id, 0)})
                for slot in offered
            ]
        )

    def book(
        self, connection: Connection, item: str, division: str, slot_id: str | None
    ) -> AppointmentBooked:
        """Take one place, or raise :class:`Refusal` ``slot_taken``."""
        slot = self._find(item, division, slot_id)
        insert_if_absent(connection, slots, slot_id=slot.slot_id, taken=0)
        capacity = self._settings.slot_capacity
        booked = connection.execute(
            update(slots)
            .where(slots.c.slot_id == slot.slot_id, slots.c.taken < capacity)
            .values(taken=slots.c.taken + 1)
        )
        if booked.rowcount != 1:
            raise Refusal(ProblemCode.SLOT_TAKEN, fields=[("/slot_id", "full")])
        seat = self._next_number(connection, slot.slot_id)
        return AppointmentBooked(
            date=slot.date,
            start=slot.start,
            end=slot.end,
            place_zh=slot.place_zh,
            place_en=slot.place_en,
            number=f"{slot.start[:2]}{seat:02d}",
        )

    def release(self, connection: Connection, slot_id: str) -> None:
        """Give a booked place back; called once, when its case is withdrawn."""
        connection.execute(
            update(slots)
            .where(slots.c.slot_id == slot_id, slots.c.taken > 0)
            .values(taken=slots.c.taken - 1)
        )

    def _next_number(self, connection: Connection, slot_id: str) -> int:
        """Counts bookings, not places: a place given back and taken again gets a new number."""
        insert_if_absent(connection, serials, prefix=slot_id, last=0)
        mine = serials.c.prefix == slot_id
        connection.execute(update(serials).where(mine).values(last=serials.c.last + 1))
        return int(connection.execute(select(serials.c.last).where(mine)).scalar_one())

    def _find(self, item: str, division: str, slot_id: str | None) -> Slot:
        try:
            day, hour, _ = (slot_id or "").split("-")
            date = dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a date only
            slot = self._slot(item, division, date, int(hour))
        except ValueError as error:
            raise Refusal(ProblemCode.SLOT_TAKEN, fields=[("/slot_id", "unknown")]) from error
        offered = (
            slot.slot_id == slot_id
            and int(hour) in _STARTS
            and date > self._settings.clock().date()
            and self._settings.is_working_day(date)
        )
        if not offered:
            raise Refusal(ProblemCode.SLOT_TAKEN, fields=[("/slot_id", "not_offered")])
        return slot

    def _slot(self, item: str, division: str, day: dt.date, hour: int) -> Slot:
        place = hashlib.sha256(f"{item}:{division}".encode()).hexdigest()[:12]
        return Slot(
            slot_id=f"{day:%Y%m%d}-{hour:02d}-{place}",
            date=day,
            start=f"{hour:02d}:00",
            end=f"{hour + 1:02d}:00",
            free=self._settings.slot_capacity,
            place_zh="政务服务大厅（沙盒）",
            place_en="Service hall (sandbox)",
        )
