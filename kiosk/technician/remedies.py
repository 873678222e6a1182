"""What a technician does about a trouble code, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from config.text import Text
from kiosk.words import remedy_for, staff_words_for


@cache
def chinese_remedies() -> dict[str, str]:
    """Code → the technician's remedy in Chinese (``remedies_zh.toml``). The English ones stand with
    their codes, in ``drivers/failures.toml`` and ``kiosk/words.toml``."""
    file = resources.files("kiosk.technician").joinpath("remedies_zh.toml")
    return {str(code): str(words) for code, words in tomllib.loads(file.read_text("utf-8")).items()}


def remedy(code: str) -> Text:
    """A code without Chinese of its own says in Chinese what the person on duty does, if it is a
    device's, else the English."""
    english = remedy_for(code)
    staff = staff_words_for(code)
    return Text(zh=chinese_remedies().get(code) or (staff.zh if staff else english), en=english)
