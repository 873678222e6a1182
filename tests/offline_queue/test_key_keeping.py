"""The outbox's own key: changed by age, protected by a secret, and that secret sealed by a TPM.

The TPM is swtpm, spoken to by systemd's own code over TPM 2.0's commands, as with a real one.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from outbox_helpers import WAIT, an_item

from kiosk.outbox_secret import CREDENTIAL, outbox_secret
from offline_queue import ItemState, Outbox, OutboxStorageError
from offline_queue.keeper import KeyKeeper
from offline_queue.place import KEY, NEXT_KEY

Opened = Callable[..., Outbox]
SECRET, DAY_S = b"s" * 32, 86400.0


def key(tmp_path: Path) -> bytes:
    return (tmp_path / "outbox" / KEY).read_bytes()


def aged(tmp_path: Path, days: float) -> None:
    path = tmp_path / "outbox" / KEY
    born = path.stat().st_mtime - days * DAY_S
    os.utime(path, (born, born))


def filled(box: Outbox) -> str:
    item = an_item(body=b"x" * 70_000)
    box.accept(item).result(WAIT)
    return item.item_id


@pytest.mark.parametrize(("days", "changed"), [(29, False), (31, True), (-0.5, False), (-2, True)])
def test_a_key_is_changed_when_it_is_too_old(
    opened: Opened, tmp_path: Path, days: float, changed: bool
) -> None:
    box = opened(key_age_s=30 * DAY_S)
    item_id, before = filled(box), key(tmp_path)
    box.close(WAIT)
    aged(tmp_path, days)
    box = opened(key_age_s=30 * DAY_S)
    view = box.get(item_id).result(WAIT)  # asked after the change
    assert view is not None
    assert view.state == ItemState.QUEUED
    assert (key(tmp_path) != before) == changed
    assert box.verify().result(WAIT).sound
    box.close(WAIT)
    after = key(tmp_path)
    assert opened(key_age_s=30 * DAY_S).close(WAIT)
    assert key(tmp_path) == (after if days != -0.5 else before)


@pytest.mark.logs(r"outbox key not changed")
def test_a_key_that_cannot_be_changed_stays(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = opened()
    item_id, before = filled(box), key(tmp_path)
    box.close(WAIT)
    aged(tmp_path, 31)
    (tmp_path / "outbox" / "outbox.stowage").write_bytes(b"")  # the body is gone: not all adds up
    box = opened(key_age_s=30 * DAY_S)
    view = box.get(item_id).result(WAIT)
    assert view is not None
    assert view.state == ItemState.DEAD
    assert key(tmp_path) == before


def test_a_protected_key_opens_with_its_secret_only(opened: Opened, tmp_path: Path) -> None:
    box = opened(secret=SECRET)
    item_id = filled(box)
    assert box.rotate_key().result(WAIT).sound
    box.close(WAIT)
    for secret in (None, b"t" * 32, b"short"):
        with pytest.raises(OutboxStorageError) as caught:
            opened(secret=secret)
        assert caught.value.code == "outbox.key_missing"
    again = opened(secret=SECRET)
    assert again.verification.sound
    assert again.claim("440500", 1, 1e9).result(WAIT)[0].item.item_id == item_id


def test_no_byte_of_a_protected_key_can_be_changed() -> None:
    keeper, inside = KeyKeeper(SECRET), bytes(range(32))
    written = keeper.kept(inside)
    assert keeper.key(written) == inside
    assert inside not in written
    assert keeper.kept(inside) != written
    for at in range(len(written)):
        broken = bytearray(written)
        broken[at] ^= 1
        if at < 5:  # no longer marked as a protected one
            assert keeper.key(bytes(broken)) is None
        else:
            with pytest.raises(OutboxStorageError, match="another secret"):
                keeper.key(bytes(broken))
    assert KeyKeeper().key(written[:-1]) is None


def test_a_key_that_lay_there_unprotected_is_changed(opened: Opened, tmp_path: Path) -> None:
    box = opened()
    filled(box)
    box.close(WAIT)
    before = key(tmp_path)
    box = opened(secret=SECRET)
    assert box.verify().result(WAIT).sound  # asked after the change
    protected = key(tmp_path)
    assert len(protected) > 32
    assert before not in protected
    assert KeyKeeper(SECRET).key(protected) != before
    assert not (tmp_path / "outbox" / NEXT_KEY).exists()
    box.close(WAIT)
    assert opened(secret=SECRET).verification.sound


# -- a TPM -----------------------------------------------------------------------------------------


@contextmanager
def tpm(state: Path) -> Iterator[str]:
    """A software TPM with what ``state`` remembers, switched on; what systemd calls it."""
    state.mkdir(exist_ok=True)
    command = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={state}", "--daemon"]
    channels = [
        *("--server", f"type=unixio,path={state}/sock"),
        *("--ctrl", f"type=unixio,path={state}/sock.ctrl"),
    ]
    number = state / "pid"
    switched = ["--flags", "not-need-init,startup-clear", "--pid", f"file={number}"]
    subprocess.run([*command, *channels, *switched], check=True, timeout=30)
    process = os.pidfd_open(int(number.read_text()))
    try:
        yield f"swtpm:path={state}/sock"
    finally:
        with contextlib.suppress(ProcessLookupError):  # it ends by itself once it was spoken to
            signal.pidfd_send_signal(process, signal.SIGTERM)
        assert select.select([process], [], [], WAIT)[0]
        os.close(process)


def creds(operation: str, device: str, source: Path, target: Path) -> bool:
    with_key = ["--with-key=tpm2", "--tpm2-pcrs=7"] if operation == "encrypt" else []
    ran = subprocess.run(
        [
            *("systemd-creds", operation, *with_key, f"--tpm2-device={device}"),
            *(f"--name={CREDENTIAL}", str(source), str(target)),
        ],
        capture_output=True,
        timeout=30,
    )
    return ran.returncode == 0


def test_a_tpm_opens_its_own_secret_and_a_cleared_one_does_not(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, sealed, folder = tmp_path / "secret", tmp_path / "cred", tmp_path / "credentials"
    copy.write_bytes(os.urandom(32))
    folder.mkdir()
    with tpm(tmp_path / "tpm") as device:
        assert creds("encrypt", device, copy, sealed)
    assert copy.read_bytes() not in sealed.read_bytes()

    with tpm(tmp_path / "tpm") as device:  # the machine has started again
        assert creds("decrypt", device, sealed, folder / CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    box = opened(secret=outbox_secret())
    item_id = filled(box)
    box.close(WAIT)
    assert opened(secret=outbox_secret()).get(item_id).result(WAIT) is not None

    shutil.rmtree(tmp_path / "tpm")
    with tpm(tmp_path / "tpm") as device:  # another TPM, or the same one cleared
        assert not creds("decrypt", device, sealed, tmp_path / "nothing")


def test_where_the_system_gives_no_secret_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert outbox_secret() is None
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert outbox_secret() is None
