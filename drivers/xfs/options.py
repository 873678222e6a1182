"""Settings that the adapters over XFS4IoT services share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

_URI = r"^wss?://[^\s/]+(/[^\s]*)?$"
_HOST = r"^[A-Za-z0-9._-]{1,253}$|^\[[0-9A-Fa-f:.]{2,45}\]$"

PATH = "/xfs4iot/v1.0"
PORTS = tuple(range(5846, 5857))
"""Where a publisher listens, besides the scheme's own port, which is tried first."""

Port = Annotated[int, Field(ge=1, le=65535)]


class XfsOptions(BaseModel):
    """Settings. One of three says where the service is: ``service``, its own address; ``publisher``,
    the address of the publisher that is asked for it (``wss://host:5846/xfs4iot/v1.0``); or ``host``,
    whose published ports are searched for publishers.

    ``tls`` and ``ports``: how a ``host`` is searched. ``ca_file``: who vouches for a ``wss`` service,
    instead of the system's authorities. ``client_cert``, ``client_key``: files in PEM for a service
    that asks who we are. ``open_wire``: whether a service on another machine may be spoken to without
    TLS. ``vendor_mode``: address of the VendorMode service whose requests are answered, empty for none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str = Field(default="", pattern=rf"^$|{_URI}")
    publisher: str = Field(default="", pattern=rf"^$|{_URI}")
    host: str = Field(default="", pattern=rf"^$|{_HOST}")
    tls: bool = True
    ports: tuple[Port, ...] = Field(default=(), max_length=64)
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    open_wire: bool = False
    vendor_mode: str = Field(default="", pattern=rf"^$|{_URI}")
    open_timeout_s: float = Field(default=3.0, gt=0, le=30)

    @model_validator(mode="after")
    def _one_address(self) -> XfsOptions:
        if sum(map(bool, (self.service, self.publisher, self.host))) != 1:
            raise ValueError("give one of service, publisher and host")
        if self.client_key and not self.client_cert:
            raise ValueError("client_key needs client_cert")
        return self

    def publishers(self) -> tuple[str, ...]:
        """Addresses to ask for services, in order."""
        if self.publisher:
            return (self.publisher,)
        scheme, own = ("wss", 443) if self.tls else ("ws", 80)
        return tuple(f"{scheme}://{self.host}:{port}{PATH}" for port in self.ports or (own, *PORTS))
