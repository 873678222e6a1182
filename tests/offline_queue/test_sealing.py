"""Sealing: only the receiver opens it, the header is bound, the right key is chosen."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from offline_queue import ManualClock, NoSealingKey, Sealer

HEADER = {"key": "k-1", "destination": "440500", "item": "household.move"}


def a_key(kid: str, receiver: str = "440500", **more: Any) -> tuple[ECKey, dict[str, Any]]:
    key = ECKey.generate_key("P-256", private=True)
    public = {
        **key.as_dict(private=False),
        "kid": kid,
        "use": "enc",
        "alg": "ECDH-ES+A256KW",
        "receiver": receiver,
        **more,
    }
    return key, public


def opened(sealed: str, key: ECKey) -> jwe.CompactEncryption:
    registry = jwe.JWERegistry(algorithms=["ECDH-ES+A256KW", "A256GCM"], strict_check_header=False)
    return jwe.decrypt_compact(sealed, key, registry=registry)


def test_the_receiver_opens_it_and_finds_the_header() -> None:
    key, public = a_key("k1")
    plaintext = "张三的申请".encode()
    sealed = Sealer({"keys": [public]}).seal(plaintext, receiver="440500", header=HEADER)
    assert plaintext not in sealed.encode()
    assert sealed.count(".") == 4
    box = opened(sealed, key)
    assert box.plaintext == plaintext
    assert box.headers()["cw"] == HEADER
    assert (box.headers()["kid"], box.headers()["enc"]) == ("k1", "A256GCM")


def test_nobody_else_opens_it_and_no_byte_can_be_changed() -> None:
    key, public = a_key("k1")
    sealed = Sealer({"keys": [public]}).seal(b"x", receiver="440500", header=HEADER)
    with pytest.raises((JoseError, ValueError)):
        opened(sealed, a_key("k1")[0])
    protected, rest = sealed.split(".", 1)
    header = json.loads(_unbase64(protected))
    header["cw"]["destination"] = "440100"
    with pytest.raises((JoseError, ValueError)):
        opened(_base64(json.dumps(header).encode()) + "." + rest, key)


def test_each_sealing_is_another() -> None:
    sealer = Sealer({"keys": [a_key("k1")[1]]})
    assert len({sealer.seal(b"x", receiver="440500", header=HEADER) for _ in range(5)}) == 5


def test_what_was_prepared_is_used_once_and_by_its_own_receiver() -> None:
    # Two receivers may have named their keys alike.
    here, there = a_key("k1"), a_key("k1", receiver="440100")
    sealer = Sealer({"keys": [here[1], there[1]]})
    sealer.prepare("440500", 2)
    sealed = [sealer.seal(b"x", receiver="440500", header=HEADER) for _ in range(3)]
    boxes = [opened(one, here[0]) for one in sealed]
    assert [box.plaintext for box in boxes] == [b"x"] * 3
    assert len({box.headers()["epk"]["x"] for box in boxes}) == 3
    assert len({one.split(".")[1] for one in sealed}) == 3
    assert opened(sealer.seal(b"y", receiver="440100", header={}), there[0]).plaintext == b"y"
    with pytest.raises(NoSealingKey):
        sealer.prepare("440300")


@pytest.mark.parametrize("size", [0, 1, 2, 3, (24 << 10) - 1, 24 << 10, (24 << 10) + 1, 49_000])
def test_bodies_of_any_size_come_out_as_they_went_in(size: int) -> None:
    key, public = a_key("k1")
    body = bytes(n % 251 for n in range(size))
    sealed = Sealer({"keys": [public]}).seal(body, receiver="440500", header=HEADER)
    assert "=" not in sealed
    assert opened(sealed, key).plaintext == body


def test_the_newest_valid_key_is_used() -> None:
    clock = ManualClock(wall=1_780_000_000.0)
    keys = [
        a_key("old", not_after=1_779_999_999),
        a_key("soon", not_after="2026-06-01T00:00:00+08:00"),
        a_key("new", not_after="2027-06-01T00:00:00+08:00"),
        a_key("other", receiver="440100", not_after="2030-01-01T00:00:00+08:00"),
    ]
    sealer = Sealer({"keys": [public for _, public in keys]}, clock=clock)
    sealed = sealer.seal(b"x", receiver="440500", header=HEADER)
    assert opened(sealed, keys[2][0]).headers()["kid"] == "new"
    assert sealer.receivers() == {"440500", "440100"}
    clock.advance(2 * 365 * 86400.0)
    with pytest.raises(NoSealingKey):
        sealer.seal(b"x", receiver="440500", header=HEADER)
    assert sealer.receivers() == {"440100"}


@pytest.mark.parametrize(
    "change",
    [
        {"use": "sig"},
        {"alg": "RSA-OAEP"},
        {"crv": "P-384"},
        {"x": "AAAA"},
        {"not_after": "tomorrow"},
        {"receiver": None},
    ],
)
def test_unusable_keys_are_passed_over(change: dict[str, Any]) -> None:
    sealer = Sealer({"keys": [{**a_key("k1")[1], **change}, "not a key"]})
    with pytest.raises(NoSealingKey):
        sealer.seal(b"x", receiver="440500", header=HEADER)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
