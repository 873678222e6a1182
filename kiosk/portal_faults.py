"""Technicians' words for what can be wrong between terminal and portal (``portal_faults.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from config.text import Text

OTHER = "refused_by_portal"


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What a fault means and what to do."""

    means: Text
    do: Text


@cache
def fault_catalogue() -> dict[str, FaultWords]:
    """Code → words."""
    file = resources.files("kiosk").joinpath("portal_faults.toml")
    return {
        code: FaultWords(
            Text(zh=entry["zh"], en=entry["en"]), Text(zh=entry["do_zh"], en=entry["do_en"])
        )
        for code, entry in tomllib.loads(file.read_text("utf-8")).items()
    }


def fault_words(code: str) -> FaultWords:
    """The words of ``code``; a code without its own gets the general ones."""
    found = fault_catalogue()
    return found.get(code) or found[OTHER]
