"""The licences of everything in requirements.lock, checked against an allow-list.

    python tools/licences.py            print the table of docs/licences.md
    python tools/licences.py --write    renew the table in docs/licences.md
    python tools/licences.py --check    fail if the table is stale or a licence is not allowed

Licences come from the installed packages' own metadata, as SPDX expressions; what metadata says
in other words is translated by name below, after a look at the package's licence file.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/licences.md"
BEGIN, END = "<!-- table: tools/licences.py --write -->", "<!-- end of table -->"

ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT"),
        *("MIT-0", "MIT-CMU", "PSF-2.0", "Zlib", "LicenseRef-any-OSI"),
        *("MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only"),
    }
)
"""The last line's are weak copyleft: used unchanged, as libraries of their own."""

TOOLS: Mapping[str, str] = {"swig": "GPL-3.0-or-later"}
"""Programs run at set-up only; what they make is not under their licence, and we ship none of it."""

IN_SPDX: Mapping[str, str] = {
    "aiosignal": "Apache-2.0",
    "apsw": "LicenseRef-any-OSI",
    "argcomplete": "Apache-2.0",
    "colorama": "BSD-3-Clause",  # only installed on Windows
    "deepmerge": "MIT",
    "defusedxml": "PSF-2.0",
    "dlib-bin": "BSL-1.0",
    "grimp": "BSD-2-Clause",
    "import-linter": "BSD-2-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "opencv-python-headless": "Apache-2.0",
    "pathspec": "MPL-2.0",
    "pyserial": "BSD-3-Clause",
    "pyscard": "LGPL-2.1-or-later",
    "pyusb": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "shellingham": "ISC",
    "sortedcontainers": "Apache-2.0",
    "tzdata": "Apache-2.0",  # only installed on Windows
}


def locked_packages() -> list[str]:
    """Names in requirements.lock, sorted, each once."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)))


def licence_of(package: str) -> str:
    """The SPDX expression of a package; ``"unknown"`` if it tells none."""
    if package in IN_SPDX:
        return IN_SPDX[package]
    try:
        told = metadata.metadata(package).json
    except metadata.PackageNotFoundError:
        return "unknown"
    return str(told.get("license_expression") or told.get("license") or "unknown")


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression without brackets can be met with allowed licences only."""
    return any(
        all(part.strip() in ALLOWED for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def purposes() -> dict[str, str]:
    """What each directly named package is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"terminal": project["dependencies"], **project["optional-dependencies"]}
    return {
        re.split(r"[\[<>=!;~ ]", requirement)[0].lower(): purpose
        for purpose, requirements in groups.items()
        for requirement in requirements
    }


def table() -> str:
    """The table as Markdown."""
    direct = purposes()
    lines = ["| Package | Named for | Licence |", "|---|---|---|"]
    for package in locked_packages():
        lines.append(f"| {package} | {direct.get(package, '')} | {licence_of(package)} |")
    return "\n".join(lines)


def problems(page: str) -> list[str]:
    """What is wrong: licences not allowed, and a page that does not hold the present table."""
    found = [
        f"{package}: licence {licence_of(package)!r} is not on the allow-list"
        for package in locked_packages()
        if not is_allowed(licence_of(package)) and TOOLS.get(package) != licence_of(package)
    ]
    missing = [package for package in locked_packages() if licence_of(package) == "unknown"]
    if missing:
        found.insert(0, f"not installed here, ./test sets that up: {', '.join(missing)}")
    if table() not in page:
        found.append("docs/licences.md is stale: run python tools/licences.py --write")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Licences of the locked dependencies.")
    parser.add_argument("--write", action="store_true", help="renew the table in the page")
    parser.add_argument("--check", action="store_true", help="fail if something is wrong")
    options = parser.parse_args(arguments)
    page = PAGE.read_text(encoding="utf-8")
    if options.write:
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
    elif options.check:
        found = problems(page)
        print("\n".join(found) or "Every locked dependency has an allowed licence.")
        return 1 if found else 0
    else:
        print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
