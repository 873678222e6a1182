"""What a slip says of the policies that were found: those that fit, and those that may; or of the one that
is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.policy_terms import Fit
from config.text import Text
from kiosk.documents.layout import Element, Note, Rule
from kiosk.visit.finder import opened, question
from kiosk.visit.model import FoundPolicy, Visit

Say = Callable[[str, str], str]


def policy_lines(visit: Visit, say: Say) -> Iterator[Element]:
    """Of a list, what does not fit is counted above and not told. Nothing if no policies were asked for."""
    found = visit.answer.policies if visit.answer is not None else ()
    if not found:
        return
    alone = opened(visit)
    for fit, heading in (
        (Fit.YES, say("符合条件的政策", "These fit") if alone is None else say("符合", "It fits")),
        (
            Fit.POSSIBLE,
            say("可能符合的政策", "These may fit")
            if alone is None
            else say("可能符合", "It may fit"),
        ),
        (Fit.NO, "" if alone is None else say("不符合", "It does not fit")),
    ):
        shown = found if alone is None else (alone,)
        those = [one for one in shown if one.fit is fit and heading]
        if those:
            yield Note(heading, strong=True)
        for one in those:
            yield from _policy(visit, one, say)
            yield Rule()
    yield Note(
        say(
            "按您的回答匹配，能不能享受以主管部门认定为准。",
            "Matched to your answers; the authority decides.",
        )
    )


def _policy(visit: Visit, one: FoundPolicy, say: Say) -> Iterator[Element]:
    def words(text: Text) -> str:
        return text.in_language(visit.language)

    yield Note(words(one.name), strong=True)
    yield Note(words(one.gives))
    asked = [
        words(label)
        for name in one.against or one.open
        if (label := question(visit, name)) is not None
    ]
    if asked and one.against:
        yield Note(say(f"不符合的是：{'、'.join(asked)}", f"Because of: {', '.join(asked)}"))
    elif asked:
        yield Note(say(f"要看：{'、'.join(asked)}", f"Depends on: {', '.join(asked)}"))
    how = (
        say("免申即享，不用申请", "Nothing has to be applied for")
        if one.automatic
        else say("要申请", "Has to be applied for")
    )
    until = (
        say(f"到 {one.until} 为止", f"until {one.until}")
        if one.until
        else say("长期有效", "no end")
    )
    yield Note(f"{how} · {until}")
    yield Note(f"{words(one.authority)} · {one.basis}")
