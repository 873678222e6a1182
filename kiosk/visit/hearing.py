"""Who listens: voice guidance, a headset put in or taken out, and what the screen says of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import effects as fx
from kiosk.visit.draft import Draft
from kiosk.visit.model import Assistance, Step

VOICE_ON = "voice.on"
HEADSET_IN = "voice.headset_in"
HEADSET_OUT = "voice.headset_out"


def assist_changed(d: Draft, wanted: Assistance) -> None:
    """The person set the assistance sheet; volume and rate stay within their limits."""
    wanted = wanted.limited()
    begins = wanted.voice and not d.visit.assist.voice
    keeps = wanted.voice and d.visit.assist.voice
    notice = VOICE_ON if begins else d.visit.voice_notice if keeps else ""
    d.set(assist=wanted, voice_notice=notice)


def headset_changed(d: Draft, inserted: bool | None) -> bool:
    """Speech begins with a headset and ends with it: what was meant for one person is not for the
    hall. True if somebody did something. None: the socket does not know any more, so it may be out.
    """
    visit = d.visit
    before = visit.headset is True
    d.set(headset=inserted)
    if (inserted is True) == before:
        return False
    if visit.step is not Step.ATTRACT or inserted:
        d.do(fx.Record("visit.headset", {"inserted": inserted is True}))
    d.set(
        assist=replace(visit.assist, voice=inserted is True),
        voice_notice=HEADSET_IN if inserted else HEADSET_OUT,
    )
    return True


def moved_on(d: Draft) -> None:
    """Another page: the news of the last one are no news any more."""
    if d.visit.voice_notice:
        d.set(voice_notice="")
