"""What the flight recorder may keep of XFS4IoT: headers of known messages and, of a payload, words that
the schema lists (states, error codes); never a text, a number, data, or a key it does not name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.xfs.messages import XfsProtocolError, decode, definitions, known


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
        whole: dict[str, Any] = {"header": {key: value for key, value in header.items() if value}}
        schema = definitions().get(message.type, {}).get(message.name, {})
        if words := _words(schema, message.payload):
            whole["payload"] = words
        kept = json.dumps(whole).encode()
        return [Entry(at, direction, kept, max(0, len(data) - len(kept)))]

    def settle(self) -> Kept:
        """Nothing is held back."""
        return []


def _words(schema: Mapping[str, Any], value: object) -> Any:
    """The part of ``value`` that consists of words ``schema`` lists; None if there is none."""
    if "enum" in schema:
        return value if isinstance(value, str) and value in schema["enum"] else None
    if not isinstance(value, Mapping):
        return None
    kept = {
        key: words
        for key, inner in schema.get("properties", {}).items()
        if (words := _words(inner, value.get(key))) is not None
    }
    return kept or None
