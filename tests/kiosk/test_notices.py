"""Notices to the public: from a real sandbox to what a first screen would show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from kiosk.terminal.notices import NoticeBoard
from portal import PortalClient
from portal.sandbox import SandboxServer, SandboxSettings
from portal.sandbox.settings import china_now


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    database = tmp_path_factory.mktemp("sandbox") / "sandbox.sqlite3"
    settings = SandboxSettings(
        database_url=f"sqlite:///{database}", catalogue={"items": []}, check_contract=True
    )
    with SandboxServer(settings) as running:
        yield running
    assert running.world.watch is not None
    assert running.world.watch.findings() == []


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> Any:
        return china_now() + self.ahead


def test_newest_first_until_they_end_or_the_portal_is_away(server: SandboxServer) -> None:
    clock = Clock()
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        board = NoticeBoard(client, clock)
        board.fetch()
        assert (board.shown(), board.changed()) == ((), False)
        ends = (china_now() + timedelta(hours=1)).isoformat()
        server.world.notices.post("停电通知", "No power", "info", None)
        server.world.notices.post(
            "今天\n下午\u202e停办", "Closed\x07 this  afternoon", "info", ends
        )
        board.fetch()
        assert [board.changed(), board.changed()] == [True, False]
        first, second = board.shown()
        assert (first.text.zh, first.text.en) == ("今天 下午 停办", "Closed this afternoon")
        assert second.text.zh == "停电通知"
        clock.ahead = timedelta(hours=1, seconds=1)
        assert [one.text.en for one in board.shown()] == ["No power"]
        assert board.changed()
        clock.ahead = -timedelta(days=1)  # a clock that is behind: nothing holds yet
        assert board.shown() == ()
        clock.ahead = timedelta()
        board.clear()
        assert (board.changed(), board.shown()) == (True, ())


def test_without_an_answer_what_was_known_stays(server: SandboxServer) -> None:
    with PortalClient(server.base_url, terminal_id="T-1") as client:
        board = NoticeBoard(client, china_now)
        server.world.notices.post("停电通知", "No power", "info", None)
        board.fetch()
        known = board.shown()
        with PortalClient("http://127.0.0.1:1", terminal_id="T-1") as away:
            board._client = away
            board.fetch()
        assert board.shown() == known != ()
