"""Carrying an outbox by hand: a file of sealed items, written at the terminal, delivered elsewhere.

For a terminal whose line is dead for days. Bodies are as sealed as they are in the outbox: whoever
finds the stick reads nobody's data and can't change it unnoticed. Every item keeps its key, so
that an item delivered from the stick and, later, by the terminal itself takes effect once.

One JSON object a line: a head, the items in the order of acceptance, and the SHA-256 (FIPS 180-4)
of all lines before it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offline_queue import (
    Delivered,
    ItemState,
    ItemView,
    Outbox,
    Rejected,
    Transport,
    Verdict,
)

FORMAT = "citizen-window-outbox/1"
_WAITING = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN, ItemState.DEAD)
_MOST = 100_000


class ExportError(ValueError):
    """The file is no export, or not as it was written; the message says which."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One item of an export."""

    item: ItemView
    body: bytes


def write_export(outbox: Outbox, path: Path, terminal_id: str, written_at: str) -> int:
    """Write all that is not final to the new file ``path`` (0600), flushed; how many items.

    Raises :class:`OSError` (the file exists, no room, no such folder), OutboxError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            count = 0
            digest = hashlib.sha256()

            def put(entry: dict[str, Any]) -> None:
                line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
                digest.update(line)
                file.write(line)

            put({"format": FORMAT, "terminal": terminal_id, "written_at": written_at})
            for view in outbox.items(states=_WAITING, limit=_MOST).result():
                found = outbox.export(view.item_id).result()
                if found is not None:
                    put(_entry(*found))
                    count += 1
            put({"items": count})
            file.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)  # half an export is none
        raise
    return count


def read_export(path: Path) -> list[Carried]:
    """The items of an export, in order. Raises :class:`ExportError`, :class:`OSError`."""
    lines = path.read_bytes().splitlines(keepends=True)
    try:
        head, count, end = (json.loads(lines[n]) for n in (0, -2, -1))
        if head["format"] != FORMAT:
            raise ExportError(f"not of the format {FORMAT}")
        if hashlib.sha256(b"".join(lines[:-1])).hexdigest() != end["sha256"]:
            raise ExportError("changed or cut short since it was written")
        items = [_carried(json.loads(line)) for line in lines[1:-2]]
    except ExportError:
        raise
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ExportError("not an export of an outbox") from error
    if len(items) != count["items"]:
        raise ExportError("items are missing")
    return items


def deliver_export(
    items: list[Carried], transport: Transport, tell: Callable[[ItemView, Verdict], None]
) -> bool:
    """Deliver, case by case in order; ``tell`` hears each outcome. Whether all are settled.

    What is behind an item that got no answer waits for the next run, which may be made at any time:
    what has taken effect already is only answered again.
    """
    stuck: set[tuple[str, str]] = set()
    for carried in items:
        case = (carried.item.destination, carried.item.case_id)
        if case in stuck:
            continue
        verdict = transport.deliver(carried.item, carried.body)
        tell(carried.item, verdict)
        if not isinstance(verdict, Delivered | Rejected):
            stuck.add(case)
    return not stuck


def _entry(view: ItemView, body: bytes) -> dict[str, Any]:
    return {
        "item_id": view.item_id,
        "destination": view.destination,
        "case_id": view.case_id,
        "seq": view.seq,
        "operation": view.operation,
        "state": view.state.value,
        "accepted_at": view.accepted_at,
        "attributes": dict(view.attributes),
        "body": base64.b64encode(body).decode(),
    }


def _carried(entry: dict[str, Any]) -> Carried:
    view = ItemView(
        item_id=str(entry["item_id"]),
        destination=str(entry["destination"]),
        case_id=str(entry["case_id"]),
        seq=int(entry["seq"]),
        operation=str(entry["operation"]),
        state=ItemState(entry["state"]),
        attempts=0,
        accepted_at=str(entry["accepted_at"]),
        next_try_at=None,
        receipt=None,
        verdict="",
        attributes=dict(entry["attributes"]),
    )
    return Carried(view, base64.b64decode(entry["body"], validate=True))
