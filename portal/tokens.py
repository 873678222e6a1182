"""The token a terminal shows beside its certificate (RFC 8705: bound to it, useless without it)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import ValidationError

from portal.contract.base import ProblemCode
from portal.contract.terminals import TokenAnswer

PATH = "/v1/tokens"
MARGIN_S = 30.0
"""A token that ends so soon is replaced first."""


@dataclass(frozen=True, slots=True)
class _Held:
    thumbprint: str
    token: str = field(repr=False)
    until: float


class Tokens:
    """Keeps one token in memory, for all threads. A portal that never asks for one is never asked
    for one. ``fetch`` gives the body of the portal's answer, or None."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: _Held | None = None

    def current(self, thumbprint: str, fetch: Callable[[], bytes | None]) -> str | None:
        """The token to send with this certificate; None as long as the portal has not asked."""
        held = self._held
        if held is None:
            return None
        if held.thumbprint == thumbprint and time.monotonic() < held.until:
            return held.token
        return self.replace(thumbprint, held.token, fetch)

    def replace(
        self, thumbprint: str, refused: str | None, fetch: Callable[[], bytes | None]
    ) -> str | None:
        """Another token than the ``refused`` one: fetched once, however many threads need it. None
        if there is none to be had."""
        with self._lock:
            held = self._held
            if held is not None and held.token != refused and held.thumbprint == thumbprint:
                return held.token
            try:
                answer = TokenAnswer.model_validate_json(fetch() or b"")
            except ValidationError:
                return None
            until = time.monotonic() + answer.expires_in - MARGIN_S
            self._held = _Held(thumbprint, answer.access_token, until)
            return answer.access_token


def asks_for_token(status: int, body: bytes) -> bool:
    """Whether this answer refuses the token, or that there was none. Nothing was applied then."""
    if status != 401:
        return False
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("code") == ProblemCode.TOKEN_INVALID.value
