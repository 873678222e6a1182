"""What a device host is told: which adapter, and how patient to be with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from drivers.hotplug.inventory import Roots

HEADROOM = 4
"""Libraries reserve more than they use: thread stacks, arenas of the allocator."""


class HostState(StrEnum):
    """The life of the process, not of the device: a ready host may well have no device."""

    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    QUARANTINED = "quarantined"
    STOPPED = "stopped"


@dataclass(frozen=True)
class HostSpec:
    """One device of a terminal.

    ``name``: unique in the terminal, used in logs. ``port``: ``id_card_reader``,
    ``smart_card_reader``, ``receipt_printer``, ``document_printer``, ``camera``,
    ``document_camera``, ``scanner``, ``indicator_light``, ``presence_sensor``, ``power_supply`` or
    ``headset_jack``; a board with lights and a sensor is one device, named by the port it mainly serves.
    ``adapter``: a name of :mod:`drivers.registry` or ``"module:Class"``. ``options``: the adapter's
    own settings; shown in no log, since they may hold addresses and passwords. ``roots``: where the
    ports that options are bound to are looked up; a test has trees of its own.
    """

    name: str
    port: str
    adapter: str
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    roots: Roots = field(default_factory=Roots)


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """How patient the supervisor is. Times in seconds.

    ``heartbeat_s``: the child says that often that it lives; ``hang_s``: silence after which it is
    killed. ``start_limit_s``: for the first import and opening of the device, when a large vendor
    library may rightly hold the interpreter. ``upkeep_limit_s``: for a later opening, closing or
    status question. ``grace_s``: how long beyond its time limit an operation may run before the
    host is killed.

    ``status_poll_s``: between status questions. ``reopen_first_s``, ``reopen_max_s``: between
    attempts to open a device that is away; ``reopen_refused_s``: the same when the adapter refused
    its settings, which seldom mend themselves. ``nudge_pause_s``: at least this between attempts
    when ports come and go (:meth:`DeviceHost.nudge`).

    ``backoff_first_s``, ``backoff_max_s``: before a crashed process is started again, doubled by
    every further crash until it was ready for ``stable_s``, with jitter (half to all of it).
    ``quarantine_after`` crashes within ``quarantine_window_s`` take the device out of use; after
    ``quarantine_retry_s`` it gets one more chance (None: only by :meth:`DeviceHost.reset`).

    ``memory_limit``: bytes of memory of its own beyond which the process is killed and started
    again; one allocation that takes it beyond :data:`HEADROOM` times as much fails at once.

    ``most_calls``, ``most_call_bytes``: calls that have not ended yet, and the bytes of their
    arguments; what is beyond is refused at once (``device.overloaded``). ``most_events``,
    ``events_per_s``: events and changes of status in one go, and how many more a second after that;
    a process that tells more is killed and started again (``device.flooding``). Of log lines as many
    are written, and the others counted.
    """

    heartbeat_s: float = 0.5
    hang_s: float = 3.0
    start_limit_s: float = 20.0
    upkeep_limit_s: float = 10.0
    grace_s: float = 1.0
    status_poll_s: float = 1.0
    reopen_first_s: float = 0.1
    reopen_max_s: float = 1.5
    reopen_refused_s: float = 30.0
    nudge_pause_s: float = 0.2
    backoff_first_s: float = 0.05
    backoff_max_s: float = 1.5
    stable_s: float = 5.0
    quarantine_after: int = 8
    quarantine_window_s: float = 60.0
    quarantine_retry_s: float | None = 600.0
    memory_limit: int = 512 << 20
    most_calls: int = 64
    most_call_bytes: int = 64 << 20
    most_events: int = 500
    events_per_s: float = 50.0
