"""Asks a sandbox whatever the contract allows, and what it does not.

    .venv/bin/python tests/portal/contract_fuzz.py --examples 200

starts a sandbox of its own and runs Schemathesis over it: every operation with drawn, missing and
wrong parts, then chains of operations along the contract's links. Ends with 1 when something broke.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from portal_support import make_settings  # noqa: E402

from portal.sandbox import SandboxServer  # noqa: E402


def fuzz(base_url: str, folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run Schemathesis against ``base_url`` with its files in ``folder``."""
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(HERE / "schemathesis.toml"), "run"),
        str(ROOT / "portal/contract/openapi.yaml"),
        *("--url", base_url, "--no-color", *arguments),
    ]
    path = os.pathsep.join([str(HERE), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "FUZZED_PORTAL": base_url}
    environment["SCHEMATHESIS_HOOKS"] = "fuzz_hooks"
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def main() -> int:
    """Run it as a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="how many for each operation")
    parser.add_argument("--seed", type=int, help="repeat a run")
    given = parser.parse_args()
    arguments = ["--max-examples", str(given.examples)]
    if given.seed is not None:
        arguments += ["--seed", str(given.seed)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SandboxServer(make_settings(folder)) as server:
            done = fuzz(server.base_url, folder, arguments)
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
