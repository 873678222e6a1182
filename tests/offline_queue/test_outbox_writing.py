"""How the writer groups what it is asked, and how rows are sealed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outbox_helpers import WAIT, an_item

from offline_queue import Delivered, ItemState, ItemView, OnRejection, Outbox, writer
from offline_queue.moves import Settlement
from offline_queue.rows import Row, Seals, said_of, values
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


_TEXT = st.text(max_size=20)
_WHOLE = st.integers(0, 2**62)
_MOMENT = st.one_of(st.none(), st.floats(allow_nan=False), st.integers(-5, 10**12))
_BYTES = st.binary(max_size=40)


@given(
    st.builds(
        Row,
        no=_WHOLE, item_id=_TEXT, lane_id=_WHOLE, destination=_TEXT, case_id=_TEXT, seq=_WHOLE,
        operation=_TEXT, attributes=_TEXT, on_rejection=st.sampled_from(OnRejection),
        state=st.sampled_from(ItemState), live=_WHOLE, attempts=_WHOLE, sends=_WHOLE, tries=_WHOLE,
        accepted=_MOMENT, accepted_wall=_MOMENT, expires_after=_MOMENT, expires_at=_MOMENT,
        due=_MOMENT, verdict=_TEXT, receipt=st.one_of(st.none(), _TEXT), digest=_BYTES, size=_WHOLE,
        held=_TEXT, ended=_MOMENT, link=_BYTES, manifest=_BYTES,
    )
)  # fmt: skip
def test_what_is_sealed_of_a_row_is_what_it_always_was(row: Row) -> None:
    said = [v.hex() if isinstance(v, bytes) else v for v in values(row)[:-2]]
    said += [row.manifest.hex()] if row.manifest else []
    assert said_of(row) == json.dumps(said, separators=(",", ":"))


def test_seals_are_hmacs() -> None:
    key = bytes(range(32))
    said = b"link\0" + b"before|7|item|" + b"digest"
    assert Seals(key).link(b"before", 7, "item", b"digest") == hmac.digest(key, said, "sha256")
