"""SIGKILL at random points of accepting and delivering, over and over on one directory.

``CW_OUTBOX_KILLS`` sets the number of kills (a long campaign: 2000); ``CW_OUTBOX_SEED`` the
seed, which a failure prints.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from outbox_helpers import HASTY, ROOMY, WAIT, Watch

from offline_queue import Courier, Delivered, ItemState, ItemView, NotThere, Outbox, Verdict

KILLS = int(os.environ.get("CW_OUTBOX_KILLS", "20"))
SEED = int(os.environ.get("CW_OUTBOX_SEED", "20260522"))
VICTIM = Path(__file__).with_name("outbox_victim.py")


def live_and_die(directory: Path, seed: int, rng: random.Random) -> dict[str, str]:
    """Run the victim and kill it: while it opens, or a random moment later. What it
    acknowledged."""
    child = subprocess.Popen(
        [sys.executable, str(VICTIM), str(directory), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert child.stdout is not None
    first, delay_s = "open\n", rng.uniform(0.1, 0.5)
    if rng.random() < 0.8:
        first, delay_s = child.stdout.readline(), rng.random() ** 2 * 0.15
    try:
        child.wait(delay_s)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    out, err = child.communicate(timeout=WAIT)
    assert (first, child.returncode) == ("open\n", -signal.SIGKILL), err
    lines = out.split("\n")[:-1]  # a line cut short was read by nobody
    return dict(line.split() for line in lines if line != "open")


class Ledger:
    """The receiver's effects, read from its file, and open to more."""

    def __init__(self, log: Path) -> None:
        text = log.read_text() if log.exists() else ""
        self.effects = [tuple(line.split()) for line in text.split("\n")[:-1]]

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        if all(key != item.item_id for key, *_ in self.effects):
            digest = hashlib.sha256(body).hexdigest()
            self.effects.append((item.item_id, item.case_id, str(item.seq), digest))
        return Delivered({})

    def ask(self, item: ItemView) -> Verdict:
        known = any(key == item.item_id for key, *_ in self.effects)
        return Delivered({}) if known else NotThere()


def test_nothing_acknowledged_is_lost_doubled_or_out_of_order(tmp_path: Path) -> None:
    directory, rng = tmp_path / "outbox", random.Random(SEED)
    acknowledged: dict[str, str] = {}
    for number in range(KILLS):
        acknowledged |= live_and_die(directory, SEED + number, rng)
    assert acknowledged, "the victim never got to work: the kills prove nothing"

    watch, ledger = Watch(), Ledger(tmp_path / "effects.log")
    box = Outbox.open(directory, limits=ROOMY, on_change=watch)
    assert box.verification.sound, (SEED, box.verification)
    stored = {view.item_id: view for view in box.items(limit=10**6).result(WAIT)}
    assert acknowledged.keys() <= stored.keys(), SEED
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(stored)} stored")
    courier = Courier(box, ledger, policy=HASTY)
    courier.start()
    pending = [key for key, view in stored.items() if view.state.pending]
    watch.until(ItemState.DELIVERED, *pending)
    assert courier.stop(WAIT)
    assert box.verify().result(WAIT).sound
    assert box.close()

    keys = Counter(key for key, *_ in ledger.effects)
    assert max(keys.values()) == 1, SEED
    assert keys.keys() == stored.keys(), SEED
    for key, _, _, digest in ledger.effects:
        assert acknowledged.get(key, digest) == digest, SEED
    order: dict[str, list[int]] = defaultdict(list)
    for _, case, seq, _ in ledger.effects:
        order[case].append(int(seq))
    assert all(seqs == sorted(seqs) for seqs in order.values()), SEED
