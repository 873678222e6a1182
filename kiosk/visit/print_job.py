"""What a person knows of one paper: never more than the printer itself has said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PrintState(StrEnum):
    """Accepted is not done: ``confirmed`` by the device, or ``doubtful``. ``waiting``: the printer
    halts for a person; ``dropped``: the person goes on without this paper."""

    NONE = "none"
    FETCHING = "fetching"
    PRINTING = "printing"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    DROPPED = "dropped"


class Progress(StrEnum):
    """How far a job is by the printer's own word: on its way to it, begun, or all of it handed over
    and the end still to be confirmed."""

    SENDING = "sending"
    PRINTING = "printing"
    CONFIRMING = "confirming"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Receipt (``paper="receipt"``) or proof (``paper="proof"``).

    ``handle``: the proof in the vault, of so many ``pages``. ``page``: pages that the printer says are
    done; ``begun``: something of it may be on paper. ``picture``: what is printed, as a picture of so
    many ``pictures`` pages (``handle:1`` and so on), once it is laid out.
    """

    paper: str
    state: PrintState = PrintState.NONE
    code: str = ""
    handle: str = ""
    pages: int = 0
    progress: Progress = Progress.SENDING
    page: int = 0
    begun: bool = False
    picture: str = ""
    pictures: int = 0


NO_RECEIPT, NO_PROOF = PrintJob("receipt"), PrintJob("proof")
"""Nothing was asked for yet."""
