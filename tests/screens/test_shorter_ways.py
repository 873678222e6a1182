"""Less to press: one answer leads on, a proof is agreed to by printing it, a city is asked for once; and
long lists come in pages at the largest text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from kiosk.personal import Personal
from kiosk.visit import events
from kiosk.visit.model import TextSize
from screens import fixtures as fx
from screens.gallery_visits import visits
from screens.models.home import HomeModel


def largest(name: str) -> Any:
    visit = visits()[name]
    return replace(visit, assist=replace(visit.assist, text_size=TextSize.LARGEST))


def names(on: Any, prefix: str) -> list[str]:
    """In the order they stand in."""
    found = [item for item in on.items() if item.objectName().startswith(prefix)]
    return [item.objectName() for item in sorted(found, key=lambda item: on.centre(item).y())]


def test_the_one_answer_of_a_page_leads_on(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["form.answer"])
    assert names(on, "primary") == []
    on.click("option-360")
    assert on.events(events.FormEdited) == [events.FormEdited("grade", Personal("360"))]
    assert on.events(events.FormPageDone) == [events.FormPageDone({})]
    on.show(visits()["form.answered"])
    on.click("primary")
    assert on.events(events.FormPageDone) == [events.FormPageDone({})] * 2


def test_one_of_several_questions_does_not_lead_on(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["form.second"])
    on.click("option-600")
    assert on.events(events.FormEdited) == [events.FormEdited("grade", Personal("600"))]
    assert on.events(events.FormPageDone) == []


def test_a_proof_is_agreed_to_by_the_button_that_prints_it(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(replace(visits()["review.proof"], language="en"))
    assert names(on, "consent") == []
    assert on.find("primary").property("text") == "Agree and print"
    on.click("primary")
    sent = [e for e in on.port.posted if isinstance(e, events.ConsentChanged | events.Continued)]
    assert sent == [
        events.ConsentChanged(f"{fx.PROOF.code}/{fx.PROOF.version}"),
        events.Continued(),
    ]
    on.show(visits()["review"])
    on.click("primary")
    assert on.events(events.Continued) == [events.Continued()], "an application is agreed to apart"
    assert names(on, "consent") == ["consent"]


def test_a_service_of_a_citys_list_is_for_that_city(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["home"])
    model = cast(HomeModel, on.shell.models[visits()["home"].step])
    city = on.port.directory.partner_cities()[0]
    model.show_list("city", city.code)
    code = model.value("list", [])[0]["code"]
    model.choose(code)
    model.show_list("featured", "")
    model.choose(code)
    assert on.events(events.ItemChosen) == [
        events.ItemChosen(code, city.code), events.ItemChosen(code),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "prefix"), [("bills.many", "bill-"), ("slots.many", "day-")])
def test_long_lists_come_in_pages_that_a_choice_does_not_turn(
    stage: Callable[..., Any], name: str, prefix: str
) -> None:
    on = stage()
    on.show(visits()[name])
    every = names(on, prefix)
    assert len(every) == 9
    on.show(largest(name))
    assert sorted(names(on, prefix)) == sorted(every[6:]), "where the choice stands"
    portion = next(item for item in on.items() if item.objectName() == "portionBack")
    portion.forceActiveFocus()
    on.click("portionBack")
    assert sorted(names(on, prefix)) == sorted(every[:6])
    on.click(names(on, prefix)[1])
    assert sorted(names(on, prefix)) == sorted(every[:6])
