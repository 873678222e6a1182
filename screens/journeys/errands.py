"""What people come for, as the words they look out for. Each is in Chinese and in English."""

from __future__ import annotations

from screens.journeys.errand import EVERYBODY, Errand
from screens.journeys.more_errands import OTHERS, family_account
from screens.journeys.person import Cue
from screens.journeys.words import ENTER, Words


def _proof(words: Words) -> tuple[Cue, ...]:
    """The proof of social insurance, for a bank."""
    return (
        words.press("社保个人参保证明", "Proof of social insurance, button"),
        # Where others used other services more, it is no tile of the first page.
        words.press("社保养老", "Social insurance, button"),
        words.press("打印证明", "Get the proof"),
        words.choose("银行贷款", "Bank loan"),
    )


def _residence(words: Words) -> tuple[Cue, ...]:
    """Registering where somebody lives: a region, a date, an address."""
    return (
        words.press("户口证件", "Identity papers"),
        words.press("居住登记", "Register where you live"),
        words.press("开始办理", "Start"),
        words.press("龙湖区", "Longhu", times=2),
        words.press("金霞街道", "Jinxia", times=2),
        words.type("路名", "Street", "88"),
        # Into the wheel, and take the day it shows.
        Cue((words.of("从哪天起，输入框", "From which day, text field"),), ("enter", "enter")),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _appointment(words: Words) -> tuple[Cue, ...]:
    """A time at the exit-entry counter."""
    return (
        words.press("户口证件", "Identity papers"),
        words.press("出入境证件办理预约", "Exit-entry document appointment"),
        words.press("预约时间", "Book a time"),
        words.choose("还有", "places left"),
        words.press("预约 ", "Book "),
        words.choose("往来港澳通行证", "Hong Kong"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _utility(words: Words) -> tuple[Cue, ...]:
    """The electricity bill, paid with a phone."""
    return (
        words.press("水电气", "Water, power, gas"),
        words.press("电费查询缴纳", "Electricity bills"),
        words.press("看应缴多少", "See what is due"),
        *words.pay(),
    )


def _other_city(words: Words) -> tuple[Cue, ...]:
    """A housing-fund proof that Dongguan issues."""
    return (
        words.press("异地办理", "For another city"),
        words.press("东莞", "Dongguan"),
        words.press("住房", "Housing"),
        words.press("缴存证明", "Proof of housing fund savings"),
        words.press("打印证明", "Get the proof"),
    )


def look_up(code: str) -> Errand:
    """Where a case stands, by the look-up code of its slip."""

    def cues(words: Words) -> tuple[Cue, ...]:
        """Where a case stands, by the code of its slip; nobody is asked who they are."""
        return (
            words.press("我的事办到哪了", "Where is my case"),
            Cue(
                (words.of("输入凭条上的查询码", "Type the look-up code"),),
                then=(*words.code(code), words.press("查询，", "Look up,")),
            ),
            words.press("返回", "Back"),
            Cue((words.of("办完离开，按钮", "Finish and leave, button"),), ENTER),
        )

    return Errand(cues)


ERRANDS: dict[str, Errand] = {
    "proof": Errand(_proof),
    "family_account": Errand(family_account),
    "residence": Errand(_residence),
    "appointment": Errand(_appointment),
    "utility": Errand(_utility, people=EVERYBODY),
    "other_city": Errand(_other_city),
    **OTHERS,
}
"""By name; :func:`look_up` is made for a code."""
