"""Access tokens bound to a terminal's certificate (RFC 8705 section 3)."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Callable

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from portal.contract.base import ProblemCode
from portal.contract.terminals import TokenAnswer
from portal.sandbox.problems import Refusal

ALGORITHM = "HS256"
AUDIENCE = "citizen-window"


class TokenDesk:
    """Issues and checks tokens with a key of its own, which a restart forgets: terminals then ask
    for new ones. Thread-safe."""

    def __init__(self, clock: Callable[[], dt.datetime], valid_s: float) -> None:
        self._clock = clock
        self._valid_s = valid_s
        self._key = OctKey.import_key(secrets.token_bytes(32))

    def issue(self, terminal: str, thumbprint: str) -> TokenAnswer:
        """A token for who holds the certificate with this thumbprint, and for nobody else."""
        now = int(self._clock().timestamp())
        claims = {
            "sub": terminal,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + int(self._valid_s),
            "jti": secrets.token_hex(8),
            "cnf": {"x5t#S256": thumbprint},
        }
        token = jwt.encode({"alg": ALGORITHM}, claims, self._key)
        return TokenAnswer.model_validate(
            {"access_token": token, "token_type": "Bearer", "expires_in": int(self._valid_s)}
        )

    def check(self, authorization: str, terminal: str, thumbprint: str) -> None:
        """Refuse any but this terminal's unexpired token, bound to the certificate it shows."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _invalid("missing")
        try:
            claims = jwt.decode(token.strip(), self._key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as error:
            raise _invalid("malformed") from error
        bound = str(claims.get("cnf", {}).get("x5t#S256", ""))
        if not hmac.compare_digest(bound, thumbprint) or claims.get("sub") != terminal:
            raise _invalid("of_another_certificate")
        if self._clock().timestamp() >= claims["exp"]:
            raise _invalid("expired")


def _invalid(rule: str) -> Refusal:
    return Refusal(ProblemCode.TOKEN_INVALID, fields=[("/token", rule)])
