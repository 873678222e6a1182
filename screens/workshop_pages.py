"""The workshop's pages as rows for the screen: what the bench answers, told in short.

A row: ``key`` (what a touch names), ``title``, ``hint``, ``note`` (amber: something is wrong) and
``trailing``. Titles that are the product's own (a page's facts, ports, settings) are keys that QML puts
into words; what is technical stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.documents.slips import CHINA

if TYPE_CHECKING:
    from kiosk.technician.bench import Bench

Rows = list[dict[str, Any]]


def row(
    key: str, title: str, hint: str = "", note: str = "", trailing: str = "", kind: str = ""
) -> dict[str, Any]:
    """One row; ``kind``: what ``title`` is a key of (fact, port, drill, setting), "" for plain text."""
    return {
        "key": key, "title": title, "hint": hint, "note": note, "trailing": trailing, "kind": kind,
    }  # fmt: skip


def overview(bench: Bench) -> Rows:
    """Readiness at a glance."""
    found = bench.overview()
    rows = [
        row("", "terminal", trailing=f"{found['terminal']} · {found['trim']}", kind="fact"),
        row("", "time", trailing=_time(found["time"]), kind="fact"),
        row("", "disk", trailing=f"{found['disk_free_mib']:,} MiB", kind="fact"),
    ]
    queue = found["queue"]
    if queue:
        oldest = f"{queue['oldest_age_s'] / 3600:.1f} h" if queue["pending"] else ""
        rows.append(
            row("", "queue", oldest, queue["refusal"] or "", str(queue["pending"]), kind="fact")
        )
    else:
        rows.append(row("", "queue", note="service.outbox", kind="fact"))
    for name, code in found["ready"].items():
        rows.append(row(name, name, note="" if code == "ok" else code, trailing=_mark(code)))
    return rows


def devices(bench: Bench) -> Rows:
    """Every device with its state."""
    return [
        row(
            one["name"], one["port"], f"{one['name']} · {one['adapter']} · {one['state']}",
            "" if one["code"] == "ok" else f"{one['name']} · {one['code']} {one['detail']}".strip(),
            _mark(one["code"]), kind="port",
        )
        for one in bench.devices()
    ]  # fmt: skip


def device(bench: Bench, name: str) -> Rows:
    """One device."""
    one = bench.device(name)
    rows = [
        row("", "state", trailing=one["state"], kind="fact"),
        row("", "adapter", trailing=one["adapter"], kind="fact"),
        row("", "process", trailing=str(one["pid"] or "–"), kind="fact"),
    ]
    if one["code"] != "ok":
        rows.append(row("", f"{one['code']} {one['detail']}".strip(), one["remedy"], trailing="!"))
    return rows


def drills(bench: Bench) -> Rows:
    """What can be practised."""
    return [
        row(str(number), drill.code, drill.subject, kind="drill")
        for number, drill in enumerate(bench.drills())
    ]


def queue(bench: Bench) -> Rows:
    """The newest items."""
    return [
        row(one["item"], f"{one['operation']} → {one['destination']}",
            f"{_moment(one['accepted_at'])} · {one['item']}",
            "" if one["state"] in _QUIET else f"{one['verdict'] or one['state']} · {one['item']}",
            one["state"])
        for one in bench.queue()
    ]  # fmt: skip


_QUIET = ("queued", "sending", "delivered", "withdrawn")


def item(bench: Bench, item_id: str) -> Rows:
    """One item: why it stands where it does, then its timeline."""
    found = bench.item(item_id)
    rows = [row("", reason) for reason in found.get("reasons", ())]
    for entry in found.get("timeline", ()):
        later = entry["next_try_at"]
        rows.append(
            row("", f"{entry['kind']} {entry['code'] or ''}".strip(),
                f"{_moment(entry['at'])}" + (f" → {_moment(later)}" if later else ""),
                trailing=entry["state"])
        )  # fmt: skip
    return rows


def settings(bench: Bench) -> Rows:
    """What may be changed: value at the next start, and where it comes from."""
    return [
        row(one["key"], one["key"], one["source"], trailing=_shown(one["value"]), kind="setting")
        for one in bench.settings()
    ]


def changes(bench: Bench) -> Rows:
    """What was changed, newest first."""
    return [
        row("", one["key"], f"{one['who']} · {_time(one['at'])}", trailing=_shown(one["value"]),
            kind="setting")
        for one in bench.changes()
    ]  # fmt: skip


def log(bench: Bench) -> Rows:
    """The newest lines of the log."""
    return [_log_row(line) for line in bench.log()]


def _log_row(line: str) -> dict[str, Any]:
    parts = line.split(" ", 4)
    if len(parts) < 5 or parts[2] not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        return row("", line)
    bad = parts[2] in ("WARNING", "ERROR", "CRITICAL")
    hint = f"{parts[1][:8]} {parts[3]}"
    return row("", parts[4], "" if bad else hint, f"{hint} {parts[2]}" if bad else "")


def audit(bench: Bench) -> Rows:
    """The newest audit records, and first where the chain is broken."""
    found = bench.audit()
    whole = row("", "chain", trailing="✓" if not found["problems"] else "✗", kind="fact")
    broken = [row("", "chain", note=problem, kind="fact") for problem in found["problems"][:5]]
    return [whole, *broken, *(_record_row(line) for line in found["lines"])]


def _record_row(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
        data = dict(record["data"])
        hint = f"{_time(record['at'])} · {data.pop('who', '')}".strip(" ·")
        return row("", str(record["code"]), " · ".join([hint, *_pairs(data)]))
    except (ValueError, KeyError, TypeError):
        return row("", line)


def _pairs(data: Mapping[str, Any]) -> list[str]:
    return [f"{key} {_shown(value)}" for key, value in data.items() if value != ""]


PAGES: dict[str, Callable[[Bench], Rows]] = {
    "overview": overview,
    "devices": devices,
    "drills": drills,
    "queue": queue,
    "settings": settings,
    "changes": changes,
    "log": log,
    "audit": audit,
}
DETAILS: dict[str, Callable[[Bench, str], Rows]] = {"devices": device, "queue": item}


def _mark(code: str) -> str:
    return "✓" if code == "ok" else "!"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _moment(at: float | None) -> str:
    return "" if at is None else f"{datetime.fromtimestamp(at, CHINA):%m-%d %H:%M:%S}"


def _time(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%Y-%m-%d %H:%M:%S}"
