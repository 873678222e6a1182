"""Who vouches for a service, and how we prove ourselves to one that asks."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from drivers.results import Failure, Ok, Result


def _no_passphrase() -> bytes:
    """An encrypted key must not be asked for at a terminal that nobody sits at."""
    return b""


@dataclass(frozen=True, slots=True)
class Identity:
    """``ca_file``: an authority's certificates, empty for the system's. ``client_cert`` with
    ``client_key`` (or both in one file): ours, for mutual TLS. Paths to PEM files."""

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = field(default="", repr=False)

    def context(self, uri: str) -> Result[ssl.SSLContext | None]:
        """The context for ``uri``; None where it is not ``wss``. ``device.misconfigured`` names the
        setting whose file cannot be used, never what is in it."""
        if urlsplit(uri).scheme != "wss":
            return Ok(None)
        try:
            context = ssl.create_default_context(cafile=self.ca_file or None)
        except OSError:  # ssl's own errors are of this kind
            return Failure("device.misconfigured", "ca_file cannot be used")
        if self.client_cert:
            try:
                context.load_cert_chain(
                    self.client_cert, self.client_key or None, password=_no_passphrase
                )
            except (OSError, ValueError):
                return Failure("device.misconfigured", "client_cert or client_key cannot be used")
        return Ok(context)
