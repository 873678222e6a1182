"""Certificates: signed by the terminal's own key, void after any change."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptance import (
    AcceptanceReport,
    CheckResult,
    Outcome,
    Verdict,
    load_or_create_key,
    public_key_text,
    sign_report,
    verify_report,
)
from drivers.acceptance.signing import KEY_FILE

PASSED = CheckResult("life.opens", Outcome.PASSED, 0.31)
NOT_RUN = CheckResult("card.read", Outcome.NOT_RUN, 0.0, (), "could not be done")
FAILED = CheckResult("card.none", Outcome.FAILED, 3.0, ("device.offline",), "expected idcard.none")


def report(*checks: CheckResult) -> AcceptanceReport:
    return AcceptanceReport(
        device="读卡器", port="id_card_reader", adapter="sdt-serial", target="drivers.sdt:X",
        version="0.1.0", guide="person", at="2026-05-04T08:00:00+00:00", checks=checks,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ((PASSED,), Verdict.ACCEPTED),
        ((PASSED, NOT_RUN), Verdict.INCOMPLETE),
        ((PASSED, NOT_RUN, FAILED), Verdict.REJECTED),
        ((), Verdict.INCOMPLETE),
    ],
)
def test_verdict(checks: tuple[CheckResult, ...], verdict: Verdict) -> None:
    assert report(*checks).verdict is verdict
    assert report(*checks).as_dict()["verdict"] == verdict.value


def test_key_is_made_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = load_or_create_key(folder)
    assert public_key_text(load_or_create_key(folder)) == public_key_text(key)
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    pem = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / KEY_FILE).write_bytes(pem)
    with pytest.raises(ValueError, match="Ed25519"):
        load_or_create_key(tmp_path)


def test_signature_holds_and_breaks_with_any_change(tmp_path: Path) -> None:
    key = load_or_create_key(tmp_path / "one")
    other = public_key_text(load_or_create_key(tmp_path / "other"))
    text = sign_report(report(PASSED, FAILED), key)
    mine = public_key_text(key)
    assert verify_report(text, mine)
    assert not verify_report(text, other)
    assert not verify_report(text.replace('"failed"', '"passed"'), mine)
    assert not verify_report(text.replace('"rejected"', '"accepted"'), mine)
    assert not verify_report(text.replace('"format"', '"extra": 1, "format"'), mine)


def test_layout_of_the_json_does_not_matter(tmp_path: Path) -> None:
    key = load_or_create_key(tmp_path)
    document = json.loads(sign_report(report(PASSED), key))
    turned = dict(reversed(document.items()))
    assert verify_report(json.dumps(turned), public_key_text(key))


@given(st.one_of(st.text(max_size=60), st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.dictionaries(st.sampled_from(["signature", "value", "algorithm"]), inner),
    max_leaves=4,
).map(json.dumps)))  # fmt: skip
def test_anything_else_is_no_certificate(text: str) -> None:
    assert not verify_report(text, "A" * 43 + "=")
