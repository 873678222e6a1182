"""Notices in their time, and telemetry that counts once and holds no text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import requests as http
import uuid_utils

from portal.sandbox import SandboxServer
from portal.sandbox.settings import china_now


def event(seq: int, /, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid_utils.uuid7()), "ts": "2026-11-26T10:00:00+08:00", "seq": seq,
        "code": "printer.paper_out", "severity": "warning", "device": "receipt_printer",
        "data": {"paper": 0}, **changes,
    }  # fmt: skip


def sent(server: SandboxServer, *events: dict[str, Any], terminal: str = "T-1") -> http.Response:
    return http.post(
        f"{server.base_url}/v1/telemetry:batch",
        json={"terminal": terminal, "events": events},
        headers={"Terminal-Id": terminal},
        timeout=5,
    )


def test_an_event_counts_once(server: SandboxServer) -> None:
    first, second = event(7), event(8)
    assert sent(server, first).json() == {"taken": 1, "last_seq": 7}
    assert sent(server, first, second).json() == {"taken": 1, "last_seq": 8}
    assert sent(server, first, second).json() == {"taken": 0, "last_seq": 8}
    assert sent(server, event(1), terminal="T-2").json() == {"taken": 1, "last_seq": 1}


@pytest.mark.parametrize(
    "changes",
    [{"data": {"name": "text"}}, {"code": "Not a code"}, {"seq": -1}, {"note": "x"}, {"id": "1"}],
)
def test_nothing_but_numbers_and_codes(server: SandboxServer, changes: dict[str, Any]) -> None:
    assert sent(server, event(1, **changes)).json()["code"] == "invalid_request"
    assert sent(server, event(1)).json()["taken"] == 1


def test_a_notice_is_shown_until_its_end(start: Callable[..., SandboxServer]) -> None:
    now = [china_now()]
    server = start(clock=lambda: now[0])
    ends = (now[0] + dt.timedelta(hours=1)).isoformat()
    words = {"text_zh": "今晚维护", "text_en": "Maintenance tonight"}
    control = f"{server.base_url}/sandbox/notices"
    assert http.post(control, json={**words, "ends_at": ends}, timeout=5).status_code == 201
    assert http.post(control, json={**words, "ends_at": "soon"}, timeout=5).status_code == 400

    def shown() -> list[str]:
        listed = http.get(f"{server.base_url}/v1/notices", timeout=5).json()["notices"]
        return [one["text_en"] for one in listed]

    assert shown() == ["Maintenance tonight"]
    now[0] += dt.timedelta(hours=1)
    assert shown() == []
