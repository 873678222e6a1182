"""The morning's report: readable in 100 columns, honest about what went wrong, linked and masked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from config.catalogue import PlaceChoice
from config.shipped import load_catalogue, load_divisions
from kiosk.demo.errand import Errand, Expected
from kiosk.demo.morning import _deviation, _logged
from kiosk.demo.report import WIDTH, MorningReport, VisitRow, write_report
from kiosk.demo.script import Scene, morning
from kiosk.demo.watch import Seen
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.visit.model import Step
from kiosk.visit.own import Act


def row(number: int, why: str = "", **other: Any) -> VisitRow:
    values: dict[str, Any] = {
        "number": number,
        "at": "08:30:12",
        "title_zh": "大字高对比，中途断网申请高龄津贴",
        "title_en": "the network is cut <in the middle>",
        "who": "*䶮",
        "item": "mz-0058",
        "service": "高龄津贴申请",
        "kind": "apply",
        "route": "洋滨居委会 (local)",
        "ended": "farewell",
        "submission": "stored",
        "key": "k",
        "lookup_code": "7K4M92QF3TX7",
        "receipt": "confirmed",
        "proof": "none",
        "troubles": ("face.not_matched",),
        "notes": ("staff vouched",),
        "seconds": 9.7,
        "screens": ("screens/01-visit/01-attract.png",),
        "papers": ("receipts/001.png", "proofs/001.pdf"),
        "why": why,
        "delivered": 1,
    }
    return VisitRow(**{**values, **other})


def report(*rows: VisitRow) -> MorningReport:
    return MorningReport(rows, 61.0, {"receipts": ["receipts/001.png"], "proofs": []})


def test_the_table_fits_and_aligns_with_wide_characters(tmp_path: Path) -> None:
    write_report(report(row(1), row(2, who="*𬱖")), tmp_path)
    lines = (tmp_path / "summary.txt").read_text("utf-8").splitlines()
    framed = [line for line in lines if line.startswith(("│", "├", "└"))]
    assert framed
    assert {cell_len(line) for line in framed} == {WIDTH}
    assert "every visit went as scripted" in lines[-1]


def test_a_visit_that_went_wrong_is_named_with_the_reason(tmp_path: Path) -> None:
    told = report(row(1), row(2, "receipt doubtful, expected confirmed"))
    write_report(told, tmp_path)
    assert told.exit_code == 1
    assert told.complaints == [
        "visit 2 (the network is cut <in the middle>): receipt doubtful, expected confirmed"
    ]
    text = (tmp_path / "summary.txt").read_text("utf-8")
    assert "NOT AS SCRIPTED: visit 2" in text
    assert "every visit went as scripted" not in text


def test_the_files_agree_and_the_sheet_links_every_picture_and_paper(tmp_path: Path) -> None:
    write_report(report(row(1)), tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["ok"] is True
    assert summary["visits"][0]["delivered"] == 1
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<in the middle>" not in page
    links = set(re.findall(r'href="([^"#]+)"', page))
    assert links == {
        "screens/01-visit/01-attract.png",
        "receipts/001.png",
        "receipts/001.bin",
        "proofs/001.pdf",
    }


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(submission="stored", receipt="confirmed", steps=["result"]), "submission stored"),
        (Seen(submission="delivered", receipt="failed", steps=["result"]), "receipt failed"),
        (
            Seen(submission="delivered", receipt="confirmed", steps=["result"], troubles=["a.b"]),
            "troubles",
        ),
        (Seen(submission="delivered", receipt="confirmed", steps=["form"]), "never came to result"),
    ],
)
def test_a_deviation_from_the_script_is_found(seen: Seen, words: str) -> None:
    scene = Scene("", "", Errand("x"), Expected("delivered", receipt="confirmed"))
    assert words in _deviation(scene, seen)


def test_what_the_script_does_not_ask_for_does_not_matter() -> None:
    scene = Scene("", "", Errand("x"), Expected(ends_at=Step.ANSWER))
    assert _deviation(scene, Seen(receipt="confirmed", steps=["answer", "farewell"])) == ""


def test_an_error_in_the_log_is_a_deviation_unless_the_script_causes_it() -> None:
    killed = Expected(errors=("receipt_printer: device.host_crashed",))
    lines = ["drivers.host.supervisor receipt_printer: device.host_crashed (the process ended)"]
    assert _logged(Scene("", "", Errand("x"), killed), lines) == ""
    assert _logged(Scene("", "", Errand("x"), Expected()), lines) == f"logged: {lines[0]}"
    more = [*lines, "kiosk.terminal printing failed"]
    assert _logged(Scene("", "", Errand("x"), killed), more) == f"logged: {more[1]}"


def test_the_script_tends_what_it_breaks() -> None:
    scenes = morning(lambda: None, chips=True)
    bare = morning(lambda: None, chips=False)
    assert {s.title_en for s in scenes} - {s.title_en for s in bare} == {
        s.title_en for s in scenes if s.errand.social_card
    }
    assert len({scene.title_en for scene in scenes}) == len(scenes)
    left = [s for s in scenes if s.before and not s.after]
    assert [s.errand.case for s in left] == [Act.SUPPLEMENT], "what is asked for breaks nothing"


def test_every_place_of_the_script_is_one_that_the_screen_offers() -> None:
    catalogue = load_catalogue()
    directory = ServiceDirectory(catalogue, load_divisions(), "440500", Circumstances)
    for scene in morning(lambda: None, chips=True):
        item = catalogue.item(scene.errand.item)
        assert item is not None, scene.errand.item
        if scene.errand.case is not None:
            continue  # it went where it belongs long ago
        parent = ""
        for code in scene.errand.place:
            offered = [division.code for division in directory.places(item, parent)]
            assert code in offered, scene.title_en
            parent = code
        asked = item.place is not PlaceChoice.NONE
        assert asked is bool(scene.errand.place), scene.title_en
        assert not (asked and directory.places(item, parent)), scene.title_en
