"""The driver template: it installs as a package of its own and passes the kit by its name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "docs/devices/driver-template"
NAME = "example-card-reader"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the template installed into it, from a copy: building leaves traces."""
    folder = tmp_path_factory.mktemp("template")
    source, target = folder / "source", folder / "target"
    shutil.copytree(TEMPLATE, source, ignore=shutil.ignore_patterns("__pycache__"))
    run(
        "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
        "--no-compile", "--disable-pip-version-check", "--target", str(target), str(source),
    )  # fmt: skip
    return target


KIOSK = ("-c", "from kiosk.cli import main; main()")


def run(*arguments: str, path: Path | None = None) -> str:
    entries = [str(ROOT), *([str(path)] if path else [])]
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=path or ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entries)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_template_is_accepted_by_its_entry_point(installed: Path, tmp_path: Path) -> None:
    config = tmp_path / "terminal.toml"
    config.write_text(f'[terminal]\ndata_dir = "{tmp_path / "data"}"\n', "utf-8")
    shown = run(
        *KIOSK, "devices", "accept", NAME, "--simulated", "--json", "-c", str(config),
        path=installed,
    )  # fmt: skip
    report = json.loads(shown)
    assert report["verdict"] == "accepted"
    assert report["target"] == "example_card_reader:ExampleCardReader"
    assert report["version"] == "0.1.0"
    assert {check["outcome"] for check in report["checks"]} == {"passed"}


def test_template_is_as_clean_as_the_project() -> None:
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [ruff, *command, "--no-cache", str(TEMPLATE)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_template_does_not_shadow_the_project(installed: Path) -> None:
    packages = {path.name for path in installed.iterdir() if path.is_dir()}
    assert {name for name in packages if "info" not in name} == {"example_card_reader"}
