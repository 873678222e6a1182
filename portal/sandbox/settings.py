"""What a sandbox is told, its clock and its working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.contract.routing import RouteAnswer, RouteQuestion
from portal.sandbox.authority import Authority

CHINA_TIME = dt.timezone(dt.timedelta(hours=8))


def china_now() -> dt.datetime:
    """Now, in China Standard Time, to the second."""
    return dt.datetime.now(CHINA_TIME).replace(microsecond=0)


def monday_to_friday(day: dt.date) -> bool:
    """The plainest calendar: no public holidays, no make-up days."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings:
    """Settings of one sandbox.

    ``database_url``: SQLAlchemy URL of a SQLite file or PostgreSQL (``postgresql+psycopg://``).
    ``catalogue``: the catalogue document judged by. ``edition``: a folder of signed tables to publish.
    ``seed`` picks the invented world.
    ``routes``: who decides a matter, by the tables of whoever runs the sandbox; None: it has none.
    ``public_base_url``: where a phone reaches the pages; None means the address of the request.
    ``auto_pay_after_s``: orders pay themselves after so many seconds; None means never.
    ``check_contract``: judge every exchange by ``openapi.yaml`` (see ``contract_watch``).
    ``authority``: who certifies terminals; with it, only those with a certificate get in. Without, the
    sandbox does not ask who they are.
    ``gateway_latency``: factor on the cities' simulated latencies; 0 switches them off.
    """

    database_url: str
    catalogue: Mapping[str, Any]
    edition: Path | None = None
    routes: Callable[[RouteQuestion], RouteAnswer] | None = None
    seed: int = 20260701
    public_base_url: str | None = None
    auto_pay_after_s: float | None = None
    order_valid_s: float = 900.0
    pickup_valid_s: float = 1800.0
    upload_valid_s: float = 86400.0
    credential_valid_s: float = 60.0
    authority: Authority | None = None
    token_valid_s: float = 900.0
    slot_capacity: int = 4
    cases_at_once: int = 20
    check_contract: bool = False
    gateway_latency: float = 1.0
    gateway_hours: bool = True
    clock: Callable[[], dt.datetime] = china_now
    is_working_day: Callable[[dt.date], bool] = monday_to_friday

    def next_working_days(self, start: dt.date, count: int) -> Iterator[dt.date]:
        """``count`` working days, the first on or after ``start``."""
        day, given = start, 0
        while given < count:
            if self.is_working_day(day):
                yield day
                given += 1
            day += dt.timedelta(days=1)
