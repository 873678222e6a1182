"""Signatures of submissions: the RFC's own examples, and a portal that accepts nothing altered."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st
from portal_support import Clerk, Site

from portal import Answer, PortalClient, Problem
from portal.contract import ProblemCode
from portal.contract.signatures import (
    COVERED,
    MAX_AGE_S,
    Message,
    SignatureError,
    content_digest,
    sign,
    sign_bytes,
    signature_base,
    signature_params,
    verify,
    verify_bytes,
)
from portal.identity import IdentityFiles, TerminalIdentity
from portal.portal_clock import PortalClock
from portal.sandbox.contract_watch import contract
from portal.signing import authority_of, signed_headers

KEY = ec.generate_private_key(ec.SECP256R1())
BODY = b'{"hello": "world"}'


def test_the_signed_bytes_are_those_of_rfc_9421_b_2_6():
    # deterministic, so the signature of the appendix must come out
    seed = "9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5"
    values = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("@method", "POST"), ("@path", "/foo"),
        ("@authority", "example.com"), ("content-type", "application/json"),
        ("content-length", "18"),
    ]  # fmt: skip
    names = [name for name, _ in values]
    params = signature_params(names, created=1618884473, keyid="test-key-ed25519")
    signed = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).sign(
        signature_base(values, params)
    )
    assert base64.b64encode(signed) == (
        b"wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )


def test_the_signature_of_rfc_9421_b_2_4_holds():
    public = load_der_public_key(
        base64.b64decode(
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM"
            "4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=="
        )
    )
    assert isinstance(public, ec.EllipticCurvePublicKey)
    digest = (
        "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5a"
        "GgfLQ==:"
    )
    values = [
        ("@status", "200"), ("content-type", "application/json"), ("content-digest", digest),
        ("content-length", "23"),
    ]  # fmt: skip
    names = [name for name, _ in values]
    base = signature_base(
        values, signature_params(names, created=1618884473, keyid="test-key-ecc-p256")
    )
    signature = base64.b64decode(
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
    )
    assert verify_bytes(public, signature, base)
    assert not verify_bytes(public, signature, base + b" ")
    assert not verify_bytes(public, signature[:-1], base)


def test_the_digest_is_that_of_rfc_9530():
    # RFC 9530 appendix B.1: the digest of this body with its line end
    assert content_digest(b'{"hello": "world"}\n') == (
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    )


@given(st.binary(max_size=200))
def test_a_signature_is_as_long_as_the_algorithm_says_and_holds(base):
    signature = sign_bytes(KEY, base)
    assert len(signature) == 64
    assert verify_bytes(KEY.public_key(), signature, base)


def signed_message(body: bytes = BODY) -> Message:
    headers = {
        "content-type": "application/json",
        "content-digest": content_digest(body),
        "idempotency-key": "01900000-0000-7000-8000-000000000001",
        "terminal-id": "T-1",
    }
    bare = Message("POST", "portal.example", "/v1/cases", headers)
    added = sign(KEY, "kid", bare, 1_800_000_000)
    return Message(
        bare.method, bare.authority, bare.path,
        headers | {name.lower(): value for name, value in added.items()},
    )  # fmt: skip


def test_an_unaltered_request_verifies_and_tells_when_it_was_signed():
    assert verify(KEY.public_key(), "kid", signed_message(), BODY) == 1_800_000_000


@pytest.mark.parametrize("name", COVERED)
def test_no_covered_part_can_be_altered(name):
    message = signed_message()
    parts = {"@method": message.method, "@authority": message.authority, "@path": message.path}
    headers = {key: f"{value}x" if key == name else value for key, value in message.headers.items()}
    method, authority, path = (f"{v}x" if k == name else v for k, v in parts.items())
    with pytest.raises(SignatureError, match="signature"):
        verify(KEY.public_key(), "kid", Message(method, authority, path, headers), BODY)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("ecdsa-p256-sha256", "hmac-sha256", "algorithm"),
        ('keyid="kid"', 'keyid="dik"', "key"),
        ("created=1800000000", "created=1800000001", "signature"),
        (' "idempotency-key"', "", "covers_less"),
        ('"@method"', '"@method";req', "malformed"),
        ("cw=", "other=", "malformed"),
        ('created=1800000000;keyid="kid"', 'keyid="kid";created=1800000000', "malformed"),
    ],
)
def test_parameters_are_held_to_the_contract(old, new, rule):
    message = signed_message()
    given = message.headers["signature-input"]
    assert old in given
    headers = {**message.headers, "signature-input": given.replace(old, new)}
    altered = Message(message.method, message.authority, message.path, headers)
    with pytest.raises(SignatureError) as refused:
        verify(KEY.public_key(), "kid", altered, BODY)
    assert refused.value.rule == rule


def test_another_body_or_no_signature_is_refused():
    message = signed_message()
    with pytest.raises(SignatureError, match="digest"):
        verify(KEY.public_key(), "kid", message, BODY + b" ")
    for name in ("signature", "signature-input", "content-digest"):
        headers = {key: value for key, value in message.headers.items() if key != name}
        with pytest.raises(SignatureError, match="missing"):
            verify(
                KEY.public_key(), "kid",
                Message(message.method, message.authority, message.path, headers), BODY,
            )  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_comes_as_a_signature_is_refused_and_nothing_worse(given_input, signature):
    message = signed_message()
    headers = {**message.headers, "signature-input": given_input, "signature": signature}
    with pytest.raises(SignatureError):
        verify(
            KEY.public_key(), "kid",
            Message(message.method, message.authority, message.path, headers), BODY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://Portal.Example/v1/cases", "portal.example"),
        ("https://portal.example:443/x", "portal.example"),
        ("https://portal.example:8443", "portal.example:8443"),
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("https://[::1]:8443", "[::1]:8443"),
    ],
)
def test_the_authority_is_as_it_stands_in_the_host_header(url, authority):
    assert authority_of(url) == authority


class Door:
    """A terminal's papers at a portal, and requests of them as they are on the wire."""

    def __init__(self, site: Site, client: PortalClient) -> None:
        self.site = site
        self.client = client
        self.clerk = Clerk(client)
        self.files = IdentityFiles(site.folder / "t.pem", site.folder / "t.key")
        found = self.files.current()
        assert isinstance(found, TerminalIdentity)
        self.identity = found
        self.url = f"{site.server.base_url}/v1/cases"

    def headers(self, key: str, body: bytes, created: float) -> dict[str, str]:
        plain = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Terminal-Id": "T-1",
        }
        signed = signed_headers(self.identity, "POST", self.url, plain, body, int(created))
        return {**plain, **signed}

    def post(self, headers: dict[str, str], body: bytes) -> requests.Response:
        token = self.site.server.world.tokens.issue("T-1", self.identity.thumbprint).access_token
        return requests.post(
            self.url, data=body, headers={**headers, "Authorization": f"Bearer {token}"},
            verify=str(self.site.ca_file), timeout=10,
            cert=(str(self.files.certificate), str(self.files.key)),
        )  # fmt: skip


@pytest.fixture(scope="module")
def door(site: Site) -> Iterator[Door]:
    with site.client(site.authority.terminal("T-1")) as client:
        yield Door(site, client)


def refused(response: requests.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_the_client_signs_what_it_submits_and_a_replay_is_still_one_effect(door):
    body, key = door.clerk.case("apply-1")
    first = door.client.submit_case(body, key)
    assert isinstance(first, Answer), first
    # somebody who recorded the very request sends it again within the window
    headers = door.headers(key, body, time.time())
    for _ in range(2):
        again = door.post(headers, body)
        assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert door.site.server.effects(key) == 1


def test_an_altered_submission_is_refused_and_has_no_effect(door):
    body, key = door.clerk.case("apply-1")
    other_body, other_key = door.clerk.case("apply-1")
    headers = door.headers(key, body, time.time())
    unsigned = {name: headers[name] for name in ("Content-Type", "Idempotency-Key", "Terminal-Id")}
    for sent, content in (
        (headers, other_body),
        ({**headers, "Idempotency-Key": other_key}, other_body),
        ({**headers, "Content-Digest": content_digest(other_body)}, other_body),
        (unsigned, body),
    ):
        assert refused(door.post(sent, content)) == (401, "signature_invalid")
    assert door.site.server.effects(key) == door.site.server.effects(other_key) == 0


def test_whatever_the_contract_wants_signed_is_refused_unsigned(door):
    wants = "#/components/parameters/SignatureInput"
    signed = [
        path
        for path, operations in contract()["paths"].items()
        if wants in [one.get("$ref") for one in operations.get("post", {}).get("parameters", ())]
    ]
    assert {"/v1/cases", "/v1/evaluations", "/v1/drafts", "/v1/drafts:claim"} <= set(signed)
    url = door.url
    for path in signed:
        door.url = door.site.server.base_url + path.replace("{case_no}", "1")
        unsigned = {
            "Content-Type": "application/json",
            "Idempotency-Key": "k",
            "Terminal-Id": "T-1",
        }
        assert refused(door.post(unsigned, b"{}")) == (401, "signature_invalid"), path
    door.url = url


def test_a_signature_serves_one_address_only(door):
    body, key = door.clerk.case("apply-1")
    headers = door.headers(key, body, time.time())
    door.url += "?x=1"
    try:
        assert refused(door.post(headers, body)) == (401, "signature_invalid")
    finally:
        door.url = door.url.removesuffix("?x=1")


def test_another_terminals_signature_is_refused(door):
    body, key = door.clerk.case("apply-1")
    stranger = TerminalIdentity(door.identity.certificate, KEY, door.identity.thumbprint)
    own, door.identity = door.identity, stranger
    try:
        assert refused(door.post(door.headers(key, body, time.time()), body))[1] == (
            "signature_invalid"
        )
    finally:
        door.identity = own


@pytest.mark.parametrize("off_s", [-MAX_AGE_S - 60, MAX_AGE_S + 60])
def test_an_old_signature_and_one_of_the_future_are_refused(door, off_s):
    body, key = door.clerk.case("apply-1")
    response = door.post(door.headers(key, body, time.time() + off_s), body)
    assert refused(response) == (401, "signature_expired")
    assert door.site.server.effects(key) == 0


@pytest.mark.logs(r"portal\.clock_wrong")
def test_a_terminal_with_a_wrong_clock_signs_with_the_portals_time(door):
    hour_behind = PortalClock(lambda: time.time() - 3600)
    body, key = door.clerk.case("apply-1")
    with PortalClient(
        door.site.server.base_url,
        terminal_id="T-1",
        ca_file=door.site.ca_file,
        client_cert=(door.files.certificate, door.files.key),
        clock=hour_behind,
    ) as client:
        first = client.submit_case(body, key)
        assert isinstance(first, Problem)
        assert (first.code, first.retryable) == (ProblemCode.SIGNATURE_EXPIRED, True)
        # the refusal told the time
        assert isinstance(client.submit_case(body, key), Answer)


def test_a_clock_that_is_nearly_right_is_believed():
    clock = PortalClock(lambda: 1_000_000.0)
    clock.heard("Mon, 12 Jan 1970 13:47:30 GMT")  # 50 s ahead
    assert clock.now() == 1_000_000
    for nonsense in (None, "", "yesterday", "Mon, 99 Jan 1970 13:47:30 GMT"):
        clock.heard(nonsense)
    assert clock.now() == 1_000_000
