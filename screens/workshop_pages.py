"""The workshop's pages as rows for the screen: what the bench answers, told in short.

A row: ``key`` (what a touch names), ``title``, ``hint``, ``note`` (amber: something is wrong), ``trailing``
and ``code`` (small print: names and codes as logs and commands have them). A cell is words to be shown as
they are, or a list of keys that QML puts into words (``WorkshopWords.qml``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from config.text import Text
from kiosk.china import CHINA
from kiosk.portal_faults import fault_words
from kiosk.technician.remedies import remedy
from kiosk.words import headline_and_rest, known_codes, words_for

if TYPE_CHECKING:
    from screens.workbench import Workbench

Cell = str | list[str]
Rows = list[dict[str, Any]]

WAITED = Text(zh="最早的一件等了 {0:.1f} 小时", en="the oldest for {0:.1f} h")


def row(
    key: str, title: Cell, hint: Cell = "", note: Cell = "", trailing: Cell = "", code: str = ""
) -> dict[str, Any]:
    """One row."""
    return {
        "key": key, "title": title, "hint": hint, "note": note, "trailing": trailing, "code": code,
    }  # fmt: skip


def overview(bench: Workbench, language: str) -> Rows:
    """Readiness at a glance."""
    found = bench.overview()
    rows = [
        row("", ["terminal"], trailing=f"{found['terminal']} · {found['trim']}"),
        row("", ["time"], trailing=_time(found["time"])),
        row("", ["disk"], trailing=f"{found['disk_free_mib']:,} MiB"),
    ]
    queue = found["queue"]
    if queue:
        waited = queue["oldest_age_s"] / 3600
        oldest = WAITED.in_language(language).format(waited) if queue["pending"] else ""
        refusal = queue["refusal"] or ""
        note = _trouble(refusal, language)
        rows.append(row("", ["queue"], oldest, note, str(queue["pending"]), refusal))
    else:
        missing = "service.outbox"
        rows.append(row("", ["queue"], note=_trouble(missing, language), code=missing))
    for name, code in found["ready"].items():
        port = found["ports"].get(name, name)
        rows.append(
            row(name, [port], note=_trouble(code, language), trailing=_mark(code),
                code=_joined("" if name == port else name, "" if code == "ok" else code))
        )  # fmt: skip
    return rows


def devices(bench: Workbench, language: str) -> Rows:
    """Every device with its state."""
    return [
        row(one["name"], [one["port"]], one["states"], _trouble(one["code"], language),
            _mark(one["code"]), _joined(one["name"], one["adapter"], *_wrong(one)))
        for one in bench.devices()
    ]  # fmt: skip


def device(bench: Workbench, name: str, language: str) -> Rows:
    """One device."""
    one = bench.device(name)
    rows = [
        row("", ["state"], one["states"], trailing=_mark(one["code"]), code=one["name"]),
        row("", ["adapter"], trailing=one["adapter"]),
        row("", ["process"], trailing=str(one["pid"] or "–")),
    ]
    if one["code"] != "ok":
        do = remedy(one["code"]).in_language(language)
        rows.append(
            row("", _trouble(one["code"], language), do, trailing="!", code=_joined(*_wrong(one)))
        )
    return rows


def _wrong(one: Mapping[str, Any]) -> tuple[str, ...]:
    return () if one["code"] == "ok" else (one["code"], one["detail"])


def drills(bench: Workbench, language: str) -> Rows:
    """What can be practised."""
    return [
        row(str(number), [drill.code], [drill.port] if drill.port else "", code=drill.subject)
        for number, drill in enumerate(bench.drills())
    ]


def queue(bench: Workbench, language: str) -> Rows:
    """The newest items."""
    return [
        row(one["item"], [one["operation"]], _moment(one["accepted_at"]),
            "" if one["state"] in _QUIET else _trouble(one["verdict"] or "", language),
            [one["state"]],
            _joined(one["verdict"] or "", f"→ {one['destination']}", one["item"]))
        for one in bench.queue()
    ]  # fmt: skip


_QUIET = ("queued", "in_flight", "delivered", "withdrawn")


def item(bench: Workbench, item_id: str, language: str) -> Rows:
    """One item: why it stands where it does, then its timeline."""
    found = bench.item(item_id)
    rows = [row("", reason.in_language(language)) for reason in found.get("reasons", ())]
    for entry in found.get("timeline", ()):
        later = entry["next_try_at"]
        rows.append(
            row("", [entry["kind"]],
                f"{_moment(entry['at'])}" + (f" → {_moment(later)}" if later else ""),
                trailing=[entry["state"]], code=entry["code"] or "")
        )  # fmt: skip
    return rows


def settings(bench: Workbench, language: str) -> Rows:
    """What may be changed: value at the next start, and where it comes from."""
    return [
        row(one["key"], [one["key"]], _source(one["source"]), trailing=_shown(one["value"]),
            code=one["key"])
        for one in bench.settings()
    ]  # fmt: skip


def _source(source: str) -> Cell:
    """A file's name stands for itself."""
    return ["afar", source] if source.startswith("portal revision") else [source]


def changes(bench: Workbench, language: str) -> Rows:
    """What was changed, newest first."""
    return [
        row("", [one["key"]], f"{one['who']} · {_time(one['at'])}", trailing=_shown(one["value"]),
            code=one["key"])
        for one in bench.changes()
    ]  # fmt: skip


def log(bench: Workbench, language: str) -> Rows:
    """The newest lines of the log."""
    return [_log_row(line) for line in bench.log()]


def _log_row(line: str) -> dict[str, Any]:
    parts = line.split(" ", 4)
    if len(parts) < 5 or parts[2] not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        return row("", line)
    bad = parts[2] in ("WARNING", "ERROR", "CRITICAL")
    hint = f"{parts[1][:8]} {parts[3]}"
    return row("", parts[4], note=[parts[2]] if bad else "", code=hint)


def audit(bench: Workbench, language: str) -> Rows:
    """The newest audit records, and first where the chain is broken."""
    found = bench.audit()
    whole = row("", ["chain"], trailing="✓" if not found["problems"] else "✗")
    broken = [row("", ["broken"], code=problem) for problem in found["problems"][:5]]
    return [whole, *broken, *(_record_row(line) for line in found["lines"])]


def _record_row(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
        data = dict(record["data"])
        code = str(record["code"])
        hint = _joined(_time(record["at"]), str(data.pop("who", "")))
        return row("", [code], hint, code=_joined(code, *_pairs(data)))
    except (ValueError, KeyError, TypeError):
        return row("", line)


def _pairs(data: Mapping[str, Any]) -> list[str]:
    return [f"{key} {_shown(value)}" for key, value in data.items() if value != ""]


def step_row(name: str, state: str, found: str, code: str, language: str) -> dict[str, Any]:
    """One step of the check of the line to the portal."""
    if state == "ok":
        return row("", [name], trailing="✓", code=found)
    words = fault_words(code)
    return row(
        "", [name], words.do.in_language(language), words.means.in_language(language), "!",
        _joined(code, found),
    )  # fmt: skip


PAGES: dict[str, Callable[[Workbench, str], Rows]] = {
    "overview": overview,
    "devices": devices,
    "drills": drills,
    "queue": queue,
    "settings": settings,
    "changes": changes,
    "log": log,
    "audit": audit,
}
DETAILS: dict[str, Callable[[Workbench, str, str], Rows]] = {"devices": device, "queue": item}


def trouble_words(code: str, language: str) -> str:
    """What a code means, in one sentence; a code nobody has words for stands for itself."""
    if code not in known_codes():
        return code
    return headline_and_rest(words_for(code).in_language(language))[0]


def _trouble(code: str, language: str) -> str:
    return "" if code in ("", "ok") else trouble_words(code, language)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


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
