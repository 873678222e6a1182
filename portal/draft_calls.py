"""The client's calls about drafts."""

from __future__ import annotations

from portal.asking import Asking
from portal.contract.drafts import ClaimedDraft, DraftClaim, DraftReceipt
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Outcome


class DraftCalls(Asking):
    """Keep a journey that was broken off, and claim it elsewhere."""

    def keep_draft(self, body: bytes, key: str) -> Outcome[DraftReceipt]:
        """Keep a serialised :class:`DraftEnvelope`, byte for byte, under its key."""
        outcome = self._post("/v1/drafts", body, DraftReceipt, 201, key)
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 201)
        return outcome

    def claim_draft(self, claim: DraftClaim) -> Outcome[ClaimedDraft]:
        """The draft of a ticket, for the person who broke it off. Used up by the answer; the same
        claim is answered again for ten minutes, in case that answer was lost.

        Problem ``not_found``: no such ticket (yet: it may still wait at the other terminal);
        ``forbidden``: another person's; ``expired``: too old, or claimed before.
        """
        body = claim.model_dump_json().encode()
        outcome = self._post("/v1/drafts:claim", body, ClaimedDraft, 200, claim.key)
        if isinstance(outcome, Answer) and outcome.value.key != claim.key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 200)
        return outcome
