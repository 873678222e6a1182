"""The words that somebody looks out for, in Chinese and in English, and what every errand has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screens.journeys.person import Cue

ENTER = ("enter",)
CARD_S, PAY_S, PAPER_S = 6.0, 20.0, 8.0
"""To take out a card and lay it down, or put it away; to scan and pay by phone; to smooth a paper and lay
it under the camera. Guesses, and generous;
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
    lay_paper: Callable[[], object]
    take_paper: Callable[[], object]


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
        """Press this button when the walk comes to it; a slip that is read out may bear the same name."""
        words = (self.of(zh, en), self.of("按钮", "button"))
        slip = self.of("凭条上印着", "Your slip says")
        return Cue(words, ENTER, but=(*_AWAY, slip), times=times, then=then)

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

    def seek(self, question: str, letters: str) -> Cue:
        """Type letters into the line to search in, whose question this is."""
        keys = (
            Cue((f"{key}{self.of('，', ', ')}{self.of('按钮', 'button')}",), ENTER)
            for key in letters
        )
        return Cue((question, self.of("输入框", "text field")), ENTER, then=(*keys, self._done))

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

    def pay(self) -> tuple[Cue, ...]:
        """The button that bears the sum, as it is read or heard."""
        return tuple(self.press("缴费 ", sum_) for sum_ in ("Pay ¥", "yuan, button", "fen, button"))

    def wait(self, zh: str, en: str, but: tuple[str, ...] = ()) -> Cue:
        """The terminal is at work; neither a button says so, nor a page on which the authority is."""
        others = (self.of("按钮", "button"), self.of("办理单位正在", "authority is working"))
        return Cue((self.of(zh, en),), but=(*but, *others), patient=True)


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
        Cue(
            (words.of("请把材料平放", "Lay the paper on the shelf"),),
            act=hands.lay_paper,
            act_s=PAPER_S,
            times=9,
        ),
        Cue(
            (words.of("请收回材料", "take the paper away"),),
            ("tab",),
            act=hands.take_paper,
            times=9,
        ),
        words.press("拍好了，下一步", "That is all"),
        words.press("下一份材料", "Next paper", times=9),
        Cue((words.of("请用手机付款", "Pay with your phone"),), act=hands.pay, act_s=PAY_S),
        words.press("都对，提交", "All correct, hand in"),
        words.press("都对，去签名", "All correct, sign"),
        words.press("再试一次", "Try again", times=3),
        # Nobody leaves without their proof because the button to leave was named first.
        Cue(
            (words.of("办好了，离开", "Done, leave"), words.of("按钮", "button")),
            ENTER,
            held=(words.of("证明已出具", "Your proof is issued"),),
            until=(
                words.of("证明已打好", "Proof printed"),
                words.of("证明没有打印出来", "The proof could not be printed"),
                words.of("请看看打印是否完整", "check that it is complete"),
                words.of("不等纸质证明了", "Going on without the paper"),
            ),
        ),
        words.press("跳过", "Skip"),
        words.wait("证明已出具", "Your proof is issued", but=printed),
        words.wait("正在", "Reading"),
        words.wait("正在", "Sealing"),
        words.wait("正在", "Safely kept"),
        words.wait("正在", "being printed", but=printed),
        words.wait("正在", "Fetching", but=printed),
        words.wait("请稍等", "a moment please"),
    )
