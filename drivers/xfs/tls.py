"""Who vouches for a service, and how we prove ourselves to one that asks."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from drivers.results import Failure, Ok, Result


def _no_passphrase() -> bytes:
    """An encrypted key must not be asked for at a terminal that nobody sits at."""
    return b""


@dataclass(frozen=True, slots=True)
class Identity:
    """``ca_file``: an authority's certificates, empty for the system's. ``client_cert`` with
    ``client_key`` (or both in one file): ours, for mutual TLS. Paths to PEM files. ``open_wire``:
    whether another machine may be spoken to without TLS."""

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = field(default="", repr=False)
    open_wire: bool = False

    def context(self, uri: str) -> Result[ssl.SSLContext | None]:
        """The context for ``uri``; None where it is not ``wss``. ``device.misconfigured`` names the
        setting whose file cannot be used, never what is in it; it is also the end of an open wire to
        another machine, over which a card's data would go for anybody to read."""
        parts = urlsplit(uri)
        if parts.scheme != "wss":
            if self.open_wire or _is_this_machine(parts.hostname or ""):
                return Ok(None)
            return Failure("device.misconfigured", "no TLS to another machine (open_wire)")
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


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
