"""How the acceptance kit works the simulator: its requests (``texts.toml`` there), met by commands."""

from __future__ import annotations

from drivers.acceptance import Rig

from example_card_reader.simulator import HOST, ExampleReaderSimulator


def rig() -> Rig:
    """A reader not yet started. Declared in ``pyproject.toml`` under the adapter's name."""
    simulator = ExampleReaderSimulator()
    return Rig(
        "id_card_reader",
        simulator,
        lambda: {"host": HOST, "port": int(simulator.address.rpartition(":")[2]), "poll_s": 0.05},
        {
            "no_card": lambda: simulator.command("remove_card"),
            "lay_card": lambda: simulator.command("lay_card"),
            "snatch_card": lambda: simulator.command("snatch_next"),
            "unplug": lambda: simulator.command("unplug"),
            "replug": lambda: simulator.command("replug"),
        },
    )
