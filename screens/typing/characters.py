"""Single characters by their sound: every one that has a known reading, common ones first.

Readings are pypinyin's (41,923 characters: all of the first block, extension A, two thirds of
extension B and some beyond), so a rare name can be typed that no dictionary of words holds.
"""

from __future__ import annotations

from functools import cache

from pypinyin import Style, pinyin_dict
from pypinyin.style import convert

LONGEST = 6
"""Letters of the longest syllable: zhuang."""

# Characters most used in names and addresses come first; the rest follow by code point.
_COMMON = (
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三"
    "已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女"
    "问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由"
    "却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路"
    "期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八"
    "特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花"
    "快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程"
    "告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委"
    "早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏客助陈刘杨赵吴"
    "徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范汕潮揭镇村"
)


_VOWELS = frozenset("aeiouv")


@cache
def _ranks() -> dict[str, int]:
    return {char: rank for rank, char in reversed(list(enumerate(_COMMON)))}


@cache
def _by_syllable() -> dict[str, list[str]]:
    table: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for code, readings in pinyin_dict.pinyin_dict.items():
        if not _is_han(code):
            continue
        char = chr(code)
        kind = _order(char, code)
        for number, syllable in enumerate(dict.fromkeys(map(_plain, readings.split(",")))):
            table.setdefault(syllable, []).append((_later(kind, number), char))
    # Not the interjections without a vowel (m, ng): their letters begin other syllables.
    return {
        syllable: [char for _, char in sorted(chars)]
        for syllable, chars in table.items()
        if syllable.isascii() and not _VOWELS.isdisjoint(syllable)
    }


def _order(char: str, code: int) -> tuple[int, int]:
    rank = _ranks().get(char)
    if rank is not None:
        return 0, rank
    return (2 if _in_gb2312(char) else 4), code


def _later(kind: tuple[int, int], number: int) -> tuple[int, int]:
    """A character's second and further readings come after its equals that mostly sound so."""
    group, place = kind
    return (group + (number > 0), place)


def _is_han(code: int) -> bool:
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF


def _plain(sound: str) -> str:
    return convert(sound, Style.NORMAL, strict=False).replace("ü", "v").strip()


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def warm() -> None:
    """Build the table ahead of the first key; takes a good part of a second."""
    _by_syllable()


def is_syllable(letters: str) -> bool:
    """Is there a character that sounds so?"""
    return letters in _by_syllable()


def characters(syllable: str) -> list[str]:
    """All characters read ``syllable`` (toneless, v for ü), common ones first."""
    return _by_syllable().get(syllable, [])


@cache
def beginning(letters: str) -> tuple[str, ...]:
    """The commonest characters whose sound begins with ``letters``, such as ``zh``."""
    ranks = _ranks()
    found = {
        char
        for syllable, chars in _by_syllable().items()
        if syllable.startswith(letters)
        for char in chars
        if char in ranks
    }
    return tuple(sorted(found, key=ranks.__getitem__))


@cache
def sounds(char: str) -> frozenset[str]:
    """The toneless readings of one character; empty if none is known."""
    known = pinyin_dict.pinyin_dict.get(ord(char), "")
    return frozenset(_plain(sound) for sound in known.split(",") if sound)
