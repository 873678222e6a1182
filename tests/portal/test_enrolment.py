"""A code becomes a certificate, a certificate its successor, over real TLS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from portal_support import Site, make_settings

from portal import Answer, Problem
from portal.codes import CROCKFORD
from portal.contract import ProblemCode
from portal.contract.base import RequestModel
from portal.contract.terminals import (
    CONTRACT_VERSION,
    EnrolmentRequest,
    RenewalRequest,
    TerminalSelf,
    TerminalState,
)
from portal.enrolment import fits, normal_code, signing_request
from portal.sandbox.authority import Authority, Issued
from portal.sandbox.database import Database
from portal.sandbox.problems import Refusal
from portal.sandbox.terminals import Terminals


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def asking(code: str, terminal: str, key: ec.EllipticCurvePrivateKey) -> EnrolmentRequest:
    return EnrolmentRequest(terminal=terminal, code=code, csr=signing_request(terminal, key))


def code_of(outcome: object) -> ProblemCode:
    assert isinstance(outcome, Problem), outcome
    return outcome.code


def test_a_code_becomes_a_certificate_that_opens_the_door_and_is_renewed(site: Site):
    code = site.server.world.terminals.issue_code("T-7", site="Longhu hall", ring="early")
    key = new_key()
    with site.client(None, terminal="T-7") as nameless:
        given = nameless.enrol(asking(code, "T-7", key))
    assert isinstance(given, Answer)
    assert fits(given.value.certificate, "T-7", key, dt.datetime.now(dt.UTC))
    papers = Issued(given.value.certificate.encode(), private_pem(key))
    with site.client(papers, terminal="T-7") as client:
        about = client.terminal_self()
        assert isinstance(about, Answer)
        assert about.value == TerminalSelf(
            terminal="T-7", state=TerminalState.ACTIVE, site="Longhu hall", ring="early",
            contract=CONTRACT_VERSION,
        )  # fmt: skip
        renewed = client.renew(RenewalRequest(terminal="T-7", csr=signing_request("T-7", key)))
        assert isinstance(renewed, Answer)
        assert renewed.value.certificate != given.value.certificate
        other = RenewalRequest(terminal="T-8", csr=signing_request("T-8", key))
        assert code_of(client.renew(other)) is ProblemCode.FORBIDDEN


def test_a_code_serves_one_key_of_one_terminal(site):
    code = site.server.world.terminals.issue_code("T-9")
    key = new_key()
    with site.client(None, terminal="T-9") as client:
        # another terminal's is like none at all
        assert code_of(client.enrol(asking(code, "T-10", key))) is ProblemCode.NOT_FOUND
        assert code_of(client.enrol(asking("0" * 16, "T-9", key))) is ProblemCode.NOT_FOUND
        first = client.enrol(asking(code, "T-9", key))
        again = client.enrol(asking(code, "T-9", key))
        assert isinstance(first, Answer)
        assert isinstance(again, Answer)
        assert again.value == first.value
        assert code_of(client.enrol(asking(code, "T-9", new_key()))) is ProblemCode.EXPIRED


@pytest.fixture
def desk(tmp_path) -> Iterator[tuple[Terminals, list[dt.datetime]]]:
    """The sandbox's desk alone, with a clock that can be set."""
    clock = [dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)]
    settings = make_settings(tmp_path, authority=Authority.new(), clock=lambda: clock[0])
    database = Database(settings.database_url)
    database.prepare()
    yield Terminals(settings, database), clock
    database.close()


def test_a_code_lasts_a_day_at_most(desk):
    terminals, clock = desk
    code = terminals.issue_code("T-1", valid=dt.timedelta(days=30))
    clock[0] += dt.timedelta(hours=24, seconds=1)
    with pytest.raises(Refusal) as refused:
        terminals.enrol(asking(code, "T-1", new_key()))
    assert refused.value.code is ProblemCode.EXPIRED


def test_who_was_barred_stays_barred_over_a_restart(desk, tmp_path):
    terminals, _ = desk
    terminals.revoke("T-1", 7)
    terminals.revoke("T-2")
    again = Terminals(terminals._settings, terminals._database)
    assert again.revoked("T-1", 7)
    assert not again.revoked("T-1", 8)
    assert again.revoked("T-2", 8)
    again.reinstate("T-2")
    assert not again.revoked("T-2", 8)


def _request_with(key, name: str) -> str:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: "no request", "malformed"),
        (lambda: _request_with(rsa.generate_private_key(65537, 2048), "T-1"), "key_not_p256"),
        (lambda: _request_with(ec.generate_private_key(ec.SECP384R1()), "T-1"), "key_not_p256"),
        (lambda: _request_with(new_key(), "T-2"), "differs_from_terminal"),
    ],
    ids=["malformed", "RSA", "P-384", "another name"],
)
def test_a_signing_request_that_is_not_in_order_uses_no_code_up(desk, make, fault):
    terminals, _ = desk
    code = terminals.issue_code("T-1")
    with pytest.raises(Refusal) as refused:
        terminals.enrol(EnrolmentRequest(terminal="T-1", code=code, csr=make()))
    assert refused.value.fields == (("/csr", fault),)
    assert terminals.enrol(asking(code, "T-1", new_key())).terminal == "T-1"


def test_a_request_signed_by_another_key_than_its_own_is_refused(desk):
    terminals, _ = desk
    text = signing_request("T-1", new_key())
    der = bytearray(x509.load_pem_x509_csr(text.encode()).public_bytes(serialization.Encoding.DER))
    der[-1] ^= 1
    broken = x509.load_der_x509_csr(bytes(der)).public_bytes(serialization.Encoding.PEM).decode()
    with pytest.raises(Refusal) as refused:
        terminals.enrol(
            EnrolmentRequest(terminal="T-1", code=terminals.issue_code("T-1"), csr=broken)
        )
    assert refused.value.fields == (("/csr", "bad_signature"),)


@given(st.text(CROCKFORD, min_size=16, max_size=16))
def test_a_code_is_understood_as_people_type_it(code):
    groups = [code[at : at + 4] for at in range(0, 16, 4)]
    assert normal_code("-".join(groups).lower()) == code
    assert normal_code(" ".join(groups).replace("0", "O").replace("1", "l")) == code


@given(st.text(max_size=24))
def test_whatever_is_typed_is_a_code_of_the_contract_or_none(typed):
    code = normal_code(typed)
    if code is not None:
        assert issubclass(EnrolmentRequest, RequestModel)
        EnrolmentRequest(terminal="T-1", code=code, csr="x")


@pytest.mark.parametrize("fault", ["another key", "another terminal", "ended", "garbage"])
def test_what_came_back_is_looked_at_before_it_is_believed(fault):
    authority, key = Authority.new(), new_key()
    now = dt.datetime.now(dt.UTC)
    given = {
        "another key": authority.certify("T-1", new_key().public_key()),
        "another terminal": authority.certify("T-2", key.public_key()),
        "ended": authority.certify("T-1", key.public_key(), start=now - dt.timedelta(days=100)),
        "garbage": b"-----BEGIN CERTIFICATE-----",
    }[fault]
    assert fits(authority.certify("T-1", key.public_key()).decode(), "T-1", key, now)
    assert not fits(given.decode(), "T-1", key, now)
