"""The terminals the sandbox knows: codes to enrol with, certificates, and those taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import threading

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Column, Connection, Row, String, Table, Text, delete, select, update

from portal.codes import crockford
from portal.contract.base import ProblemCode
from portal.contract.terminals import (
    CONTRACT_VERSION,
    EnrolmentRequest,
    RenewalRequest,
    TerminalCertificate,
    TerminalConfig,
    TerminalSelf,
    TerminalState,
)
from portal.identity import common_name
from portal.sandbox.database import Database, insert_if_absent, metadata
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

MAX_CODE_AGE = dt.timedelta(hours=24)
_ALL = ""

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("valid_until", String(40), nullable=False),
    Column("used_for", String(64)),
    Column("certificate", Text),
)

terminals = Table(
    "terminals",
    metadata,
    Column("terminal", String(64), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("site", String(200), nullable=False),
    Column("ring", String(40), nullable=False),
)

# A row with no serial bars the terminal whatever it shows.
revocations = Table(
    "revocations",
    metadata,
    Column("terminal", String(64), primary_key=True),
    Column("serial", String(50), primary_key=True),
)


class Terminals:
    """Thread-safe. What was taken back is kept in memory too: every request asks for it."""

    def __init__(self, settings: SandboxSettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._lock = threading.Lock()
        with database.read() as connection:
            rows = connection.execute(select(revocations)).all()
        self._revoked = {(row.terminal, row.serial) for row in rows}
        self._configurations: dict[str, TerminalConfig] = {}

    def issue_code(
        self, terminal: str, *, site: str = "", ring: str = "stable",
        valid: dt.timedelta = MAX_CODE_AGE,
    ) -> str:  # fmt: skip
        """A code for one terminal, good once and for a day at most; its site and ring are noted."""
        code = crockford(secrets.token_bytes(10), 16)
        until = self._settings.clock() + min(valid, MAX_CODE_AGE)
        with self._database.write() as connection:
            known = {"state": TerminalState.ACTIVE.value, "site": site, "ring": ring}
            if not insert_if_absent(connection, terminals, terminal=terminal, **known):
                connection.execute(
                    update(terminals).where(terminals.c.terminal == terminal).values(**known)
                )
            insert_if_absent(
                connection,
                enrolment_codes,
                digest=_digest(code),
                terminal=terminal,
                valid_until=until.isoformat(),
            )
        return code

    def enrol(self, request: EnrolmentRequest) -> TerminalCertificate:
        """Certify the key of who holds the code; raises :class:`Refusal`.

        The same code with the same key gets the same certificate again: the answer may have been
        lost. With another key it is used up.
        """
        key = self._checked(request.csr, request.terminal)
        with self._database.write() as connection:
            row = self._code(connection, request)
            if row.certificate is not None:
                if row.used_for != _fingerprint(key):
                    raise Refusal(ProblemCode.EXPIRED, title="This code was used")
                return _answer(request.terminal, row.certificate)
            pem = self._certify(request.terminal, key)
            connection.execute(
                update(enrolment_codes)
                .where(enrolment_codes.c.digest == row.digest)
                .values(used_for=_fingerprint(key), certificate=pem)
            )
        return _answer(request.terminal, pem)

    def renew(self, terminal: str, request: RenewalRequest) -> TerminalCertificate:
        """The next certificate of who showed a good one for ``terminal``."""
        if request.terminal != terminal:
            raise Refusal(ProblemCode.FORBIDDEN, fields=[("/terminal", "differs_from_certificate")])
        return _answer(terminal, self._certify(terminal, self._checked(request.csr, terminal)))

    def about(self, terminal: str) -> TerminalSelf:
        """How this terminal is known."""
        with self._database.read() as connection:
            row = connection.execute(
                select(terminals).where(terminals.c.terminal == terminal)
            ).one_or_none()
        return TerminalSelf(
            terminal=terminal,
            state=TerminalState.ACTIVE if row is None else TerminalState(row.state),
            site="" if row is None else row.site,
            ring="stable" if row is None else row.ring,
            contract=CONTRACT_VERSION,
        )

    def configure(self, terminal: str, signed: TerminalConfig) -> None:
        """Hand out these settings from now on, as they were signed; in memory."""
        with self._lock:
            self._configurations[terminal] = signed

    def configuration(self, terminal: str) -> TerminalConfig:
        """The settings for this terminal; raises ``not_found`` when nobody signed any."""
        with self._lock:
            found = self._configurations.get(terminal)
        if found is None:
            raise Refusal(ProblemCode.NOT_FOUND, title="No settings are published for it")
        return found

    def revoke(self, terminal: str, serial: int | None = None) -> None:
        """Take back one certificate of a terminal, or (None) all it has or will have."""
        mark = (terminal, _ALL if serial is None else str(serial))
        with self._database.write() as connection:
            insert_if_absent(connection, revocations, terminal=mark[0], serial=mark[1])
        with self._lock:
            self._revoked.add(mark)

    def reinstate(self, terminal: str) -> None:
        """Forget every revocation of a terminal."""
        with self._database.write() as connection:
            connection.execute(delete(revocations).where(revocations.c.terminal == terminal))
        with self._lock:
            self._revoked = {mark for mark in self._revoked if mark[0] != terminal}

    def revoked(self, terminal: str, serial: int) -> bool:
        """Whether this certificate may not be used."""
        with self._lock:
            return bool({(terminal, _ALL), (terminal, str(serial))} & self._revoked)

    def _code(self, connection: Connection, request: EnrolmentRequest) -> Row[tuple[str, ...]]:
        row = connection.execute(
            select(enrolment_codes).where(enrolment_codes.c.digest == _digest(request.code))
        ).one_or_none()
        if row is None or row.terminal != request.terminal:
            raise Refusal(ProblemCode.NOT_FOUND, title="No such code for this terminal")
        if self._settings.clock() > dt.datetime.fromisoformat(row.valid_until):
            raise Refusal(ProblemCode.EXPIRED, title="This code is too old")
        return row

    def _certify(self, terminal: str, key: ec.EllipticCurvePublicKey) -> str:
        if self._settings.authority is None:
            raise Refusal(ProblemCode.FORBIDDEN, title="This portal certifies nobody")
        return self._settings.authority.certify(terminal, key).decode()

    def _checked(self, csr: str, terminal: str) -> ec.EllipticCurvePublicKey:
        """The public key of a signing request that is in order."""
        try:
            request = x509.load_pem_x509_csr(csr.encode())
            key = request.public_key()
            sound = request.is_signature_valid
        except ValueError as error:
            raise _bad_request("malformed") from error
        if not sound:
            raise _bad_request("bad_signature")
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(
            key.curve, ec.SECP256R1
        ):
            raise _bad_request("key_not_p256")
        if common_name(request) != terminal:
            raise _bad_request("differs_from_terminal")
        return key


def _bad_request(code: str) -> Refusal:
    return Refusal(ProblemCode.INVALID_REQUEST, fields=[("/csr", code)])


def _answer(terminal: str, pem: str) -> TerminalCertificate:
    until = x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc
    return TerminalCertificate(terminal=terminal, certificate=pem, not_after=until)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).hexdigest()
