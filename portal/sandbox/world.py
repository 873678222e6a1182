"""Everything a sandbox consists of, wired together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from portal.contract.base import ProblemCode
from portal.sandbox.actions import CaseActions
from portal.sandbox.booking import Booking
from portal.sandbox.cases import CaseDesk
from portal.sandbox.contract_watch import ContractWatch
from portal.sandbox.credentials import Credentials
from portal.sandbox.database import Database, actions, cases, drafts, evaluations, keys, orders
from portal.sandbox.drafts import Drafts
from portal.sandbox.editions import Editions
from portal.sandbox.endings import Endings
from portal.sandbox.faults import Faults
from portal.sandbox.gateways import CITIES, Gateways
from portal.sandbox.guesses import Guesses
from portal.sandbox.items import Items
from portal.sandbox.once import Once
from portal.sandbox.operations import Notices, Telemetry
from portal.sandbox.payments import Payments
from portal.sandbox.problems import Refusal
from portal.sandbox.proofs import Proofs
from portal.sandbox.receivers import Receivers
from portal.sandbox.records import Records
from portal.sandbox.refusals import Refusals
from portal.sandbox.refused_acts import RefusedActs
from portal.sandbox.routing import Routes
from portal.sandbox.sessions import PersonDesk, Sessions
from portal.sandbox.settings import SandboxSettings
from portal.sandbox.terminals import Terminals
from portal.sandbox.tokens import TokenDesk
from portal.sandbox.uploads import Uploads


class World:
    """One sandbox: its database, keys, gateways, faults and desks."""

    def __init__(self, settings: SandboxSettings, faults: Faults | None = None) -> None:
        self.settings = settings
        self.faults = faults or Faults()
        self.watch = ContractWatch() if settings.check_contract else None
        self.items = Items(settings.catalogue)
        self.database = Database(settings.database_url)
        self.database.prepare()
        self.receivers = Receivers(self.database, CITIES, settings.clock())
        self.editions = Editions(settings, self.database)
        self.credentials = Credentials(settings, self.receivers)
        self.terminals = Terminals(settings, self.database)
        self.tokens = TokenDesk(settings.clock, settings.token_valid_s)
        self.gateways = Gateways(settings)
        self.routes = Routes(settings, self.items, self.gateways)
        self.guesses = Guesses(settings.clock)
        self.booking = Booking(settings, self.database)
        self.payments = Payments(settings, self.database)
        records = Records(settings.seed)
        self.proofs = Proofs(settings, self.database, self.items, self.receivers, records)
        self.uploads = Uploads(settings, self.database)
        once = Once(settings, self.database)
        self.drafts = Drafts(settings, self.database, once, self.receivers)
        self.desk = CaseDesk(
            settings,
            self.database,
            once,
            self.items,
            self.receivers,
            self.gateways,
            records,
            self.booking,
            self.payments,
            self.proofs,
            self.uploads,
            Refusals(settings, self.database, self.receivers),
        )
        self.actions = CaseActions(
            settings,
            self.database,
            once,
            self.items,
            self.receivers,
            self.gateways,
            self.booking,
            self.payments,
            self.uploads,
            acts := RefusedActs(settings, self.database),
        )
        self.endings = Endings(settings, self.database, acts)
        self.notices = Notices(settings)
        self.telemetry = Telemetry(self.database)
        self.sessions = Sessions(settings.clock, self.receivers)
        self.persons = PersonDesk(
            settings.clock, self.database, self.actions, settings.cases_at_once
        )

    def effects(self, key: str) -> dict[str, Any]:
        """How often a key took effect (0 or 1) and how often it was answered again."""
        with self.database.read() as connection:
            row = connection.execute(select(keys).where(keys.c.key == key)).one_or_none()
            if row is None:
                return {"key": key, "scope": None, "effects": 0, "replays": 0}
            table = {"case": cases, "evaluation": evaluations, "draft": drafts}.get(
                row.scope, actions
            )
            count = connection.execute(
                select(func.count()).select_from(table).where(table.c.key == key)
            ).scalar_one()
        return {"key": key, "scope": row.scope, "effects": count, "replays": row.replays}

    def state(self) -> dict[str, Any]:
        """Counts for tests and the demo panel; nothing personal."""
        with self.database.read() as connection:
            per_city = connection.execute(
                select(cases.c.destination, func.count()).group_by(cases.c.destination)
            ).all()
            counts = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (keys, cases, evaluations, orders)
            }
        return {
            **counts,
            "cases_per_destination": dict(tuple(row) for row in per_city),
            "contract": [] if self.watch is None else [str(one) for one in self.watch.findings()],
            "faults": [fault.model_dump(mode="json") for fault in self.faults.listing()],
            "gateways": {code: self.gateways.state(code).value for code in CITIES},
        }

    def check_destination(self, destination: str) -> None:
        """Raise ``not_found`` for a city without a gateway."""
        if destination not in CITIES:
            raise Refusal(ProblemCode.NOT_FOUND)

    def close(self) -> None:
        """Close the database and let hanging requests go."""
        self.faults.clear()
        self.database.close()
