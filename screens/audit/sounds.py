"""What is heard, judged without a sound: by the reducer, by the words that go to the voice, and by its
settings (A11–A14, A26). How loud it is, and how soon, only a meter and a clock can say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import get_args

from kiosk.documents import sentences
from kiosk.documents.layout import Big, Element, Note, Pair, Qr, Row, Rule, Slip, Title
from kiosk.documents.slips import SCALES
from kiosk.visit import advance, events
from kiosk.visit.assistance import LOUDEST, RATES
from kiosk.visit.model import Assistance, Step, TextSize, Visit
from screens.audit.judges import Fault
from screens.speech import Outputs
from screens.speech.output import LOUDEST as GAINS
from screens.speech.output import STEP_DB
from screens.speech.spoken import spoken
from screens.speech.synthesis import TONE

SLOWEST, FASTEST, WIDEST_STEP_DB = 0.5, 2.0, 10.0
NUMBERS = ("440599199001010010", "440***********0010", "6222 0000 0000 0000 018")
LARGE_PRINT_MM = 4.2
_RUNNING_DOTS, _CAPITAL, _DOTS_A_MM = 24, 0.733, 8


def heard() -> Iterator[Fault]:
    """All of them."""
    yield from _paces()
    yield from _headsets()
    yield from _numbers()
    yield from _volumes()
    yield from _slips()


def _paces() -> Iterator[Fault]:
    if (min(RATES), max(RATES)) != (SLOWEST, FASTEST):
        yield "A11", f"the voice speaks {min(RATES)} to {max(RATES)} times as fast"


def _headsets() -> Iterator[Fault]:
    for step in Step:
        into, _ = advance(Visit(step=step), events.HeadsetChanged(True))
        if not into.assist.voice:
            yield "A12", f"at {step.value} a headset begins no speech"
        out, _ = advance(into, events.HeadsetChanged(False))
        if out.assist.voice or not out.voice_notice:
            yield "A12", f"at {step.value} pulling it out goes on speaking, or is not shown"
    if Outputs("hall", "ear").device(headset=True) != "ear":
        yield "A12", "a headset with a sound device of its own is not used alone"


def _numbers() -> Iterator[Fault]:
    for number in NUMBERS:
        shown = len(re.findall(r"[0-9*]", number))
        for tag in ("zh_CN", "en"):
            hall = spoken(number, tag, private=False)
            if re.search(r"[0-9一二三四五六七八九]", hall) or hall.count(TONE) != shown:
                yield "A13", f"a number of {shown} places is no {shown} tones in the hall ({tag})"
            if TONE in spoken(number, tag, private=True):
                yield "A13", f"tones go to a headset ({tag})"


def _volumes() -> Iterator[Fault]:
    if STEP_DB > WIDEST_STEP_DB or LOUDEST != GAINS:
        yield "A14", f"a step of volume is {STEP_DB:.0f} dB"
    loud = replace(Assistance(), volume=99).limited()
    if loud.volume != LOUDEST or not Assistance().volume < LOUDEST:
        yield "A14", "volume has no limit, or begins at it"


def _slips() -> Iterator[Fault]:
    """Every text of every kind of line is said; the largest print is large."""
    missing = set(get_args(Element)) - {type(line) for line in _LINES} - {Rule}
    for kind in missing:
        yield "A26", f"nobody judges whether a slip's {kind.__name__} is said"
    for line in _LINES:
        said = " ".join(sentences(Slip((line,))))
        for field in fields(line):
            text = getattr(line, field.name)
            if isinstance(text, str) and text.startswith("say") and text not in said:
                yield "A26", f"{field.name} of a slip's {type(line).__name__} is not said"
    high = SCALES[TextSize.LARGEST] * _RUNNING_DOTS * _CAPITAL / _DOTS_A_MM
    if high < LARGE_PRINT_MM:
        yield "A26", f"the largest print has a capital H of {high:.1f} mm"


_LINES: tuple[Element, ...] = (
    Title("say 1"),
    Big("say 2", "say 3"),
    Pair("say 4", "say 5"),
    Row("say 6", "say 7"),
    Note("say 8"),
    Qr("an address", "say 9"),
)
