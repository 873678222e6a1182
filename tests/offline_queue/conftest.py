"""Fixtures of the outbox tests: outboxes and couriers that are ended again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from outbox_helpers import HASTY, ROOMY, FaultyDisk

from offline_queue import Courier, Outbox


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Outbox]]:
    """Opens outboxes (in ``tmp_path / "outbox"`` by default) and closes them at the end."""
    boxes: list[Outbox] = []

    def open_(directory: Path | None = None, **more: Any) -> Outbox:
        more.setdefault("limits", ROOMY)
        boxes.append(Outbox.open(directory or tmp_path / "outbox", **more))
        return boxes[-1]

    yield open_
    for box in boxes:
        assert box.close()


@pytest.fixture
def sent_by() -> Iterator[Callable[..., Courier]]:
    """Starts couriers and stops them at the end."""
    couriers: list[Courier] = []

    def start(outbox: Outbox, transport: Any, **more: Any) -> Courier:
        more.setdefault("policy", HASTY)
        couriers.append(Courier(outbox, transport, **more))
        couriers[-1].start()
        return couriers[-1]

    yield start
    for courier in couriers:
        courier.stop(5.0)


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    faulty = FaultyDisk()
    yield faulty
    faulty.unregister()
