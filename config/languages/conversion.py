"""Saying a text in other characters or words: the longest known part wins, from left to right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path


class Conversion:
    """Replaces what ``words`` or ``table`` know; ``words`` win over the table's entry of the same text.

    ``table`` reads the table, when a text is first to be said: thousands of lines, and most visits are in
    a language that needs none.
    """

    def __init__(
        self, words: Mapping[str, str], table: Callable[[], Mapping[str, str]] | None
    ) -> None:
        self.has_table = table is not None
        self._words, self._table = words, table

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        return {**(self._table() if self._table is not None else {}), **self._words}

    @cached_property
    def _lengths(self) -> Mapping[str, list[int]]:
        """By first character: how long the parts are that begin with it, longest first."""
        lengths: dict[str, set[int]] = {}
        for part in self._parts:
            lengths.setdefault(part[0], set()).add(len(part))
        return {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def convert(self, text: str) -> str:
        """The whole text; what is not known stays as it is."""
        said: list[str] = []
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                part = self._parts.get(text[at : at + length])
                if part is not None:
                    said.append(part)
                    at += length
                    break
            else:
                said.append(text[at])
                at += 1
        return "".join(said)


def read_table(path: Path) -> dict[str, str]:
    """Lines of ``from,to``; those that begin with # are remarks."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split(",", 1) for line in lines if line and not line.startswith("#"))
