"""What a campaign found."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant that did not hold. Ids and codes only."""

    invariant: str
    what: str


@dataclass(slots=True)
class Verdict:
    """Figures of a campaign (name and value), and what it found; none is a pass.

    ``left_out``: parts that this machine could not run, and why.
    """

    figures: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every invariant held."""
        return not self.findings

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure."""
        self.figures[name] = self.figures.get(name, 0) + by

    def found(self, invariant: str, what: str) -> None:
        """Note a violation."""
        self.findings.append(Finding(invariant, what))

    def lines(self) -> list[str]:
        """The verdict as it is printed."""
        text = [f"{name:44} {value:>10,}" for name, value in self.figures.items()]
        text += [f"not run: {reason}" for reason in dict.fromkeys(self.left_out)]
        text += [f"VIOLATED {one.invariant}: {one.what}" for one in self.findings[:_SHOWN]]
        if len(self.findings) > _SHOWN:
            text.append(f"and {len(self.findings) - _SHOWN} more violations")
        return [*text, "verdict: " + ("every invariant held" if self.passed else "FAILED")]
