"""The conversation with a printer, byte by byte, over a real socket pair."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from drivers.escpos.link import Link, LinkTimings
from drivers.escpos.status import PaperStatus
from drivers.escpos.transport import TcpTransport, TransportError

Ends = tuple[Link, socket.socket]
QUICK = LinkTimings(reask_s=0.05, straggler_s=0.05)


@pytest.fixture
def ends() -> Iterator[Ends]:
    near, far = socket.socketpair()
    near.setblocking(False)
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    link = Link(TcpTransport(near), QUICK)
    yield link, far
    link.close()
    far.close()


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


def test_xoff_holds_and_xon_releases(ends: Ends) -> None:
    link, far = ends
    far.sendall(b"\x13")
    assert link.pump(5)
    assert link.held_off
    far.sendall(b"\x11")
    assert link.pump(5)
    assert not link.held_off


def test_an_answer_that_never_came_is_counted(ends: Ends) -> None:
    link, far = ends

    def printer() -> None:
        asked = b""
        while len(asked) < 6:  # the first question is lost, the second answered
            asked += far.recv(100)
        far.sendall(b"\x16")

    thread = threading.Thread(target=printer)
    thread.start()
    assert link.ask(2, soon()) == 0x16
    thread.join()
    assert link.lost_answers >= 1


def test_a_late_answer_settles_its_own_question_first(ends: Ends) -> None:
    link, far = ends
    assert link.ask(1, time.monotonic()) is None
    assert far.recv(100) == b"\x10\x04\x01"

    def printer() -> None:
        far.sendall(b"\x1a")  # late, and to question 1
        asked = b""
        while not asked.endswith(b"\x10\x04\x04"):
            asked = far.recv(100)
            far.sendall(b"\x12" * asked.count(b"\x10\x04"))

    thread = threading.Thread(target=printer)
    thread.start()
    assert link.ask(4, soon()) == 0x12
    thread.join()
    assert link.lost_answers == 0


def test_uncalled_for_answers_are_ignored(ends: Ends) -> None:
    link, far = ends
    far.sendall(b"\x1a\x0f\xff\x37\x22abcd\0")
    assert link.pump(5)
    assert link.paper_answered is None
    assert link.process_ids == {b"abcd"}
    assert link.lost_answers == 0


def test_in_order_answers_are_counted(ends: Ends) -> None:
    link, far = ends
    link.expect_paper_answer()
    link.expect_paper_answer()
    far.sendall(b"\x0f")
    assert link.pump(5)
    assert link.paper_answered is None  # that was the answer to the earlier question
    far.sendall(b"\x00")
    assert link.pump(5)
    assert link.paper_answered == PaperStatus()


def test_no_query_goes_out_inside_a_block(ends: Ends) -> None:
    link, far = ends
    block = bytes(200_000)
    sent = link.send(block, time.monotonic() + 0.05)
    assert 0 < sent < len(block)
    assert not link.taken()
    assert link.ask(1, time.monotonic()) is None
    with pytest.raises(RuntimeError, match="unsent"):
        link.send(b"x", soon())
    received = bytearray()

    def drain() -> None:
        while len(received) < len(block):
            received.extend(far.recv(65536))

    thread = threading.Thread(target=drain)
    thread.start()
    assert link.flush(soon())
    thread.join()
    assert received == block
    assert link.taken()


def test_a_broken_wire_is_told_apart_from_silence(ends: Ends) -> None:
    link, far = ends
    assert not link.pump(0.0)
    far.close()
    with pytest.raises(TransportError) as caught:
        link.pump(5)
    assert caught.value.code == "device.gone"


def test_a_halt_pushed_between_two_answers_is_not_missed(ends: Ends) -> None:
    """With its buffer full a printer hears no further query: the push is its last word."""
    link, far = ends

    def printer() -> None:
        answers = {b"\x10\x04\x01": b"\x12\x18\x40\x00\x00", b"\x10\x04\x04": b"\x12"}
        for question, answer in answers.items():
            assert far.recv(3) == question
            far.sendall(answer)

    thread = threading.Thread(target=printer)
    thread.start()
    status = link.brief_status(soon())
    thread.join()
    assert status is not None
    assert status.failure == "printer.too_hot"
    assert link.brief_status(soon(0.2)) is None
    assert link.asb == status


def test_a_push_from_before_the_answers_is_out_of_date(ends: Ends) -> None:
    link, far = ends
    far.sendall(b"\x18\x40\x00\x00")
    assert link.pump(5)

    def printer() -> None:
        for _ in range(2):
            far.recv(3)
            far.sendall(b"\x12")

    thread = threading.Thread(target=printer)
    thread.start()
    status = link.brief_status(soon())
    thread.join()
    assert status is not None
    assert status.failure is None
    assert link.asb is None
