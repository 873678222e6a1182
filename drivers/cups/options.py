"""Settings of a CUPS queue as a document printer."""

from __future__ import annotations

import socket
from urllib.parse import quote

from drivers.ipp.client import IppClient
from drivers.options import Options, option
from drivers.ports import AdapterContext

DOMAIN_SOCKET = "/run/cups/cups.sock"
_CUPS_PORT = 631
_MOST_USER = 60


class CupsOptions(Options):
    """Options of :class:`drivers.cups.CupsQueuePrinter`.

    ``queue``: its name at cupsd. ``server``: path of cupsd's domain socket, or ``host`` or
    ``host:port``. ``device_uri``: an ``ipp://`` or ``ipps://`` address of the printer itself, where
    the queue does not name one that can be asked. ``ca_file``: as for ``ipp``. ``media``, ``sides``,
    ``print_color_mode``: keywords the queue must support. ``poll_s``, ``stall_s``: as for ``ipp``.
    ``gone_s``: a printer that is away for so long in mid-job is given up, and the job withdrawn.
    ``owner``: user name of the jobs, unique to this terminal and device; made of both by default.
    """

    queue: str = option(pattern=r"^[^/#?\s]{1,127}$")
    server: str = option(default=DOMAIN_SOCKET, min_length=1)
    device_uri: str | None = option(default=None, pattern=r"^ipps?://")
    ca_file: str | None = option(default=None, min_length=1)
    media: str | None = option(default=None, min_length=1)
    sides: str | None = option(default=None, min_length=1)
    print_color_mode: str | None = option(default=None, min_length=1)
    poll_s: float = option(default=0.4, gt=0, le=60)
    stall_s: float = option(default=3.0, gt=0, le=60)
    gone_s: float = option(default=15.0, gt=0, le=600)
    owner: str | None = option(default=None, pattern=r"^.{1,60}$")

    def client(self, context: AdapterContext) -> IppClient:
        """For the queue. :class:`ValueError` for a server that is no address."""
        user = self.owner or f"kiosk-{context.name}-{socket.gethostname()}"[:_MOST_USER]
        path = f"/printers/{quote(self.queue)}"
        if self.server.startswith("/"):
            uri = f"ipp://localhost{path}"
            return IppClient(uri, tap=context.tap, socket_path=self.server, user=user)
        host, _, port = self.server.partition(":")
        if port and not port.isdecimal():
            raise ValueError("server: neither a path, a host nor host:port")
        uri = f"ipp://{host}:{port or _CUPS_PORT}{path}"
        return IppClient(uri, tap=context.tap, user=user)
