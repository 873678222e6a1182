"""The outbox as plain data, for commands and the technician's screen; nothing personal in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.control import Operation
from kiosk.queue_carry import write_export
from kiosk.queue_why import why
from offline_queue import ItemView, Outbox


def operations(outbox: Outbox) -> dict[str, Operation]:
    """What the control socket answers about the queue."""

    def status(_request: Mapping[str, Any]) -> dict[str, Any]:
        return summary(outbox)

    def items(request: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [item(view) for view in outbox.items(limit=int(request.get("limit", 50))).result()]

    def show(request: Mapping[str, Any]) -> dict[str, Any] | None:
        return one(outbox, str(request["item"]))

    def verify(_request: Mapping[str, Any]) -> dict[str, Any]:
        return verification(outbox)

    def rotate_key(_request: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(outbox.rotate_key().result())

    def retry(request: Mapping[str, Any]) -> dict[str, Any] | None:
        view = outbox.retry(str(request["item"])).result()
        return item(view) if view is not None else None

    def export(request: Mapping[str, Any]) -> dict[str, Any]:
        path = Path(str(request["file"]))
        if path.is_dir():
            return {"error": f"{path} is a folder: name a new file in it"}
        written = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            return {"items": write_export(outbox, path, str(request["terminal"]), written)}
        except OSError as error:
            return {"error": f"{path}: {error.strerror}"}

    return {
        "queue.why": lambda request: why(outbox, str(request["item"])),
        "queue.export": export,
        "queue.status": status,
        "queue.items": items,
        "queue.show": show,
        "queue.verify": verify,
        "queue.rotate_key": rotate_key,
        "queue.retry": retry,
    }


def summary(outbox: Outbox) -> dict[str, Any]:
    """Counts by state, backlog by destination, limits."""
    found = outbox.summary().result()
    return {
        "counts": {state.value: count for state, count in found.counts.items()},
        "pending": found.pending,
        "oldest_age_s": round(found.oldest_age_s, 1),
        "bytes": found.bytes,
        "blocked_cases": found.blocked_cases,
        "destinations": {name: asdict(d) for name, d in found.destinations.items()},
        "refusal": found.refusal.code if found.refusal else None,
    }


def item(view: ItemView) -> dict[str, Any]:
    """One item without its body."""
    return {
        "item": view.item_id,
        "destination": view.destination,
        "operation": view.operation,
        "state": view.state.value,
        "attempts": view.attempts,
        "accepted_at": view.accepted_at,
        "next_try_at": view.next_try_at,
        "verdict": view.verdict,
        "case_no": (view.receipt or {}).get("case_no"),
        **{f"about_{name}": value for name, value in view.attributes.items()},
    }


def one(outbox: Outbox, item_id: str) -> dict[str, Any] | None:
    """An item with what is attached to it and its timeline."""
    view = outbox.get(item_id).result()
    if view is None:
        return None
    timeline = [
        {
            "at": entry.at,
            "kind": entry.kind,
            "state": entry.state.value,
            "code": entry.code,
            "next_try_at": entry.next_try_at,
        }
        for entry in outbox.timeline(item_id).result()
    ]
    attachments = [
        {
            "kind": one.kind,
            "media_type": one.media_type,
            "bytes": one.size,
            "chunks": one.chunks,
            "upload": one.upload,
        }
        for one in outbox.attachments(item_id).result()
    ]
    return {**item(view), "attachments": attachments, "timeline": timeline}


def verification(outbox: Outbox) -> dict[str, Any]:
    """What checking every row and seal found."""
    report = outbox.verify().result()
    return asdict(report)
