"""What of a submission goes as an attachment, and its sealing."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from offline_queue import NewAttachment, new_item_id
from portal.contract import requests
from portal.contract.chunks import CHUNK_BYTES, new_secret, seal_chunks, sealed_size

SIGNATURE = "signature"
KINDS = "attached"
"""Attribute of an item: the kinds of its attachments, separated by commas."""
PAPERS = "papers"
"""In the receipt of what was rejected: the kinds of the attachments that were."""
INLINE_SIGNATURE_BYTES = 40 * 1024
"""A larger signature is attached. Up to here the sealed body of its case, a third longer in base64
and with the form beside it, stays below the 64 KiB up to which the outbox keeps a body in its row
and which a lost answer costs at most; an attachment costs three requests more, but is never sent a
second time."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to enclose, in clear: only ever in memory."""

    kind: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Papers as the sealed content describes them (with their secrets), as the envelope refers to
    them, and as the outbox keeps them."""

    described: tuple[requests.Attachment, ...] = ()
    referred: tuple[requests.UploadRef, ...] = ()
    attachments: tuple[NewAttachment, ...] = ()

    @property
    def attributes(self) -> dict[str, str]:
        """What the outbox says in clear: their kinds, in order, so that the portal's word on one of them
        can be told by its name."""
        kinds = ",".join(one.kind for one in self.attachments)
        return {KINDS: kinds} if kinds else {}


def signature_paper(signature: requests.Signature | None) -> Paper | None:
    """``signature`` as a paper, if it is too large for the case itself."""
    if signature is None:
        return None
    content = signature.model_dump_json(exclude_none=True).encode()
    if len(content) <= INLINE_SIGNATURE_BYTES:
        return None
    return Paper(SIGNATURE, "application/json", content)


def enclose(case_key: str, papers: Sequence[Paper], step: int = CHUNK_BYTES) -> Enclosed:
    """``papers``, none of them empty, sealed for the case ``case_key`` in chunks of ``step`` bytes.

    They are sealed once for the digest and a second time, alike, when the outbox takes them in:
    sealing is cheaper than keeping both forms in memory.
    """
    sealed = [_enclose(case_key, paper, step) for paper in papers]
    return Enclosed(
        tuple(described for described, _, _ in sealed),
        tuple(referred for _, referred, _ in sealed),
        tuple(attachment for _, _, attachment in sealed),
    )


def _enclose(
    case_key: str, paper: Paper, step: int
) -> tuple[requests.Attachment, requests.UploadRef, NewAttachment]:
    upload, secret = new_item_id(), new_secret()
    digest = hashlib.sha256()
    for chunk in seal_chunks(paper.content, secret, case_key, upload, step):
        digest.update(chunk)
    size = sealed_size(len(paper.content), step)
    described = requests.Attachment(
        upload=upload,
        kind=paper.kind,
        media_type=paper.media_type,
        size=len(paper.content),
        step=step,
        secret=urlsafe_b64encode(secret).decode().rstrip("="),
    )
    attachment = NewAttachment(
        upload,
        paper.kind,
        paper.media_type,
        size,
        step,
        digest.digest(),
        lambda: seal_chunks(paper.content, secret, case_key, upload, step),
    )
    referred = requests.UploadRef(key=upload, size=size, sha256=digest.hexdigest())
    return described, referred, attachment
