"""Reading the settings for a command, and ending it where that can't be done. Knows no command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from config.load import Loaded
    from config.remote import Effective


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on stderr and end."""
    print(message, file=sys.stderr)
    raise SystemExit(code)


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
