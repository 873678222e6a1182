"""Sentences put together follow their language, for the eye and for the ear."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.visit.model import Contrast, TextSize
from screens.accessible_tree import visible
from screens.gallery import dressed
from screens.gallery_states import states

FOREIGN_STOP = re.compile(r"[\u3400-\u9fff”][.] |[。！？] ")
RUN_TOGETHER = re.compile(r"[a-z][.][A-Z]|[a-z”]。|  ")


@pytest.mark.parametrize(("language", "wrong"), [("zh_CN", FOREIGN_STOP), ("en", RUN_TOGETHER)])
def test_a_sentence_ends_as_its_language_does(
    stage: Callable[..., Any], language: str, wrong: re.Pattern[str]
) -> None:
    on = stage()
    found: list[str] = []
    for name in (
        "result.stored",
        "materials.poor",
        "sign.pressed",
        "form.refused",
        "identify.trouble",
    ):
        state = states()[name]
        on.enter(state, dressed(state.visit, language, TextSize.NORMAL, Contrast.NORMAL))
        told = [node.name for node in visible(on.shell.view)]
        assert any(len(words) > 12 for words in told)
        found += [f"{name}: {words}" for words in told if wrong.search(words)]
    assert found == []
