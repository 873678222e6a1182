"""A visit is a pure function: ``advance(visit, event) -> (visit, effects)``.

No Qt, no clock, no I/O, no thread in here. See docs/architecture.md.
"""

from kiosk.visit.machine import advance
from kiosk.visit.model import Step, Visit

__all__ = ["Step", "Visit", "advance"]
