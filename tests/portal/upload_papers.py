"""Papers uploaded by hand, for the tests of uploads."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import uuid_utils
from portal_support import Clerk, sent

from portal import Answer, PortalClient
from portal.contract import new_secret, seal_chunks, sealed_size

TUS = {"Tus-Resumable": "1.0.0", "Terminal-Id": "T-1"}
PATCH = {**TUS, "Content-Type": "application/offset+octet-stream"}


def new_key() -> str:
    return str(uuid_utils.uuid7())


class Papers:
    """Attachments of one case, sealed and uploaded by hand."""

    def __init__(self, terminal: PortalClient, clerk: Clerk) -> None:
        self.terminal, self.clerk = terminal, clerk
        self.key = new_key()
        self.uploads: list[dict[str, Any]] = []
        self.attachments: list[dict[str, Any]] = []

    def add(self, content: bytes, kind: str = "scan", *, sent: int | None = None) -> bytes:
        upload, secret = new_key(), new_secret()
        sealed = b"".join(seal_chunks(content, secret, self.key, upload, 1024))
        assert len(sealed) == sealed_size(len(content), 1024)
        begun = self.terminal.uploads.begin(upload, len(sealed), {"kind": kind})
        assert isinstance(begun, Answer)
        part = sealed[:sent]
        moved = self.terminal.uploads.append(begun.value.location, 0, part, len(sealed))
        assert moved == Answer(len(part))
        digest = hashlib.sha256(sealed).hexdigest()
        self.uploads.append({"key": upload, "size": len(sealed), "sha256": digest})
        coded = base64.urlsafe_b64encode(secret).decode().rstrip("=")
        self.attachments.append(
            {"upload": upload, "kind": kind, "media_type": "application/pdf", "size": len(content),
             "step": 1024, "secret": coded}
        )  # fmt: skip
        return sealed

    def submit(self, uploads: list[dict[str, Any]] | None = None) -> Any:
        body, _ = self.clerk.case("apply-1", key=self.key, attachments=self.attachments)
        envelope = json.loads(body) | {"uploads": self.uploads if uploads is None else uploads}
        return self.terminal.submit_case(json.dumps(envelope).encode(), self.key)

    def supplement(self, case_no: str, request_id: str) -> Any:
        envelope = {"uploads": self.uploads}
        action = self.clerk.action(
            case_no, key=self.key, envelope=envelope, request_id=request_id, form={},
            attachments=self.attachments,
        )  # fmt: skip
        return self.terminal.supplement(*sent(action))
