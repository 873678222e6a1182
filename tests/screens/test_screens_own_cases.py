"""The person's own cases on the screen: what each state says, and what a touch posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from kiosk.visit import Step, events
from kiosk.visit.own import OWN_CASES
from screens import fixtures
from screens.gallery_visits import visits
from screens.models.home import HomeModel

if TYPE_CHECKING:
    from conftest import Stage


@pytest.fixture
def on(stage: Callable[..., Stage]) -> Stage:
    return stage()


def text_of(on: Stage) -> str:
    shown = (item for item in on.items() if item.isVisible())
    return " ".join(str(item.property("text") or "") for item in shown)


def button(on: Stage, name: str) -> str:
    """What the button of that name says; "" where it is not there."""
    found = [i for i in on.items() if i.objectName() == name and i.isVisible()]
    return str(found[0].property("text")) if found else ""


def test_home_leads_there_and_says_when_nothing_can_be_shown(on: Stage) -> None:
    on.show(visits()["home"])
    on.click("mine")
    assert "暂时看不到" not in text_of(on)
    on.port.broken = {"portal": "portal.unreachable"}
    on.show(replace(visits()["home"], extensions=1))
    on.click("cases", later=1.0)
    assert on.port.posted[-1] == events.CasesWanted()
    assert "现在连不上政务平台，暂时看不到" in text_of(on)


def test_services_about_ones_own_cases_lead_to_the_cases(
    on: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = fixtures.QUERY.model_copy(update={"dataset": OWN_CASES})
    monkeypatch.setattr(fixtures, "ITEMS", (fixtures.PROOF, about))
    on.show(visits()["home"])
    model = cast(HomeModel, on.shell.models[Step.HOME])
    model.show_list("situation", about.situation)
    shown = {row["code"]: row for row in model.value("list", [])}
    assert shown[about.code]["note"] == "", "what it needs elsewhere is not asked here"
    model.choose(about.code)
    model.choose(fixtures.PROOF.code)
    assert on.port.posted[-2:] == [
        events.CasesWanted(),
        events.ItemChosen(fixtures.PROOF.code),
    ]


def test_the_list_says_each_state_in_plain_words_and_what_is_not_in_it(on: Stage) -> None:
    on.show(visits()["cases"])
    words = text_of(on)
    for said in ("已受理 · 2026年11月22日提交", "要补材料 ·", "预计2026年12月11日前办好", "已办结"):
        assert said in words
    assert "还没送出去的，不在这里" in words
    on.click("case-2")
    assert on.port.posted[-1] == events.CaseChosen(2)
    assert not button(on, "older")
    on.show(visits()["cases.older"])
    assert button(on, "older") == "看更早的"
    on.shell.models[Step.CASES].older()
    assert on.port.posted[-1] == events.OlderCasesWanted()
    on.show(visits()["cases.empty"])
    assert "您名下没有办件" in text_of(on)
    assert "还没送出去的，不在这里" in text_of(on)


@pytest.mark.parametrize(
    ("state", "primary", "secondary", "says"),
    [
        ("case", "", "撤回办件", ("办理中", "预计2026年12月11日", "转经办人审核")),
        ("case.asks", "补交缺的材料", "撤回办件", ("户口簿本人页", "最晚2026年12月2日", "须有医院盖章")),
        ("case.overdue", "", "撤回办件", ("在这里补交不了", "最后一天已经过了")),
        ("case.no_camera", "", "撤回办件", ("本机现在拍不了",)),
        ("case.waiting", "", "", ("还没有送达", "不要重复补交")),
        ("case.booked", "", "取消预约", ("A12", "2026年12月3日 10:00–10:30")),
        ("case.denied", "", "", ("没有批准", "问明原因")),
    ],
)  # fmt: skip
def test_a_case_says_what_is_true_and_offers_what_is_possible(
    on: Stage, state: str, primary: str, secondary: str, says: tuple[str, ...]
) -> None:
    on.show(visits()[state])
    words = text_of(on)
    assert (button(on, "primary"), button(on, "secondary")) == (primary, secondary)
    assert "7K4M·92QF·3TX7" in words
    for said in says:
        assert said in words
    if primary:
        on.click("primary")
        assert on.port.posted[-1] == events.SupplementWanted()
    if secondary:
        on.click("secondary", later=1.0)
        assert on.port.posted[-1] == events.WithdrawalWanted()


def test_a_withdrawal_is_confirmed_after_its_consequences(on: Stage) -> None:
    on.show(visits()["withdraw"])
    words = text_of(on)
    for said in ("不再往下办", "不能恢复", "要么马上撤回，要么不撤回"):
        assert said in words
    assert on.port.posted[-1:] != [events.Continued()]
    on.click("back")
    assert on.port.posted[-1] == events.WentBack()
    on.click("primary", later=1.0)
    assert on.port.posted[-1] == events.Continued()
    on.show(visits()["withdraw.booking"])
    assert button(on, "primary") == "确定取消"


@pytest.mark.parametrize(
    ("state", "says", "never"),
    [
        ("result.supplement", "办理单位已收到要补的材料", "还没有"),
        ("result.supplement_stored", "已加密存在本机，能送时自动送出", "办理单位已收到"),
        ("result.withdrawn", "办理单位已经停止办理", "正在办理"),
    ],
)
def test_the_result_is_the_true_one_and_leads_back_to_the_cases(
    on: Stage, state: str, says: str, never: str
) -> None:
    on.show(visits()[state])
    words = text_of(on)
    assert says in words
    assert never not in words
    on.click("secondary")
    assert on.port.posted[-1] == events.CasesWanted()


def test_nothing_of_the_cases_stays_in_a_model_that_was_left(on: Stage) -> None:
    on.show(visits()["case.asks"])
    model: Any = on.shell.models[Step.CASE]
    assert model.value("asking", {})
    on.show(visits()["home"])
    assert model.value("asking", {}) == {}
    assert model.value("number", "") == ""
