"""The PC/SC service by its raw functions, and what each of its codes means here.

pyscard's own classes are not used: its monitors die with pcscd and tell nobody, and its exceptions
carry 0 ("successful") for a card that left during a command. Codes are those of the PC/SC
specification (part 5) as pcsc-lite gives them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from smartcard import scard

from drivers.results import Failure

SUCCESS: Final[int] = scard.SCARD_S_SUCCESS
CANCELLED: Final[int] = scard.SCARD_E_CANCELLED
TIMEOUT: Final[int] = scard.SCARD_E_TIMEOUT
NO_READERS: Final[int] = scard.SCARD_E_NO_READERS_AVAILABLE
NOT_LET_IN: Final[int] = scard.SCARD_W_SECURITY_VIOLATION
"""A pcscd built with polkit (Debian 13's) does not serve this account."""

_SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"

# libpcsclite (1.9.9; later ones in part) keeps one table of all contexts and cards of a process, and
# ``SCardDisconnect`` looks through it without a lock: a context that another thread makes or releases
# meanwhile crashes the process (about once in a thousand readings). So the three take turns here.
_table = threading.Lock()
_TURN_S = 5.0

_SERVICE_AWAY = frozenset(
    {
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_F_COMM_ERROR,  # the service died while it was asked
        scard.SCARD_E_INVALID_HANDLE,  # it is another service than the one that gave the handle
        scard.SCARD_F_INTERNAL_ERROR,
        scard.SCARD_E_NO_MEMORY,
    }
)
_READER_AWAY = frozenset(
    {
        scard.SCARD_E_READER_UNAVAILABLE,
        scard.SCARD_E_UNKNOWN_READER,
        scard.SCARD_E_NO_READERS_AVAILABLE,
    }
)
NO_ENTRY: Final[Failure] = Failure(
    "device.misconfigured", "pcscd does not serve this account: polkit has no rule for it"
)
_CARD_AWAY = frozenset({scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD})
_CARD_MUTE = frozenset(
    {
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNSUPPORTED_CARD,
        scard.SCARD_E_CARD_UNSUPPORTED,
        scard.SCARD_E_PROTO_MISMATCH,
    }
)


def use_socket(path: str) -> None:
    """Talk to the service at ``path`` instead of the machine's. Once a process: libpcsclite
    remembers the first it used."""
    if path:
        os.environ[_SOCKET_VARIABLE] = path


def establish() -> tuple[int, Any]:
    """A context of its own: code and handle."""
    with _turn():
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    return code & 0xFFFFFFFF, context


def release(context: Any) -> None:
    """Give a context back."""
    with _turn():
        scard.SCardReleaseContext(context)


def disconnect(card: Any) -> None:
    """Let a card go, powered down so that nothing on it stays selected."""
    with _turn():
        scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)


@contextmanager
def _turn() -> Iterator[None]:
    """Alone at the library's table; after ``_TURN_S`` all the same, should a reader hold the one
    before: better a small risk than a device that never comes back."""
    mine = _table.acquire(timeout=_TURN_S)
    try:
        yield
    finally:
        if mine:
            _table.release()


def failure_of(code: int, step: str) -> Failure:
    """The failure a code stands for; ``smartcard.unreadable`` for what only the card can explain."""
    code &= 0xFFFFFFFF
    detail = f"{step}: {code:08X}"
    if code in _SERVICE_AWAY:
        return Failure("device.offline", detail)
    if code == NOT_LET_IN:
        return NO_ENTRY
    if code in _READER_AWAY:
        return Failure("device.gone", detail)
    if code in _CARD_AWAY:
        return Failure("smartcard.removed", detail)
    if code in _CARD_MUTE:
        return Failure("smartcard.mute", detail)
    if code == scard.SCARD_E_SHARING_VIOLATION:
        return Failure("device.busy_elsewhere", detail)
    return Failure("smartcard.unreadable", detail)
