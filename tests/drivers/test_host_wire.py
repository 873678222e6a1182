"""Framing and restricted loading, the crash record, and the registry of adapters."""

from __future__ import annotations

import pickle
import tomllib
import tracemalloc
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.host import HostPolicy
from drivers.host.crashes import CrashRecord
from drivers.host.wire import (
    MAX_MESSAGE,
    MAX_STEPS,
    Beat,
    Finished,
    FrameReader,
    LogLine,
    StatusReport,
    WireError,
    dumps,
    frame,
    restricted_loads,
)
from drivers.registry import (
    SHIPPED,
    UnknownAdapterError,
    adapter_class,
    adapter_names,
    adapter_target,
)
from drivers.results import Failure, Ok
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState

MESSAGES = st.one_of(
    st.builds(Beat, st.floats(allow_nan=False)),
    st.builds(Finished, st.integers(), st.binary(max_size=200)),
    st.builds(LogLine, st.text(), st.integers(), st.text()),
    st.builds(
        StatusReport,
        st.builds(
            DeviceStatus,
            st.sampled_from(DeviceState),
            st.sampled_from(MediaState),
            st.sampled_from(SupplyState),
            failure=st.none() | st.text(),
        ),
    ),
)


def test_a_member_travels_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where Python itself would pickle it as a call of getattr, as in Debian 12."""
    monkeypatch.setattr(Enum, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    assert b"getattr" in pickle.dumps(DeviceState.ONLINE)
    assert restricted_loads(dumps(Ok(DeviceState.ONLINE))) == Ok(DeviceState.ONLINE)


@given(st.lists(MESSAGES), st.lists(st.integers(1, 50)))
def test_messages_survive_any_division_of_the_stream(messages: list[Any], cuts: list[int]) -> None:
    stream = b"".join(frame(message) for message in messages)
    reader = FrameReader()
    received = []
    for size in [*cuts, max(1, len(stream))]:
        piece, stream = stream[:size], stream[size:]
        received += [restricted_loads(body) for body in reader.feed(piece)]
    received += [restricted_loads(body) for body in reader.feed(stream)]
    assert received == messages


@given(st.binary(max_size=300))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    # Nothing but a WireError may come out, whatever went in.
    with suppress(WireError):
        restricted_loads(data)


def test_an_oversized_frame_is_refused() -> None:
    with pytest.raises(WireError, match="too large"):
        list(FrameReader().feed((MAX_MESSAGE + 1).to_bytes(4, "big")))
    with pytest.raises(WireError, match="too large"):
        frame(bytes(MAX_MESSAGE + 1))


class Attack:
    """What a taken-over vendor library might send."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.reduced = (function, arguments)

    def __reduce__(self) -> Any:
        return self.reduced


@pytest.mark.parametrize(
    "attack",
    [
        Attack(eval, "1"),
        Attack(getattr, 1, "real"),
        Attack(adapter_class, "os:system"),
        Attack(frame, 1),
        Path("x"),
        FrameReader(),
    ],
)
def test_only_data_is_loaded(attack: object) -> None:
    with pytest.raises(WireError, match="not allowed"):
        restricted_loads(pickle.dumps(attack))
    dotted = b"cdrivers.registry\nimportlib.import_module\n(S'os'\ntR."
    with pytest.raises(WireError, match="not allowed"):
        restricted_loads(dotted)


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x8c\x00r\x84\x32\x93\x3a",  # LONG_BINPUT: a memo of a thousand million places
        b"\x80\x05\x96" + (1 << 40).to_bytes(8, "little") + b"x.",  # BYTEARRAY8 of a terabyte
        b"\x80\x05\x8e" + (1 << 40).to_bytes(8, "little") + b"x.",  # BINBYTES8, the same
        b"\x80\x05" + b"]0" * MAX_STEPS + b"N.",
        pickle.dumps(Attack(bytearray, 1 << 40)),
        pickle.dumps(Attack(set, range(1 << 40))),
    ],
    ids=["memo", "bytearray", "bytes", "steps", "call", "set"],
)
def test_a_short_message_makes_no_large_memory(bomb: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            restricted_loads(bomb)
        assert tracemalloc.get_traced_memory()[1] < len(bomb) + (1 << 20)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "plain",
    [
        [1, -5, 300, 70_000, 2**70, 2**3000, 1.5, complex(1, 2), None, True, False],
        ["", "x" * 300, "x" * 70_000, b"", b"y" * 300, b"y" * 70_000, bytearray(b"z")],
        [set(), {1}, frozenset({2}), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
        [{}, {1: 2}, {1: 2, 3: 4}, range(3), slice(1, 2), list(range(1000))],
        [datetime.now(UTC), date(2026, 5, 4), time(8), timedelta(1), UUID(int=1), Decimal("1.5")],
        ["same", "same", *(f"word {number}" for number in range(600))] * 2,
    ],
    ids=["numbers", "texts", "groups", "maps", "values", "repeated"],
)
def test_every_plain_value_comes_back(plain: list[Any]) -> None:
    assert restricted_loads(dumps(plain)) == plain


def test_own_package_is_a_permission() -> None:
    data = dumps(Ok(Failure("idcard.none")))
    assert restricted_loads(data) == Ok(Failure("idcard.none"))
    with pytest.raises(WireError, match="not allowed"):
        restricted_loads(data, frozenset({"elsewhere"}))


def test_personal_payloads_show_in_no_repr() -> None:
    assert "440599" not in repr(Finished(1, dumps(Ok("440599"))))


@given(st.lists(st.floats(0.01, 3.0), max_size=40), st.integers(2, 9))
def test_pauses_stay_short_until_quarantine(gaps: list[float], limit: int) -> None:
    policy = HostPolicy(quarantine_after=limit)
    record = CrashRecord(policy)
    now = 100.0
    times: list[float] = []
    for gap in gaps:
        now += gap
        times.append(now)
        pause = record.crashed(now, ready_since=now - gap)
        recent = [t for t in times if t > now - policy.quarantine_window_s]
        assert (pause is None) == (len(recent) >= limit)
        if pause is None:
            return
        assert 0 < pause <= policy.backoff_max_s


def test_a_stable_spell_makes_the_next_restart_quick_again() -> None:
    policy = HostPolicy()
    record = CrashRecord(policy)
    pauses = [record.crashed(10.0 + n, None) for n in range(6)]
    assert pauses[-1] is not None
    assert pauses[-1] > policy.backoff_first_s
    after = record.crashed(40.0, ready_since=40.0 - policy.stable_s)
    assert after is not None
    assert after <= policy.backoff_first_s


def test_on_probation_the_first_early_crash_ends_it() -> None:
    record = CrashRecord(HostPolicy())
    record.forgive(on_probation=True)
    assert record.crashed(10.0, ready_since=9.9) is None
    record.forgive(on_probation=False)
    assert record.crashed(11.0, ready_since=10.9) is not None


def test_shipped_names_and_entry_points_are_the_same() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert dict(SHIPPED) == project["project"]["entry-points"]["citizen_window.drivers"]
    assert set(SHIPPED) <= set(adapter_names())


def test_unknown_adapters_are_explained() -> None:
    with pytest.raises(UnknownAdapterError, match=r"did you mean .*escpos-tcp"):
        adapter_target("escpos-tpc")
    with pytest.raises(UnknownAdapterError, match=r"known: .*sdt-serial"):
        adapter_target("qqq")
    with pytest.raises(UnknownAdapterError, match="no module 'no_such_module'"):
        adapter_class("no_such_module:X")
    with pytest.raises(UnknownAdapterError, match="did you mean HangsInOpen"):
        adapter_class("host_adapters:HangInOpen")


def test_a_class_is_found_by_module_and_name() -> None:
    assert adapter_class("host_adapters:Well").__name__ == "Well"
