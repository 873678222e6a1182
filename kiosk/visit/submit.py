"""Submission, payment, and what comes out of the printers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from config.catalogue import Kind
from kiosk import forms
from kiosk.visit import cases, papers
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.errand import assurance, consent_version, holder_for
from kiosk.visit.journey import may_defer
from kiosk.visit.model import (
    PaymentState,
    PrintJob,
    PrintState,
    Step,
    Submission,
    SubmissionState,
    Visit,
)

VERDICT_WAIT_S = 8.0
"""How long the person waits for the verdict of a submission that may be deferred."""
MUST_BE_ONLINE_S = 20.0
"""After this a submission that may not wait is given up, if it was never sent."""
WITHDRAW_WAIT_S = 10.0

_PENDING = (
    SubmissionState.STORED,
    SubmissionState.UNKNOWN,
    SubmissionState.PREPARING,
    SubmissionState.STUCK,
)
_RETRYABLE = (SubmissionState.REJECTED, SubmissionState.WITHDRAWN, SubmissionState.REFUSED)


def may_submit(d: Draft) -> bool:
    """Consent to the text shown, identity as the item demands, and nothing submitted already."""
    visit = d.visit
    if visit.item is None or visit.route is None:
        return False
    if not cases.agreed(visit, consent_version(visit)):
        return False
    if assurance(visit)["level"] < visit.item.identification.value:
        return False
    if Step.STAFF in visit.trail and not visit.staff_authorised:
        return False
    if Step.MATERIALS in visit.trail and not papers.complete(visit):
        return False
    return visit.submission is None or visit.submission.state in _RETRYABLE


def start_submission(d: Draft) -> None:
    """Hand everything over to be sealed and stored; shows SUBMITTING."""
    visit = d.visit
    item, route = visit.item, visit.route
    if item is None or route is None or not may_submit(d):
        return
    reached = assurance(visit)
    patience = None if may_defer(item) else MUST_BE_ONLINE_S
    d.set(submission=Submission("", "", SubmissionState.PREPARING))
    if cases.acting(visit) is not None:
        cases.hand_in(d, patience)
        return
    d.issue(
        "store",
        lambda n: fx.Submit(
            effect=n,
            item=item.code,
            item_version=item.version,
            kind=item.kind.value,
            route=route,
            holder=holder_for(visit),
            assurance_level=reached["level"],
            assurance_methods=reached["methods"],
            face=visit.face,
            staff=visit.staff_authorised or visit.staff_verified,
            form=forms.cleaned(visit.form),
            consent=visit.consent,
            signature=visit.signature,
            bill_ids=tuple(sorted(visit.bills_chosen)),
            slot_id=visit.slot.slot_id if visit.slot else "",
            pages=papers.enclosed(visit),
            wants_document="proof" in item.outputs,
            expires_after_s=patience,
        ),
    )


def stored(d: Draft, event: ev.Stored) -> None:
    """It can no longer be lost; now wait a little for the verdict."""
    if not d.wants("store", event.effect):
        return
    d.forget("store")
    d.set(
        submission=Submission(
            event.key,
            event.lookup_code,
            SubmissionState.STORED,
            event.accepted_at,
            clock_sure=event.clock_sure,
        )
    )
    item = d.visit.item
    deferrable = item is not None and may_defer(item)
    d.start_timer("verdict", VERDICT_WAIT_S if deferrable else MUST_BE_ONLINE_S + WITHDRAW_WAIT_S)


def store_refused(d: Draft, event: ev.StoreRefused) -> None:
    """Nothing was submitted: say so where everything is still there."""
    if not d.wants("store", event.effect):
        return
    d.forget("store")
    d.set(submission=Submission("", "", SubmissionState.REFUSED, code=event.code))
    d.show(cases.last_look(d.visit))
    d.trouble(event.code, "retry", "staff", "leave")


_NEWS = frozenset(SubmissionState) - {SubmissionState.PREPARING, SubmissionState.REFUSED}


def verdict_arrived(d: Draft, event: ev.VerdictArrived) -> bool:
    """News of the present submission; True if the person goes on to payment or result with it."""
    submission = d.visit.submission
    if submission is None or not submission.key or submission.key != event.key:
        return False
    if submission.state in (SubmissionState.DELIVERED, SubmissionState.REJECTED):
        return False
    if event.state not in _NEWS:
        return False
    d.set(
        submission=replace(
            submission,
            state=event.state,
            receipt=MappingProxyType(dict(event.receipt)),
            code=event.code,
        )
    )
    if event.state is SubmissionState.DELIVERED:
        return _delivered(d)
    if d.visit.step is not Step.SUBMITTING:
        return False
    match event.state:
        case SubmissionState.REJECTED | SubmissionState.WITHDRAWN:
            d.stop_timer("verdict")
            _back_to_review(d, event)
            return False
        case SubmissionState.STUCK:
            return True
        case _:
            return False


def _delivered(d: Draft) -> bool:
    """True if the news changes the screen. It may come after the result "not confirmed yet" was
    shown, or after a withdrawal that was overtaken."""
    visit = d.visit
    if visit.step is Step.RESULT:
        if part(visit.submission, "payment") and visit.payment is PaymentState.NONE:
            return True
        start_proof(d)
        return False
    return visit.step in visit.trail and visit.trail.index(visit.step) <= visit.trail.index(
        Step.SUBMITTING
    )


def _back_to_review(d: Draft, event: ev.VerdictArrived) -> None:
    withdrawn = event.state is SubmissionState.WITHDRAWN
    if event.code == "portal.slot_taken" and Step.SLOTS in d.visit.trail:
        d.set(slots=(), slot=None)
        d.show(Step.SLOTS)
        d.trouble(event.code, "retry", "leave")
        return
    if event.code == "portal.bill_changed" and Step.BILLS in d.visit.trail:
        d.set(answer=None, bills_chosen=frozenset())
        d.show(Step.BILLS)
        d.trouble(event.code, "retry", "leave")
        return
    d.show(cases.last_look(d.visit))
    if not withdrawn:
        d.trouble(event.code or "portal.rejected", "staff", "back", "leave")
    elif cases.act_of(d.visit) is None:
        d.trouble("submit.withdrawn", "retry", "leave")
    else:
        d.trouble("case.not_sent", "retry", "back", "leave")


def verdict_timeout(d: Draft) -> bool:
    """No verdict in time; True if the person goes on with an honest "not confirmed yet"."""
    submission = d.visit.submission
    if submission is None or d.visit.step is not Step.SUBMITTING:
        return False
    item = d.visit.item
    if item is not None and not may_defer(item) and submission.state is SubmissionState.STORED:
        # Give it up, and let its true state say whether that still worked.
        d.do(fx.WithdrawSubmission(submission.key))
        d.set(submission=replace(submission, state=SubmissionState.UNKNOWN))
        d.start_timer("verdict", WITHDRAW_WAIT_S)
        return False
    return True


def give_up_waiting(d: Draft) -> None:
    """What may not be deferred and is still waiting is withdrawn with the person's leaving."""
    item, submission = d.visit.item, d.visit.submission
    if item is None or submission is None or may_defer(item):
        return
    if submission.state is SubmissionState.STORED:
        d.do(fx.WithdrawSubmission(submission.key))


_ID_OF = {"payment": "order_id", "document": "document_id"}


def part(submission: Submission | None, name: str) -> Mapping[str, Any] | None:
    """A part of the portal's receipt (``payment``, ``document``), None if absent or unusable."""
    found = submission.receipt.get(name) if submission is not None else None
    return found if isinstance(found, Mapping) and found.get(_ID_OF[name]) else None


def start_payment(d: Draft) -> bool:
    """Watch the order on the person's phone; False if there is nothing to pay."""
    payment = part(d.visit.submission, "payment")
    if payment is None:
        return False
    d.set(payment=PaymentState.PENDING)
    d.issue("payment", lambda n: fx.WatchPayment(n, str(payment["order_id"])))
    return True


def payment_changed(d: Draft, event: ev.PaymentChanged) -> bool:
    """True once it is final."""
    if not d.wants("payment", event.effect):
        return False
    if event.state in (PaymentState.NONE, PaymentState.PENDING):
        return False
    d.set(payment=event.state)
    stop_payment(d)
    return d.visit.step is Step.PAYMENT


def stop_payment(d: Draft) -> None:
    """Stop polling."""
    if "payment" in d.visit.awaiting:
        d.do(fx.StopPaymentWatch())
    d.forget("payment")


def start_outputs(d: Draft) -> None:
    """On reaching the result: print the slip, fetch the proof."""
    item, submission = d.visit.item, d.visit.submission
    if item is None or submission is None:
        return
    if "receipt" in item.outputs or submission.state in _PENDING:
        print_receipt(d)
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


def print_receipt(d: Draft) -> None:
    """Print the slip for what is known now."""
    item = d.visit.item
    if (item is None and d.visit.kept is None) or "print_receipt" in d.visit.awaiting:
        return
    kind = slip_kind(d.visit)
    d.set(receipt_print=PrintJob("receipt", PrintState.PRINTING))
    d.issue("print_receipt", lambda n: fx.PrintReceipt(n, kind))


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
    d.set(proof_print=replace(job, state=PrintState.PRINTING, code=""))
    d.issue("print_proof", lambda n: fx.PrintProof(n, job.handle, title))


def print_requested(d: Draft, event: ev.PrintRequested) -> None:
    """Print (again) because the person asked: after a failure, or for the first time.

    A doubtful job is not repeated here: staff look at the slot first.
    """
    visit = d.visit
    if visit.step not in (Step.RESULT, Step.ANSWER, Step.KEPT) or event.paper not in (
        "receipt",
        "proof",
    ):
        return
    job = visit.receipt_print if event.paper == "receipt" else visit.proof_print
    if job.state not in (PrintState.NONE, PrintState.FAILED, PrintState.CONFIRMED):
        return
    if event.paper == "receipt":
        if visit.step is not Step.ANSWER or visit.answer is not None:
            print_receipt(d)
    elif job.handle:
        if job.state is not PrintState.CONFIRMED:
            print_proof(d)
    else:
        fetch_proof(d)


def print_phase(d: Draft, event: ev.PrintPhase) -> None:
    """A printer that halts in mid-job (paper, cover, heat) and goes on, in place."""
    goes_on = event.phase in ("printing", "resumed", "page_done") or not event.code
    state = PrintState.PRINTING if goes_on else PrintState.WAITING
    code = event.code if state is PrintState.WAITING else ""
    if d.wants("print_receipt", event.effect):
        d.set(receipt_print=replace(d.visit.receipt_print, state=state, code=code))
    elif d.wants("print_proof", event.effect):
        d.set(proof_print=replace(d.visit.proof_print, state=state, code=code))


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
