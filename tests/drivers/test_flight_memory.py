"""The ring, the recorder and the export, without a device."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.flight import Entry, FlightMemory, FlightRecorder, Recording, lines, parse_lines
from drivers.flight.memory import LARGEST_DATA, RING_BYTES

entries = st.builds(
    Entry,
    at=st.floats(0, 1e7, allow_nan=False).map(lambda at: round(at, 3)),
    direction=st.sampled_from(["out", "in"]),
    data=st.binary(max_size=300),
    elided=st.integers(0, 2**32 - 1),
)


@given(st.lists(entries, max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read(written: list[Entry]) -> None:
    memory = FlightMemory()
    for entry in written:
        memory.append(entry)
    assert memory.read() == (tuple(written), 0)


def test_the_newest_entries_stay_and_the_ring_stays_whole() -> None:
    memory = FlightMemory()
    sizes = [7, 4096, 1295, 0, 2321, 8192]
    for number in range(600):
        memory.append(Entry(float(number), "in", bytes(sizes[number % len(sizes)])))
    kept, overwritten = memory.read()
    assert overwritten > 0
    assert [entry.at for entry in kept] == [float(n) for n in range(600 - len(kept), 600)]
    assert RING_BYTES - 9000 < sum(len(entry.data) + 21 for entry in kept) <= RING_BYTES


def test_a_huge_entry_is_cut_and_its_rest_counted() -> None:
    memory = FlightMemory()
    memory.append(Entry(1.0, "out", b"x" * (LARGEST_DATA + 5), 2))
    assert memory.read()[0] == (Entry(1.0, "out", b"x" * LARGEST_DATA, 7),)


def test_another_mapping_of_the_memory_goes_on_where_the_first_stopped() -> None:
    ours = FlightMemory()
    theirs = FlightMemory(os.dup(ours.descriptor))
    theirs.append(Entry(1.0, "out", b"one"))
    later = FlightMemory(os.dup(ours.descriptor))
    later.append(Entry(2.0, "in", b"two"))
    assert [entry.data for entry in ours.read()[0]] == [b"one", b"two"]


@given(st.binary(min_size=16, max_size=400), st.integers(0, RING_BYTES))
@settings(max_examples=150, deadline=None)
def test_damaged_memory_is_read_without_harm_and_written_again(junk: bytes, place: int) -> None:
    memory = FlightMemory()
    for number in range(40):
        memory.append(Entry(float(number), "in", bytes(50)))
    for offset in (0, 16 + place % (RING_BYTES - 400)):
        os.pwrite(memory.descriptor, junk, offset)
        kept, _ = memory.read()
        assert all(entry.direction in ("out", "in", "note") for entry in kept)
    for number in range(3):
        memory.append(Entry(float(number), "note", b"later"))
    memory.read()


@given(st.lists(entries, max_size=20))
@settings(max_examples=60, deadline=None)
def test_lines_are_parsed_back(kept: list[Entry]) -> None:
    note = Entry(5.0, "note", b"begin read_card")
    recording = Recording("reader", "sdt-serial", 100.0, "2030-01-02T03:04:05.000+00:00",
                          (*kept, note), 77)  # fmt: skip
    back = parse_lines(lines(recording))
    assert (back.device, back.adapter, back.overwritten) == ("reader", "sdt-serial", 77)
    assert [(e.direction, e.data, e.elided) for e in back.entries] == [
        (e.direction, e.data, e.elided) for e in recording.entries
    ]
    assert all(
        abs(one.at - other.at) < 1e-5
        for one, other in zip(back.entries, recording.entries, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        [],
        ["[]"],
        ["{}"],
        ['{"flight_recording":2}'],
        ["not json"],
        [*lines(Recording("a", "b", 1.0, "")), '{"t":-1,"dir":"up","hex":""}'],
        [*lines(Recording("a", "b", 1.0, "")), '{"t":-1,"dir":"in","hex":"0"}'],
        [*lines(Recording("a", "b", 1.0, "")), '{"t":NaN,"note":"x"}'],
    ],
)
def test_what_is_no_recording_is_refused(text: list[str]) -> None:
    with pytest.raises(ValueError, match="line"):
        parse_lines(text)


def test_without_a_redactor_no_byte_is_kept() -> None:
    memory = FlightMemory()
    recorder = FlightRecorder(memory, clock=lambda: 3.0)
    recorder.begin(object())
    recorder.tap("out", b"secret")
    recorder.tap("in", b"secrets")
    recorder.note("end talk ok")
    assert memory.read()[0] == (
        Entry(3.0, "out", b"", 6),
        Entry(3.0, "in", b"", 7),
        Entry(3.0, "note", b"end talk ok"),
    )
