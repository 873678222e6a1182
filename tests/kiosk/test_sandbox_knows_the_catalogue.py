"""The sandbox portal has records of its own for every shipped look-up, print and payment."""

from __future__ import annotations

from datetime import date

import pytest

from config.catalogue import Kind, ServiceItem
from config.policies import FINDER, load_policies
from config.shipped import load_catalogue
from portal.sandbox.items import Items
from portal.sandbox.records import Records

DOCUMENT = load_catalogue().model_dump(mode="json", by_alias=True)
ITEMS = Items(DOCUMENT)
WITH_RECORDS = [
    item
    for item in load_catalogue().items
    if item.kind in (Kind.QUERY, Kind.PRINT, Kind.PAY) and not item.needs and item.dataset != FINDER
]
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("item", WITH_RECORDS, ids=lambda item: item.code)
def test_a_shipped_service_finds_records_that_are_its_own(item: ServiceItem) -> None:
    answer = Records(1).answer(ITEMS.get(item.code), "1:holder", TODAY)
    assert answer.title_zh not in ("办理记录", "应缴项目"), item.dataset
    columns = {column.key for column in answer.columns}
    assert all(row.keys() == columns and all(row.values()) for row in answer.rows)
    assert answer.rows or answer.bills
    assert bool(answer.bills) is (item.kind is Kind.PAY)


def test_the_public_list_of_policies_is_that_of_the_tables() -> None:
    answer = Records(1).answer(ITEMS.get("gx-0101"), "1:holder", TODAY)
    published = {
        (policy.name.zh, policy.authority.zh, policy.until.isoformat() if policy.until else "长期")
        for policy in load_policies()
        if policy.holds_on(TODAY)
    }
    assert {(row["name"], row["office"], row["until"]) for row in answer.rows} == published
