"""A durable, sealed outbox and the courier that empties it. See ``docs/outbox.md``."""

from offline_queue.attachments import AttachmentView, NewAttachment
from offline_queue.clock import Clock, ManualClock, SystemClock
from offline_queue.courier import Courier
from offline_queue.errors import (
    NoSealingKey,
    OutboxClosed,
    OutboxError,
    OutboxInUse,
    OutboxStorageError,
    SpoiledAttachment,
)
from offline_queue.items import (
    DestinationSummary,
    Ending,
    ItemState,
    ItemView,
    Limits,
    NewItem,
    OnRejection,
    Refusal,
    Summary,
    TimelineEntry,
    new_item_id,
)
from offline_queue.outbox import Outbox
from offline_queue.policy import BreakerState, CourierPolicy
from offline_queue.recovery import RecoveryReport
from offline_queue.sealing import Sealer
from offline_queue.verdicts import (
    Delivered,
    Herald,
    Interrupted,
    NoAnswer,
    NotReached,
    NotThere,
    Parcel,
    Rejected,
    RetryLater,
    Transport,
    Uploaded,
    Uploader,
    UploadVerdict,
    Verdict,
)
from offline_queue.verify import VerifyReport

__all__ = [
    "AttachmentView",
    "BreakerState",
    "Clock",
    "Courier",
    "CourierPolicy",
    "Delivered",
    "DestinationSummary",
    "Ending",
    "Herald",
    "Interrupted",
    "ItemState",
    "ItemView",
    "Limits",
    "ManualClock",
    "NewAttachment",
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
    "Parcel",
    "RecoveryReport",
    "Refusal",
    "Rejected",
    "RetryLater",
    "Sealer",
    "SpoiledAttachment",
    "Summary",
    "SystemClock",
    "TimelineEntry",
    "Transport",
    "UploadVerdict",
    "Uploaded",
    "Uploader",
    "Verdict",
    "VerifyReport",
    "new_item_id",
]
