"""The readings of Chinese are pypinyin's own, though its dictionaries are read in slices."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kiosk.sounds import CHARACTERS, PHRASES, parsed

SPEC = find_spec("pypinyin")
assert SPEC is not None
assert SPEC.origin is not None
TEXT = Path(SPEC.origin).with_name("phrases_dict.json").read_text("utf-8")
TABLE = Path(SPEC.origin).with_name("pinyin_dict.json").read_text("utf-8")

IN_SLICES = """
import json, sys
from kiosk.sounds import load_dictionaries, sounds
load_dictionaries()
assert "pypinyin.phrases_dict" not in sys.modules
from pypinyin import constants
from pypinyin.seg import mmseg
from pypinyin.phrases_dict import phrases_dict
assert constants.PHRASES_DICT == phrases_dict and len(phrases_dict) > 40_000
assert all(word in mmseg.p_set for word in phrases_dict)
from pypinyin import pinyin_dict
read = pinyin_dict.pinyin_dict
del sys.modules["pypinyin.pinyin_dict"], sys.modules["pypinyin"].pinyin_dict
from pypinyin import pinyin_dict
assert read == constants.PINYIN_DICT == pinyin_dict.pinyin_dict and len(read) > 40_000
print(json.dumps([sounds(text) for text in json.load(sys.stdin)]))
"""
TEXTS = ("银行", "重庆", "长大成人", "医保 ABC 查询", "行走", "绿卡", "不动产权证")


def test_a_process_that_reads_in_slices_reads_as_pypinyin_does() -> None:
    from pypinyin import lazy_pinyin

    told = subprocess.run(
        [sys.executable, "-c", IN_SLICES],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == [lazy_pinyin(text) for text in TEXTS]


@pytest.mark.parametrize("size", [1, 1 << 16, len(TEXT)])
def test_the_slices_are_the_whole(size: int) -> None:
    text = TEXT if size > 1 else TEXT[: TEXT.index('\n],\n"', 5000)] + "\n]\n}"
    parts = list(parsed(text, PHRASES, size))
    assert (len(parts) == 1) == (size == len(TEXT))
    assert {word: said for part in parts for word, said in part.items()} == json.loads(text)


def test_characters_come_in_slices_too() -> None:
    parts = list(parsed(TABLE, CHARACTERS))
    assert len(parts) > 5
    assert {code: said for part in parts for code, said in part.items()} == json.loads(TABLE)


def test_a_file_written_otherwise_is_read_in_one_go() -> None:
    phrases = {"银行": [["yín"], ["háng"]], "重庆": [["chóng"], ["qìng"]]}
    assert list(parsed(json.dumps(phrases, ensure_ascii=False), PHRASES, 1)) == [phrases]
