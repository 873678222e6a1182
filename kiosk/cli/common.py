"""What the commands share: options, settings, printing."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from config.load import Loaded
    from config.remote import Effective

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


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on stderr and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def load(config: Path | None, trim: str | None) -> Loaded:
    """The settings, or a clear list of what is wrong with them."""
    from config.load import ConfigError, load_settings

    try:
        plain = load_settings(config, trim=trim)
    except ConfigError as error:
        fail(str(error), 2)
    from config.changes import changes_of

    # without the key nothing comes from afar, and nothing of cryptography is imported
    layered = plain.settings.portal.config_key or changes_of(plain.settings).path.exists()
    return effective(config, trim).loaded if layered else plain


def effective(config: Path | None, trim: str | None) -> Effective:
    """The settings, and what of them came from afar."""
    from config.load import ConfigError
    from config.remote import load_effective

    try:
        return load_effective(config, trim=trim)
    except ConfigError as error:
        fail(str(error), 2)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
