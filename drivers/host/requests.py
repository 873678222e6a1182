"""What a supervisor is asked from other threads, and the board on which it shows what it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from drivers.host.calls import PendingCall
from drivers.host.spec import HostState
from drivers.status import DeviceStatus


class Board(Protocol):
    """Where the supervisor shows what it knows; called from its thread."""

    def show_state(self, state: HostState, pid: int | None) -> None: ...

    def show_status(self, status: DeviceStatus) -> None: ...

    def show_event(self, event: str, data: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class CancelAll:
    """Give up the running call and all that wait."""


@dataclass(frozen=True, slots=True)
class ResetHost:
    """Start afresh now, forgetting past crashes."""


@dataclass(frozen=True, slots=True)
class NudgeHost:
    """See to the device now: a port came or went."""


@dataclass(frozen=True, slots=True)
class StopHost:
    """End the child, politely until ``by`` (monotonic)."""

    by: float


Request = PendingCall | CancelAll | ResetHost | NudgeHost | StopHost
