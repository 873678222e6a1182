"""Visits at which something is printed, in every state of a paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk.personal import Personal
from kiosk.visit.journey import derive
from kiosk.visit.model import PrintJob, PrintState, Step, Visit
from kiosk.visit.print_job import Progress
from screens import fixtures as fx

SLIP = PrintJob("receipt", picture="slip", pictures=1)
_PROOF = PrintJob("proof", PrintState.PRINTING, pages=2, picture="proof", pictures=2)


def _wanted(proof: Visit) -> dict[str, Visit]:
    """On the way to a proof: the one question, and the look at all of it."""
    asked = fx.PROOF.model_copy(update={"form": fx.ONE_ANSWER})
    asking = replace(proof, step=Step.FORM, item=asked, trail=derive(asked), submission=None)
    answered = {"grade": Personal("360")}
    return {
        "form.answer": asking,
        "form.answered": replace(asking, form=answered),
        "review.proof": replace(asking, step=Step.REVIEW, form=answered),
    }


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
    if proof.submission is not None:  # what is printed was decided
        receipt = {**proof.submission.receipt, "state": "decided"}
        proof = replace(proof, submission=replace(proof.submission, receipt=receipt))
    first = replace(_PROOF, progress=Progress.PRINTING, page=1, begun=True)
    proofs = {
        "fetching": PrintJob("proof", PrintState.FETCHING),
        "proof": replace(_PROOF, state=PrintState.NONE),
        "page": first,
        "paper": replace(first, state=PrintState.WAITING, code="printer.paper_out"),
        "doubtful": replace(first, state=PrintState.DOUBTFUL, code="printer.unconfirmed"),
        "elsewhere": PrintJob("proof", PrintState.FAILED, "document.unavailable"),
    }
    return {
        **_wanted(proof),
        **{f"result.{name}": replace(result, receipt_print=job) for name, job in slips.items()},
        **{f"result.{name}": replace(proof, proof_print=job) for name, job in proofs.items()},
        "answer.halted": replace(answer, receipt_print=halted),
    }
