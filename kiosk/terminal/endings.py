"""What the portal is told of a submission that ended here: whoever asks elsewhere learns it there.

Only what its holder may be told by the look-up code, which anyone with the slip can read: nothing of the
person, and of a submission that was found changed only what follows from its key.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from kiosk.lookup_codes import lookup_code
from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.operations import CASE, CLOCK, FAULTS, SUPPLEMENT, UNSURE, WITHDRAWAL
from kiosk.terminal.refused_acts import EXPIRED
from kiosk.terminal.uploads import given_up
from offline_queue import Ending, ItemState, ItemView
from portal.contract.base import SubmissionEnd
from portal.contract.endings import EndingReceipt, EndingReport
from portal.outcomes import Outcome, Problem

log = logging.getLogger(__name__)

_LONGEST = 40
"""Characters of a name of a field or a paper in the contract."""


def concerns(ending: Ending) -> bool:
    """Whether the portal is to know: of a case always; of what was done to one where it had no effect and
    the portal can't have told so itself."""
    item = ending.item
    if item.operation == CASE:
        return True
    if item.operation not in (SUPPLEMENT, WITHDRAWAL) or ending.spoiled:
        return False
    expired = item.state is ItemState.WITHDRAWN and item.verdict == EXPIRED
    return expired or (item.state is ItemState.REJECTED and bool(_told(item).get(PAPERS)))


def report_of(ending: Ending, terminal_id: str) -> EndingReport | None:
    """What the portal is told; None where what is left of it is no submission of ours."""
    item = ending.item
    key = item.item_id
    about = {"lookup_code": lookup_code(key)} if ending.spoiled else _about(item)
    said = {"key": key, "terminal": terminal_id, "how": _how(ending), "at": ending.at, **about}
    try:
        return EndingReport.model_validate_json(json.dumps(said))
    except ValidationError:
        # A row that somebody changed: its id need not be one.
        log.error("ending.unreadable state=%s", item.state.value)
        return None


def heard(outcome: Outcome[EndingReceipt]) -> bool:
    """Whether the portal need not be told again: it knows, or will not hear of it."""
    done = given_up(outcome)
    if done and isinstance(outcome, Problem):
        log.warning("ending.not_heard code=%s", outcome.code.value)
    return done


def _how(ending: Ending) -> SubmissionEnd:
    state = ending.item.state
    if ending.spoiled:
        return SubmissionEnd.SPOILED
    if state is ItemState.WITHDRAWN:
        expired = ending.item.verdict == EXPIRED
        return SubmissionEnd.EXPIRED if expired else SubmissionEnd.WITHDRAWN
    return SubmissionEnd.REFUSED if state is ItemState.REJECTED else SubmissionEnd.STUCK


def _about(item: ItemView) -> dict[str, Any]:
    said = item.attributes
    about: dict[str, Any] = {"item": said.get("item") or None}
    if item.operation == CASE:
        about["lookup_code"] = said.get("lookup_code") or lookup_code(item.item_id)
        about |= {name: said.get(name) or None for name in ("authority_zh", "authority_en")}
    else:
        about |= {"act": item.operation, "case_key": item.case_id}
        about["lookup_code"] = said.get("case_code") or lookup_code(item.case_id)
    if said.get(CLOCK) != UNSURE:
        about["accepted_at"] = said.get("accepted_at")
    if item.state is ItemState.REJECTED:
        told, code = _told(item), item.verdict.removeprefix("portal.")
        wrong = {"form": told.get(FAULTS, ()), "materials": told.get(PAPERS, ())}
        # Names are told as they are, or not at all.
        named = {
            of: [name for name in names if 0 < len(name) <= _LONGEST] for of, names in wrong.items()
        }
        about["refused"] = {"code": code, **named}
    return about


def _told(item: ItemView) -> Mapping[str, Any]:
    return item.receipt or {}
