"""The photo decoder in its child process: good pictures, and decoders that misbehave."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from drivers import sdt
from drivers.failures import describe
from drivers.results import Failure, Ok
from drivers.sdt import (
    PHOTO_HEIGHT,
    PHOTO_WIDTH,
    STAND_IN_CAPACITY,
    DecodedPhoto,
    PhotoDecoder,
    decode_photo,
    pack_stand_in_photo,
)
from drivers.sdt.photo import WLT_LENGTH, unpack_stand_in_photo

SIZE = (PHOTO_WIDTH, PHOTO_HEIGHT)


def _picture(kind: str, size: tuple[int, int] = SIZE) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 40, 10)).save(out, kind, quality=5)
    return out.getvalue()


def _python(script: str) -> PhotoDecoder:
    return PhotoDecoder((sys.executable, "-c", script))


def _failure(wlt: bytes, decoder: PhotoDecoder, timeout_s: float = 20.0) -> Failure:
    result = decode_photo(wlt, decoder, timeout_s)
    assert isinstance(result, Failure)
    assert result.code == "idcard.photo_undecodable"
    assert describe(result.code).part == "card_reader"
    return result


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_the_stand_in_decodes_to_a_portrait(kind: str) -> None:
    wlt = pack_stand_in_photo(_picture(kind))
    assert len(wlt) == WLT_LENGTH
    result = decode_photo(wlt, timeout_s=20.0)
    assert isinstance(result, Ok)
    photo = result.value
    assert (photo.width, photo.height, len(photo.bgr)) == (102, 126, 102 * 126 * 3)
    blue, green, red = photo.bgr[:3]
    assert abs(red - 200) < 12
    assert abs(green - 40) < 12
    assert abs(blue - 10) < 12


def test_the_stand_in_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(ValueError, match="JPEG or a WebP"):
        pack_stand_in_photo(_picture("PNG"))
    with pytest.raises(ValueError, match="1013 of 1012"):
        pack_stand_in_photo(b"RIFF".ljust(STAND_IN_CAPACITY + 1))
    full = b"RIFF".ljust(STAND_IN_CAPACITY, b"x")
    assert unpack_stand_in_photo(pack_stand_in_photo(full)) == full


def test_a_container_that_was_damaged_is_no_picture() -> None:
    good = pack_stand_in_photo(_picture("JPEG"))
    assert unpack_stand_in_photo(good[:-1]) is None
    assert unpack_stand_in_photo(b"WLF\0" + good[4:]) is None
    assert unpack_stand_in_photo(good[:8] + b"\xff\xff" + good[10:]) is None
    assert unpack_stand_in_photo(good[:100] + bytes([good[100] ^ 1]) + good[101:]) is None


def test_real_wlt_stays_opaque_to_the_built_in_decoder() -> None:
    assert "ended with 3" in _failure(b"WLf\0" + bytes(1020), PhotoDecoder()).detail


@pytest.mark.parametrize("picture", [_picture("JPEG", (40, 40)), b"RIFF" + bytes(500)])
def test_a_stand_in_with_no_portrait_inside_fails(picture: bytes) -> None:
    assert "ended with 3" in _failure(pack_stand_in_photo(picture), PhotoDecoder()).detail


def test_more_than_a_photo_is_refused() -> None:
    assert "ended with 3" in _failure(bytes(WLT_LENGTH + 1), PhotoDecoder()).detail


def test_a_vendor_command_reads_wlt_and_writes_a_picture() -> None:
    script = (
        "import sys, io\nfrom PIL import Image\nwlt = sys.stdin.buffer.read()\n"
        "assert len(wlt) == 1024\n"
        "Image.new('RGB', (102, 126), (wlt[0], wlt[1], wlt[2])).save(sys.stdout.buffer, 'BMP')\n"
    )
    result = decode_photo(b"\x01\x02\x03" + bytes(1021), _python(script), 20.0)
    assert isinstance(result, Ok)
    assert result.value.bgr[:3] == b"\x03\x02\x01"


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("import os; os.abort()", 4),
        ("raise SystemExit(1)", 4),
        ("print('no picture')", 3),
        ("", 3),
        ("import sys; sys.stdout.buffer.write(bytes(2 << 20))", 4),
    ],
    ids=["crash", "error", "garbage", "nothing", "flood"],
)
def test_a_decoder_that_fails_costs_only_its_picture(script: str, status: int) -> None:
    assert f"ended with {status}" in _failure(bytes(1024), _python(script)).detail


def test_a_command_that_does_not_exist_fails() -> None:
    assert "ended with 4" in _failure(bytes(1024), PhotoDecoder(("no-such-decoder",))).detail


def test_a_decoder_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    script = (
        "import os, subprocess, sys\n"
        f"held = os.open({str(fifo)!r}, os.O_WRONLY)\n"
        "subprocess.run(['sleep', '600'], pass_fds=[held])\n"
    )
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert "within 1.5 s" in _failure(bytes(1024), _python(script), 1.5).detail
        # Blocking now: the end of file comes when the last holder of the writing end is dead.
        os.set_blocking(reader, True)
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_a_decoder_that_hangs_does_not_outlive_the_terminal(tmp_path: Path) -> None:
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    hangs = (
        f"import os, signal; os.write(os.open({str(fifo)!r}, os.O_WRONLY), b'!'); signal.pause()"
    )
    terminal = (
        "import sys\n"
        "from drivers.sdt import PhotoDecoder, decode_photo\n"
        f"decode_photo(bytes(1024), PhotoDecoder((sys.executable, '-c', {hangs!r})), 600.0)\n"
    )
    root = Path(sdt.__file__).parents[2]
    with (
        subprocess.Popen([sys.executable, "-c", terminal], cwd=root) as running,
        fifo.open("rb", buffering=0) as reader,
    ):
        assert reader.read(1) == b"!"  # the decoder is at work
        running.kill()
        assert reader.read(1) == b""  # and gone: it was the last to hold the writing end


def test_a_decoder_cannot_leave_a_file_behind(tmp_path: Path) -> None:
    target = tmp_path / "portrait.bmp"
    script = f"open({str(target)!r}, 'wb').write(b'picture')"
    _failure(bytes(1024), _python(script))
    assert not target.exists() or target.stat().st_size == 0


def test_every_exported_name_is_there_and_the_child_loads_no_adapter() -> None:
    for name in sdt.__all__:
        assert getattr(sdt, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sdt.nothing  # noqa: B018 (the look-up is what is tested)
    script = (
        "import sys, drivers.sdt.photo_child\n"
        "sys.exit(any(name in sys.modules for name in ('pydantic', 'serial')))"
    )
    root = Path(sdt.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


def test_repr_shows_no_pixels() -> None:
    assert "bgr" not in repr(DecodedPhoto(1, 1, b"\x01\x02\x03"))
