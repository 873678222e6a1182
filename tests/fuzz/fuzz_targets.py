"""Everything that reads bytes from outside, as functions of bytes that must never raise.

Used by the short run in the suite (``test_fuzz_targets.py``, hypothesis) and by the long one
(``fuzz_run.py``, atheris). A target may raise nothing: what its parser refuses by an exception of its own
is caught here. Seeds are sound messages to begin from.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xfs_script import OPERATIONS, perform_bytes, seed

from drivers.escpos.redaction import EscposRedactor
from drivers.escpos.status import ReplyKind, ReplyParser, decode_asb, decode_paper
from drivers.flight.export import parse_lines
from drivers.host.wire import WireError, restricted_loads
from drivers.indicator.lines import ANSWER, Line, LineReader, encode, parse_board, parse_state
from drivers.ipp.codec import IppFormatError, decode
from drivers.results import Ok, Result
from drivers.scanner.assembly import Assembler
from drivers.scanner.payload import decode_text, parse_gs1
from drivers.scanner.symbols import split_identifier
from drivers.sdt.cards import demo_card
from drivers.sdt.frames import (
    Answer,
    CardContent,
    FrameDecoder,
    encode_answer,
    pack_content,
    parse_answer,
    unpack_content,
)
from drivers.sdt.photo import unpack_stand_in_photo
from drivers.sdt.record import decode_appended_address, decode_record, encode_record
from drivers.sdt.redaction import SdtRedactor
from drivers.smartcard.apdu import Transmit
from drivers.smartcard.bank import options_data, read_bank_card, records_of
from drivers.smartcard.number import masked_number, masked_track
from drivers.smartcard.redaction import ApduRedactor
from drivers.smartcard.resident import read_resident_card
from drivers.smartcard.simulated_cards import CARDS
from drivers.smartcard.social import (
    LENGTHS,
    RecordError,
    bcd_date,
    gbk_text,
    read_social_card,
    record_value,
)
from drivers.smartcard.tlv import TlvError, parse
from drivers.ups.protocol import (
    NutSyntaxError,
    error_of,
    report_of,
    split_words,
    variables_of,
)
from drivers.xfs.chip import protocol_for
from drivers.xfs.messages import SUCCESS, XfsProtocolError
from drivers.xfs.messages import decode as decode_xfs
from drivers.xfs.negotiation import read_capabilities
from drivers.xfs.redaction import XfsRedactor
from drivers.xfs.state import Known, failure_word

LARGEST = 64 * 1024
"""Bytes of one input."""


@dataclass(frozen=True, slots=True)
class Target:
    """``run``: the parser; raises nothing. ``seeds``: sound inputs."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def _pieces(data: bytes) -> list[bytes]:
    """The input as it may arrive: in two pieces, cut where its first byte says."""
    cut = data[0] % len(data) if data else 0
    return [data[:cut], data[cut:]]


def sdt_line(data: bytes) -> None:
    """Frames, answers, a card's content and its record."""
    decoder = FrameDecoder()
    for piece in _pieces(data):
        for found in decoder.feed(piece):
            answer = parse_answer(found) if isinstance(found, bytes) else None
            for with_fingerprint in (False, True):
                content = unpack_content(answer.data, with_fingerprint) if answer else None
                if content is not None:
                    decode_record(content.text, content.photo)


def sdt_record(data: bytes) -> None:
    """A text record, an appended address and a photo by themselves."""
    decode_record(data)
    decode_appended_address(data)
    unpack_stand_in_photo(data)


def escpos_status(data: bytes) -> None:
    """A printer's answers."""
    parser = ReplyParser()
    for piece in _pieces(data):
        for reply in parser.feed(piece):
            if reply.kind is ReplyKind.ASB:
                decode_asb(reply.data)
            elif reply.kind is ReplyKind.IN_ORDER:
                decode_paper(reply.data[0])


def ipp_message(data: bytes) -> None:
    """An IPP answer."""
    try:
        decode(data)
    except IppFormatError:
        return


def scanned_code(data: bytes) -> None:
    """What a serial scanner sends, down to GS1 elements."""
    assembler = Assembler(b"\r", 2048)
    for piece in _pieces(data):
        assembler.feed(piece)
    assembler.silence()
    split = split_identifier(data)
    payload = data if split is None else split[2]
    for encoding in ("utf-8", "gb18030"):
        text = decode_text(payload, encoding, gs1=True)
        if isinstance(text, Ok):
            parse_gs1(text.value)


def panel_lines(data: bytes) -> None:
    """A panel board's lines."""
    reader = LineReader()
    for piece in _pieces(data):
        for line in reader.feed(piece):
            parse_board(line.words)
            parse_state(line.words)


def nut_answer(data: bytes) -> None:
    """upsd's answer to LIST VAR."""
    try:
        lines = [split_words(line) for line in data.decode("utf-8", "replace").split("\n")]
        for words in lines:
            error_of(words)
        report_of(variables_of("ups", lines))
    except NutSyntaxError:
        return


def host_pipe(data: bytes) -> None:
    """A message of a device host, should its process go mad."""
    try:
        restricted_loads(data)
    except WireError:
        return


def card_objects(data: bytes) -> None:
    """BER-TLV objects, a bank card's number, and the lists it hands out."""
    masked_number(data)
    masked_track(data)
    list(records_of(data))
    with contextlib.suppress(TlvError):
        options_data(data)
    try:
        parse(data)
    except TlvError:
        return


def card_records(data: bytes) -> None:
    """Records of a social-security card."""
    for tag in LENGTHS:
        try:
            value = record_value(tag, data)
        except RecordError:
            continue
        for decode_value in (gbk_text, bcd_date):
            with contextlib.suppress(RecordError):
                decode_value(tag, value)


def card_answers(data: bytes) -> None:
    """A card that answers whatever it likes: the input's pieces, each led by its length."""
    answers: list[bytes] = []
    at = 0
    while at < len(data):
        answers.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    for read in (read_social_card, read_bank_card, read_resident_card):
        following = iter(answers)
        read(lambda _, rest=following: Ok(next(rest, b"")))


def xfs_message(data: bytes) -> None:
    """A message of an XFS4IoT service, and what is made of what it tells."""
    kept = XfsRedactor().take(0.0, "in", data)
    assert sum(len(entry.data) + entry.elided for entry in kept) >= len(data)
    try:
        message = decode_xfs(data.decode("utf-8", "replace"))
    except XfsProtocolError:
        return
    if (message.type, message.name, message.code) == ("completion", "Common.Capabilities", SUCCESS):
        read_capabilities(message.payload)
    known = Known()
    known.change(message.payload)
    failure_word((known.payload.get("common") or {}).get("device"))


def chip_start(data: bytes) -> None:
    """A chip's answer to reset, whatever it is, leads to a protocol that is offered."""
    offered = frozenset({"chipT0", "chipT1"})
    assert protocol_for(data, offered) in offered


def recording(data: bytes) -> None:
    """A flight recording handed in as a file."""
    try:
        parse_lines(data.decode("utf-8", "replace").split("\n"))
    except ValueError:
        return


def redactors(data: bytes) -> None:
    """What the flight recorder makes of a wire gone mad; every byte is accounted for."""
    for make in (SdtRedactor, EscposRedactor, ApduRedactor):
        redactor = make()
        kept = [e for piece in _pieces(data) for e in redactor.take(0.0, "in", piece)]
        kept += redactor.settle()
        assert sum(len(entry.data) + entry.elided for entry in kept) == len(data)


def _card_answer() -> bytes:
    content = CardContent(encode_record(demo_card("resident")), bytes(1024))
    return encode_answer(Answer(0, 0, 0x90, pack_content(content)))


def _said_by(name: str, read: Callable[[Transmit], object]) -> bytes:
    """All that a simulated card says during a reading, as ``card_answers`` takes it."""
    card = CARDS[name]()
    said = bytearray()

    def transmit(apdu: bytes) -> Result[bytes]:
        response = card.respond(apdu)
        said.extend([len(response), *response])
        return Ok(response)

    read(transmit)
    return bytes(said)


TARGETS: Mapping[str, Target] = {
    "sdt-line": Target(sdt_line, (_card_answer(),)),
    "sdt-record": Target(sdt_record, (encode_record(demo_card("resident")),)),
    "escpos-status": Target(escpos_status, (b"\x12\x14\x00\x00\x0f", b'7"0042\x00')),
    "ipp-message": Target(
        ipp_message,
        (
            b"\x01\x01\x00\x00\x00\x00\x00\x01\x01G\x00\x12attributes-charset\x00\x05utf-8"
            b"\x04!\x00\x10printer-state   \x00\x04\x00\x00\x00\x03\x03",
        ),
    ),
    "scanned-code": Target(scanned_code, (b"]Q30109521234543213\x1d10ABC\r", b"\xe7\xa0\x81\r")),
    "panel-lines": Target(
        panel_lines, (encode(Line(ANSWER, 7, ("OK", "PERSON=NEAR", "LAMPS=-", "UP=12"))),)
    ),
    "nut-answer": Target(
        nut_answer,
        (
            b"BEGIN LIST VAR ups\n",
            b'VAR ups ups.status "OB LB"\nVAR ups battery.charge "9"',
            b"ERR DATA-STALE",
        ),
    ),
    "card-objects": Target(card_objects, (bytes.fromhex("70115A086200000000000005"),)),
    "card-records": Target(
        card_records, (bytes.fromhex("0504") + b"\x20\x20\x01\x01", b"\x08\x12440599199001010010")
    ),
    "card-answers": Target(
        card_answers,
        (
            _said_by("social_security_t0", read_social_card),
            _said_by("bank_contactless", read_bank_card),
            _said_by("bank", read_bank_card),
        ),
    ),
    "xfs-message": Target(
        xfs_message,
        (
            b'{"header": {"type": "completion", "name": "Common.Status", "requestId": 1,'
            b' "version": "2.0", "status": "success"}, "payload": {}}',
            b'{"header": {"type": "completion", "name": "CardReader.ChipIO", "requestId": 2,'
            b' "version": "3.0"}, "payload": {"chipProtocol": "chipT0", "chipData": "kAA="}}',
            b'{"header": {"type": "completion", "name": "Common.Capabilities", "requestId": 3,'
            b' "version": "3.0"}, "payload": {"interfaces": [{"name": "Common", "commands":'
            b' {"Common.Status": {"versions": ["3.0"]}}}], "common": {"serviceVersion": "1"}}}',
            b'{"header": {"type": "unsolicited", "name": "Common.StatusChangedEvent",'
            b' "version": "3.0"}, "payload": {"cardReader": {"media": "entering"}}}',
        ),
    ),
    "xfs-script": Target(perform_bytes, tuple(seed(name) for name in OPERATIONS)),
    "chip-start": Target(chip_start, (bytes.fromhex("3BF01100FF0100"),)),
    "host-pipe": Target(host_pipe, (b"\x80\x05N.", b"\x80\x05]\x94K\x01a.")),
    "recording": Target(recording, (b'{"device": "reader"}\n{"at": 1.0}',)),
    "redactors": Target(redactors, (_card_answer(),)),
}
