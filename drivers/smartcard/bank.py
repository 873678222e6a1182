"""The number of a payment card by EMV/PBOC, masked before anything leaves this module.

EMV book 1 sections 11 and 12 (selection), book 3 sections 6 and 10 (processing options, records);
PBOC 3.0 uses the same commands with the identifiers of UnionPay. Only what leads to the number is
read, and reading ends with it. What is read is neither identity nor proof of payment.

Getting the processing options starts a transaction as far as the card is concerned: its counter
moves on. It is one over nothing (amount zero) that demands the issuer's approval, so that no card
books it by itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

from drivers.ports import BankCard
from drivers.results import Failure, Ok, Result
from drivers.smartcard.apdu import (
    Answer,
    Dialogue,
    Transmit,
    Trouble,
    command,
    read_record,
    select_name,
)
from drivers.smartcard.number import masked_number, masked_track
from drivers.smartcard.tlv import Tlv, TlvError, encode, parse

CONTACTLESS_DIRECTORY, CONTACT_DIRECTORY = b"2PAY.SYS.DDF01", b"1PAY.SYS.DDF01"
KNOWN_APPLICATIONS = (
    "A000000333010101",  # UnionPay debit
    "A000000333010102",  # UnionPay credit
    "A000000333010103",  # UnionPay quasi-credit
    "A0000000031010",  # Visa
    "A0000000041010",  # Mastercard
    "A0000000651010",  # JCB
)
"""Asked for one after another at a card without a directory."""

_DIRECTORY_RECORDS = 10
_MOST_APPLICATIONS = 8
_MOST_RECORDS = 32
_MOST_OPTIONS = 252

_AID, _PRIORITY, _TEMPLATE, _SFI = 0x4F, 0x87, 0x61, 0x88
_PDOL, _AFL, _PLAIN_OPTIONS = 0x9F38, 0x94, 0x80
_NUMBER, _TRACK = 0x5A, 0x57


def read_bank_card(transmit: Transmit) -> Result[BankCard]:
    """The masked number on the card that ``transmit`` talks to.

    Failures: those of ``transmit``; ``smartcard.unsupported`` (no payment application on it, or all
    of them put out of use), ``smartcard.unreadable``. No failure's detail quotes the card.
    """
    card = Dialogue(transmit)
    refusal = Failure("smartcard.unsupported", "no payment application")
    try:
        for aid in _applications(card):
            selected = card.ask(select_name(aid))
            if not selected.done:
                continue
            number = _number(card, selected)
            if number is not None:
                return Ok(BankCard(number, aid.hex().upper()))
            refusal = Failure("smartcard.unreadable", "no number in the records")
    except Trouble as trouble:
        return trouble.failure
    except TlvError as bad:
        return Failure("smartcard.unreadable", str(bad))
    return refusal


def _applications(card: Dialogue) -> list[bytes]:
    """Identifiers to try, the card's own preference first."""
    for directory in (CONTACTLESS_DIRECTORY, CONTACT_DIRECTORY):
        answer = card.ask(select_name(directory))
        if not answer.done:
            continue
        entries = _entries(parse(answer.data))
        if directory is CONTACT_DIRECTORY:
            entries += _directory_file(card, parse(answer.data))
        if entries:
            return entries_by_priority(entries)
    return [bytes.fromhex(aid) for aid in KNOWN_APPLICATIONS]


def _directory_file(card: Dialogue, information: tuple[Tlv, ...]) -> list[Tlv]:
    sfi = _first(information, _SFI)
    if sfi is None or len(sfi.value) != 1 or not 1 <= sfi.value[0] <= 10:
        return []
    entries: list[Tlv] = []
    for number in range(1, _DIRECTORY_RECORDS + 1):
        record = card.ask(read_record(sfi.value[0], number))
        if not record.done:
            break
        entries += _entries(parse(record.data))
    return entries


def entries_by_priority(entries: list[Tlv]) -> list[bytes]:
    """Distinct identifiers of directory entries: 1 first, those without a priority last."""
    ranked: list[tuple[int, bytes]] = []
    for entry in entries:
        aid, priority = entry.find(_AID), entry.find(_PRIORITY)
        if aid is not None and 5 <= len(aid.value) <= 16:
            rank = priority.value[0] & 0x0F if priority is not None and priority.value else 0
            ranked.append((rank or 16, aid.value))
    ranked.sort(key=lambda item: item[0])
    return list(dict.fromkeys(aid for _, aid in ranked))[:_MOST_APPLICATIONS]


def _entries(objects: tuple[Tlv, ...]) -> list[Tlv]:
    """Application templates, at any depth."""
    found = [item for item in objects if item.tag == _TEMPLATE]
    return found + [entry for item in objects for entry in _entries(item.children)]


def _number(card: Dialogue, selected: Answer) -> str | None:
    """The masked number of the application selected, or None if it gives none."""
    pdol = _first(parse(selected.data), _PDOL)
    wanted = b"" if pdol is None else options_data(pdol.value)
    options = card.ask(command(0xA8, 0, 0, encode(0x83, wanted), 0, cla=0x80))
    if not options.done:
        return None
    objects = parse(options.data)
    number = _masked(objects)
    if number is not None:
        return number
    for sfi, record in records_of(_locator(objects)):
        answer = card.ask(read_record(sfi, record))
        if answer.done and (number := _masked(parse(answer.data))) is not None:
            return number
    return None


def _masked(objects: tuple[Tlv, ...]) -> str | None:
    number, track = _first(objects, _NUMBER), _first(objects, _TRACK)
    if number is not None and (masked := masked_number(number.value)) is not None:
        return masked
    return None if track is None else masked_track(track.value)


def _locator(objects: tuple[Tlv, ...]) -> bytes:
    """The application file locator, in either form of the answer."""
    plain = _first(objects, _PLAIN_OPTIONS)
    if plain is not None:
        return plain.value[2:]
    found = _first(objects, _AFL)
    return b"" if found is None else found.value


def records_of(locator: bytes) -> Iterator[tuple[int, int]]:
    """(file, record) pairs an application file locator names; stops at an entry that is none."""
    named = 0
    for at in range(0, len(locator) - 3, 4):
        sfi, first, last = locator[at] >> 3, locator[at + 1], locator[at + 2]
        if not 1 <= sfi <= 30 or not 1 <= first <= last:
            return
        for record in range(first, last + 1):
            named += 1
            if named > _MOST_RECORDS:
                return
            yield sfi, record


def options_data(wanted: bytes) -> bytes:
    """The terminal's data that a card's list of tags and lengths (PDOL) asks for; zeros where there
    is nothing to say. Raises :class:`drivers.smartcard.tlv.TlvError` for a list that is none."""
    data = b""
    at = 0
    while at < len(wanted):
        end = at + 1
        if wanted[at] & 0x1F == 0x1F:
            while end < len(wanted) and wanted[end] & 0x80:
                end += 1
            end += 1
        if end >= len(wanted):
            raise TlvError("list cut short")
        data += _terminal_value(int.from_bytes(wanted[at:end], "big"), wanted[end])
        at = end + 1
    if len(data) > _MOST_OPTIONS:
        raise TlvError("list asks for too much")
    return data


def _terminal_value(tag: int, length: int) -> bytes:
    match tag:
        case 0x9F66:  # contactless chip, online PIN, signature; approval by the issuer demanded
            value = bytes.fromhex("26800000")
        case 0x9F1A | 0x5F2A:  # China (GB/T 2659), yuan
            value = bytes.fromhex("0156")
        case 0x9A:
            value = bytes.fromhex(f"{datetime.now(UTC).astimezone():%y%m%d}")
        case 0x9F35:  # attended by the cardholder only, online
            value = b"\x24"
        case 0x9F37:  # unpredictable
            return secrets.token_bytes(length)
        case _:
            value = b""
    # A list may ask for another length: numbers (country, currency) keep their right end.
    if tag in (0x9F1A, 0x5F2A):
        return value[max(0, len(value) - length) :].rjust(length, b"\0")
    return value[:length].ljust(length, b"\0")


def _first(objects: tuple[Tlv, ...], tag: int) -> Tlv | None:
    return next((found for item in objects if (found := item.find(tag))), None)
