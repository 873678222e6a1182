"""What is wrong with a form's page, field by field."""

from __future__ import annotations

from datetime import date

import pytest

from config.catalogue import ServiceItem
from config.shipped import load_catalogue
from kiosk.forms import check_page

TODAY = date(2026, 11, 22)


def asking(widget: str, schema: dict[str, object], when: str = "") -> ServiceItem:
    form = {
        "schema": {"type": "object", "required": [], "properties": {"it": schema}},
        "fields": {"it": {"label": {"zh": "", "en": ""}, "widget": widget, "when": when}},
        "pages": [{"title": {"zh": "", "en": ""}, "fields": ["it"]}],
    }
    template = next(item for item in load_catalogue().items if item.form is not None)
    return ServiceItem.model_validate(template.model_dump(by_alias=True) | {"form": form})


MONTH = {"format": "year-month", "formatMinimum": "2024-01", "formatMaximum": "2026-12"}


@pytest.mark.parametrize(
    ("widget", "schema", "when", "text", "error"),
    [
        ("date", {"format": "date"}, "", "2026-02-29", "date"),
        ("date", {"format": "date"}, "", "20260228", "date"),
        ("date", {"format": "date"}, "past", "2026-11-22", ""),
        ("date", {"format": "date"}, "past", "2026-11-23", "date_past"),
        ("date", {"format": "date"}, "future", "2026-11-21", "date_future"),
        ("date", {"format": "date", "formatMinimum": "1990-01-01"}, "", "1989-12-31", "formatMinimum"),
        ("month", MONTH, "", "2026-13", "year-month"),
        ("month", MONTH, "", "2023-12", "formatMinimum"),
        ("month", MONTH, "", "2027-01", "formatMaximum"),
        ("month", MONTH, "past", "2026-11", ""),
        ("month", MONTH, "past", "2026-12", "date_past"),
        ("id_number", {"format": "citizen-number"}, "", "440599198001010014", ""),
        ("id_number", {"format": "citizen-number"}, "", "440599198001010015", "citizen-number"),
        ("company_code", {"format": "company-code"}, "", "91440500MA5EXAMP0N", ""),
        ("company_code", {"format": "company-code"}, "", "91440500MA5EXAMP00", "company-code"),
        ("amount", {"type": "number", "minimum": 100}, "", "99.99", "minimum"),
        ("amount", {"type": "number"}, "", "12.", ""),
        ("amount", {"type": "number"}, "", ".", "number"),
    ],
)  # fmt: skip
def test_a_field_says_what_is_wrong(
    widget: str, schema: dict[str, object], when: str, text: str, error: str
) -> None:
    item = asking(widget, {"type": "string", **schema}, when)
    assert check_page(item, 0, {"it": text}, TODAY) == ({"it": error} if error else {})


def test_without_a_clock_no_day_is_past_or_to_come() -> None:
    item = asking("date", {"type": "string", "format": "date"}, "past")
    assert check_page(item, 0, {"it": "2999-01-01"}) == {}
