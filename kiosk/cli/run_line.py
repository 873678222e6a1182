"""The line of ``kiosk run``, read without what reads all the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CONFIG, TRIM, VERBOSE = ("--config", "-c"), ("--trim",), ("--verbose", "-v")


class RunLine(NamedTuple):
    """What it asks for, as :func:`kiosk.cli.main.run` has it."""

    config: Path | None
    trim: str | None
    verbose: bool


def read_line(arguments: Sequence[str]) -> RunLine | None:
    """What the words after ``run`` ask for; None where they are not plainly right, so that the command
    reads them and tells what is wrong with them."""
    config, trim, verbose = os.environ.get("KIOSK_CONFIG") or None, None, False
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if word in VERBOSE:
            verbose = True
            continue
        if name not in (*CONFIG, *TRIM) or (equals and not name.startswith("--")):
            return None
        found = value if equals else _plain(words)
        if not found:
            return None
        if name in TRIM:
            trim = found
        else:
            config = found
    return RunLine(Path(config) if config else None, trim, verbose)


def _plain(words: Iterator[str]) -> str | None:
    word = next(words, "")
    return None if word.startswith("-") else word
