"""Signed editions of the tables: taken whole, or the shipped ones stay."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from config import tables
from config.editions import MANIFEST, SIGNATURE, Edition, Refused, adopt, sign, verify
from config.settings import CatalogueSection
from config.shipped import load_catalogue
from config.working_days import load_working_days
from kiosk.cli.main import app


def pem(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


KEY = pem(Ed25519PrivateKey.generate())


def dated(folder: Path, issued: str, until: str) -> None:
    (folder / "edition.toml").write_text(f'issued = "{issued}"\nvalid_until = "{until}"\n')


def refusal(found: Edition | Refused) -> str:
    assert isinstance(found, Refused)
    assert tables.folder() == tables.SHIPPED
    return found.reason


def test_next_years_working_days_come_with_an_edition(own_tables: Path) -> None:
    shipped = load_catalogue()
    assert 2027 not in load_working_days().years
    with (own_tables / "working_days.toml").open("a") as file:
        file.write('[2027]\nsource = "test"\nholidays = ["2027-01-01/2027-01-03"]\n')
    dated(own_tables, "2026-12-01", "2028-06-30")
    key = sign(own_tables, KEY)
    CatalogueSection(edition=own_tables, key=key)
    found = adopt(own_tables, key)
    assert isinstance(found, Edition)
    assert found.valid_until == date(2028, 6, 30)
    assert not load_working_days().promise(date(2026, 12, 30), 10).estimated
    assert load_catalogue().issued == date(2026, 12, 1)
    assert load_catalogue().items == shipped.items


@pytest.mark.parametrize("name", ["delegations.csv", "services/22-licences.toml", MANIFEST])
def test_one_changed_byte_refuses_the_edition(own_tables: Path, name: str) -> None:
    key = sign(own_tables, KEY)
    content = bytearray((own_tables / name).read_bytes())
    content[len(content) // 2] ^= 1
    (own_tables / name).write_bytes(content)
    assert ("signature" if name == MANIFEST else name) in refusal(adopt(own_tables, key))


def test_files_more_or_less_refuse_the_edition(own_tables: Path) -> None:
    key = sign(own_tables, KEY)
    (own_tables / "services" / "more.toml").write_text("")
    assert "services/more.toml" in refusal(verify(own_tables, key))
    (own_tables / "services" / "more.toml").unlink()
    (own_tables / "divisions.csv").unlink()
    assert "divisions.csv" in refusal(verify(own_tables, key))


def test_another_key_no_signature_and_no_folder(own_tables: Path) -> None:
    other = sign(own_tables, pem(Ed25519PrivateKey.generate()))
    sign(own_tables, KEY)
    assert "not by the key" in refusal(adopt(own_tables, other))
    for broken in (b"", b"?", b"AAAA"):
        (own_tables / SIGNATURE).write_bytes(broken)
        assert "not by the key" in refusal(adopt(own_tables, other))
    (own_tables / SIGNATURE).unlink()
    assert "can't be read" in refusal(adopt(own_tables, other))
    assert "can't be read" in refusal(adopt(own_tables / "none", other))


def test_an_edition_older_than_the_shipped_one_is_no_way_back(own_tables: Path) -> None:
    dated(own_tables, "2025-01-01", "2099-12-31")
    assert "older than what is shipped" in refusal(adopt(own_tables, sign(own_tables, KEY)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("services/22-licences.toml", "= 1"),
        ("services/22-licences.toml", 'code = "zw-0001"'),
        ("divisions.csv", "code,level\nx,y\n"),
        ("delegations.csv", "matter\nmz-0058\n"),
        ("working_days.toml", '[2027]\nholidays = ["soon"]\n'),
        ("cross_city.csv", "item,440100,since,until\nrs-0001,Q,,\n"),
        ("cross_city.csv", "item,999999,since,until\nrs-0001,O,,\n"),
        ("partner_cities.toml", "[[city]]\ncode = 1\n"),
    ],
)
def test_signed_but_unusable_tables_leave_the_shipped_ones(
    own_tables: Path, name: str, content: str
) -> None:
    shipped = load_catalogue().version
    (own_tables / name).write_text(content)
    assert "can't be used" in refusal(adopt(own_tables, sign(own_tables, KEY)))
    assert load_catalogue().version == shipped


def test_only_ed25519_keys_sign_and_settings_want_both(own_tables: Path) -> None:
    with pytest.raises(ValueError, match="not an Ed25519 key"):
        sign(own_tables, pem(X25519PrivateKey.generate()))
    with pytest.raises(ValidationError, match="needs the key"):
        CatalogueSection(edition=own_tables)
    with pytest.raises(ValidationError):
        CatalogueSection(edition=own_tables, key="short")


def test_sign_and_verify_at_the_command_line(own_tables: Path, tmp_path: Path) -> None:
    def kiosk(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["catalogue", *arguments])

    (tmp_path / "key.pem").write_bytes(KEY)
    signed = kiosk("sign", str(own_tables), "--key", str(tmp_path / "key.pem"))
    assert signed.exit_code == 0
    key = signed.stdout.strip()
    assert kiosk("verify", str(own_tables), "--key", key).output.startswith("sound: issued 20")
    (own_tables / "delegations.csv").write_text("")
    told = kiosk("verify", str(own_tables), "--key", key, "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout) == {
        "used": False, "reason": "changed, missing or not listed: delegations.csv",
    }  # fmt: skip
    (own_tables / "services" / "22-licences.toml").write_text("= 1")
    refused = kiosk("sign", str(own_tables), "--key", str(tmp_path / "key.pem"))
    assert refused.exit_code == 2
    assert "22-licences.toml: not TOML" in refused.stderr
    assert tables.folder() == tables.SHIPPED
