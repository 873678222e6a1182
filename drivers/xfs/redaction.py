"""What the flight recorder may keep of XFS4IoT: headers of known messages, never a payload."""

from __future__ import annotations

import json

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.xfs.messages import XfsProtocolError, decode, known


class XfsRedactor:
    """Implements :class:`drivers.flight.Redactor`; each frame comes whole."""

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        try:
            message = decode(data)
        except XfsProtocolError:
            return [Entry(at, direction, b"", len(data))]
        if not known(message.type, message.name):
            return [Entry(at, direction, b"", len(data))]
        header = {
            "type": message.type,
            "name": message.name,
            "requestId": message.request_id,
            "version": message.version,
            "timeout": message.timeout_ms,
            "status": message.refusal,
            "completionCode": message.code,
        }
        text = json.dumps({"header": {key: value for key, value in header.items() if value}})
        kept = text.encode()
        return [Entry(at, direction, kept, max(0, len(data) - len(kept)))]

    def settle(self) -> Kept:
        """Nothing is held back."""
        return []
