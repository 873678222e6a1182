"""``@dataclass(frozen=True, slots=True)`` for the many small values of a visit, cheap to declare.

The standard one writes and compiles six functions a class, fifteen times the work: for the visit's 170
classes that was a seventh of what the first screen computes. Here five of them are shared, and the
constructor is written when a class is first used, which most never are in a visit. What comes out is a
dataclass as any other: for ``fields``, ``replace``, ``match``, comparison, hash, copy, and what it shows of
itself. Type checkers see the standard one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as _standard
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Both must be true: that is what a value of a visit is."""
        if not (frozen and slots):
            raise TypeError("a value is frozen and has slots")
        return _value


def _value(plain: type) -> Any:
    plain.__doc__ = plain.__doc__ or plain.__name__  # else the signature is looked for
    made: Any = _standard(init=False, repr=False, eq=False, slots=True)(plain)
    parameters = made.__dataclass_params__
    parameters.init = parameters.repr = parameters.eq = parameters.frozen = True
    own = fields(made)
    if hasattr(made, "__post_init__") or any(field.kw_only or not field.init for field in own):
        raise TypeError(f"{made.__name__}: a value is made of what it is given, in order")
    given = {"__init__": _written_later(made), "__eq__": _same_as, "__hash__": _hash}
    given |= {"__repr__": _shown, "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    given |= {"__getstate__": _state, "__setstate__": _restore}
    for name, method in given.items():
        if name not in vars(plain):
            setattr(made, name, method)
    made._compared = staticmethod(_compared(own))
    return made


def _compared(own: tuple[Field[Any], ...]) -> Callable[[Any], tuple[Any, ...]]:
    names = [field.name for field in own if field.compare]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _same_as(self: Any, other: Any) -> bool:
    if other.__class__ is not self.__class__:
        unknown: bool = NotImplemented
        return unknown
    return bool(self._compared(self) == self._compared(other))


def _hash(self: Any) -> int:
    return hash(self._compared(self))


@recursive_repr()
def _shown(self: Any) -> str:
    parts = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"


def _refuse_to_set(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _written_later(made: Any) -> Callable[..., None]:
    def first(self: Any, *values: Any, **named: Any) -> None:
        made.__init__ = constructor = _constructor(made)
        constructor(self, *values, **named)

    return first


def _constructor(made: Any) -> Callable[..., None]:
    """As the standard one writes it: of nothing but the fields' names."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    parameters, lines = ["self"], []
    for field in fields(made):
        name = value = field.name
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            parameters.append(f"{name}=_default_{name}")
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            parameters.append(f"{name}=_missing")
            value = f"_make_{name}() if {name} is _missing else {name}"
        else:
            parameters.append(name)
        lines.append(f" _set(self, {name!r}, {value})")
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *(lines or [" pass"])]), known)  # noqa: S102
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = f"{made.__qualname__}.__init__"
    return written
