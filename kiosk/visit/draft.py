"""A visit in the making: collects changes and effects while one event is handled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from kiosk.visit.effects import Effect, Speak, StartTimer, StopTimer
from kiosk.visit.model import Step, Trouble, Visit

_NAMES = tuple(f.name for f in fields(Visit))
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_values = attrgetter(*_NAMES)


class Draft:
    """Mutable only inside one call of ``advance``; the visits it makes are immutable."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.effects: list[Effect] = []

    def set(self, **changes: Any) -> None:
        """Change fields of the visit. (``dataclasses.replace``, five times faster: it is called
        for every event several times, and a campaign simulates millions.)"""
        values = list(_values(self.visit))
        for name, value in changes.items():
            values[_PLACES[name]] = value
        self.visit = Visit(*values)

    def do(self, effect: Effect) -> None:
        """Have an effect performed that needs no tracking."""
        self.effects.append(effect)

    def issue(self, slot: str, make: Callable[[int], Effect]) -> None:
        """Have an effect performed whose outcome is wanted in ``slot``; forgets an older one there."""
        number = self.number()
        self.set(awaiting=MappingProxyType({**self.visit.awaiting, slot: number}))
        self.effects.append(make(number))

    def forget(self, *slots: str) -> None:
        """Outcomes for these slots are no longer wanted."""
        left = {slot: n for slot, n in self.visit.awaiting.items() if slot not in slots}
        if len(left) != len(self.visit.awaiting):
            self.set(awaiting=MappingProxyType(left))

    def wants(self, slot: str, effect: int) -> bool:
        """Is this outcome the one waited for?"""
        return self.visit.awaiting.get(slot) == effect

    def start_timer(self, timer: str, seconds: float) -> None:
        """(Re)start a timer."""
        generation = self.number()
        self.set(timers=MappingProxyType({**self.visit.timers, timer: generation}))
        self.effects.append(StartTimer(timer, generation, seconds))

    def stop_timer(self, timer: str) -> None:
        """Stop a timer if it runs."""
        if timer in self.visit.timers:
            left = {name: n for name, n in self.visit.timers.items() if name != timer}
            self.set(timers=MappingProxyType(left))
            self.effects.append(StopTimer(timer))

    def trouble(self, code: str, *actions: str) -> None:
        """Say what went wrong; ``actions`` are the buttons offered."""
        self.set(trouble=Trouble(code, actions or ("retry", "leave")))

    def show(self, step: Step) -> None:
        """Change the screen; a trouble belongs to the screen it came up on.

        "Leave?" is not asked over a submission under way: it can't be answered there.
        """
        leaving = self.visit.leaving and step is not Step.SUBMITTING
        self.set(step=step, trouble=None, leaving=leaving)
        self.speak(step.value)

    def speak(self, prompt: str) -> None:
        """Say a prompt where voice guidance is on."""
        if self.visit.assist.voice:
            self.effects.append(Speak(prompt))

    def number(self) -> int:
        """A number no effect had before, in any visit of this terminal."""
        number = self.visit.effects_issued + 1
        self.set(effects_issued=number)
        return number
