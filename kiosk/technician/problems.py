"""What is wrong with a value that a technician set, in both languages."""

from __future__ import annotations

import re

from config.load import Mistake
from config.text import Text

_CHINESE = (
    (r"greater than or equal to ([-\d.]+)", "不能小于 {0}。"),
    (r"greater than ([-\d.]+)", "要大于 {0}。"),
    (r"less than or equal to ([-\d.]+)", "不能大于 {0}。"),
    (r"less than ([-\d.]+)", "要小于 {0}。"),
    (r"valid integer", "要填整数。"),
    (r"valid number", "要填数字。"),
    (r"valid boolean", "只能选开或关。"),
    (r"may not be changed here", "这一项不能在这里改。"),
    (r"was spoilt", "改动记录文件已损坏。请移走它，只按配置文件运行。"),
    (r"can't be read", "改动记录文件读不出来。"),
)
"""Of what pydantic and :mod:`config.changes` say of values that may be changed here."""


def problem_words(mistake: Mistake) -> Text:
    """The English is the mistake's own; Chinese for what is not in the list names it as well."""
    for pattern, words in _CHINESE:
        found = re.search(pattern, mistake.problem)
        if found:
            return Text(zh=words.format(*found.groups()), en=mistake.problem)
    return Text(zh=f"这个值不能用：{mistake.problem}", en=mistake.problem)


def not_written(error: OSError) -> Text:
    """The change could not be kept."""
    why = error.strerror or type(error).__name__
    return Text(zh=f"写不进磁盘，没有改成（{why}）。", en=f"It could not be written: {why}")
