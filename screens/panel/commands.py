"""What the demo panel offers: plain words for each thing that can be done to the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.text import Text
from screens.panel.command import Command, Group, State
from screens.panel.commands_around import AROUND


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


_CARDS = (
    ("resident", "陈秋实", "Chen Qiushi"),
    ("elder", "李䶮（长者）", "Li Yan (senior)"),
    ("rare_name", "𬭎𬱖（生僻字）", "rare characters"),
    ("hmt_permit", "港澳居民", "HK/Macau permit"),
    ("foreigner_2023", "外国人", "foreigner"),
    ("expired", "过期的", "expired"),
    ("wrong_check_digit", "号码不对", "wrong number"),
)
_FACES = (
    ("chen", "陈秋实本人", "Chen himself"),
    ("cai", "李䶮本人", "Li herself"),
    ("zheng", "𬭎𬱖本人", "the rare name's"),
    ("lin", "港澳居民本人", "the permit's"),
    ("huang", "外国人本人", "the foreigner's"),
    ("two", "两个人", "two people"),
    ("empty", "没有人", "nobody"),
)
_CITIES = (
    ("440100", "广州", "Guangzhou"),
    ("440600", "佛山", "Foshan"),
    ("441400", "梅州", "Meizhou"),
)


def _card_lies(card: str) -> Callable[[State], bool]:
    return lambda state: bool(state["card_reader"]["card"] == card)


def _scene_shows(scene: str) -> Callable[[State], bool]:
    return lambda state: bool(state["camera"]["scene"] == scene and state["camera"]["on"])


def _cards() -> Group:
    lay = tuple(
        Command(
            f"card-{card}", _text(zh, en), "card_reader", "lay_card", {"card": card},
            _card_lies(card),
        )
        for card, zh, en in _CARDS
    )  # fmt: skip
    more = (
        Command("card-away", _text("把证拿走", "take it away"), "card_reader", "remove_card"),
        Command(
            "card-pulled", _text("下次读到一半拿开", "pulled in the next read"), "card_reader",
            "fault", {"kind": "remove_during_read", "count": 1},
            lambda s: bool(s["card_reader"]["faults"]),
        ),
        Command("reader-out", _text("拔掉读卡器", "unplug the reader"), "card_reader", "unplug",
                {}, lambda s: not s["card_reader"]["plugged"]),
        Command("reader-in", _text("插回", "plug it in"), "card_reader", "replug"),
    )  # fmt: skip

    def summary(state: State) -> Text:
        reader = state["card_reader"]
        if not reader["plugged"]:
            return _text("读卡器拔掉了", "the reader is unplugged")
        if reader["card"] is None:
            return _text("上面没有证件", "no card on it")
        return _text("上面放着证件", "a card lies on it")

    return Group("card_reader", _text("身份证", "ID card"), summary, (*lay, *more))


def _camera() -> Group:
    shows = tuple(
        Command(
            f"face-{scene}", _text(zh, en), "camera", "show", {"scene": scene},
            _scene_shows(scene),
        )
        for scene, zh, en in _FACES
    )  # fmt: skip
    more = (
        Command("lens", _text("盖住镜头", "cover the lens"), "camera", "blank",
                {}, lambda s: s["camera"]["scene"] == "blank"),
        Command("camera-off", _text("摄像头断电", "camera off"), "camera", "off",
                {}, lambda s: not s["camera"]["on"]),
        Command("camera-on", _text("通电", "camera on"), "camera", "on"),
    )  # fmt: skip

    def summary(state: State) -> Text:
        if not state["camera"]["on"]:
            return _text("摄像头没有电", "the camera is off")
        if state["camera"]["viewers"]:
            return _text("终端正在看", "the terminal is looking")
        return _text("开着，没有人在看", "on, nobody is looking")

    return Group("camera", _text("谁站在前面", "In front of the camera"), summary, (*shows, *more))


def _receipts() -> Group:
    device = "receipt_printer"
    return Group(
        device,
        _text("凭条打印机", "Receipt printer"),
        lambda s: _text(
            f"纸：{_PAPER[s[device]['paper']][0]}，已出 {s[device]['receipts']} 张",
            f"paper: {_PAPER[s[device]['paper']][1]}, {s[device]['receipts']} receipts",
        ),
        (
            Command("slip-out", _text("没纸了", "paper out"), device, "paper_out",
                    {}, lambda s: s[device]["paper"] == "out"),
            Command("slip-mid", _text("下张打到一半没纸", "out in the next receipt"), device,
                    "paper_out", {"after_lines": 260}),
            Command("slip-load", _text("换纸", "new roll"), device, "load_paper"),
            Command("slip-open", _text("打开上盖", "open cover"), device, "cover_open",
                    {}, lambda s: s[device]["cover_open"]),
            Command("slip-close", _text("合上", "close cover"), device, "cover_close"),
            Command("slip-cutter", _text("切刀卡住", "cutter jams"), device, "cutter_fault"),
            Command("slip-cutter-ok", _text("修好切刀", "cutter repaired"), device,
                    "cutter_fault", {"on": False}),
            Command("slip-off", _text("断电", "power off"), device, "power_off",
                    {}, lambda s: not s[device]["powered"]),
            Command("slip-on", _text("通电", "power on"), device, "power_on"),
        ),
    )  # fmt: skip


_PAPER = {"out": ("没有", "out"), "low": ("快没了", "low"), "full": ("有", "full")}


def _documents() -> Group:
    device = "document_printer"

    def has(reason: str) -> Callable[[State], bool]:
        return lambda s: any(reason in each for each in s[device]["reasons"])

    return Group(
        device,
        _text("A4 打印机", "A4 printer"),
        lambda s: _text(
            f"纸盒 {s[device]['sheets']} 张，已出 {s[device]['documents']} 份",
            f"{s[device]['sheets']} sheets, {s[device]['documents']} documents",
        ),
        (
            Command("a4-out", _text("没纸了", "paper out"), device, "paper_out",
                    {}, lambda s: s[device]["sheets"] == 0),
            Command("a4-load", _text("加纸", "load paper"), device, "load_paper"),
            Command("a4-jam", _text("卡纸", "paper jam"), device, "jam", {}, has("jam")),
            Command("a4-unjam", _text("取出卡纸", "clear the jam"), device, "clear_jam"),
            Command("a4-open", _text("打开前盖", "open cover"), device, "open_cover",
                    {}, has("cover")),
            Command("a4-close", _text("合上", "close cover"), device, "close_cover"),
            Command("a4-off", _text("断电", "power off"), device, "power_off",
                    {}, lambda s: not s[device]["on"]),
            Command("a4-on", _text("通电", "power on"), device, "power_on"),
        ),
    )  # fmt: skip


def _network() -> Group:
    def mode(name: str) -> Callable[[State], bool]:
        return lambda s: s["line"]["mode"] == name

    words = {
        "up": _text("通", "working"),
        "refuse": _text("断了", "cut"),
        "drop": _text("黑洞：有去无回", "a black hole"),
        "reset": _text("回答到一半断开", "answers are cut off"),
        "slow": _text("很慢", "slow"),
    }
    return Group(
        "line",
        _text("到政务平台的网络", "Network to the portal"),
        lambda s: words[s["line"]["mode"]],
        tuple(
            Command(f"line-{name}", text, "line", name, {}, mode(name))
            for name, text in (
                ("refuse", _text("断网", "cut")),
                ("drop", _text("黑洞", "black hole")),
                ("reset", _text("中途断开", "cut off answers")),
                ("slow", _text("变慢", "slow")),
                ("up", _text("恢复", "mend")),
            )
        ),
    )


def _portal() -> Group:
    def gateway(code: str, state: str) -> Callable[[State], bool]:
        return lambda s: s["portal"]["gateways"][code] == state

    cities = tuple(
        Command(
            f"city-{code}-{state}",
            _text(f"{zh}{zh_state}", f"{en} {en_state}"),
            "portal",
            "gateway",
            {"destination": code, "state": state},
            gateway(code, state),
        )
        for code, zh, en in _CITIES
        for state, zh_state, en_state in (
            ("down", "停机", "down"), ("slow", "很慢", "slow"), ("available", "正常", "open"),
        )
    )  # fmt: skip
    faults = (
        Command("portal-500", _text("政务平台出错", "portal error"), "portal", "fault",
                {"kind": "http_500"}),
        Command("portal-hang", _text("收到不回话", "takes it, says nothing"), "portal", "fault",
                {"kind": "hang_after", "target": "cases", "count": 1}),
        Command("portal-login", _text("回登录页", "a login page"), "portal", "fault",
                {"kind": "html_200"}),
        Command("portal-ok", _text("政务平台恢复", "portal mended"), "portal", "clear_faults"),
    )  # fmt: skip
    pay = Command("pay", _text("手机付款", "pay by phone"), "portal", "pay")
    ask = Command("ask", _text("要求最近一件补材料", "ask for more papers"), "portal", "ask")
    return Group(
        "portal",
        _text("政务平台和合作城市", "Portal and partner cities"),
        lambda s: _text(
            f"已收 {s['portal']['cases']} 件，故障 {len(s['portal']['faults'])} 个",
            f"{s['portal']['cases']} cases, {len(s['portal']['faults'])} faults armed",
        ),
        (pay, ask, *faults, *cities),
    )


GROUPS: tuple[Group, ...] = (
    _cards(), _camera(), *AROUND, _receipts(), _documents(), _network(), _portal()
)  # fmt: skip
COMMANDS: Mapping[str, Command] = {
    command.key: command for group in GROUPS for command in group.commands
}
