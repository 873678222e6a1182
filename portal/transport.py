"""HTTP to the portal: bounded in time and size, and suspicious of whatever comes back."""

from __future__ import annotations

import email.utils
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from pydantic import ValidationError

from portal.connections import BLOCK, Answering, WatchedAdapter, prepared
from portal.contract.answers import ProblemDocument
from portal.contract.base import ProblemCode
from portal.contract.signatures import COVERED, IN_SESSION
from portal.exchange import DeadlineGuard, Exchange, set_current_exchange
from portal.identity import IdentityFiles, TerminalIdentity
from portal.outcomes import NoAnswer, NoAnswerCode, Problem, Unreachable, UnreachableCode
from portal.portal_clock import PortalClock
from portal.signing import signed_headers
from portal.tls_faults import refusal, server_fault
from portal.tokens import PATH, Tokens, asks_for_token

MAX_RETRY_AFTER_S = 24 * 3600
_TRANSPORT_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    # http.client on a socket that was shut down under it
    ValueError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. ``connect_s`` per address, ``read_s`` between two reads, ``total_s`` for the whole
    exchange once an address is known (name resolution is bounded by the system resolver)."""

    connect_s: float = 5.0
    read_s: float = 15.0
    total_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete reply with a body of the declared length; not yet judged."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def media_type(self) -> str:
        """Content type without parameters, lower case."""
        return self.headers.get("Content-Type", "").split(";", 1)[0].strip().lower()


class Transport:
    """Sends requests to one portal. Safe in several threads, which share kept-open connections.

    ``fault``: why nothing can be sent at all.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str],
        authorities: Path | None,
        identity: IdentityFiles | None,
        timeouts: Timeouts,
        allow_cleartext: bool,
        fault: UnreachableCode | None = None,
        clock: PortalClock | None = None,
    ) -> None:
        self._base = checked_base_url(base_url, allow_cleartext=allow_cleartext)
        self._headers = dict(headers)
        self._authorities = authorities
        self._identity = identity
        self._fault = fault
        self._clock = clock or PortalClock()
        self._tokens = Tokens()
        self._timeouts = timeouts
        self._adapter: tuple[str, WatchedAdapter] | None = None
        self._adapter_lock = threading.Lock()
        self._guard = DeadlineGuard()

    @property
    def base_url(self) -> str:
        """The portal's address, without a trailing slash."""
        return self._base

    def close(self) -> None:
        """Close all connections. No exchange may be running."""
        self._guard.close()
        with self._adapter_lock:
            if self._adapter is not None:
                self._adapter[1].close()

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_body: int,
        patience_s: float = 0.0,
        answer_s: float = 0.0,
        signed: bool = False,
    ) -> Reply | Unreachable | NoAnswer:
        """One exchange; ``body`` goes out byte for byte. Never raises for what a network does.

        ``patience_s`` is added to the whole exchange's deadline, for a large body on a slow line.
        ``answer_s``: as long as this at least an answer may take that is only made when asked for.
        ``signed``: the request carries the terminal's signature, if there is an identity. With an
        Authorization of its own (a session's token) it is sent as it is, and signed as one of a session.
        """
        if self._fault is not None:
            return Unreachable(self._fault)
        identity = None if self._identity is None else self._identity.current()
        if isinstance(identity, UnreachableCode):
            return Unreachable(identity)
        sent_headers = {**self._headers, "Accept-Encoding": "identity", **(headers or {})}
        in_session = "Authorization" in sent_headers
        longer_s = max(0.0, answer_s - self._timeouts.read_s)
        timeouts = replace(
            self._timeouts,
            read_s=self._timeouts.read_s + longer_s,
            total_s=self._timeouts.total_s + longer_s + patience_s,
        )
        if signed and identity is not None:
            sent_headers |= signed_headers(
                identity, method, self._base + path, sent_headers, body or b"", self._clock.now(),
                IN_SESSION if in_session else COVERED,
            )  # fmt: skip
        if identity is None or in_session:
            return self._once(
                identity, method, path, params, sent_headers, body, max_body, timeouts
            )
        return self._with_token(
            identity, path, sent_headers,
            lambda: self._once(
                identity, method, path, params, sent_headers, body, max_body, timeouts
            ),
        )  # fmt: skip

    def _with_token(
        self,
        identity: TerminalIdentity,
        path: str,
        headers: dict[str, str],
        send: Callable[[], Reply | Unreachable | NoAnswer],
    ) -> Reply | Unreachable | NoAnswer:
        """Send with the token the portal wants, if it wants one. A refused token is replaced and the
        request sent again, once: what was refused for its token was not applied."""
        token = self._tokens.current(identity.thumbprint, lambda: self._fetch_token(identity))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        reply = send()
        if not isinstance(reply, Reply) or not asks_for_token(reply.status, reply.body):
            return reply
        fresh = self._tokens.replace(
            identity.thumbprint, token, lambda: self._fetch_token(identity)
        )
        if fresh is None:
            return reply
        headers["Authorization"] = f"Bearer {fresh}"
        return send()

    def _fetch_token(self, identity: TerminalIdentity) -> bytes | None:
        body = json.dumps({"terminal": self._headers.get("Terminal-Id", "")}).encode()
        headers = {
            **self._headers,
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
        }
        reply = self._once(identity, "POST", PATH, None, headers, body, BLOCK, self._timeouts)
        return reply.body if isinstance(reply, Reply) and reply.status == 201 else None

    def _once(
        self,
        identity: TerminalIdentity | None,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: bytes | None,
        max_body: int,
        timeouts: Timeouts,
    ) -> Reply | Unreachable | NoAnswer:
        with self._watched(timeouts.total_s) as exchange:
            try:
                adapter = self._connections("" if identity is None else identity.thumbprint)
                reply = self._exchange(
                    adapter, method, path, params, headers, body, max_body, timeouts
                )
            except _TRANSPORT_ERRORS as error:
                return _classify(error, exchange)
            # a socket shut down at the deadline can look like a short but complete reply
            if exchange.expired:
                return NoAnswer(NoAnswerCode.DEADLINE)
            if isinstance(reply, Reply):
                self._clock.heard(reply.headers.get("Date"))
            return reply

    def _exchange(
        self,
        adapter: WatchedAdapter,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str],
        body: bytes | None,
        max_body: int,
        timeouts: Timeouts,
    ) -> Reply | NoAnswer:
        query = f"?{urlencode(params)}" if params else ""
        sent = prepared(method, f"{self._base}{path}{query}", headers, body)
        limits = (timeouts.connect_s, timeouts.read_s)
        answering = cast(Answering, adapter.send(sent, timeout=limits).raw)
        try:
            return _read(answering, max_body)
        finally:
            adapter.release(answering)

    @contextmanager
    def _watched(self, total_s: float) -> Iterator[Exchange]:
        exchange = Exchange()
        set_current_exchange(exchange)
        self._guard.watch(exchange, time.monotonic() + total_s)
        try:
            yield exchange
        finally:
            exchange.finish()
            set_current_exchange(None)

    def _connections(self, thumbprint: str) -> WatchedAdapter:
        """The connections. A renewed certificate needs new ones."""
        with self._adapter_lock:
            if self._adapter is not None and self._adapter[0] != thumbprint:
                self._adapter[1].close()
                self._adapter = None
            if self._adapter is None:
                made = WatchedAdapter(self._base, self._authorities, self._identity)
                self._adapter = thumbprint, made
            return self._adapter[1]


def _read(answering: Answering, max_body: int) -> Reply | NoAnswer:
    """The whole reply, unless it is of a kind that is no answer."""
    status, headers = answering.status, answering.headers
    if 300 <= status < 400 and status != 304:
        return NoAnswer(NoAnswerCode.REDIRECT, status)
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        return NoAnswer(NoAnswerCode.GARBAGE, status)
    body = answering.read(max_body)
    if body is None:
        return NoAnswer(NoAnswerCode.TOO_LARGE, status)
    return Reply(status, headers, body)


def checked_base_url(base_url: str, *, allow_cleartext: bool) -> str:
    """``base_url`` without a trailing slash. Raises ValueError for one that must not be used."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("the portal's address must be an http(s) URL with a host")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("the portal's address must have no query, fragment or user name")
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme == "http" and not local and not allow_cleartext:
        raise ValueError("the portal must be reached over https")
    return base_url.rstrip("/")


def problem_of(reply: Reply) -> Problem | NoAnswer:
    """The refusal in ``reply``, or NoAnswer if it is not the portal that speaks."""
    if reply.media_type() != "application/problem+json" or reply.status < 400:
        return NoAnswer(NoAnswerCode.BAD_STATUS, reply.status)
    try:
        document = ProblemDocument.model_validate_json(reply.body)
    except ValidationError:
        return NoAnswer(NoAnswerCode.GARBAGE, reply.status)
    retry_after = document.retry_after_s
    if retry_after is None:
        retry_after = retry_after_s(reply.headers.get("Retry-After"))
    return Problem(
        code=ProblemCode.read(document.code, reply.status),
        retryable=document.retryable,
        retry_after_s=None if retry_after is None else min(retry_after, MAX_RETRY_AFTER_S),
        status=reply.status,
        fields=tuple(document.fields or ()),
        trace_id=document.trace_id,
    )


def is_json_object(body: bytes) -> bool:
    """Whether ``body`` is a JSON object."""
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


def retry_after_s(header: str | None) -> int | None:
    """Seconds of a Retry-After header (RFC 9110 10.2.3): a number or an HTTP date."""
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return min(int(header.strip()[:9]), MAX_RETRY_AFTER_S)
    try:
        at = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    seconds = (at - datetime.now(UTC)).total_seconds()
    return max(0, min(int(seconds), MAX_RETRY_AFTER_S))


def _classify(error: BaseException, exchange: Exchange) -> Unreachable | NoAnswer:
    causes = list(_causes(error))
    refused = refusal(causes)
    if refused is not None:
        return Unreachable(refused)
    if not exchange.sent:
        if exchange.expired:
            return Unreachable(UnreachableCode.CONNECT_TIMEOUT)
        return Unreachable(_unreachable_code(causes))
    if exchange.expired:
        return NoAnswer(NoAnswerCode.DEADLINE)
    if _any(causes, TimeoutError):
        return NoAnswer(NoAnswerCode.READ_TIMEOUT)
    if _any(causes, http.client.IncompleteRead):
        return NoAnswer(NoAnswerCode.TRUNCATED)
    if _any(causes, ConnectionError):
        return NoAnswer(NoAnswerCode.RESET)
    return NoAnswer(NoAnswerCode.GARBAGE)


def _unreachable_code(causes: list[BaseException]) -> UnreachableCode:
    if _any(causes, urllib3.exceptions.NameResolutionError, socket.gaierror):
        return UnreachableCode.DNS
    if (fault := server_fault(causes)) is not None:
        return fault
    if _any(causes, urllib3.exceptions.SSLError, ssl.SSLError):
        return UnreachableCode.TLS
    if _any(causes, ConnectionRefusedError):
        return UnreachableCode.REFUSED
    if _any(causes, urllib3.exceptions.ConnectTimeoutError, TimeoutError):
        return UnreachableCode.CONNECT_TIMEOUT
    if _any(causes, ConnectionError):
        return UnreachableCode.RESET
    return UnreachableCode.NO_ROUTE


def _any(causes: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it wraps, through ``__cause__``, urllib3's ``reason`` and arguments."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, BaseException) or id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        waiting += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
