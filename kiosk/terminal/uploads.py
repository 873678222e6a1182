"""How an attachment reaches the portal: from where the portal says it has come to, chunk by chunk.

After a cut the portal is asked how far the upload has come; what it has is not sent again, so that a
cut costs one chunk at most, as often as the line breaks. While chunks arrive it goes on at once;
when two tries in a row brought nothing the courier decides when to come back.
"""

from __future__ import annotations

import logging
from typing import Any

from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.reach import WIDE
from offline_queue import (
    AttachmentView,
    Interrupted,
    NotReached,
    Parcel,
    Rejected,
    RetryLater,
    Uploaded,
    UploadVerdict,
)
from offline_queue.verdicts import NotUploaded
from portal.contract.base import ProblemCode
from portal.outcomes import Answer, NoAnswer, Outcome, Problem, Unreachable
from portal.uploads import Gone, UploadClient

log = logging.getLogger(__name__)

_IN_VAIN = 2
"""Failures in a row, without a byte taken in between, after which a try ends."""
_BEGINNINGS = 3
"""Uploads begun in one try; a portal that forgets them at once is not helped by more."""


class Sending:
    """One try to bring one attachment to the portal."""

    def __init__(self, client: UploadClient, view: AttachmentView, parcel: Parcel) -> None:
        self._client = client
        self._view = view
        self._parcel = parcel
        self._location = view.upload
        self._offset: int | None = None
        self._furthest = -1
        self._failures = 0
        self._begun = 0

    def run(self) -> UploadVerdict:
        """Send until the portal has it all, or something keeps it from it."""
        while self._offset != self._view.size:
            if self._parcel.stopping:
                return Interrupted()
            if not self._location:
                stopped = self._begin()
            elif self._offset is None:
                stopped = self._ask()
            else:
                stopped = self._append(self._offset)
            if stopped is not None:
                return stopped
        return Uploaded()

    def _begin(self) -> NotUploaded | None:
        if self._begun == _BEGINNINGS:
            return RetryLater("portal.expired")
        self._begun += 1
        view = self._view
        about = {
            "kind": view.kind,
            "media_type": view.media_type,
            "sha256": view.digest.hex(),
        }
        outcome = self._client.begin(view.key, view.size, about)
        if not isinstance(outcome, Answer):
            return self._judge(outcome)
        self._location, self._furthest = outcome.value.location, -1
        self._parcel.began(view, self._location)
        self._reached(outcome.value.offset)
        return None

    def _ask(self) -> NotUploaded | None:
        outcome = self._client.offset(self._location, self._view.size)
        if not isinstance(outcome, Answer):
            return self._judge(outcome)
        if isinstance(outcome.value, Gone):
            self._location = ""
        else:
            self._reached(outcome.value)
        return None

    def _append(self, offset: int) -> NotUploaded | None:
        index, within = divmod(offset, self._view.step)
        part = self._parcel.chunk(self._view, index)[within:]
        outcome = self._client.append(self._location, offset, part, self._view.size)
        self._offset = None
        if not isinstance(outcome, Answer):
            return self._judge(outcome)
        if outcome.value is None:
            return self._judge(RetryLater("portal.upload_incomplete"))
        if isinstance(outcome.value, Gone):
            self._location = ""
        else:
            self._reached(outcome.value)
        return None

    def _reached(self, offset: int) -> None:
        self._offset = offset
        if offset > self._furthest:
            self._furthest, self._failures = offset, 0

    def _judge(self, outcome: Problem | Unreachable | NoAnswer | RetryLater) -> NotUploaded | None:
        """The end of this try, or ``None`` to ask how far it has come and go on."""
        match outcome:
            case Problem(code=code) if outcome.retryable or code in WIDE:
                after, wide = outcome.retry_after_s, code in WIDE
                return RetryLater(f"portal.{code.value}", after, destination_wide=wide)
            case Problem(code=code):
                log.warning("upload.refused code=%s status=%s", code.value, outcome.status)
                detail = f"trace {outcome.trace_id}"
                return Rejected(f"portal.{code.value}", detail, {PAPERS: [self._view.kind]})
            case Unreachable(code=unreachable):
                return NotReached(f"network.{unreachable.value}")
        self._failures += 1
        if self._failures < _IN_VAIN:
            return None
        return outcome if isinstance(outcome, RetryLater) else NotReached(f"network.{outcome.code}")


def given_up(outcome: Outcome[Any]) -> bool:
    """Whether it need not be said again, as the portal did it or never will: an upload that is gone, or that
    a case holds, which came another way."""
    match outcome:
        case Answer():
            return True
        case Problem(code=ProblemCode.FORBIDDEN):
            return all(fault.pointer != "/terminal" for fault in outcome.fields)
        case Problem(code=code):
            return not outcome.retryable and code not in WIDE
    return False
