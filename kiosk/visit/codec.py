"""Events' values as JSON and back; only the listed types, so a record can build nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from config import catalogue as cat
from config.policy_terms import Fit
from config.text import Text
from kiosk.personal import Holder, Personal
from kiosk.visit import model, own
from kiosk.visit.page import Page
from kiosk.visit.tickets import Claimed, Kept

_TYPES: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Holder, Page, Personal, Text, cat.ServiceItem, cat.Mode, cat.Level,
        model.Assistance, model.Availability, model.Bill, model.Column, model.Contrast,
        model.FaceRecord, model.Found, model.FoundPolicy, model.PaymentState, model.Power,
        model.QueryAnswer, model.Route, Fit,
        model.Signature, model.Slot, model.SubmissionState, model.TextSize, Claimed, Kept,
        own.Act, own.Asked, own.Asking, own.Booked, own.CaseStep, own.OpenCase, own.OwnCase,
    )
}  # fmt: skip


def encode(value: Any) -> Any:
    """``value`` as JSON data; :class:`TypeError` for a type that records don't know."""
    if isinstance(value, Enum):
        return {"$": type(value).__name__, "value": value.value}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Personal):
        return {"$": "Personal", "value": value.reveal()}
    if isinstance(value, date):
        return {"$": "date", "value": value.isoformat()}
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="json", by_alias=True)
        return {"$": type(value).__name__, "value": dumped}
    if is_dataclass(value) and not isinstance(value, type):
        inner = {f.name: encode(getattr(value, f.name)) for f in fields(value)}
        return {"$": type(value).__name__, "fields": inner}
    if isinstance(value, Mapping):
        return {"$": "map", "value": {str(k): encode(v) for k, v in value.items()}}
    if isinstance(value, tuple | list):
        return [encode(part) for part in value]
    raise TypeError(f"records hold no {type(value).__name__}")


def decode(data: Any) -> Any:
    """The value of :func:`encode`'s data; :class:`ValueError` if it is none."""
    if isinstance(data, list):
        return tuple(decode(part) for part in data)
    if not isinstance(data, dict):
        return data
    name = data.get("$")
    if name == "date":
        return date.fromisoformat(data["value"])
    if name == "map":
        return {key: decode(part) for key, part in data["value"].items()}
    kind = _TYPES.get(str(name))
    if kind is None:
        raise ValueError(f"records hold no {name!r}")
    if "fields" in data:
        inner = {key: decode(part) for key, part in data["fields"].items()}
        return kind(**inner)
    return (
        kind.model_validate(data["value"]) if issubclass(kind, BaseModel) else kind(data["value"])
    )
