"""How the courier's items reach the portal, and what the portal's answers mean to the outbox."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from typing import Any

from kiosk.terminal import endings
from kiosk.terminal.enclosing import KINDS, PAPERS
from kiosk.terminal.operations import DRAFT, EVALUATION, FAULTS, SUPPLEMENT, WITHDRAWAL
from kiosk.terminal.reach import STANDING, WIDE
from kiosk.terminal.uploads import Sending, given_up
from offline_queue import (
    AttachmentView,
    Delivered,
    Ending,
    ItemView,
    NoAnswer,
    NotReached,
    NotThere,
    Parcel,
    Rejected,
    RetryLater,
    UploadVerdict,
    Verdict,
)
from portal.client import PortalClient
from portal.contract.answers import CaseReceipt
from portal.contract.base import ProblemCode
from portal.contract.progress import ActionReceipt
from portal.outcomes import Answer, Outcome, Problem, Unreachable
from portal.outcomes import NoAnswer as NoPortalAnswer

log = logging.getLogger(__name__)


class PortalTransport:
    """Implements :class:`offline_queue.Transport`, ``Uploader`` and ``Herald`` over the portal client."""

    def __init__(self, client: PortalClient) -> None:
        self._client = client

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        """Send the stored bytes as they are."""
        if item.operation == EVALUATION:
            return verdict(self._client.submit_evaluation(body, item.item_id))
        if item.operation == DRAFT:
            return verdict(self._client.keep_draft(body, item.item_id))
        if item.operation == SUPPLEMENT:
            outcome = self._client.supplement(body, item.item_id, _case_no(body))
            return _of_an_act(outcome, _kinds(item))
        if item.operation == WITHDRAWAL:
            return _of_an_act(self._client.withdraw(body, item.item_id, _case_no(body)))
        return verdict(self._client.submit_case(body, item.item_id), _kinds(item))

    def upload(self, item: ItemView, view: AttachmentView, parcel: Parcel) -> UploadVerdict:
        """Bring an attachment to the portal before its case."""
        return Sending(self._client.uploads, view, parcel).run()

    def give_up(self, upload: str) -> bool:
        """Have the portal forget an upload whose case will not come."""
        return given_up(self._client.uploads.terminate(upload))

    def concerns(self, ending: Ending) -> bool:
        """Whether anybody will ask the portal about it."""
        return endings.concerns(ending)

    def tell(self, ending: Ending) -> bool:
        """Have the portal know how a submission ended that it never got."""
        report = endings.report_of(ending, self._client.terminal_id)
        return report is None or endings.heard(self._client.report_ending(report))

    def ask(self, item: ItemView) -> Verdict:
        """Ask by key. Evaluation and draft have no look-up; their keys make sending again harmless."""
        if item.operation in (EVALUATION, DRAFT):
            return NotThere()
        outcome: Outcome[CaseReceipt] | Outcome[ActionReceipt]
        if item.operation in (SUPPLEMENT, WITHDRAWAL):
            outcome = self._client.action_by_key(item.item_id)
        else:
            outcome = self._client.case_by_key(item.item_id)
        if isinstance(outcome, Problem) and outcome.code is ProblemCode.NOT_FOUND:
            return NotThere()
        if isinstance(outcome, Problem):
            # A refused question says nothing about the case: it stays unknown and is asked again.
            code = outcome.code
            return RetryLater(
                f"portal.{code.value}", outcome.retry_after_s, destination_wide=code in WIDE
            )
        return verdict(outcome)


_FORM = "/form/"
_ATTACHED = re.compile(r"/(?:attachments|uploads)/([0-9]{1,3})(?:/|$)")
_KEYWORDS = {"missing": "required"}


def _case_no(body: bytes) -> str:
    """The case that a stored supplement or withdrawal speaks of; it is in no metadata."""
    return str(json.loads(body)["case_no"])


def _kinds(item: ItemView) -> list[str]:
    """The kinds of its attachments, in their order."""
    return item.attributes.get(KINDS, "").split(",")


def _of_an_act(outcome: Outcome[ActionReceipt], kinds: Sequence[str] = ()) -> Verdict:
    """``forbidden`` speaks of this terminal's standing, and then says so; else it is the person's,
    whose case this is not: no reason to hold up what others handed in."""
    match outcome:
        case Problem(code=ProblemCode.FORBIDDEN, fields=fields) if all(
            fault.pointer != "/terminal" for fault in fields
        ):
            return Rejected("portal.forbidden", f"trace {outcome.trace_id}")
    return verdict(outcome, kinds)


def verdict(
    outcome: Answer[Any] | Problem | Unreachable | NoPortalAnswer, kinds: Sequence[str] = ()
) -> Verdict:
    """The outbox's reading of an answer: code and ``retryable`` decide, nothing else. ``kinds`` are those
    of what was attached."""
    match outcome:
        case Answer(value):
            return Delivered(value.model_dump(mode="json"))
        case Problem(code=code) if outcome.retryable or code in WIDE:
            return RetryLater(
                f"portal.{code.value}", outcome.retry_after_s, destination_wide=code in WIDE
            )
        case Problem(code=code):
            pointers = ",".join(f"{fault.pointer} {fault.code}" for fault in outcome.fields)
            log.warning("portal.rejected code=%s fields=%s", code.value, pointers)
            return Rejected(
                f"portal.{code.value}",
                f"trace {outcome.trace_id} fields {pointers}",
                receipt=_named(outcome, kinds),
            )
        case Unreachable(code=unreachable):
            return NotReached(f"network.{unreachable.value}")
        case NoPortalAnswer(code=no_answer):
            return NoAnswer(f"network.{no_answer.value}")


def _named(problem: Problem, kinds: Sequence[str]) -> dict[str, Any] | None:
    """What a person can put right: fields of the form, papers."""
    faults = _faults(problem)
    found = [_ATTACHED.match(fault.pointer) for fault in problem.fields]
    places = sorted({int(one[1]) for one in found if one is not None})
    papers = list(dict.fromkeys(kinds[place] for place in places if place < len(kinds)))
    named = {FAULTS: faults} if faults else {}
    return ({**named, PAPERS: papers} if papers else named) or None


def _faults(problem: Problem) -> dict[str, str]:
    """Fields of the form → what is wrong; their values are in no answer."""
    return {
        fault.pointer.removeprefix(_FORM).replace("~1", "/").replace("~0", "~"): _KEYWORDS.get(
            fault.code, fault.code
        )
        for fault in problem.fields
        if fault.pointer.startswith(_FORM)
    }


def shown_code(outcome: Problem | Unreachable | NoPortalAnswer) -> str:
    """The code of words for a person who looked something up online."""
    match outcome:
        case Unreachable():
            return "portal.unreachable"
        case NoPortalAnswer(code=code):
            return "portal.slow" if code.value in ("read_timeout", "deadline") else "portal.error"
        case Problem(code=problem):
            if problem in STANDING:
                return "portal.unreachable"
            if problem in (ProblemCode.GATEWAY_UNAVAILABLE, ProblemCode.MAINTENANCE):
                return "gateway.unavailable"
            return "portal.error" if outcome.retryable else "portal.rejected"
