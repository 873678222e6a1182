"""How a case was signed, and whether that may be: drawn, or a known statement confirmed instead."""

from __future__ import annotations

import datetime as dt

from portal.contract.base import AssuranceLevel, IdentityMethod, ProblemCode, SigningMethod
from portal.contract.requests import CaseSubmission, SigningAct
from portal.sandbox.items import Item
from portal.sandbox.problems import Refusal

ATTACHED = "signature"
"""Kind of an attachment that holds a drawn signature too large for the case."""
STATEMENTS = frozenset({"confirm/1"})
"""Versions of the words that count here when they are confirmed."""


def signed_how(submission: CaseSubmission) -> SigningMethod | None:
    """None where nothing was signed."""
    given = submission.signature
    if given is not None:
        return SigningMethod.DRAWN if given.act is None else given.act.method
    attached = any(one.kind == ATTACHED for one in submission.attachments)
    return SigningMethod.DRAWN if attached else None


def check_signature(item: Item, submission: CaseSubmission, accepted_at: dt.datetime) -> None:
    """Refuse what should have been signed and is not, and what claims to be signed and is not."""
    wanted = item.level is AssuranceLevel.L3
    faults = ["missing"] if wanted and signed_how(submission) is None else []
    given = submission.signature
    if given is not None and given.act is None:
        faults += [] if any(given.strokes) else ["nothing_drawn"]
    elif given is not None and given.act is not None:
        faults += ["drawn_as_well"] if given.strokes else []
        faults += _faults(given.act, submission, accepted_at)
    if faults:
        raise Refusal(
            ProblemCode.IDENTITY_REJECTED, fields=[("/signature", fault) for fault in faults]
        )


def _faults(act: SigningAct, submission: CaseSubmission, accepted_at: dt.datetime) -> list[str]:
    """Of a confirmed statement. A press has nothing of the person in it: it counts for whom the
    machine has just compared with the document, or while somebody looks on who signs for that."""
    faults = [] if act.statement in STATEMENTS else ["unknown_statement"]
    faults += ["later_than_the_case"] if act.at > accepted_at else []
    match act.method:
        case SigningMethod.CONFIRMED:
            compared = IdentityMethod.FACE in submission.assurance.methods
            return [*faults, *([] if compared else ["needs_a_witness"])]
        case SigningMethod.WITNESSED:
            return [*faults, *([] if act.witness else ["no_witness"])]
    return [*faults, "unknown_method"]
