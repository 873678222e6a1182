"""The first things of a terminal: what stands before its first screen, and what must be done before that."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from config.divisions import load_divisions
from config.settings import CatalogueSection, Settings
from config.shipped import load_catalogue
from config.working_days import load_working_days
from kiosk.terminal.clock import Now, china_now
from kiosk.terminal.front import Front

if TYPE_CHECKING:
    from config.edition_store import EditionStore

log = logging.getLogger(__name__)


def make_front(settings: Settings, *, now: Now = china_now) -> Front:
    """What the first screen shows and takes touches with, by the tables in force."""
    adopt_edition(settings.catalogue, edition_store(settings))
    return Front(settings, load_catalogue(), load_divisions(), load_working_days(), now=now)


def edition_store(settings: Settings) -> EditionStore | None:
    """Where editions from the portal are kept; None when the settings name a folder, or no key."""
    section = settings.catalogue
    if section.edition is not None or not section.key:
        return None
    from config.edition_store import EditionStore

    return EditionStore(settings.terminal.data_dir / "editions", section.key)


def adopt_edition(section: CatalogueSection, store: EditionStore | None) -> None:
    """The signed tables, if there are any; with bad ones service goes on by the shipped ones."""
    folder = section.edition if store is None else store.current()
    if folder is None:
        return
    from config.editions import Refused, adopt

    found = adopt(folder, section.key)
    if isinstance(found, Refused):
        log.error("catalogue.edition_refused reason=%s", found.reason)
    else:
        log.info("catalogue.edition issued=%s until=%s", found.issued, found.valid_until)


def harden() -> None:
    """No core dumps and no reading of this process by others of the same user (S12)."""
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pr_set_dumpable = 4
    ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)
