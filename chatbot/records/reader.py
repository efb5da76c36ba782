"""The database -> what maintainers read; it holds nothing that is older than the days to keep."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from chatbot.embedder import Embedder
from chatbot.errors import RecordsError
from chatbot.records.database import reading
from chatbot.records.store import (
    AnswerCount,
    OpenQuestion,
    SectionCount,
    answer_counts,
    open_questions,
    section_counts,
)
from chatbot.records.writer import reason

Floats = npt.NDArray[np.float32]

MOST_REMEMBERED = 5000


class Reader:
    """Reads counts and questions. Each method raises RecordsError where the database can't be read."""

    def __init__(self, engine: Engine, keep_days: int, today: Callable[[], date]) -> None:
        self._engine = engine
        self._keep = timedelta(days=keep_days)
        self._today = today

    def answers(self, days: int) -> list[AnswerCount]:
        """The counts of the last `days` days, today's too, the oldest first."""
        with self._connection() as connection:
            return answer_counts(connection, self._since(days))

    def sections(self, days: int, most: int) -> list[SectionCount]:
        """The sections quoted most in the last `days` days."""
        with self._connection() as connection:
            return section_counts(connection, self._since(days), most)

    def questions(self, most: int) -> list[OpenQuestion]:
        """The newest questions that are kept."""
        with self._connection() as connection:
            return open_questions(connection, self._today() - self._keep, most)

    def _since(self, days: int) -> date:
        return self._today() - min(timedelta(days=days - 1), self._keep)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with reading(self._engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise RecordsError(
                f"the database of questions can't be read ({reason(error)})", mend="check CHATBOT_DATABASE"
            ) from error


class RememberedVectors:
    """An embedder that embeds each text once, as long as it is among the last thousands."""

    def __init__(self) -> None:
        self._rows: OrderedDict[tuple[str, str], Floats] = OrderedDict()

    def of(self, embedder: Embedder, texts: Sequence[str]) -> Floats:
        """(n, d) float32 rows of unit length. Raises EmbedderError."""
        missing = [text for text in dict.fromkeys(texts) if (embedder.name, text) not in self._rows]
        fresh = dict(zip(missing, embedder.queries(missing), strict=True))
        rows = [fresh[text] if text in fresh else self._rows[embedder.name, text] for text in texts]
        for text, row in fresh.items():
            self._rows[embedder.name, text] = row
        while len(self._rows) > MOST_REMEMBERED:
            self._rows.popitem(last=False)
        return np.stack(rows)
