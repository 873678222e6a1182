"""HTTPS with a private authority, and an environment that tries to interfere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal import Answer, PortalClient, Unreachable


def _write(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


def _issue(subject: str, issuer: str, key, signer, *, authority: bool) -> bytes:
    now = dt.datetime.now(dt.UTC)

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    )
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def authority(tmp_path: Path) -> tuple[Path, tuple[Path, Path]]:
    """CA file, and the server's (certificate, key) files."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _write(tmp_path / "ca.pem", _issue("ca", "ca", ca_key, ca_key, authority=True))
    leaf = _write(tmp_path / "leaf.pem", _issue("localhost", "ca", key, ca_key, authority=False))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return ca, (leaf, _write(tmp_path / "leaf.key", private))


def test_only_the_given_authority_is_trusted(start, authority, tmp_path, monkeypatch):
    ca, certificate = authority
    server = start(certificate=certificate)
    key_log = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(key_log))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with PortalClient(server.base_url, terminal_id="T-1", ca_file=ca) as client:
        assert isinstance(client.health(), Answer)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca))
    with PortalClient(server.base_url, terminal_id="T-1") as public_only:
        assert public_only.health() == Unreachable("server_untrusted")
    wrong_name = server.base_url.replace("localhost", "127.0.0.1")
    with PortalClient(wrong_name, terminal_id="T-1", ca_file=ca) as client:
        assert client.health() == Unreachable("server_wrong_name")
    assert not key_log.exists()


def test_proxies_of_the_environment_are_ignored(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        assert isinstance(client.health(), Answer)


def test_unsafe_addresses_are_a_configuration_error():
    for address in ("http://portal.example", "ftp://localhost", "https://a@portal.example", "x"):
        with pytest.raises(ValueError, match="portal"):
            PortalClient(address, terminal_id="T-1")


def test_without_the_file_of_its_authority_a_terminal_asks_nobody(tmp_path):
    with PortalClient(
        "https://portal.example", terminal_id="T-1", ca_file=tmp_path / "none"
    ) as client:
        assert client.health() == Unreachable("authority_unusable")
        assert client.fault == "authority_unusable"
