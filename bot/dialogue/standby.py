"""Serving that survives its own death: a loaded parent that only waits, and a forked child that serves.

Loading Rasa and the model takes some ten seconds of CPU. The parent does it once; when the child dies, the next one is
forked in milliseconds and shares the parent's memory. Linux only, as is everything here.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

QUICK_DEATH_SECONDS = 5.0
QUICK_DEATHS = 5
_PR_SET_PDEATHSIG = 1


def keep_serving(serve: Callable[[], None]) -> int:
    """Run `serve` in a child, again whenever it dies, until told to stop; the exit code for this process.

    A child that dies QUICK_DEATHS times in a row soon after its start ends this process too: whoever watches it starts
    it from nothing.
    """
    keeper = _Keeper()
    signal.signal(signal.SIGTERM, keeper.stop)
    signal.signal(signal.SIGINT, keeper.stop)
    gc.collect()
    gc.freeze()  # so that collections in the child don't copy every page they look at
    quick_deaths = 0
    while quick_deaths < QUICK_DEATHS:
        began = time.monotonic()
        code = keeper.run(serve)
        if keeper.stopping:
            return 0
        quick_deaths = quick_deaths + 1 if time.monotonic() - began < QUICK_DEATH_SECONDS else 0
        log.warning("the serving process ended with %d; the next one takes over", code)
        time.sleep(0.1 * quick_deaths)
    return 1


class _Keeper:
    def __init__(self) -> None:
        self.stopping = False
        self._child = 0

    def run(self, serve: Callable[[], None]) -> int:
        parent = os.getpid()
        self._child = os.fork()
        if self._child == 0:
            _become_child(parent, serve)
        _, status = os.waitpid(self._child, 0)
        return os.waitstatus_to_exitcode(status)

    def stop(self, number: int, _: object) -> None:
        self.stopping = True
        if self._child:
            try:
                os.kill(self._child, number)
            except ProcessLookupError:
                return


def _become_child(parent: int, serve: Callable[[], None]) -> None:
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            serve()
            code = 0
    except Exception:
        log.exception("the serving process failed")
    finally:
        os._exit(code)
