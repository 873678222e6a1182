"""How the writer groups what it is asked, and how rows are sealed."""

from __future__ import annotations

import hmac
from collections.abc import Callable

import pytest
from outbox_helpers import WAIT, an_item

from offline_queue import Delivered, ItemState, ItemView, Outbox, writer
from offline_queue.moves import Settlement
from offline_queue.rows import Seals
from offline_queue.store import Store

Opened = Callable[..., Outbox]


def test_patient_verdicts_share_the_commit_of_the_first_that_is_not(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[int] = []
    commit = Store.commit

    def counted(store: Store) -> list[ItemView]:
        commits.append(1)
        return commit(store)

    monkeypatch.setattr(Store, "commit", counted)
    box = opened()
    items = [an_item(f"c{number}") for number in range(5)]
    for item in items:
        box.accept(item).result(WAIT)
    claims = box.claim("440500", 5, 1e9).result(WAIT)
    alone = box.settle(Settlement(claims[0], Delivered({})), patient=True)
    assert alone.result(WAIT).state == ItemState.DELIVERED  # it waits, but not for ever
    monkeypatch.setattr(writer, "_LINGER_S", WAIT)
    commits.clear()
    patient = [box.settle(Settlement(claim, Delivered({})), patient=True) for claim in claims[1:]]
    box.get(items[0].item_id).result(WAIT)
    assert [one.result(WAIT).state for one in patient] == [ItemState.DELIVERED] * 4
    assert len(commits) == 1


def test_seals_are_hmacs() -> None:
    key = bytes(range(32))
    said = b"link\0" + b"before|7|item|" + b"digest"
    assert Seals(key).link(b"before", 7, "item", b"digest") == hmac.digest(key, said, "sha256")
