"""How submissions ended that never became a case: told by the terminal that took them in.

What is refused by the portal itself it knows; what ran out of time, was taken back, or fell at an
upload it can only be told. Without that a person who asks by the look-up code, at another terminal or
by phone, would hear for ever that it may still be on its way.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.contract.base import (
    AnswerModel,
    ItemCode,
    Key,
    LookupCode,
    RequestModel,
    SubmissionEnd,
    Terminal,
    Timestamp,
)
from portal.contract.requests import ShortText


class ReportedRefusal(RequestModel):
    """Why the portal refused it, as the terminal was told (:class:`Refused`); no values."""

    code: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    form: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=100)
    ] = Field(default_factory=list)
    materials: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=20)
    ] = Field(default_factory=list)


class EndingReport(RequestModel):
    """What a terminal says of a submission that ended with it.

    ``key`` is that of the submission, ``lookup_code`` the one derived from it; for a supplement or a
    withdrawal (``act``) ``case_key`` names the case it was for, whose ``lookup_code`` it is. ``at`` is
    when it ended; ``accepted_at`` as in a case, left out where the terminal was not sure of its clock.
    Holds nothing personal; of what was found changed (``spoiled``) only what follows from its key.
    """

    key: Key
    terminal: Terminal
    lookup_code: LookupCode
    how: SubmissionEnd
    at: Timestamp
    act: Literal["supplement", "withdrawal"] | None = None
    case_key: Key | None = None
    item: ItemCode | None = None
    accepted_at: Timestamp | None = None
    authority_zh: ShortText | None = None
    authority_en: ShortText | None = None
    refused: ReportedRefusal | None = None


class EndingReceipt(AnswerModel):
    """The portal knows how it ended. ``noted``: whether its look-up code now says so; false where what
    it handed in is there after all, or the case has moved on since."""

    key: Key
    noted: bool
