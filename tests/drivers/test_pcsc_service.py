"""The watcher over several lives of pcscd, the worker's limits, and the private pcscd itself."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pcsc_bench import PATIENCE_S, fresh_simulator, until
from smartcard import scard

from drivers.acceptance import NoSimulatorError, running_rig
from drivers.smartcard import pcscd, service
from drivers.smartcard.pcscd import READERS, PcscdError, PrivatePcscd
from drivers.smartcard.service import use_socket
from drivers.smartcard.usb_reader import USB_READERS
from drivers.smartcard.watcher import ReaderWatcher, Seen, SlotState
from drivers.smartcard.worker import GivenUp, NoAnswer, Worker


def state_of(seen: Seen, slot: int = 0) -> SlotState | None:
    found = seen.readers.get(READERS[slot])
    return None if found is None else found.state


def test_the_watcher_outlives_pcscd_and_tells_each_change_once() -> None:
    simulator = fresh_simulator()
    use_socket(simulator.address)
    told: list[Seen] = []
    before = set(threading.enumerate())
    watcher = ReaderWatcher(told.append)
    watcher.start()

    def sees(service: bool, state: SlotState | None) -> None:
        found = watcher.wait(
            lambda seen: seen.service is service and state_of(seen) is state, PATIENCE_S
        )
        assert found is not None, watcher.seen

    sees(True, SlotState.EMPTY)
    for number in (signal.SIGKILL, signal.SIGTERM):
        simulator.command("kill_service", number=number)
        sees(False, None)
        simulator.command("start_service")
        sees(True, SlotState.EMPTY)
    simulator.command("insert_card", card="bank")
    sees(True, SlotState.CARD)
    simulator.command("withdraw_card")
    sees(True, SlotState.EMPTY)
    simulator.command("insert_card", card="mute", slot=1)
    assert watcher.wait(lambda seen: state_of(seen, 1) is SlotState.MUTE, PATIENCE_S)
    watcher.stop()
    for thread in set(threading.enumerate()) - before:
        if thread.name == "pcsc-watcher":
            thread.join(PATIENCE_S)  # stop() itself waits a second at the most
            assert not thread.is_alive()
    assert all(one != other for one, other in itertools.pairwise(told))
    assert [seen.service for seen in told].count(False) == 2


def test_a_swapped_card_is_another_one_by_its_count() -> None:
    simulator = fresh_simulator()
    use_socket(simulator.address)
    simulator.command("insert_card", card="bank")
    watcher = ReaderWatcher()
    watcher.start()
    first = watcher.wait(lambda seen: state_of(seen) is SlotState.CARD, PATIENCE_S)
    assert first is not None
    before = first.readers[READERS[0]].changes
    simulator.command("insert_card", card="bank")
    assert watcher.wait(
        lambda seen: (
            state_of(seen) is SlotState.CARD and seen.readers[READERS[0]].changes == before + 2
        ),
        PATIENCE_S,
    )
    watcher.stop()


def test_readers_come_and_go_while_pcscd_lives() -> None:
    simulator = fresh_simulator()
    use_socket(simulator.address)
    told: list[Seen] = []
    watcher = ReaderWatcher(told.append)
    watcher.start()
    assert watcher.wait(lambda seen: set(seen.readers) == set(READERS), PATIENCE_S)
    for _ in range(2):
        simulator.command("plug_usb", card="bank")
        assert watcher.wait(
            lambda seen: (
                set(seen.readers) == {*READERS, *USB_READERS}
                and all(seen.readers[name].state is SlotState.CARD for name in USB_READERS)
            ),
            PATIENCE_S,
        )
        simulator.command("unplug_usb")
        assert watcher.wait(lambda seen: set(seen.readers) == set(READERS), PATIENCE_S)
    watcher.stop()
    assert all(seen.service for seen in told)
    assert all(one != other for one, other in itertools.pairwise(told))


def test_a_watcher_that_never_began_can_be_stopped() -> None:
    ReaderWatcher().stop()


def test_a_wait_ends_by_its_limit_or_its_caller() -> None:
    watcher = ReaderWatcher()
    assert watcher.wait(lambda seen: bool(seen.service), 0.05) is None
    assert watcher.wait(lambda seen: bool(seen.service), PATIENCE_S, lambda: True) is None


def test_a_call_that_does_not_return_is_left_behind() -> None:
    worker, gate = Worker(), threading.Event()
    with pytest.raises(NoAnswer):
        worker.call(gate.wait, 0.05)
    assert worker.busy
    with pytest.raises(GivenUp):
        worker.call(lambda: 1, PATIENCE_S, lambda: True)
    gate.set()
    assert worker.call(lambda: 2, PATIENCE_S) == 2
    assert not worker.busy
    worker.close()


def test_a_call_that_raises_raises_at_its_caller() -> None:
    worker = Worker()
    for error in (KeyError("x"), TimeoutError("its own")):

        def fail(error: Exception = error) -> None:
            raise error

        with pytest.raises(type(error)):
            worker.call(fail, PATIENCE_S)
    worker.close()


def test_no_context_comes_or_goes_while_a_card_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """libpcsclite crashes the process if one does: seen about once in a thousand readings."""
    simulator = fresh_simulator()
    use_socket(simulator.address)
    _, context = service.establish()
    letting_go, came = threading.Event(), threading.Event()
    alone = []

    def slow(card: object, how: int) -> None:
        letting_go.set()
        alone.append(not came.wait(0.3))

    monkeypatch.setattr(scard, "SCardDisconnect", slow)
    with ThreadPoolExecutor(3) as pool:
        let_go = pool.submit(service.disconnect, 0)
        assert letting_go.wait(PATIENCE_S)
        released = pool.submit(service.release, context)
        established = pool.submit(service.establish)
        for change in (released, established):
            change.add_done_callback(lambda _: came.set())
        let_go.result(PATIENCE_S)
        assert alone == [True]
        released.result(PATIENCE_S)
        code, context = established.result(PATIENCE_S)
    assert code == service.SUCCESS
    service.release(context)


def test_a_card_that_is_never_let_go_holds_up_the_others_for_a_while_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator = fresh_simulator()
    use_socket(simulator.address)
    held, end = threading.Event(), threading.Event()

    def hangs(card: object, how: int) -> None:
        held.set()
        end.wait(PATIENCE_S)

    monkeypatch.setattr(scard, "SCardDisconnect", hangs)
    monkeypatch.setattr(service, "_TURN_S", 0.1)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(service.disconnect, 0)
        assert held.wait(PATIENCE_S)
        code, context = service.establish()
        end.set()
    assert code == service.SUCCESS
    service.release(context)


# --- the private pcscd --------------------------------------------------------------------------


def listening_ports() -> set[int]:
    """The TCP ports on which something waits for callers, of this network namespace."""
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text("ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A":
                ports.add(int(local.rpartition(":")[2], 16))
    return ports


def test_a_private_pcscd_listens_to_nobody_outside_and_leaves_nothing() -> None:
    private = PrivatePcscd()
    private.open()
    private.start()
    assert Path(private.socket_path).is_socket()
    with socket.create_server(("127.0.0.1", 0)) as seen:
        assert seen.getsockname()[1] in listening_ports()
    assert 35963 not in listening_ports()
    keeper = private._keeper
    assert keeper is not None
    children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text("ascii").split()
    assert len(children) == 1
    private.close()
    private.close()
    assert not Path(private.socket_path).exists()
    until(lambda: not Path(f"/proc/{children[0]}").exists())


def test_pcscd_dies_with_whoever_started_it() -> None:
    private = PrivatePcscd()
    private.open()
    private.start()
    keeper = private._keeper
    assert keeper is not None
    children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text("ascii").split()
    assert private._orders is not None
    private._orders.close()  # what the kernel does for a process that was killed
    until(lambda: keeper.poll() is not None)
    until(lambda: not Path(f"/proc/{children[0]}").exists())
    private.close()


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcscd, "_DRIVERS", ())
    with pytest.raises(NoSimulatorError, match="vsmartcard-vpcd"), running_rig("pcsc-smart-card"):
        pass
    private = PrivatePcscd()
    with pytest.raises(PcscdError, match="not open"):
        private.start()
    private.close()


def test_a_setting_names_the_services_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PCSCLITE_CSOCK_NAME", raising=False)
    use_socket("")
    assert "PCSCLITE_CSOCK_NAME" not in os.environ
