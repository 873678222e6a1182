"""The short fuzzing run: damaged sound messages and plain rubbish through every parser."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_run import TARGETS, Target, seconds_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with stretches replaced, left out or repeated; or rubbish."""
    data = bytearray(draw(st.sampled_from(seeds) | st.binary(max_size=300)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 12)))
        data[at:to] = draw(st.binary(max_size=12) | st.just(bytes(data[at:to]) * 2))
    return bytes(data)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_no_bytes_upset_a_parser(name: str) -> None:
    target: Target = TARGETS[name]

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(damaged(target.seeds))
    def run(data: bytes) -> None:
        target.run(data)

    run()


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_seeds_are_taken(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].run(seed)


def test_a_time_is_told_in_minutes_or_seconds() -> None:
    assert (seconds_of("3m"), seconds_of("20s")) == (180, 20)
    with pytest.raises(ValueError, match="3m"):
        seconds_of("soon")


def test_every_folder_of_a_protocol_is_fuzzed() -> None:
    text = Path(__file__).with_name("fuzz_targets.py").read_text("utf-8")
    drivers = Path(__file__).resolve().parents[2] / "drivers"
    parsing = {
        path.parent.name
        for path in drivers.glob("*/*.py")
        if path.name in ("frames.py", "status.py", "codec.py", "protocol.py", "lines.py", "tlv.py",
                         "payload.py", "messages.py", "wire.py")
    }  # fmt: skip
    assert {name for name in parsing if f"drivers.{name}." not in text} == set()
