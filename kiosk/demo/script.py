"""The scripted morning: who comes, what for, what goes wrong, and how each visit must end.

Every person is invented; see :mod:`kiosk.world.cast`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.demo.errand import Act, Errand, Expected
from kiosk.demo.person import ScriptedPerson
from kiosk.visit.model import Assistance, Contrast, Power, PrintState, Step, TextSize
from kiosk.visit.own import Act as CaseAct
from kiosk.world.client import WorldClient

KillPrinter = Callable[[], None]
Tend = Callable[[WorldClient], object]

POWER_S = 20.0
"""Longer than the terminal takes to ask its UPS, on a busy machine."""

_PHONE = "13800000000"
_ACCOUNT = "6217000000000000000"
CONFIRMED, DOUBTFUL = PrintState.CONFIRMED.value, PrintState.DOUBTFUL.value


@dataclass(frozen=True, slots=True)
class Scene:
    """One visit of the morning. ``before`` and ``after`` prepare the world and mend it."""

    title_zh: str
    title_en: str
    errand: Errand
    expected: Expected
    before: Tend | None = None
    after: Tend | None = None


def play(device: str, name: str, /, **arguments: Any) -> Act:
    """Something done to the world in the middle of a visit."""
    return lambda person: person.world.command(device, name, **arguments)


def tend(device: str, name: str, /, **arguments: Any) -> Tend:
    """Something done to the world between visits."""
    return lambda world: world.command(device, name, **arguments)


def power(wanted: Power, name: str, /, **arguments: Any) -> Act:
    """The mains fail or return, and the person sees that the terminal knows."""

    def act(person: ScriptedPerson) -> None:
        person.world.command("ups", name, **arguments)
        person.watch.until(f"power {wanted.value}", lambda v: v.power is wanted, POWER_S)

    return act


CHEN: Mapping[str, Any] = MappingProxyType({"card": "resident", "face": "chen"})
LI: Mapping[str, Any] = MappingProxyType({"card": "elder", "face": "cai"})
RARE: Mapping[str, Any] = MappingProxyType({"card": "rare_name", "face": "zheng"})
PERMIT: Mapping[str, Any] = MappingProxyType({"card": "hmt_permit", "face": "lin"})
FOREIGNER: Mapping[str, Any] = MappingProxyType({"card": "foreigner_2023", "face": "huang"})
_WORK = MappingProxyType({"left_on": "2026-06-30", "reason": "contract_end", "phone": _PHONE})
_FUND = MappingProxyType({"account": "123456789012", "phone": _PHONE})
_SENIOR = MappingProxyType({"account": _ACCOUNT, "phone": _PHONE, "household": "children"})
_VILLAGE = ("440507", "440507008", "440507008001")
_DISTRICT = ("440507",)


def morning(kill_printer: KillPrinter, *, chips: bool) -> tuple[Scene, ...]:
    """The visits in order. ``kill_printer`` kills the receipt printer's device process; ``chips``:
    this world has a reader for social-security cards."""
    return (*_errands(), *_troubles(kill_printer), *(_social_cards() if chips else ()))


def _social_cards() -> tuple[Scene, ...]:
    wants_key = "smartcard.needs_authentication"
    return (
        Scene(
            "插社保卡查出入境办证进度",
            "puts in a social-security card instead of the ID card",
            Errand("ga-0040", social_card="social_security:elder", rating=1),
            Expected(ends_at=Step.ANSWER),
        ),
        Scene(
            "社保卡要密钥，改用身份证",
            "the social-security card wants a key; lays down the ID card",
            Errand(
                "rs-0002",
                **LI,
                social_card="social_security_psam",
                on_trouble={wants_key: ("retry", None)},
            ),
            Expected(troubles=(wants_key,), ends_at=Step.ANSWER),
        ),
    )


def _errands() -> tuple[Scene, ...]:
    return (
        Scene(
            "打印社保参保证明",
            "prints a proof of social insurance",
            Errand("rs-0001", **CHEN, form={"purpose": "bank"}, rating=1),
            Expected("delivered", proof=CONFIRMED),
        ),
        Scene(
            "合作城市系统停机，先收下",
            "a partner city's system is down: kept, and sent later",
            Errand("gj-0126", **RARE, place=("440600",), form=_FUND),
            Expected("stored", receipt=CONFIRMED),
            before=tend("portal", "gateway", destination="440600", state="down"),
            after=tend("portal", "gateway", destination="440600"),
        ),
        Scene(
            "查缴费明细并打凭条",
            "looks up contributions and takes a slip",
            Errand("rs-0002", **CHEN, slip=True, rating=2),
            Expected(receipt=CONFIRMED, ends_at=Step.ANSWER),
        ),
        Scene(
            "手机扫码缴居民两险",
            "pays resident insurance by phone",
            Errand("sw-0009", **RARE, rating=1),
            Expected("delivered", receipt=CONFIRMED),
        ),
        Scene(
            "英文界面预约出入境",
            "books an exit-entry appointment in English",
            Errand(
                "ga-0041",
                **FOREIGNER,
                language="en",
                form={"document": "hk_macau", "phone": _PHONE},
            ),
            Expected("delivered", receipt=CONFIRMED),
        ),
        Scene(
            "大字高对比，中途断网申请高龄津贴",
            "large text; the network is cut in the middle of an application",
            Errand(
                "mz-0058",
                **LI,
                assist=Assistance(text_size=TextSize.LARGE, contrast=Contrast.HIGH),
                place=_VILLAGE,
                form=_SENIOR,
                at={Step.SIGN: play("line", "refuse")},
                rating=1,
            ),
            Expected("stored", receipt=CONFIRMED),
            after=tend("line", "up"),
        ),
        Scene(
            "在汕头打印东莞的公积金证明",
            "prints a proof that Dongguan issues, for a name of rare characters",
            Errand("gj-0024", **RARE, place=("441900",), rating=1),
            Expected("delivered", proof=CONFIRMED),
        ),
        Scene(
            "公积金转移到广州（对方系统慢）",
            "moves a housing fund from Guangzhou, whose gateway is slow",
            Errand("gj-0126", **CHEN, place=("440100",), form=_FUND),
            Expected("delivered", receipt=CONFIRMED),
            before=tend("portal", "gateway", destination="440100", state="slow"),
            after=tend("portal", "gateway", destination="440100"),
        ),
        Scene(
            "失业登记，凭条打到一半没纸",
            "registers as unemployed; the paper runs out in mid-receipt",
            Errand(
                "rs-0012",
                **PERMIT,
                place=_DISTRICT,
                form=_WORK,
                while_printing={PrintState.WAITING: play("receipt_printer", "load_paper")},
            ),
            Expected("delivered", receipt=CONFIRMED),
            before=tend("receipt_printer", "paper_out", after_lines=260),
            after=tend("receipt_printer", "load_paper"),
        ),
        Scene(
            "办理单位要补材料，当场补交",
            "the authority asks for more: filled in and laid under the camera",
            Errand("rs-0012", **PERMIT, case=CaseAct.SUPPLEMENT, form={"phone": _PHONE}),
            Expected("delivered", receipt=CONFIRMED),
            before=tend("portal", "ask"),
        ),
        Scene(
            "改了主意，撤回办件",
            "thinks better of it, and withdraws the case",
            Errand("rs-0012", **PERMIT, case=CaseAct.WITHDRAWAL),
            Expected("delivered", receipt=CONFIRMED),
        ),
        Scene(
            "手机出示身份码查缴费明细",
            "shows an identity code on the phone instead of a card",
            Errand("rs-0002", code="resident", face="chen", rating=1),
            Expected(ends_at=Step.ANSWER),
        ),
        Scene(
            "不刷证查定点医院",
            "looks for a hospital without a card",
            Errand("yb-0022", rating=1),
            Expected(ends_at=Step.ANSWER),
        ),
    )


def _troubles(kill_printer: KillPrinter) -> tuple[Scene, ...]:
    expired, wrong = "idcard.expired", "idcard.number_invalid"
    return (
        Scene(
            "身份证过期",
            "the card has expired",
            Errand("rs-0002", card="expired", gives_up_after=expired),
            Expected(troubles=(expired,), ends_at=Step.FAREWELL),
        ),
        Scene(
            "证件号码校验不对",
            "the number's check digit is wrong",
            Errand("rs-0002", card="wrong_check_digit", gives_up_after=wrong),
            Expected(troubles=(wrong,), ends_at=Step.FAREWELL),
        ),
        Scene(
            "读卡时把卡拿开，再放一次",
            "takes the card away while it is read, then tries again",
            Errand("rs-0002", **CHEN, on_trouble={"idcard.removed": ("retry", None)}),
            Expected(troubles=("idcard.removed",), ends_at=Step.ANSWER),
            before=tend("card_reader", "fault", kind="remove_during_read", count=1),
            after=tend("card_reader", "clear_faults"),
        ),
        Scene(
            "站着的是别人，工作人员核对",
            "another face than the card's: staff decide",
            Errand(
                "rs-0002",
                card="resident",
                face="lin",
                on_trouble={
                    "face.not_matched": ("staff", play("camera", "show", scene="chen")),
                },
            ),
            Expected(troubles=("face.not_matched",), ends_at=Step.ANSWER),
        ),
        Scene(
            "摄像头坏了，工作人员核对",
            "the camera is dead: staff decide",
            Errand("rs-0002", **LI, on_trouble={"face.unavailable": ("staff", None)}),
            Expected(troubles=("face.unavailable",), ends_at=Step.ANSWER),
            before=tend("camera", "off"),
            after=tend("camera", "on"),
        ),
        Scene(
            "打印进程被杀，终端照常",
            "the printer's process is killed while it prints",
            Errand(
                "rs-0012",
                **RARE,
                place=_DISTRICT,
                form=_WORK,
                while_printing={PrintState.PRINTING: lambda _person: kill_printer()},
            ),
            Expected(
                "delivered", receipt=DOUBTFUL, errors=("receipt_printer: device.host_crashed",)
            ),
            before=tend("receipt_printer", "slow", rows_per_s=60.0),
            after=tend("receipt_printer", "slow", rows_per_s=0.0),
        ),
        Scene(
            "填表时停电，提交前来电",
            "the mains fail during the form and return before it is handed in",
            Errand(
                "rs-0012",
                **CHEN,
                place=_DISTRICT,
                form=_WORK,
                at={
                    Step.FORM: power(Power.BATTERY, "mains_fail", charge=85, runtime=1800),
                    Step.REVIEW: power(Power.MAINS, "mains_return"),
                },
            ),
            Expected("delivered", receipt=CONFIRMED),
            after=tend("ups", "mains_return"),
        ),
        Scene(
            "扫用过的码，改放身份证",
            "shows a picture of a used code, then lays the card down",
            Errand(
                "rs-0002",
                **CHEN,
                code_again=True,
                on_trouble={"identity.code_expired": ("retry", None)},
            ),
            Expected(troubles=("identity.code_expired",), ends_at=Step.ANSWER),
        ),
        Scene(
            "填到一半走开，超时清空",
            "walks away from a half-filled form: warned, then wiped",
            Errand("rs-0012", **CHEN, place=_DISTRICT, form=_WORK, walks_away_at=Step.FORM),
            Expected(ends_at=Step.FAREWELL),
        ),
    )
