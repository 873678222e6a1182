"""People's names: surnames first, then what given names are usually made of.

A dictionary of words is poor at names (``lijianguo`` gives 里见过); here the first sound is looked
up among surnames, by number of bearers, and the others among the characters of given names.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from screens.typing.characters import beginning, characters, sounds
from screens.typing.engine import Candidate
from screens.typing.syllables import Unit, split

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔"
    "向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐伍庞颜倪纪聂章鲁岳翟申詹欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "纪梅童凌毕单裴霍涂成苗谷曲盛冉翁蓝骆路游靳辜欧佘连蚁卓郁储解仇区查朴盖缪华燕褚司幸岑房宫桂吉项"
)
_COMPOUND = (
    "欧阳", "司徒", "上官", "诸葛", "司马", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯",
    "端木", "轩辕", "南宫", "独孤",
)  # fmt: skip
# As surnames these sound otherwise than as words.
_SOUNDS = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "翟": "zhai", "任": "ren", "华": "hua", "缪": "miao", "覃": "qin", "石": "shi",
    "乐": "yue", "尉": "yu",
}  # fmt: skip
_GIVEN = (
    "明国文华志建海德永强军平伟东林小春金玉红丽英秀芳梅燕霞娟敏静丹萍玲桂兰云凤珍珠莲琴素淑惠雪月晓婷"
    "杰俊浩宇涛鹏辉斌波超飞龙刚勇毅峰磊洋鑫亮健康宁安和新祥福贵荣昌盛成达光庆喜顺兴旺发财来生根树木"
    "森松柏山石川江河泉清泽润源洪波涵雨晨阳旭昊天子梓佳嘉家思诗雅怡悦欣欢乐心一博学文武立正良忠义仁信礼"
    "智孝廉先民世有长少年大启振宏远进保全定邦维少伯仲叔季炳炎燊锐锋铭钧锦锡镇镕堃坤培基城增才材彬楷"
    "楠桐桦槐榕权栋梁柱标枫柳杨槿若茹茜莉莎莹菲萌萱蓉蓓蔓薇蕾艺芬芝苗范茂"
    "静婉婧媛嫣娜妍妙姗姣娇婵璇瑶琪琳瑜瑾璐珊玥珂琦玮珺瑞璟环琼瑛"
    "丰元亨利贞奇轩凯瀚瑞翔翰腾骏驰骁逸逍遥然煜烨炜焕灿熙熹照耀晖曦昕昱晟景晶晴暄暖"
    "卓越凡尘风云岚峻岩岳峥嵘崇巍仪俐俏倩傲儒优健伦"
    "绍继承宗祖耀敬恭谦让诚谨慎言语谊诺谋谷谨贤赐辰迪逊通达道连选迅"
    "胜利解放跃进卫革援朝抗美拥军援建国庆爱党红旗"
    # seldom anywhere but in names
    "䶮堃喆犇淼焱垚鑫昇玥祎韡昉翀旻晅珺赟頔彧劼婳翯燊昶珅甯廼偲勍珩翊晔玘煊琰祺禛稷胤钊锴锟镭骞鸫麒黛"
)


@cache
def _surnames() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for surname in dict.fromkeys(_SURNAMES):
        for sound in _surname_sounds(surname):
            table.setdefault(sound, []).append(surname)
    return table


def _surname_sounds(surname: str) -> frozenset[str]:
    own = _SOUNDS.get(surname)
    return frozenset({own}) if own else sounds(surname)


@cache
def _given() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for char in dict.fromkeys(_GIVEN):
        for sound in sounds(char):
            table.setdefault(sound, []).append(char)
    return table


def name_offers(letters: str, limit: int) -> list[Candidate]:
    """Whole names for ``letters``, then surnames for their first sound; best first."""
    units = split(letters)
    if not units:
        return []
    offers = [Candidate(text, units[-1].used) for text in _whole(units)]
    offers += [
        Candidate(compound, units[1].used)
        for compound in _COMPOUND
        if len(units) > 1 and _sounds_like(compound, units[:2])
    ]
    offers += [Candidate(surname, units[0].used) for surname in _surnames_of(units[0])]
    offers += [Candidate(char, units[0].used) for char in _given_of(units[0])]
    seen: dict[str, Candidate] = {}
    for offer in offers:
        seen.setdefault(offer.text, offer)
    return list(seen.values())[:limit]


def _whole(units: list[Unit]) -> list[str]:
    if not 2 <= len(units) <= 4:
        return []
    heads: list[tuple[str, int]] = []
    if len(units) > 2:
        heads = [(name, 2) for name in _COMPOUND if _sounds_like(name, units[:2])]
    if len(units) < 4:
        heads += [(surname, 1) for surname in _surnames_of(units[0])[:2]]
    names = []
    for head, length in heads[:2]:
        rest = [_given_of(unit)[:2] for unit in units[length:]]
        names += [head + "".join(given) for given in product(*rest)]
    return names[:6]


def _surnames_of(unit: Unit) -> list[str]:
    if unit.whole:
        return _surnames().get(unit.letters, [])
    return [
        surname
        for surname in dict.fromkeys(_SURNAMES)
        if any(sound.startswith(unit.letters) for sound in _surname_sounds(surname))
    ]


def _given_of(unit: Unit) -> list[str]:
    if not unit.whole:
        return [
            char
            for char in dict.fromkeys(_GIVEN)
            if any(sound.startswith(unit.letters) for sound in sounds(char))
        ] or list(beginning(unit.letters))
    return _given().get(unit.letters, []) or characters(unit.letters)[:2]


def _sounds_like(compound: str, units: list[Unit]) -> bool:
    return all(
        any(
            sound == unit.letters or (not unit.whole and sound.startswith(unit.letters))
            for sound in sounds(char)
        )
        for char, unit in zip(compound, units, strict=True)
    )
