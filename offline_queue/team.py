"""What the workers of one destination share: the items claimed for it.

Claimed items lie in one row for all of a destination's workers, so that one that hangs keeps no other
waiting. More are claimed while those at hand are being tried, and that claim goes into the commit that
records what was tried meanwhile: nobody waits for the disk while there is something to do, and a
backlog takes few commits.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from offline_queue.moves import CLAIMED_BYTES, Claim


@dataclass(frozen=True, slots=True)
class Turn:
    """A claim for a worker to try. ``probing``: it is the one that finds out whether the destination
    is back."""

    claim: Claim
    probing: bool


class Team:
    """The workers of one destination. Thread-safe.

    ``allowance`` says how many may be claimed now, and whether as a probe; ``probed`` is told of a
    probe for which nothing was due. ``ask`` claims up to so many.
    """

    def __init__(
        self,
        allowance: Callable[[], tuple[int, bool]],
        probed: Callable[[], None],
        ask: Callable[[int], Future[list[Claim]]],
    ) -> None:
        self._allowance = allowance
        self._probed = probed
        self._ask = ask
        self.threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._ready: deque[Turn] = deque()
        self._asked = False
        #: more are claimed when no more than that are left
        self._low = 0
        #: as many must have been tried meanwhile, where the last claim left nothing
        self._enough = 0
        #: the last claim brought as many as there may be at once: there may be more
        self._plenty = True
        #: since the last claim that brought nothing, something may have become due
        self._hopeful = True
        self._settled = 0
        self._trouble: BaseException | None = None

    @property
    def crowded(self) -> bool:
        """Whether claims lie here that nobody tries yet."""
        return bool(self._ready)

    def hope(self) -> None:
        """Something is due, as far as is known."""
        with self._changed:
            self._hopeful = True

    def settled(self) -> None:
        """A verdict was handed in to be recorded: what stands behind it may be claimed."""
        with self._changed:
            self._settled += 1
            self._hopeful = True

    def take(self) -> Turn | None:
        """The next to try, waiting while a claim is under way; ``None`` when nothing is due or
        nothing may be tried. Raises OutboxError when the claim could not be made, for one worker."""
        with self._changed:
            while True:
                if self._wants():
                    self._claim()
                if self._ready:
                    return self._ready.popleft()
                if self._trouble is not None:
                    trouble, self._trouble = self._trouble, None
                    raise trouble
                if not self._asked:
                    return None
                self._changed.wait()

    def _wants(self) -> bool:
        if self._asked:
            return False
        if not self._ready:
            return self._hopeful
        return len(self._ready) <= self._low and (self._plenty or self._settled > self._enough)

    def _claim(self) -> None:
        limit, probing = self._allowance()
        if not limit:
            return
        self._asked, self._settled, self._hopeful = True, 0, False
        self._low, self._enough = limit * 3 // 4, limit // 4
        try:
            claimed = self._ask(limit)
        except BaseException:
            self._asked = False
            if probing:
                self._probed()
            raise
        claimed.add_done_callback(lambda done: self._claimed(done, limit, probing))

    def _claimed(self, done: Future[list[Claim]], limit: int, probing: bool) -> None:
        # On the writer's thread, or on the one that asked, which holds the lock: it may be taken twice.
        claims = [] if done.exception() is not None else done.result()
        if probing and not claims:
            self._probed()
        with self._changed:
            self._asked = False
            self._trouble = done.exception()
            self._ready.extend(Turn(claim, probing) for claim in claims)
            # a claim may have brought fewer because they are large
            large = sum(len(claim.body or b"") for claim in claims) >= CLAIMED_BYTES
            self._plenty = large or len(claims) == limit
            if large:
                self._low = len(claims) * 3 // 4
            self._hopeful = self._hopeful or bool(claims)
            self._changed.notify_all()
