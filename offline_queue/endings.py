"""How items ended that were not delivered, for as long as their receiver has not been told.

Whoever asks the receiver about such an item would else hear for ever that it may be on its way. What is
left to tell is in the rows: an item that ended so, and no event after its end that says it was told. So
nothing has to be remembered elsewhere, and a crash at any point costs one repeated request.
"""

from __future__ import annotations

from offline_queue.clock import rfc3339
from offline_queue.items import Ending
from offline_queue.store import Store

TOLD = "told"
"""The kind of the event."""
_UNTOLD = (
    "SELECT no FROM item WHERE live = 0 AND state IN ('rejected', 'withdrawn', 'dead') AND ended IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM event WHERE event.no = item.no AND kind = 'told'"
    " AND (at >= ended OR ended > ?))"
)
"""An end that is yet to come is one that somebody wrote there: once told, it is not told for ever."""
TAMPERED = "outbox.tampered"


def untold(store: Store) -> list[Ending]:
    """What is still to be told, in the order of acceptance. Not what somebody changed after its end."""
    if store.untold is None:
        # All rows are read once a run: there may be those of half a year, and this is asked often.
        store.untold = {no for (no,) in store.db.execute(_UNTOLD, (store.time.now(),))}
    found = []
    for no in sorted(store.untold):
        row = store.one("WHERE no = ?", no)
        if row is None or row.live:
            store.untold.discard(no)  # forgotten, or brought back
            continue
        spoiled = row.verdict == TAMPERED
        if row.ended is not None and (spoiled or store.seals.holds(row)):
            at = rfc3339(store.time.on_the_wall(row.ended))
            found.append(Ending(row.view(store.time), at, spoiled, row.ended))
    return found


def told(store: Store, ending: Ending) -> None:
    """In a transaction: the receiver knows. Unless the item was brought back, and ended anew, meanwhile."""
    row = store.find(ending.item.item_id)
    if row is not None and not row.live and row.ended == ending.moment:
        store.event(row, TOLD)
        if store.untold is not None:
            store.untold.discard(row.no)
