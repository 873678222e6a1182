"""Titles of the checks and what a person is asked, in Chinese and English (``texts.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Instruction:
    """Something a person is asked. ``name``: its key, by which a simulator knows what is meant."""

    name: str
    zh: str
    en: str


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    path = resources.files("drivers.acceptance").joinpath("texts.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _instruction(section: str, name: str) -> Instruction:
    entry = _all()[section][name]
    return Instruction(name, entry["zh"], entry["en"])


def check_title(check: str) -> Instruction:
    """The title of a check; an unknown one (:class:`KeyError`) is a programming mistake."""
    return _instruction("check", check)


def act(name: str) -> Instruction:
    """Something to be done at the device."""
    return _instruction("act", name)


def look(name: str) -> Instruction:
    """A question about what can be seen, answered by yes or no."""
    return _instruction("look", name)


def known(section: str) -> frozenset[str]:
    """The names in ``section``: ``check``, ``act`` or ``look``."""
    return frozenset(_all()[section])
