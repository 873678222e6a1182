"""What went wrong with TLS, told from OpenSSL's verification codes and the peer's alerts."""

from __future__ import annotations

import ssl
from collections.abc import Iterable

from portal.outcomes import UnreachableCode

# X509_V_ERR_… of OpenSSL's x509_vfy.h
_VERIFICATION = {
    9: UnreachableCode.SERVER_NOT_YET_VALID,
    10: UnreachableCode.SERVER_EXPIRED,
    62: UnreachableCode.SERVER_WRONG_NAME,
    64: UnreachableCode.SERVER_WRONG_NAME,
}

# Fatal alerts (RFC 8446 6.2) with which a server refuses a client's certificate.
_ALERTS = {
    "CERTIFICATE_REQUIRED": UnreachableCode.CERTIFICATE_MISSING,
    "CERTIFICATE_EXPIRED": UnreachableCode.CERTIFICATE_EXPIRED,
    "CERTIFICATE_REVOKED": UnreachableCode.CERTIFICATE_REVOKED,
    "BAD_CERTIFICATE": UnreachableCode.CERTIFICATE_REFUSED,
    "CERTIFICATE_UNKNOWN": UnreachableCode.CERTIFICATE_REFUSED,
    "UNSUPPORTED_CERTIFICATE": UnreachableCode.CERTIFICATE_REFUSED,
    "UNKNOWN_CA": UnreachableCode.CERTIFICATE_REFUSED,
    "ACCESS_DENIED": UnreachableCode.CERTIFICATE_REFUSED,
}


def server_fault(causes: Iterable[BaseException]) -> UnreachableCode | None:
    """Why the terminal refused the server's certificate; None if it didn't."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            code = getattr(cause, "verify_code", 0)
            return _VERIFICATION.get(code, UnreachableCode.SERVER_UNTRUSTED)
    return None


def refusal(causes: Iterable[BaseException]) -> UnreachableCode | None:
    """Why the server refused the terminal's certificate; None if it didn't say so.

    With TLS 1.3 this may arrive after the request was written; the server's side of the handshake
    has then failed, and it has read nothing of the request.
    """
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            # TLSV1_ALERT_UNKNOWN_CA, SSLV3_ALERT_CERTIFICATE_EXPIRED, TLSV13_ALERT_CERTIFICATE_REQUIRED
            found = _ALERTS.get((cause.reason or "").partition("_ALERT_")[2])
            if found is not None:
                return found
    return None
