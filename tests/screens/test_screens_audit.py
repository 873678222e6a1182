"""The audit sees what is wrong, and docs/accessibility.md tells what it found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from config.settings import PanelSection
from kiosk.visit import ending
from kiosk.visit.model import Contrast, Step, TextSize, Visit
from screens.audit import (
    CORE,
    REQUIREMENTS,
    Audit,
    Finding,
    Panel,
    as_json,
    as_text,
    errands,
    hands,
    hearing,
    judges,
    motion,
    pixels,
    run,
    sounds,
    times,
)
from screens.audit.report import BROKEN, HOLDS, verdict
from screens.audit.snapshot import Box, Control, Snapshot, Words
from screens.gallery_states import states
from screens.gallery_visits import visits
from screens.models import session

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accessibility.md"
PANEL = Panel(1080, 1920, PanelSection())
BUTTON = Control(
    "Button", "next", "下一步", "Button", "", Box(40, 1700, 400, 104), Box(40, 1700, 400, 104),
    enabled=True, primary=True, listed=False,
)  # fmt: skip
TEXT = Words(
    "打印证明", False, False, "Noto Sans CJK SC", 24.9, 1.45, 0x15212B, Box(0, 0, 200, 60), True, ""
)


def page(*shown: Control | Words) -> Snapshot:
    controls = tuple(part for part in shown if isinstance(part, Control))
    return Snapshot(1080, 1920, controls, tuple(p for p in shown if isinstance(p, Words)))


def at(x: float, y: float, width: float = 400, height: float = 104, **more: Any) -> Control:
    box = Box(x, y, width, height)
    return replace(BUTTON, box=box, seen=box, **more)


def codes(faults: Iterable[judges.Fault]) -> list[str]:
    return [code for code, _words in faults]


@pytest.mark.usefixtures("stage")
def test_the_page_says_of_every_requirement_what_the_core_shows() -> None:
    rows = [
        [cell.strip().strip("*") for cell in line.strip("| \n").split(" | ")]
        for line in PAGE.read_text("utf-8").partition("## Let pass")[0].splitlines()
        if line.startswith("| A")
    ]
    audit = run(CORE)
    assert [row[0] for row in rows] == [requirement.code for requirement in REQUIREMENTS]
    for row, requirement in zip(rows, REQUIREMENTS, strict=True):
        assert row[1] == requirement.words
        assert row[3] == (requirement.how or "–")
        # What the whole walk found to hold must hold in a part of it.
        if row[2] == HOLDS or not requirement.how:
            assert verdict(audit, requirement) == row[2], audit.of(requirement.code)
    assert audit.pages == len(CORE.looks) * len(CORE.states)


def test_a_panel_turns_pixels_into_millimetres() -> None:
    assert PANEL.px_per_mm == pytest.approx(4.03, abs=0.01)
    assert PANEL.above_floor_mm(1920) == 850
    assert PANEL.above_floor_mm(0) == pytest.approx(850 + 476, abs=1)
    assert PANEL.capital_mm == pytest.approx(7.32)
    behind = Panel(1080, 1920, PanelSection(behind_obstruction=True))
    assert (PANEL.reach_mm, behind.reach_mm) == (1220, 1120)


@pytest.mark.parametrize(
    ("controls", "faults"),
    [
        ([at(40, 1700), at(460, 1700)], 0),
        ([at(40, 1700, height=56)], 1),  # 13.9 mm: too small for a main target …
        ([at(40, 1700, height=56, primary=False)], 0),  # … and enough for another
        ([at(40, 1700, height=40, primary=False)], 1),
        ([at(40, 1700), at(448, 1700)], 1),  # 8 px: 2 mm
        ([at(40, 1700), at(448, 1700, enabled=False)], 0),
        ([at(40, 1700, listed=True), at(448, 1700, listed=True)], 1),
        ([at(40, 1700, listed=True), at(40, 1720, listed=True)], 0),  # one of them is being dropped
    ],
)
def test_targets_are_measured(controls: list[Control], faults: int) -> None:
    assert codes(judges.targets(page(*controls), PANEL)) == ["A1"] * faults


def test_text_is_measured() -> None:
    small = replace(TEXT, capital=17.0)
    assert codes(judges.capitals(page(TEXT), PANEL, TextSize.NORMAL)) == []
    assert codes(judges.capitals(page(small), PANEL, TextSize.NORMAL)) == ["A2"]
    assert codes(judges.capitals(page(TEXT), PANEL, TextSize.LARGEST)) == ["A2", "A3"]
    assert codes(judges.capitals(page(replace(small, icon=True)), PANEL, TextSize.NORMAL)) == []
    assert codes(judges.wholeness(page(replace(TEXT, fault="elided")))) == ["A3"]
    assert codes(judges.wholeness(page(at(900, 100)))) == ["A3"]
    assert codes(judges.letters(page(TEXT))) == []
    assert codes(judges.letters(page(replace(TEXT, serif=True, spacing=1.1)))) == ["A4", "A4"]


def test_names_ways_out_and_choices_are_counted() -> None:
    assert codes(judges.names(page(BUTTON))) == []
    assert codes(judges.names(page(replace(BUTTON, spoken="", role="NoRole")))) == ["A10", "A10"]
    tools = [at(0, 0, name=name) for name in judges.ONE_TOUCH]
    assert codes(judges.one_touch(page(*tools, at(0, 0, glyph="headset")))) == []
    assert codes(judges.one_touch(page(*tools))) == ["A27"]
    asleep = [replace(tool, enabled=False) for tool in tools]
    assert codes(judges.one_touch(page(*asleep))) == ["A20"] * len(judges.ONE_TOUCH) + ["A27"]
    rows = [at(0, 130 * n, kind="ListRow") for n in range(7)]
    assert codes(judges.few_choices(page(*rows[:6], BUTTON))) == []
    assert codes(judges.few_choices(page(*rows))) == ["A21"]
    assert codes(judges.reach(page(at(0, 1000)), PANEL)) == []
    assert codes(judges.reach(page(at(0, 100)), PANEL)) == ["A18"]


@pytest.mark.parametrize(
    ("ink", "mode", "faults"),
    [(0x15212B, Contrast.NORMAL, 0), (0x7C8790, Contrast.NORMAL, 1), (0x15212B, Contrast.HIGH, 0)],
)
def test_contrast_is_that_of_the_pixels(ink: int, mode: Contrast, faults: int) -> None:
    picture = np.full((60, 200), 0xFFFFFF, np.uint32)
    picture[20:40, 50:90] = ink
    shown = page(replace(TEXT, colour=ink))
    assert codes(pixels.contrast(shown, picture, mode)) == ["A5"] * faults
    veiled = np.full((60, 200), 0x808080, np.uint32)
    veiled[20:40, 50:90] = 0x4A5055
    assert codes(pixels.contrast(shown, veiled, mode)) == ["A5"]
    assert pixels.ratio(0x000000, 0xFFFFFF) == pytest.approx(21)


def test_a_line_to_type_in_has_a_border_to_be_seen() -> None:
    line = page(at(40, 40, 200, 100, kind="Field"))
    picture = np.full((200, 300), 0xF7F6F2, np.uint32)
    picture[40:140, 40:240] = 0xFFFFFF
    assert codes(pixels.edges(line, picture)) == ["A5"]
    picture[40:140, 40:42] = 0x7C8790
    assert codes(pixels.edges(line, picture)) == []


def test_flashes_are_counted_where_light_turns() -> None:
    dark, bright = np.zeros((2, 2)), np.array([[0.0, 1.0], [0.05, 0.3]])
    assert motion.most_flashes([dark, bright] * 5) == 4
    rising = [np.full((1, 1), light) for light in (0.0, 0.04, 0.08, 0.12, 0.3, 0.6, 0.4)]
    assert motion.most_flashes(rising) == 1
    assert motion.most_flashes([dark, dark + 0.05] * 9) == 0
    white = np.full((96, 192), 0xFFFFFF, np.uint32)
    assert motion.light(white) == pytest.approx(np.ones((1, 2)))


def test_what_is_said_and_not_shown_is_found(
    stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    on = stage()
    on.show(visits()["identify.trouble"])
    on.risen()
    assert list(hearing.heard_only(on.shell)) == []
    assert list(hearing.trouble(on.shell)) == []
    on.find("troubleSheet").setProperty("subtitle", "")
    assert codes(hearing.trouble(on.shell)) == ["A23"]
    monkeypatch.setattr(hearing, "seen", lambda root: [])
    assert set(codes(hearing.heard_only(on.shell))) == {"A22"}


def test_what_is_chosen_is_told_apart_without_colour() -> None:
    rows = [at(0, 0, kind="ListRow", on=True), at(0, 130, kind="ListRow")]
    picture = np.full((300, 400), 0xFFFFFF, np.uint32)
    picture[0:104, 0:400], picture[130:234, 0:400] = 0x2060A0, 0x903030  # as bright as each other
    assert codes(pixels.grey(page(*rows), picture)) == ["A6"]
    ticked = [replace(rows[0], marks=("check",)), rows[1]]
    assert codes(pixels.grey(page(*ticked), picture)) == []
    picture[0:104, 0:400] = 0xE0F0FF
    assert codes(pixels.grey(page(*rows), picture)) == []


def test_ways_back_and_round_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    face, form = visits()["face"], visits()["form"]
    assert list(errands.not_by_face_alone({"face": face})) == []
    assert list(errands.back_keeps()) == []
    item = form.item
    assert item is not None
    assert list(errands.looked_over((item,))) == []
    monkeypatch.setattr(errands, "derive", lambda item, scans: (Step.FORM, Step.SUBMITTING))
    assert codes(errands.looked_over((item,))) == ["A24"]
    lost = replace(form, step=Step.GUIDE, form=Visit().form)
    monkeypatch.setattr(errands, "advance", lambda visit, event: (lost, ()))
    assert codes(errands.back_keeps({"form": form})) == ["A24"]
    assert codes(errands.not_by_face_alone({"face": face})) == ["A19"]


@pytest.mark.parametrize("state", ["result.idle", "form"])
def test_what_is_not_said_is_found(
    stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    on = stage()
    on.show(visits()[state])
    assert list(hearing.speech(on.shell, "zh_CN")) == []
    assert codes(hearing.warning(on.shell)) == ([] if state == "result.idle" else ["A7"])
    monkeypatch.setattr(hearing, "said", lambda window, root, language: [])
    assert set(codes(hearing.speech(on.shell, "zh_CN"))) == {"A10"}


def test_clocks_and_the_end_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(times.at_work()) == []
    assert codes(times.ended()) == []
    assert codes(times.idle()) == []
    assert codes(times.idle_with_voice()) == []
    monkeypatch.setattr(ending, "IDLE_S", 60.0)
    monkeypatch.setattr(ending, "WARNING_S", 10.0)
    monkeypatch.setattr(ending, "WARNING_SLOW_S", 45.0)
    assert codes(times.idle()) == ["A7", "A7"]
    assert codes(times.idle_with_voice()) == ["A8"]
    monkeypatch.setattr(ending, "_WORKING", frozenset({"card"}))
    assert set(codes(times.at_work())) == {"A9"}


def test_keys_and_fingers_find_what_is_out_of_reach(
    stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    on = stage()
    on.show(visits()["rating"])
    assert list(hands.focus_round(on.shell)) == []
    seconds = [on.time + 100]
    on.shell.session._clock = lambda: seconds[0]
    anew = partial(on.show, visits()["rating"])
    assert list(hands.presses(on.shell, seconds, anew)) == []
    monkeypatch.setattr(session, "GUARD_S", 0.05)
    assert set(codes(hands.presses(on.shell, seconds, anew))) == {"A17"}
    on.find("assist").setProperty("focusPolicy", Qt.FocusPolicy.NoFocus)
    assert [words for _, words in hands.focus_round(on.shell)] == [
        f"no key reaches {hands._place(on.find('assist'))}"
    ]


def test_the_focus_goes_to_what_is_wrong(stage: Callable[..., Any]) -> None:
    on = stage()
    form = visits()["form"]
    seconds = [on.time + 100]
    on.shell.session._clock = lambda: seconds[0]
    on.show(form)
    assert list(hands.error_focused(on.shell, on.port, seconds, form.form_errors)) == []
    assert codes(hands.error_focused(on.shell, on.port, seconds, ("another",))) == ["A23"]


def test_keys_on_the_screen_are_walked_by_arrows(stage: Callable[..., Any]) -> None:
    on = stage()
    state = states()["form.keypad"]
    on.enter(state)
    assert list(hands.keys_round(on.shell, lambda: on.enter(state))) == []
    on.enter(state)
    on.find("key-5").setProperty("activeFocusOnTab", False)
    faults = list(hands.keys_round(on.shell, lambda: None))
    assert [words.rsplit(" ", 1)[0] for _, words in faults] == [
        "neither arrow nor Tab reaches key-5"
    ]


def test_a_report_names_places_once_with_all_their_states() -> None:
    audit = Audit(pages=2, looks=1)
    audit.findings += [Finding("A1", state, "look", "too small") for state in ("home", "form")]
    text = "\n".join(as_text(audit))
    assert f"A1  {BROKEN}" in text
    assert "too small (form, home)" in text
    told = json.loads(as_json(audit))["requirements"]
    assert [one["verdict"] for one in told if one["code"] in ("A1", "A4", "A15")] == [
        BROKEN, HOLDS, "not judged here",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "stand_in", "code"),
    [
        ("advance", lambda visit, event: (visit, ()), "A12"),
        ("spoken", lambda text, tag, *, private: text, "A13"),
        ("sentences", lambda slip: [], "A26"),
        ("RATES", (1.0,), "A11"),
    ],
)
def test_what_is_not_heard_as_it_should_be_is_found(
    name: str, stand_in: object, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(sounds.heard()) == []
    monkeypatch.setattr(sounds, name, stand_in)
    assert {found for found, _ in sounds.heard()} == {code}
