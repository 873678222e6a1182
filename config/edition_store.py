"""Editions that came from the portal: kept beside each other, one of them named as the one to use.

What arrives is put together in a folder of its own, verified there, and only then named. A power cut
at any moment leaves the edition that was named before, or the new one, whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from config import tables
from config.editions import MANIFEST, SIGNATURE, Edition, Refused, verify

_NAMED = "current"


class EditionStore:
    """Holds editions signed by ``key`` in ``folder``. Several processes may put; one at a time does."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key

    def current(self) -> Path | None:
        """The folder of the edition to use, if one ever came; not verified here."""
        try:
            name = (self._folder / _NAMED).read_text("ascii").strip()
        except (OSError, ValueError):
            return None
        found = self._folder / name
        return found if _is_name(name) and found.is_dir() else None

    def known(self) -> str | None:
        """The name (SHA-256 of the manifest) of the edition to use, while it is sound."""
        folder = self.current()
        if folder is None or isinstance(verify(folder, self._key), Refused):
            return None
        return _name_of((folder / MANIFEST).read_bytes())

    def put(
        self,
        name: str,
        manifest: bytes,
        signature: bytes,
        upserts: Mapping[str, bytes],
        *,
        base: str | None,
        deletes: Collection[str] = (),
    ) -> Edition | Refused:
        """Verify an edition and name it as the one to use from the next start on.

        ``base``: the edition that the changes apply to, None when ``upserts`` are all files. Raises
        OSError where nothing can be written.
        """
        if not _is_name(name) or _name_of(manifest) != name:
            return Refused("its name is not that of its manifest")
        if any(not _stays_inside(file) for file in [*upserts, *deletes]):
            return Refused("a file's name leads out of the folder")
        with self._locked():
            return self._put(name, manifest, signature, upserts, base, deletes)

    def _put(
        self,
        name: str,
        manifest: bytes,
        signature: bytes,
        upserts: Mapping[str, bytes],
        base: str | None,
        deletes: Collection[str],
    ) -> Edition | Refused:
        had = self.current()
        if base is not None and (had is None or had.name != base):
            return Refused("it changes an edition that is not here")
        draft = self._folder / f"{name}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        try:
            if base is not None and had is not None:
                shutil.copytree(had, draft, dirs_exist_ok=True)
            for file in deletes:
                (draft / file).unlink(missing_ok=True)
            for file, content in {**upserts, MANIFEST: manifest, SIGNATURE: signature}.items():
                target = draft / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            found = self._judged(draft, had)
            if isinstance(found, Edition):
                self._name(draft, name)
            return found
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _judged(self, draft: Path, had: Path | None) -> Edition | Refused:
        found = verify(draft, self._key)
        before = None if had is None else verify(had, self._key)
        if isinstance(found, Refused) or not isinstance(before, Edition):
            return found
        # an old edition is signed as well; nobody is to bring it back
        if found.issued < before.issued:
            return Refused(f"issued {found.issued}, older than what is here ({before.issued})")
        return found

    def _name(self, draft: Path, name: str) -> None:
        for path in (*draft.rglob("*"), draft):
            _to_disk(path)
        target = self._folder / name
        shutil.rmtree(target, ignore_errors=True)  # there only if it was found unsound
        draft.rename(target)
        pointer = self._folder / f"{_NAMED}.draft"
        pointer.write_text(name + "\n", "ascii")
        _to_disk(pointer)
        pointer.replace(self._folder / _NAMED)
        _to_disk(self._folder)
        keep = {target, tables.folder()}
        for path in self._folder.iterdir():
            if path.is_dir() and path not in keep:
                shutil.rmtree(path, ignore_errors=True)


def _name_of(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()


def _is_name(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _stays_inside(file: str) -> bool:
    path = PurePosixPath(file)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
