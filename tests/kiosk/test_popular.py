"""Most used here: counted by service and week, and by nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.divisions import load_divisions
from config.shipped import load_catalogue
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.terminal.clock import china_now
from kiosk.terminal.popular import LEAST, WEEKS, Popular
from kiosk.visit import events as ev


class Wall:
    """The time in China, moved by hand."""

    def __init__(self) -> None:
        self.now = china_now().replace(year=2026, month=11, day=23)

    def __call__(self) -> datetime:
        return self.now


def visits(popular: Popular, code: str, number: int) -> None:
    for turn in range(number):
        popular.heard(ev.Started(f"v{turn}", False))
        popular.heard(ev.ItemChosen(code))
        popular.recorded("visit.started")
        popular.recorded("visit.ended")


def directory(popular: Popular) -> ServiceDirectory:
    return ServiceDirectory(
        load_catalogue(), load_divisions(), "440500", Circumstances, used=popular.used
    )


def test_what_is_opened_often_comes_first_and_the_catalogues_order_after_it(tmp_path: Path) -> None:
    popular = Popular(tmp_path / "popular.json", Wall())
    found = directory(popular)
    shipped = [item.code for item in found.featured()]
    rare = next(item.code for item in load_catalogue().items if item.featured == 0)
    visits(popular, rare, LEAST - 1)
    assert [item.code for item in found.featured()] == shipped, "a few people are no habit"
    visits(popular, rare, 1)
    assert [item.code for item in found.featured()] == [rare, *shipped]
    visits(popular, shipped[3], LEAST + 1)
    assert [item.code for item in found.featured()][:2] == [shipped[3], rare]


def test_nothing_changes_its_place_while_somebody_looks(tmp_path: Path) -> None:
    popular = Popular(tmp_path / "popular.json", Wall())
    for _ in range(LEAST):
        popular.opened("rs-0012")
    assert popular.used() == {}
    popular.visit_ended()
    assert popular.used() == {"rs-0012": LEAST}


def test_old_weeks_are_forgotten(tmp_path: Path) -> None:
    wall = Wall()
    popular = Popular(tmp_path / "popular.json", wall)
    visits(popular, "rs-0012", LEAST)
    for _ in range(WEEKS):
        wall.now += timedelta(weeks=1)
        visits(popular, "rs-0001", 1)
    assert popular.used() == {"rs-0001": WEEKS}


def test_a_file_holds_weeks_services_and_numbers_and_outlives_the_program(tmp_path: Path) -> None:
    file = tmp_path / "data/popular.json"
    visits(Popular(file, Wall()), "rs-0012", LEAST)
    assert json.loads(file.read_text("utf-8")) == {"2026-W48": {"rs-0012": LEAST}}
    assert Popular(file, Wall()).used() == {"rs-0012": LEAST}
    assert [path.name for path in file.parent.iterdir()] == ["popular.json"]


@pytest.mark.logs(r"popular\.unreadable")
@pytest.mark.parametrize(
    "text", ["", "[]", '{"2026-W48": 5}', '{"2026-W48": {"a": "x"}}', "\udcff"]
)
def test_a_damaged_file_counts_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "popular.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    popular = Popular(file, Wall())
    assert popular.used() == {}
    visits(popular, "rs-0012", LEAST)
    assert Popular(file, Wall()).used() == {"rs-0012": LEAST}


@pytest.mark.logs(r"popular\.(not_written|unreadable)")
def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    popular = Popular(tmp_path / "data/popular.json", Wall())
    visits(popular, "rs-0012", LEAST)
    assert popular.used() == {"rs-0012": LEAST}
