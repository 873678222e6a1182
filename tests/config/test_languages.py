"""Languages: each is a file, nothing is left out, and Traditional Chinese is right."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.languages import FOLDER, language, languages, simplified
from config.languages.conversion import Conversion, read_table
from config.text import Text

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    *("kiosk/words.toml", "kiosk/evidence.toml", "kiosk/portal_faults.toml"),
    *("drivers/failures.toml", "drivers/acceptance/texts.toml"),
    *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("config/data/**/*.toml"))),
)
TABLE = read_table(FOLDER / "traditional_hk.csv")
HAND = tomllib.loads((FOLDER / "zh_HK.toml").read_text("utf-8"))["words"]


def said(entry: Any) -> Iterator[str]:
    """Every Chinese text in a file's tables."""
    match entry:
        case dict():
            for value in entry.values():
                yield from said(value)
        case list():
            for value in entry:
                yield from said(value)
        case str():
            yield entry


def test_each_language_is_a_file_here_and_one_of_interface_words() -> None:
    tags = [one.tag for one in languages()]
    assert tags == ["zh_CN", "en", "zh_HK"], "in the order in which they are offered"
    assert {path.stem for path in (ROOT / "screens/i18n").glob("*.ts")} == set(tags)
    assert {path.stem for path in (ROOT / "screens/qml/i18n").glob("*.qm")} == {
        f"qml_{tag}" for tag in tags
    }
    for one in languages():
        assert one.name
        assert one.switch
        assert len(one.short) <= 2
        assert one.complete(), one.tag


def test_an_unknown_tag_is_read_as_the_nearest_language() -> None:
    assert language("zh_TW").reads == "zh"
    assert language("en_GB").tag == "en"
    assert language("xx").tag == "zh_CN"


def test_a_text_is_said_in_each_language() -> None:
    text = Text(zh="请把身份证平放在读卡区", en="Lay your ID card on the reader")
    assert text.in_language("zh_CN") == text.zh
    assert text.in_language("zh_HK") == "請把身份證平放在讀卡區"
    assert text.in_language("en") == text.en


@pytest.mark.parametrize("file", WORDS)
def test_no_simplified_character_is_left_in_traditional_words(file: str) -> None:
    known = {**TABLE, **HAND}
    # What stands in something Traditional may stay, such as the 干 of a place's name.
    simplified = {one for one in TABLE if len(one) == 1} - set("".join(known.values()))
    assert len(simplified) > 2000
    traditional = language("zh_HK")
    for words in said(tomllib.loads((ROOT / file).read_text("utf-8"))):
        left = simplified & set(traditional.render(words, ""))
        assert not left, f"{left} in {words}"


def test_every_place_has_a_traditional_name() -> None:
    simplified = {one for one in TABLE if len(one) == 1} - set("".join(TABLE.values()))
    with (ROOT / "config/data/divisions.csv").open(encoding="utf-8") as file:
        for row in csv.reader(line for line in file if not line.startswith("#")):
            assert not simplified & set(language("zh_HK").render(" ".join(row), "")), row


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        # One Simplified character is several Traditional ones: the phrase decides.
        ("干部自己干，晾干", "幹部自己幹，晾乾"),
        ("头发和签发、发展", "頭髮和簽發、發展"),
        ("十分钟后，皇后", "十分鐘後，皇后"),
        ("恢复、重复、答复", "恢復、重複、答覆"),
        ("关系、系统、联系", "關係、系統、聯繫"),
        ("这里、三元里街道", "這裏、三元里街道"),
        ("十六周岁、周一、周江镇", "十六周歲、週一、周江鎮"),
        ("制度、制造", "制度、製造"),
        ("余额、剩余", "餘額、剩餘"),
        ("松手、松口镇", "鬆手、松口鎮"),
        ("个人参保证明", "個人參保證明"),
        ("台湾、窗台、平台", "台灣、窗台、平台"),
        # Hong Kong's characters, the mainland's words.
        ("户口、税务、说明", "户口、税務、説明"),
        ("打印、网络、信息", "打印、網絡、信息"),
        ("ID 4405…0014, 10:42", "ID 4405…0014, 10:42"),
    ],
)
def test_traditional_is_right(simplified: str, traditional: str) -> None:
    assert language("zh_HK").render(simplified, "") == traditional


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("社保證明、無房證明", "社保证明、无房证明"),
        ("醫保賬戶", "医保账户"),
        ("臺灣、台灣", "台湾、台湾"),
        ("理髮、這裏", "理发、这里"),
        ("个人 shebao 2026", "个人 shebao 2026"),
    ],
)
def test_traditional_is_understood(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain


def test_words_by_hand_win_and_the_longest_part_is_taken() -> None:
    conversion = Conversion({"ab": "1"}, lambda: {"a": "x", "ab": "y", "abc": "z", "b": "w"})
    assert conversion.convert("abcabba?") == "z1wx?"
    assert not Conversion({"a": "x"}, None).has_table, "words alone leave something out"
