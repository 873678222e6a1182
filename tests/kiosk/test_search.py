"""Finding a service in the words people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.shipped import load_catalogue
from kiosk.search import SearchIndex

INDEX = SearchIndex(load_catalogue())

PHRASES = [
    ("社保查询", "rs-0002"), ("查社保", "rs-0002"), ("缴费明细", "rs-0002"), ("查缴费记录", "rs-0002"),
    ("社保证明", "rs-0001"), ("打社保证明", "rs-0001"), ("参保证明", "rs-0001"), ("社保清单打印", "rs-0001"),
    ("公积金证明", "gj-0024"), ("打印公积金证明", "gj-0024"), ("公积金缴存", "gj-0024"),
    ("公积金转移", "gj-0126"), ("转公积金", "gj-0126"), ("异地公积金", "gj-0126"),
    ("公积金转回汕头", "gj-0126"), ("交医保", "sw-0009"), ("医保缴费", "sw-0009"), ("缴医保", "sw-0009"),
    ("农村合作医疗", "sw-0009"), ("城乡居民医保", "sw-0009"), ("高龄补贴", "mz-0058"),
    ("老人补贴", "mz-0058"),
    ("八十岁老人补贴", "mz-0058"), ("高龄津贴", "mz-0058"), ("失业", "rs-0012"), ("下岗", "rs-0012"),
    ("找工作", "rs-0012"), ("失业登计", "rs-0012"), ("办护照", "ga-0041"), ("护照", "ga-0041"),
    ("港澳通行证", "ga-0041"), ("去香港", "ga-0041"), ("出入境", "ga-0041"), ("医院", "yb-0022"),
    ("看病", "yb-0022"),
    ("定点医院", "yb-0022"), ("养老保险登记", "rs-0008"), ("新农保", "rs-0008"), ("养老参保", "rs-0008"),
    ("gongjijinzhuanyi", "gj-0126"), ("shiye", "rs-0012"), ("huzhao", "ga-0041"), ("gaoling", "mz-0058"),
    ("gao ling jin tie", "mz-0058"), ("shebaozhengming", "rs-0001"), ("yiyuan", "yb-0022"),
    ("shiyedengj", "rs-0012"), ("shiyedenji", "rs-0012"), ("gaolingjingtie", "mz-0058"),
    ("sydj", "rs-0012"), ("gljt", "mz-0058"), ("sbcx", "rs-0002"), ("gjjzy", "gj-0126"), ("bhz", "ga-0041"),
    ("passport", "ga-0041"), ("hospital", "yb-0022"), ("pension", "rs-0008"),
    ("unemployment", "rs-0012"), ("unemploymnet", "rs-0012"), ("housing fund proof", "gj-0024"),
    ("proof of social insurance", "rs-0001"), ("move housing fund", "gj-0126"),
    ("SENIOR allowance", "mz-0058"), ("Gao'ling", "mz-0058"), ("mz-0058", "mz-0058"),
    ("社保  查询", "rs-0002"), ("失业登记。", "rs-0012"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), PHRASES)
def test_everyday_words_find_the_service_first(words: str, code: str) -> None:
    hits = INDEX.search(words, 5)
    assert hits, "nothing found"
    assert hits[0].item.code == code, [(hit.item.code, round(hit.score, 1)) for hit in hits]


@pytest.mark.parametrize("words", ["", "  ", "!?", "xqzwv", "离婚", "结婚登记处", "天气预报"])
def test_what_is_not_offered_is_not_found_with_confidence(words: str) -> None:
    assert all(hit.score < 80 for hit in INDEX.search(words, 12))


@given(st.text(max_size=40))
def test_any_text_gives_ranked_scores_within_bounds(words: str) -> None:
    hits = INDEX.search(words, 4)
    assert len(hits) <= 4
    assert all(0 <= hit.score <= 100 for hit in hits)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.item.code for h in hits}) == len(hits)


@given(st.sampled_from([item.name.zh for item in load_catalogue().items]), st.data())
def test_typing_a_name_from_its_start_keeps_it_in_the_list(name: str, data: st.DataObject) -> None:
    start = name[: data.draw(st.integers(2, len(name)))]
    assert name in [hit.item.name.zh for hit in INDEX.search(start, 12)]
