"""One reading of a card: find, select, read, and what to make of everything that goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.ports import IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import Answer, Command, StatusWord, unpack_content
from drivers.sdt.line import Patience, SdtLine
from drivers.sdt.record import decode_record

_ASKING_TRIES = 3  # one question repeated over a bad line
_CARD_TRIES = 3  # find-select-read repeated over a badly laid card

_SAM_FAULTS = frozenset({StatusWord.SAM_SELF_TEST_FAILED, StatusWord.SAM_NOT_AUTHORISED})
# The reader says our request arrived damaged: ask again.
_REQUEST_DAMAGED = frozenset({StatusWord.REQUEST_CHECKSUM, StatusWord.REQUEST_LENGTH})
# The card answered badly or not at all: it moved, lies badly, or is not what it claims to be.
_CARD_TROUBLE = frozenset(
    {
        StatusWord.SELECT_FAILED,
        StatusWord.READING_FAILED,
        StatusWord.INFORMATION_LENGTH,
        StatusWord.RANDOM_NUMBER_FAILED,
        StatusWord.CARD_REJECTS_SAM,
        StatusWord.SAM_REJECTS_CARD,
        StatusWord.VERIFICATION_FAILED,
    }
)


@dataclass(frozen=True, slots=True)
class _Again:
    """The card answered badly; laid as it is, another try may do."""

    trouble: Failure


@dataclass(slots=True)
class Reading:
    """One call of ``read_card``.

    ``lift_pending``: the last card read may still lie there; it is not found again until lifted,
    so only a select tells it from an empty reader. Updated by :meth:`run` for the next call.
    """

    line: SdtLine
    patience: Patience
    poll_s: float
    emit: Callable[[str, Mapping[str, Any]], None]
    lift_pending: bool = False
    _announced: bool = field(default=False, init=False)
    _unlifted: bool = field(default=False, init=False)

    def run(self) -> Result[IdDocument]:
        """Wait for a card and read it; failures as :class:`drivers.ports.IdCardReader` says."""
        trouble: Failure | None = None
        for _ in range(_CARD_TRIES):
            found = self._wait_for_card() if trouble is None else self._find_again(trouble)
            if isinstance(found, Failure):
                return found
            outcome = self._take()
            if not isinstance(outcome, _Again):
                return outcome
            trouble = outcome.trouble
        return trouble or Failure("idcard.unreadable")

    def _wait_for_card(self) -> Result[None]:
        """Ask for a card until there is one. Failures include ``idcard.none`` and ``.not_lifted``."""
        while True:
            answer = self._ask(Command.FIND_CARD)
            if isinstance(answer, Failure):
                return self._nobody() if answer.code == "device.timeout" else answer
            status = answer.value.status
            if status is StatusWord.CARD_FOUND:
                self._announce()
                return Ok(None)
            if status is not StatusWord.NO_CARD and status not in _CARD_TROUBLE:
                return _failure_of(answer.value, Command.FIND_CARD)
            if self.lift_pending:
                self._look_for_unlifted()
            paused = self.line.idle(self.poll_s, self.patience)
            if isinstance(paused, Failure):
                return paused
            if self.patience.left_s <= 0:
                return self._nobody()

    def _announce(self) -> None:
        self.lift_pending = self._unlifted = False
        if not self._announced:
            self._announced = True
            self.emit("card_found", {})

    def _look_for_unlifted(self) -> None:
        answer = self._ask(Command.SELECT_CARD)
        if isinstance(answer, Failure):
            return  # the next find meets the same trouble and reports it
        lies_there = answer.value.status is StatusWord.OK
        if lies_there and not self._unlifted:
            self.emit("card_not_lifted", {})
        self.lift_pending = self._unlifted = lies_there

    def _nobody(self) -> Failure:
        return Failure("idcard.not_lifted" if self._unlifted else "idcard.none")

    def _find_again(self, trouble: Failure) -> Result[None]:
        """After a bad read: is the card still there? Two misses mean it was taken away."""
        for last in (False, True):
            answer = self._ask(Command.FIND_CARD)
            if isinstance(answer, Failure):
                return trouble if answer.code == "device.timeout" else answer
            status = answer.value.status
            if status is StatusWord.CARD_FOUND:
                return Ok(None)
            if status is not StatusWord.NO_CARD:
                return _failure_of(answer.value, Command.FIND_CARD)
            if last:
                break
            paused = self.line.idle(min(self.poll_s, 0.1), self.patience)
            if isinstance(paused, Failure):
                return paused
        return Failure("idcard.removed", trouble.detail)

    def _take(self) -> Result[IdDocument] | _Again:
        """Select and read the card just found."""
        for command in (Command.SELECT_CARD, Command.READ_TEXT_PHOTO):
            asked = self._ask(command)
            # Whatever reached us of a read: the card itself may have been read to its end.
            self.lift_pending = command is Command.READ_TEXT_PHOTO
            if isinstance(asked, Failure):
                if asked.code == "device.protocol":
                    # The reader is there and speaks; what it says of this card is never whole.
                    # No new find: a card once read would not be found and be taken for removed.
                    return Failure("idcard.unreadable", asked.detail)
                return asked
            answer = asked.value
            if answer.status in _CARD_TROUBLE:
                return _Again(_failure_of(answer, command))
            if answer.status is not StatusWord.OK:
                return _failure_of(answer, command)
        content = unpack_content(answer.data)
        if content is None:
            return Failure("idcard.unreadable", "lengths of text and photo do not add up")
        return decode_record(content.text, content.photo)

    def _ask(self, command: Command) -> Result[Answer]:
        """One question, repeated when line noise spoilt it on the way there or back."""
        trouble = Failure("device.protocol", command.name)
        for _ in range(_ASKING_TRIES):
            result = self.line.exchange(command, self.patience)
            if isinstance(result, Failure):
                if result.code not in ("device.protocol", "device.offline"):
                    return result
                trouble = result
            elif result.value.status in _REQUEST_DAMAGED:
                trouble = Failure("device.protocol", f"{command.name}: {result.value.status_text}")
            else:
                return result
        return trouble


def _failure_of(answer: Answer, command: Command) -> Failure:
    """The failure a status word stands for."""
    detail = f"{command.name}: SW {answer.status_text}"
    status = answer.status
    if status in _SAM_FAULTS:
        return Failure("idcard.sam_fault", detail)
    if status is StatusWord.UNKNOWN_CARD_TYPE:
        return Failure("idcard.unknown_type", detail)
    if status in _CARD_TROUBLE:
        return Failure("idcard.unreadable", detail)
    return Failure("device.protocol", detail)
