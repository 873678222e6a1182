"""What a simulation went through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, get_args

from kiosk.simulation.world import SHOWABLE
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Step

COUNTED = ("steps", "transitions", "events", "effects", "codes", "journeys", "outcomes")


def _names(union: Any) -> frozenset[str]:
    return frozenset(kind.__name__ for kind in get_args(union))


@dataclass(slots=True)
class SimulationReport:
    """Counts over all visits; ``violation`` is empty if every rule held."""

    seed: int
    visits: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    transitions: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    journeys: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    violation: str = ""
    violated_in: int | None = None

    @property
    def ok(self) -> bool:
        """No rule was broken."""
        return not self.violation

    def add(self, later: SimulationReport) -> None:
        """Take in the report on the visits that follow."""
        self.visits += later.visits
        for name in COUNTED:
            getattr(self, name).update(getattr(later, name))
        self.violation, self.violated_in = later.violation, later.violated_in

    def missed(self) -> dict[str, list[str]]:
        """What never occurred, of all there is."""
        return {
            "steps": sorted({step.value for step in Step} - set(self.steps)),
            "events": sorted(_names(ev.Event) - set(self.events)),
            "effects": sorted(_names(fx.Effect) - set(self.effects)),
            "codes": sorted(SHOWABLE - set(self.codes)),
        }

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        counts = {name: dict(sorted(getattr(self, name).items())) for name in COUNTED}
        return {
            "seed": self.seed,
            "visits": self.visits,
            "ok": self.ok,
            "violation": self.violation,
            "violated_in": self.violated_in,
            **counts,
            "missed": self.missed(),
        }

    def lines(self) -> list[str]:
        """For people."""
        missed = self.missed()
        lines = [
            f"{self.visits} visits, seed {self.seed}, {self.events.total()} events",
            f"steps {len(self.steps)}, transitions {len(self.transitions)}, "
            f"events {len(self.events)}, effects {len(self.effects)}, codes {len(self.codes)}",
            "outcomes: " + ", ".join(f"{k} {n}" for k, n in self.outcomes.most_common()),
        ]
        lines += [f"never seen ({k}): {', '.join(names)}" for k, names in missed.items() if names]
        lines.append(
            "every rule held"
            if self.ok
            else f"RULE BROKEN in visit {self.violated_in}: {self.violation}"
        )
        return lines
