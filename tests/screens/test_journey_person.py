"""What a simulated person makes of what they are told."""

from __future__ import annotations

from screens.journeys.person import Cue, Person

LEAVE = Cue(("Done, leave",), ("enter",), held=("proof is issued",), until=("Proof printed",))


class Terminal:
    """Tells the next of ``answers`` after each key; both the keypad and the sense of a person."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = [*answers]
        self.keys: list[str] = []

    def press(self, key: str) -> None:
        self.keys.append(key)

    def news(self, timeout_s: float = 0.0) -> list[str]:
        return self.answers.pop(0)


def pressed(*answers: list[str]) -> list[str]:
    terminal = Terminal(*answers)
    Person(terminal, terminal, [LEAVE], "Goodbye").go()
    assert not terminal.answers
    return terminal.keys


def test_a_button_named_too_early_is_left_until_what_was_waited_for_is_told() -> None:
    keys = pressed(
        ["Your proof is issued", "Done, leave, button"],
        ["Done, leave, button"],
        ["Proof printed, please take it"],
        ["Done, leave, button"],
        ["Goodbye"],
    )
    assert keys == ["tab", "tab", "tab", "enter"]


def test_it_is_pressed_at_once_where_nothing_is_waited_for() -> None:
    assert pressed(["Done, leave, button"], ["Goodbye"]) == ["enter"]
