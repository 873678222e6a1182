"""The long fuzzing run: every parser of outside bytes under atheris, for as long as you like.

    .venv/bin/pip install atheris
    .venv/bin/python tests/fuzz/fuzz_run.py                  every target, one minute each
    .venv/bin/python tests/fuzz/fuzz_run.py sdt-line --for 3m

Coverage guides it. An input that raises, takes over two seconds or makes the process grow beyond
512 MB ends the run with exit code 1 and is left in ``out/fuzz``, with what was interesting before.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

INSTRUMENTED = "--here" in sys.argv
if INSTRUMENTED:
    # Only what is imported within this is watched for coverage: our own code, nobody else's.
    import atheris

    with atheris.instrument_imports(include=["drivers"], enable_loader_override=False):
        from fuzz_targets import LARGEST, TARGETS, Target
else:
    from fuzz_targets import LARGEST, TARGETS, Target

__all__ = ["TARGETS", "Target", "main", "seconds_of"]

OUT = Path(__file__).resolve().parents[2] / "out" / "fuzz"
LIMITS = ("-timeout=2", "-rss_limit_mb=512", f"-max_len={LARGEST}", "-print_final_stats=1")


def seconds_of(text: str) -> int:
    """``3m`` or ``20s`` in seconds. Raises :class:`ValueError`."""
    found = re.fullmatch(r"([0-9]+)([ms])", text)
    if found is None:
        raise ValueError(f"a time is written like 3m or 20s, not {text!r}")
    return int(found[1]) * (60 if found[2] == "m" else 1)


def fuzz(name: str, seconds: int) -> None:
    """Run one target in this process until the time is up; does not return."""
    corpus = OUT / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    arguments = [*LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={OUT}/{name}-"]
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], TARGETS[name].run)
    atheris.Fuzz()


def main(arguments: list[str] | None = None) -> int:
    """Command line; 0 if nothing was found."""
    parser = argparse.ArgumentParser(description="Fuzz the parsers of outside bytes.")
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="all if none is named")
    parser.add_argument("--for", dest="time", default="1m", help="per target, like 3m or 20s")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if not INSTRUMENTED and importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: .venv/bin/pip install atheris", file=sys.stderr)
        return 2
    if told.here:
        fuzz(told.targets[0], seconds_of(told.time))
    found = 0
    for name in told.targets or TARGETS:
        command = [sys.executable, __file__, name, "--for", told.time, "--here"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        executed = re.search(r"number_of_executed_units:\s*([0-9]+)", ended.stderr)
        verdict = "nothing found" if ended.returncode == 0 else "FOUND"
        print(f"{name:15} {executed[1] if executed else '?':>10} inputs  {verdict}", flush=True)
        if ended.returncode:
            found += 1
            print(ended.stderr[-2000:])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
