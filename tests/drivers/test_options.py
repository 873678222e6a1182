"""Settings of adapters: what is read, what is refused, and that no value is ever quoted."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.options import Options, option, read_options
from drivers.results import Failure, Ok


class Kind(StrEnum):
    A = "a"
    B = "b"


class Base(Options):
    wait_s: float = option(default=1.5, ge=0.5, le=10)


class Settings(Base):
    port: str = option(min_length=1)
    baud: int | Literal["auto"] = option(default=9600, one_of=(9600, 115200, "auto"))
    dots: int = option(default=576, gt=0, multiple_of=8)
    name: str = option(default="ups", pattern="^[a-z]+$")
    switch: int | None = None
    loud: bool = False
    way: Literal["in", "out"] = "in"
    kinds: tuple[Kind, ...] = option(default=(Kind.A,), min_length=1)

    def complaint(self) -> str:
        return "switch: needs loud" if self.switch is not None and not self.loud else ""


def test_defaults_and_given_settings() -> None:
    assert read_options(Settings, {"port": "/dev/x"}) == Ok(Settings(port="/dev/x"))
    read = read_options(
        Settings, {"port": "x", "wait_s": 2, "baud": "auto", "kinds": ["b", "a"], "loud": True}
    )
    assert isinstance(read, Ok)
    assert (read.value.wait_s, read.value.kinds) == (2.0, (Kind.B, Kind.A))
    assert isinstance(read.value.wait_s, float)


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({}, "port: must be given"),
        ({"port": ""}, "port: expected one or more"),
        ({"port": 7}, "port: expected a text"),
        ({"prot": "x"}, "prot: no such setting; there are wait_s, port, baud"),
        ({"wait_s": 0.1}, "wait_s: expected at least 0.5"),
        ({"wait_s": 11}, "wait_s: expected at most 10"),
        ({"wait_s": True}, "wait_s: expected a number"),
        ({"wait_s": float("nan")}, "wait_s: expected a number"),
        ({"baud": 300}, "baud: expected one of 9600, 115200, auto"),
        ({"baud": "slow"}, "baud: expected a whole number or one of auto"),
        ({"dots": 12}, "dots: expected a multiple of 8"),
        ({"dots": 0}, "dots: expected more than 0"),
        ({"dots": "576"}, "dots: expected a whole number"),
        ({"name": "UPS!"}, "name: expected the form ^[a-z]+$"),
        ({"loud": 1}, "loud: expected true or false"),
        ({"way": "up"}, "way: expected one of in, out"),
        ({"kinds": []}, "kinds: expected one or more"),
        ({"kinds": ["c"]}, "kinds: expected one of a, b"),
        ({"kinds": "a"}, "kinds: expected a list"),
        ({"switch": 3}, "switch: needs loud"),
    ],
)
def test_a_mistake_is_named_with_its_key(given: dict[str, Any], detail: str) -> None:
    settings = given if "port" in given or not given else {"port": "x", **given}
    read = read_options(Settings, settings)
    assert isinstance(read, Failure)
    assert read.code == "device.misconfigured"
    assert read.detail.startswith(detail)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()


@given(st.dictionaries(st.sampled_from(["port", "baud", "dots", "kinds", "way", "wait_s"]),
                       PLAIN | st.lists(PLAIN)))  # fmt: skip
def test_nothing_a_file_can_hold_is_an_exception(settings: dict[str, Any]) -> None:
    read = read_options(Settings, settings)
    if isinstance(read, Ok):
        assert isinstance(read.value.port, str)
        assert 0.5 <= read.value.wait_s <= 10


@pytest.mark.parametrize("key", ["port", "baud", "wait_s", "dots", "name", "way", "kinds", "loud"])
def test_a_refused_value_is_not_quoted(key: str) -> None:
    read = read_options(Settings, {"port": "x", key: {"password": "hunter2"}})
    assert isinstance(read, Failure)
    assert "hunter2" not in read.detail


@pytest.mark.parametrize(
    "module", ["sdt", "escpos", "scanner", "indicator", "ups", "ipp", "camera", "smartcard"]
)
def test_no_adapter_brings_large_libraries_with_its_import(module: str) -> None:
    """A device's process pays for what its adapter imports; vendor libraries come with ``open()``."""
    code = (
        f"import sys, drivers.host.child, drivers.{module} as package\n"
        "[getattr(package, name) for name in package.__all__]\n"
        "print(*sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "numpy", "cv2", "PIL", "requests", "asyncio", "fpdf", "zxingcpp"}
    assert heavy & set(told.stdout.split()) == set()
