"""The audit chain: tampering shows, power cuts heal."""

from __future__ import annotations

import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.audit import AuditLog, verify


def now() -> datetime:
    return datetime(2026, 11, 22, 10, 42, tzinfo=UTC)


def filled(path: Path, count: int = 5) -> AuditLog:
    log = AuditLog(path, now)
    for number in range(count):
        log.append("staff.verified", {"number": number, "words": "核验"})
    return log


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def test_a_whole_log_verifies_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    filled(path)
    assert len(lines_of(path)) == 10
    assert verify(path) == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_value_shows_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    path.write_bytes(path.read_bytes().replace(b'"number": 2', b'"number": 9'))
    assert verify(path) == ["line 3: altered, or a line before it is missing"]


@pytest.mark.parametrize("dropped", [0, 1, 3])
def test_a_dropped_line_shows(tmp_path: Path, dropped: int) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    lines = lines_of(path)
    del lines[dropped]
    path.write_bytes(b"".join(lines))
    assert len(verify(path)) == 1


def test_reordered_and_inserted_lines_show(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    lines = lines_of(path)
    lines[1], lines[2] = lines[2], lines[1]
    path.write_bytes(b"".join(lines))
    assert len(verify(path)) >= 2
    lines[1], lines[2] = lines[2], lines[1]
    path.write_bytes(b"".join([*lines, lines[0], b"123\n", b"[]\n"]))
    assert len(verify(path)) == 3


@pytest.mark.parametrize("keep", [1, 20, -2, -1])
def test_a_torn_last_line_is_named_and_swallows_nothing(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    lines = lines_of(path)
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:keep])
    filled(path, 3)
    problems = verify(path)
    if keep == -1:  # only the line's end was lost: the record itself is whole
        assert problems == []
        assert len(lines_of(path)) == 8
        return
    assert problems == ["line 5: not an audit record"]
    after = [json.loads(line)["data"]["number"] for line in lines_of(path)[5:]]
    assert after == [0, 1, 2]


def test_a_line_torn_inside_a_character_is_named(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    filled(path)
    lines = lines_of(path)
    cut = lines[-1].index("核".encode()) + 1
    path.write_bytes(b"".join(lines[:-1]) + lines[-1][:cut])
    assert verify(path) == ["line 5: not an audit record"]


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), st.text(max_size=10), max_size=3))
def test_any_text_in_a_record_keeps_the_chain(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("audit") / "audit.log"
    log = AuditLog(path, now)
    log.append("any", data)
    log.append("any", {**data, "line": "a\u2028b\x85c\nd"})
    assert verify(path) == []


def test_what_cannot_be_written_is_logged_and_disturbs_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "audit.log"
    log = filled(path)
    with caplog.at_level(logging.ERROR):
        log.append("bad", {"value": object()})
        path.rename(tmp_path / "kept")
        path.mkdir()
        log.append("bad", {})
        path.rmdir()
        (tmp_path / "kept").rename(path)
    assert caplog.text.count("audit.not_written") == 2
    log.append("good", {})
    assert verify(path) == []
    assert len(lines_of(path)) == 6


def test_many_threads_keep_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    log = AuditLog(path, now)

    def work() -> None:
        for number in range(25):
            log.append("work", {"number": number})

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines_of(path)) == 100
    assert verify(path) == []
