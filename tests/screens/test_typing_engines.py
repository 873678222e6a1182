"""Engines for Chinese: what is offered, that nothing is learned, and that no input ends them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.typing import Candidate, Typist
from screens.typing import typist as room
from screens.typing.child import Engines
from screens.typing.engine import MAX_LETTERS
from screens.typing.googlepinyin import EngineMissing, GooglePinyin
from screens.typing.handwriting import Zinnia
from screens.typing.plain import PlainEngine
from screens.typing.syllables import split

WAIT = 30.0
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz'", max_size=40)
# Points of a steady hand writing 王 and 中, on a field of 100 by 100.
KING = [[(20, 20), (80, 20)], [(25, 50), (75, 50)], [(50, 20), (50, 85)], [(10, 85), (90, 85)]]
MIDDLE = [
    [(25, 30), (25, 60)],
    [(25, 30), (75, 30), (75, 60)],
    [(25, 60), (75, 60)],
    [(50, 10), (50, 95)],
]


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="module")
def plain() -> PlainEngine:
    return PlainEngine(["汕头市", "龙湖区", "社保证明"])


def texts(offers: list[Candidate]) -> list[str]:
    return [offer.text for offer in offers]


@pytest.mark.parametrize(
    ("letters", "units"),
    [
        ("lijianguo", ["li", "jian", "guo"]),
        ("xian", ["xian"]),
        ("xi'an", ["xi", "an"]),
        ("ljg", ["l", "j", "g"]),
        ("zhangw", ["zhang", "w"]),
        ("lv", ["lv"]),
        ("v", []),
        ("'", []),
        ("", []),
    ],
)
def test_letters_are_divided_into_the_fewest_syllables(letters: str, units: list[str]) -> None:
    assert [unit.letters for unit in split(letters)] == units


@given(LETTERS)
def test_a_division_uses_the_letters_in_order(letters: str) -> None:
    units = split(letters)
    assert [unit.used for unit in units] == sorted(unit.used for unit in units)
    spelt = letters[: units[-1].used] if units else ""
    assert "".join(unit.letters for unit in units) == spelt.replace("'", "")


@pytest.mark.parametrize(
    ("letters", "name", "wanted"),
    [
        ("nihao", False, "你好"),
        ("nh", False, "你好"),
        ("lijianguo", True, "李建国"),
        ("ljg", True, "李建国"),
        ("ouyangna", True, "欧阳娜"),
        ("zeng", True, "曾"),
        ("shan", True, "单"),
    ],
)
def test_the_wanted_is_first_among_words_or_names(
    engines: Engines, letters: str, name: bool, wanted: str
) -> None:
    offers = engines.words(letters, name=name)
    assert offers[0].used == len(letters)
    assert wanted in texts(offers)[: 1 if len(wanted) > 1 else 6]


@pytest.mark.parametrize(
    ("letters", "char"), [("rong", "镕"), ("kun", "堃"), ("yan", "䶮"), ("zhe", "喆"), ("ji", "𪟝")]
)
def test_rare_characters_of_names_can_be_typed(engines: Engines, letters: str, char: str) -> None:
    in_a_name = texts(engines.words(letters, name=True))
    assert char in in_a_name
    assert char in texts(engines.words(letters, name=False))
    if char in "镕堃䶮喆":
        assert in_a_name.index(char) < 40, "not on the first page"


def test_without_the_library_there_are_words_too(plain: PlainEngine) -> None:
    assert plain.words("nihao", 5)[0] == Candidate("你好", 5)
    assert plain.words("sts", 5)[0] == Candidate("汕头市", 3)
    assert plain.words("shebaozm", 5)[0] == Candidate("社保证明", 8)
    assert "镕" in texts(plain.words("rong", 200))


@given(letters=LETTERS, name=st.booleans())
def test_no_letters_upset_the_engines(letters: str, name: bool) -> None:
    offers = _shared().words(letters, name=name)
    assert len(set(texts(offers))) == len(offers)
    assert all(0 < offer.used <= min(len(letters), MAX_LETTERS) for offer in offers)


def _shared() -> Engines:
    """Hypothesis takes no fixture of a module."""
    if not _kept:
        _kept.append(Engines())
    return _kept[0]


_kept: list[Engines] = []


def test_the_library_is_given_no_more_than_it_bears() -> None:
    engine = GooglePinyin()
    for refused in ("a" * (MAX_LETTERS + 1), "nǐ", "NI", "1"):
        with pytest.raises(ValueError, match="letters"):
            engine.words(refused, 5)


def test_nothing_is_learned() -> None:
    engine = GooglePinyin()
    before = engine.words("zhangw", 30)
    size = os.fstat(engine._user).st_size
    for _ in range(20):
        engine.words("zhangwei", 30)
    assert engine.words("zhangw", 30) == before
    assert os.fstat(engine._user).st_size == size
    assert os.readlink(f"/proc/self/fd/{engine._user}").startswith("/memfd:")


def test_written_characters_are_recognised() -> None:
    engine = Zinnia()
    assert engine.characters(KING, 100, 100, 8)[0] == "王"
    assert engine.characters(MIDDLE, 100, 100, 8)[0] == "中"
    assert engine.characters([], 100, 100, 8) == []
    with pytest.raises(ValueError, match="size"):
        engine.characters(KING, 0, 100, 8)
    with pytest.raises(ValueError, match="strokes"):
        engine.characters(KING * 20, 100, 100, 8)


@given(
    st.lists(
        st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=20), max_size=20
    )
)
def test_no_scribble_upsets_the_engine(strokes: list[list[tuple[float, float]]]) -> None:
    answer = _shared().answer({"id": 1, "strokes": strokes, "width": 300, "height": 200})
    assert all(len(char) == 1 for char in answer["characters"])


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from screens.typing import googlepinyin, handwriting

    monkeypatch.setattr(googlepinyin, "_LIBRARY", "libabsent.so.0")
    monkeypatch.setattr(handwriting, "_LIBRARY", "libabsent.so.0")
    with pytest.raises(EngineMissing, match="libgooglepinyin0"):
        GooglePinyin()
    with pytest.raises(EngineMissing, match="libzinnia0"):
        Zinnia()
    bare = Engines()
    assert bare.words("nihao", name=False)[0] == Candidate("你好", 5)
    assert bare.answer({"id": 1, "strokes": KING, "width": 9, "height": 9})["characters"] == []


class Asked:
    """Answers as they come."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.answers: list[Any] = []
        self._came = threading.Condition()

    def _told(self, answer: Any) -> None:
        with self._came:
            self.answers.append(answer)
            self._came.notify()

    def words(self, letters: str) -> list[str]:
        count = len(self.answers)
        self.typist.words(letters, name=False, told=self._told)
        with self._came:
            assert self._came.wait_for(lambda: len(self.answers) > count, WAIT)
        return texts(self.answers[-1])


@pytest.fixture
def asked() -> Iterator[Asked]:
    typist = Typist()
    typist.start()
    yield Asked(typist)
    typist.close()


def child_of(typist: Typist) -> int:
    child = typist._child
    assert child is not None
    return child.pid


def test_a_child_that_dies_or_hangs_is_replaced(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "ANSWER_S", 1.0)
    assert asked.words("nihao")[0] == "你好"
    first = child_of(asked.typist)
    os.kill(first, signal.SIGKILL)
    assert asked.words("nihao")[0] == "你好"
    second = child_of(asked.typist)
    os.kill(second, signal.SIGSTOP)
    assert asked.words("nihao")[0] == "你好"
    third = child_of(asked.typist)
    assert len({first, second, third}) == 3
    asked.typist.forget()
    assert asked.words("nihao")[0] == "你好"
    assert child_of(asked.typist) != third, "what was typed in one visit is still in a process"
    last = child_of(asked.typist)
    asked.typist.close()
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)


@pytest.mark.logs(r"typing\.engine_failed")
def test_an_engine_that_dies_of_every_question_offers_nothing(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked.words("ni") != []
    monkeypatch.setattr(Typist, "_exchange", lambda _self, _asked: None)
    assert asked.words("hao") == []
