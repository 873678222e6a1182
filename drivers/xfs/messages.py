"""XFS4IoT messages: the envelope, and what may be in each one. Parsing never raises for bad input.

Sources: docs/devices/xfs4iot.md says which message was read where. ``schema_*.json`` state, as JSON
Schema, the part of the messages that is used here, and the major versions of it that are spoken.
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
_FILES = ("envelope", "common", "card_reader", "printer", "barcode_reader", "camera", "panel")
SUCCESS = "success"


class XfsProtocolError(ValueError):
    """Something came that is no message. The text names places, never content."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``payload`` may hold what a person showed: ``repr`` hides it.

    ``refusal``: the acknowledge's status, ``""`` if accepted. ``code``: a completion's code; the
    specification has none for success, one framework says ``success``, and both are read as that.
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
def definitions() -> dict[str, dict[str, Any]]:
    """The data files as one: by kind (``command``, ``completion`` …), then by name."""
    merged: dict[str, dict[str, Any]] = {}
    for name in _FILES:
        text = files("drivers.xfs").joinpath(f"schema_{name}.json").read_text("utf-8")
        for kind, entries in json.loads(text).items():
            merged.setdefault(kind, {}).update(entries)
    return merged


@cache
def _validator(kind: str, name: str) -> Draft202012Validator | None:
    schema = definitions()[kind] if not name else definitions().get(kind, {}).get(name)
    return None if schema is None else Draft202012Validator(schema)


def known(kind: str, name: str) -> bool:
    """True if the message is one of those used here (an acknowledge has its command's name)."""
    return name in definitions().get("command" if kind == "acknowledge" else kind, {})


def spoken(name: str) -> tuple[int, ...]:
    """The major versions of a command or event that are spoken here, the oldest first."""
    return tuple(definitions()["versions"].get(name, (2,)))


def version_of(name: str) -> str:
    """The version a command is sent in before anything was agreed upon."""
    return f"{spoken(name)[0]}.0"


def encode(message: Message, *, says_success: bool = False) -> str:
    """As text for the wire; what is empty is left out, as the specification has it.

    ``says_success``: write the code of a successful completion out. :class:`XfsProtocolError` if
    the message does not follow its own schema.
    """
    header: dict[str, Any] = {"type": message.type, "name": message.name}
    if message.request_id is not None:
        header["requestId"] = message.request_id
    header["version"] = message.version
    if message.timeout_ms is not None:
        header["timeout"] = message.timeout_ms
    if message.refusal:
        header["status"] = message.refusal
    if message.code and (message.code != SUCCESS or says_success):
        header["completionCode"] = message.code
    whole: dict[str, Any] = {"header": header}
    if message.payload:
        whole["payload"] = message.payload
    check(whole)
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":"))


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def decode(text: str | bytes, most_bytes: int = MAX_FRAME_BYTES) -> Message:
    """The message in ``text``. :class:`XfsProtocolError` for anything that is none."""
    if len(text) > most_bytes:
        raise XfsProtocolError("frame too large")
    try:
        if isinstance(text, bytes):
            text = text.decode()
        whole = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise XfsProtocolError("not JSON") from None
    if not _shallow(whole):
        raise XfsProtocolError("nested too deeply")
    if "\\u" in text and not _is_text(whole):
        raise XfsProtocolError("half a surrogate pair")
    check(whole)
    header = whole["header"]
    return Message(
        type=header["type"],
        name=header["name"],
        request_id=header.get("requestId"),
        version=header["version"],
        timeout_ms=header.get("timeout"),
        refusal=header.get("status") or "",
        code=header.get("completionCode") or (SUCCESS if header["type"] == "completion" else ""),
        payload=whole.get("payload") or {},
    )


def check(whole: Any) -> None:
    """Hold a message to the envelope and, if it is one used here, to its own schema."""
    header = whole.get("header") if isinstance(whole, dict) else None
    if isinstance(header, dict) and "version" not in header:
        raise XfsProtocolError("no version in the header: an earlier form of the protocol")
    _hold(_validator("envelope", ""), whole, "message")
    header = whole["header"]
    kind = header["type"]
    if kind != "unsolicited" and header.get("requestId") is None:
        raise XfsProtocolError(f"{kind} without request id")
    # a failed command may leave out everything but its error code
    if kind == "completion" and header.get("completionCode") not in (None, SUCCESS):
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


def _is_text(whole: Any) -> bool:
    """False if something in it cannot be written down again; JSON's escapes allow that."""
    try:
        json.dumps(whole, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


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
