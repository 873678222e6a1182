"""What a failure code means: ``kiosk devices explain``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from drivers.failures import Action, failure_catalogue
from kiosk.words import known_codes, part_of, remedy_for, words_for

_ACTIONS = {
    Action.RETRY: "try again now",
    Action.CLEAR: "remove what is in the way (paper, card, obstacle)",
    Action.RESET: "nothing: the driver reopens the device by itself; if it stays, switch it off and on",
    Action.CONFIGURE: "correct the settings",
    Action.MAINTAIN: "send for a technician",
}


@cache
def _causes() -> dict[str, list[str]]:
    text = resources.files("kiosk").joinpath("device_causes.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["causes"])


def explain(code: str) -> dict[str, Any]:
    """Everything known of ``code``, JSON-able; ``causes`` the likeliest first.

    :class:`KeyError` for a code that is in no catalogue.
    """
    if code not in known_codes():
        raise KeyError(code)
    words = words_for(code)
    entry = failure_catalogue().get(code)
    return {
        "code": code,
        "zh": words.zh,
        "en": words.en,
        "part": part_of(code),
        "action": entry.action.value if entry else "",
        "to_do": _ACTIONS[entry.action] if entry else "",
        "causes": list(_causes().get(code, ())),
        "remedy": remedy_for(code),
    }


def near_codes(text: str) -> list[str]:
    """Codes like ``text``: those with it in them, else those spelt much like it."""
    from difflib import get_close_matches

    within = sorted(code for code in known_codes() if text and text in code)
    return within[:8] or get_close_matches(text, sorted(known_codes()), n=3, cutoff=0.5)


def causes_known() -> frozenset[str]:
    """Codes with causes."""
    return frozenset(_causes())


def as_lines(explanation: dict[str, Any]) -> list[str]:
    """The explanation for a technician to read."""
    lines = [explanation["code"], f"  {explanation['zh']}", f"  {explanation['en']}"]
    if explanation["causes"]:
        lines.append("  Likely causes:")
        lines += [f"    - {cause}" for cause in explanation["causes"]]
    lines.append(f"  Remedy: {explanation['remedy']}")
    if explanation["to_do"]:
        lines.append(f"  First: {explanation['to_do']}")
    return lines
