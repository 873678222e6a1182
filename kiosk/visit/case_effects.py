"""What must be done for a person's own cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.personal import Holder, Personal
from kiosk.visit.own import Act, OwnCase
from kiosk.visit.page import EnclosedPage


@dataclass(frozen=True, slots=True)
class ListCases:
    """Ask the portal for the person's cases → CasesListed | CasesFailed. ``before``: number of the
    last one known, for older ones. ``assurance``: level, methods, face."""

    effect: int
    holder: Holder
    assurance: Mapping[str, Any]
    before: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Steps of one of the cases listed, and what it asks for → CaseOpened | CasesFailed."""

    effect: int
    case: OwnCase


@dataclass(frozen=True, slots=True)
class ActOnCase:
    """Seal, commit durably behind the case, deliver → Stored | StoreRefused, then VerdictArrived
    (0..n). ``form`` and ``pages`` by the authority's codes; ``item``: the service of the case, whose
    lane is ``case_key``.

    ``expires_after_s``: give up (withdrawn) if it could not even be sent by then; None = keep.
    """

    effect: int
    act: Act
    case_no: str = field(repr=False)
    case_key: str
    destination: str
    item: str
    lookup_code: str
    request_id: str
    holder: Holder
    assurance: Mapping[str, Any]
    form: Mapping[str, Personal] = field(repr=False)
    consent: str = ""
    pages: tuple[EnclosedPage, ...] = ()
    expires_after_s: float | None = None


CaseEffect = ListCases | OpenCase | ActOnCase
