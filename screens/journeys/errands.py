"""What people come for, as the words they look out for. Each is in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screens.journeys.person import Cue

ENTER = ("enter",)
CARD_S, PAY_S = 6.0, 20.0
"""To take out a card and lay it down, or put it away; to scan and pay by phone. Guesses, and generous;
looking into a camera takes nothing beyond the terminal's own time."""


_AWAY = ("离开", "改一下", "Leave ", "change it")
"""Buttons that bear the name of a place and lead away from it."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a person does beside the keypad, where the terminal asks for it."""

    lay_card: Callable[[], object]
    take_card: Callable[[], object]
    show_face: Callable[[], object]
    pay: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Words:
    """How one language is spoken here."""

    chinese: bool

    @property
    def language(self) -> str:
        """The visit's."""
        return self.of("zh_CN", "en")

    def of(self, zh: str, en: str) -> str:
        """The one that this person understands."""
        return zh if self.chinese else en

    @property
    def farewell(self) -> str:
        """Told when the visit is over."""
        return self.of("再见", "Goodbye")

    def press(self, zh: str, en: str, times: int = 1, then: tuple[Cue, ...] = ()) -> Cue:
        """Press this button when the walk comes to it."""
        words = (self.of(zh, en), self.of("按钮", "button"))
        return Cue(words, ENTER, but=_AWAY, times=times, then=then)

    def choose(self, zh: str, en: str) -> Cue:
        """Choose this option, if it is not chosen."""
        return Cue((self.of(zh, en), self.of("未选中", "not selected")), ENTER)

    def type(self, zh: str, en: str, digits: str) -> Cue:
        """Fill this field with the keypad's digits."""
        empty = self.of("输入框，还没填", "text field, empty")
        return Cue((self.of(zh, en), empty), tuple(digits))

    def spell(self, zh: str, en: str, letters: str, character: str) -> Cue:
        """Fill this field with the keyboard on the screen: in Chinese by sound, taking the first offer."""
        empty = self.of("输入框，还没填", "text field, empty")
        keys = (*letters, *([character] if self.chinese else []))
        found = (
            Cue((f"1 {key}",), ("1",))
            if key > "~"
            else Cue((f"{key}{self.of('，', ', ')}{self.of('按钮', 'button')}",), ENTER)
            for key in keys
        )
        return Cue((self.of(zh, en), empty), ENTER, then=(*found, self._done))

    def code(self, code: str) -> tuple[Cue, ...]:
        """Digits by the keypad, letters by walking to them; for a page that takes both."""
        cues: list[Cue] = []
        digits = ""
        for sign in reversed(code):
            if sign.isdigit():
                digits = sign + digits
                continue
            found = f"{sign}{self.of('，', ', ')}{self.of('按钮', 'button')}"
            cues.append(Cue((found,), ("enter", *digits)))
            digits = ""
        first = (Cue((self.of("按钮", "button"),), tuple(digits)),) if digits else ()
        return (*first, *reversed(cues))

    @property
    def _done(self) -> Cue:
        return Cue((self.of("好了", "Done"), self.of("按钮", "button")), ENTER)

    def wait(self, zh: str, en: str, but: tuple[str, ...] = ()) -> Cue:
        """The terminal is at work."""
        return Cue((self.of(zh, en),), but=but, patient=True)


@dataclass(frozen=True, slots=True)
class Errand:
    """What to look out for, and what to bring: a demo card and the face on it."""

    cues: Callable[[Words], tuple[Cue, ...]]
    card: str = "resident"
    face: str = "chen"


def start(words: Words) -> Cue:
    """The first page, which is in the terminal's language, Chinese."""
    return Cue((words.of("轻触这里", "English"),), ENTER)


def in_common(words: Words, hands: Hands) -> tuple[Cue, ...]:
    """Beginning, identity, review and end; what is only waited for comes last."""
    # On paper, or not.
    printed = (
        words.of("请取走", "please take it"),
        words.of("没有打印出来", "could not be printed"),
    )
    again = words.of("请把证件拿起来", "Lift your card")
    return (
        Cue((again,), act=lambda: (hands.take_card(), hands.lay_card()), act_s=CARD_S),
        Cue(
            (words.of("请把身份证平放", "Lay your ID card on the reader"),),
            act=hands.lay_card,
            act_s=CARD_S,
        ),
        Cue((words.of("请看摄像头", "Look at the camera"),), act=hands.show_face),
        Cue(
            (words.of("请取走您的卡", "Please take your card"),), act=hands.take_card, act_s=CARD_S
        ),
        words.choose("我已阅读并同意", "I have read this and agree"),
        words.press("下一页", "Next", times=9),
        words.press("去核对", "Go on to check", times=2),
        words.press("同意并打印", "Agree and print"),
        words.press("正确，确认预约", "Correct, book it"),
        words.press("正确，缴费", "Correct, pay"),
        Cue((words.of("请用手机付款", "Pay with your phone"),), act=hands.pay, act_s=PAY_S),
        words.press("都对，提交", "All correct, hand in"),
        words.press("都对，去签名", "All correct, sign"),
        words.press("再试一次", "Try again", times=3),
        Cue((words.of("办好了，离开", "Done, leave"), words.of("按钮", "button")), ENTER),
        words.press("跳过", "Skip"),
        words.wait("证明已出具", "Your proof is issued", but=printed),
        words.wait("正在", "Reading"),
        words.wait("正在", "Sealing"),
        words.wait("正在", "Safely kept"),
        words.wait("正在", "being printed", but=printed),
        words.wait("正在", "Fetching", but=printed),
        words.wait("请稍等", "a moment please"),
    )


def _proof(words: Words) -> tuple[Cue, ...]:
    """The proof of social insurance, for a bank."""
    return (
        words.press("社保个人参保证明", "Proof of social insurance, button"),
        # Where others used other services more, it is no tile of the first page.
        words.press("社保养老", "Social insurance, button"),
        words.press("打印证明", "Get the proof"),
        words.choose("银行贷款", "Bank loan"),
    )


def _family_account(words: Words) -> tuple[Cue, ...]:
    """Sharing a medical account with a relative: a name typed by sound, a number, a choice, a city,
    and a signature, which nobody draws with a keypad: it is confirmed."""
    return (
        words.press("看病医保", "Medical care"),
        words.press("家庭共济", "Let family use"),
        words.press("开始办理", "Start"),
        words.press("汕头市", "Shantou"),
        words.spell("对方姓名", "The other person's name", "wang", "王"),
        words.type("对方身份证号码", "The other person's ID number", "440599196203040028"),
        words.choose("配偶", "Spouse"),
        words.type("手机号码", "Mobile number", "13800000000"),
        words.press("不便手写", "I can't draw"),
        words.press("我确认这段话", "I confirm this"),
        words.press("是的，签名并提交", "Yes, sign and hand in"),
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
        words.press("预约 20", "Book "),
        words.choose("往来港澳通行证", "Hong Kong"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _utility(words: Words) -> tuple[Cue, ...]:
    """The electricity bill, paid with a phone."""
    return (
        words.press("水电气", "Water, power, gas"),
        words.press("电费查询缴纳", "Electricity bills"),
        words.press("看应缴多少", "See what is due"),
        words.press("缴费 ¥", "Pay ¥"),
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
        return (
            words.press("我的事办到哪了", "Where is my case"),
            Cue(
                (words.of("输入回执上的查询码", "Type the look-up code"),),
                then=(*words.code(code), words.press("查询，", "Look up,")),
            ),
            words.press("返回", "Back"),
            Cue((words.of("办完离开，按钮", "Finish and leave, button"),), ENTER),
        )

    return Errand(cues)


ERRANDS: dict[str, Errand] = {
    "proof": Errand(_proof),
    "family_account": Errand(_family_account),
    "residence": Errand(_residence),
    "appointment": Errand(_appointment),
    "utility": Errand(_utility),
    "other_city": Errand(_other_city),
}
"""By name; :func:`look_up` is made for a code."""
