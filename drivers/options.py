"""An adapter's settings: declared as a class, checked when read.

    class ReaderOptions(Options):
        port: str = option(min_length=1)
        answer_s: float = option(default=1.5, ge=0.1, le=10)

    read = read_options(ReaderOptions, context.options)

pydantic would do the same and more, but costs every device's process 0.1 s and 7 MB
(``benchmarks/hosts.py``). Complaints name the key and what is expected, never the value, which may
be an address or a password.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from drivers.results import Failure, Ok, Result

_LIMITS = "limits"


@dataclasses.dataclass(frozen=True, slots=True)
class _Limits:
    """What a value has to meet besides its type; None for no limit."""

    ge: float | None
    gt: float | None
    le: float | None
    multiple_of: int | None
    min_length: int | None
    pattern: str | None
    one_of: tuple[Any, ...] | None

    def complaint(self, value: Any) -> str:
        """What is expected instead of ``value``; empty if it will do."""
        if value is None:
            return ""
        if self.one_of is not None and value not in self.one_of:
            return f"expected one of {', '.join(map(str, self.one_of))}"
        if self.ge is not None and value < self.ge:
            return f"expected at least {self.ge:g}"
        if self.gt is not None and value <= self.gt:
            return f"expected more than {self.gt:g}"
        if self.le is not None and value > self.le:
            return f"expected at most {self.le:g}"
        if self.multiple_of is not None and value % self.multiple_of:
            return f"expected a multiple of {self.multiple_of}"
        if self.min_length is not None and len(value) < self.min_length:
            return "expected one or more" if self.min_length == 1 else "expected more"
        if self.pattern is not None and not re.search(self.pattern, value):
            return f"expected the form {self.pattern}"
        return ""


def option(
    *,
    default: Any = dataclasses.MISSING,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    multiple_of: int | None = None,
    min_length: int | None = None,
    pattern: str | None = None,
    one_of: tuple[Any, ...] | None = None,
) -> Any:
    """A setting with limits; without ``default`` it must be given.

    ``ge``, ``gt``, ``le``, ``multiple_of``: of a number. ``min_length``: of a text or a list.
    ``pattern``: a regular expression found in a text. ``one_of``: the only values there are.
    """
    limits = _Limits(ge, gt, le, multiple_of, min_length, pattern, one_of)
    return dataclasses.field(default=default, metadata={_LIMITS: limits})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(option,))
class Options:
    """Base of all settings: its subclasses are frozen data classes, made by keyword.

    Types of fields: ``bool``, ``int``, ``float``, ``str``, ``Literal``, enumerations by value,
    ``tuple[T, ...]``, and unions of these with each other or ``None``.
    """

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        dataclasses.dataclass(frozen=True, kw_only=True)(cls)

    def complaint(self) -> str:
        """What is wrong with the settings taken together (``"key: why"``); empty if nothing is."""
        return ""


OptionsT = TypeVar("OptionsT", bound=Options)


def read_options(model: type[OptionsT], given: Mapping[str, Any]) -> Result[OptionsT]:
    """The settings ``given``; ``device.misconfigured`` names the first mistake with its key."""
    wanted = {field.name: field for field in _fields(model)}
    for key in given:
        if key not in wanted:
            return _refused(f"{key}: no such setting; there are {', '.join(wanted)}")
    hints = get_type_hints(model)
    values = {}
    for key, field in wanted.items():
        if key not in given:
            if field.default is dataclasses.MISSING:
                return _refused(f"{key}: must be given")
            continue
        try:
            values[key] = _read(hints[key], given[key])
        except ValueError as error:
            return _refused(f"{key}: expected {error}")
        limits: _Limits | None = field.metadata.get(_LIMITS)
        if limits is not None and (complaint := limits.complaint(values[key])):
            return _refused(f"{key}: {complaint}")
    options = model(**values)
    complaint = options.complaint()
    return _refused(complaint) if complaint else Ok(options)


def _fields(model: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(model)


def _refused(detail: str) -> Failure:
    return Failure("device.misconfigured", detail)


_PLAIN: Mapping[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    NoneType: "nothing",
}


def _read(kind: Any, value: Any) -> Any:
    """``value`` as ``kind``; :class:`ValueError` with what is expected."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_any(get_args(kind), value)
    if origin is Literal:
        words = get_args(kind)
        if value in words and not isinstance(value, bool):
            return value
        raise ValueError(f"one of {', '.join(map(str, words))}")
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ValueError("a list")
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value in [member.value for member in kind]:
            return kind(value)
        raise ValueError(f"one of {', '.join(str(member.value) for member in kind)}")
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # A bool is an int to Python, but no number to whoever writes settings.
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise ValueError(_PLAIN[kind])
    return value


def _read_any(kinds: tuple[Any, ...], value: Any) -> Any:
    expected = []
    for kind in kinds:
        try:
            return _read(kind, value)
        except ValueError as error:
            expected.append(str(error))
    raise ValueError(" or ".join(expected))
