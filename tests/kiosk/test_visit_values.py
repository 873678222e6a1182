"""A value of a visit is the dataclass it would be by the standard library."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

import kiosk.visit
from kiosk.visit import values
from kiosk.visit.model import FaceRecord


def pair(decorate: Callable[[type], Any]) -> tuple[Any, Any]:
    class Small:
        name: str

    class Large:
        """Of everything that a field can be."""

        name: str
        secret: str = field(repr=False)
        aside: int = field(default=3, compare=False)
        more: dict[str, int] = field(default_factory=dict)
        last: tuple[int, ...] = ()

        def said(self) -> str:
            return f"{self.name}!"

    return decorate(Small), decorate(Large)


class Empty:
    pass


OURS = pair(values.dataclass(frozen=True, slots=True))
STANDARD = pair(dataclasses.dataclass(frozen=True, slots=True))
BOTH = pytest.mark.parametrize(("small", "large"), [OURS, STANDARD], ids=["ours", "standard"])


@BOTH
def test_it_is_made_shown_and_compared_as_usual(small: Any, large: Any) -> None:
    one = large("a", secret="b", more={"x": 1})
    assert repr(one) == "pair.<locals>.Large(name='a', aside=3, more={'x': 1}, last=())"
    assert one == large("a", "b", 4, {"x": 1}), "one field is not compared"
    assert one != large("a", "c", 3, {"x": 1})
    assert small("a") == small("a") != small("b")
    assert small("a") != large("a", "")
    assert small("a").__eq__(object()) is NotImplemented
    assert one.said() == "a!"
    assert large("a", "b").more is not large("a", "b").more
    assert hash(small("a")) == hash(small("a"))
    assert len({small("a"), small("a"), small("b")}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


@BOTH
def test_it_cannot_be_changed_nor_given_more(small: Any, large: Any) -> None:
    one = large("a", "b")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "c"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del one.name
    with pytest.raises((FrozenInstanceError, TypeError)):  # the standard one stumbles, in 3.11
        one.new = 1
    assert not hasattr(one, "__dict__")
    for wrong in (lambda: small(), lambda: small("a", "b"), lambda: small(title="a")):
        with pytest.raises(TypeError, match=r"Small\.__init__\(\)"):
            wrong()


@BOTH
def test_the_library_knows_it(small: Any, large: Any) -> None:
    one = large("a", "b", last=(1,))
    assert dataclasses.is_dataclass(large)
    assert [f.name for f in dataclasses.fields(large)] == [
        "name",
        "secret",
        "aside",
        "more",
        "last",
    ]
    assert dataclasses.replace(one, name="c") == large("c", "b", last=(1,))
    assert dataclasses.asdict(one)["last"] == (1,)
    assert copy.deepcopy(one) == copy.copy(one) == one
    assert copy.deepcopy(one).more is not one.more
    assert large.__doc__ == "Of everything that a field can be."
    match one:
        case large(name, secret):
            assert (name, secret) == ("a", "b")
        case _:
            pytest.fail("no match")


def test_without_fields_all_are_alike() -> None:
    empty: Any = values.dataclass(frozen=True, slots=True)(Empty)
    assert empty() == empty()
    assert repr(empty()) == "Empty()"
    assert len({empty(), empty()}) == 1


@pytest.mark.parametrize("name", ["of_keywords", "not_given", "looking_after_itself"])
def test_what_it_cannot_be_is_refused(name: str) -> None:
    class Keywords:
        one: int = field(kw_only=True)

    class NotGiven:
        one: int = field(default=1, init=False)

    class After:
        one: int

        def __post_init__(self) -> None: ...

    kind = {"of_keywords": Keywords, "not_given": NotGiven, "looking_after_itself": After}[name]
    with pytest.raises(TypeError, match="a value is made of what it is given"):
        values.dataclass(frozen=True, slots=True)(kind)


def test_every_value_of_a_visit_can_be_made() -> None:
    """The constructors are written late: here all are."""
    made = 0
    for module in pkgutil.iter_modules(kiosk.visit.__path__, "kiosk.visit."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and kind.__module__ == module.name:
                if not dataclasses.is_dataclass(kind):
                    continue
                given = {f.name: f.name for f in dataclasses.fields(kind)}
                one = kind(**given)
                assert {name: getattr(one, name) for name in given} == given
                made += 1
    assert made > 150
    assert FaceRecord() == FaceRecord("not_checked")
