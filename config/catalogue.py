"""The service catalogue: what a service item is. A new service is data in ``data/services``, never code.

These are the whole items, as the kiosk uses them and the portal gets them; the shorter notation of
the shipped files is :mod:`config.item_files`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from config.text import Text


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """What the person wants: look up, get paper, apply, pay, or book (查 打 办 缴 约)."""

    QUERY = "query"
    PRINT = "print"
    APPLY = "apply"
    PAY = "pay"
    APPOINTMENT = "appointment"


class Level(StrEnum):
    """Administrative level that handles an item (GB/T 39046 行使层级 3–6)."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    VILLAGE = "village"


class Identification(StrEnum):
    """How sure we must be of the person: L0 nobody, L1 card or code, L2 + live face (or staff),
    L3 + signature."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"


class Mode(StrEnum):
    """Cross-city modes of State Council document 2020 No. 35; ``local`` is no cross-city at all."""

    LOCAL = "local"
    ONLINE_FULL = "online_full"
    PROXY_COLLECT = "proxy_collect"
    JOINT = "joint"


class PlaceChoice(StrEnum):
    """Whether the person must say where the affair belongs: nowhere (this city handles it),
    a city, or a division of this city down to the item's lowest level."""

    NONE = "none"
    CITY = "city"
    DIVISION = "division"


class RiskClass(StrEnum):
    """May it be accepted without the portal? ``never`` is the default (queue.md section 5)."""

    NEVER = "never"
    DEFER = "defer"


class Need(StrEnum):
    """What an item asks of a terminal beyond card, face, form and signature. Whether this terminal
    can do it is the kiosk's knowledge; where it can't, the guide says so and who can."""

    PAPERS = "papers"
    COMPANY = "company"
    QUESTION = "question"
    FINGERPRINT = "fingerprint"
    TWO_PEOPLE = "two_people"
    VISIT = "visit"


class Material(_Data):
    """One thing to bring. ``from_card`` things need no paper: the terminal reads them.

    ``licence``: key of the electronic licence that replaces it (免证办: the authority fetches it,
    with the holder's consent). ``paper``: only a paper will do, to be shown or scanned; of it at most
    ``pages`` pages are taken, and ``hint`` says which. ``later``: the authority begins without it,
    and it may be brought afterwards (容缺受理). ``key``: what its pages are called in a case.
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9_]{0,30}$")] = ""
    name: Text
    hint: Text | None = None
    pages: Annotated[int, Field(ge=1, le=16)] = 4
    later: bool = False
    from_card: bool = False
    optional: bool = False
    licence: str = ""
    paper: bool = False


class DayUnit(StrEnum):
    """What promised days are counted in: 工作日 or 自然日."""

    WORKING = "working"
    CALENDAR = "calendar"

    def of(self, days: int) -> Text:
        """So many of them, in words."""
        plural = "" if days == 1 else "s"
        if self is DayUnit.WORKING:
            return Text(zh=f"{days} 个工作日", en=f"{days} working day{plural}")
        return Text(zh=f"{days} 个自然日", en=f"{days} calendar day{plural}")


class Handler(_Data):
    """Who decides: the authority with this power in ``division`` (GB/T 2260 code) and below,
    unless a longer division prefix matches too."""

    division: str
    level: Level
    authority: Text


class CityOffer(_Data):
    """A partner city that handles this item for us, and how.

    ``since``/``until``: first and last day of the offer. ``original``: papers are checked in the
    original where they are taken in, even if an electronic licence would do elsewhere.
    """

    city: str
    mode: Mode
    authority: Text
    working_days: int | None = None
    since: date | None = None
    until: date | None = None
    original: bool = False

    def holds_on(self, day: date) -> bool:
        """Is the offer open on this day?"""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Offline(_Data):
    """What happens when the portal can't be reached. ``max_age_h``: hours it may wait here."""

    risk: RiskClass = RiskClass.NEVER
    max_age_h: Annotated[int, Field(ge=1, le=72)] = 24


class FormField(_Data):
    """Presentation of one property of the form's JSON Schema.

    ``prefill`` names where a value comes from: ``card.name``, ``card.address`` … (read-only then,
    if ``locked``). ``widget``: text, choice, date, month (``2026-12``), amount (yuan), phone, number
    (digits), bank_card, division, address (one Chinese text from the city to the flat), toggle,
    person_name (typed with surnames first), id_number (digits and X), company_code
    (统一社会信用代码). ``when``: a date or month has to be in the past or in the future; today is
    neither wrong.
    """

    label: Text
    help: Text | None = None
    widget: Literal[
        "text",
        "choice",
        "date",
        "month",
        "amount",
        "phone",
        "number",
        "bank_card",
        "division",
        "address",
        "toggle",
        "person_name",
        "id_number",
        "company_code",
    ] = "text"
    when: Literal["", "past", "future"] = ""
    prefill: Literal["card.name", "card.number", "card.address", "card.birth"] | None = None
    locked: bool = False
    options: tuple[tuple[str, Text], ...] = ()


class FormPage(_Data):
    """One question group a page. ``only``: field → answers; asked of nobody who gave another one."""

    title: Text
    fields: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = {}


class Form(_Data):
    """JSON Schema (draft 2020-12) of the values, and how to ask for them."""

    schema_: dict[str, Any] = Field(alias="schema")
    fields: dict[str, FormField]
    pages: tuple[FormPage, ...]


MAX_PAGES = 19
"""Of all papers of a case: it holds 20 attachments, and a large signature is one of them."""


class ServiceItem(_Data):
    """One service item (办事事项).

    ``levels``: the levels whose authorities decide it, each for its own division; the lowest that a
    place belongs to takes it. ``office``: key in ``data/authorities.toml``. ``handlers`` name an
    authority of its own for a division. ``needs``: what the terminal must be able to do beyond the
    usual. ``working_days``: promised, ``legal_days``: the law's limit, where known, both counted in
    ``day_unit``. ``source``: where the facts come from and which are unverified.
    """

    code: str
    version: int = 1
    name: Text
    summary: Text
    department: Text
    kind: Kind
    audience: Literal["resident", "enterprise"] = "resident"
    function: str = ""
    situation: str
    icon: str
    featured: int = 0
    minutes: int = 2
    aliases: tuple[str, ...] = ()
    identification: Identification
    materials: tuple[Material, ...] = ()
    conditions: tuple[Text, ...] = ()
    needs: tuple[Need, ...] = ()
    form: Form | None = None
    fee: Text | None = None
    working_days: int = 0
    legal_days: int | None = None
    day_unit: DayUnit = DayUnit.WORKING
    outputs: tuple[Literal["receipt", "proof"], ...] = ("receipt",)
    offline: Offline = Offline()
    place: PlaceChoice = PlaceChoice.NONE
    office: str = ""
    levels: tuple[Level, ...] = ()
    handlers: tuple[Handler, ...] = ()
    cities: tuple[CityOffer, ...] = ()
    consent: Text
    dataset: str = "generic"
    source: str = ""

    @model_validator(mode="after")
    def _pages_fit_a_case(self) -> Self:
        pages = sum(material.pages for material in self.materials if material.paper)
        if pages > MAX_PAGES:
            raise ValueError(f"materials: {pages} pages of papers, a case takes {MAX_PAGES}")
        return self

    @property
    def handled_at(self) -> tuple[Level, ...]:
        """All levels at which it may be decided, highest first."""
        found = {*self.levels, *(handler.level for handler in self.handlers)}
        return tuple(level for level in Level if level in found)


class Situation(_Data):
    """A life situation that groups items on the home screen. ``cases``: it is about what was handed in
    before, and stands on the page of the person's cases."""

    key: str
    name: Text
    hint: Text
    icon: str
    cases: bool = False


class Function(_Data):
    """One of the 22 home functions; its items belong to its life situation unless they say else."""

    key: str
    number: int
    name: Text
    situation: str
    icon: str


class Catalogue(_Data):
    """The whole catalogue, as shipped or as the portal refreshed it.

    ``issued`` and ``valid_until``: the first and last day on which it may be called current.
    """

    version: str
    issued: date | None = None
    valid_until: date | None = None
    situations: tuple[Situation, ...]
    asked: tuple[Text, ...] = ()
    """Words the search page suggests; each finds a service."""
    functions: tuple[Function, ...] = ()
    items: tuple[ServiceItem, ...]

    @cached_property
    def _by_code(self) -> dict[str, ServiceItem]:
        return {item.code: item for item in reversed(self.items)}

    def item(self, code: str) -> ServiceItem | None:
        """The item of this code, or None."""
        return self._by_code.get(code)

    def stale_on(self, day: date) -> bool:
        """Past its last day: what it says is shown, and said to be old."""
        return self.valid_until is not None and day > self.valid_until
