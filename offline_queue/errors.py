"""Errors of the outbox: broken storage, a second instance, a receiver without a key."""

from __future__ import annotations


class OutboxError(Exception):
    """Base of the errors the outbox raises."""


class OutboxInUse(OutboxError):  # noqa: N818 - says what is the case
    """Another process (or another object in this one) holds this outbox's directory."""


class OutboxClosed(OutboxError):  # noqa: N818
    """The outbox has been closed."""


class OutboxStorageError(OutboxError):
    """The storage cannot be used.

    ``code`` is one of ``outbox.read_only``, ``outbox.wrong_owner``, ``outbox.key_missing``,
    ``outbox.newer_schema``, ``outbox.disk_full``, ``outbox.storage_failed``.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class SpoiledAttachment(OutboxError):  # noqa: N818
    """A chunk of an attachment is gone, or not the one that was accepted."""


class NoSealingKey(OutboxError):  # noqa: N818
    """No valid key is known for the receiver; nothing may be stored in clear instead."""
