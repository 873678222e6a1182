"""The published edition of the tables, whole or as the difference from one published earlier.

Of earlier editions only the manifests are kept: what changed is seen from the digests in them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from pathlib import Path

from sqlalchemy import select

from portal.contract.base import ProblemCode
from portal.contract.editions import CatalogueEdition, EditionFile
from portal.sandbox.database import Database, editions, insert_if_absent
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"


class Editions:
    """Publishes signed folders. Signs nothing itself: the authority's key is not here."""

    def __init__(self, settings: SandboxSettings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._lock = threading.Lock()
        self._current: CatalogueEdition | None = None
        if settings.edition is not None:
            self.publish(settings.edition)

    def publish(self, folder: Path) -> str:
        """Make the signed edition in ``folder`` the current one; its name. Raises OSError, ValueError."""
        manifest = (folder / MANIFEST).read_bytes()
        listed = _listed(manifest.decode("utf-8"))
        name = hashlib.sha256(manifest).hexdigest()
        edition = CatalogueEdition(
            base=None,
            to=name,
            manifest=manifest.decode("utf-8"),
            signature=(folder / SIGNATURE).read_text("ascii").strip(),
            upserts=[
                EditionFile(
                    name=file, content=base64.b64encode((folder / file).read_bytes()).decode()
                )
                for file in sorted(listed)
            ],
            deletes=[],
        )
        with self._database.write() as connection:
            insert_if_absent(
                connection,
                editions,
                name=name,
                manifest=edition.manifest,
                published_at=self._settings.clock().isoformat(),
            )
        with self._lock:
            self._current = edition
        return name

    def current(self) -> CatalogueEdition:
        """The whole current edition; raises ``not_found`` when none is published."""
        with self._lock:
            edition = self._current
        if edition is None:
            raise Refusal(ProblemCode.NOT_FOUND, title="No edition is published")
        return edition

    def since(self, known: str) -> CatalogueEdition:
        """What changed since ``known``; raises ``expired`` for one that was never published here."""
        edition = self.current()
        with self._database.read() as connection:
            manifest = connection.execute(
                select(editions.c.manifest).where(editions.c.name == known)
            ).scalar_one_or_none()
        if manifest is None:
            raise Refusal(ProblemCode.EXPIRED, title="Ask for the whole edition")
        had, has = _listed(manifest), _listed(edition.manifest)
        return edition.model_copy(
            update={
                "base": known,
                "upserts": [
                    file for file in edition.upserts if had.get(file.name) != has[file.name]
                ],
                "deletes": sorted(had.keys() - has.keys()),
            }
        )


def _listed(manifest: str) -> dict[str, str]:
    found: dict[str, str] = dict(json.loads(manifest)["files"])
    return found
