"""What can come of asking the portal: a closed union.

The difference that matters to a queue is between :class:`Unreachable`, where surely nothing was
processed, and :class:`NoAnswer`, where the portal may have done the work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from portal.contract.answers import FieldProblem
from portal.contract.base import ProblemCode

T = TypeVar("T")


class UnreachableCode(StrEnum):
    """Why the portal surely processed nothing.

    ``server_…``: the terminal refused the server's certificate. ``certificate_…``: the server
    refused the terminal's, by a TLS alert. The others from ``not_enrolled`` on: the terminal's own
    files can't be used (no certificate or key, a key that others can read, files that are damaged
    or don't belong together, a pinned CA that is none).
    """

    DNS = "dns"
    REFUSED = "refused"
    NO_ROUTE = "no_route"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    RESET = "reset"
    SERVER_UNTRUSTED = "server_untrusted"
    SERVER_EXPIRED = "server_expired"
    SERVER_NOT_YET_VALID = "server_not_yet_valid"
    SERVER_WRONG_NAME = "server_wrong_name"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_REFUSED = "certificate_refused"
    NOT_ENROLLED = "not_enrolled"
    KEY_EXPOSED = "key_exposed"
    IDENTITY_UNUSABLE = "identity_unusable"
    AUTHORITY_UNUSABLE = "authority_unusable"


class NoAnswerCode(StrEnum):
    """Why what came back is not an answer of the portal."""

    READ_TIMEOUT = "read_timeout"
    DEADLINE = "deadline"
    RESET = "reset"
    TRUNCATED = "truncated"
    GARBAGE = "garbage"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    BAD_STATUS = "bad_status"
    REDIRECT = "redirect"
    WRONG_KEY = "wrong_key"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The portal did what was asked. ``replayed``: it had done so before, under the same key."""

    value: T = field(repr=False)
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """The portal refused in its own words; nothing was applied.

    ``retry_after_s`` is seconds, already limited to a day. ``trace_id`` finds the refusal in the
    portal's log.
    """

    code: ProblemCode
    retryable: bool
    retry_after_s: int | None
    status: int
    fields: tuple[FieldProblem, ...]
    trace_id: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No byte of the request left the terminal: surely nothing was processed."""

    code: UnreachableCode


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The request was sent, at least in part, and no answer can be trusted: ask before resending.

    ``status`` is the HTTP status if one was read.
    """

    code: NoAnswerCode
    status: int | None = None


Outcome = Answer[T] | Problem | Unreachable | NoAnswer
