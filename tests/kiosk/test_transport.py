"""What the portal's answers mean to the outbox: total, and never a guess."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.operations import CASE, EVALUATION, FAULTS
from kiosk.terminal.transport import PortalTransport, shown_code, verdict
from kiosk.words import known_codes
from offline_queue import (
    Delivered,
    ItemState,
    ItemView,
    NoAnswer,
    NotReached,
    NotThere,
    Rejected,
    RetryLater,
)
from portal.contract.answers import FieldProblem, HealthAnswer
from portal.contract.base import ProblemCode
from portal.outcomes import Answer, NoAnswerCode, Problem, Unreachable, UnreachableCode
from portal.outcomes import NoAnswer as NoPortalAnswer

WIDE = {
    "gateway_unavailable",
    "rate_limited",
    "maintenance",
    "forbidden",
    "certificate_required",
    "certificate_revoked",
    "token_invalid",
    "signature_invalid",
    "signature_expired",
}


def problem(code: ProblemCode, retryable: bool, after: int | None = None) -> Problem:
    return Problem(code, retryable, after, 500, (), "trace")


@pytest.mark.parametrize("retryable", [True, False])
@pytest.mark.parametrize("code", list(ProblemCode))
@pytest.mark.logs(r"portal\.rejected")
def test_every_problem_has_one_meaning(code: ProblemCode, retryable: bool) -> None:
    found = verdict(problem(code, retryable, 30))
    if retryable or code.value in WIDE:
        assert found == RetryLater(f"portal.{code.value}", 30, destination_wide=code.value in WIDE)
    else:
        assert isinstance(found, Rejected)
        assert found.code == f"portal.{code.value}"
    assert shown_code(problem(code, retryable)) in known_codes()


@pytest.mark.logs(r"portal\.rejected")
def test_refused_fields_are_kept_by_name_and_reason_alone() -> None:
    fields = (
        FieldProblem(pointer="/form/phone", code="minLength"),
        FieldProblem(pointer="/form/a~1b~0c", code="missing"),
        FieldProblem(pointer="/attachments/paper", code="missing"),
    )
    found = verdict(Problem(ProblemCode.FORM_REJECTED, False, None, 400, fields, "trace"))
    assert isinstance(found, Rejected)
    assert found.receipt == {FAULTS: {"phone": "minLength", "a/b~c": "required"}}


@pytest.mark.logs(r"portal\.rejected")
@pytest.mark.parametrize(
    ("pointers", "named"),
    [
        (["/attachments/1"], ["invoice"]),
        (["/attachments/2/size", "/uploads/1"], ["invoice", "photo"]),
        (["/attachments/0", "/uploads/3"], ["invoice"]),
        (["/uploads", "/attachments/01x", "/attachments/9", "/form/attachments/1"], None),
    ],
)
def test_refused_papers_are_kept_by_their_kinds(
    pointers: list[str], named: list[str] | None
) -> None:
    fields = tuple(FieldProblem(pointer=pointer, code="differs") for pointer in pointers)
    kinds = ["invoice", "invoice", "photo"]
    found = verdict(Problem(ProblemCode.UPLOAD_DIFFERS, False, None, 409, fields, "trace"), kinds)
    assert isinstance(found, Rejected)
    assert (found.receipt or {}).get(PAPERS) == named


@pytest.mark.parametrize("code", list(UnreachableCode))
def test_what_never_left_was_surely_not_processed(code: UnreachableCode) -> None:
    assert verdict(Unreachable(code)) == NotReached(f"network.{code.value}")
    assert shown_code(Unreachable(code)) == "portal.unreachable"


@pytest.mark.parametrize("code", list(NoAnswerCode))
def test_no_answer_is_never_a_failure(code: NoAnswerCode) -> None:
    assert verdict(NoPortalAnswer(code, 502)) == NoAnswer(f"network.{code.value}")
    assert shown_code(NoPortalAnswer(code)) in known_codes()


def health() -> Answer[Any]:
    return Answer(HealthAnswer.model_validate({"status": "ok", "version": "1"}))


@pytest.mark.parametrize("replayed", [True, False])
def test_a_duplicate_answer_is_a_success(replayed: bool) -> None:
    found = verdict(Answer(health().value, replayed))
    assert isinstance(found, Delivered)
    assert found.receipt["status"] == "ok"


class Client:
    def __init__(self, outcome: Any) -> None:
        self.outcome = outcome
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append((name, *arguments))
            return self.outcome

        return call


def view(operation: str) -> ItemView:
    return ItemView("id", "440500", "c", 1, operation, ItemState.UNKNOWN, 1, "", None, None, "", {})


def made(outcome: Any) -> tuple[PortalTransport, Client]:
    client: Any = Client(outcome)
    return PortalTransport(client), client


def test_bodies_go_out_as_they_are_under_their_own_key() -> None:
    transport, client = made(health())
    transport.deliver(view(CASE), b"sealed")
    transport.deliver(view(EVALUATION), b"grade")
    assert client.calls == [
        ("submit_case", b"sealed", "id"), ("submit_evaluation", b"grade", "id"),
    ]  # fmt: skip


def test_asking_by_key() -> None:
    assert isinstance(made(health())[0].ask(view(CASE)), Delivered)
    assert made(problem(ProblemCode.NOT_FOUND, False))[0].ask(view(CASE)) == NotThere()
    transport, client = made(health())
    assert transport.ask(view(EVALUATION)) == NotThere()
    assert client.calls == []


@pytest.mark.parametrize("code", [code for code in ProblemCode if code.value != "not_found"])
def test_a_refused_question_does_not_reject_the_case(code: ProblemCode) -> None:
    found = made(problem(code, False))[0].ask(view(CASE))
    assert isinstance(found, RetryLater)
