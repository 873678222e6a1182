"""Finding a service in the words people use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.shipped import load_catalogue
from kiosk.search import SearchIndex

ITEMS = load_catalogue().items

PHRASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data/everyday_phrasings.txt")
    .read_text("utf-8")
    .split("\n")
    if line and not line.startswith("#")
]


@cache
def index() -> SearchIndex:
    """Built by the first test that searches, not by every worker that collects."""
    return SearchIndex(load_catalogue())


def test_the_list_of_everyday_phrasings_is_long_and_wide() -> None:
    assert len(PHRASES) >= 150
    assert len({words for words, _ in PHRASES}) == len(PHRASES)
    assert {f.key for f in load_catalogue().functions if f.number} <= {
        item.function for _, code in PHRASES if (item := load_catalogue().item(code))
    }


@pytest.mark.parametrize(("words", "code"), PHRASES)
def test_everyday_words_find_the_service_first(words: str, code: str) -> None:
    hits = index().search(words, 5)
    assert hits, "nothing found"
    assert hits[0].item.code == code, [(hit.item.code, round(hit.score, 1)) for hit in hits]


def test_what_the_search_page_suggests_is_among_them() -> None:
    asked, meant = load_catalogue().asked, dict(PHRASES)
    assert len(asked) >= 6
    for words in asked:
        assert meant[words.zh] == meant[words.en]


@pytest.mark.parametrize("words", ["", "  ", "!?", "xqzwv", "天气预报", "彩票", "zzzz"])
def test_what_is_not_offered_is_not_found_with_confidence(words: str) -> None:
    assert all(hit.score < 80 for hit in index().search(words, 12))


@given(st.text(max_size=40))
def test_any_text_gives_ranked_scores_within_bounds(words: str) -> None:
    hits = index().search(words, 4)
    assert len(hits) <= 4
    assert all(0 <= hit.score <= 100 for hit in hits)
    ranks = [round(hit.score, 1) for hit in hits]  # nearer than that, what is used most comes first
    assert ranks == sorted(ranks, reverse=True)
    assert len({h.item.code for h in hits}) == len(hits)


@given(st.sampled_from([item.name.zh for item in ITEMS]), st.data())
def test_typing_a_name_from_its_start_matches_it(name: str, data: st.DataObject) -> None:
    start = name[: data.draw(st.integers(2, len(name)))]
    # Twelve are shown; of two characters like 社保 there may be more, all matched as well.
    hits = index().search(start, len(ITEMS))
    assert next(hit.score for hit in hits if hit.item.name.zh == name) >= 90


@pytest.mark.parametrize(
    ("words", "code", "by"),
    [
        ("社保个人参保证明", "rs-0001", ""),
        ("proof of social insurance", "rs-0001", ""),
        ("社保證明", "rs-0001", "社保证明"),
        ("shebaozhengming", "rs-0001", "社保证明"),
    ],
)
def test_a_hit_says_by_what_it_was_found(words: str, code: str, by: str) -> None:
    """Nothing, if it was by its name; Traditional characters are read as Simplified ones."""
    hit = index().search(words, 1)[0]
    assert (hit.item.code, hit.by) == (code, by)
    said = {hit.item.name.zh, hit.item.name.en, *hit.item.aliases, ""}
    assert hit.by in said


@pytest.mark.parametrize("words", ["话费", "退税", "收养"])
def test_two_characters_find_nothing_by_likeness_alone(words: str) -> None:
    """Nothing, and the words that send to staff, rather than the water bill or a pension."""
    assert not index().search(words, 5)
