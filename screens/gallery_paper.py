"""Visits at which something is printed, in every state of a paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit.model import PrintJob, PrintState, Visit
from kiosk.visit.print_job import Progress

SLIP = PrintJob("receipt", picture="slip", pictures=1)
_PROOF = PrintJob("proof", PrintState.PRINTING, pages=2, picture="proof", pictures=2)


def paper_visits(result: Visit, proof: Visit, answer: Visit) -> dict[str, Visit]:
    """By name: a result with a slip, one with a proof, and an answer that can be printed."""
    halted = replace(SLIP, state=PrintState.WAITING, code="printer.paper_out", begun=True)
    slips = {
        "unprinted": SLIP,
        "sending": replace(SLIP, state=PrintState.PRINTING),
        "confirming": replace(SLIP, state=PrintState.PRINTING, progress=Progress.CONFIRMING),
        "cover": replace(SLIP, state=PrintState.WAITING, code="printer.cover_open"),
        "hot": replace(halted, code="printer.too_hot"),
        "jammed": replace(SLIP, state=PrintState.FAILED, code="printer.jam"),
        "unplugged": replace(SLIP, state=PrintState.FAILED, code="device.gone"),
        "dropped": replace(SLIP, state=PrintState.DROPPED),
    }
    first = replace(_PROOF, progress=Progress.PRINTING, page=1, begun=True)
    proofs = {
        "page": first,
        "paper": replace(first, state=PrintState.WAITING, code="printer.paper_out"),
        "doubtful": replace(first, state=PrintState.DOUBTFUL, code="printer.unconfirmed"),
        "elsewhere": PrintJob("proof", PrintState.FAILED, "document.unavailable"),
    }
    return {
        **{f"result.{name}": replace(result, receipt_print=job) for name, job in slips.items()},
        **{f"result.{name}": replace(proof, proof_print=job) for name, job in proofs.items()},
        "answer.halted": replace(answer, receipt_print=halted),
    }
