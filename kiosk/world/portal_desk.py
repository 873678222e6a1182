"""The sandbox portal as one more thing of the world that can be played with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import desc, select

from config.shipped import load_catalogue
from kiosk.world.portal_routes import resolve_route
from portal.contract.base import GatewayState, PaymentState
from portal.contract.progress import SupplementItem
from portal.sandbox import Fault, FaultKind, SandboxServer, SandboxSettings
from portal.sandbox.actions import is_open
from portal.sandbox.authority import Authority
from portal.sandbox.database import cases, orders
from portal.sandbox.gateways import CITIES
from portal.sandbox.problems import Refusal

_COMMANDS = {
    "fault": f"Arm a fault: kind={'|'.join(FaultKind)}, target=portal, count (none: all), seconds.",
    "clear_faults": "Disarm all faults.",
    "gateway": "A city's gateway: destination=440100, state=available|slow|closed|down (none: own).",
    "pay": "The phone pays an order: order_id (none: the newest pending one).",
    "ask": "The authority asks for more: case_no (none: the newest open case), things=[{code, name_zh, "
    "name_en, kind=field|material}] (none: a phone number and a paper), days=5, note.",
    "effects": "How often a key took effect: key.",
}

_ASKED: Sequence[Mapping[str, str]] = (
    {"code": "phone", "name_zh": "手机号码", "name_en": "Mobile phone", "kind": "field"},
    {
        "code": "household_register",
        "name_zh": "户口簿本人页",
        "name_en": "Household register, your own page",
        "kind": "material",
    },
)


class PortalDesk:
    """Implements :class:`drivers.simulation.Simulator` over a :class:`SandboxServer`.

    Everything the terminal says to it is judged by the contract; ``state()["contract"]`` lists breaks.

    ``database``: file of the sandbox. ``authority``: whose certificates terminals must show, over
    HTTPS. Gateways are open round the clock, so that a demonstration at night shows the same as one in
    the morning.
    """

    def __init__(self, database: Path, authority: Authority | None = None) -> None:
        self._settings = SandboxSettings(
            database_url=f"sqlite:///{database}",
            catalogue=load_catalogue().model_dump(mode="json", by_alias=True),
            routes=resolve_route,
            gateway_hours=False,
            check_contract=True,
            authority=authority,
        )
        self._server: SandboxServer | None = None
        self._answer: Mapping[str, Any] = {}

    def start(self) -> None:
        """Serve on a port of its own."""
        if self._server is None:
            self._server = SandboxServer(self._settings)

    def stop(self) -> None:
        """End; safe to call twice."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    @property
    def server(self) -> SandboxServer:
        """The running server."""
        if self._server is None:
            raise RuntimeError("the sandbox portal is not started")
        return self._server

    @property
    def address(self) -> str:
        """Base URL, past the line."""
        return self.server.base_url

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`; ``answer`` in the state is what it returned."""
        if name not in _COMMANDS:
            raise KeyError(name)
        answer = getattr(self, f"_{name}")(**arguments)
        return {**self.state(), "answer": answer or {}}

    def state(self) -> Mapping[str, Any]:
        """Counts, armed faults, gateways; nothing personal."""
        cities = {code: [city.name_zh, city.name_en] for code, city in CITIES.items()}
        return {**self.server.world.state(), "cities": cities, "address": self.address}

    def _fault(self, **given: Any) -> None:
        self.server.add_fault(Fault.model_validate(given))

    def _clear_faults(self) -> None:
        self.server.clear_faults()

    def _gateway(self, destination: str, state: str | None = None) -> None:
        if destination not in CITIES:
            raise ValueError(f"no gateway for {destination}")
        self.server.set_gateway(destination, None if state is None else GatewayState(state))

    def _pay(self, order_id: str | None = None) -> dict[str, Any]:
        wanted = order_id or self._newest_pending()
        try:
            return self.server.world.payments.pay(wanted, "phone").model_dump(mode="json")
        except Refusal as refusal:
            raise ValueError(f"this order cannot be paid: {refusal}") from refusal

    def _newest_pending(self) -> str:
        pending = (
            select(orders.c.order_id)
            .where(orders.c.state == PaymentState.PENDING.value)
            .order_by(desc(orders.c.created_at), desc(orders.c.order_id))
            .limit(1)
        )
        with self.server.world.database.read() as connection:
            found = connection.execute(pending).scalar_one_or_none()
        if found is None:
            raise ValueError("nothing is waiting to be paid")
        return str(found)

    def _ask(
        self,
        case_no: str | None = None,
        things: Sequence[Mapping[str, str]] = _ASKED,
        days: int = 5,
        note: str = "",
    ) -> dict[str, Any]:
        asked = [SupplementItem.model_validate(thing) for thing in things]
        try:
            due = self.server.world.actions.ask(case_no or self._newest_open(), asked, days, note)
        except Refusal as refusal:
            raise ValueError(f"nothing can be asked for: {refusal}") from refusal
        return due.model_dump(mode="json")

    def _newest_open(self) -> str:
        newest = select(cases).order_by(desc(cases.c.accepted_at), desc(cases.c.key))
        with self.server.world.database.read() as connection:
            found = next((case for case in connection.execute(newest) if is_open(case)), None)
        if found is None:
            raise ValueError("no case is open")
        return str(found.case_no)

    def _effects(self, key: str) -> dict[str, Any]:
        return self.server.world.effects(key)
