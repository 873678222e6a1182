"""A durable, sealed outbox and the courier that empties it. See ``docs/outbox.md``."""

from offline_queue.clock import Clock, ManualClock, SystemClock
from offline_queue.courier import Courier
from offline_queue.errors import (
    NoSealingKey,
    OutboxClosed,
    OutboxError,
    OutboxInUse,
    OutboxStorageError,
)
from offline_queue.items import (
    DestinationSummary,
    ItemState,
    ItemView,
    Limits,
    NewItem,
    OnRejection,
    Refusal,
    Summary,
    TimelineEntry,
    lookup_code,
    new_item_id,
)
from offline_queue.outbox import Outbox
from offline_queue.policy import BreakerState, CourierPolicy
from offline_queue.recovery import RecoveryReport
from offline_queue.sealing import Sealer
from offline_queue.verdicts import (
    Delivered,
    NoAnswer,
    NotReached,
    NotThere,
    Rejected,
    RetryLater,
    Transport,
    Verdict,
)
from offline_queue.verify import VerifyReport

__all__ = [
    "BreakerState",
    "Clock",
    "Courier",
    "CourierPolicy",
    "Delivered",
    "DestinationSummary",
    "ItemState",
    "ItemView",
    "Limits",
    "ManualClock",
    "NewItem",
    "NoAnswer",
    "NoSealingKey",
    "NotReached",
    "NotThere",
    "OnRejection",
    "Outbox",
    "OutboxClosed",
    "OutboxError",
    "OutboxInUse",
    "OutboxStorageError",
    "RecoveryReport",
    "Refusal",
    "Rejected",
    "RetryLater",
    "Sealer",
    "Summary",
    "SystemClock",
    "TimelineEntry",
    "Transport",
    "Verdict",
    "VerifyReport",
    "lookup_code",
    "new_item_id",
]
