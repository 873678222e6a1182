"""The failure catalogue: every code an adapter can return, with words and remedies (``failures.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Action(StrEnum):
    """What to do about a failure, after the suggested actions of XFS4IoT error events."""

    RETRY = "retry"
    CLEAR = "clear"
    RESET = "reset"
    CONFIGURE = "configure"
    MAINTAIN = "maintain"


@dataclass(frozen=True, slots=True)
class FailureEntry:
    """One failure: ``zh`` and ``en`` are for the resident, ``remedy`` for staff and technician."""

    code: str
    action: Action
    part: str
    zh: str
    en: str
    remedy: str


@cache
def failure_catalogue() -> dict[str, FailureEntry]:
    """All failures by code, in the order of the file."""
    text = resources.files("drivers").joinpath("failures.toml").read_text("utf-8")
    return {
        code: FailureEntry(
            code=code,
            action=Action(entry["action"]),
            part=entry["part"],
            zh=entry["zh"],
            en=entry["en"],
            remedy=entry["remedy"],
        )
        for code, entry in tomllib.loads(text).items()
    }


def describe(code: str) -> FailureEntry:
    """The entry of ``code``; an unknown code is a programming mistake (:class:`KeyError`)."""
    return failure_catalogue()[code]
