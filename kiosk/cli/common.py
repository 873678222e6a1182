"""What the commands share: options, settings, printing."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from kiosk.cli.loading import effective as effective
from kiosk.cli.loading import fail as fail
from kiosk.cli.loading import load as load

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", "-c", help="The terminal's settings file (TOML).", envvar="KIOSK_CONFIG"
    ),
]
TrimOption = Annotated[
    str | None, typer.Option("--trim", help="citizen-window, smart-teller or demo.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Tongue = Literal["zh", "en"]
LanguageOption = Annotated[
    Tongue | None, typer.Option("--language", "-l", help="zh or en; default: the caller's locale.")
]


def tongue(wanted: Tongue | None) -> Tongue:
    """In which language to answer: as asked for, else as the locale of the call says (POSIX: the first
    that is set counts)."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    return wanted or ("zh" if locale.startswith("zh") else "en")


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
