"""What comes out of the printers: slip and proof, from the picture of each to its confirmed end."""

from __future__ import annotations

from dataclasses import replace

from config.catalogue import Kind
from kiosk.visit import cases
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.model import PrintJob, PrintState, Step, SubmissionState, Visit
from kiosk.visit.print_job import Progress
from kiosk.visit.receipt import part

_PENDING = (
    SubmissionState.STORED,
    SubmissionState.UNKNOWN,
    SubmissionState.PREPARING,
    SubmissionState.STUCK,
)
"""Whoever leaves now needs the slip: nothing else proves yet that something was handed in."""
_SLOTS = {"receipt": "print_receipt", "proof": "print_proof"}


PrintOutcome = (
    ev.DocumentFetched | ev.DocumentFailed | ev.PaperComposed | ev.PrintPhase | ev.PrintEnded
)


def touched(d: Draft, event: ev.PrintRequested | ev.PaperDropped) -> None:
    """What a person wants of a paper."""
    match event:
        case ev.PrintRequested():
            print_requested(d, event)
        case ev.PaperDropped():
            dropped(d, event)


def happened(d: Draft, event: PrintOutcome) -> None:
    """News of a paper."""
    match event:
        case ev.DocumentFetched():
            document_fetched(d, event)
        case ev.DocumentFailed():
            document_failed(d, event)
        case ev.PaperComposed():
            composed(d, event)
        case ev.PrintPhase():
            print_phase(d, event)
        case ev.PrintEnded():
            print_ended(d, event)


def start_outputs(d: Draft) -> None:
    """On reaching the result: print the slip, fetch the proof."""
    item, submission = d.visit.item, d.visit.submission
    if item is None or submission is None:
        return
    if "receipt" in item.outputs or submission.state in _PENDING:
        print_receipt(d)
    else:
        compose_receipt(d)
    start_proof(d)


def start_proof(d: Draft) -> None:
    """Fetch and print what was issued; say so where the portal issued nothing printable."""
    item, submission = d.visit.item, d.visit.submission
    if item is None or submission is None or d.visit.proof_print.state is not PrintState.NONE:
        return
    if part(submission, "document") is not None:
        fetch_proof(d)
    elif "proof" in item.outputs and submission.state is SubmissionState.DELIVERED:
        d.set(proof_print=PrintJob("proof", PrintState.FAILED, "document.unavailable"))


_SLIPS = {Kind.QUERY: "answer", Kind.APPOINTMENT: "appointment", Kind.PAY: "payment"}


def slip_kind(visit: Visit) -> str:
    """Which slip belongs to what the visit shows; see :class:`kiosk.visit.effects.PrintReceipt`."""
    act = cases.act_of(visit)
    if act is not None:
        return act.value
    return "ticket" if visit.item is None else _SLIPS.get(visit.item.kind, "submission")


def _has_slip(visit: Visit) -> bool:
    return visit.item is not None or visit.kept is not None


def compose_receipt(d: Draft) -> None:
    """Have the slip drawn that would be printed now, so that it can be looked at first."""
    kind = slip_kind(d.visit)
    if _has_slip(d.visit) and d.visit.receipt_print.state is PrintState.NONE:
        d.issue("compose", lambda n: fx.ComposeReceipt(n, kind))


def print_receipt(d: Draft) -> None:
    """Print the slip for what is known now."""
    kind = slip_kind(d.visit)
    if not _has_slip(d.visit) or "print_receipt" in d.visit.awaiting:
        return
    d.forget("compose")
    d.set(receipt_print=PrintJob("receipt", PrintState.PRINTING))
    d.issue("print_receipt", lambda n: fx.PrintReceipt(n, kind))


def composed(d: Draft, event: ev.PaperComposed) -> None:
    """What is printed, or would be, can be seen."""
    if d.wants("compose", event.effect) or d.wants("print_receipt", event.effect):
        d.forget("compose")
        d.set(receipt_print=_pictured(d.visit.receipt_print, event))
    elif d.wants("print_proof", event.effect):
        d.set(proof_print=_pictured(d.visit.proof_print, event))


def _pictured(job: PrintJob, event: ev.PaperComposed) -> PrintJob:
    return replace(job, picture=event.handle, pictures=event.pages)


def fetch_proof(d: Draft) -> None:
    """Get the issued document into the vault, then print it."""
    submission = d.visit.submission
    document = part(submission, "document")
    if submission is None or document is None or "document" in d.visit.awaiting:
        return
    key, document_id = submission.key, str(document["document_id"])
    d.set(proof_print=PrintJob("proof", PrintState.FETCHING))
    d.issue("document", lambda n: fx.FetchDocument(n, key, document_id))


def document_fetched(d: Draft, event: ev.DocumentFetched) -> None:
    """It is in the vault: print it."""
    if d.wants("document", event.effect):
        d.forget("document")
        d.set(proof_print=PrintJob("proof", handle=event.handle, pages=event.pages))
        print_proof(d)


def document_failed(d: Draft, event: ev.DocumentFailed) -> None:
    """It was issued all the same: it can be printed anywhere with the look-up code."""
    if d.wants("document", event.effect):
        d.forget("document")
        d.set(proof_print=PrintJob("proof", PrintState.FAILED, event.code))


def print_proof(d: Draft) -> None:
    """Print the vault's document."""
    job = d.visit.proof_print
    if not job.handle or "print_proof" in d.visit.awaiting or d.visit.item is None:
        return
    title = d.visit.item.code
    fresh = PrintJob("proof", PrintState.PRINTING, handle=job.handle, pages=job.pages)
    d.set(proof_print=replace(fresh, picture=job.picture, pictures=job.pictures))
    d.issue("print_proof", lambda n: fx.PrintProof(n, job.handle, title))


def print_requested(d: Draft, event: ev.PrintRequested) -> None:
    """Print (again) because the person asked: after a failure, or for the first time.

    A doubtful job is not repeated here: staff look at the slot first.
    """
    visit = d.visit
    if visit.step not in (
        Step.RESULT,
        Step.ANSWER,
        Step.POLICIES,
        Step.KEPT,
    ) or event.paper not in (
        "receipt",
        "proof",
    ):
        return
    job = visit.receipt_print if event.paper == "receipt" else visit.proof_print
    if job.state not in _PRINTABLE:
        return
    if event.paper == "receipt":
        if visit.step not in (Step.ANSWER, Step.POLICIES) or visit.answer is not None:
            print_receipt(d)
    elif job.handle:
        if job.state is not PrintState.CONFIRMED:
            print_proof(d)
    else:
        fetch_proof(d)


_PRINTABLE = (PrintState.NONE, PrintState.FAILED, PrintState.CONFIRMED, PrintState.DROPPED)
_PHASES = {"sent": Progress.CONFIRMING, "sending": Progress.SENDING}


def print_phase(d: Draft, event: ev.PrintPhase) -> None:
    """A printer tells how far it is, halts in mid-job (paper, cover, heat) and goes on, in place."""
    if d.wants("print_receipt", event.effect):
        d.set(receipt_print=_after(d.visit.receipt_print, event))
    elif d.wants("print_proof", event.effect):
        d.set(proof_print=_after(d.visit.proof_print, event))


def _after(job: PrintJob, event: ev.PrintPhase) -> PrintJob:
    goes_on = event.phase in ("printing", "resumed", "page_done", "sent") or not event.code
    page = max(job.page, event.page)
    told = replace(job, page=page, pages=event.pages or job.pages, begun=event.begun or page > 0)
    if not goes_on:
        return replace(told, state=PrintState.WAITING, code=event.code)
    progress = _PHASES.get(event.phase, Progress.PRINTING)
    return replace(told, state=PrintState.PRINTING, code="", progress=progress)


def dropped(d: Draft, event: ev.PaperDropped) -> None:
    """The person goes on without a paper that the printer can't bring out now."""
    for paper, job in (("receipt", d.visit.receipt_print), ("proof", d.visit.proof_print)):
        if paper == event.paper and job.state is PrintState.WAITING:
            _call_off(d, paper)
            d.set(**{f"{paper}_print": replace(job, state=PrintState.DROPPED, code="")})


def call_off(d: Draft) -> None:
    """No paper of this person comes out once nobody waits for it any more."""
    for paper, job in (("receipt", d.visit.receipt_print), ("proof", d.visit.proof_print)):
        if job.state is PrintState.WAITING:
            _call_off(d, paper)


def _call_off(d: Draft, paper: str) -> None:
    if _SLOTS[paper] in d.visit.awaiting:
        d.forget(_SLOTS[paper])
        d.do(fx.CancelPrint(paper))


_ENDED = {
    "confirmed": PrintState.CONFIRMED,
    "doubtful": PrintState.DOUBTFUL,
    "failed": PrintState.FAILED,
}


def print_ended(d: Draft, event: ev.PrintEnded) -> None:
    """Confirmed, doubtful, or nothing printed."""
    state = _ENDED.get(event.outcome, PrintState.DOUBTFUL)
    if d.wants("print_receipt", event.effect):
        d.forget("print_receipt")
        d.set(receipt_print=replace(d.visit.receipt_print, state=state, code=event.code))
    elif d.wants("print_proof", event.effect):
        d.forget("print_proof")
        d.set(proof_print=replace(d.visit.proof_print, state=state, code=event.code))
