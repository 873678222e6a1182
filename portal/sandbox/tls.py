"""The sandbox's side of TLS: asks terminals for a certificate, and says why it refuses one."""

from __future__ import annotations

import ssl
import tempfile
from pathlib import Path
from typing import Any

from portal.sandbox.authority import Authority, Issued


class _AlertingObject(ssl.SSLObject):
    """asyncio drops the connection on a failed handshake without sending OpenSSL's alert; a real
    server sends it. Once told to read on, asyncio flushes it; the next call fails for good."""

    _refused = False

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError:
            if self._refused:
                raise
            self._refused = True
            raise ssl.SSLWantReadError from None


class _AlertingContext(ssl.SSLContext):
    sslobject_class = _AlertingObject


def server_context(
    certificate: tuple[Path, Path],
    authority: Authority | None,
    *,
    strict: bool = False,
) -> ssl.SSLContext:
    """TLS 1.2 or better with the files of ``certificate`` (chain, key).

    ``authority``: certificates it issued are asked for. ``strict``: the handshake fails without
    one; otherwise it is for the application to say who may do what without.
    """
    context = _AlertingContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(*certificate)
    if authority is not None:
        context.load_verify_locations(cadata=authority.pem.decode())
        context.verify_mode = ssl.CERT_REQUIRED if strict else ssl.CERT_OPTIONAL
    return context


def issued_context(
    issued: Issued, authority: Authority | None, *, strict: bool = False
) -> ssl.SSLContext:
    """As :func:`server_context`; the key is in a file only while OpenSSL reads it."""
    with tempfile.TemporaryDirectory(prefix="citizen-window-sandbox-") as folder:
        files = issued.write(Path(folder, "server.pem"), Path(folder, "server.key"))
        return server_context(files, authority, strict=strict)


def peer_certificate(transport: Any) -> bytes | None:
    """DER of the verified certificate of a connection's client; None without one."""
    secured = None if transport is None else transport.get_extra_info("ssl_object")
    return None if secured is None else secured.getpeercert(binary_form=True)
