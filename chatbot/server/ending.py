"""How a process that another one started ends."""

import atexit
import multiprocessing
import os
import signal


def end_at_once() -> None:
    """Has this process end as soon as what was registered to be done at its end is done.

    Python would then take the modules of the model apart for seconds. What is registered first is done last.
    """
    atexit.register(os._exit, 0)


def end_with_parent() -> None:
    """Waits for the end of the process that started this one, and ends this one too, in order."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
