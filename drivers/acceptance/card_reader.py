"""Checks of :class:`drivers.ports.IdCardReader`."""

from __future__ import annotations

import re
import time
from datetime import date

from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.host import HostState
from drivers.ports import IdDocument, IdDocumentKind
from drivers.results import Failure, Ok

_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))
_CHECK_CHARACTERS = "10X98765432"
_EARLY = 0.5
_AFTER_REMOVAL = frozenset({"idcard.removed", "idcard.unreadable", "idcard.none"})
_AFTER_KILL = frozenset({"device.host_crashed", "device.offline", "idcard.none", "device.timeout"})


def none(bench: Bench) -> None:
    """No card: ``idcard.none`` at the time limit, and the wait really lasts until then."""
    bench.do("no_card")
    limit = bench.limits.wait_s
    began = time.monotonic()
    result = bench.call("read_card", timeout_s=limit)
    if not isinstance(result, Failure) or result.code != "idcard.none":
        raise CheckFailed("expected idcard.none")
    if time.monotonic() - began < _EARLY * limit:
        raise CheckFailed("gave up long before the time limit")


def cancel(bench: Bench) -> None:
    """A wait for a card ends as ``device.cancelled``, not by running out."""
    bench.do("no_card")
    limit = bench.limits.begin_s + bench.limits.wait_s
    future = bench.begin("read_card", timeout_s=limit)
    bench.host.cancel()
    result = bench.end(future, limit)
    if not isinstance(result, Failure) or result.code != "device.cancelled":
        raise CheckFailed("expected device.cancelled")


def killed(bench: Bench) -> None:
    """The process dies while waiting for a card; the next reading finds the reader again."""
    bench.do("no_card")
    limit = bench.limits.begin_s + bench.limits.wait_s
    future = bench.begin("read_card", timeout_s=limit)
    old = bench.kill()
    result = bench.end(future, limit)
    if not isinstance(result, Failure) or result.code not in _AFTER_KILL:
        raise CheckFailed("expected device.host_crashed")
    if not bench.reached(
        lambda: bench.host.pid not in (None, old) and bench.host.state is HostState.READY,
        bench.limits.recover_s,
    ):
        raise CheckFailed("the process did not come back")
    bench.until_usable(bench.limits.recover_s, "the reader did not come back")


def _read(bench: Bench) -> IdDocument:
    bench.do("lay_card")
    result = bench.call("read_card", timeout_s=bench.limits.operation_s)
    if not isinstance(result, Ok):
        raise CheckFailed("the card was not read")
    if not isinstance(result.value, IdDocument):
        raise CheckFailed("what was read is no IdDocument")
    return result.value


def read(bench: Bench) -> None:
    """The record is plausible, and ``card_found`` came before it."""
    seen = len(bench.events)
    document = _read(bench)
    bench.restore("no_card")
    if wrong := implausible(document):
        raise CheckFailed(f"not plausible: {wrong}")
    if "card_found" not in [event for event, _ in bench.events[seen:]]:
        raise CheckFailed("card_found was not emitted")


def private(bench: Bench) -> None:
    """Name, number and address show in no event, no status and no log line."""
    seen = len(bench.events)
    with bench.listening() as logged:
        document = _read(bench)
        bench.restore("no_card")
    secrets = [text for text in (document.name, document.number, document.address) if text]
    places = {
        "events": [str(data) for _, data in bench.events[seen:]],
        "status": [status.detail for status in [*bench.statuses, bench.host.status]],
        "log": logged,
    }
    for place, texts in places.items():
        if any(secret in text for secret in secrets for text in texts):
            raise CheckFailed(f"content of the card was found in: {place}")


def removed(bench: Bench) -> None:
    """A card that leaves in mid-read ends the call with a result of its own."""
    bench.do("snatch_card")
    try:
        result = bench.call("read_card", timeout_s=bench.limits.operation_s)
    finally:
        bench.restore("no_card")
    if isinstance(result, Ok):
        raise CheckNotRun("the card was read before it was taken away")
    if result.code not in _AFTER_REMOVAL:
        raise CheckFailed("expected idcard.removed")


def implausible(document: IdDocument) -> str:
    """What of a record cannot be right, by the field's name, never its value; empty if all can."""
    if not isinstance(document.kind, IdDocumentKind):
        return "kind"
    if not (document.name or document.name_latin).strip():
        return "name"
    if not number_holds(document.kind, document.number):
        return "number"
    for name in ("birth", "valid_from", "valid_to"):
        value = getattr(document, name)
        if value is not None and not isinstance(value, date):
            return name
    if document.birth is None or not 1880 <= document.birth.year <= 2100:
        return "birth"
    if document.kind is IdDocumentKind.RESIDENT and f"{document.birth:%Y%m%d}" not in (
        document.number
    ):
        return "birth differs from the number"
    if document.long_term != (document.valid_to is None):
        return "long_term"
    if document.valid_from and document.valid_to and document.valid_from > document.valid_to:
        return "valid_from"
    return "" if isinstance(document.photo, bytes) else "photo"


def number_holds(kind: IdDocumentKind, number: str) -> bool:
    """Check digit of an 18-character number (GB 11643, ISO 7064 MOD 11-2); of a 2017 permit the form."""
    if kind is IdDocumentKind.FOREIGNER_2017:
        return re.fullmatch(r"[A-Z]{3}[0-9]{12}", number) is not None
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[17] == _CHECK_CHARACTERS[total % 11]
