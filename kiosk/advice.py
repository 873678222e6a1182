"""What a person who meets a trouble is shown and offered first: drawing and button (``advice.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

GENERAL = "visit.internal"
_RECEIPT, _DOCUMENT = "receipt_", "document_"


@dataclass(frozen=True, slots=True)
class Advice:
    """``drawing``: the real part, by the name of its drawing. ``button``: the one action, by the
    name of its words. ``stands_for``: the visit's actions it may be, the likeliest first."""

    drawing: str
    button: str
    stands_for: tuple[str, ...]


@cache
def advice_table() -> Mapping[str, Advice]:
    """All advice by code."""
    read = tomllib.loads(resources.files("kiosk").joinpath("advice.toml").read_text("utf-8"))
    return {
        code: Advice(given["drawing"], given["do"], tuple(read["do"][given["do"]]))
        for code, given in read["code"].items()
    }


def advice_for(code: str) -> Advice:
    """The advice for ``code``; an unknown code gets that of the general trouble."""
    return advice_table().get(code) or advice_table()[GENERAL]


def drawing_for(code: str, paper: str = "") -> str:
    """The drawing for ``code``; ``paper``: what was to be printed, receipt or proof, "" for nothing."""
    name = advice_for(code).drawing
    if paper and code.startswith("device."):  # any device may say it: here it was the printer
        name = f"{_RECEIPT}broken"
    if paper == "proof" and name.startswith(_RECEIPT):
        name = _DOCUMENT + name.removeprefix(_RECEIPT)
    return name


def best_first(code: str, offered: Sequence[str]) -> tuple[str, ...]:
    """The actions that a trouble offers, the advised one first."""
    first = next((action for action in advice_for(code).stands_for if action in offered), "")
    return (*[first] * bool(first), *(action for action in offered if action != first))


def button_for(code: str, actions: Sequence[str]) -> str:
    """What the first of these actions is called: the advised button's name, or the action's own."""
    advice = advice_for(code)
    first = actions[0] if actions else ""
    return advice.button if first in advice.stands_for else first
