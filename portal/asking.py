"""How the client asks: one request, and a judgement of what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from portal.contract.base import AnswerModel
from portal.outcomes import Answer, NoAnswer, NoAnswerCode, Outcome, Unreachable
from portal.transport import Reply, Transport, problem_of

M = TypeVar("M", bound=AnswerModel)

MAX_JSON = 4 * 1024 * 1024


class Asking:
    """Base of the client's parts."""

    _transport: Transport

    def _get(
        self, path: str, model: type[M], params: Mapping[str, str] | None = None
    ) -> Outcome[M]:
        reply = self._transport.request("GET", path, params=params, max_body=MAX_JSON)
        return read_answer(reply, model, 200)

    def _post(
        self, path: str, body: bytes, model: type[M], status: int, key: str | None = None
    ) -> Outcome[M]:
        """With a ``key`` it is a submission, and signed."""
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        reply = self._transport.request(
            "POST", path, headers=headers, body=body, max_body=MAX_JSON, signed=key is not None
        )
        return read_answer(reply, model, status)


def read_answer(reply: Reply | Unreachable | NoAnswer, model: type[M], status: int) -> Outcome[M]:
    """Judge a reply: only the expected status, type and shape make an answer."""
    if not isinstance(reply, Reply):
        return reply
    if reply.status != status:
        return problem_of(reply)
    if reply.media_type() != "application/json":
        return NoAnswer(NoAnswerCode.NOT_JSON, reply.status)
    try:
        value = model.model_validate_json(reply.body)
    except ValidationError:
        return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
    return Answer(value, replayed=reply.headers.get("Idempotency-Replayed") == "true")
