"""One reading of a card: find, select, read, and what to make of everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from drivers.ports import IdDocument
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import Answer, Command, StatusWord, unpack_content
from drivers.sdt.line import Patience, SdtLine
from drivers.sdt.record import decode_appended_address, decode_record

log = logging.getLogger(__name__)

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
# The reader cannot or must not give what goes beyond text and photo: the card is read without it.
_EXTRA_REFUSED = frozenset(
    {
        StatusWord.COMMAND_ERROR,
        StatusWord.NOT_PERMITTED,
        StatusWord.UNRECOGNISED,
        StatusWord.FINGERPRINT_WRONG,
    }
)
_ACCEPTED = {
    Command.READ_TEXT_PHOTO_FINGERPRINT: _EXTRA_REFUSED,
    Command.READ_APPENDED_ADDRESS: _EXTRA_REFUSED | {StatusWord.ITEM_ABSENT},
}


@dataclass(frozen=True, slots=True)
class Extras:
    """What to ask of a card beyond text and photo; nothing, unless a service needs it."""

    fingerprint: bool = False
    appended_address: bool = False


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
    extras: Extras = Extras()
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
                return failure_of(answer.value, Command.FIND_CARD)
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
                return failure_of(answer.value, Command.FIND_CARD)
            if last:
                break
            paused = self.line.idle(min(self.poll_s, 0.1), self.patience)
            if isinstance(paused, Failure):
                return paused
        return Failure("idcard.removed", trouble.detail)

    def _take(self) -> Result[IdDocument] | _Again:
        """Select and read the card just found."""
        selected = self._judged(Command.SELECT_CARD)
        if not isinstance(selected, Answer):
            return selected
        command = Command.READ_TEXT_PHOTO
        if self.extras.fingerprint:
            command = Command.READ_TEXT_PHOTO_FINGERPRINT
        read = self._judged(command)
        if isinstance(read, Answer) and read.status in _EXTRA_REFUSED:
            log.warning("read without fingerprint, since the reader says SW %s", read.status_text)
            command = Command.READ_TEXT_PHOTO
            read = self._judged(command)
        if not isinstance(read, Answer):
            return read
        if read.status is not StatusWord.OK:
            return failure_of(read, command)
        content = unpack_content(read.data, command is Command.READ_TEXT_PHOTO_FINGERPRINT)
        if content is None:
            return Failure("idcard.unreadable", "lengths of the parts do not add up")
        document = decode_record(content.text, content.photo)
        if isinstance(document, Failure):
            return document
        address = self._appended_address() if self.extras.appended_address else Ok("")
        if isinstance(address, Failure):
            return address
        return Ok(
            replace(document.value, fingerprint=content.fingerprint, appended_address=address.value)
        )

    def _appended_address(self) -> Result[str]:
        """The address noted on the card later; empty if there is none."""
        answer = self._judged(Command.READ_APPENDED_ADDRESS)
        if isinstance(answer, _Again):
            return answer.trouble  # no second try: a card once read would not be found
        if isinstance(answer, Failure):
            return answer
        if answer.status is StatusWord.OK:
            return decode_appended_address(answer.data)
        if answer.status in _EXTRA_REFUSED:
            log.warning("no appended address, since the reader says SW %s", answer.status_text)
        return Ok("")

    def _judged(self, command: Command) -> Answer | Failure | _Again:
        """The answer to a question about the card: done, absent, or an extra refused."""
        asked = self._ask(command)
        # Whatever reached us of a read: the card itself may have been read to its end.
        self.lift_pending = command is not Command.SELECT_CARD
        if isinstance(asked, Failure):
            if asked.code == "device.protocol":
                # The reader is there and speaks; what it says of this card is never whole.
                # No new find: a card once read would not be found and be taken for removed.
                return Failure("idcard.unreadable", asked.detail)
            return asked
        answer = asked.value
        if answer.status in _CARD_TROUBLE:
            return _Again(failure_of(answer, command))
        if answer.status is StatusWord.OK or answer.status in _ACCEPTED.get(command, ()):
            return answer
        return failure_of(answer, command)

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


def failure_of(answer: Answer, command: Command) -> Failure:
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
