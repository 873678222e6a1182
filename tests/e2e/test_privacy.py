"""After a person left, nothing of them is found: not in a file, not in a log, in no encoding."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from e2e_support import JOBLESS, PROOF, RECORD, Desk, Stage, pending

from kiosk.demo import Errand
from kiosk.identity import check_digit
from kiosk.visit.model import Step

NAME = "卫鸫䴘鹮"
ADDRESS = "广东省汕头市样例区金丝雀巷七十三号之二"
NUMBER = "44059919770707707" + check_digit("44059919770707707")
PHONE = "13877770707"
ACCOUNT = "6217770707070707070"
CANARY = {"base": "resident", "name": NAME, "number": NUMBER, "address": ADDRESS,
          "birth": "1977-07-07"}  # fmt: skip
SECRETS = (NAME, NUMBER, ADDRESS, PHONE, ACCOUNT)


def encodings(text: str) -> Iterator[bytes]:
    """``text`` as it may lie in a file: by character set, as JSON, in hex, in base64 at any offset."""
    plain = [text.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    for data in plain:
        yield data
        yield data.hex().encode()
        yield data.hex().upper().encode()
        for offset in range(3):
            encoded = base64.b64encode(bytes(offset) + data)
            # without the characters that depend on the neighbours
            rest = (0, 3, 2)[(offset + len(data)) % 3]
            yield encoded[(0, 2, 3)[offset] : len(encoded) - rest]
    yield text.encode("unicode_escape")
    yield "".join(f"\\u{ord(sign):04x}" for sign in text).encode()


def hits(content: bytes) -> list[str]:
    return [
        f"{text[:1]}… as {encoded[:12]!r}"
        for text in SECRETS
        for encoded in encodings(text)
        if len(encoded) >= 6 and encoded in content
    ]


def found_in(*folders: Path) -> dict[str, list[str]]:
    """File → what of the canary is in it."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        # What is written anew beside a file takes its name meanwhile, and is looked at under that.
        with suppress(FileNotFoundError):
            found[str(path)] = hits(path.read_bytes())
    assert found
    return {path: what for path, what in found.items() if what}


@pytest.fixture
def everything_logged(shared_terminal: Desk, caplog: pytest.LogCaptureFixture) -> Iterator[Path]:
    """All loggers at their most talkative, into the terminal's own log folder."""
    caplog.set_level(logging.DEBUG)
    folder = shared_terminal.app.settings.terminal.data_dir / "log"
    folder.mkdir(exist_ok=True)
    handler = logging.FileHandler(folder / "terminal.log", encoding="utf-8")
    noisy = [logging.getLogger(name) for name in ("urllib3", "asyncio", "fontTools", "PIL")]
    levels = [logger.level for logger in noisy]
    for logger in noisy:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield folder
    logging.getLogger().removeHandler(handler)
    handler.close()
    for logger, level in zip(noisy, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.parametrize("text", SECRETS, ids=("name", "number", "address", "phone", "account"))
def test_the_scan_finds_what_it_looks_for(text: str) -> None:
    for encoded in encodings(text):
        assert hits(b"\0before" + encoded + b"after\0")
    for offset in range(3):
        assert hits(base64.b64encode(b"x" * offset + text.encode() + b"yy"))


def test_nothing_of_a_person_stays_behind(
    desk: Desk,
    stage: Stage,
    scratch: Path,
    everything_logged: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    card = {"card": CANARY, "face": "chen"}
    stage.play.command("camera", "off")
    by_staff = {"face.unavailable": ("staff", None), "face.poor_card_photo": ("staff", None)}
    form = {**JOBLESS.form, "phone": PHONE}
    senior = Errand(
        "mz-0058",
        **card,
        place=("440507008001",),
        form={"account": ACCOUNT, "phone": PHONE, "household": "alone"},
        on_trouble=by_staff,
    )
    proof = desk.visit(replace(PROOF, **card, on_trouble=by_staff))
    assert proof.proof == "confirmed"
    desk.visit(replace(RECORD, **card, slip=True, on_trouble=by_staff))
    desk.visit(replace(senior, walks_away_at=Step.SIGN))
    signed = desk.visit(senior)
    desk.patience_ends(pending)
    offline = desk.visit(
        replace(
            JOBLESS,
            **card,
            form=form,
            on_trouble=by_staff,
            at={Step.REVIEW: lambda person: person.world.command("line", "refuse")},
        )
    )
    assert offline.submission == "stored"
    data_dir = desk.app.settings.terminal.data_dir
    assert found_in(data_dir, scratch) == {}, "while one case still waits here"
    stage.play.command("line", "up")
    for key in (proof.key, signed.key, offline.key):
        desk.delivered_once(key)
    subject = stage.stored(signed.key).subject
    assert subject is not None
    assert (subject.name, subject.number, subject.address) == (NAME, NUMBER, ADDRESS)
    logging.getLogger().handlers[-1].flush()
    assert found_in(data_dir, scratch) == {}
    assert (everything_logged / "terminal.log").stat().st_size > 1000
    assert hits(caplog.text.encode()) == []
