"""A CA for one demonstration, and the certificate of its terminal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from portal.sandbox.authority import Authority


@dataclass(frozen=True, slots=True)
class Papers:
    """What a terminal needs for mutual TLS. The key is made here, so they are good for play only."""

    authority: Authority
    ca_file: Path
    certificate: Path
    key: Path

    @classmethod
    def issue(cls, folder: Path, terminal: str) -> Self:
        """Fresh ones for ``terminal``, in ``folder``."""
        authority = Authority.new("Citizen Window demonstration")
        ca_file = authority.save(folder)
        issued = authority.terminal(terminal)
        return cls(
            authority, ca_file, *issued.write(folder / "terminal.pem", folder / "terminal.key")
        )

    def settings(self) -> dict[str, str]:
        """As the settings' ``[portal]`` table names them."""
        files = {"ca_file": self.ca_file, "client_cert": self.certificate, "client_key": self.key}
        return {name: str(path.resolve()) for name, path in files.items()}
