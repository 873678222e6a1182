"""The outbox with one thing wrong at a time, and the tests that must fail with each.

    python tools/mutants.py [NAME ...]

A mutant is one text in one file replaced in a copy of its package; the tests named with it are then
run against that copy, in a process of their own and in all that it starts. One that they let pass
is a hole in the suite, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TORTURE = "tests/kiosk/test_queue_torture.py"
OUTBOX = "tests/offline_queue"


@dataclass(frozen=True, slots=True)
class Mutant:
    """``old``, which stands once in ``file``, becomes ``new``; each of ``killers`` must fail."""

    file: str
    old: str
    new: str
    killers: tuple[str, ...]


MUTANTS = {
    "new key per retry": Mutant(
        "kiosk/terminal/transport.py",
        "submit_case(body, item.item_id)",
        "submit_case(body, __import__('uuid').uuid4().hex)",
        ("tests/kiosk/test_transport.py::test_bodies_go_out_as_they_are_under_their_own_key",),
    ),
    "acknowledged before the commit": Mutant(
        "offline_queue/writer.py",
        "        return outcomes, store.commit()",
        "        for job, (result, _) in zip(jobs, outcomes):\n"
        "            job.future.set_result(result)\n"
        "            job.future = Future()\n"
        "        return outcomes, store.commit()",
        (
            f"{OUTBOX}/test_faulty_storage.py"
            "::test_after_an_io_error_the_refused_is_gone_and_the_accepted_is_there",
        ),
    ),
    "synchronous=NORMAL": Mutant(
        "offline_queue/schema.py",
        '("synchronous", "FULL", 2)',
        '("synchronous", "NORMAL", 1)',
        (f"{TORTURE}::test_power_cuts_find_a_database_that_does_not_flush",),
    ),
    "folders not flushed": Mutant(
        "offline_queue/place.py",
        "        os.fsync(descriptor)\n",
        "        pass\n",
        (f"{TORTURE}::test_power_cuts_find_a_database_that_does_not_flush",),
    ),
    "large bodies not flushed": Mutant(
        "offline_queue/stowage.py",
        "            os.fdatasync(self._file)\n",
        "",
        (f"{TORTURE}::test_power_cuts_find_a_database_that_does_not_flush",),
    ),
    "a place used again before the commit": Mutant(
        "offline_queue/stowage.py",
        "            self._given += found\n",
        "            self._release(found)\n",
        (f"{OUTBOX}/test_stowage.py::test_a_place_is_used_again_only_after_the_commit",),
    ),
    "key and witness not flushed": Mutant(
        "offline_queue/place.py",
        "            os.fsync(file.fileno())\n",
        "",
        (f"{TORTURE}::test_power_cuts_find_a_database_that_does_not_flush",),
    ),
    "deleted on claim": Mutant(
        "offline_queue/moves.py",
        "    tries, row.due = row.tries, None\n",
        "    tries, row.due = row.tries, None\n    store.erase(row)\n",
        (
            f"{OUTBOX}/test_courier.py::test_not_there_sends_the_same_bytes_and_key_again",
            f"{TORTURE}::test_histories_on_a_virtual_clock_end_well",
        ),
    ),
    "order by time": Mutant(
        "offline_queue/lanes.py",
        " ORDER BY seq LIMIT 1",
        " ORDER BY accepted_wall LIMIT 1",
        (f"{TORTURE}::test_histories_on_a_virtual_clock_end_well",),
    ),
    "in flight is queued again after a start": Mutant(
        "offline_queue/upkeep.py",
        "ItemState.UNKNOWN if row.sends else ItemState.QUEUED",
        "ItemState.QUEUED",
        (f"{OUTBOX}/test_courier.py::test_what_was_in_flight_at_a_crash_is_asked_about",),
    ),
    "no answer is a refusal": Mutant(
        "offline_queue/moves.py",
        "        case RetryLater() if not asked and not ask_next:",
        "        case RetryLater() | NoAnswer() if not asked and not ask_next:",
        (f"{OUTBOX}/test_courier.py::test_no_answer_is_asked_about_and_found_delivered",),
    ),
    "erased things stay": Mutant(
        "offline_queue/schema.py",
        '("secure_delete", "ON", 1)',
        '("secure_delete", "OFF", 0)',
        (f"{OUTBOX}/test_faulty_storage.py::test_nothing_of_a_body_is_left_after_delivery",),
    ),
    "no witness": Mutant(
        "offline_queue/store.py",
        "        self._late_marks += effects.marks\n",
        "",
        (f"{OUTBOX}/test_faulty_storage.py::test_an_old_copy_put_back_is_noticed",),
    ),
    "all probe at once": Mutant(
        "offline_queue/attempts.py",
        "                return 1, True\n",
        "                return self._policy.group, True\n",
        (f"{OUTBOX}/test_outbox_disasters.py::test_while_a_probe_is_under_way_nobody_else_tries",),
    ),
    "pauses without chance": Mutant(
        "offline_queue/policy.py",
        "now + ceiling * self._rng.uniform(0.5, 1.0)",
        "now + ceiling",
        (
            f"{OUTBOX}/test_outbox_disasters.py"
            "::test_a_thousand_terminals_do_not_come_back_together",
        ),
    ),
}


def written(mutant: Mutant, folder: Path) -> None:
    """Put the mutated package into ``folder``. Raises ValueError if the text is not there once."""
    package = mutant.file.partition("/")[0]
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / package, folder / package, ignore=unwanted)
    path = folder / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise ValueError(f"{mutant.file} has {text.count(mutant.old)} times {mutant.old!r}")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")


def survived(name: str) -> list[str]:
    """The killers of a mutant that did not fail with it; an error of their own is none."""
    mutant = MUTANTS[name]
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        written(mutant, Path(folder))
        paths = [folder, str(ROOT)]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONSAFEPATH": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            # Qt and other guests of pytest cost seconds, and none of the killers needs them.
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings="]
        options += ["-o", f"pythonpath={' '.join(paths)}"]
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *mutant.killers],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    failed = re.findall(r"^FAILED ([^\s\[]+)", ran.stdout, re.MULTILINE)
    return [killer for killer in mutant.killers if killer not in failed]


def main() -> int:
    """Try them; whether one was let pass."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MUTANTS))
    names = parser.parse_args().names or list(MUTANTS)
    holes = 0
    for name in names:
        passed = survived(name)
        holes += bool(passed)
        print(
            f"{name:44} {'killed' if not passed else 'SURVIVED ' + ', '.join(passed)}", flush=True
        )
    return int(holes > 0)


if __name__ == "__main__":
    sys.exit(main())
