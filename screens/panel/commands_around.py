"""The panel's buttons for who comes and goes, codes on phones, a headset, and the mains."""

from __future__ import annotations

from collections.abc import Callable

from config.text import Text
from screens.panel.command import Command, Group, State


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _presence() -> Group:
    board = "panel"

    def summary(state: State) -> Text:
        if not state[board]["plugged"]:
            return _text("灯板拔掉了", "the panel board is unplugged")
        lit = [name for name, how in state[board]["lights"].items() if how != "off"]
        who = ("有人", "somebody is near") if state[board]["near"] else ("没有人", "nobody is near")
        return _text(f"{who[0]}，亮灯 {len(lit)} 盏", f"{who[1]}, {len(lit)} lights lit")

    return Group(
        board,
        _text("走近和离开", "Coming and going"),
        summary,
        (
            Command("near", _text("有人走近", "somebody walks up"), board, "approach",
                    {}, lambda s: s[board]["near"] is True),
            Command("away", _text("人走开", "walks away"), board, "leave",
                    {}, lambda s: s[board]["near"] is False),
            Command("board-out", _text("拔掉灯板", "unplug the board"), board, "unplug",
                    {}, lambda s: not s[board]["plugged"]),
            Command("board-in", _text("插回", "plug it in"), board, "replug"),
        ),
    )  # fmt: skip


def _codes() -> Group:
    scanner = "scanner"

    def summary(state: State) -> Text:
        if not state[scanner]["plugged"]:
            return _text("扫码器拔掉了", "the scanner is unplugged")
        return _text(f"已扫 {state[scanner]['sent']} 次", f"{state[scanner]['sent']} codes scanned")

    return Group(
        scanner,
        _text("手机上的身份码", "Identity code on a phone"),
        summary,
        (
            Command("code-resident", _text("陈秋实出示身份码", "Chen shows his code"), scanner,
                    "show_code", {"card": "resident"}),
            Command("code-elder", _text("李䶮出示身份码", "Li shows her code"), scanner,
                    "show_code", {"card": "elder"}),
            Command("code-again", _text("刚才那个码再扫一次", "the same code again"), scanner,
                    "show_code_again"),
            Command("code-other", _text("别的码", "some other code"), scanner,
                    "scan", {"text": "6901234567892"}),
            Command("scanner-out", _text("拔掉扫码器", "unplug the scanner"), scanner, "unplug",
                    {}, lambda s: not s[scanner]["plugged"]),
            Command("scanner-in", _text("插回", "plug it in"), scanner, "replug"),
        ),
    )  # fmt: skip


def _chips() -> Group:
    reader = "chip_reader"

    def lies(card: str) -> Callable[[State], bool]:
        return lambda s: s[reader]["cards"][0] == card

    def summary(state: State) -> Text:
        if state[reader]["missing"]:
            return _text("本机没有（需要 pcscd）", "not on this machine (needs pcscd)")
        if not state[reader]["plugged"]:
            return _text("读卡器拔掉了", "the reader is unplugged")
        here = state[reader]["cards"][0] is not None
        return _text("插着一张卡", "a card is in it") if here else _text("空着", "empty")

    def card(key: str, zh: str, en: str, name: str) -> Command:
        words = _text(zh, en)
        return Command(f"chip-{key}", words, reader, "insert_card", {"card": name}, lies(name))

    return Group(
        reader,
        _text("社保卡", "Social-security card"),
        summary,
        (
            card("resident", "陈秋实的", "Chen's", "social_security:resident"),
            card("elder", "李䶮的", "Li's", "social_security:elder"),
            card("psam", "要密钥的", "one that wants a key", "social_security_psam"),
            card("bank", "银行卡", "a bank card", "bank"),
            Command("chip-away", _text("拔出来", "take it out"), reader, "withdraw_card"),
            Command("chips-out", _text("拔掉读卡器", "unplug the reader"), reader, "unplug",
                    {}, lambda s: not s[reader]["plugged"]),
            Command("chips-in", _text("插回", "plug it in"), reader, "replug"),
        ),
    )  # fmt: skip


def _headset() -> Group:
    headset = "headset"

    def summary(state: State) -> Text:
        if not state[headset]["plugged"]:
            return _text("声卡拔掉了", "the sound card is unplugged")
        return _text("插着", "in") if state[headset]["inserted"] else _text("没插", "out")

    return Group(
        headset,
        _text("耳机", "Headset"),
        summary,
        (
            Command("headset-in", _text("插入耳机", "put it in"), headset, "plug_in",
                    {}, lambda s: s[headset]["inserted"] is True),
            Command("headset-out", _text("拔出耳机", "pull it out"), headset, "pull_out",
                    {}, lambda s: s[headset]["inserted"] is False),
            Command("sound-out", _text("拔掉声卡", "unplug the sound card"), headset, "unplug",
                    {}, lambda s: not s[headset]["plugged"]),
            Command("sound-in", _text("插回", "plug it in"), headset, "replug"),
        ),
    )  # fmt: skip


def _mains() -> Group:
    ups = "ups"

    def has(flags: str) -> Callable[[State], bool]:
        wanted = set(flags.split())
        return lambda s: wanted <= set(s[ups]["variables"].get("ups.status", "").split())

    def summary(state: State) -> Text:
        if not state[ups]["on"]:
            return _text("UPS 没有回话", "the UPS does not answer")
        if has("OL")(state):
            return _text("市电正常", "on the mains")
        charge = state[ups]["variables"].get("battery.charge", "?")
        return _text(f"用电池，还有 {charge}%", f"on battery, {charge} % left")

    return Group(
        ups,
        _text("市电和 UPS", "Mains and UPS"),
        summary,
        (
            Command("mains-fail", _text("停电", "the mains fail"), ups, "mains_fail",
                    {"charge": 90}, has("OB")),
            Command("mains-scarce", _text("电池不多了", "battery getting scarce"), ups,
                    "mains_fail", {"charge": 15, "runtime": 400}, has("OB")),
            Command("mains-low", _text("电池快没了", "battery low"), ups, "mains_fail",
                    {"charge": 5, "runtime": 60, "low": True}, has("OB LB")),
            Command("mains-return", _text("来电", "the mains return"), ups, "mains_return",
                    {}, has("OL")),
        ),
    )  # fmt: skip


def _shelf() -> Group:
    shelf = "shelf"

    def shows(key: str, zh: str, en: str, scene: str) -> Command:
        return Command(f"shelf-{key}", _text(zh, en), shelf, "show", {"scene": scene},
                       lambda s: s[shelf]["scene"] == scene and s[shelf]["on"])  # fmt: skip

    def summary(state: State) -> Text:
        if not state[shelf]["on"]:
            return _text("材料摄像头没有电", "the document camera is off")
        if state[shelf]["viewers"]:
            return _text("终端正在看", "the terminal is looking")
        return _text("开着，没有人在看", "on, nobody is looking")

    return Group(
        shelf,
        _text("材料台", "Shelf for papers"),
        summary,
        (
            shows("page", "放一页材料", "lay a page on it", "page"),
            shows("card", "放一张卡", "lay a card on it", "card"),
            shows("empty", "拿走", "take it away", "shelf"),
            shows("cut", "没放正", "a page half outside", "cut_off"),
            shows("blurred", "没压平", "a page out of focus", "blurred"),
            shows("gloom", "灯不亮", "the lamp is out", "gloom"),
            Command("shelf-off", _text("断电", "camera off"), shelf, "off",
                    {}, lambda s: not s[shelf]["on"]),
            Command("shelf-on", _text("通电", "camera on"), shelf, "on"),
        ),
    )  # fmt: skip


AROUND: tuple[Group, ...] = (_presence(), _shelf(), _codes(), _chips(), _headset(), _mains())
