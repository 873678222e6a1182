"""What keeps a command from having screens, told instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable


def told(work: Callable[[], None]) -> None:
    """Do it; where there can be no screens, say why and end with 4."""
    try:
        work()
    except RuntimeError as error:
        # Asked only now: most commands never load Qt, and who raised this has.
        from screens.runtime import ScreensUnavailable

        if not isinstance(error, ScreensUnavailable):
            raise
        print(error, file=sys.stderr)
        sys.exit(4)
