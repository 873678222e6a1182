"""The front of a terminal: there before its equipment, and nothing asked for meanwhile is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from drivers.ports import FrameBufferInfo
from kiosk.directory import PORTS_JUDGED, Circumstances
from kiosk.first import make_front
from kiosk.terminal import Front
from kiosk.terminal_port import PublicNotice
from kiosk.visit import Step, Visit, events
from kiosk.visit import effects as fx

ITEM = "mz-0058"


class Equipped:
    """Performs nothing; keeps what it was asked, and knows its own circumstances."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Step]] = []

    def perform(self, effect: fx.Effect, visit: Visit) -> None:
        self.asked.append((type(effect).__name__, visit.step))

    def circumstances(self) -> Circumstances:
        return Circumstances(portal_reachable=False)

    def preview(self) -> FrameBufferInfo | None:
        return None

    def card_photo(self) -> bytes | None:
        return b"photo"

    def page_picture(self, handle: str) -> bytes | None:
        return handle.encode()

    def readiness(self) -> dict[str, str]:
        return {"printer": "printer.paper_out", "portal": "ok"}

    def notices(self) -> tuple[PublicNotice, ...]:
        return ()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    front = make_front(
        Settings.model_validate(
            {
                "terminal": {"data_dir": tmp_path},
                "devices": {
                    "cam": {
                        "port": "camera",
                        "adapter": "opencv-camera",
                        "options": {"source": "0"},
                    }
                },
            }
        )
    )
    front.start()
    yield front
    front.stop()


def reached(front: Front, there: Callable[[Visit], bool], event: events.Event) -> Visit:
    """The visit that this event leads to."""
    seen = threading.Event()
    leave = front.subscribe(lambda visit: seen.set() if there(visit) else None)
    front.post(event)
    assert seen.wait(20)
    leave()
    return front.visit


def test_a_touch_counts_before_there_is_any_equipment(front: Front) -> None:
    visit = reached(front, lambda v: v.step is Step.HOME, events.Started("v"))
    assert front.directory.featured()
    assert front.directory.item(ITEM) is not None
    assert visit.trouble is None


def test_what_was_wished_for_is_done_in_order_when_the_equipment_comes(front: Front) -> None:
    reached(front, lambda v: v.step is Step.HOME, events.Started("v"))
    reached(front, lambda v: v.busy, events.ItemChosen(ITEM))
    changes: list[str] = []
    front.on_change(lambda: changes.append("changed"))
    whole = Equipped()
    front.furnish(whole)
    names = [name for name, _ in whole.asked]
    assert names[-1] == "OpenItem"
    assert names.index("Record") < names.index("OpenItem")
    assert {step for _, step in whole.asked} == {Step.HOME}
    assert changes == ["changed"]
    before = len(whole.asked)
    reached(front, lambda v: v.step is Step.FAREWELL, events.LeaveRequested())
    assert len(whole.asked) > before


def test_only_equipment_knows_of_troubles(front: Front) -> None:
    assert front.readiness() == {"portal": "ok"}
    assert (front.card_photo(), front.page_picture("x"), front.preview()) == (None, None, None)
    item = next(i for i in front.directory.items_of("insurance") if not i.needs)
    front.furnish(Equipped())
    assert front.readiness()["printer"] == "printer.paper_out"
    assert (front.card_photo(), front.page_picture("x")) == (b"photo", b"x")
    assert front.directory.availability(item.code).code.startswith("item.offline")


def test_what_is_not_configured_cannot_be_used_from_the_first_screen_on(front: Front) -> None:
    assert front._circumstances().unusable == PORTS_JUDGED - {"camera"}
