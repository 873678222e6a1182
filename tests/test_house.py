"""Rules of the house that no other tool holds."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from kiosk.cli.main import app
from kiosk.words import known_codes, words_for

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "drivers", "offline_queue", "portal", "kiosk", "screens")
LONGEST_FILE = 450
# Put together here, so that this file does not trip over itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.}])/(?:work|root|home/\w+)/" + r"|(?<![\w.}])/tmp" + r"/\w"
    r"|files\.pythonhosted\.org|\bpypi\.org|deb\.debian\.org|archive\.ubuntu\.com"
    r"|\b10\.255\.\d+\.\d+|\b203\.0\.113\.\d+"
)
BINARY = {".png", ".ttf", ".qm", ".jpg", ".pdf", ".ico", ".bin"}


@cache
def files() -> tuple[Path, ...]:
    """The project's files: those in version control and new ones that are not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listing.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


def room_sources() -> list[Path]:
    return [p for p in files() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in ROOMS]


def test_no_file_names_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files()
        if path.suffix not in BINARY and path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["cd /work" + "/main", "x = '/tmp" + "/a'", "https://pypi" + ".org"]
)
def test_machine_paths_are_recognised(line: str) -> None:
    assert MACHINE_PATHS.search(line)


def test_no_source_file_is_too_long() -> None:
    sources = [p for p in files() if p.suffix in {".py", ".qml", ".js", ".sh"}]
    assert len(sources) > 150
    lengths = {p.relative_to(ROOT): p.read_text(encoding="utf-8").count("\n") for p in sources}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_rooms_import_downwards_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "only screens know Qt KEPT" in done.stdout
    assert "0 broken" in done.stdout


def test_no_room_sleeps() -> None:
    """Waiting is for a thing, with a limit; a sleep waits for luck."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, node in calls()
        if called_name(node) in {"sleep", "qWait"}
        and not path.relative_to(ROOT).as_posix().startswith("portal/sandbox")
    ]
    assert found == []


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in room_sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def called_name(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


TELLING = re.compile(r"^(Failure|StoreRefused|ServiceLost|words_for|remedy_for|\w+Failed)$")
"""Calls whose trouble code a resident or technician comes to read."""


def test_every_trouble_code_has_words() -> None:
    told = {
        (argument.value, f"{path.relative_to(ROOT)}:{node.lineno}")
        for path, node in calls()
        if TELLING.match(called_name(node))
        for argument in node.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", argument.value)
    }
    assert len(told) > 20
    assert {(code, place) for code, place in told if code not in known_codes()} == set()


def test_words_are_in_both_languages() -> None:
    for code in known_codes():
        text = words_for(code)
        assert re.search(r"[\u4e00-\u9fff]", text.zh), code
        assert text.en.isascii() or "…" in text.en or "’" in text.en or "–" in text.en, code


PAGES = [p for p in files() if p.suffix == ".md"]


def commands_of(text: str) -> set[tuple[str, ...]]:
    """Every ``kiosk …`` command a page shows in code."""
    code = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
    shown = re.findall(r"(?:^|[\s`/])kiosk((?: [a-z][a-z-]*)+)", "\n".join(code), re.MULTILINE)
    return {tuple(words.split()) for words in shown}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_papers_exist(page: Path) -> None:
    root = get_command(app)
    for words in commands_of(page.read_text(encoding="utf-8")):
        known = getattr(root, "commands", {})
        assert words[0] in known, f"kiosk {words[0]}"
        below = getattr(known[words[0]], "commands", None)
        if below is not None and len(words) > 1:
            assert words[1] in below, f"kiosk {words[0]} {words[1]}"


LINK = re.compile(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_in_the_papers_lead_somewhere(page: Path) -> None:
    targets = [t for t in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_no_two_test_files_have_one_name() -> None:
    """Python would take one for the other as soon as both are run."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert [name for name in names if names.count(name) > 1] == []
