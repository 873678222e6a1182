"""Problems of the portal that are about more than what was asked."""

from __future__ import annotations

from portal.contract.base import ProblemCode

STANDING = frozenset(
    {
        ProblemCode.CERTIFICATE_REQUIRED,
        ProblemCode.CERTIFICATE_REVOKED,
        ProblemCode.TOKEN_INVALID,
        ProblemCode.SIGNATURE_INVALID,
        ProblemCode.SIGNATURE_EXPIRED,
    }
)
"""The terminal's own standing with the portal is in question, not what it asked."""

WIDE = STANDING | {
    ProblemCode.GATEWAY_UNAVAILABLE,
    ProblemCode.RATE_LIMITED,
    ProblemCode.MAINTENANCE,
    ProblemCode.FORBIDDEN,
}
"""The destination as a whole is out, not this one item."""
