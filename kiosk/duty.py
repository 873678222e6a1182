"""When a desk or a gateway opens again, and that moment in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.settings import DeskHours, Settings
from config.text import Text
from config.working_days import WorkingDays

_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Desk:
    """Staff within call of this terminal. ``opens``: when somebody is there again, None while somebody is;
    ``now``: by which this was judged; ``authorises``: signed requests wait for their release."""

    opens: datetime | None = None
    now: datetime | None = None
    phone: str = ""
    authorises: bool = False


ALWAYS = Desk()
"""Somebody is always there."""


def desk_at(settings: Settings, now: datetime, calendar: WorkingDays) -> Desk:
    """Who is at this terminal's desk."""
    hours = settings.staff.hours
    return Desk(
        opens=None if hours is None else opens_at(hours, now, calendar),
        now=now,
        phone=settings.terminal.staff_phone,
        authorises=settings.staff.authorisation,
    )


def opens_at(hours: DeskHours, now: datetime, calendar: WorkingDays) -> datetime | None:
    """The next opening, in ``now``'s zone; None while the desk is open."""

    def works(day: date) -> bool:
        return hours.days == "every" or calendar.is_working_day(day)

    if works(now.date()) and hours.opens <= now.time() < hours.closes:
        return None
    days = (now.date() + timedelta(days=n) for n in range(_MOST_DAYS))
    openings = (datetime.combine(day, hours.opens, now.tzinfo) for day in days if works(day))
    return next((at for at in openings if at > now), None)


def moment(at: datetime, now: datetime) -> Text:
    """``today at 9:00`` within a day or two, else the date."""
    at = at.astimezone(now.tzinfo)
    clock = f"{at.hour}:{at:%M}"
    match (at.date() - now.date()).days:
        case 0:
            return Text(zh=f"今天 {clock}", en=f"today at {clock}")
        case 1:
            return Text(zh=f"明天 {clock}", en=f"tomorrow at {clock}")
        case _:
            return Text(zh=f"{at.month} 月 {at.day} 日 {clock}", en=f"{at.day} {at:%B} at {clock}")
