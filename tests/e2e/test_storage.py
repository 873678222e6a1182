"""A full disk, a damaged queue, a second instance, a broken configuration: caused for real."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from e2e_support import JOBLESS, LOOK_UP, Desk, Stage, logged, pending, playing, terminal, told

from kiosk.visit.model import Step, SubmissionState
from offline_queue import ItemState

ROOT = Path(__file__).resolve().parents[2]
KIOSK = (sys.executable, "-c", "from kiosk.cli import main; main()")


@pytest.fixture(scope="module")
def other_stage(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A world for terminals that are started and stopped here."""
    with playing(tmp_path_factory.mktemp("other")) as running:
        yield running


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MiB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=64m,mode=700") != 0:
        raise OSError(ctypes.get_errno(), "this test mounts a small file system and needs root")
    try:
        yield folder
    finally:
        libc.umount2(os.fsencode(folder), 2)


def fill(disk: Path) -> Path:
    """Leave less than a megabyte."""
    status = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(status.f_bavail * status.f_frsize - 900_000))
    return ballast


def test_a_full_disk_is_said_before_anything_is_promised(
    other_stage: Stage, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with terminal(small_disk / "terminal", other_stage) as desk:
        desk.ready()
        ballast: list[Path] = []
        desk.watch.begin()
        desk.begin()
        visit = desk.errand(
            replace(
                JOBLESS,
                at={Step.REVIEW: lambda _person: ballast.append(fill(small_disk))},
                on_trouble={"outbox.disk_full": ("retry", lambda _person: ballast[0].unlink())},
            )
        )
        told("outbox.disk_full", desk.watch.seen)
        logged(caplog, "submit.refused", "code=outbox.disk_full")
        assert visit.submission is not None
        assert visit.submission.state is SubmissionState.DELIVERED, "with room again"
        desk.delivered_once(visit.submission.key)
        desk.leave()
        fill(small_disk)
        guide = desk.begin("rs-0012")
        assert not guide.availability.possible, "now said before the person starts"
        assert guide.availability.code == "outbox.disk_full"
        desk.leave()
        desk.visit(LOOK_UP)


def kept_offline(desk: Desk) -> str:
    """Hand in an application while the line is cut; its key."""
    desk.ready()
    desk.begin()
    desk.patience_ends(pending)
    cut = {Step.REVIEW: lambda person: person.world.command("line", "refuse")}
    visit = desk.errand(replace(JOBLESS, at=cut))
    assert visit.submission is not None
    assert visit.submission.state is SubmissionState.STORED
    desk.leave()
    return visit.submission.key


@pytest.mark.parametrize("damage", ["flipped", "truncated"])
def test_a_damaged_queue_delivers_or_names_what_it_held(
    other_stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    with terminal(tmp_path / "terminal", other_stage) as desk:
        key = kept_offline(desk)
    database = tmp_path / "terminal/outbox/outbox.db"
    content = bytearray(database.read_bytes())
    assert len(content) > 8192
    if damage == "flipped":
        content[4096:8192] = bytes(byte ^ 0x55 for byte in content[4096:8192])
    else:
        del content[len(content) // 2 :]
    database.write_bytes(content)
    other_stage.play.command("line", "up")
    with terminal(tmp_path / "terminal", other_stage) as desk:
        assert desk.app.outbox is not None
        report = desk.app.outbox.recovery
        assert report is not None
        logged(caplog, "outbox.recovered", report.quarantine)
        found = desk.app.outbox.get(key).result(20.0)
        if found is None:
            assert key in report.missing, "neither kept nor named"
            logged(caplog, "outbox.recovered", key)
        else:
            desk.delivered_once(key)
        assert other_stage.effects(key) <= 1
        desk.ready()
        desk.visit(LOOK_UP)


def test_what_was_kept_is_delivered_after_a_restart(other_stage: Stage, tmp_path: Path) -> None:
    with terminal(tmp_path / "terminal", other_stage) as desk:
        key = kept_offline(desk)
        assert desk.item(key).state in (ItemState.QUEUED, ItemState.IN_FLIGHT)
    other_stage.play.command("line", "up")
    with terminal(tmp_path / "terminal", other_stage) as desk:
        desk.delivered_once(key)


def test_a_queue_that_can_t_be_opened_puts_the_terminal_out_of_service(
    other_stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with terminal(tmp_path / "terminal", other_stage):
        pass
    (tmp_path / "terminal/outbox/outbox.key").write_bytes(b"short")
    with terminal(tmp_path / "terminal", other_stage) as desk:
        visit = desk.until("out of service", lambda v: v.step is Step.OUT_OF_SERVICE)
        assert visit.out_of_service == "service.outbox"
        told("service.outbox")
        logged(caplog, "outbox.not_opened", "key_missing")


def test_a_second_instance_is_refused_and_the_first_goes_on(desk: Desk, tmp_path: Path) -> None:
    data_dir = desk.app.settings.terminal.data_dir
    config = tmp_path / "terminal.toml"
    config.write_text(f'[terminal]\nid = "ST-E2E"\ndata_dir = "{data_dir}"\n', "utf-8")
    second = kiosk("run", "--config", str(config))
    assert second.returncode == 3
    assert f"Another terminal already runs with the data folder {data_dir}" in second.stderr
    assert "Traceback" not in second.stderr
    desk.visit(LOOK_UP)


def test_a_broken_configuration_is_explained(tmp_path: Path) -> None:
    config = tmp_path / "terminal.toml"
    config.write_text('[portal]\nurll = "http://x"\n[terminal]\nid = 7\n', "utf-8")
    checked = kiosk("config", "check", str(config))
    assert checked.returncode == 2
    assert "terminal.toml: portal.urll: unknown key" in checked.stderr
    assert "Did you mean 'url'?" in checked.stderr
    assert "Traceback" not in checked.stderr
    ran = kiosk("run", "--config", str(config))
    assert ran.returncode == 2
    assert "portal.urll" in ran.stderr


def kiosk(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIOSK, *words], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
