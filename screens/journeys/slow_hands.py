"""How long somebody with slow hands and eyes takes for a journey: a keystroke-level model.

The person touches the screen. Of each page they read what is told of it, then the names of its controls
one by one up to the one they want; they think; they touch. A page that goes on by itself is not waited
for. What the terminal needs is measured. No person was timed for this: the sum
says which step is long and what a change saves. Published checks of such models for older people erred
by about a third, towards too long a time (CHI 2012, "Age-specific predictive models").

Values and where they are from:

- thinking before a touch: 1.35 s (Card, Moran, Newell 1980), times 118/70 for the cycle of an older mind
  (Jastrzembski, Charness 2007, doi 10.1037/1076-898X.13.4.224);
- a touch: 0.567 s, as measured on a tablet (doi 10.1016/j.apergo.2016.06.004), times 175/100 for an
  older hand's pointing (Jastrzembski, Charness 2007);
- reading: 238 English words a minute (Brysbaert 2019, doi 10.1016/j.jml.2019.104047) of six letters with
  their space; a Chinese character takes as long as 987/255 letters, the ratio of both in IReST (doi
  10.1167/iovs.11-8284); times 1.3 for an older reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from screens.journeys.person import Deed, Diary
from screens.journeys.senses import Page

THINK_S: Final = 1.35 * 118 / 70
TOUCH_S: Final = 0.567 * 175 / 100
LETTER_S: Final = 60 / (238 * 6) * 1.3
HAN_S: Final = LETTER_S * 987 / 255
ROLES: Final = re.compile("，(按钮|单选|可勾选|输入框)|, (button|option|tick box|text field)")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of a journey up to one deed. ``page``: the title of the page; seconds."""

    page: str
    what: str
    reading_s: float
    hand_s: float
    thinking_s: float
    terminal_s: float

    @property
    def total_s(self) -> float:
        """All of it. A page that goes on by itself does not wait until it was read."""
        if self.hand_s == 0:
            return self.terminal_s
        return self.reading_s + self.hand_s + self.thinking_s + self.terminal_s


def legs(diary: Diary) -> list[Leg]:
    """A journey that was made by reading the tree, as slow hands would make it by touch."""
    made: list[Leg] = []
    title, known = "", frozenset[str]()
    for deed in diary.deeds:
        pages = [one for one in deed.found if isinstance(one, Page)]
        fresh: list[str] = []
        for page in pages:
            lines = page.split("\n")
            fresh += [line for line in lines if line not in known]
            title, known = lines[0], frozenset(lines)
        controls = [ROLES.split(one)[0] for one in deed.found if not isinstance(one, Page)]
        made.append(
            Leg(
                page=title,
                what=controls[-1] if controls else "",
                reading_s=reading_s("".join(fresh)) + reading_s("".join(dict.fromkeys(controls))),
                hand_s=_hand_s(deed),
                thinking_s=0.0 if deed.is_wait else THINK_S,
                terminal_s=deed.waited_s,
            )
        )
    return made


def reading_s(text: str) -> float:
    """To read it once."""
    han = len(_HAN.findall(text))
    return han * HAN_S + (len(text) - han) * LETTER_S


def _hand_s(deed: Deed) -> float:
    touches = sum(1 for key in deed.keys if key != "tab")
    return touches * TOUCH_S + deed.act_s


def total_s(made: Sequence[Leg], until: str = "") -> float:
    """Of the whole journey, or before the touch of this button."""
    seconds = 0.0
    for leg in made:
        if until and leg.what == until:
            break
        seconds += leg.total_s
    return seconds
