"""What keeps a terminal running: notices to the public, and measurements when MQTT is blocked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.contract.base import AnswerModel, Key, RequestModel, Terminal, Timestamp

Name = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]


class Notice(AnswerModel):
    """Something the public is to know from ``starts_at`` until ``ends_at`` (null: until further notice).
    One line on a terminal's first screen."""

    notice_id: str
    level: str
    text_zh: Annotated[str, Field(max_length=60)]
    text_en: Annotated[str, Field(max_length=120)]
    starts_at: Timestamp
    ends_at: Timestamp | None = None


class NoticesAnswer(AnswerModel):
    """Notices in force now, newest first."""

    notices: list[Notice]


class TelemetryEvent(RequestModel):
    """One event. ``data`` holds numbers only, so that nothing personal fits in."""

    id: Key
    ts: Timestamp
    seq: Annotated[int, Field(ge=0, le=2**53 - 1)]
    code: Annotated[str, Field(max_length=80, pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
    severity: Literal["info", "warning", "error"]
    device: Name | None = None
    data: Annotated[dict[Name, int | float], Field(max_length=40)]


class TelemetryBatch(RequestModel):
    """Events in the order of ``seq``; one sent before is not counted again."""

    terminal: Terminal
    events: Annotated[list[TelemetryEvent], Field(min_length=1, max_length=500)]


class TelemetryReceipt(AnswerModel):
    """``taken``: new ones. ``last_seq``: the highest ever taken of this terminal."""

    taken: Annotated[int, Field(ge=0)]
    last_seq: Annotated[int, Field(ge=0)]
