"""Signed editions of the tables (catalogue, routes, divisions, calendar) as the portal hands them out.

The unit is a file, because that is what the manifest's signature covers: nothing between the authority
that signs and the terminal that verifies needs to be trusted, the portal included.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from portal.contract.base import AnswerModel, Sha256Hex

FileName = Annotated[
    str,
    Field(
        max_length=200, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$"
    ),
]
"""Relative; no part begins with a dot, so none leads out of the folder."""


class EditionFile(AnswerModel):
    """One file of the tables; ``content`` in base64."""

    name: FileName
    content: Annotated[str, Field(max_length=16_000_000)]


class CatalogueEdition(AnswerModel):
    """An edition, or what changed since the one the terminal has.

    An edition's name is the SHA-256 of its manifest. ``from`` null: ``upserts`` are all its files.
    ``manifest`` lists every file with its SHA-256 and is signed (Ed25519, base64) as it stands here.
    """

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    base: Annotated[Sha256Hex | None, Field(alias="from")]
    to: Sha256Hex
    manifest: Annotated[str, Field(max_length=1_000_000)]
    signature: Annotated[str, Field(max_length=200)]
    upserts: Annotated[list[EditionFile], Field(max_length=1000)]
    deletes: Annotated[list[FileName], Field(max_length=1000)]
