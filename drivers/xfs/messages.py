"""XFS4IoT messages: the envelope, and what may be in each one. Parsing never raises for bad input.

Source: the message definitions of XFS4IoT as mirrored by the public SP-Dev framework (release of
2025); ``messages.json`` states, as JSON Schema, the part of them that is used here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

MAX_FRAME_BYTES = 1 << 20
MAX_DEPTH = 24


class XfsProtocolError(ValueError):
    """Something came that is no message. The text names places, never content."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``payload`` may hold what a person showed: ``repr`` hides it.

    ``refusal``: the acknowledge's status, ``""`` if accepted. ``code``: a completion's code.
    """

    type: str
    name: str
    request_id: int | None
    version: str = "2.0"
    timeout_ms: int | None = None
    refusal: str = ""
    code: str = ""
    payload: dict[str, Any] = field(default_factory=dict, repr=False)


@cache
def definitions() -> dict[str, Any]:
    """The data file."""
    text = files("drivers.xfs").joinpath("messages.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _validator(kind: str, name: str) -> Draft202012Validator | None:
    schema = definitions()[kind] if not name else definitions().get(kind, {}).get(name)
    return None if schema is None else Draft202012Validator(schema)


def known(kind: str, name: str) -> bool:
    """True if the message is one of those used here (an acknowledge has its command's name)."""
    return name in definitions().get("command" if kind == "acknowledge" else kind, {})


def version_of(name: str) -> str:
    """The version of a command that is sent."""
    version: str = definitions()["versions"].get(name, "2.0")
    return version


def encode(message: Message) -> str:
    """As text for the wire. :class:`XfsProtocolError` if it does not follow its own schema."""
    header: dict[str, Any] = {
        "type": message.type,
        "name": message.name,
        "requestId": message.request_id,
        "version": message.version,
    }
    if message.timeout_ms is not None:
        header["timeout"] = message.timeout_ms
    if message.refusal:
        header["status"] = message.refusal
    if message.code:
        header["completionCode"] = message.code
    whole = {"header": header, "payload": message.payload}
    check(whole)
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":"))


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def decode(text: str | bytes) -> Message:
    """The message in ``text``. :class:`XfsProtocolError` for anything that is none."""
    if len(text) > MAX_FRAME_BYTES:
        raise XfsProtocolError("frame too large")
    try:
        whole = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise XfsProtocolError("not JSON") from None
    if not _shallow(whole):
        raise XfsProtocolError("nested too deeply")
    check(whole)
    header = whole["header"]
    return Message(
        type=header["type"],
        name=header["name"],
        request_id=header.get("requestId"),
        version=header["version"],
        timeout_ms=header.get("timeout"),
        refusal=header.get("status") or "",
        code=header.get("completionCode") or "",
        payload=whole.get("payload") or {},
    )


def check(whole: Any) -> None:
    """Hold a message to the envelope and, if it is one used here, to its own schema."""
    _hold(_validator("envelope", ""), whole, "message")
    header = whole["header"]
    kind = header["type"]
    if kind != "unsolicited" and header.get("requestId") is None:
        raise XfsProtocolError(f"{kind} without request id")
    if kind == "completion" and header.get("completionCode") is None:
        raise XfsProtocolError("completion without code")
    # a failed command may leave out everything but its error code
    if kind == "completion" and header["completionCode"] != "success":
        payload = whole.get("payload")
        error = payload.get("errorCode") if payload else None
        if error is not None and not isinstance(error, str):
            raise XfsProtocolError("errorCode is no text")
        return
    validator = _validator(kind, header["name"])
    if validator is not None:
        _hold(validator, whole.get("payload") or {}, header["name"])


def _hold(validator: Draft202012Validator | None, value: Any, what: str) -> None:
    if validator is None:
        return
    error = next(iter(validator.iter_errors(value)), None)
    if error is not None:
        # names of keys may come from outside too, so only the rule is told
        raise XfsProtocolError(f"{what}: {error.validator}")


def _shallow(whole: Any) -> bool:
    level = [whole]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return True
    return False
