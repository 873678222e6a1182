"""Uploads: what is too large for a case's body, received in pieces, and their use by a case."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    select,
    update,
)

from portal.contract.base import ProblemCode
from portal.contract.chunks import open_chunks
from portal.contract.progress import CaseAction
from portal.contract.requests import Attachment, CaseEnvelope, Signature, UploadRef
from portal.contract.sealing import SealError
from portal.sandbox.database import Database, metadata
from portal.sandbox.problems import Refusal
from portal.sandbox.settings import SandboxSettings

MAX_SIZE = 64 << 20
"""Bytes of one upload."""
_SHA256 = re.compile(r"(?:^|,) ?sha256 ([A-Za-z0-9+/=]+)")

# ``key`` is the terminal's name for it, null once the upload has ended without a case: the key is
# then free to be uploaded again. ``expires_at`` in Unix seconds, null when a case holds it.
uploads = Table(
    "uploads",
    metadata,
    Column("upload_id", String(32), primary_key=True),
    Column("key", String(36), unique=True),
    Column("terminal", String(64), nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("described", Text, nullable=False),
    Column("expires_at", BigInteger),
    Column("case_key", String(36)),
)
pieces = Table(
    "upload_pieces",
    metadata,
    Column("upload_id", String(32), ForeignKey("uploads.upload_id"), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """Where an upload stands. ``described``: the Upload-Metadata it was created with."""

    upload_id: str
    length: int
    received: int
    described: str
    expires_at: int | None


class Uploads:
    """The portal's shelf of uploads. Methods raise :class:`Refusal`."""

    def __init__(self, settings: SandboxSettings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def create(self, key: str, terminal: str, length: int, described: str) -> tuple[Upload, bool]:
        """Begin an upload, or find the one begun before under ``key``; whether it was found.

        Where its metadata names its SHA-256, one begun with another size or digest is another upload: it
        makes way, unless a case holds it.
        """
        if length > MAX_SIZE:
            raise Refusal(ProblemCode.INVALID_REQUEST, status=413)
        with self._database.write() as connection:
            self._end_expired(connection)
            row = connection.execute(select(uploads).where(uploads.c.key == key)).one_or_none()
            if row is not None and _makes_way(row, terminal, length, described):
                _end(connection, row.upload_id)
                row = None
            if row is None:
                upload = Upload(secrets.token_hex(16), length, 0, described, self._expiry())
                connection.execute(
                    uploads.insert().values(key=key, terminal=terminal, **asdict(upload))
                )
                return upload, False
            if (row.terminal, row.length) != (terminal, length) or _is_another(row, described):
                raise Refusal(ProblemCode.IDEMPOTENCY_MISMATCH)
            return _upload(row), True

    def get(self, upload_id: str, terminal: str) -> Upload:
        """Where an upload stands: ``expired`` for one that has ended, ``not_found`` else."""
        with self._database.write() as connection:
            self._end_expired(connection)
            return _upload(self._row(connection, upload_id, terminal))

    def append(self, upload_id: str, terminal: str, offset: int, data: bytes) -> Upload:
        """Add ``data`` at ``offset``, which must be where the upload stands (409). What is whole and not
        of the digest it was begun with ends (``expired``)."""
        with self._database.write() as connection:
            self._end_expired(connection)
            row = self._row(connection, upload_id, terminal)
            if offset + len(data) > row.length:
                raise Refusal(ProblemCode.INVALID_REQUEST, status=413)
            # The condition, not the look above, decides between two who append at the same time.
            moved = connection.execute(
                update(uploads)
                .where(uploads.c.upload_id == upload_id, uploads.c.received == offset)
                .values(received=offset + len(data), expires_at=self._expiry())
            )
            if not moved.rowcount:
                raise offset_differs()
            if data:
                values = {"upload_id": upload_id, "start": offset, "data": data}
                connection.execute(pieces.insert().values(**values))
            upload = _upload(self._row(connection, upload_id, terminal))
            spoiled = upload.received == upload.length and _is_spoiled(connection, upload)
            if spoiled:
                _end(connection, upload_id)
        if spoiled:
            raise Refusal(ProblemCode.EXPIRED, fields=[("/Upload-Metadata", "differs")])
        return upload

    def terminate(self, upload_id: str, terminal: str) -> None:
        """Give an upload up, unless a case holds it (``forbidden``)."""
        with self._database.write() as connection:
            row = self._row(connection, upload_id, terminal)
            if row.case_key is not None:
                raise Refusal(ProblemCode.FORBIDDEN)
            _end(connection, upload_id)

    def claim(
        self,
        connection: Connection,
        envelope: CaseEnvelope | CaseAction,
        attachments: Sequence[Attachment],
    ) -> None:
        """Give a case, or a supplement, what it refers to, whole and as it was sealed, for good."""
        if [ref.key for ref in envelope.uploads] != [one.upload for one in attachments]:
            raise Refusal(ProblemCode.INVALID_REQUEST, fields=[("/uploads", "differs")])
        for n, (ref, attachment) in enumerate(zip(envelope.uploads, attachments, strict=True)):
            row = connection.execute(select(uploads).where(uploads.c.key == ref.key)).one_or_none()
            if (
                row is None
                or row.terminal != envelope.terminal
                or row.received < row.length
                or said_digest(row.described) not in ("", ref.sha256)
            ):
                fields = [(f"/uploads/{n}", "incomplete")]
                raise Refusal(ProblemCode.UPLOAD_INCOMPLETE, fields=fields)
            if row.case_key is not None or not _is_as_referred(connection, row, ref):
                raise Refusal(ProblemCode.UPLOAD_DIFFERS, fields=[(f"/uploads/{n}", "differs")])
            _check_content(connection, row, envelope.key, attachment, f"/attachments/{n}")
            connection.execute(
                update(uploads)
                .where(uploads.c.upload_id == row.upload_id)
                .values(case_key=envelope.key, expires_at=None)
            )

    def held(self, case_key: str) -> list[tuple[str, int, str]]:
        """Key, size and SHA-256 of what a case (or supplement) holds, for tests and the demo."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(uploads).where(uploads.c.case_key == case_key).order_by(uploads.c.key)
            ).all()
            return [(row.key, row.length, _digest(connection, row.upload_id)) for row in rows]

    def content(self, case_key: str, attachment: Attachment) -> bytes:
        """What a case's attachment holds, opened with the secret in the case; :class:`LookupError`
        if the case holds no such upload."""
        with self._database.read() as connection:
            row = connection.execute(
                select(uploads).where(
                    uploads.c.key == attachment.upload, uploads.c.case_key == case_key
                )
            ).one_or_none()
            if row is None:
                raise LookupError(f"the case holds no upload {attachment.upload}")
            return _opened(connection, row, case_key, attachment)

    def counts(self) -> tuple[int, int]:
        """Uploads that go on or are held, and bytes of pieces."""
        with self._database.read() as connection:
            rows = connection.execute(select(uploads).where(uploads.c.key.is_not(None))).all()
            return len(rows), sum(row.received for row in rows)

    def _row(self, connection: Connection, upload_id: str, terminal: str) -> Any:
        row = connection.execute(
            select(uploads).where(uploads.c.upload_id == upload_id)
        ).one_or_none()
        if row is None or row.terminal != terminal:
            raise Refusal(ProblemCode.NOT_FOUND)
        if row.key is None:
            raise Refusal(ProblemCode.EXPIRED)
        return row

    def _now(self) -> int:
        return int(self._settings.clock().timestamp())

    def _expiry(self) -> int:
        return self._now() + int(self._settings.upload_valid_s)

    def _end_expired(self, connection: Connection) -> None:
        late = select(uploads.c.upload_id).where(
            uploads.c.key.is_not(None), uploads.c.expires_at <= self._now()
        )
        for upload_id in connection.execute(late).scalars().all():
            _end(connection, upload_id)


def said_digest(described: str) -> str:
    """The SHA-256, in hex, that an upload was begun with; "" if none was named."""
    found = _SHA256.search(described)
    return "" if found is None else b64decode(found[1]).decode("ascii", "replace")


def _makes_way(row: Any, terminal: str, length: int, described: str) -> bool:
    digest = said_digest(described)
    same = (row.length, said_digest(row.described)) == (length, digest)
    return bool(digest and not same and row.terminal == terminal and row.case_key is None)


def _is_another(row: Any, described: str) -> bool:
    """Whether both name their digests, and not the same."""
    return len({said_digest(row.described), said_digest(described), ""}) == 3


def _is_spoiled(connection: Connection, upload: Upload) -> bool:
    digest = said_digest(upload.described)
    return digest != "" and _digest(connection, upload.upload_id) != digest


def offset_differs() -> Refusal:
    """The upload stands elsewhere (409)."""
    fields = [("/Upload-Offset", "differs")]
    return Refusal(ProblemCode.INVALID_REQUEST, status=409, fields=fields)


def _upload(row: Any) -> Upload:
    return Upload(row.upload_id, row.length, row.received, row.described, row.expires_at)


def _end(connection: Connection, upload_id: str) -> None:
    connection.execute(delete(pieces).where(pieces.c.upload_id == upload_id))
    connection.execute(update(uploads).where(uploads.c.upload_id == upload_id).values(key=None))


def _stored(connection: Connection, upload_id: str) -> Iterator[bytes]:
    starts = connection.execute(
        select(pieces.c.start).where(pieces.c.upload_id == upload_id).order_by(pieces.c.start)
    ).scalars()
    for start in starts.all():
        one = pieces.c.upload_id == upload_id, pieces.c.start == start
        yield connection.execute(select(pieces.c.data).where(*one)).scalar_one()


def _digest(connection: Connection, upload_id: str) -> str:
    digest = hashlib.sha256()
    for piece in _stored(connection, upload_id):
        digest.update(piece)
    return digest.hexdigest()


def _is_as_referred(connection: Connection, row: Any, ref: UploadRef) -> bool:
    return row.length == ref.size and _digest(connection, row.upload_id) == ref.sha256


def _in_chunks(connection: Connection, upload_id: str, step: int) -> Iterator[bytes]:
    """The pieces, which end where the network cut them, as the chunks that were sealed."""
    waiting = bytearray()
    for piece in _stored(connection, upload_id):
        waiting += piece
        while len(waiting) >= step:
            yield bytes(waiting[:step])
            del waiting[:step]
    if waiting:
        yield bytes(waiting)


def _opened(connection: Connection, row: Any, case: str, attachment: Attachment) -> bytes:
    """The content, as its receiver opens it; :class:`SealError` if it is not this case's."""
    secret = urlsafe_b64decode(attachment.secret + "=")
    chunks = _in_chunks(connection, row.upload_id, attachment.step)
    count = -(-row.length // attachment.step)
    return b"".join(open_chunks(chunks, secret, case, attachment.upload, count))


_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


def _check_content(
    connection: Connection, row: Any, case: str, attachment: Attachment, pointer: str
) -> None:
    """Open it as its receiver would; a signature must be one, and a picture whole."""
    try:
        opened = _opened(connection, row, case, attachment)
    except SealError as error:
        raise Refusal(ProblemCode.UNSEALABLE, fields=[(pointer, "unsealable")]) from error
    if len(opened) != attachment.size:
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[(f"{pointer}/size", "differs")])
    if attachment.kind == "signature":
        try:
            Signature.model_validate_json(opened)
        except ValidationError as error:
            raise Refusal(
                ProblemCode.INVALID_REQUEST, fields=[(pointer, "not_a_signature")]
            ) from error
    if attachment.media_type == "image/jpeg" and not (
        opened.startswith(_JPEG_START) and opened.endswith(_JPEG_END)
    ):
        raise Refusal(ProblemCode.INVALID_REQUEST, fields=[(pointer, "not_a_picture")])
