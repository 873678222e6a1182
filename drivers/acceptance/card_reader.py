"""Checks of :class:`drivers.ports.IdCardReader`."""

from __future__ import annotations

import re
from datetime import date

from drivers.acceptance import waiting
from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.ports import IdDocument, IdDocumentKind
from drivers.results import Ok

_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))
_CHECK_CHARACTERS = "10X98765432"
_AFTER_REMOVAL = frozenset({"idcard.removed", "idcard.unreadable", "idcard.none"})


def none(bench: Bench) -> None:
    """No card: ``idcard.none`` at the time limit, and the wait really lasts until then."""
    bench.do("no_card")
    waiting.lasts(bench, "read_card", "idcard.none")


def cancel(bench: Bench) -> None:
    """A wait for a card ends as ``device.cancelled``, not by running out."""
    bench.do("no_card")
    waiting.is_called_off(bench, "read_card", _long(bench))


def killed(bench: Bench) -> None:
    """The process dies while waiting for a card; the next reading finds the reader again."""
    bench.do("no_card")
    waiting.outlives_its_process(bench, "read_card", _long(bench), "idcard.none", "reader")


def _long(bench: Bench) -> float:
    return bench.limits.begin_s + bench.limits.wait_s


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
