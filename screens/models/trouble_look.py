"""A trouble as its sheet shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from config.text import Text
from kiosk.advice import button_for, drawing_for
from kiosk.visit.model import Step, Trouble
from kiosk.words import headline_and_rest, words_for

# Any device may say a ``device.`` code; the step tells which one was at work.
_IN_USE = {
    Step.IDENTIFY: "card_reader",
    Step.FACE: "camera",
    Step.MATERIALS: "document_camera",
}


def trouble_look(trouble: Trouble, step: Step, say: Callable[[Text], str]) -> dict[str, Any]:
    """For the session's ``trouble…`` properties. ``say`` puts a text into the person's language."""
    code = trouble.code
    words, rest = headline_and_rest(say(words_for(code)))
    if trouble.reason is not None:
        words, rest = headline_and_rest(say(trouble.reason))
        rest = "\n".join(filter(None, (rest, say(trouble.way_out) if trouble.way_out else "")))
    return {
        "trouble_code": code,
        "trouble_words": words,
        "trouble_rest": rest,
        "trouble_part": _IN_USE.get(step, "") if code.startswith("device.") else "",
        "trouble_drawing": drawing_for(code),
        "trouble_button": button_for(code, trouble.actions),
        "trouble_actions": list(trouble.actions),
    }
