"""The secret that protects the outbox's key on the disk, where the system gives one to the terminal.

systemd hands a service its credentials as files in a folder in memory (systemd.exec(5)); those of
``LoadCredentialEncrypted=`` it has opened with the TPM. How one is made: docs/outbox.md.
"""

from __future__ import annotations

import os
from pathlib import Path

CREDENTIAL = "citizen-window.outbox"


def outbox_secret() -> bytes | None:
    """The secret; ``None`` where there is none. Raises OSError when it cannot be read."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder is None:
        return None
    try:
        return (Path(folder) / CREDENTIAL).read_bytes()
    except FileNotFoundError:
        return None
