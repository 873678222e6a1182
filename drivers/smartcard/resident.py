"""The resident record from a combined PC/SC reader, by pseudo-APDU ``FF B0 0n 00 00``.

One public program is the only source (docs/devices/pcsc.md). It takes the text from n = 0 behind
four bytes, and the photo from n = 1 (252 bytes, behind four others) to n = 5 (the last four). Those
numbers have one explanation: pieces of 256 bytes of what an SDT reader's answer holds, lengths of
text and photo first.
"""

from __future__ import annotations

from drivers.ports import IdDocument
from drivers.results import Failure, Result
from drivers.sdt.frames import unpack_content
from drivers.sdt.record import RECORD_LENGTH, decode_record
from drivers.smartcard.apdu import Answer, Dialogue, Transmit, Trouble, command

PIECE = 256
"""Bytes of the content that one command gives, fewer only at its end."""

_HEAD = 4
_MOST_PHOTO = 4096


def read_resident_card(transmit: Transmit) -> Result[IdDocument]:
    """The record, in any of the four layouts, and the photo as the reader gives it.

    Failures: those of ``transmit``, as they are; ``idcard.unknown_type`` (the reader knows no such
    command with this card on it), ``idcard.unreadable``. No failure's detail quotes the card.
    """
    card = Dialogue(transmit)
    try:
        content = _piece(card, 0)
        text, photo = (int.from_bytes(content[at : at + 2], "big") for at in (0, 2))
        if len(content) < _HEAD or text != RECORD_LENGTH or photo > _MOST_PHOTO:
            return Failure("idcard.unknown_type", "what the reader gave is no record")
        whole = _HEAD + text + photo
        for number in range(1, -(-whole // PIECE)):
            content += _piece(card, number)
    except Trouble as trouble:
        failure = trouble.failure
        if failure.code == "smartcard.unreadable":  # an ID card's trouble has words of its own
            return Failure("idcard.unreadable", failure.detail)
        return failure
    found = unpack_content(content, False)
    if found is None:
        return Failure("idcard.unreadable", f"{len(content)} bytes instead of {whole}")
    return decode_record(found.text, found.photo)


def _piece(card: Dialogue, number: int) -> bytes:
    answer = card.ask(command(0xB0, number, 0, b"", 0, cla=0xFF))
    if not answer.done:
        detail = f"piece {number}: SW {answer.status_text}"
        if number == 0 and _foreign(answer):
            raise Trouble(Failure("idcard.unknown_type", detail))
        raise Trouble(Failure("idcard.unreadable", detail))
    return answer.data


def _foreign(answer: Answer) -> bool:
    """The command itself is refused: another kind of card, or another kind of reader."""
    return answer.absent or answer.needs_authentication
