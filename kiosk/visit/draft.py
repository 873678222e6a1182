"""A visit in the making: collects changes and effects while one event is handled."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from config.text import Text
from kiosk.advice import best_first
from kiosk.visit.effects import Effect, StartTimer, StopTimer
from kiosk.visit.model import Step, Trouble, Visit


class Draft:
    """Mutable only inside one call of ``advance``; the visits it makes are immutable."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.effects: list[Effect] = []

    def set(self, **changes: Any) -> None:
        """Change fields of the visit; nothing changes if they hold these very values already.

        ``dataclasses.replace``, twenty times faster: it is called several times an event, and a
        campaign simulates hundreds of thousands of events.
        """
        old = vars(self.visit)
        new = {**old, **changes}
        if len(new) != len(old):
            raise TypeError(f"a visit has no {', '.join(sorted(new.keys() - old.keys()))}")
        for name, value in changes.items():
            if old[name] is not value:
                break
        else:
            return
        visit = object.__new__(Visit)
        object.__setattr__(visit, "__dict__", new)
        self.visit = visit

    def do(self, effect: Effect) -> None:
        """Have an effect performed that needs no tracking."""
        self.effects.append(effect)

    def issue(self, slot: str, make: Callable[[int], Effect]) -> None:
        """Have an effect performed whose outcome is wanted in ``slot``; forgets an older one there."""
        number = self.visit.effects_issued + 1
        awaiting = MappingProxyType({**self.visit.awaiting, slot: number})
        self.set(effects_issued=number, awaiting=awaiting)
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
        generation = self.visit.effects_issued + 1
        timers = MappingProxyType({**self.visit.timers, timer: generation})
        self.set(effects_issued=generation, timers=timers)
        self.effects.append(StartTimer(timer, generation, seconds))

    def stop_timer(self, timer: str) -> None:
        """Stop a timer if it runs."""
        if timer in self.visit.timers:
            left = {name: n for name, n in self.visit.timers.items() if name != timer}
            self.set(timers=MappingProxyType(left))
            self.effects.append(StopTimer(timer))

    def trouble(
        self, code: str, *actions: str, reason: Text | None = None, way_out: Text | None = None
    ) -> None:
        """Say what went wrong; ``actions`` are the buttons offered, the one advised comes first."""
        offered = best_first(code, actions or ("retry", "leave"))
        self.set(trouble=Trouble(code, offered, reason, way_out))

    def show(self, step: Step) -> None:
        """Change the screen; a trouble belongs to the screen it came up on.

        "Leave?" is not asked over a submission under way: it can't be answered there.
        """
        leaving = self.visit.leaving and step is not Step.SUBMITTING
        self.set(step=step, trouble=None, leaving=leaving)

    def number(self) -> int:
        """A number no effect had before, in any visit of this terminal."""
        number = self.visit.effects_issued + 1
        self.set(effects_issued=number)
        return number
