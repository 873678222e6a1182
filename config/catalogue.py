"""The service catalogue: what a service item is. A new service is a file in ``data/services``, never code."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

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


class Material(_Data):
    """One thing to bring. ``from_card`` things need no paper: the terminal reads them."""

    name: Text
    from_card: bool = False
    optional: bool = False


class Handler(_Data):
    """Who decides: the authority with this power in ``division`` (GB/T 2260 code) and below,
    unless a longer division prefix matches too."""

    division: str
    level: Level
    authority: Text


class CityOffer(_Data):
    """A partner city that handles this item for us, and how."""

    city: str
    mode: Mode
    authority: Text
    working_days: int | None = None


class Offline(_Data):
    """What happens when the portal can't be reached. ``max_age_h``: hours it may wait here."""

    risk: RiskClass = RiskClass.NEVER
    max_age_h: Annotated[int, Field(ge=1, le=72)] = 24


class FormField(_Data):
    """Presentation of one property of the form's JSON Schema.

    ``prefill`` names where a value comes from: ``card.name``, ``card.address`` … (read-only then,
    if ``locked``). ``widget``: text, choice, date, amount, phone, number, division, toggle.
    """

    label: Text
    help: Text | None = None
    widget: Literal["text", "choice", "date", "amount", "phone", "number", "division", "toggle"] = (
        "text"
    )
    prefill: Literal["card.name", "card.number", "card.address", "card.birth"] | None = None
    locked: bool = False
    options: tuple[tuple[str, Text], ...] = ()


class FormPage(_Data):
    """One question group a page."""

    title: Text
    fields: tuple[str, ...]


class Form(_Data):
    """JSON Schema (draft 2020-12) of the values, and how to ask for them."""

    schema_: dict[str, Any] = Field(alias="schema")
    fields: dict[str, FormField]
    pages: tuple[FormPage, ...]


class ServiceItem(_Data):
    """One service item (办事事项)."""

    code: str
    version: int = 1
    name: Text
    summary: Text
    department: Text
    kind: Kind
    audience: Literal["resident", "enterprise"] = "resident"
    situation: str
    icon: str
    featured: int = 0
    minutes: int = 2
    aliases: tuple[str, ...] = ()
    identification: Identification
    materials: tuple[Material, ...] = ()
    form: Form | None = None
    fee: Text | None = None
    working_days: int = 0
    outputs: tuple[Literal["receipt", "proof"], ...] = ("receipt",)
    offline: Offline = Offline()
    place: PlaceChoice = PlaceChoice.NONE
    handlers: tuple[Handler, ...] = ()
    cities: tuple[CityOffer, ...] = ()
    consent: Text
    dataset: str = "generic"


class Situation(_Data):
    """A life situation that groups items on the home screen."""

    key: str
    name: Text
    hint: Text
    icon: str


class Catalogue(_Data):
    """The whole catalogue, as shipped or as the portal refreshed it."""

    version: str
    situations: tuple[Situation, ...]
    items: tuple[ServiceItem, ...]

    def item(self, code: str) -> ServiceItem | None:
        """The item of this code, or None."""
        return next((item for item in self.items if item.code == code), None)
