"""What a failure code means: ``kiosk devices explain``."""

from __future__ import annotations

from typing import Any

from drivers.failures import ACTIONS, failure_catalogue
from kiosk.words import known_codes, part_of, remedy_for, staff_words_for, words_for


def explain(code: str) -> dict[str, Any]:
    """Everything known of ``code``, JSON-able; ``causes`` the likeliest first.

    :class:`KeyError` for a code that is in no catalogue.
    """
    if code not in known_codes():
        raise KeyError(code)
    words = words_for(code)
    entry, staff = failure_catalogue().get(code), staff_words_for(code)
    return {
        "code": code,
        "zh": words.zh,
        "en": words.en,
        "part": part_of(code),
        "action": entry.action.value if entry else "",
        "to_do": ACTIONS[entry.action] if entry else "",
        "devices": list(entry.devices) if entry else [],
        "causes": list(entry.causes) if entry else [],
        "staff_zh": staff.zh if staff else "",
        "staff_en": staff.en if staff else "",
        "remedy": remedy_for(code),
    }


def near_codes(text: str) -> list[str]:
    """Codes like ``text``: those with it in them, else those spelt much like it."""
    from difflib import get_close_matches

    within = sorted(code for code in known_codes() if text and text in code)
    return within[:8] or get_close_matches(text, sorted(known_codes()), n=3, cutoff=0.5)


def as_lines(explanation: dict[str, Any]) -> list[str]:
    """The explanation for a technician to read."""
    lines = [explanation["code"], f"  {explanation['zh']}", f"  {explanation['en']}"]
    if explanation["causes"]:
        lines.append("  Likely causes:")
        lines += [f"    - {cause}" for cause in explanation["causes"]]
    if explanation["staff_en"]:
        lines += [f"  Staff: {explanation['staff_zh']}", f"         {explanation['staff_en']}"]
    if explanation["to_do"]:
        lines.append(f"  To do: {explanation['to_do']}.")
    lines.append(f"  Technician: {explanation['remedy']}")
    return lines
