"""What a button of the demo panel is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.text import Text

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One button. ``on(state)`` tells whether it stands as pressed now; None: never."""

    key: str
    words: Text
    device: str
    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    on: Callable[[State], bool] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons of one device; ``summary(state)`` says how it is, in a few words."""

    key: str
    title: Text
    summary: Callable[[State], Text]
    commands: tuple[Command, ...]
