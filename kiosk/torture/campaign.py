"""A campaign: lives that end by SIGKILL, power cuts, a full disk, and the judge's comparison."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.terminal.transport import PortalTransport
from kiosk.torture.judge import Judge
from kiosk.torture.person import traces
from kiosk.torture.power import cut_power
from kiosk.torture.verdict import Verdict
from kiosk.torture.victim import LIMITS, POLICY, TIMEOUTS, Orders
from offline_queue import Courier, ItemState, Outbox
from portal import PortalClient

_YEAR_S = 365 * 86400.0
_CLOCK_ERRORS_S = (0.0, 0.0, 3600.0, -3600.0, 10 * _YEAR_S, -60 * _YEAR_S)
_OPEN_S = 60.0
_START_S = 0.5
_LONGEST_LIFE_S = 0.8
_DRAIN_S = 120.0
_SMALL_DISKS = ("size=6m", "size=24m,nr_inodes=60")
"""One that runs out of room, and one that runs out of inodes."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """How much is done. ``kills``: lives ended at a random moment; ``writes``: the numbers of the
    writes and flushes that end one life each; ``power_cuts``: states replayed, and a quarter as many
    of a disk that lied about its flushes."""

    seed: int
    kills: int = 8
    writes: tuple[int, ...] = (1, 4, 30, 70, 130, 200, 400, 900)
    power_cuts: int = 120
    full_disk: bool = True

    @property
    def rounds(self) -> int:
        """Length of the recorded work."""
        return min(60, 10 + self.power_cuts // 10)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the terminal printed a slip for."""

    key: str
    case: str
    seq: int
    digest: str


def torture(campaign: Campaign, verdict: Verdict | None = None) -> Verdict:
    """Run it. About 0.5 s a life, 15 ms a power cut."""
    verdict = verdict or Verdict()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        place = Path(folder)
        lives(place, campaign, verdict)
        cut_power(place, campaign.seed, verdict, rounds=campaign.rounds, states=campaign.power_cuts)
        rounds, states = campaign.rounds, campaign.power_cuts // 4
        cut_power(place, campaign.seed, verdict, rounds=rounds, states=states, lying=True)
        if campaign.full_disk:
            for options in _SMALL_DISKS:
                fill_disk(options, verdict)
    return verdict


def torture_for(
    seconds: float, seed: int, tell: Callable[[Verdict], None] = lambda _verdict: None
) -> Verdict:
    """Campaigns with other seeds, one after another, until ``seconds`` are over (one at least), or
    one has found something. ``tell`` hears of the sum so far after each."""
    verdict, end = Verdict(), time.monotonic() + seconds
    while True:
        rng = random.Random(seed)  # noqa: S311 - a campaign can be repeated
        writes = tuple(rng.randrange(1, 1500) for _ in range(20))
        campaign = Campaign(seed, kills=20, writes=writes, power_cuts=400)
        torture(campaign, verdict)
        verdict.count("campaigns")
        tell(verdict)
        if not verdict.passed or time.monotonic() >= end:
            return verdict
        seed += 1


# --- lives --------------------------------------------------------------------------------------


def lives(folder: Path, campaign: Campaign, verdict: Verdict) -> None:
    """Live and die on one directory, over and over; then let the rest out and compare."""
    rng = random.Random(campaign.seed)  # noqa: S311 - a campaign can be repeated
    judge = Judge(folder, campaign.seed)
    outbox = folder / "outbox"
    promises: dict[str, Promise] = {}
    deaths = [0] * campaign.kills + [*campaign.writes]
    rng.shuffle(deaths)
    try:
        for number, die_at in enumerate(deaths):
            orders = Orders(
                folder=str(outbox),
                url=judge.url,
                ca_file=str(judge.ca_file),
                jwk=judge.public_jwk,
                seed=campaign.seed * 1000 + number,
                die_at=die_at,
                torn=rng.random() < 0.5,
                clock_jump_s=rng.choice(_CLOCK_ERRORS_S),
            )
            _live(orders, promises, rng, verdict)
            for trace in traces(folder):
                verdict.found("no personal data on the disk", trace)
        _let_out(outbox, judge, verdict)
        for trace in traces(folder):
            verdict.found("no personal data on the disk", trace)
    finally:
        judge.stop()
    _compare(promises, judge, verdict)


def _live(
    orders: Orders, promises: dict[str, Promise], rng: random.Random, verdict: Verdict
) -> None:
    """One life: until it dies by itself at the chosen write, or a random moment has come."""
    child = subprocess.Popen(
        [sys.executable, "-m", "kiosk.torture.victim", json.dumps(asdict(orders))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = ""
    if orders.die_at:
        longest = _OPEN_S
    elif rng.random() < 0.8 and child.stdout is not None:
        # short lives more often than long ones, counted from where the work begins
        first, longest = child.stdout.readline(), rng.random() ** 2 * _LONGEST_LIFE_S
    else:
        longest = rng.random() * _START_S
    try:
        said, errors = child.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        child.kill()
        said, errors = child.communicate()
    if child.returncode != -signal.SIGKILL:
        what = f"exit {child.returncode}: {errors[-500:]}"
        verdict.found("the terminal itself never falls over", what)
    verdict.count("lives ended at a write" if orders.die_at else "lives ended at any moment")
    # a line cut short was read by nobody
    _hear((first + said).split("\n")[:-1], promises, verdict)


def _hear(lines: list[str], promises: dict[str, Promise], verdict: Verdict) -> None:
    for line in lines:
        word, *rest = line.split(" ", 4)
        if word == "promised":
            key, case, seq, digest = rest
            promises[key] = Promise(key, case, int(seq), digest)
            verdict.count("submissions promised")
        elif word == "refused":
            verdict.count("submissions refused before a promise")
        elif word == "unsound":
            verdict.found("a kill damages nothing", line.strip())


def _let_out(outbox: Path, judge: Judge, verdict: Verdict) -> None:
    """Everything that waits goes out, to a judge that behaves."""
    judge.faults, judge.shelf.forgetful = 0.0, False
    box = Outbox.open(outbox, limits=LIMITS)
    client = PortalClient(
        judge.url, terminal_id="ST-0000", ca_file=judge.ca_file, timeouts=TIMEOUTS
    )
    courier = Courier(box, PortalTransport(client), policy=POLICY)
    empty = threading.Event()
    stop = box.listen(lambda view: empty.set() if not view.state.pending else None)
    courier.start()
    courier.nudge()
    deadline = time.monotonic() + _DRAIN_S
    pending = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN)
    while box.items(states=pending, limit=1).result() and time.monotonic() < deadline:
        empty.wait(0.1)
        empty.clear()
    stop()
    if left := box.items(states=pending).result():
        states = {str(view.state) for view in left}
        verdict.found("everything is delivered in the end", f"{len(left)} items {states}")
    if dead := box.items(states=[ItemState.DEAD]).result():
        verdict.found("nothing dies of faults that pass", f"{len(dead)}: {dead[0].verdict}")
    courier.stop(10.0)
    client.close()
    if not box.verify().result().sound:
        verdict.found("the outbox adds up", str(box.verify().result()))
    box.close(30.0)


def _compare(promises: dict[str, Promise], judge: Judge, verdict: Verdict) -> None:
    """The judge's word: lost, doubled, changed, out of order."""
    effects = {effect.key: effect for effect in judge.effects}
    verdict.count("effects at the portal", len(judge.effects))
    verdict.count("refused by the portal for good", len(judge.refused))
    verdict.count("repeats absorbed by the key", judge.replays)
    verdict.count("ends told to the portal", len(judge.told))
    for key, how in judge.told.items():
        if key in effects or (key not in judge.refused and how != "spoiled"):
            verdict.found("only what ended is told as ended", f"{key}: {how}")
    for figure, count in judge.shelf.figures.items():
        verdict.count(figure, count)
    for doubt in judge.doubts:
        verdict.found("what is sent again is the same", doubt)
    for doubt in judge.shelf.doubts:
        verdict.found("attachments arrive whole and once", doubt)
    if len(effects) != len(judge.effects):
        verdict.found("one effect a key", "a key took effect twice")
    for promise in promises.values():
        effect = effects.get(promise.key)
        if effect is None and promise.key not in judge.refused:
            verdict.found("nothing promised is lost", promise.key)
        elif effect is not None and effect.digest != promise.digest:
            verdict.found("what arrives is what was promised", promise.key)
    order: dict[str, list[int]] = defaultdict(list)
    for effect in judge.effects:
        order[effect.case].append(effect.seq)
    for case, seqs in order.items():
        if seqs != sorted(set(seqs)):
            verdict.found("a case keeps its order", f"{case}: {seqs[:20]}")


# --- a full disk --------------------------------------------------------------------------------


def fill_disk(options: str, verdict: Verdict) -> None:
    """Fill and drain an outbox on a file system of its own, in a private mount namespace."""
    script = 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"'  # the child's only
    with tempfile.TemporaryDirectory(prefix="torture-full-") as folder:
        inside = [sys.executable, "-m", "kiosk.torture.full", folder]
        ran = subprocess.run(
            [
                *("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"),
                *(options, folder),
                *inside,
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    if ran.returncode != 0 and not ran.stdout and "Traceback" not in ran.stderr:
        verdict.left_out.append(f"full disk: no mount namespace here ({ran.stderr.strip()[:100]})")
        return
    if ran.returncode != 0:
        verdict.found("a full disk stops nothing", ran.stderr[-500:])
        return
    told = json.loads(ran.stdout)
    verdict.count("accepted until the disk was full", told["accepted"])
    verdict.count("drained on the full disk", told["drained"])
    if told["accepted"] != told["drained"]:
        verdict.found("a full disk does not hold up deliveries", ran.stdout.strip())
    if ("inodes" in options) != (0 in told["inodes_left"]):
        verdict.found("a disk is full of what it was meant to be", ran.stdout.strip())
    if set(told["refused"]) != {"outbox.disk_full"}:
        verdict.found("a full disk is refused plainly", ran.stdout.strip())
