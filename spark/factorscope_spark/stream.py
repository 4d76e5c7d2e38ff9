"""The post's streaming job on Structured Streaming: mini-batches, learnt, measured, and written to be watched."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.errors import StreamingQueryException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from . import lines
from .hold_out import held_out_on_arrival
from .learner import Learner
from .learning import TRAIN, VALIDATION, Errors, Work, learn, measure, narrow
from .npy import RunError
from .run_writer import Frame, Run, RunWriter
from .sgd import Batch, Ids, Initial, Layout, Rows, SmallNormal, mean_for, rating_unit, star_unit
from .sources import Source, arriving
from .state import HeldOut, State
from .store import Shard, forget_after, shard_folder

LOG = logging.getLogger(__name__)

# An error beyond this many rating spans is divergence.
DIVERGENCE = 10


@dataclass(frozen=True)
class Pruning:
    """Who stops: after every so many batches, all but a share of those that are left, the best by validation RMSE."""

    every: int
    keep: float = 0.5

    def left(self, count: int) -> int:
        """How many of so many go on."""
        return max(1, math.ceil(self.keep * count))


@dataclass(frozen=True)
class Arrived:
    """What came with a batch, without what is held out: user, item, value, by numbers."""

    rows: Rows
    # Of them, how many came through the inbox, and in which messages.
    own: int
    messages: Sequence[str]
    # Lines that were no ratings.
    refused: int


@dataclass(frozen=True)
class Setup:
    """What a stream job is to do."""

    learners: Sequence[Learner]
    scale: tuple[float, float] | tuple[float, float, float]
    # Of ratings that nobody knows before they come; those of the inbox are always learnt.
    hold_out_share: float = 0.0
    seed: int = 1
    shards: int = 4
    # Held-out ratings that every batch is measured on, at most: the first.
    measured: int = 20_000
    pruning: Pruning | None = None
    # Of items, by id, where they are known.
    titles: Mapping[str, str] = field(default_factory=dict)
    # All that the source will give, where that is known: the last batch then comes with a frame.
    expected: int | None = None


class Job:
    """A stream being learnt. Whatever it keeps is in a folder, beside the run that is watched."""

    def __init__(self, spark: SparkSession, writer: RunWriter, setup: Setup, initial: Initial | None = None) -> None:
        self._spark = spark
        self._writer = writer
        self._setup = setup
        self.folder = writer.folder / "job"
        self.folder.mkdir(exist_ok=True)
        self._store = self.folder / "factors"
        self.state = State.read(self.folder)
        forget_after(self._store, self.state.version)
        if self.state.spark_batch < 0:
            self.state = replace(self.state, alive=tuple(learner.name for learner in setup.learners))
        self._span = setup.scale[1] - setup.scale[0] or 1.0
        self._unit = rating_unit(self._span)
        self._initial = initial or SmallNormal(self._span, self._unit)
        self._held = HeldOut(self.folder, self.state.held)
        self._ids = {side: _numbers(writer.folder / f"{side}s.ndjson") for side in ("user", "item")}
        self._runs = {one.name: _run(writer, one) for one in setup.learners}
        self._stopping, self._learning = threading.Event(), threading.Lock()

    def hold_out(self, rows: Rows) -> None:
        """Holds these ratings (user, item, value, by their numbers) out; once, before anything is learnt."""
        if self.state.held == 0 and self.state.batches == 0:
            self._held.append(rows)
            self.state = replace(self.state, held=len(rows))
            self.state.commit(self.folder)

    def start(self, source: Source, *, inbox: Path | None, every: str | None) -> StreamingQuery:
        """Begins to listen.

        :param every: time between batches, such as "5 seconds"; None: as fast as they are learnt, until all is there
        """
        ratings = arriving(self._spark, source, inbox)
        query = ratings.writeStream.foreachBatch(self.take).option("checkpointLocation", str(self.folder / "offsets"))
        triggered = query.trigger(processingTime=every) if every else query.trigger(availableNow=True)
        return triggered.start()

    def take(self, arrived: DataFrame, number: int) -> None:
        """Learns a batch as Spark hands it over, unless it was learnt already."""
        with self._learning:
            if self._stopping.is_set():
                # Were it to return, Spark would take the batch for learnt.
                raise RunError("stopped before this batch")
            if number > self.state.spark_batch:
                self._take(arrived, number)

    def stop(self) -> None:
        """Asks for the end of the stream, after the batch that is being learnt."""
        self._stopping.set()

    def wait(self, query: StreamingQuery) -> None:
        """Waits until the stream is at its end, or was stopped."""
        try:
            while not query.awaitTermination(1):
                # In the middle of a batch Spark would tear it apart. One that begins just now refuses to.
                if self._stopping.is_set() and not self._learning.locked():
                    query.stop()
        except StreamingQueryException:
            if not self._stopping.is_set():
                raise

    def _take(self, arrived: DataFrame, number: int) -> None:
        came = self._numbered(arrived.toArrow())
        before = self.state
        state = replace(
            before,
            spark_batch=number,
            own=before.own + came.own,
            refused=before.refused + came.refused,
            held=len(self._held.rows),
        )
        self.state = self._learn(came, state) if len(came.rows) else state
        # Told again after a kill, it is told twice: nobody counts it.
        self._writer.rated(came.rows[:, 0], came.rows[:, 1])
        self.state.commit(self.folder)

    def _numbered(self, arrived: pa.Table) -> Arrived:
        """What is to be learnt, by numbers; keeps what is held out."""
        least, most = self._setup.scale[:2]
        whole = arrived.filter(pc.and_(arrived["user"].is_valid(), arrived["item"].is_valid()))
        values = whole["value"].to_numpy()
        good = whole.filter(pa.array((values >= least) & (values <= most)))
        users, items = (self._number(side, good[side].to_pylist()) for side in ("user", "item"))
        held = held_out_on_arrival(users, items, self._setup.hold_out_share, self._setup.seed)
        own = good["own"].to_numpy()
        held &= ~own
        rows = np.stack([users, items, good["value"].to_numpy()], axis=1)
        self._held.append(rows[held])
        messages = sorted(set(good["message"].drop_null().to_pylist()))
        return Arrived(rows[~held], int(own.sum()), messages, len(arrived) - len(good))

    def _number(self, side: str, ids: Sequence[str]) -> Ids:
        known = self._ids[side]
        new = [one for one in dict.fromkeys(ids) if one not in known]
        for one in new:
            known[one] = len(known)
        if new:
            titles = [self._setup.titles.get(one) for one in new] if side == "item" else None
            self._writer.name_rows(side, new, titles)
        return np.array([known[one] for one in ids], dtype=np.int64)

    def _learn(self, came: Arrived, before: State) -> State:
        rows = came.rows
        state = before.learning(rows[:, 2])
        work = self._work(state, len(rows))
        began = time.monotonic()
        work = learn(self._spark.createDataFrame(_table(rows)), work)
        seconds = state.seconds + time.monotonic() - began
        errors = self._measure(rows, work)
        state = replace(state, version=work.version, seconds=seconds)
        self._tell(work, state, errors, came.messages)
        scores = (f"{one.rmse:.4f}" if one.rmse is not None else "–" for one in errors[VALIDATION])
        LOG.info("batch %d · %d ratings · validation RMSE %s", state.batches, state.learnt, ", ".join(scores))
        return self._ended(work, state, errors)

    def _learners(self, state: State) -> list[Learner]:
        return [one for one in self._setup.learners if one.name in state.alive]

    def _work(self, state: State, ratings: int) -> Work:
        learners = self._learners(state)
        means = tuple(mean_for(one, state.first_mean, state.mean) / self._unit for one in learners)
        scale = (self._setup.scale[0] / self._unit, self._setup.scale[1] / self._unit)
        batch = Batch(state.batches, ratings, means, scale, self._unit, star_unit(*self._setup.scale))
        return Work(self._store, self._setup.shards, state.version, Layout(learners), self._initial, batch)

    def _measure(self, rows: Rows, work: Work) -> dict[int, list[Errors]]:
        """Errors on the batch that was just learnt, and on what is held out."""
        held = self._held.rows[: self._setup.measured]
        table = _table(np.concatenate([rows, held]))
        parts = np.repeat([TRAIN, VALIDATION], [len(rows), len(held)])
        return measure(self._spark.createDataFrame(table.append_column("part", pa.array(parts, pa.int64()))), work)

    def _tell(self, work: Work, state: State, errors: dict[int, list[Errors]], messages: Sequence[str]) -> None:
        """Writes a moment of every learner, and a frame of those that want one; of all where somebody waits for it."""
        is_awaited = len(messages) > 0 or state.learnt - state.own == self._setup.expected
        runs = [self._runs[learner.name] for learner in work.layout.learners]
        frames = self._frames(work) if is_awaited or any(run.wants_frame() for run in runs) else None
        for i, run in enumerate(runs):
            train, validation = errors[TRAIN][i], errors[VALIDATION][i]
            columns = {"trainRmse": train.rmse, "trainMae": train.mae}
            columns |= {"validationRmse": validation.rmse, "validationMae": validation.mae}
            wanted = frames[i] if frames and (is_awaited or run.wants_frame()) else None
            run.add(
                state.batches,
                frame=wanted if wanted and wanted.is_finite() else None,
                messages=messages,
                observations=state.learnt,
                seconds=round(state.seconds, 3),
                **{name: value if value is None or math.isfinite(value) else None for name, value in columns.items()},
            )

    def _frames(self, work: Work) -> list[Frame]:
        """Factors and biases of everybody by now, for each learner, in rating units; who is not known has zeros."""
        users, items = (self._whole(side, name, work) for side, name in (("users", "user"), ("items", "item")))
        root = math.sqrt(self._unit)
        return [
            Frame(u[:, 1:] * root, i[:, 1:] * root, u[:, 0] * self._unit, i[:, 0] * self._unit, mean * self._unit)
            for u, i, mean in zip(users, items, work.batch.means, strict=True)
        ]

    def _whole(self, side: str, name: str, work: Work) -> list[Rows]:
        """Bias and factors of all users or items, for each learner, in the model's unit."""
        shards = (Shard(shard_folder(work.store, side, n), work.version).all() for n in range(work.shards))
        table = np.concatenate([shard for shard in shards if len(shard)])
        ids, rows = table[:, 0].astype(np.int64), table[:, 1:]
        wholes: list[Rows] = []
        for learner, at in zip(work.layout.learners, work.layout.slices, strict=True):
            known = work.layout.knows(rows, learner, work.batch.number)
            whole: Rows = np.zeros((len(self._ids[name]), 1 + learner.rank))
            whole[ids[known]] = rows[known, at.start + 1 : at.stop]
            wholes.append(whole)
        return wholes

    def _ended(self, work: Work, state: State, errors: dict[int, list[Errors]]) -> State:
        """Stops who diverged, and who is pruned."""
        names = [learner.name for learner in work.layout.learners]
        ended = {
            name: f"diverged in batch {state.batches}"
            for name, train in zip(names, errors[TRAIN], strict=True)
            if not (train.largest or 0.0) <= DIVERGENCE * self._span
        }
        pruning = self._setup.pruning
        if pruning and state.batches % pruning.every == 0:
            scores = {
                n: e.rmse if e.rmse is not None else math.inf for n, e in zip(names, errors[VALIDATION], strict=True)
            }
            ranked = sorted((name for name in names if name not in ended), key=lambda name: scores[name])
            ended |= dict.fromkeys(ranked[pruning.left(len(ranked)) :], f"pruned after batch {state.batches}")
        if not ended:
            return state
        for name, why in ended.items():
            self._runs[name].end(why)
        alive = tuple(name for name in state.alive if name not in ended)
        if not alive:
            raise RunError("; ".join(f"{name} {why}" for name, why in ended.items()))
        work = narrow(self._spark, work, [one for one in work.layout.learners if one.name in alive])
        return replace(state, version=work.version, alive=alive, ended={**state.ended, **ended})


def _run(writer: RunWriter, learner: Learner) -> Run:
    return writer.run(learner.name, method="mini-batch", rank=learner.rank, **learner.config())


def _numbers(path: Path) -> dict[str, int]:
    return {row["id"]: number for number, row in enumerate(lines.read(path))}


def _table(rows: Rows) -> pa.Table:
    users, items = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)
    return pa.table({"user": users, "item": items, "value": np.ascontiguousarray(rows[:, 2])})
