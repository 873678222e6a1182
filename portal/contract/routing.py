"""Who decides a matter, for a terminal that asks instead of reading its own tables.

Exactly one of ``route`` and ``no_route`` is given: there is no third, and never two routes.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from portal.contract.base import (
    AnswerModel,
    AuthorityLevel,
    Destination,
    GatewayState,
    ItemCode,
    RequestModel,
    RouteMode,
    Sha256Hex,
    Timestamp,
)

Division = Annotated[str, Field(pattern=r"^[0-9]{6,12}$")]


class RouteQuestion(RequestModel):
    """``home_division``: where the matter belongs, null for here. ``service_division``: where it is
    to be taken in, null for where the terminal stands. Nothing personal."""

    item: ItemCode
    subject_type: Literal["resident", "enterprise"]
    home_division: Division | None
    service_division: Division | None
    terminal_division: Division
    date: dt.date


class RouteMaterial(AnswerModel):
    """One thing to bring, and whether its original must be shown."""

    name_zh: str
    name_en: str
    original_required: bool


class RouteAvailability(AnswerModel):
    """Whether the gateway takes cases now, and when it next opens."""

    state: GatewayState
    next_open: Timestamp | None = None


class RouteLimits(AnswerModel):
    """Promised days; null where none is published. ``day_unit`` is working or calendar."""

    promised_days: Annotated[int, Field(ge=0)]
    promised_by: dt.date | None = None
    legal_days: Annotated[int, Field(ge=0)] | None = None
    day_unit: str


class ResolvedRoute(AnswerModel):
    """The one route. Accepting and handling authority differ where it is only taken in here."""

    mode: RouteMode
    accepting_authority_zh: str
    accepting_authority_en: str
    handling_authority_zh: str
    handling_authority_en: str
    level: AuthorityLevel
    division: Division
    gateway: Destination
    form_version: Sha256Hex | None = None
    materials: list[RouteMaterial]
    delivery: list[str]
    limits: RouteLimits
    availability: RouteAvailability


class NoRoute(AnswerModel):
    """Why there is none, by a stable reason, and the nearest way out."""

    reason: str
    explanation_zh: str
    explanation_en: str
    way_out_zh: str
    way_out_en: str


class RouteAnswer(AnswerModel):
    """The answer and the tables it comes from; keep it with the case. After ``valid_until`` the tables
    are old; a copy of the answer may be used for 24 hours."""

    route: ResolvedRoute | None = None
    no_route: NoRoute | None = None
    table_version: str
    valid_until: dt.date | None = None
