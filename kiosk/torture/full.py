"""A disk that is really full: ``python -m kiosk.torture.full FOLDER`` on a small file system.

Fills the outbox until it refuses; once with its reserve, and once with somebody else who takes all inodes,
where there are few, and then all that is left, before the terminal is started anew. Then everything
accepted must still go out, be recorded and erased, on the same full disk. Prints a JSON object with
``accepted``, ``drained``, ``refused`` (the codes given) and ``inodes_left`` at each refusal.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

from offline_queue import (
    Courier,
    CourierPolicy,
    Delivered,
    ItemView,
    Limits,
    NewItem,
    NotThere,
    Outbox,
    Verdict,
    new_item_id,
)

_RESERVE = 1 << 20
_WAIT_S = 60.0


class _Honest:
    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        return Delivered({"n": item.seq})

    def ask(self, item: ItemView) -> Verdict:
        return NotThere()


def fill(box: Outbox) -> tuple[list[str], str]:
    """Accept until refused: the ids accepted, and the refusal's code."""
    accepted: list[str] = []
    while True:
        size = 70_000 if len(accepted) % 7 == 6 else 9_000
        item = NewItem(new_item_id(), "440500", new_item_id(), "case", os.urandom(size))
        taken = box.accept(item).result()
        if not isinstance(taken, ItemView):
            return accepted, taken.code
        accepted.append(item.item_id)


def drain(box: Outbox, expected: set[str]) -> set[str]:
    """Deliver everything; the ids recorded as delivered within a minute."""
    done, everything = set[str](), threading.Event()

    def changed(view: ItemView) -> None:
        if not view.state.pending:
            done.add(view.item_id)
            if done >= expected:
                everything.set()

    stop = box.listen(changed)
    courier = Courier(box, _Honest(), policy=CourierPolicy(shortest_s=0.01, longest_s=0.05))
    courier.start()
    everything.wait(_WAIT_S)
    courier.stop(5.0)
    stop()
    return done


def main() -> None:
    """Fill and drain twice."""
    folder = Path(sys.argv[1])
    refused: list[str] = []
    inodes_left: list[int] = []
    accepted_in_all, drained_in_all = 0, 0
    for reserve, greedy in ((_RESERVE, False), (0, True)):
        place = folder / f"outbox-{reserve}"
        box = Outbox.open(place, limits=Limits(items=10**6, free_bytes=reserve))
        if greedy:
            _take_all_names(folder)
        accepted, code = fill(box)
        refused.append(code)
        inodes_left.append(os.statvfs(folder).f_favail)
        if greedy:
            _take_all_that_is_left(folder)
            box.close(30.0)
            box = Outbox.open(place, limits=Limits(items=10**6, free_bytes=reserve))
        drained = drain(box, set(accepted))
        sound = box.verify().result().sound
        box.close(30.0)
        box = Outbox.open(place)
        states = {view.item_id: view.state for view in box.items(limit=10**6).result()}
        box.close(30.0)
        accepted_in_all += len(accepted)
        kept = sound and all(not states[key].pending for key in accepted if key in drained)
        drained_in_all += len(drained) if kept else 0
        for path in folder.glob("greed-*"):
            path.unlink()
    told = {"accepted": accepted_in_all, "drained": drained_in_all}
    print(json.dumps({**told, "refused": refused, "inodes_left": inodes_left}))


def _take_all_names(folder: Path) -> None:
    """Where they can be counted: elsewhere there are more than anybody needs."""
    for number in range(left if (left := os.statvfs(folder).f_favail) < 10**4 else 0):
        (folder / f"greed-name-{number}").touch()


def _take_all_that_is_left(folder: Path) -> None:
    for number in range(10**4):
        try:
            with (folder / f"greed-{number}").open("wb", buffering=0) as file:
                while number == 0 and file.write(bytes(65536)):
                    pass
        except OSError:
            if number:
                return  # not one name more, or no room for it


if __name__ == "__main__":
    main()
