"""Checks of :class:`drivers.ports.SmartCardReader`."""

from __future__ import annotations

import re
from datetime import date

from drivers.acceptance import waiting
from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.ports import BankCard, SocialSecurityCard
from drivers.results import Ok

_MASKED = re.compile(r"[0-9]{6}\*{2,9}[0-9]{4}")
_AFTER_REMOVAL = frozenset(
    {"smartcard.removed", "smartcard.unreadable", "smartcard.mute", "smartcard.none"}
)


def none(bench: Bench) -> None:
    """No card: ``smartcard.none`` at the time limit, and the wait really lasts until then."""
    bench.do("no_card")
    for operation in ("read_social_card", "read_bank_card"):
        waiting.lasts(bench, operation, "smartcard.none")


def cancel(bench: Bench) -> None:
    """A wait for a card ends as ``device.cancelled``, not by running out."""
    bench.do("no_card")
    waiting.is_called_off(bench, "read_social_card", _long(bench))


def killed(bench: Bench) -> None:
    """The process dies while waiting for a card; the next reading finds the reader again."""
    bench.do("no_card")
    waiting.outlives_its_process(
        bench, "read_social_card", _long(bench), "smartcard.none", "reader"
    )


def _long(bench: Bench) -> float:
    return bench.limits.begin_s + bench.limits.wait_s


def _read(bench: Bench) -> SocialSecurityCard:
    bench.do("social_card")
    try:
        result = bench.call("read_social_card", timeout_s=bench.limits.operation_s)
    finally:
        bench.restore("no_card")
    if not isinstance(result, Ok):
        raise CheckFailed("the card was not read")
    if not isinstance(result.value, SocialSecurityCard):
        raise CheckFailed("what was read is no SocialSecurityCard")
    return result.value


def read(bench: Bench) -> None:
    """The records are plausible, and ``card_found`` came before them."""
    seen = len(bench.events)
    card = _read(bench)
    if wrong := implausible(card):
        raise CheckFailed(f"not plausible: {wrong}")
    if "card_found" not in [event for event, _ in bench.events[seen:]]:
        raise CheckFailed("card_found was not emitted")


def private(bench: Bench) -> None:
    """Names and numbers show in no event, no status and no log line."""
    seen = len(bench.events)
    with bench.listening() as logged:
        card = _read(bench)
    secrets = [text for text in (card.name, card.number, card.card_number, card.card_id) if text]
    places = {
        "events": [str(data) for _, data in bench.events[seen:]],
        "status": [status.detail for status in [*bench.statuses, bench.host.status]],
        "log": logged,
    }
    for place, texts in places.items():
        if any(secret in text for secret in secrets for text in texts):
            raise CheckFailed(f"content of the card was found in: {place}")


def bank(bench: Bench) -> None:
    """A bank card's number comes masked, and only so."""
    bench.do("bank_card")
    try:
        result = bench.call("read_bank_card", timeout_s=bench.limits.operation_s)
    finally:
        bench.restore("no_card")
    if not isinstance(result, Ok):
        raise CheckFailed("the card was not read")
    if not isinstance(result.value, BankCard):
        raise CheckFailed("what was read is no BankCard")
    if not _MASKED.fullmatch(result.value.masked_number):
        raise CheckFailed("the number is not masked to its first six and last four digits")


def locked(bench: Bench) -> None:
    """A card that wants a key is told as that, and not as broken."""
    bench.do("locked_card")
    try:
        result = bench.call("read_social_card", timeout_s=bench.limits.operation_s)
    finally:
        bench.restore("no_card")
    if isinstance(result, Ok):
        raise CheckNotRun("the card gave its records without a key")
    if result.code != "smartcard.needs_authentication":
        raise CheckFailed("expected smartcard.needs_authentication")


def removed(bench: Bench) -> None:
    """A card that leaves in mid-read ends the call with a result of its own."""
    bench.do("snatch_chip")
    try:
        result = bench.call("read_social_card", timeout_s=bench.limits.operation_s)
    finally:
        bench.restore("no_card")
    if isinstance(result, Ok):
        raise CheckNotRun("the card was read before it was taken away")
    if result.code not in _AFTER_REMOVAL:
        raise CheckFailed("expected smartcard.removed")


def implausible(card: SocialSecurityCard) -> str:
    """What of a record cannot be right, by the field's name, never its value; empty if all can."""
    if not card.name.strip():
        return "name"
    if not re.fullmatch(r"[0-9A-Z]{8,18}", card.number):
        return "number"
    for name in ("birth", "issued", "expires"):
        value = getattr(card, name)
        if value is not None and not isinstance(value, date):
            return name
    if card.birth is not None and not 1880 <= card.birth.year <= 2100:
        return "birth"
    if card.issued and card.expires and card.issued > card.expires:
        return "issued"
    return ""
