"""The suite's workers are forked from a process that has imported the tests, once for all of them.

xdist starts each worker as an interpreter of its own, which imports every test and with them nearly
everything there is: of some eleven processor seconds before a worker's first test, eight. Here the main
process does that before it has a thread, and forks. A worker that is started later, in the place of one
that died, is an interpreter of its own again. What can't be imported is left to the workers: they report it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import random
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest
from execnet import gateway_io
from execnet.gateway_base import Popen2IO


class ForkedIO(Popen2IO):
    """The main process's end of a forked worker, as execnet wants it."""

    def __init__(self, pid: int, to_worker: int, from_worker: int, execmodel: Any) -> None:
        super().__init__(
            os.fdopen(to_worker, "wb"), os.fdopen(from_worker, "rb"), execmodel=execmodel
        )
        self._pid = pid

    def wait(self) -> int | None:
        with contextlib.suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return None

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


class ForkedWorkers:
    """In the main process: forks as many workers as xdist wants, and hands them to it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._ready: list[tuple[int, int, int]] = []

    def pytest_xdist_setupnodes(self, specs: Sequence[Any]) -> None:
        gc.disable()
        self._import_tests()
        gc.freeze()
        gc.enable()
        for _ in specs:
            self._ready.append(self._fork())
        usual = gateway_io.create_io

        def create_io(spec: Any, execmodel: Any) -> Any:
            if not self._ready:
                return usual(spec, execmodel)
            return ForkedIO(*self._ready.pop(0), execmodel)

        gateway_io.create_io = create_io

    def _import_tests(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for path in self._test_files():
                if str(path.parent) not in sys.path:
                    sys.path.insert(0, str(path.parent))
                # What can't be imported is named by the worker that collects it, as without this.
                with contextlib.suppress(Exception, pytest.skip.Exception):
                    importlib.import_module(path.stem)

    def _test_files(self) -> Iterator[Path]:
        for argument in self._config.args:
            path = (self._config.invocation_params.dir / argument.split("::")[0]).resolve()
            yield from sorted(path.rglob("test_*.py")) if path.is_dir() else [path]

    def _fork(self) -> tuple[int, int, int]:
        for_worker, to_worker = os.pipe()
        from_worker, for_main = os.pipe()
        pid = os.fork()
        if pid == 0:
            for _, *ends in [*self._ready, (0, to_worker, from_worker)]:
                for end in ends:
                    os.close(end)
            serve(for_worker, for_main)
        os.close(for_worker)
        os.close(for_main)
        return pid, to_worker, from_worker


def serve(stdin: int, stdout: int) -> NoReturn:
    """Does in a forked process what execnet's line does in one of its own, then ends it."""
    code = 1
    try:
        for inherited, standard in ((stdin, 0), (stdout, 1)):
            os.dup2(inherited, standard)
            os.close(inherited)
        sys.stdin = sys.__stdin__ = os.fdopen(0, closefd=False)
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w", closefd=False)
        sys.stderr = sys.__stderr__
        logging.getLogger().handlers.clear()
        random.seed()
        sys.argv = ["-c"]
        sys.modules["__main__"] = main = ModuleType("__main__")
        exec(eval(sys.stdin.readline()), vars(main))
        code = 0
    finally:
        os._exit(code)
