"""The failure catalogue: every code an adapter can return, with causes, words and remedies.

The data are in ``failures.toml``, whose head explains the keys; ``tools/failures.py`` generates the
type of all codes and the page ``docs/devices/failures.md`` from them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


class Action(StrEnum):
    """What to do about a failure, after the suggested actions of XFS4IoT error events."""

    RETRY = "retry"
    CLEAR = "clear"
    RESET = "reset"
    CONFIGURE = "configure"
    MAINTAIN = "maintain"


ACTIONS = MappingProxyType(
    {
        Action.RETRY: "try again now",
        Action.CLEAR: "remove what is in the way (paper, card, obstacle)",
        Action.RESET: "nothing: the driver reopens the device by itself; "
        "if it stays, switch it off and on",
        Action.CONFIGURE: "correct the settings",
        Action.MAINTAIN: "send for a technician",
    }
)
"""What each action asks for, in words for a technician."""

DEVICES = frozenset(
    {
        "any",
        "id_card_reader",
        "smart_card_reader",
        "receipt_printer",
        "document_printer",
        "camera",
        "document_camera",
        "scanner",
        "indicator_light",
        "presence_sensor",
        "power_supply",
        "headset_jack",
    }
)
"""Classes of device, by their ports (:mod:`drivers.ports`)."""

PARTS = frozenset(
    {"card_reader", "receipt_printer", "document_printer", "camera", "scanner", "terminal"}
)
"""Parts of the terminal that a picture can show."""


class CatalogueError(ValueError):
    """``failures.toml`` is not in its form; the message names the entry and the key."""


@dataclass(frozen=True, slots=True)
class FailureEntry:
    """One failure. ``zh`` and ``en``: told to the resident; ``staff_zh`` and ``staff_en``: what the
    person on duty does; ``technician``: its sign, and what a technician does.

    ``devices``: what can return it, of :data:`DEVICES`. ``causes``: the likeliest first.
    """

    code: str
    devices: tuple[str, ...]
    part: str
    action: Action
    causes: tuple[str, ...]
    zh: str
    en: str
    staff_zh: str
    staff_en: str
    technician: str


_KEYS = frozenset(field.name for field in fields(FailureEntry)) - {"code"}
_LISTS = frozenset({"devices", "causes"})


def read_entry(code: str, given: Mapping[str, Any]) -> FailureEntry:
    """The entry of ``code`` from its keys in the file; :class:`CatalogueError` if they are wrong."""

    def check(sound: bool, complaint: str) -> None:
        if not sound:
            raise CatalogueError(f'failures.toml, ["{code}"]: {complaint}')

    missing, strange = sorted(_KEYS - set(given)), sorted(set(given) - _KEYS)
    check(not missing, f"lacks {', '.join(missing)} (the head of the file explains each key)")
    check(
        not strange, f"has no use for {', '.join(strange)}; an entry has {', '.join(sorted(_KEYS))}"
    )
    for key, value in given.items():
        if key in _LISTS:
            texts = isinstance(value, list) and all(isinstance(part, str) for part in value)
            check(texts and bool(value), f"{key} must be a list of one or more texts")
        else:
            check(isinstance(value, str) and bool(value.strip()), f"{key} must be a text")
    check(set(given["devices"]) <= DEVICES, f"devices are of {', '.join(sorted(DEVICES))}")
    check(given["part"] in PARTS, f"part is one of {', '.join(sorted(PARTS))}")
    check(given["action"] in set(Action), f"action is one of {', '.join(Action)}")
    values: dict[str, Any] = {key: tuple(v) if key in _LISTS else v for key, v in given.items()}
    values["action"] = Action(given["action"])
    return FailureEntry(code=code, **values)


@cache
def failure_catalogue() -> dict[str, FailureEntry]:
    """All failures by code, in the order of the file."""
    text = resources.files("drivers").joinpath("failures.toml").read_text("utf-8")
    return {code: read_entry(code, entry) for code, entry in tomllib.loads(text).items()}


def describe(code: str) -> FailureEntry:
    """The entry of ``code``; an unknown code is a programming mistake (:class:`KeyError`)."""
    return failure_catalogue()[code]
