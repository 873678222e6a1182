"""What is used most at this terminal: how often each service was opened, week by week.

A number a service, nothing of who, when or how it went on. The last weeks count, so that what a season
brings comes up and goes again.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kiosk.terminal.clock import Now
from kiosk.visit import events as ev

log = logging.getLogger(__name__)

WEEKS = 8
LEAST = 5
"""Openings below which the catalogue's own order holds: a few people are no habit."""


class Popular:
    """Counts in memory while a visit lasts, and in ``file`` from its end on; any thread."""

    def __init__(self, file: Path, now: Now) -> None:
        self._file, self._now = file, now
        self._lock = threading.Lock()
        self._opened: Counter[str] = Counter()
        self._weeks = _read(file)

    def heard(self, event: ev.Event) -> None:
        """Take notice of an event of a visit."""
        if isinstance(event, ev.ItemChosen):
            self.opened(event.code)

    def recorded(self, code: str) -> None:
        """Take notice of an audit event."""
        if code == "visit.ended":
            self.visit_ended()

    def opened(self, code: str) -> None:
        """Somebody looks at this service. It counts from the end of the visit on: nothing changes its
        place while it is looked at."""
        with self._lock:
            self._opened[code] += 1

    def visit_ended(self) -> None:
        """Add what was opened, drop weeks long past, and write it down."""
        with self._lock:
            if not self._opened:
                return
            year, week, _ = self._now().isocalendar()
            counts = self._weeks.setdefault(f"{year}-W{week:02}", Counter())
            counts.update(self._opened)
            self._opened.clear()
            for old in sorted(self._weeks)[:-WEEKS]:
                del self._weeks[old]
            text = json.dumps(self._weeks, sort_keys=True)
        waiting = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            waiting.write_text(text, "utf-8")
            os.replace(waiting, self._file)
        except OSError as error:
            log.warning("popular.not_written error=%s", type(error).__name__)

    def used(self) -> Mapping[str, int]:
        """By code, how often it was opened in the last weeks, where that was often enough."""
        with self._lock:
            total: Counter[str] = Counter()
            for counts in self._weeks.values():
                total.update(counts)
        return {code: count for code, count in total.items() if count >= LEAST}


def _read(file: Path) -> dict[str, Counter[str]]:
    """What was written; nothing if it is missing or not ours."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return {
            str(week): Counter({str(code): int(count) for code, count in counts.items()})
            for week, counts in found.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        log.warning("popular.unreadable error=%s", type(error).__name__)
        return {}
