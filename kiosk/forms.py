"""Forms: prefilling from the card, and checking values against the item's JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator

from config.catalogue import Form, ServiceItem
from kiosk.personal import Holder, Personal

_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?")


@lru_cache(maxsize=64)
def _validator(code: str, version: int, name: str, schema_repr: str) -> Draft202012Validator:
    del code, version, name
    return Draft202012Validator(json.loads(schema_repr))


def typed_value(form: Form, name: str, text: str) -> Any:
    """The value of a field's text as its schema wants it; the text itself where it can't be one."""
    kind = form.schema_.get("properties", {}).get(name, {}).get("type", "string")
    try:
        if kind == "integer" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "number" and _NUMBER.fullmatch(text):
            return float(text)
    except ValueError:  # more digits than Python converts
        return text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text


def cleaned(values: Mapping[str, Personal]) -> Mapping[str, Personal]:
    """The values as they were checked: without outer spaces, without what was left empty."""
    trimmed = {name: Personal(value.reveal().strip()) for name, value in values.items()}
    return MappingProxyType({name: value for name, value in trimmed.items() if value})


def check_page(item: ServiceItem, page: int, values: Mapping[str, str]) -> dict[str, str]:
    """Errors of one page's fields: field → ``required`` or the failing JSON Schema keyword.

    ``date`` is added for date fields that are no dates, ``number`` for numbers that are none. An
    empty result lets the person go on.
    """
    form = item.form
    if form is None or not 0 <= page < len(form.pages):
        return {}
    required = set(form.schema_.get("required", ()))
    errors: dict[str, str] = {}
    for name in form.pages[page].fields:
        text = values.get(name, "").strip()
        if not text:
            if name in required:
                errors[name] = "required"
            continue
        error = _check_field(item, form, name, text)
        if error:
            errors[name] = error
    return errors


def check_all(item: ServiceItem, values: Mapping[str, str]) -> dict[str, str]:
    """Errors of all pages together."""
    pages = len(item.form.pages) if item.form else 0
    return {k: v for page in range(pages) for k, v in check_page(item, page, values).items()}


def _check_field(item: ServiceItem, form: Form, name: str, text: str) -> str:
    schema = form.schema_.get("properties", {}).get(name, {})
    validator = _validator(item.code, item.version, name, json.dumps(schema, sort_keys=True))
    for error in validator.iter_errors(typed_value(form, name, text)):
        return "number" if error.validator == "type" else str(error.validator)
    if schema.get("format") == "date":
        try:
            # Python reads other notations of ISO 8601 too; JSON Schema's date is this one only.
            if date.fromisoformat(text).isoformat() != text:
                return "date"
        except ValueError:
            return "date"
    return ""


def prefill(item: ServiceItem, holder: Holder | None) -> dict[str, Personal]:
    """What the card already answers, plus the schema's defaults."""
    if item.form is None:
        return {}
    values: dict[str, Personal] = {}
    for name, field in item.form.fields.items():
        default = item.form.schema_.get("properties", {}).get(name, {}).get("default")
        if default is not None:
            values[name] = Personal(_as_text(default))
        if field.prefill and holder is not None:
            known = _from_card(field.prefill, holder)
            if known:
                values[name] = known
    return values


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _from_card(source: str, holder: Holder) -> Personal | None:
    match source:
        case "card.name":
            return holder.name
        case "card.number":
            return holder.number
        case "card.address":
            return holder.address
        case "card.birth":
            return Personal(holder.birth.isoformat()) if holder.birth else None
        case _:
            return None
