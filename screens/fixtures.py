"""Invented people and errands for the gallery and the tests of screens. Nobody here is real."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from config import tables
from config.catalogue import (
    CityOffer,
    Form,
    FormField,
    FormPage,
    Handler,
    Identification,
    Kind,
    Level,
    Material,
    Mode,
    PlaceChoice,
    ServiceItem,
    Situation,
)
from config.divisions import Division
from config.text import Text
from drivers.ports import FrameBufferInfo
from kiosk.china import CHINA
from kiosk.personal import Holder, Personal
from kiosk.terminal_port import Directory, Hit, Place, PublicNotice
from kiosk.visit import events, model
from kiosk.words import words_for
from screens.invented_page import InventedPages


def T(zh: str, en: str) -> Text:
    """A text in both languages."""
    return Text(zh=zh, en=en)


PLACE = Place(
    terminal_id="LH-012",
    site=T("龙湖区政务服务中心 · 一楼东侧", "Longhu Service Centre, ground floor, east side"),
    city=T("汕头市", "Shantou"),
    hours=T(
        "本机 24 小时开放 · 窗口 周一至周五 8:30–17:30",
        "Open 24 hours · Counter Monday to Friday 8:30–17:30",
    ),
    staff_phone="0754-0000 0012",
)

NOTICE = PublicNotice(
    T(
        "本周六 18:00 至周日 6:00 社保、公积金系统升级，期间不能查询和缴费，请提前或改日办理，敬请谅解。",
        "From Saturday 18:00 to Sunday 6:00 social insurance and housing fund are down for an upgrade. "
        "Please come another day.",
    ),
    datetime(2026, 11, 26, 8, 0, tzinfo=CHINA),
)

_BUREAU = T("龙湖区社会保险基金管理局", "Longhu District Social Insurance Fund Bureau")
_CONSENT = T(
    "我确认以上内容属实，同意本机读取我的身份证信息并把这份申请加密送交受理机关。"
    "受理机关只能用于办理本事项。",
    "I confirm that the above is true, and agree that this terminal reads my ID card and sends this "
    "application, encrypted, to the authority, which may use it only to handle this matter.",
)


def _item(
    code: str, name: Text, summary: Text, kind: Kind, situation: str, icon: str, **more: object
) -> ServiceItem:
    values: dict[str, object] = {
        "code": code,
        "name": name,
        "summary": summary,
        "department": _BUREAU,
        "kind": kind,
        "situation": situation,
        "icon": icon,
        "identification": Identification.L2,
        "consent": _CONSENT,
        "handlers": (
            Handler(division="440507", level=Level.DISTRICT, authority=_BUREAU),
            Handler(division="440507", level=Level.TOWN, authority=_BUREAU),
        ),
    }
    return ServiceItem.model_validate(values | more)


FORM = Form.model_validate(
    {
        "schema": {
            "type": "object",
            "required": ["name", "number", "phone", "grade", "since", "town"],
            "properties": {
                "name": {"type": "string"},
                "number": {"type": "string"},
                "phone": {"type": "string", "pattern": "^1[3-9][0-9]{9}$", "maxLength": 11},
                "grade": {"type": "string", "enum": ["200", "360", "600", "1200"]},
                "since": {"type": "string", "format": "date"},
                "town": {"type": "string"},
                "note": {"type": "string", "maxLength": 60},
                "post": {"type": "boolean"},
                "income": {"type": "number", "minimum": 100, "maximum": 8000},
                "account": {"type": "string", "pattern": "^[0-9]{16,19}$"},
                "spouse": {"type": "string", "format": "citizen-number"},
                "employer": {"type": "string", "format": "company-code"},
                "lives": {"type": "string", "minLength": 4, "maxLength": 120},
                "month": {"type": "string", "format": "year-month", "formatMinimum": "2024-01"},
            },
        },
        "fields": {
            "name": FormField(label=T("姓名", "Name"), prefill="card.name", locked=True),
            "number": FormField(
                label=T("身份证号码", "ID number"), prefill="card.number", locked=True
            ),
            "phone": FormField(
                label=T("手机号码", "Mobile phone"),
                help=T("办理有结果时给您发短信", "We send a text message when there is news"),
                widget="phone",
            ),
            "grade": FormField(
                label=T("每年缴费档次", "Yearly contribution"),
                widget="choice",
                options=(
                    ("200", T("200 元", "200 yuan")),
                    ("360", T("360 元", "360 yuan")),
                    ("600", T("600 元", "600 yuan")),
                    ("1200", T("1200 元", "1200 yuan")),
                ),
            ),
            "since": FormField(label=T("从哪一天起", "From which day"), widget="date"),
            "town": FormField(label=T("户籍所在镇街", "Town of registration"), widget="division"),
            "note": FormField(label=T("补充说明", "Anything to add")),
            "post": FormField(
                label=T("结果寄到家里", "Send the result by post"),
                help=T("邮费到付", "You pay the postage"),
                widget="toggle",
            ),
            "income": FormField(label=T("上月收入", "Last month's income"), widget="amount"),
            "account": FormField(label=T("银行卡号", "Bank card number"), widget="bank_card"),
            "spouse": FormField(
                label=T("配偶身份证号码", "Your spouse's ID number"), widget="id_number"
            ),
            "employer": FormField(
                label=T("单位的统一社会信用代码", "Your employer's credit code"),
                widget="company_code",
            ),
            "lives": FormField(label=T("现住地址", "Where you live now"), widget="address"),
            "month": FormField(
                label=T("从哪个月起", "From which month"), widget="month", when="past"
            ),
        },
        "pages": [
            FormPage(title=T("请核对您的信息", "Is this you?"), fields=("name", "number", "phone")),
            FormPage(
                title=T("您想怎么参保？", "How would you like to join?"),
                fields=("grade", "since", "town", "note", "post"),
            ),
            FormPage(
                title=T("收入和单位", "Income and employer"),
                fields=("income", "account", "spouse", "employer", "month"),
            ),
            FormPage(title=T("您现在住在哪里？", "Where do you live now?"), fields=("lives",)),
        ],
    }
)

ONE_ANSWER = FORM.model_copy(
    update={"pages": (FormPage(title=T("按哪一档？", "Which grade?"), fields=("grade",)),)}
)
PROOF = _item(
    "SI-PROOF",
    T("社会保险参保证明", "Social insurance proof"),
    T("打印带验证码的参保缴费证明，与窗口出具的同样有效", "A printed proof that can be verified"),
    Kind.PRINT, "insurance", "identification-card", featured=9, minutes=1, outputs=("receipt", "proof"),
)  # fmt: skip
PAY = _item(
    "MI-PAY",
    T("城乡居民医保缴费", "Residents' medical insurance payment"),
    T("查询应缴金额，用手机扫码支付", "See what is due and pay with your phone"),
    Kind.PAY, "insurance", "wallet", featured=8, minutes=2,
)  # fmt: skip
JOIN = _item(
    "PI-JOIN",
    T("城乡居民基本养老保险参保登记", "Residents' pension insurance registration"),
    T("登记参加养老保险，选择每年缴费档次", "Join the pension insurance and choose your yearly grade"),
    Kind.APPLY, "insurance", "user-plus", identification=Identification.L3, minutes=5, featured=6,
    working_days=15, form=FORM, place=PlaceChoice.DIVISION,
    materials=(
        Material(name=T("居民身份证", "Resident ID card"), from_card=True),
        Material(name=T("户口簿户主页", "Household register, first page"), optional=True),
    ),
)  # fmt: skip
QUERY = _item(
    "MI-QUERY",
    T("医保个人账户查询", "Medical account balance"),
    T("查余额和最近的收支", "Balance and latest movements"),
    Kind.QUERY, "insurance", "heartbeat", featured=7, minutes=1,
)  # fmt: skip
BOOK = _item(
    "MR-BOOK",
    T("婚姻登记预约", "Marriage registration appointment"),
    T("选一个日子和时间", "Choose a day and a time"),
    Kind.APPOINTMENT, "support", "calendar-check", minutes=2,
)  # fmt: skip
ITEMS = (PROOF, PAY, QUERY, JOIN, BOOK)

# The shipped ones: home is laid out for as many as there are.
_SHIPPED = tomllib.loads(tables.read("situations.toml"))
SITUATIONS = tuple(Situation.model_validate(entry) for entry in _SHIPPED["situation"])
ASKED = tuple(T(**entry) for entry in _SHIPPED["asked"])

CITIES = tuple(
    Division(code, T(zh, en), Level.CITY, "")
    for code, zh, en in (
        ("440100", "广州", "Guangzhou"), ("440600", "佛山", "Foshan"),
        ("440700", "江门", "Jiangmen"), ("441900", "东莞", "Dongguan"),
        ("441300", "惠州", "Huizhou"), ("441800", "清远", "Qingyuan"),
        ("441400", "梅州", "Meizhou"), ("441600", "河源", "Heyuan"),
    )
)  # fmt: skip
SHANTOU = Division("440500", T("汕头市", "Shantou"), Level.CITY, "")
DISTRICTS = tuple(
    Division(code, T(zh, en), Level.DISTRICT, "440500")
    for code, zh, en in (
        ("440507", "龙湖区", "Longhu District"), ("440511", "金平区", "Jinping District"),
        ("440512", "濠江区", "Haojiang District"), ("440513", "潮阳区", "Chaoyang District"),
        ("440514", "潮南区", "Chaonan District"), ("440515", "澄海区", "Chenghai District"),
        ("440523", "南澳县", "Nan'ao County"),
    )
)  # fmt: skip
TOWNS = (
    Division("440507001", T("金霞街道", "Jinxia Subdistrict"), Level.TOWN, "440507"),
    Division("440507002", T("珠池街道", "Zhuchi Subdistrict"), Level.TOWN, "440507"),
    Division("440507100", T("外砂街道", "Waisha Subdistrict"), Level.TOWN, "440507"),
)


VILLAGES = (
    Division("440507001001", T("金谷居委会", "Jingu Community"), Level.VILLAGE, "440507001"),
    Division("440507001003", T("金珠居委会", "Jinzhu Community"), Level.VILLAGE, "440507001"),
)
# Dongguan has no districts.
DONGGUAN = (
    Division("441900003", T("东城街道", "Dongcheng Subdistrict"), Level.TOWN, "441900"),
    Division("441900101", T("石碣镇", "Shijie Town"), Level.TOWN, "441900"),
)


def check_digit(first17: str) -> str:
    """GB 11643 check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights, strict=True)) % 11]


NUMBER = "44059919580321002" + check_digit("44059919580321002")
HOLDER = Holder(
    document_kind="resident",
    name=Personal("林晓岚"),
    number=Personal(NUMBER),
    sex=Personal("2"),
    nation=Personal("01"),
    birth=date(1958, 3, 21),
    address=Personal("广东省汕头市示例区样板路8号"),
    valid_to=None,
    long_term=True,
    photo="photo-1",
)


_ALL = (SHANTOU, *CITIES, *DISTRICTS, *TOWNS, *VILLAGES, *DONGGUAN)


class FakeDirectory:
    """Answers from the fixtures; one item can't be had now."""

    searchable = True

    def situations(self) -> Sequence[Situation]:
        """The shipped ones."""
        return SITUATIONS

    def asked(self) -> Sequence[Text]:
        """The shipped ones."""
        return ASKED

    def featured(self) -> Sequence[ServiceItem]:
        """Best first."""
        return (PROOF, PAY, QUERY, JOIN)

    def items_of(self, situation: str) -> Sequence[ServiceItem]:
        """Of this situation."""
        return [item for item in ITEMS if item.situation == situation]

    def search(self, words: str, limit: int = 12) -> Sequence[Hit]:
        """Names that contain the words; ``shebao`` finds the first two."""
        found = [i for i in ITEMS if words in i.name.zh or words.lower() in i.name.en.lower()]
        return [Hit(i, 90.0) for i in (found or ([PROOF, PAY] if "she" in words else []))][:limit]

    def availability(self, code: str, city: str = "") -> model.Availability:
        """The query item's printer has no paper."""
        if code == QUERY.code:
            words = T("缺纸，暂不能打印", "No paper, can't print now")
            way_out = T("可到窗口办，或稍后再来", "Use the counter, or come back a little later")
            return model.Availability(
                limited=True, code="item.no_printer", words=words, way_out=way_out
            )
        return model.Availability()

    def partner_cities(self) -> Sequence[Division]:
        """Eight."""
        return CITIES

    def city_items(self, city: str, situation: str = "") -> Sequence[ServiceItem]:
        """Two for each."""
        offers = ((PROOF, Mode.ONLINE_FULL), (JOIN, Mode.PROXY_COLLECT))
        return [
            item.model_copy(
                update={"cities": (CityOffer(city=city, mode=mode, authority=_BUREAU),)}
            )
            for item, mode in offers
            if situation in ("", item.situation)
        ]

    def city_words(self, city: str) -> Text | None:
        """Foshan is slow."""
        return words_for("item.city_slow") if city == "440600" else None

    def places(self, item: ServiceItem, parent: str) -> Sequence[Division]:
        """Cities, or districts and the towns of Longhu."""
        if item.place is PlaceChoice.CITY:
            return CITIES if parent == "" else ()
        if parent == "":
            return DISTRICTS
        return TOWNS if parent == "440507" else ()

    def division(self, code: str) -> Division | None:
        """By code."""
        return next((d for d in _ALL if d.code == code), None)

    def below(self, code: str) -> Sequence[Division]:
        """Shantou and the partner cities, or what lies below."""
        return [d for d in _ALL if d.parent == code]


class FakePort(InventedPages):
    """A terminal that shows what it is given and remembers what was posted."""

    def __init__(self, visit: model.Visit | None = None) -> None:
        self._visit = visit or model.Visit()
        self.posted: list[events.Event] = []
        self.broken: dict[str, str] = {}
        self.posters: Sequence[PublicNotice] = ()
        self._watchers: list[Callable[[], None]] = []
        self.frames: FrameBufferInfo | None = None
        self.portrait: bytes | None = None
        self._subscribers: list[Callable[[model.Visit], None]] = []
        self.directory: Directory = FakeDirectory()

    @property
    def place(self) -> Place:
        """The invented site."""
        return PLACE

    @property
    def lookup_url(self) -> str:
        """Of a platform that does not exist."""
        return "https://portal.example/lookup/{code}"

    @property
    def visit(self) -> model.Visit:
        """As given last."""
        return self._visit

    def post(self, event: events.Event) -> None:
        """Remember it."""
        self.posted.append(event)

    def subscribe(self, on_visit: Callable[[model.Visit], None]) -> Callable[[], None]:
        """Called by :meth:`put`."""
        self._subscribers.append(on_visit)
        return lambda: self._subscribers.remove(on_visit)

    def put(self, visit: model.Visit) -> None:
        """A new visit, from whatever thread calls."""
        self._visit = visit
        for subscriber in list(self._subscribers):
            subscriber(visit)

    def preview(self) -> FrameBufferInfo | None:
        """Set by the test."""
        return self.frames

    def card_photo(self) -> bytes | None:
        """Set by the test."""
        return self.portrait

    def notices(self) -> Sequence[PublicNotice]:
        """As posted by the test."""
        return self.posters

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Called by :meth:`change`."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def change(self) -> None:
        """Something around the visit changed."""
        for watcher in list(self._watchers):
            watcher()

    def readiness(self) -> Mapping[str, str]:
        """All well but for ``broken``."""
        devices = ("card_reader", "receipt_printer", "document_printer", "camera")
        return dict.fromkeys(devices, "ok") | self.broken
