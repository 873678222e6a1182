"""Refusals, as RFC 9457 problem documents."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from starlette.responses import Response

from portal.contract.answers import FieldProblem, ProblemDocument
from portal.contract.base import ProblemCode

STATUS: dict[ProblemCode, tuple[int, bool, str]] = {
    ProblemCode.INVALID_REQUEST: (400, False, "The request breaks the contract"),
    ProblemCode.UNSEALABLE: (400, False, "The sealed part cannot be opened"),
    ProblemCode.UNKNOWN_KEY_ID: (400, False, "Sealed to a key that is not in use"),
    ProblemCode.UNKNOWN_ITEM: (400, False, "No such service item"),
    ProblemCode.IDENTITY_REJECTED: (403, False, "The identification is not sufficient"),
    ProblemCode.FORM_REJECTED: (400, False, "The form was not accepted"),
    ProblemCode.DUPLICATE_IN_PROGRESS: (409, True, "The same key is being processed"),
    ProblemCode.IDEMPOTENCY_MISMATCH: (409, False, "This key was used for another request"),
    ProblemCode.SLOT_TAKEN: (409, False, "This time is no longer free"),
    ProblemCode.BILL_CHANGED: (409, False, "The bills have changed"),
    ProblemCode.UPLOAD_INCOMPLETE: (409, True, "An upload is not here, or not whole"),
    ProblemCode.UPLOAD_DIFFERS: (409, False, "An upload is not the one referred to"),
    ProblemCode.GATEWAY_UNAVAILABLE: (503, True, "The city's gateway cannot be reached"),
    ProblemCode.RATE_LIMITED: (429, True, "Too many requests"),
    ProblemCode.NOT_FOUND: (404, False, "Not found"),
    ProblemCode.EXPIRED: (410, False, "No longer available"),
    ProblemCode.WRONG_STATE: (409, False, "The case is not in a state that allows this"),
    ProblemCode.FORBIDDEN: (403, False, "Not allowed"),
    # Of the terminal's standing, not of the request, which may well be repeated later.
    ProblemCode.CERTIFICATE_REQUIRED: (401, True, "A terminal's certificate is required"),
    ProblemCode.CERTIFICATE_REVOKED: (403, True, "This certificate was taken back"),
    ProblemCode.TOKEN_INVALID: (401, True, "A token bound to this certificate is required"),
    ProblemCode.SIGNATURE_INVALID: (401, True, "The signature does not hold"),
    ProblemCode.SIGNATURE_EXPIRED: (401, True, "The signature is too old, or of the future"),
    ProblemCode.INTERNAL: (500, True, "The portal failed"),
    ProblemCode.MAINTENANCE: (503, True, "The portal is under maintenance"),
}
"""HTTP status, whether asking again is worth it, and title of each code."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Ends a request with a problem document; the transaction around it is rolled back."""

    def __init__(
        self,
        code: ProblemCode,
        *,
        title: str | None = None,
        fields: Sequence[tuple[str, str]] = (),
        retry_after_s: int | None = None,
        authority: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.title = title
        self.fields = tuple(fields)
        self.retry_after_s = retry_after_s
        self.authority = authority
        self.status = status


def problem_document(refusal: Refusal) -> ProblemDocument:
    """The document of a refusal, with a fresh trace id."""
    status, retryable, title = STATUS[refusal.code]
    return ProblemDocument(
        type=f"urn:citizen-window:problem:{refusal.code.value}",
        title=refusal.title or title,
        status=refusal.status or status,
        code=refusal.code.value,
        retryable=retryable,
        trace_id=secrets.token_hex(8),
        retry_after_s=refusal.retry_after_s,
        fields=[FieldProblem(pointer=pointer, code=code) for pointer, code in refusal.fields]
        or None,
        authority=refusal.authority,
    )


def problem_response(refusal: Refusal) -> Response:
    """The HTTP answer of a refusal."""
    document = problem_document(refusal)
    headers = {"Cache-Control": "no-store"}
    if refusal.code is ProblemCode.TOKEN_INVALID:
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    if document.retry_after_s is not None:
        headers["Retry-After"] = str(document.retry_after_s)
    return Response(
        document.model_dump_json(exclude_none=True),
        status_code=document.status,
        media_type="application/problem+json",
        headers=headers,
    )
