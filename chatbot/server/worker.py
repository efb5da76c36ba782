"""One process that answers: what granian calls in it to get the application."""

import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from wsgiref.types import WSGIApplication

from chatbot.errors import ChatbotError, ServerError
from chatbot.server.ending import end_at_once, end_with_parent
from chatbot.server.reports import Failed, Ready
from chatbot.settings import Settings

QUIET_SECONDS = 10.0
"""A worker that can't begin ends this long after its start: granian takes ends within 5.5 seconds for a loop of crashes
and would stop the workers that do answer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """Given to each new process: the settings, the folder of the counters, and where to report."""

    settings: Settings
    numbers: Path
    reports: Connection

    def __call__(self) -> WSGIApplication:
        """The application, with all that it needs loaded and used once."""
        began = time.monotonic()
        end_at_once()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes; the first one ends the others
        threading.Thread(target=end_with_parent, name="end-with-parent", daemon=True).start()
        try:
            app = self._load()
        except Exception as error:
            told = error if isinstance(error, ChatbotError) else unexpected(error)
            self.reports.send(Failed(os.getpid(), told))
            time.sleep(max(0.0, QUIET_SECONDS - (time.monotonic() - began)))
            raise SystemExit(1) from None
        self.reports.send(Ready(os.getpid(), time.monotonic() - began))
        return app

    def _load(self) -> WSGIApplication:
        # Both are read when NumPy, torch and prometheus_client are imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(self.numbers)
        if self.settings.workers > 1:
            os.environ.setdefault("OMP_NUM_THREADS", "1")
        from chatbot.engine import load_engine  # noqa: PLC0415
        from chatbot.server.loads import Loads  # noqa: PLC0415
        from chatbot.server.responses import sharing, whole  # noqa: PLC0415
        from chatbot.web import create_app  # noqa: PLC0415
        from chatbot.web.warming import warm  # noqa: PLC0415

        engine = load_engine(self.settings, log.warning, may_build=False)
        app = create_app(self.settings, engine)
        warm(app, engine)
        return sharing(whole(app), Loads(self.numbers)) if self.settings.workers > 1 else whole(app)


def unexpected(error: Exception) -> ServerError:
    """An error that nobody foresaw, such as a package that is not installed, in one line."""
    told = " ".join(str(error).split())
    return ServerError(f"a worker can't begin ({type(error).__name__}: {told})", mend="install the package anew")
