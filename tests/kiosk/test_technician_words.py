"""A technician's words in Chinese: remedies, and what is wrong with a value."""

from __future__ import annotations

import re

import pytest

from config.load import Mistake
from drivers.failures import failure_catalogue
from kiosk.technician.problems import problem_words
from kiosk.technician.remedies import chinese_remedies, remedy
from kiosk.words import known_codes, remedy_for


def test_every_device_code_has_a_remedy_in_chinese_and_no_remedy_is_left_over() -> None:
    assert set(chinese_remedies()) <= known_codes()
    for code in failure_catalogue():
        assert re.search("[\u4e00-\u9fff]", remedy(code).zh), code
        assert remedy(code).en == remedy_for(code)
    assert not [words for words in chinese_remedies().values() if not words.endswith("。")]


@pytest.mark.parametrize(
    ("problem", "zh"),
    [
        ("Input should be greater than or equal to 1, got 0", "不能小于 1。"),
        ("Input should be less than or equal to 3600.5, got 1e9", "不能大于 3600.5。"),
        ("Input should be greater than 0", "要大于 0。"),
        ("Input should be a valid integer, got 1.5", "要填整数。"),
        ("may not be changed here", "这一项不能在这里改。"),
        ("something new", "这个值不能用：something new"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_in_both_languages(problem: str, zh: str) -> None:
    words = problem_words(Mistake("technician", "queue.max_items", problem))
    assert (words.zh, words.en) == (zh, problem)
