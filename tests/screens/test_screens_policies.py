"""Policies on the screen: what is said of each, and what a touch posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from config.shipped import load_catalogue
from kiosk.personal import Personal
from kiosk.visit import events
from kiosk.visit.journey import derive
from kiosk.visit.model import Step, Visit
from screens.gallery_states import settle
from screens.gallery_visits import visits

if TYPE_CHECKING:
    from conftest import Stage


@pytest.fixture
def on(stage: Callable[..., Stage]) -> Stage:
    return stage()


def text_of(on: Stage) -> str:
    return " ".join(str(item.property("text") or "") for item in on.items())


def named(on: Stage, name: str) -> bool:
    return any(item.objectName() == name for item in on.items())


def test_the_list_says_what_fits_and_what_each_depends_on(on: Stage) -> None:
    on.show(visits()["policies.company"])
    said = text_of(on)
    assert "符合 1 项，可能符合 5 项" in said
    assert "要看：员工人数" in said
    assert "需要申报 · 截止2026年12月31日（还有 39 天）" in said
    on.click("policy-subsidy")
    assert on.port.posted[-1] == events.PolicyOpened("subsidy")


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_the_list_goes_on_where_it_was_left(stage: Callable[..., Stage], orientation: str) -> None:
    on = stage(orientation)
    shown = visits()["policies"]
    on.show(shown)
    row = on.find("policy-six-taxes-sole-trader")
    row.forceActiveFocus()  # as somebody walks there by keys
    settle()
    before = on.centre(row)
    QTest.keyClick(on.shell.view, Qt.Key.Key_Return)
    assert on.port.posted[-1] == events.PolicyOpened("six-taxes-sole-trader")
    on.show(replace(shown, policy="six-taxes-sole-trader"))
    assert not named(on, "policy-six-taxes-sole-trader")
    on.show(shown)
    assert on.shell.view.activeFocusItem() is on.find("policy-six-taxes-sole-trader")
    assert on.place("policy-six-taxes-sole-trader") == before


def test_the_list_is_printed_and_leads_to_reminders_and_the_end(on: Stage) -> None:
    on.show(visits()["policies.none"])
    assert "没有符合的" in text_of(on)
    for button, event in (
        ("secondary", events.PrintRequested("receipt")),
        ("remind", events.RemindersWanted()),
        ("primary", events.Continued()),
    ):
        on.click(button)
        assert on.port.posted[-1] == event


def test_one_that_has_to_be_applied_for_can_be(on: Stage) -> None:
    on.show(visits()["policies.applied_for"])
    assert "2026年12月31日（还有 39 天）" in text_of(on)
    on.click("primary")
    assert on.port.posted[-1] == events.PolicyApplied()
    for name in ("policies.automatic", "policies.ruled_out", "policies.depends"):
        on.show(visits()[name])
        assert not named(on, "primary"), name
        on.port.posted.clear()
        on.click("secondary")
        assert on.port.posted[-1] == events.PrintRequested("receipt")


def test_what_does_not_fit_is_counted_and_listed_when_asked_for(on: Stage) -> None:
    on.show(visits()["policies"])
    assert "还有 4 项不符合" in text_of(on)
    assert not named(on, "policy-cit-small")
    on.click("others")
    assert named(on, "policy-cit-small")
    assert "企业类型" in text_of(on), "and why"
    on.show(visits()["home"])
    on.show(visits()["policies"])
    assert not named(on, "policy-cit-small"), "the next person sees the list as it is at first"
    on.show(visits()["policies.none"])
    assert named(on, "policy-iit-sole-trader"), "nothing else is there to be seen"
    assert not named(on, "others")


def test_what_it_depends_on_can_be_answered_there(on: Stage) -> None:
    on.show(visits()["policies.depends"])
    on.click("question-employees")
    assert on.port.posted[-1] == events.QuestionReopened("employees")
    on.show(visits()["form.policy"])
    assert "看看符合什么" not in text_of(on), "the answer itself leads on"


def test_pages_that_are_not_asked_are_not_counted(on: Stage) -> None:
    item = load_catalogue().item("gx-0102")
    assert item is not None
    asked = Visit(visit_id="v", step=Step.FORM, item=item, trail=derive(item))
    on.show(asked)
    assert "10" in text_of(on)
    trader = {"who": Personal("sole_trader"), "small_scale_taxpayer": Personal("false")}
    last = replace(asked, form=trader, form_page=6)
    on.show(last)
    assert "第 4 页，共 4 页" in text_of(on)
    assert "看看符合什么" in text_of(on)
