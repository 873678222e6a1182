"""Trying the connection to the portal step by step; the first failure ends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.remote import RemoteStore
from config.settings import PortalSection
from kiosk.certificates import identity_files
from kiosk.remote_upkeep import Found, update
from kiosk.terminal.clock import Now, china_now
from portal.client import PortalClient
from portal.contract.terminals import CONTRACT_VERSION, TerminalSelf, TerminalState
from portal.identity import TerminalIdentity, authority_fault
from portal.outcomes import Answer, NoAnswer, Outcome, Problem, Unreachable, UnreachableCode
from portal.probe import Place, connect, resolve, shake_hands, shown_certificate

MAX_SKEW_S = 60.0
OVERDUE = dt.timedelta(days=3)
"""So long after it became due, a renewal that did not happen is worth a technician's look."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing tried. ``state``: ok, warn or fail; ``code``: of ``portal_faults.toml``, "" if ok."""

    name: str
    state: str
    found: str
    code: str = ""


class PortalCheck:
    """Checks one terminal's connection. ``client``: makes its portal client. ``renewal``: the
    running terminal's last try to renew (:meth:`kiosk.certificates.CertificateKeeper.state`).
    ``remote``: the settings from afar that are kept; looked at, not changed."""

    def __init__(
        self,
        portal: PortalSection,
        client: Callable[[], PortalClient],
        now: Now = china_now,
        *,
        renewal: Mapping[str, Any] | None = None,
        remote: RemoteStore | None = None,
    ) -> None:
        self._portal = portal
        self._client = client
        self._now = now
        self._renewal = dict(renewal or {})
        self._remote = remote
        self._place = Place.of(portal.url)
        self._identity = identity_files(portal.client_cert, portal.client_key)

    def steps(self) -> Iterator[Step]:
        """Everything tried, in order."""
        for each in (self._files, self._network, self._answers):
            for step in each():
                yield step
                if step.state == "fail":
                    return

    def _files(self) -> Iterator[Step]:
        ca_file = self._portal.ca_file
        if ca_file is not None:
            fault = authority_fault(ca_file)
            yield _fail("ca", fault, ca_file) if fault else Step("ca", "ok", f"pinned: {ca_file}")
        elif self._place.tls:
            yield Step("ca", "ok", "public authorities")
        if self._identity is None:
            if self._place.tls:
                yield Step("certificate", "ok", "none configured")
            return
        identity = self._identity.current()
        if isinstance(identity, UnreachableCode):
            yield _fail("certificate", identity, self._identity.certificate)
        else:
            yield self._certificate(identity)

    def _certificate(self, identity: TerminalIdentity) -> Step:
        now = self._now()
        found = f"{identity.terminal}, until {_shown(identity.not_after)}"
        if now > identity.not_after:
            return _fail("certificate", UnreachableCode.CERTIFICATE_EXPIRED, found)
        if self._renewal.get("code"):
            tried = f"{found}; renewal at {self._renewal['at']}: {self._renewal['code']}"
            return Step("certificate", "warn", tried, "certificate_due")
        if now > min(identity.renew_from() + OVERDUE, identity.not_after):
            return Step("certificate", "warn", found, "certificate_due")
        return Step("certificate", "ok", f"{found}, renewed from {_shown(identity.renew_from())}")

    def _network(self) -> Iterator[Step]:
        place, limit_s = self._place, self._portal.connect_timeout_s
        addresses = resolve(place)
        if isinstance(addresses, UnreachableCode):
            yield _fail("name", addresses, place.host)
            return
        yield Step("name", "ok", f"{place.host}: {', '.join(addresses)}")
        plain = connect(place, limit_s)
        if isinstance(plain, UnreachableCode):
            yield _fail("connection", plain, f"port {place.port}")
            return
        yield Step("connection", "ok", f"port {place.port}")
        if not place.tls:
            plain.close()
            yield Step("tls", "warn" if place.host not in _HERE else "ok", "none")
            return
        agreed = shake_hands(
            place,
            plain,
            ca_file=self._portal.ca_file,
            identity=self._identity,
            timeout_s=self._portal.read_timeout_s,
        )
        if isinstance(agreed, UnreachableCode):
            yield _fail("tls", agreed, self._looked_at())
        else:
            yield Step("tls", "ok", agreed)

    def _looked_at(self) -> str:
        """What the server's certificate says, beside this machine's time."""
        seen = shown_certificate(self._place, self._portal.connect_timeout_s)
        clock = f"this machine's time is {_shown(self._now())}"
        if seen is None:
            return clock
        return (
            f"the server shows {', '.join(seen.names) or seen.subject} from {seen.issuer}, "
            f"{_shown(seen.not_before)} to {_shown(seen.not_after)}; {clock}"
        )

    def _answers(self) -> Iterator[Step]:
        with self._client() as client:
            before = self._now()
            told = client.time()
            if not isinstance(told, Answer):
                yield _unanswered("clock", told)
                return
            # half of the exchange is the way there
            mine = before + (self._now() - before) / 2
            yield _clock((mine - told.value.now).total_seconds())
            health = client.health()
            if isinstance(health, Answer):
                yield Step("service", "ok", health.value.status)
            else:
                yield _unanswered("service", health)
                return
            about = client.terminal_self()
            if isinstance(about, Answer):
                yield from _standing(about.value)
            else:
                yield _unanswered("terminal", about)
                return
            keys = client.keys()
            if isinstance(keys, Answer):
                yield Step("access", "ok", f"{len(keys.value.keys)} receivers' keys")
            else:
                yield _unanswered("access", keys)
                return
            if self._remote is not None:
                yield _settings(update(client, self._remote, self._now, keep=False))


_HERE = ("localhost", "127.0.0.1", "::1")


def _standing(about: TerminalSelf) -> Iterator[Step]:
    mine, portals = CONTRACT_VERSION.partition(".")[0], about.contract.partition(".")[0]
    found = f"portal {about.contract}, terminal {CONTRACT_VERSION}"
    if mine != portals:
        yield Step("contract", "fail", found, "contract_unsupported")
        return
    yield Step("contract", "ok", found)
    known = f"{about.terminal}, ring {about.ring}, {about.site or 'no site'}"
    if about.state is TerminalState.ACTIVE:
        yield Step("terminal", "ok", known)
    else:
        yield Step("terminal", "warn", known, "suspended")


def _settings(found: Found) -> Step:
    match found.result:
        case "none":
            return Step("settings", "ok", "none signed for this terminal")
        case "current":
            return Step("settings", "ok", f"revision {found.revision} is kept, nothing newer")
        case "fetched":
            waits = f"revision {found.revision} is there; used from the start after it is fetched"
            return Step("settings", "ok", waits)
        case _:
            return Step("settings", "warn", found.detail, "settings_refused")


def _clock(skew_s: float) -> Step:
    found = f"{skew_s:+.1f} s against the portal"
    if abs(skew_s) > MAX_SKEW_S:
        return Step("clock", "warn", found, "clock_wrong")
    return Step("clock", "ok", found)


def _fail(name: str, code: UnreachableCode, found: str | Path) -> Step:
    return Step(name, "fail", str(found), code.value)


def _unanswered(name: str, outcome: Outcome[object]) -> Step:
    match outcome:
        case Problem(code=problem):
            return Step(name, "fail", f"{outcome.status} {problem.value}", problem.value)
        case Unreachable(code=unreachable):
            return _fail(name, unreachable, unreachable.value)
        case NoAnswer(code=nothing):
            return Step(name, "fail", nothing.value, "not_answered")
        case Answer():
            raise ValueError("an answer")


def _shown(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
