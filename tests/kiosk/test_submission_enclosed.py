"""A submission through the terminal's own desk: a small signature in the case, a large one before it."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.catalogue import Level, Mode
from config.shipped import load_catalogue
from config.text import Text
from kiosk.identity import check_digit
from kiosk.personal import Holder, Personal
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.submissions import SubmissionDesk
from kiosk.terminal.transport import PortalTransport
from kiosk.terminal.vault import Vault
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Route, Signature, SubmissionState
from kiosk.visit.page import EnclosedPage
from offline_queue import Courier, CourierPolicy, Limits, Outbox
from portal import PortalClient
from portal.sandbox import SandboxServer, SandboxSettings

ITEM = next(item for item in load_catalogue().items if item.code == "zw-0176")
FIRST = "44059919400101001"
HOLDER = Holder(
    "resident_id_card", Personal("李䶮"), Personal(FIRST + check_digit(FIRST)), Personal(""),
    Personal(""), date(1940, 1, 1), Personal(""), None,
)  # fmt: skip
OFFICE = Text(zh="局", en="Office")
ROUTE = Route(Mode.LOCAL, "440500", OFFICE, Level.CITY, "440500", "2026-12-11", True, 15, OFFICE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    folder = tmp_path_factory.mktemp("portal")
    document = ITEM.model_dump(mode="json", by_alias=True) | {"form": None}
    settings = SandboxSettings(
        database_url=f"sqlite:///{folder / 'portal.sqlite3'}",
        catalogue={"version": "test", "items": [document]},
        gateway_hours=False,
        gateway_latency=0.0,
        check_contract=True,
    )
    with SandboxServer(settings) as one:
        yield one


def submitted(
    server: SandboxServer, tmp_path: Path, points: int, papers: Mapping[str, bytes] | None = None
) -> tuple[ev.Stored, ev.VerdictArrived, dict[str, Any]]:
    """Submit with a signature of that many points; what was said, and the stored envelope."""
    news: queue.Queue[Any] = queue.Queue()
    strokes = (tuple((n % 800, n % 300, n) for n in range(points)),)
    vault = Vault()
    effect = fx.Submit(
        effect=1, item=ITEM.code, item_version=1, kind=ITEM.kind.value, route=ROUTE, holder=HOLDER,
        assurance_level="L3", assurance_methods=("id_card",), face=None, staff="", form={},
        consent="v1", signature=Signature(800, 300, strokes),
        pages=tuple(
            EnclosedPage(kind, vault.put(content, vault.epoch))
            for kind, content in (papers or {}).items()
        ),
    )  # fmt: skip
    bodies: list[dict[str, Any]] = []

    class Watched(PortalTransport):
        def deliver(self, item: Any, body: bytes) -> Any:
            bodies.append(json.loads(body))
            return super().deliver(item, body)

    with PortalClient(server.base_url, terminal_id="T-1") as client:
        box = Outbox.open(tmp_path / "outbox", limits=Limits(free_bytes=0))
        courier = Courier(box, Watched(client), policy=CourierPolicy(shortest_s=0.01))
        desk = SubmissionDesk(
            outbox=box,
            courier=courier,
            terminal_id="T-1",
            directory=SimpleNamespace(item=lambda code: ITEM),
            keys=SealingKeys(tmp_path / "keys.json", client),
            vault=vault,
            post=news.put,
            now=lambda: datetime(2026, 11, 22, 2, 42, tzinfo=UTC),
            clock_sure=lambda: True,
        )
        box.listen(desk.item_changed)
        courier.start()
        desk.handlers()[fx.Submit](effect, None)
        stored = news.get(timeout=20)
        assert isinstance(stored, ev.Stored), stored
        while (verdict := news.get(timeout=20)).state is SubmissionState.STORED:
            assert isinstance(verdict, ev.VerdictArrived)
        courier.stop(10.0)
        box.close()
    return stored, verdict, bodies[-1]


def test_a_signature_goes_in_the_case_or_before_it(server: SandboxServer, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    stored, verdict, body = submitted(server, tmp_path / "small", 300)
    small = stored.key
    assert verdict.state is SubmissionState.DELIVERED
    # Nothing is said of uploads where there are none.
    assert "uploads" not in body
    assert server.world.uploads.held(small) == []

    (tmp_path / "large").mkdir()
    stored, verdict, body = submitted(server, tmp_path / "large", 6000)
    large = stored.key
    assert verdict.state is SubmissionState.DELIVERED
    held = server.world.uploads.held(large)
    assert [(ref["key"], ref["size"], ref["sha256"]) for ref in body["uploads"]] == held
    assert len(json.dumps(body)) < 8192
    assert held[0][1] > 40_000
    for key in (small, large):
        assert server.effects(key) == 1
    assert server.world.watch is not None
    assert server.world.watch.findings() == []


@pytest.mark.logs(r"portal\.rejected code=invalid_request")
def test_the_paper_that_the_portal_cannot_use_is_named(
    server: SandboxServer, tmp_path: Path
) -> None:
    papers = {"invoice": b"\xff\xd8\xff a picture \xff\xd9", "photo": b"cut off"}
    _, verdict, _ = submitted(server, tmp_path, 6000, papers)
    assert verdict.state is SubmissionState.REJECTED
    assert (verdict.papers, verdict.faults) == (("photo",), {})
