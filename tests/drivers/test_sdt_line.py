"""The line below the adapter, with a far end no reader would be; and the simulated SAM alone."""

from __future__ import annotations

import os
import termios
import threading
import time
import tty
from collections.abc import Iterator

import pytest

from drivers.ports import AdapterContext
from drivers.results import Failure, Ok
from drivers.sdt import SdtSerialReader, demo_card
from drivers.sdt.frames import (
    Answer,
    Command,
    FrameDecoder,
    Request,
    StatusWord,
    encode_answer,
    encode_body,
    parse_answer,
    unpack_content,
)
from drivers.sdt.line import Patience, SdtLine, fits
from drivers.sdt.record import decode_record
from drivers.sdt.simulated_sam import SimulatedSam


class FarEnd:
    """The other end of the cable: bytes put on it by hand."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        opened = SdtLine.open(os.ttyname(self.slave), 115200, 0.3)
        assert isinstance(opened, Ok)
        self.line = opened.value

    def send_when_asked(self, *pieces: bytes) -> threading.Thread:
        """Wait for one request, then put ``pieces`` on the line."""

        def run() -> None:
            os.read(self.master, 64)
            for piece in pieces:
                os.write(self.master, piece)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def close(self) -> None:
        self.line.close()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def far() -> Iterator[FarEnd]:
    end = FarEnd()
    yield end
    end.close()


def _patience(seconds: float = 20.0) -> Patience:
    return Patience(time.monotonic() + seconds, lambda: False)


def test_noise_alone_is_no_answer(far: FarEnd) -> None:
    thread = far.send_when_asked(b"\x00\x55hello\xaa\xaa")
    result = far.line.exchange(Command.FIND_CARD, _patience())
    thread.join()
    assert result == Failure("device.protocol", "FIND_CARD: noise only")


def test_a_line_that_never_stops_babbling_keeps_nobody_waiting(far: FarEnd) -> None:
    stop = threading.Event()

    def babble() -> None:
        while not stop.wait(0.02):
            os.write(far.master, b"\x55" * 8)

    thread = threading.Thread(target=babble)
    thread.start()
    result = far.line.exchange(Command.FIND_CARD, _patience())
    stop.set()
    thread.join()
    assert isinstance(result, Failure)
    assert result.code == "device.protocol"


def test_a_line_that_takes_no_bytes_is_offline(far: FarEnd) -> None:
    termios.tcflow(far.slave, termios.TCOOFF)
    result = far.line.exchange(Command.SAM_STATUS, _patience())
    termios.tcflow(far.slave, termios.TCOON)
    assert result == Failure("device.offline", "SAM_STATUS: the line takes no bytes")


def test_answers_to_other_questions_are_passed_over(far: FarEnd) -> None:
    wanted = Answer(0, 0, StatusWord.NO_CARD)
    thread = far.send_when_asked(
        encode_answer(Answer(0, 0, StatusWord.OK, bytes(1284))),
        encode_answer(Answer(0, 0, StatusWord.SELECT_FAILED)),
        encode_body(b"\x01\x02"),
        encode_answer(wanted),
    )
    assert far.line.exchange(Command.FIND_CARD, _patience()) == Ok(wanted)
    thread.join()


def test_an_answer_given_up_is_waited_out(far: FarEnd) -> None:
    gave_up = far.line.exchange(Command.FIND_CARD, _patience(0.05))
    assert isinstance(gave_up, Failure)
    assert gave_up.code == "device.timeout"
    os.read(far.master, 64)
    os.write(far.master, encode_answer(Answer(0, 0, StatusWord.CARD_FOUND, bytes(4))))
    thread = far.send_when_asked(encode_answer(Answer(0, 0, StatusWord.NO_CARD)))
    result = far.line.exchange(Command.FIND_CARD, _patience())
    thread.join()
    assert isinstance(result, Ok)
    assert result.value.status is StatusWord.NO_CARD


def test_nothing_is_sent_once_patience_has_ended(far: FarEnd) -> None:
    over = far.line.exchange(Command.FIND_CARD, _patience(-1.0))
    assert over == Failure("device.timeout", "FIND_CARD")
    cancelled = Patience(time.monotonic() + 20.0, lambda: True)
    assert far.line.exchange(Command.FIND_CARD, cancelled) == Failure(
        "device.cancelled", "FIND_CARD"
    )
    assert far.line.idle(20.0, cancelled) == Failure("device.cancelled")
    os.set_blocking(far.master, False)
    with pytest.raises(BlockingIOError):
        os.read(far.master, 1)


def test_a_device_that_speaks_something_else_is_not_opened() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    options = {"port": os.ttyname(slave), "answer_s": 0.1}
    reader = SdtSerialReader(AdapterContext("r", options, lambda _n, _d: None, lambda: False))

    def answer_twice() -> None:
        for _ in range(2):
            os.read(master, 64)
            os.write(master, b"\x12\x12\x12\x12")

    thread = threading.Thread(target=answer_twice)
    thread.start()
    result = reader.open()
    thread.join()
    reader.close()
    os.close(master)
    os.close(slave)
    assert isinstance(result, Failure)
    assert result.code == "device.protocol"


@pytest.mark.parametrize("command", list(Command))
def test_a_plain_error_fits_any_question_and_a_record_only_a_read(command: Command) -> None:
    assert fits(command, Answer(0, 0, StatusWord.SAM_SELF_TEST_FAILED))
    assert fits(command, Answer(0, 0, 0x77))
    assert not fits(command, Answer(0, 0, 0x77, b"data"))
    record = Answer(0, 0, StatusWord.OK, bytes(1284))
    assert fits(command, record) == (
        command in (Command.READ_TEXT_PHOTO, Command.READ_TEXT_PHOTO_FINGERPRINT)
    )


def _ask(sam: SimulatedSam, code: int, parameter: int) -> Answer:
    frames = b"".join(chunk.data for chunk in sam.answer(Request(code, parameter)))
    [body] = FrameDecoder().feed(frames)
    assert isinstance(body, bytes)
    answer = parse_answer(body)
    assert answer is not None
    return answer


def test_the_simulated_sam_follows_the_published_sequence() -> None:
    sam = SimulatedSam()
    assert _ask(sam, 0x10, 0xFF).status is StatusWord.OK
    assert len(_ask(sam, 0x12, 0xFF).data) == 16
    assert _ask(sam, 0x99, 0x01).status is StatusWord.COMMAND_ERROR
    assert _ask(sam, 0x30, 0x03).status is StatusWord.ITEM_ABSENT
    assert _ask(sam, 0x20, 0x01).status is StatusWord.NO_CARD
    sam.lay(demo_card("resident", bytes(1024)))
    assert _ask(sam, 0x20, 0x02).status is StatusWord.SELECT_FAILED
    assert _ask(sam, 0x30, 0x01).status is StatusWord.READING_FAILED
    assert _ask(sam, 0x20, 0x01).status is StatusWord.CARD_FOUND
    assert _ask(sam, 0x20, 0x02).status is StatusWord.OK
    assert len(_ask(sam, 0x30, 0x10).data) == 6 + 256 + 1024
    content = unpack_content(_ask(sam, 0x30, 0x01).data)
    assert content is not None
    assert decode_record(content.text, content.photo) == Ok(demo_card("resident", bytes(1024)))
    assert _ask(sam, 0x20, 0x01).status is StatusWord.NO_CARD


def test_the_simulated_sam_can_do_without_lifting_and_reports_damaged_requests() -> None:
    sam = SimulatedSam(lift_before_next_read=False)
    sam.lay(demo_card("resident"))
    for _ in range(2):
        assert _ask(sam, 0x20, 0x01).status is StatusWord.CARD_FOUND
        assert _ask(sam, 0x20, 0x02).status is StatusWord.OK
        assert _ask(sam, 0x30, 0x01).status is StatusWord.OK
    [chunk] = sam.damaged_request()
    assert chunk.data == encode_answer(Answer(0, 0, StatusWord.REQUEST_CHECKSUM))
