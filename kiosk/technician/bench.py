"""What a signed-in technician sees and does, as plain data for the screen. Every call may take seconds and
belongs on a thread of its own; what changes something is written to the audit log with the account."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from config.changes import CHANGEABLE, Changes, LoadWith, Value, new_change
from config.load import ConfigError
from config.settings import Settings
from config.text import Text
from drivers.host import DeviceRack
from kiosk.audit import AuditLog, verify
from kiosk.device_trial import try_device
from kiosk.device_words import state_parts
from kiosk.personal import Personal
from kiosk.portal_check import PortalCheck
from kiosk.portal_check import Step as CheckStep
from kiosk.queue_view import item, one, summary
from kiosk.queue_why import reasons
from kiosk.technician import NOT_ALLOWED, NotAllowedError
from kiosk.technician.accounts import Account, Role
from kiosk.technician.drills import Drill, DrillRun, Graded, drills_for
from kiosk.technician.gate import Gate
from kiosk.technician.lines import newest_lines
from kiosk.technician.problems import not_written, problem_words
from kiosk.terminal.monitor import readiness_code
from kiosk.terminal_port import TerminalPort
from offline_queue import Outbox

IDLE_S = 300.0
"""So long without anything done, the account is signed out (S20)."""
LINES = 200


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bench works with. ``serve(False)``: take nobody from now on (True: again);
    ``log``: the terminal's log file."""

    settings: Settings
    port: TerminalPort
    rack: DeviceRack
    outbox: Outbox | None
    audit: AuditLog
    audit_file: Path
    log: Path
    gate: Gate
    check: Callable[[], PortalCheck]
    changes: Changes
    load: LoadWith
    now: Callable[[], datetime]
    serve: Callable[[bool], None]


class Bench:
    """One terminal's workshop. One account at a time; thread-safe."""

    def __init__(self, parts: Parts, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._parts = parts
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._account: Account | None = None
        self._used = 0.0
        self._drilling: DrillRun | None = None

    # ---- in and out ------------------------------------------------------------------------------

    def sign_in(self, number: str, pin: Personal, code: str) -> str:
        """Empty, and the terminal takes no new visits; else why not."""
        found = self._parts.gate.enter(number, pin, code)
        if isinstance(found, str):
            return found
        with self._lock:
            self._account, self._used = found, self._monotonic()
        self._parts.serve(False)
        return ""

    def sign_out(self, reason: str = "left") -> None:
        """Residents are served again."""
        self.stop_drill()
        with self._lock:
            account, self._account = self._account, None
        if account is not None:
            self._parts.audit.append(
                "technician.signed_out", {"who": account.number, "reason": reason}
            )
            self._parts.serve(True)

    def touched(self) -> None:
        """Somebody is at work."""
        with self._lock:
            self._used = self._monotonic()

    def expire(self) -> bool:
        """Sign out whoever did nothing for :data:`IDLE_S`; True if nobody is signed in (any more)."""
        with self._lock:
            idle = self._account is not None and self._monotonic() - self._used >= IDLE_S
        if idle:
            self.sign_out("idle")
        return self._account is None

    @property
    def role(self) -> str:
        """Of who is signed in, "" for nobody."""
        account = self._account
        return "" if account is None else account.role.value

    # ---- looking -----------------------------------------------------------------------------------

    def overview(self) -> dict[str, Any]:
        """Readiness by device and portal, what each device is, the outbox, room on the disk, the
        terminal's own time."""
        self._may(Role.LOOK)
        parts = self._parts
        disk = shutil.disk_usage(parts.settings.terminal.data_dir)
        return {
            "terminal": parts.settings.terminal.id,
            "trim": parts.settings.trim.value,
            "time": parts.now().isoformat(timespec="seconds"),
            "ready": dict(parts.port.readiness()),
            "ports": {host.name: host.spec.port for host in parts.rack.hosts},
            "queue": {} if parts.outbox is None else summary(parts.outbox),
            "disk_free_mib": disk.free >> 20,
        }

    def devices(self) -> list[dict[str, Any]]:
        """Every configured device with its state and, while something is wrong, its code."""
        self._may(Role.LOOK)
        return [self.device(host.name) for host in self._parts.rack.hosts]

    def device(self, name: str) -> dict[str, Any]:
        """One of them."""
        self._may(Role.LOOK)
        host = self._parts.rack[name]
        status = host.status
        code = readiness_code(status)
        return {
            "name": name,
            "port": host.spec.port,
            "adapter": host.spec.adapter,
            "states": state_parts(host.spec.port, status),
            "code": code,
            "detail": status.detail,
            "pid": host.pid or 0,
        }

    def queue(self) -> list[dict[str, Any]]:
        """The newest items of the outbox, without what is in them."""
        self._may(Role.LOOK)
        outbox = self._parts.outbox
        return [] if outbox is None else [item(view) for view in outbox.items(limit=50).result()]

    def item(self, item_id: str) -> dict[str, Any]:
        """One item: its timeline, and why it stands where it does."""
        self._may(Role.LOOK)
        outbox = self._parts.outbox
        if outbox is None:
            return {}
        return {**(one(outbox, item_id) or {}), "reasons": reasons(outbox, item_id)}

    def network(self) -> Iterator[CheckStep]:
        """The connection to the portal, step by step, as it is tried."""
        self._may(Role.LOOK)
        yield from self._parts.check().steps()

    def settings(self) -> list[dict[str, Any]]:
        """What may be changed here: key, value at the next start, where it comes from."""
        self._may(Role.LOOK)
        loaded = self._parts.load(self._parts.changes.layer())
        return [
            {"key": key, "value": _value(loaded.settings, key), "source": loaded.source_of(key)}
            for key in CHANGEABLE
        ]

    def changes(self) -> list[dict[str, Any]]:
        """What was changed, newest first."""
        self._may(Role.LOOK)
        return [
            {"key": change.key, "value": change.value, "who": change.who, "at": change.at}
            for change in reversed(self._parts.changes.all())
        ]

    def log(self) -> list[str]:
        """The newest lines of the terminal's log, newest first; personal data is never in it."""
        self._may(Role.LOOK)
        return newest_lines(self._parts.log, LINES)

    def audit(self) -> dict[str, Any]:
        """The newest audit records, newest first, and where the chain is broken."""
        self._may(Role.LOOK)
        path = self._parts.audit_file
        if not path.exists():
            return {"lines": [], "problems": []}
        return {"lines": newest_lines(path, LINES), "problems": verify(path)}

    # ---- doing -------------------------------------------------------------------------------------

    def try_device(self, name: str, say: Callable[[Text], object]) -> tuple[bool, Text]:
        """One real operation; ``say`` is told what to do meanwhile."""
        self._may(Role.REPAIR)
        worked, words = try_device(self._parts.rack[name], say)
        self._did("device_tried", {"device": name, "worked": worked})
        return worked, words

    def restart_device(self, name: str) -> None:
        """Start the device's process afresh, also out of quarantine."""
        self._may(Role.REPAIR)
        self._parts.rack[name].reset()
        self._did("device_restarted", {"device": name})

    def retry(self, item_id: str) -> None:
        """Try an item now."""
        self._may(Role.REPAIR)
        if self._parts.outbox is not None:
            self._parts.outbox.retry(item_id).result()
            self._did("item_retried", {"item": item_id})

    def drills(self) -> list[Drill]:
        """What can be practised with these devices."""
        self._may(Role.LOOK)
        return drills_for({host.name: host.spec.port for host in self._parts.rack.hosts})

    def drill(self, drill: Drill, say: Callable[[str], object]) -> Graded:
        """Break something by hand, mend it, and see how soon the terminal noticed both."""
        self._may(Role.REPAIR)
        run = self._drilling = DrillRun(drill, self._parts.port, say)
        graded = run.grade()
        self._did(
            "drilled", {"drill": drill.code, "device": drill.subject, "passed": graded.passed}
        )
        return graded

    def stop_drill(self) -> None:
        """End a drill that waits."""
        if self._drilling is not None:
            self._drilling.stop()

    def change(self, key: str, value: Value) -> Text | None:
        """Set a value for the next start: None, or what is wrong with it."""
        who = self._may(Role.MANAGE)
        change = new_change(key, value, who, self._parts.now())
        try:
            self._parts.changes.put(change, self._parts.load)
        except ConfigError as error:
            return problem_words(error.mistakes[0])
        except OSError as error:
            return not_written(error)
        self._did("setting_changed", {"key": key, "value": value})
        return None

    def undo(self) -> Text | None:
        """Take the newest change back: None, or why it can't be."""
        self._may(Role.MANAGE)
        try:
            change = self._parts.changes.undo(self._parts.load)
        except ConfigError as error:
            return problem_words(error.mistakes[0])
        except OSError as error:
            return not_written(error)
        if change is not None:
            self._did("setting_undone", {"key": change.key, "value": change.value})
        return None

    def _may(self, role: Role) -> str:
        with self._lock:
            account = self._account
        if account is None or not account.role.covers(role):
            raise NotAllowedError(NOT_ALLOWED)
        return account.number

    def _did(self, what: str, data: Mapping[str, Any]) -> None:
        account = self._account
        who = "" if account is None else account.number
        self._parts.audit.append(f"technician.{what}", {"who": who, **data})


def _value(settings: Settings, key: str) -> Value:
    found: Any = settings
    for name in key.split("."):
        found = getattr(found, name)
    value: Value = found
    return value
