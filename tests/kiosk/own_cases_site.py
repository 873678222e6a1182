"""Desks, outbox and courier of a terminal with a sandbox, for the tests of a person's own cases."""

from __future__ import annotations

import contextlib
import queue
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from types import MappingProxyType, SimpleNamespace
from typing import Any

from config.catalogue import Level, Mode
from config.shipped import load_catalogue
from kiosk.directory import Circumstances
from kiosk.simulation import world as ground
from kiosk.terminal.case_actions import ActionDesk
from kiosk.terminal.clock import china_now
from kiosk.terminal.lookups import LookUpDesk
from kiosk.terminal.own_cases import CaseDesk
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.submissions import SubmissionDesk
from kiosk.terminal.transport import PortalTransport
from kiosk.terminal.vault import Vault
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import FaceRecord, Route, SubmissionState
from kiosk.visit.own import Act, OpenCase, OwnCase
from offline_queue import Courier, CourierPolicy, Limits, Outbox
from portal import PortalClient
from portal.contract.progress import SupplementItem
from portal.sandbox import SandboxServer, SandboxSettings

CATALOGUE = load_catalogue()
JOBLESS, BOOKING = CATALOGUE.item("rs-0012"), CATALOGUE.item("ga-0041")
OWNER, OTHER = ground.person(Random(4)), ground.person(Random(5))
SURE = MappingProxyType(
    {"level": "L2", "methods": ("id_card", "face"), "face": FaceRecord("matched", True, True)}
)
PHONE = "13800000000"
POLICY = CourierPolicy(shortest_s=0.02, longest_s=0.1, breaker_open_s=0.05, ask_every=3)
WAIT = 20.0


def dead_address() -> str:
    """Nobody listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@contextlib.contextmanager
def a_portal(folder: Path) -> Iterator[SandboxServer]:
    """A sandbox over plain HTTP that watches the contract."""
    items = [item.model_dump(mode="json", by_alias=True) for item in (JOBLESS, BOOKING)]
    for item in items:
        item["identification"], item["form"] = "L2", None
    settings = SandboxSettings(
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        catalogue={"version": "test", "items": items},
        gateway_hours=False,
        gateway_latency=0.0,
        cases_at_once=2,
        check_contract=True,
    )
    with SandboxServer(settings) as one:
        yield one
        assert one.world.watch is not None
        assert [str(one) for one in one.world.watch.findings()] == []


class Terminal:
    """Desks, outbox and courier of a terminal; ``url`` may lead nowhere."""

    def __init__(self, folder: Path, url: str, keys: Path | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.news: queue.Queue[Any] = queue.Queue()
        self.client = PortalClient(url, terminal_id="T-1")
        self.box = Outbox.open(folder / "outbox", limits=Limits(free_bytes=0))
        self.sent: list[str] = []
        self.asked: list[str] = []
        self.told: queue.Queue[str] = queue.Queue()
        self.courier = Courier(self.box, self._watched(), policy=POLICY)
        self.vault = Vault()
        self.scans, self.later = True, timedelta()
        sealing = SealingKeys(keys or folder / "keys.json", self.client)
        directory: Any = SimpleNamespace(item=CATALOGUE.item)
        common: dict[str, Any] = {
            "directory": directory, "keys": sealing, "terminal_id": "T-1", "post": self.news.put,
            "now": lambda: china_now() + self.later,
        }  # fmt: skip
        self.submissions = SubmissionDesk(
            outbox=self.box,
            courier=self.courier,
            vault=self.vault,
            clock_sure=lambda: True,
            **common,
        )
        cases = CaseDesk(
            client=self.client, outbox=self.box, destination="440500",
            circumstances=lambda: Circumstances(
                unusable=frozenset(() if self.scans else ("document_camera",))
            ),
            **common,
        )  # fmt: skip
        acts = ActionDesk(
            submissions=self.submissions, vault=self.vault, clock_sure=lambda: True, **common
        )
        looks = LookUpDesk(
            None, client=self.client, outbox=self.box, directory=directory, post=self.news.put
        )
        self.handlers: dict[type[Any], Callable[..., None]] = {}
        for desk in (self.submissions, cases, acts, looks):
            self.handlers |= desk.handlers()
        self.box.listen(self.submissions.item_changed)

    def _watched(self) -> PortalTransport:
        sent, asked, told = self.sent, self.asked, self.told

        class Watched(PortalTransport):
            def deliver(self, item: Any, body: bytes) -> Any:
                sent.append(item.item_id)
                return super().deliver(item, body)

            def ask(self, item: Any) -> Any:
                asked.append(item.item_id)
                return super().ask(item)

            def tell(self, ending: Any) -> bool:
                heard = super().tell(ending)
                if heard:
                    told.put(ending.item.item_id)
                return heard

        return Watched(self.client)

    def another_courier(self) -> Courier:
        """A courier that runs, in place of the one that was stopped."""
        self.courier = Courier(self.box, self._watched(), policy=POLICY)
        self.courier.start()
        return self.courier

    def close(self) -> None:
        self.courier.stop(10.0)
        self.box.close()
        self.client.close()

    def do(self, effect: Any) -> Any:
        self.handlers[type(effect)](effect, None)
        while isinstance(news := self.news.get(timeout=WAIT), ev.VerdictArrived):
            pass
        return news

    def verdict(self, key: str, *wanted: SubmissionState) -> ev.VerdictArrived:
        while True:
            news = self.news.get(timeout=WAIT)
            if isinstance(news, ev.VerdictArrived) and news.key == key and news.state in wanted:
                return news

    def apply(self, item: Any = JOBLESS, holder: Any = OWNER) -> str:
        """Hand an application in, and see it delivered; its key."""
        office = item.name
        slot = ""
        if item is BOOKING:
            offered: Any = self.client.slots(item.code, "440500")
            slot = offered.value.slots[0].slot_id
        route = Route(
            Mode.LOCAL, "440500", office, Level.CITY, "440500", None, False, 0, office
        )  # fmt: skip
        stored = self.do(
            fx.Submit(
                1, item.code, item.version, item.kind.value, route, holder, "L2",
                ("id_card", "face"), SURE["face"], "", {}, "v1", None, slot_id=slot,
            )
        )  # fmt: skip
        self.verdict(stored.key, SubmissionState.DELIVERED)
        return str(stored.key)

    def cases(self, holder: Any = OWNER, before: str = "") -> ev.CasesListed:
        listed = self.do(fx.ListCases(2, holder, SURE, before))
        assert isinstance(listed, ev.CasesListed), listed
        return listed

    def opened(self, case: OwnCase) -> OpenCase:
        shown = self.do(fx.OpenCase(3, case))
        assert isinstance(shown, ev.CaseOpened), shown
        return shown.opened

    def act(self, act: Act, case: OpenCase, holder: Any = OWNER, **more: Any) -> ev.Stored:
        """``more``: form and pages by the authority's codes."""
        asking = case.asking
        stored = self.do(
            fx.ActOnCase(
                4, act, case.case.number, case.key, case.case.destination, case.case.item,
                case.lookup_code, asking.request_id if asking else "", holder, SURE,
                **({"form": {}} | more),
            )
        )  # fmt: skip
        assert isinstance(stored, ev.Stored), stored
        return stored


@contextlib.contextmanager
def a_terminal(folder: Path, server: SandboxServer) -> Iterator[Terminal]:
    """A terminal whose courier runs."""
    one = Terminal(folder, server.base_url)
    one.courier.start()
    yield one
    one.close()


def asks(server: SandboxServer, case: OwnCase, *things: tuple[str, str], days: int = 5) -> None:
    named = [
        SupplementItem.model_validate(
            {"code": code, "kind": kind, "name_zh": code, "name_en": code}
        )
        for code, kind in things
    ]
    server.world.actions.ask(case.number, named, days, "请补正")
