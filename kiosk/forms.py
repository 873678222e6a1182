"""Forms: prefilling from the card, and checking values against the item's JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from config.catalogue import Form, ServiceItem
from kiosk.identity import is_citizen_number, is_company_code
from kiosk.personal import Holder, Personal

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{0,300})?")


def load_checker() -> None:
    """Load what checks schemas, so that the first page that is filled in does not wait for it."""
    import jsonschema  # noqa: F401 - for what it loads


@lru_cache(maxsize=64)
def _validator(code: str, version: int, name: str, schema_repr: str) -> Draft202012Validator:
    del code, version, name
    from jsonschema import Draft202012Validator

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


def one_answer(item: ServiceItem, page: int) -> bool:
    """The page asks one thing, which must be chosen: whoever has answered it is done with the page."""
    form = item.form
    if form is None or page >= len(form.pages):
        return False
    names = [name for name in form.pages[page].fields if name in form.fields]
    return (
        len(names) == 1
        and form.fields[names[0]].widget == "choice"
        and names[0] in form.schema_.get("required", ())
    )


def asked(form: Form, page: int, values: Mapping[str, str]) -> bool:
    """Is this page put to somebody who gave these answers? What was not answered yet keeps none away."""
    return all(
        values.get(name, "") in ("", *answers) for name, answers in form.pages[page].only.items()
    )


def pages_asked(item: ServiceItem, values: Mapping[str, str]) -> list[int]:
    """The places of the pages put to somebody who gave these answers."""
    form = item.form
    return [n for n in range(len(form.pages)) if asked(form, n, values)] if form else []


def answered(item: ServiceItem, values: Mapping[str, Personal]) -> Mapping[str, Personal]:
    """The cleaned values of what this person is asked: what was answered on a page that other answers
    took away again is none."""
    form, known = item.form, cleaned(values)
    if form is None:
        return known
    texts = {name: value.reveal() for name, value in known.items()}
    kept = {name for page in pages_asked(item, texts) for name in form.pages[page].fields}
    away = {name for page in form.pages for name in page.fields} - kept
    return MappingProxyType({name: value for name, value in known.items() if name not in away})


def cleaned(values: Mapping[str, Personal]) -> Mapping[str, Personal]:
    """The values as they were checked: without outer spaces, without what was left empty."""
    trimmed = {name: Personal(value.reveal().strip()) for name, value in values.items()}
    return MappingProxyType({name: value for name, value in trimmed.items() if value})


def check_page(
    item: ServiceItem, page: int, values: Mapping[str, str], today: date | None = None
) -> dict[str, str]:
    """Errors of one page's fields: field → ``required`` or the failing JSON Schema keyword.

    A text that is not of its schema's ``format`` gets the format's name (``date``, ``year-month``,
    ``citizen-number``, ``company-code``), a number that is none ``number``, a day on the wrong side
    of ``today`` ``date_past`` or ``date_future``; without ``today`` that is not looked at. An empty
    result lets the person go on.
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
        error = _check_field(item, form, name, text) or _check_day(form, name, text, today)
        if error:
            errors[name] = error
    return errors


def check_all(item: ServiceItem, values: Mapping[str, str]) -> dict[str, str]:
    """Errors of all pages that are asked together."""
    pages = pages_asked(item, values)
    return {k: v for page in pages for k, v in check_page(item, page, values).items()}


def _check_field(item: ServiceItem, form: Form, name: str, text: str) -> str:
    schema = form.schema_.get("properties", {}).get(name, {})
    validator = _validator(item.code, item.version, name, json.dumps(schema, sort_keys=True))
    for error in validator.iter_errors(typed_value(form, name, text)):
        return "number" if error.validator == "type" else str(error.validator)
    form_of = str(schema.get("format", ""))
    if form_of in _FORMATS and not _FORMATS[form_of](text):
        return form_of
    # Keywords of ajv-formats; texts of these formats sort as what they say.
    for keyword, wrong in (("formatMinimum", text.__lt__), ("formatMaximum", text.__gt__)):
        if keyword in schema and wrong(str(schema[keyword])):
            return keyword
    return ""


def _check_day(form: Form, name: str, text: str, today: date | None) -> str:
    field = form.fields.get(name)
    if today is None or field is None:
        return ""
    now = today.isoformat()[: len(text)]  # of a month, the month
    if field.when == "past" and text > now:
        return "date_past"
    return "date_future" if field.when == "future" and text < now else ""


def _is_date(text: str) -> bool:
    try:
        # Python reads other notations of ISO 8601 too; JSON Schema's date is this one only.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "year-month": lambda text: _is_date(f"{text}-01"),
    "citizen-number": is_citizen_number,
    "company-code": is_company_code,
}
"""What :func:`check_page` asks of a schema's ``format``; the last three are our own."""


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
