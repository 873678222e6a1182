"""What is true of a submission in each state, as slip and look-up say it (``evidence.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from config.text import Text

ENDED = frozenset({"decided", "delivered", "withdrawn"})
"""States of a case in which no day is promised any more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``now``: where it stands; ``next``: what the person has to do or need not do; ``tone``: ok,
    or warn."""

    now: Text
    next: Text
    tone: str


@cache
def table() -> Mapping[str, Evidence]:
    """All states."""
    read = tomllib.loads(resources.files("kiosk").joinpath("evidence.toml").read_text("utf-8"))
    return {
        state: Evidence(Text(**entry["now"]), Text(**entry["next"]), entry["tone"])
        for state, entry in read.items()
    }


def evidence(state: str) -> Evidence:
    """The words of a state; one that a newer portal invented is read as being handled."""
    return table().get(state) or table()["in_process"]
