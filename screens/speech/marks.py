"""Marks of the keyboard by their names: no voice says a lone comma."""

from __future__ import annotations

from config.text import Text

MARKS = {
    mark: Text(zh=zh, en=en)
    for mark, zh, en in (
        *((" ", "空格", "space"), ("-", "横线", "dash"), ("/", "斜线", "slash")),
        *(
            (":", "英文冒号", "colon"),
            (";", "英文分号", "semicolon"),
            ("(", "左括号", "left bracket"),
        ),
        *(
            (")", "右括号", "right bracket"),
            ("¥", "人民币符号", "yuan sign"),
            ("&", "和号", "ampersand"),
        ),
        *(
            ("@", "艾特符号", "at sign"),
            ("，", "逗号", "Chinese comma"),
            ("。", "句号", "Chinese full stop"),
        ),
        *(("、", "顿号", "listing comma"), ("？", "问号", "Chinese question mark")),
        *(("！", "感叹号", "Chinese exclamation mark"), ("“", "左引号", "left quotation mark")),
        *(("”", "右引号", "right quotation mark"), (".", "点", "dot"), (",", "英文逗号", "comma")),
        *(("?", "英文问号", "question mark"), ("!", "英文感叹号", "exclamation mark")),
        *(("'", "撇号", "apostrophe"), ("#", "井号", "number sign"), ("+", "加号", "plus")),
    )
}


def marked(text: str, language: str) -> str:
    """A lone mark by its name, since no voice says it; anything else as it is."""
    name = MARKS.get(text)
    return name.in_language(language) if name is not None else text
