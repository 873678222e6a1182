"""How one paper stands, as its card shows it: nothing the printer has not said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from config.text import Text
from kiosk.advice import advice_for, drawing_for
from kiosk.visit.model import PrintJob
from kiosk.words import headline_and_rest, words_for


def print_look(job: PrintJob, say: Callable[[Text], str]) -> dict[str, Any]:
    """For PrintCard.qml. ``say`` puts a text into the person's language."""
    words, rest = headline_and_rest(say(words_for(job.code))) if job.code else ("", "")
    return {
        "paper": job.paper,
        "state": job.state.value,
        "progress": job.progress.value,
        "page": job.page,
        "pages": job.pages,
        "begun": job.begun,
        "code": job.code,
        "words": words,
        "rest": rest,
        "drawing": drawing_for(job.code, job.paper) if job.code else "",
        "again": bool(job.code) and advice_for(job.code).button == "print_again",
        "picture": job.picture,
        "pictures": job.pictures,
    }
