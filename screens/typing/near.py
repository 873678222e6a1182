"""A typist that answers at once in the same process: for the gallery and for tests of screens."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from screens.typing.child import Engines
from screens.typing.engine import Candidate, Strokes


@cache
def _engines() -> Engines:
    return Engines()


class NearTypist:
    """The same engines without the child process, whose start a picture need not wait for."""

    @property
    def has(self) -> dict[str, Any]:
        """See :attr:`Typist.has <screens.typing.typist.Typist.has>`."""
        return {"handwriting": _engines().strokes is not None}

    def start(self, ready: Callable[[], None] = lambda: None) -> None:
        """Ready at once."""
        ready()

    def words(self, letters: str, *, name: bool, told: Callable[[list[Candidate]], None]) -> None:
        """Answered before it returns."""
        told(_engines().words(letters, name=name))

    def characters(
        self, strokes: Strokes, width: float, height: float, told: Callable[[list[str]], None]
    ) -> None:
        """Answered before it returns."""
        asked = {"id": 0, "strokes": strokes, "width": width, "height": height}
        told(_engines().answer(asked)["characters"])

    def forget(self) -> None:
        """Keeps nothing."""

    def close(self) -> None:
        """Has nothing to end."""
