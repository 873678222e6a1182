"""Virtual cards in a real pcscd, ready for the kit."""

from __future__ import annotations

from collections.abc import Callable

from drivers.acceptance.guide import Rig
from drivers.smartcard.simulator import PcscSimulator

_BEFORE_SNATCHED = 3


def _rig(
    port: str, acts_of: Callable[[Callable[[str], None]], dict[str, Callable[[], None]]]
) -> Rig:
    simulator = PcscSimulator()

    def insert(card: str) -> None:
        simulator.command("insert_card", card=card)

    def no_card() -> None:
        simulator.command("clear_faults")
        simulator.command("withdraw_card")

    def snatched(card: str) -> None:
        simulator.command("fault", kind="withdraw_after", after=_BEFORE_SNATCHED)
        insert(card)

    acts = acts_of(insert)
    acts |= {"snatch_chip": lambda: snatched("social_security")}
    acts |= {"snatch_card": lambda: snatched("resident")}
    return Rig(
        port,
        simulator,
        lambda: {"socket": simulator.address, "answer_s": 2.0},
        {
            **acts,
            "no_card": no_card,
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
    )


def smart_card_rig() -> Rig:
    """A reader with social-security and bank cards."""
    return _rig(
        "smart_card_reader",
        lambda insert: {
            "social_card": lambda: insert("social_security_t0"),
            "bank_card": lambda: insert("bank"),
            "locked_card": lambda: insert("social_security_psam"),
        },
    )


def id_card_rig() -> Rig:
    """A combined reader with resident cards."""
    return _rig("id_card_reader", lambda insert: {"lay_card": lambda: insert("resident")})
