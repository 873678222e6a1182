"""The adapter: :class:`drivers.ports.IdCardReader` over the reader's protocol."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from drivers.ports import AdapterContext, IdDocument, IdDocumentKind
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from example_card_reader.wire import ReaderLine

_CONNECT_S = 2.0
_ANSWER_S = 1.0
_STATUS_S = 0.45
_CODES = {"removed": "idcard.removed", "fault": "idcard.unreadable"}


class Options(BaseModel):
    """Settings. ``host``, ``port``: of the reader; ``poll_s``: seconds between two looks."""

    model_config = ConfigDict(extra="forbid", frozen=True)  # a misspelt key is refused

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    poll_s: float = Field(default=0.1, ge=0.02, le=2.0)


class ExampleCardReader:
    """An invented reader. Events: ``card_found``."""

    def __init__(self, context: AdapterContext) -> None:
        self._context = context  # no I/O here: that is what open() is for
        self._options: Options | None = None
        self._line: ReaderLine | None = None

    def open(self) -> Result[None]:
        """Connect and ask for the status, so that an open reader is one that answers."""
        self.close()
        try:
            self._options = Options.model_validate(dict(self._context.options))
        except ValidationError as error:
            keys = [".".join(map(str, item["loc"])) for item in error.errors()]
            return Failure("device.misconfigured", f"check {', '.join(keys)}")
        opened = ReaderLine.open(self._options.host, self._options.port, _CONNECT_S)
        if isinstance(opened, Failure):
            return opened
        self._line = opened.value
        asked = self._line.ask("status", _ANSWER_S)
        if isinstance(asked, Failure):
            self.close()
            return asked
        return Ok(None)

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self) -> DeviceStatus:
        """The reader's own word, within half a second."""
        if self._line is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        asked = self._line.ask("status", _STATUS_S)
        if isinstance(asked, Failure):
            gone = asked.code == "device.gone"
            state = DeviceState.NO_DEVICE if gone else DeviceState.OFFLINE
            return DeviceStatus(state, failure=asked.code, detail=asked.detail)
        return DeviceStatus(DeviceState.ONLINE, MediaState.UNKNOWN)

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        """Ask for a card until there is one, the time is up, or the caller gives up."""
        if self._line is None or self._options is None:
            return Failure("device.offline", "not open")
        deadline = time.monotonic() + timeout_s
        pause = threading.Event()
        while True:
            if self._context.cancelled():
                return Failure("device.cancelled")
            left = deadline - time.monotonic()
            if left <= 0:
                return Failure("idcard.none")
            asked = self._line.ask("read", min(left, _ANSWER_S))
            if isinstance(asked, Failure):
                # silence because our own time ran out says nothing of the reader
                return Failure("idcard.none") if left < _ANSWER_S else asked
            answer = asked.value
            if answer.get("ok"):
                self._context.emit("card_found", {})  # that there is one, never whose
                return _document(answer.get("card"))
            if code := _CODES.get(str(answer.get("why"))):
                return Failure(code)
            pause.wait(min(self._options.poll_s, max(0.0, left)))


def _document(card: object) -> Result[IdDocument]:
    if not isinstance(card, Mapping):
        return Failure("idcard.unreadable", "no card in the answer")
    try:
        return Ok(_parsed(card))
    except (KeyError, TypeError, ValueError) as error:
        return Failure("idcard.unreadable", type(error).__name__)  # never the value itself


def _parsed(card: Mapping[str, Any]) -> IdDocument:
    until = card["valid_to"]
    return IdDocument(
        kind=IdDocumentKind(card["kind"]),
        name=str(card["name"]),
        number=str(card["number"]),
        sex=str(card["sex"]),
        birth=date.fromisoformat(card["birth"]),
        valid_from=date.fromisoformat(card["valid_from"]),
        valid_to=None if until == "长期" else date.fromisoformat(until),
        long_term=until == "长期",
        address=str(card.get("address", "")),
    )
