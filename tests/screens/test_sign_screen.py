"""The signature's page for who can't draw: the words, the first press, the second, and the voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.visit import events
from kiosk.visit.signature import STATEMENT
from screens.gallery_visits import visits


def shown(on: Any, *names: str) -> set[str]:
    return {item.objectName() for item in on.items()} & set(names)


def test_who_cant_draw_presses_twice(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(replace(visits()["sign"], signature=None, language="en"))
    assert on.find("secondary").property("text") == "I can't draw"
    on.click("secondary")
    (wanted,) = on.events(events.SignByConfirming)
    assert wanted.wanted
    on.show(replace(visits()["sign.confirming"], language="en"))
    assert shown(on, "pad", "pressed", "statement") == {"statement"}
    words = on.find("statement").property("text")
    assert words.startswith("I am *晓岚, and I hand in “Residents' pension insurance")
    assert "Longhu District Social Insurance Fund Bureau" in words
    on.click("primary")
    on.show(replace(visits()["sign.pressed"], language="en"))
    assert shown(on, "pad", "pressed", "statement") == {"pressed", "statement"}
    assert on.find("primary").property("text") == "Yes, sign and hand in"
    on.time += 1
    on.click("primary")
    assert on.events(events.StatementConfirmed) == [events.StatementConfirmed(STATEMENT)] * 2
    assert on.events(events.Continued) == []
    on.time += 1
    on.click("secondary")
    assert on.events(events.SignByConfirming)[-1] == events.SignByConfirming(wanted=False)
