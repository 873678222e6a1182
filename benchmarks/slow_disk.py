"""A disk whose flushes take longer, for every library alike: a preloaded shim before the system's
``fsync`` and ``fdatasync``. Needs a C compiler."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

_SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
static void dawdle(void) {
  const char *ms = getenv("SLOW_FLUSH_MS");
  double wait = ms ? atof(ms) : 0;
  struct timespec t = {(time_t)(wait / 1000), (long)(wait * 1e6) % 1000000000L};
  nanosleep(&t, NULL);
}
int fsync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  dawdle();
  return real(fd);
}
int fdatasync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  dawdle();
  return real(fd);
}
"""


def run_again_with_slow_flushes(extra_ms: float) -> None:
    """Replace this process by itself with ``extra_ms`` added to each flush; once."""
    if not extra_ms or "SLOW_FLUSH_MS" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="slow-disk-"))
    source, shim = folder / "shim.c", folder / "shim.so"
    source.write_text(_SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    environment = {**os.environ, "LD_PRELOAD": str(shim), "SLOW_FLUSH_MS": str(extra_ms)}
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)
