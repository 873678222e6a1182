"""Results of device operations.

What a person can cause (card pulled, paper out, cover open, no card in time) is a *result*;
exceptions are left for programming mistakes and broken configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from drivers.failure_codes import FailureCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """The operation finished; ``value`` is its outcome."""

    value: T


@dataclass(frozen=True, slots=True)
class Failure:
    """The operation ended without its outcome.

    ``code`` is a key of the failure catalogue (``drivers/failures.toml``), for example
    ``"idcard.removed"``. ``detail`` is for log and technician: no personal data in it.
    """

    code: FailureCode
    detail: str = ""


Result = Ok[T] | Failure
