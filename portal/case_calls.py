"""The client's calls about cases."""

from __future__ import annotations

from urllib.parse import quote

from portal.asking import Asking
from portal.contract.answers import CaseReceipt, CaseStatus, EvaluationReceipt, LookupAnswer
from portal.contract.endings import EndingReceipt, EndingReport
from portal.contract.progress import ActionReceipt, CaseEvents
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Outcome


class CaseCalls(Asking):
    """Submit, look up, follow, supplement, withdraw, evaluate, and say what became of none."""

    def submit_case(self, body: bytes, key: str) -> Outcome[CaseReceipt]:
        """Submit a serialised :class:`CaseEnvelope`, byte for byte, under its key."""
        outcome = self._post("/v1/cases", body, CaseReceipt, 201, key)
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 201)
        return outcome

    def case_by_key(self, key: str) -> Outcome[CaseReceipt]:
        """The receipt of a key. Problem ``not_found`` is authoritative: it was not applied."""
        outcome = self._get("/v1/cases", CaseReceipt, {"key": key})
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 200)
        return outcome

    def case(self, case_no: str) -> Outcome[CaseStatus]:
        """A case with its history."""
        return self._get(f"/v1/cases/{quote(case_no, safe='')}", CaseStatus)

    def lookup(self, code: str) -> Outcome[LookupAnswer]:
        """What a look-up code shows; nothing personal."""
        return self._get(f"/v1/lookup/{quote(code, safe='')}", LookupAnswer)

    def report_ending(self, report: EndingReport) -> Outcome[EndingReceipt]:
        """Say how a submission ended that never became a case. The same may be said again, and is until
        it was answered; a portal before contract 1.4 does not know the question (``not_found``)."""
        body = report.model_dump_json(exclude_none=True).encode()
        outcome = self._post("/v1/endings", body, EndingReceipt, 200, report.key)
        if isinstance(outcome, Answer) and outcome.value.key != report.key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 200)
        return outcome

    def submit_evaluation(self, body: bytes, key: str) -> Outcome[EvaluationReceipt]:
        """Submit a serialised :class:`EvaluationRequest`, byte for byte, under its key."""
        outcome = self._post("/v1/evaluations", body, EvaluationReceipt, 201, key)
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 201)
        return outcome

    def case_events(self, case_no: str, after: int = 0) -> Outcome[CaseEvents]:
        """Steps later than ``after`` (``last`` of an earlier answer), and what is asked for now."""
        path = f"/v1/cases/{quote(case_no, safe='')}/events"
        return self._get(path, CaseEvents, {"after": str(after)})

    def supplement(self, body: bytes, key: str, case_no: str) -> Outcome[ActionReceipt]:
        """Hand in what was asked for: a serialised :class:`CaseAction` with a sealed
        :class:`SupplementSubmission`, byte for byte, under its key."""
        return self._act(f"/v1/cases/{quote(case_no, safe='')}/supplements", body, key)

    def withdraw(self, body: bytes, key: str, case_no: str) -> Outcome[ActionReceipt]:
        """Withdraw a case for its holder: a serialised :class:`CaseAction` with a sealed
        :class:`HolderRequest`, byte for byte, under its key."""
        return self._act(f"/v1/cases/{quote(case_no, safe='')}:withdraw", body, key)

    def action_by_key(self, key: str) -> Outcome[ActionReceipt]:
        """The receipt of a supplement's or withdrawal's key. Problem ``not_found`` is authoritative:
        it was not applied."""
        outcome = self._get("/v1/case-actions", ActionReceipt, {"key": key})
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 200)
        return outcome

    def _act(self, path: str, body: bytes, key: str) -> Outcome[ActionReceipt]:
        outcome = self._post(path, body, ActionReceipt, 201, key)
        if isinstance(outcome, Answer) and outcome.value.key != key:
            return NoAnswer(NoAnswerCode.WRONG_KEY, 201)
        return outcome
