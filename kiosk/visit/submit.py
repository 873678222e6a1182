"""Submission, payment, and what comes out of the printers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kiosk import forms
from kiosk.visit import cases, papers, printing, refused, signing
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.errand import assurance, consent_version, holder_for
from kiosk.visit.journey import may_defer
from kiosk.visit.model import (
    PaymentState,
    Step,
    Submission,
    SubmissionState,
)
from kiosk.visit.receipt import part

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
    if signing.witness_missing(visit):
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
        printing.compose_receipt(d)
        printing.start_proof(d)
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
    if not withdrawn and refused.back_to_the_form(d, event.faults):
        return
    if not withdrawn and not event.faults and refused.back_to_the_papers(d, event.papers):
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
