"""Invented records: the same person always gets the same, and nobody gets anyone's."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from portal.contract.answers import Bill, Column, QueryAnswer, SummaryLine
from portal.contract.base import CaseKind
from portal.contract.requests import Subject
from portal.sandbox.items import Item

_ACCOUNT_FIELDS = ("account_no", "account", "household_no", "number")


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill and what paying it claims: alternatives share one claim."""

    bill: Bill
    claim: str


class Records:
    """Invents records for (item, holder, day) from the seed."""

    def __init__(self, seed: int) -> None:
        self._secret = f"citizen-window-sandbox:{seed}".encode()

    def answer(self, item: Item, holder: str, today: dt.date) -> QueryAnswer:
        """The records of ``holder``; bills included, paid ones too."""
        data = _dataset(item)
        rows = self._rows(data, item, holder, today)
        return QueryAnswer(
            title_zh=data["title"][0],
            title_en=data["title"][1],
            as_of=today,
            source_zh=data["source"][0],
            source_en=data["source"][1],
            summary=[
                SummaryLine(label_zh=zh, label_en=en, value=self._summary(rule, rows, item, holder))
                for zh, en, rule in data["summary"]
            ],
            columns=[
                Column.model_validate(
                    {
                        "key": key,
                        "label_zh": zh,
                        "label_en": en,
                        "align": "end" if kind == "amount" else "start",
                        "kind": kind,
                    }
                )
                for key, zh, en, kind, _ in data["columns"]
            ],
            rows=rows,
            bills=[each.bill for each in self.bills(item, holder, today)],
        )

    def bills(self, item: Item, holder: str, today: dt.date) -> list[OpenBill]:
        """What ``holder`` has to pay for an item of kind pay."""
        if item.kind is not CaseKind.PAY:
            return []
        found = []
        for index, rule in enumerate(_dataset(item).get("bills", [])):
            period, due = _period(rule, today)
            claim = self._digest("claim", item.code, holder, str(index), period)[:40]
            amounts = self._amounts(rule, claim)
            for yuan in amounts:
                bill = Bill(
                    bill_id=self._digest("bill", claim, str(yuan))[:24],
                    label_zh=rule["label"][0],
                    label_en=rule["label"][1],
                    period=period,
                    amount_fen=yuan * 100,
                    due=due,
                    one_of=claim if len(amounts) > 1 else None,
                )
                found.append(OpenBill(bill, claim))
        return found

    def _amounts(self, rule: Mapping[str, Any], claim: str) -> list[int]:
        if "choices" in rule:
            return list(rule["choices"])
        low, high = rule["range"]
        return [low + int(claim[:8], 16) % (high - low)]

    def _rows(
        self, data: Mapping[str, Any], item: Item, holder: str, today: dt.date
    ) -> list[dict[str, str]]:
        if not data["columns"]:
            return []
        sources: list[Any] = data.get("places") or list(_months(today))
        rows = []
        for source in sources:
            row: dict[str, str] = {}
            for key, _, _, _, rule in data["columns"]:
                row[key] = self._cell(rule, source, row, (item.dataset, holder, key))
            rows.append(row)
        return rows

    def _cell(
        self, rule: str, source: Any, row: Mapping[str, str], identity: tuple[str, str, str]
    ) -> str:
        name, _, rest = rule.partition(":")
        if name == "month":
            return str(source)
        if name == "places":
            return str(source[int(rest)])
        if name == "amount":
            return self._amount(rest, *identity)
        if name == "share":
            column, percent = rest.split(":")
            return f"{float(row[column]) * float(percent) / 100:.2f}"
        return rest

    def _summary(self, rule: str, rows: list[dict[str, str]], item: Item, holder: str) -> str:
        name, _, rest = rule.partition(":")
        if name == "count":
            return str(len(rows))
        if name == "sum":
            return f"{sum(float(row[rest]) for row in rows):.2f}"
        if name == "amount":
            return self._amount(rest, item.dataset, holder, "summary")
        return rest

    def _amount(self, bounds: str, *identity: str) -> str:
        low, high = (int(bound) for bound in bounds.split(":"))
        drawn = int(self._digest("amount", *identity)[:12], 16)
        return f"{low + drawn % ((high - low) * 100) / 100:.2f}"

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def holder_of(subject: Subject | None, fields: Mapping[str, Any]) -> str:
    """Whose records: the person's, or for an anonymous item those of the account number given."""
    if subject is not None:
        return f"{subject.document_kind}:{subject.number.upper()}"  # an X is written in either case
    for name in _ACCOUNT_FIELDS:
        if fields.get(name):
            return f"account:{fields[name]}"
    return "public"


def _months(today: dt.date) -> list[str]:
    first = today.year * 12 + today.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first - 1, first - 13, -1)]


def _period(rule: Mapping[str, Any], today: dt.date) -> tuple[str, dt.date]:
    if "year" in rule:
        year = today.year + int(rule["year"])
        month, day = (int(part) for part in str(rule["due"]).split("-"))
        return str(year), dt.date(today.year, month, day)
    first = today.replace(day=1)
    return f"{first:%Y-%m}", first + dt.timedelta(days=int(rule["due_days"]))


def _dataset(item: Item) -> Mapping[str, Any]:
    datasets = _datasets()
    found = datasets.get(item.dataset, datasets["generic"])
    if item.kind is CaseKind.PAY and not found.get("bills"):
        return datasets["generic_bill"]
    return found


@cache
def _datasets() -> Mapping[str, Mapping[str, Any]]:
    text = files("portal.sandbox").joinpath("datasets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
