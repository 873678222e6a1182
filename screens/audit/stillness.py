"""What comes up beside an errand moves nothing under a finger (A17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kiosk.visit.model import Power, Visit
from screens.audit.judges import Fault
from screens.audit.snapshot import Box, take
from screens.fixtures import FakePort
from screens.gallery_states import settle
from screens.shell import Shell

NOTE = "headerNote"
"""Where it is told; it comes and goes itself."""
_ROUNDS = 8


def noticed(visit: Visit) -> Mapping[str, Visit]:
    """The same visit with one thing after the other come up, and with all at once."""
    call = replace(visit, calling_staff=True, help_call=3, help_told=True)
    return {
        "a call": call,
        "a call that failed": replace(call, help_told=False),
        "the power": replace(visit, power=Power.BATTERY),
        "a headset": replace(visit, voice_notice="voice.headset_out"),
        "all of these": replace(call, power=Power.ENDING, voice_notice="voice.headset_out"),
    }


def places(shell: Shell) -> dict[str, Box]:
    """Where everything is that can be pressed, but for the note, once layouts have come to rest. Of
    several of one name each has its number."""
    found: dict[str, Box] = {}
    for _ in range(_ROUNDS):
        shell.grab()
        settle()
        before, found, times = found, {}, Counter[str]()
        for control in take(shell).controls:
            if control.enabled and control.name != NOTE:
                times[control.name] += 1
                found[f"{control.name} {times[control.name]}"] = control.box
        if found == before:
            break
    return found


def stirred(before: Mapping[str, Box], after: Mapping[str, Box]) -> str:
    """What a finger on its way would miss, in words, or "". What goes and leaves its place empty, or comes
    where nothing was, is missed by none."""
    for name, box in after.items():
        if name in before:
            if before[name] != box:
                return f"{_plain(name)} moves"
            continue
        for other, was in before.items():
            if not box.cut(was).empty:
                return f"{_plain(name)} comes up where {_plain(other)} was"
    return ""


def _plain(name: str) -> str:
    return name.rpartition(" ")[0]


def nothing_moves(shell: Shell, port: FakePort, *, every: bool) -> Iterator[Fault]:
    """Of the page in sight. ``every``: one notice after the other, else all at once."""
    quiet = port.visit
    before = places(shell)
    for what, visit in noticed(quiet).items():
        if not (every or what == "all of these"):
            continue
        port.put(visit)
        settle()
        words = stirred(before, places(shell))
        if words:
            yield "A17", f"{words} when {what} is told"
        port.put(quiet)
        settle()
