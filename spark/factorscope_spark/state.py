"""What a stream job knows beside its factors; written at once and whole after each batch: the job's only commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from . import npy
from .sgd import Rows

_RECORD = 3 * 8


@dataclass(frozen=True)
class State:
    """A batch is learnt once this says so. Spark's own log has the offsets of the batch that is named here.

    Spark writes down which ratings are in a batch before it hands the batch over, and hands the same over again after
    a kill. A batch that is named here already is passed by. So each rating is learnt exactly once.
    """

    # Spark's number of the last batch, and the version of the factors after it.
    spark_batch: int = -1
    version: int = 0
    # Batches, ratings and their sum, as far as they were learnt.
    batches: int = 0
    learnt: int = 0
    total: float = 0.0
    first_mean: float = 0.0
    # Of what was learnt, ratings that came through the inbox.
    own: int = 0
    # Ratings held out so far, and lines that were no ratings.
    held: int = 0
    refused: int = 0
    # Seconds of learning.
    seconds: float = 0.0
    # Learners that go on, and why the others do not.
    alive: tuple[str, ...] = ()
    ended: dict[str, str] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        """μ of all that was learnt."""
        return self.total / max(1, self.learnt)

    def learning(self, values: Rows) -> State:
        """The state with another batch in it."""
        total, learnt = self.total + float(values.sum()), self.learnt + len(values)
        first = self.first_mean if self.batches else total / learnt
        return replace(self, batches=self.batches + 1, learnt=learnt, total=total, first_mean=first)

    @staticmethod
    def read(folder: Path) -> State:
        """What was committed last, or the beginning."""
        path = folder / "state.json"
        if not path.exists():
            return State()
        told = json.loads(path.read_text())
        return State(**{**told, "alive": tuple(told["alive"])})

    def commit(self, folder: Path) -> None:
        """Makes it so."""
        npy.replace(folder / "state.json", json.dumps(asdict(self)).encode())


class HeldOut:
    """Ratings that were held out, in a file that grows: rows of user, item, value."""

    def __init__(self, folder: Path, count: int) -> None:
        self._path = folder / "validation.bin"
        data = self._path.read_bytes()[: count * _RECORD] if self._path.exists() else b""
        # What came after the last commit will come again.
        self._path.write_bytes(data)
        self.rows: Rows = np.frombuffer(data).reshape(-1, 3)

    def append(self, rows: Rows) -> None:
        """Adds ratings."""
        if len(rows):
            with self._path.open("ab") as file:
                file.write(np.ascontiguousarray(rows, dtype=np.float64).tobytes())
            self.rows = np.concatenate([self.rows, rows])
