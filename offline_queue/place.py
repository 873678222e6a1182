"""The outbox's directory: who may open it, its lock, its key, and files that stay put.

Everything in it is 0600, the directory itself 0700, on a local file system.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from pathlib import Path

import apsw

from offline_queue.errors import OutboxInUse, OutboxStorageError
from offline_queue.keeper import KEY_BYTES, KeyKeeper

DATABASE = "outbox.db"
WITNESS = "outbox.witness"
KEY = "outbox.key"
NEXT_KEY = "outbox.key.next"
LOCK = "outbox.lock"
BODIES = "bodies"
STOWAGE = "outbox.stowage"
BALLAST = "outbox.ballast"
_PROBE = "outbox.probe"
_DAY_S = 86400.0
_BALLAST_BYTES = 8 << 20


class Place:
    """An outbox's directory, held by this object alone until :meth:`release`.

    Raises OutboxInUse when somebody else holds it; OutboxStorageError when it is another
    user's, read-only, or has a database but no key.
    """

    def __init__(self, directory: Path, keeper: KeyKeeper | None = None) -> None:
        self.directory = directory
        self._keeper = keeper or KeyKeeper()
        self._lock = -1
        try:
            self._prepare()
            self._lock = _lock(directory / LOCK)
            self.key = self._load_key()
            self.next_key = self._load_next_key()
        except OSError as error:
            self.release()
            code = "read_only" if error.errno in _READ_ONLY else "storage_failed"
            raise OutboxStorageError(f"outbox.{code}", _plain(error)) from error
        except BaseException:
            self.release()
            raise

    @property
    def database(self) -> Path:
        """The database file."""
        return self.directory / DATABASE

    @property
    def wal(self) -> Path:
        """The database's write-ahead log."""
        return self.directory / (DATABASE + "-wal")

    @property
    def witness(self) -> Path:
        """The second record of what was accepted."""
        return self.directory / WITNESS

    @property
    def stowage(self) -> Path:
        """The file of large bodies and of attachments."""
        return self.directory / STOWAGE

    @property
    def bodies(self) -> Path:
        """The folder of large bodies that programs of schema 2 and before have left."""
        return self.directory / BODIES

    def stow_ballast(self) -> None:
        """Keep some room on the disk for the day somebody else fills it; nothing where it is tight."""
        path = self.directory / BALLAST
        size = min(_BALLAST_BYTES, free_bytes(self.directory) // 8)
        if path.exists() or size < 1 << 16:
            return
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                os.posix_fallocate(file.fileno(), 0, size)
        except OSError:
            path.unlink(missing_ok=True)

    def drop_ballast(self) -> bool:
        """Give that room up, so that deliveries can still be recorded; whether there was any."""
        try:
            (self.directory / BALLAST).unlink()
        except FileNotFoundError:
            return False
        return True

    def prepare_key(self) -> bytes:
        """A new key, durably beside the one in force. Raises OSError."""
        self.next_key = secrets.token_bytes(KEY_BYTES)
        write_durably(self.directory / NEXT_KEY, self._keeper.kept(self.next_key))
        return self.next_key

    def key_is_due(self, age_s: float | None, wall: float) -> bool:
        """Whether another key should take the place of the one in force: that is older than ``age_s``
        (by the clock ``wall``; written in what is the future now, its age is unknown), or lies
        there unprotected though it need not. Raises OSError."""
        path = self.directory / KEY
        if self._keeper.exposed(path.read_bytes()):
            return True
        return age_s is not None and not -_DAY_S < wall - path.stat().st_mtime < age_s

    def adopt_key(self) -> None:
        """Have the prepared key in the place of the other, which is gone then. Raises OSError."""
        (self.directory / NEXT_KEY).replace(self.directory / KEY)
        sync_directory(self.directory)
        if self.next_key is not None:
            self.key, self.next_key = self.next_key, None

    def drop_key(self) -> None:
        """Forget the prepared key. Raises OSError."""
        (self.directory / NEXT_KEY).unlink(missing_ok=True)
        self.next_key = None

    def read_only(self) -> bool:
        """Whether nothing can be written here any more: Linux makes a file system read-only when its
        disk has failed, under the feet of who has files open."""
        path = self.directory / _PROBE
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            path.unlink()
        except OSError as error:
            return error.errno in _READ_ONLY
        return False

    def release(self) -> None:
        """Let others open the directory."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _prepare(self) -> None:
        for folder in (self.directory, self.bodies):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.stat()
            if status.st_uid != os.geteuid():
                raise OutboxStorageError(
                    "outbox.wrong_owner",
                    f"{folder.name} belongs to user {status.st_uid}, not {os.geteuid()}",
                )
            if status.st_mode & 0o077:
                folder.chmod(0o700)

    def _load_key(self) -> bytes:
        path = self.directory / KEY
        if path.exists():
            key = self._keeper.key(path.read_bytes())
            if key is None:
                raise OutboxStorageError("outbox.key_missing", "the key file is damaged")
            return key
        if self.database.exists():
            # A new key would make every stored row look forged.
            raise OutboxStorageError("outbox.key_missing", "a database, but no key file")
        key = secrets.token_bytes(KEY_BYTES)
        write_durably(path, self._keeper.kept(key))
        return key

    def _load_next_key(self) -> bytes | None:
        """The key a rotation prepared; a file of another length was never used."""
        path = self.directory / NEXT_KEY
        return self._keeper.key(path.read_bytes()) if path.exists() else None


def write_durably(path: Path, content: bytes) -> None:
    """Create or replace ``path`` (0600) so that it is whole after a power cut, or absent.

    Raises OSError.
    """
    scratch = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
        sync_directory(path.parent)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def sync_directory(directory: Path) -> None:
    """Make names in ``directory`` durable. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_full(error: BaseException) -> bool:
    """Whether the disk, or a quota, has no room left."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, apsw.FullError)


def free_bytes(directory: Path) -> int:
    """Bytes an ordinary user can still write on the file system of ``directory``."""
    status = os.statvfs(directory)
    return status.f_bavail * status.f_frsize


_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


def _lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise OutboxInUse("the outbox is already open") from error
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _plain(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__
