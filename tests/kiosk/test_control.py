"""The control socket: who may ask, what garbage gets, and what a dead terminal leaves behind."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.control import MAX_LINE, ControlServer, NotRunningError, RefusedError, ask

pytestmark = pytest.mark.logs(r"control\.failed")


def operations() -> dict[str, Any]:
    def echo(request: Mapping[str, Any]) -> Any:
        return request.get("what")

    def broken(_request: Mapping[str, Any]) -> Any:
        raise ValueError("李䶮")

    def strange(_request: Mapping[str, Any]) -> Any:
        return object()

    return {"echo": echo, "broken": broken, "strange": strange}


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    server = ControlServer(tmp_path / "control.sock", operations())
    server.start()
    yield tmp_path / "control.sock"
    server.stop()
    assert not (tmp_path / "control.sock").exists()


def raw(path: Path, line: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(10)
        one.connect(str(path))
        one.sendall(line)
        with one.makefile("rb") as answers:
            return answers.readline()


def test_it_answers_in_the_words_it_was_asked(path: Path) -> None:
    assert ask(path, "echo", what={"姓": [1, None]}) == {"姓": [1, None]}
    assert ask(path, "echo") is None


def test_only_the_terminals_own_user_may_ask(path: Path) -> None:
    mode = path.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_starting_leaves_the_umask_of_other_threads_alone(tmp_path: Path) -> None:
    seen: list[int] = []
    real, os_umask = os.umask(0o022), os.umask

    def watched(mask: int) -> int:
        seen.append(mask)
        return os_umask(mask)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "umask", watched)
        server = ControlServer(tmp_path / "s", {})
        server.start()
        server.stop()
    os.umask(real)
    assert seen == []


@pytest.mark.parametrize(
    "line",
    [
        b"\n", b"x\n", b"[]\n", b"{}\n", b'{"op": 5}\n', b'{"op": ["echo"]}\n', b'"echo"\n',
        b'{"op": "reboot"}\n', b"\xff\xfe\n", b"[" * 20_000 + b"\n", b"x" * (MAX_LINE + 1) + b"\n",
    ],
    ids=lambda line: repr(line[:12]),
)  # fmt: skip
def test_garbage_gets_an_answer_and_harms_nobody(path: Path, line: bytes) -> None:
    assert json.loads(raw(path, line)) == {"error": "unknown operation"}
    assert ask(path, "echo", what=1) == 1


@pytest.mark.parametrize(("op", "said"), [("broken", "ValueError"), ("strange", "TypeError")])
def test_a_failing_operation_names_its_kind_only(path: Path, op: str, said: str) -> None:
    with pytest.raises(RefusedError) as caught:
        ask(path, op)
    assert str(caught.value) == said
    with pytest.raises(RefusedError, match="unknown operation"):
        ask(path, "no.such")


def test_an_asker_that_hangs_up_is_no_trouble(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(str(path))
    assert ask(path, "echo", what="still here") == "still here"


def test_askers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    gate, inside = threading.Event(), threading.Event()

    def wait(_request: Mapping[str, Any]) -> str:
        inside.set()
        return "done" if gate.wait(10) else "late"

    server = ControlServer(tmp_path / "s", {**operations(), "wait": wait})
    server.start()
    answers: list[Any] = []
    slow = threading.Thread(target=lambda: answers.append(ask(tmp_path / "s", "wait")))
    slow.start()
    assert inside.wait(10)
    many = [
        threading.Thread(target=lambda n=n: answers.append(ask(tmp_path / "s", "echo", what=n)))
        for n in range(12)
    ]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert sorted(answers) == list(range(12))
    gate.set()
    slow.join()
    assert answers[-1] == "done"
    server.stop()


def test_nobody_listening_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotRunningError):
        ask(tmp_path / "none.sock", "echo")
    with pytest.raises(NotRunningError):
        ask(tmp_path / "no" / "folder" / ("x" * 120), "echo")


def test_the_socket_of_a_killed_terminal_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "control.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
        dead.listen()
    with pytest.raises(NotRunningError):
        ask(path, "echo")
    server = ControlServer(path, operations())
    server.start()
    assert ask(path, "echo", what=2) == 2
    server.stop()
    server.stop()


def test_a_folder_too_deep_for_a_socket_address_works_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("深" * 40) / ("x" * 90)
    folder.mkdir(parents=True)
    server = ControlServer(folder / "control.sock", operations())
    server.start()
    assert ask(folder / "control.sock", "echo", what=3) == 3
    assert stat.S_IMODE((folder / "control.sock").stat().st_mode) == 0o600
    server.stop()
    assert not (folder / "control.sock").exists()


def test_a_folder_that_is_missing_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        ControlServer(tmp_path / "gone" / "control.sock", {}).start()
