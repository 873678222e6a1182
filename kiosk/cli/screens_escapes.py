"""``kiosk screens escapes``: is there a way out of the kiosk?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from kiosk.cli.common import fail


def try_all() -> int:
    """On a display of its own; the exit code."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        fail(f"{' and '.join(missing)} not found: install xvfb and xdotool", 2)
    from screens.lock.trial import run_on_own_display

    return run_on_own_display()


def of_the_session() -> Iterator[str]:
    """The keys that something takes before an application sees them, by what they do."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from screens.lock import ways

    groups: dict[str, list[str]] = {}
    for way in ways():
        if way.by_session:
            groups.setdefault(way.what, []).append(way.name)
    for what, names in groups.items():
        yield f"{what}: {', '.join(names)}"
