"""Who carries out what a check needs done at the device: a person, a simulator, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from drivers.acceptance.texts import Instruction
from drivers.simulation import Simulator


class Guide(Protocol):
    """Carries the kit's requests to whoever stands at the device."""

    @property
    def kind(self) -> str:
        """``person``, ``simulator`` or ``nobody``, for the report."""
        ...

    def ask(self, instruction: Instruction) -> bool:
        """Have something done; False if it cannot be, and the check is then not run."""
        ...

    def judge(self, question: Instruction) -> bool | None:
        """Have something looked at: yes, no, or None if nobody can say."""
        ...


class NobodyGuide:
    """Nobody stands there: every check that needs a hand or an eye is not run."""

    kind = "nobody"

    def ask(self, instruction: Instruction) -> bool:
        """Cannot be done."""
        return False

    def judge(self, question: Instruction) -> bool | None:
        """Nobody can say."""
        return None


@dataclass(frozen=True)
class Rig:
    """A simulator, and how the kit's requests are met at it.

    ``options()``: the adapter's settings for reaching it, asked once it runs. ``acts``: what to do
    for an act of ``texts.toml``; ``looks``: the answer to a question. An act that is missing cannot
    be done at this simulator, so its checks are not run. ``more_ports``: further ports the same
    adapter implements at it.
    """

    port: str
    simulator: Simulator
    options: Callable[[], Mapping[str, Any]]
    acts: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    looks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    more_ports: tuple[str, ...] = ()


class SimulatorGuide:
    """Meets every request at a :class:`Rig`'s simulator."""

    kind = "simulator"

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    def ask(self, instruction: Instruction) -> bool:
        """Do it by the simulator's commands."""
        action = self._rig.acts.get(instruction.name)
        if action is None:
            return False
        action()
        return True

    def judge(self, question: Instruction) -> bool | None:
        """Look into the simulator."""
        answer = self._rig.looks.get(question.name)
        return None if answer is None else answer()
