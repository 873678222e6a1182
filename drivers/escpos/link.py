"""The conversation with one printer: blocks out, status queries between them, answers sorted.

Knows the protocol, not the job: who decides what to print and when to give up is
:mod:`drivers.escpos.printer`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drivers.escpos import encoding
from drivers.escpos.status import (
    PaperStatus,
    PrinterStatus,
    Reply,
    ReplyKind,
    ReplyParser,
    decode_asb,
    decode_paper,
    merge_realtime,
)
from drivers.escpos.transport import Transport

_QUERY_SEND_S = 0.2
# the kernel does not wake anybody when the far end has taken bytes: looked for in growing steps
_FIRST_LOOK_S = 0.0005
_LONGEST_LOOK_S = 0.01
_MOST_OPEN_QUERIES = 32


@dataclass(frozen=True, slots=True)
class LinkTimings:
    """Waits of the conversation, in seconds.

    ``reask_s``: an unanswered query is sent again after this. ``straggler_s``: how long the answer
    to an earlier, repeated query may come late before it counts as lost.
    """

    reask_s: float = 1.0
    straggler_s: float = 0.2


class Link:
    """One printer on one transport. Not thread-safe: a printer has one owner."""

    def __init__(
        self,
        transport: Transport,
        timings: LinkTimings | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._timings = timings or LinkTimings()
        self._clock = clock
        self._parser = ReplyParser()
        self._unsent = b""
        self._query = 0
        self._asked = 0
        self._asked_at = 0.0
        self._answers: list[int] = []
        self.asb: PrinterStatus | None = None
        self._pushes = 0
        self.held_off = False
        self.lost_answers = 0
        self.process_ids: set[bytes] = set()
        self.paper: PaperStatus | None = None
        self._paper_expected = 0
        self.heard_anything = False

    @property
    def at_boundary(self) -> bool:
        """True if the last block went out whole, so that a real-time query may be sent."""
        return not self._unsent

    def taken(self) -> bool:
        """True if the far end has taken every byte handed over."""
        return self.at_boundary and self._transport.unacknowledged() == 0

    def await_taken(self, but: int, deadline: float) -> bool:
        """Wait until the far end has taken all but ``but`` bytes; False if not by ``deadline``.

        Answers that come meanwhile are taken in. A status that is pushed ends the wait with False:
        it may say that nothing more will be taken.
        """
        pause, pushes = _FIRST_LOOK_S, self._pushes
        while self.flush(now := self._clock()) and self._transport.unacknowledged() > but:
            if now >= deadline or self._pushes != pushes:
                return False
            self.pump(min(pause, deadline - now))
            pause = min(2 * pause, _LONGEST_LOOK_S)
        return self.at_boundary

    def start_job(self) -> None:
        """Forget answers of an earlier job; half-received ones too."""
        self.pump(0.0)
        self._parser.reset()
        self._query = self._asked = 0
        self._answers.clear()
        self.held_off = False
        self.lost_answers = 0
        self.process_ids.clear()
        self.paper = None

    def expect_paper_answer(self) -> None:
        """Note that a GS r 1 is on its way: its answers come in order and must be counted."""
        self._paper_expected += 1

    def forget_paper_answers(self) -> None:
        """Stop expecting answers to earlier GS r 1 (the printer lost them)."""
        self._paper_expected = 0

    @property
    def paper_answered(self) -> PaperStatus | None:
        """Answer to the last GS r 1, once none is outstanding."""
        return None if self._paper_expected else self.paper

    def send(self, block: bytes, deadline: float) -> int:
        """Hand over ``block`` by ``deadline``; returns how many of its bytes went out.

        What did not go out is kept and must be sent with :meth:`flush` before anything else.
        """
        if self._unsent:
            raise RuntimeError("the last block is still unsent")
        sent = self._transport.send(block, deadline)
        self._unsent = block[sent:]
        return sent

    def flush(self, deadline: float) -> bool:
        """Go on sending the last block; True once it is out."""
        if self._unsent:
            sent = self._transport.send(self._unsent, deadline)
            self._unsent = self._unsent[sent:]
        return not self._unsent

    def pump(self, timeout_s: float) -> bool:
        """Take in answers, waiting up to ``timeout_s`` for the first. True if any came."""
        data = self._transport.receive(timeout_s)
        for reply in self._parser.feed(data):
            self._take(reply)
        self.heard_anything = self.heard_anything or bool(data)
        return bool(data)

    def _take(self, reply: Reply) -> None:
        match reply.kind:
            case ReplyKind.REALTIME:
                # only answers to a query count: raster data can provoke uncalled-for ones
                if self._asked:
                    self._asked -= 1
                    self._answers.append(reply.data[0])
            case ReplyKind.ASB:
                self.asb = decode_asb(reply.data)
                self._pushes += 1
            case ReplyKind.IN_ORDER:
                if self._paper_expected:
                    self._paper_expected -= 1
                    self.paper = decode_paper(reply.data[0])
            case ReplyKind.PROCESS_ID:
                self.process_ids.add(reply.data)
            case ReplyKind.XON | ReplyKind.XOFF:
                self.held_off = reply.kind is ReplyKind.XOFF
            case ReplyKind.NOISE:
                pass

    def ask(self, query: int, deadline: float) -> int | None:
        """DLE EOT ``query``; the answer byte, or None if none came by ``deadline``.

        Repeated while unanswered. Answers do not name their query, so one that is still open is
        settled first; one that never comes is counted in :attr:`lost_answers`: on a serial line it
        is the only trace a power-cycle leaves.
        """
        if not self.flush(self._clock()):
            return None
        if self._asked and self._query != query and self._repeat(self._query, deadline) is None:
            return None
        self._answers.clear()
        return self._repeat(query, deadline)

    def _repeat(self, query: int, deadline: float) -> int | None:
        self._query = query
        while not self._answers:
            now = self._clock()
            if self._asked and now >= deadline:
                return None
            if not self._asked or now >= self._asked_at + self._timings.reask_s:
                self._send_query(query)
            again = min(deadline, self._asked_at + self._timings.reask_s)
            while not self._answers and self._clock() < again:
                self.pump(again - self._clock())
        self._settle()
        return self._answers[-1]

    def _send_query(self, query: int) -> None:
        code = encoding.ask_status(query)
        self._asked_at = self._clock()
        # a blocked line must not fill with queries
        if self.flush(self._clock()) and self._asked < _MOST_OPEN_QUERIES:
            self._asked += 1
            self.send(code, self._clock() + _QUERY_SEND_S)

    def _settle(self) -> None:
        limit = self._clock() + self._timings.straggler_s
        while self._asked and self._clock() < limit:
            self.pump(limit - self._clock())
        self.lost_answers += self._asked
        self._asked = 0

    def status(self, deadline: float) -> PrinterStatus | None:
        """All four DLE EOT queries; None if the printer stayed silent on one of them."""
        status, pushes = PrinterStatus(), self._pushes
        for query in (1, 2, 3, 4):
            byte = self.ask(query, deadline)
            if byte is None:
                return None
            status = merge_realtime(status, query, byte)
        if self._pushes == pushes:
            self.asb = None  # an earlier automatic status is out of date now
        return status

    def brief_status(self, deadline: float) -> PrinterStatus | None:
        """DLE EOT 1 and 4; the other two only if these say that something is wrong.

        A status pushed meanwhile is newer than the first answer, and may be the last word for long:
        a printer that halts with its buffer full no longer hears a query.
        """
        status, pushes = PrinterStatus(), self._pushes
        for query in (1, 4):
            byte = self.ask(query, deadline)
            if byte is None:
                return None
            status = merge_realtime(status, query, byte)
        if not (status.offline or status.paper_end):
            if self._pushes != pushes:
                return self.asb
            self.asb = None
            return status
        return self.status(deadline)

    def close(self) -> None:
        """Release the transport."""
        self._transport.close()
