"""Looking up, asking, paying another way, papers, own cases, staff: the kinds of journeys beside those of
:mod:`screens.journeys.errands`."""

from __future__ import annotations

from kiosk.world.launch import DEMO_PIN
from screens.journeys.errand import EVERYBODY, Errand
from screens.journeys.person import Cue
from screens.journeys.words import ENTER, Words


def _look_it_up(words: Words) -> tuple[Cue, ...]:
    """The guide's button of a service that only looks something up."""
    return (words.press("查询", "Look it up"),)


def _leave(words: Words) -> Cue:
    return Cue((words.of("办完离开，按钮", "Finish and leave, button"),), ENTER)


def _policies(words: Words) -> tuple[Cue, ...]:
    """What the city offers to enterprises: found by typing, asked for without a card."""
    question = words.of("例如“社保证明”", "For example: pension proof")
    return (
        words.press("找要办的事", "Find a service, button"),
        words.seek(question, words.of("huiqi", "polic")),
        words.press("惠企政策查询", "Policies for enterprises", then=_look_it_up(words)),
        words.press("好了", "Done"),
    )


def _shop(words: Words) -> tuple[Cue, ...]:
    """What somebody with a small shop answers who looks for policies."""
    return (
        words.press("开办企业", "Business, button"),
        words.press("惠企政策匹配", "Which policies fit", then=_look_it_up(words)),
        words.choose("个体工商户", "Sole trader"),
        words.choose("龙湖区", "Longhu"),
        words.choose("批发、零售", "Wholesale, retail"),
        words.choose("不清楚", "I don't know"),
        words.choose("10 万元以下", "Up to 100,000"),
    )


def _policy_match(words: Words) -> tuple[Cue, ...]:
    """What a small shop can have: a few answers, one policy looked at, and a slip of all."""
    back = words.press("返回", "Back")
    return (
        *_shop(words),
        words.press("减半征收个人所得税", "Half the income tax", then=(back,)),
        words.press("打印，按钮", "Print, button"),
        words.press("好了，按钮", "Done, button"),
    )


def _policy_reminder(words: Words) -> tuple[Cue, ...]:
    """To be told of new policies that fit: begun from the list, with what was answered there."""
    return (
        *_shop(words),
        words.press(
            "有新政策、快截止时提醒我",
            "Tell me of new ones",
            then=(words.press("开始办理", "Start"),),
        ),
        words.choose("都提醒", "Of new policies and of last days"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _policy_application(words: Words) -> tuple[Cue, ...]:
    """A factory applies under a policy that its answers leave possible, as found on the list."""
    return (
        words.press("开办企业", "Business, button"),
        words.press("惠企政策匹配", "Which policies fit", then=_look_it_up(words)),
        words.choose("公司或其他企业", "Company or other"),
        words.choose("龙湖区", "Longhu"),
        words.choose("工厂、制造", "Manufacturing"),
        words.choose("300 人以下", "Up to 300,"),
        words.choose("5000 万元以下", "Up to 50 million"),
        words.choose("300 万元以下", "Up to 3 million"),
        words.choose("不是，", "No,"),
        words.choose("不清楚", "I don't know"),
        words.choose("没有证书", "No certificate"),
        words.press(
            "研发费用加计扣除",
            "Research costs",
            then=(
                words.press("申报这项政策", "Apply for it"),
                words.press("开始办理", "Start"),
            ),
        ),
        words.spell("企业名称", "Name of the business", "shantou", "汕头"),
        words.type("统一社会信用代码", "Unified social credit code", "914405001234567012"),
        words.choose("法定代表人", "Legal representative"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _hospitals(words: Words) -> tuple[Cue, ...]:
    """Hospitals that take the insurance, taken home on a slip."""
    return (
        words.press("看病医保", "Medical care"),
        words.press(
            "医保定点医院查询",
            "Designated hospitals",
            then=(
                *_look_it_up(words),
                words.press("打印，按钮", "Print, button"),
                words.press("好了，按钮", "Done, button"),
            ),
        ),
    )


def _licences(words: Words) -> tuple[Cue, ...]:
    """Which e-licences somebody holds."""
    return (
        words.press("我的办件", "My cases, button"),
        words.press("进度和咨询", "Progress & questions"),
        words.press("我的电子证照", "My e-licences", then=_look_it_up(words)),
        words.press("好了", "Done"),
    )


def _licence_print(words: Words) -> tuple[Cue, ...]:
    """One of them on paper."""
    return (
        words.press("我的办件", "My cases, button"),
        words.press("进度和咨询", "Progress & questions"),
        words.press("电子证照打印", "Print an e-licence"),
        words.press("打印证明", "Get the proof"),
        words.choose("驾驶证", "Driving licence"),
    )


def _complaint(words: Words) -> tuple[Cue, ...]:
    """A complaint in somebody's own words."""
    return (
        words.press("我的办件", "My cases, button"),
        words.press("进度和咨询", "Progress & questions"),
        words.press("投诉与举报", "Complain or report"),
        words.press("开始办理", "Start"),
        words.choose("投诉", "Complaint"),
        words.spell("说明", "Remark", "lu", "路"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _insurance(words: Words) -> tuple[Cue, ...]:
    """Next year's medical insurance, by phone; one of several levels."""
    return (
        words.press("社保养老", "Social insurance, button"),
        words.press("城乡居民两险缴费", "Pay resident insurance"),
        words.press("看应缴多少", "See what is due"),
        words.choose("养老保险", "Resident pension insurance"),
        *words.pay(),
    )


def _permit(words: Words) -> tuple[Cue, ...]:
    """A residence permit, with papers laid under the camera."""
    return (
        words.press("户口证件", "Identity papers"),
        words.press("居住证申领", "Residence permit"),
        words.press("开始办理", "Start"),
        words.press("龙湖区", "Longhu", times=2),
        words.press("金霞街道", "Jinxia", times=2),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _not_here(words: Words) -> tuple[Cue, ...]:
    """What only an enterprise's agent can do: told why, and back again."""
    return (
        words.press("开办企业", "Business, button"),
        words.press("企业设立登记", "Setting up a company"),
        words.press("返回", "Back", times=2),
        _leave(words),
    )


def _own_case(words: Words, *deeds: Cue) -> tuple[Cue, ...]:
    return (
        words.press("我的办件", "My cases, button"),
        words.press("我的全部办件", "All my cases"),
        Cue(
            # In the list a case is told with its day; on the first page there may be a tile of that name.
            (
                words.of("居住登记", "Register where you live"),
                words.of("提交", "handed in"),
                words.of("按钮", "button"),
            ),
            ENTER,
            but=(words.of("已撤回", "ithdrawn"),),
        ),
        *deeds,
    )


def _supplement(words: Words) -> tuple[Cue, ...]:
    """What the authority still wants of a case: a telephone number and a page."""
    return _own_case(
        words,
        words.press("补交缺的材料", "Hand in what is missing"),
        words.type("手机号码", "Mobile number", "13800000000"),
    )


def _withdrawal(words: Words) -> tuple[Cue, ...]:
    """A case that is not wanted any more."""
    return _own_case(
        words,
        words.press("撤回办件", "Withdraw the case"),
        words.press("确定撤回", "Yes, withdraw it"),
    )


def family_account(words: Words) -> tuple[Cue, ...]:
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


def _released(words: Words) -> tuple[Cue, ...]:
    """A signed request at a bank's smart teller, where staff witness that it was signed."""
    witness = words.press("见证", "Witness it")
    pin = Cue((words.of("请见证", "Staff: witness"),), tuple(DEMO_PIN), then=(witness,))
    return (*family_account(words), pin)


def _teller(words: Words) -> tuple[Cue, ...]:
    """A proof at a bank's smart teller; staff compare the face, and enter their PIN."""
    staff = words.press("请工作人员核对", "Let staff check instead")
    same = words.press("确认是同一个人", "Confirm: same person")
    return (
        words.press("社保个人参保证明", "Proof of social insurance, button"),
        words.press("社保养老", "Social insurance, button"),
        words.press("打印证明", "Get the proof"),
        words.choose("银行贷款", "Bank loan"),
        Cue((words.of("请看摄像头", "Look at the camera"),), then=(staff,)),
        Cue(
            (words.of("请比对并确认", "Staff: compare and confirm"),),
            tuple(DEMO_PIN),
            then=(same,),
        ),
    )


OTHERS: dict[str, Errand] = {
    "policies": Errand(_policies),
    "policy_match": Errand(_policy_match),
    "policy_application": Errand(_policy_application),
    "policy_reminder": Errand(_policy_reminder),
    "hospitals": Errand(_hospitals),
    "licences": Errand(_licences),
    "licence_print": Errand(_licence_print),
    "complaint": Errand(_complaint),
    "insurance": Errand(_insurance, people=EVERYBODY),
    "permit": Errand(_permit),
    "not_here": Errand(_not_here),
    "supplement": Errand(
        _supplement, first="residence", before=lambda world: world.command("portal", "ask")
    ),
    "withdrawal": Errand(_withdrawal, first="residence"),
    "teller": Errand(_teller, trim="smart-teller"),
    "teller_signed": Errand(_released, trim="smart-teller"),
}
"""By name."""
