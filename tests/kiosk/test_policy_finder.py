"""What the finder answers, without a line, and what its slip says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from config.divisions import load_divisions
from config.policy_terms import Fit
from config.shipped import load_catalogue
from config.text import Text
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.documents import slip_for
from kiosk.documents.layout import Note, Pair
from kiosk.finder import find
from kiosk.personal import Personal
from kiosk.terminal.errands import ErrandDesk
from kiosk.terminal_port import Place
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Step

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PLACE = Place("ST-0042", Text(zh="一楼", en="Floor 1"), Text(zh="汕头", en="Shantou"), None, "0754")
FIRM = {"who": "company", "assets_wan": "5000", "profit_wan": "300", "high_tech": "true"}


def sealed(answers: dict[str, str]) -> dict[str, Personal]:
    return {name: Personal(text) for name, text in answers.items()}


def test_the_surest_come_first_and_all_are_counted() -> None:
    answer = find(sealed(FIRM), TODAY)
    fits = [one.fit for one in answer.policies]
    assert fits == sorted(fits, key=list(Fit).index)
    counts = {label.en: int(count) for label, count in answer.summary}
    assert counts == {"Fit": 1, "May fit": 4, "Don't fit": 2}
    small = next(one for one in answer.policies if one.code == "cit-small")
    assert (small.open, small.until, small.days_left) == (("employees",), "2027-12-31", 404)


def test_what_has_ended_is_told_no_more() -> None:
    last = date(2027, 12, 31)
    codes = {
        day: {one.code for one in find({}, day).policies} for day in (last, last + timedelta(1))
    }
    assert "cit-small" in codes[last]
    assert codes[last + timedelta(1)] == {"research-deduction", "high-tech"}


def test_a_terminal_without_a_line_answers() -> None:
    now = Circumstances(portal_reachable=False)
    directory = ServiceDirectory(load_catalogue(), load_divisions(), "440500", lambda: now)
    assert directory.availability("gx-0102").possible
    posted: list[ev.Event] = []
    nobody: Any = None  # neither portal nor keys nor vault may be asked
    desk = ErrandDesk(
        client=nobody, terminal_id="t", directory=directory, router=nobody, keys=nobody, vault=nobody,
        circumstances=lambda: now, post=posted.append, now=lambda: NOW,
    )  # fmt: skip
    query = fx.RunQuery(7, "gx-0102", "440500", None, {}, sealed(FIRM))
    desk.handlers()[fx.RunQuery](query, Visit())
    assert posted == [ev.QueryAnswered(7, find(sealed(FIRM), TODAY))]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_slip_tells_what_fits_and_what_decides_the_rest(language: str) -> None:
    item = load_catalogue().item("gx-0102")
    visit = Visit(
        step=Step.POLICIES, language=language, item=item, answer=find(sealed(FIRM), TODAY)
    )
    slip = slip_for(visit, "answer", PLACE, NOW, "")
    notes = [element.text for element in slip.elements if isinstance(element, Note)]
    pairs = {e.label: e.value for e in slip.elements if isinstance(e, Pair)}
    answer = visit.answer
    assert answer is not None
    told = {one.code for one in answer.policies if one.name.in_language(language) in notes}
    assert told == {one.code for one in answer.policies if one.fit is not Fit.NO}
    assert (
        "要看：员工人数" if language == "zh_CN" else "Depends on: People who work there"
    ) in notes
    assert pairs["不符合" if language == "zh_CN" else "Don't fit"] == "2"
    assert any("企业所得税法第二十八条" in note for note in notes)
    assert cast(str, notes[-1])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("high-tech", ("符合", "要申请 · 长期有效")),
        ("cit-small", ("可能符合", "要看：员工人数")),
        ("iit-sole-trader", ("不符合", "不符合的是：企业类型")),
    ],
)
def test_the_slip_of_one_policy_tells_of_that_one_alone(code: str, said: tuple[str, ...]) -> None:
    visit = Visit(
        step=Step.POLICIES, item=load_catalogue().item("gx-0102"), policy=code,
        answer=find(sealed(FIRM), TODAY),
    )  # fmt: skip
    slip = slip_for(visit, "answer", PLACE, NOW, "")
    notes = [element.text for element in slip.elements if isinstance(element, Note)]
    assert visit.answer is not None
    told = [one.code for one in visit.answer.policies if one.name.zh in notes]
    assert told == [code]
    assert set(said) <= set(notes)
    assert not [element for element in slip.elements if isinstance(element, Pair)], "no counts"
