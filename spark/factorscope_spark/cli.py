"""The command `factorscope-spark`."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyspark.sql import SparkSession

from .als import Settings, film
from .hold_out import held_out
from .learner import DEFECTS, STEPS, Learner, grid
from .npy import RunError
from .ratings import Ratings, read_ratings, read_titles
from .recommend import write
from .replay import publish
from .run_writer import RunWriter
from .session import KAFKA_SOURCE, session
from .sources import Files, Kafka, Source, cut, named
from .stream import Job, Pruning, Setup

Arguments = argparse.Namespace
Held = NDArray[np.bool_]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; what a user can mend is told in a line."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s")
    logging.getLogger(__package__).setLevel(logging.INFO)
    try:
        chosen.run(chosen)
    except (RunError, OSError) as error:
        print(f"factorscope-spark: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def als(chosen: Arguments) -> None:
    """`als`: Spark's own ALS."""
    ratings = read_ratings(chosen.ratings)
    held = held_out(ratings.users, ratings.items, chosen.hold_out, chosen.seed)
    settings = Settings(
        rank=chosen.rank[0],
        iterations=chosen.iterations,
        lambda_=chosen.lambda_[0],
        cold_start=chosen.cold_start,
        nonnegative=chosen.nonnegative,
        implicit=chosen.implicit,
        seed=chosen.seed,
        each=chosen.frames == "each",
    )
    spark = session(chosen.master)
    with _writer(chosen, ratings, held) as writer:
        run = writer.run(
            "ALS (Spark)", method="als", rank=settings.rank, holdOutShare=chosen.hold_out, **settings.config()
        )
        film(spark, ratings, held, settings, run)
    _zip(writer, chosen)


def stream(chosen: Arguments) -> None:
    """`stream`: mini-batch B-SGD, one learner."""
    _stream(chosen, [_learner(chosen)], None)


def search(chosen: Arguments) -> None:
    """`search`: several parameter sets at once, of which the least performant are stopped."""
    choices = {"rank": chosen.rank, "lambda_": chosen.lambda_, "learning_rate": chosen.learning_rate}
    learners = grid(_learner(chosen), {**choices, "factor_rate": chosen.factor_rate})
    _stream(chosen, learners, Pruning(chosen.prune_every, chosen.keep))


def replay(chosen: Arguments) -> None:
    """`replay`: publishes a file of ratings to Kafka, so many every so many seconds."""
    ratings = read_ratings(chosen.ratings)
    order = ratings.in_time() if chosen.order == "time" else np.arange(len(ratings.values))
    publish(chosen.servers, chosen.topic, named(ratings, order), chosen.batch, chosen.seconds)


def recommend(chosen: Arguments) -> None:
    """`recommend`: the best items of every user, from the newest frame of a run."""
    write(Path(chosen.folder), chosen.of, Path(chosen.out), chosen.top, chosen.ratings)


def _stream(chosen: Arguments, learners: Sequence[Learner], pruning: Pruning | None) -> None:
    spark = session(chosen.master, {"spark.jars.packages": KAFKA_SOURCE} if chosen.source == "kafka" else None)
    setup = partial(
        Setup,
        learners,
        seed=chosen.seed,
        shards=chosen.shards,
        measured=chosen.measured,
        pruning=pruning,
        titles=_titles(chosen),
    )
    begin = contextmanager(_begin_replay if chosen.source == "replay" else _begin_listening)
    with begin(spark, chosen, setup) as (writer, job, source):
        inbox = Path(chosen.inbox) if chosen.inbox else None
        query = job.start(source, inbox=inbox, every=chosen.every)
        with _stopped_by_signals(job):
            job.wait(query)
        writer.counted(training_count=job.state.learnt, validation_count=job.state.held)
    _zip(writer, chosen)


@contextmanager
def _stopped_by_signals(job: Job) -> Iterator[None]:
    """The first signal ends the stream after its batch, not the program; a second one ends that."""
    ends = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in ends]

    def stop(*_: object) -> None:
        restore()
        job.stop()

    def restore() -> None:
        for number, handler in zip(ends, before, strict=True):
            signal.signal(number, handler)

    for number in ends:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()


# A job, what writes its run folder, and what it reads.
Begun = tuple[RunWriter, Job, Source]


def _begin_replay(spark: SparkSession, chosen: Arguments, setup: Callable[..., Setup]) -> Iterator[Begun]:
    """A file is known before it is replayed: its hold-out, numbers and batches are those of the tab."""
    ratings = read_ratings(_needed(chosen, "ratings"))
    held = held_out(ratings.users, ratings.items, chosen.hold_out, chosen.seed)
    order = ratings.in_time() if chosen.order == "time" else np.arange(len(ratings.values))
    training = order[~held[order]]
    with _writer(chosen, ratings, held) as writer:
        job = Job(spark, writer, setup(scale=ratings.scale, expected=len(training)))
        kept = np.random.default_rng(chosen.seed).permutation(np.flatnonzero(held))
        job.hold_out(np.stack([ratings.users[kept], ratings.items[kept], ratings.values[kept]], axis=1))
        if chosen.batch_als and not writer.has_reference():
            _batch_als(spark, chosen, ratings, held, writer)
        yield writer, job, cut(ratings, training, chosen.batch, job.folder / "replay")


def _batch_als(spark: SparkSession, chosen: Arguments, ratings: Ratings, held: Held, writer: RunWriter) -> None:
    """The dashed line."""
    name = "Batch ALS (Spark)"
    settings = Settings(rank=chosen.rank[0], each=False)
    run = writer.run(name, method="als", rank=settings.rank, **settings.config())
    error = film(spark, ratings, held, settings, run)["validationRmse"]
    if error is not None:
        writer.reference(name, "validation", "rmse", error)


def _begin_listening(spark: SparkSession, chosen: Arguments, setup: Callable[..., Setup]) -> Iterator[Begun]:
    """What will come is not known: it is numbered, and held out by its hash, as it comes."""
    least, most = (float(end) for end in chosen.scale.split(","))
    source: Source
    if chosen.source == "kafka":
        source = Kafka(_needed(chosen, "servers"), _needed(chosen, "topic"), chosen.batch)
    else:
        source = Files(Path(_needed(chosen, "ratings")), chosen.format)
    words = f"by hash, {chosen.hold_out:g} of what comes"
    with RunWriter(chosen.folder, name=chosen.topic or chosen.ratings, scale=(least, most), hold_out=words) as writer:
        yield writer, Job(spark, writer, setup(scale=(least, most), hold_out_share=chosen.hold_out)), source


def _writer(chosen: Arguments, ratings: Ratings, held: Held) -> RunWriter:
    """A run folder of a file, with its users and items by the tab's numbers."""
    counts: dict[str, Any] = {
        "rating_count": len(held),
        "training_count": int((~held).sum()),
        "validation_count": int(held.sum()),
    }
    writer = RunWriter(chosen.folder, name=ratings.name, scale=ratings.scale, hold_out="random", **counts)
    titles = _titles(chosen)
    for side, ids in (("user", ratings.user_ids), ("item", ratings.item_ids)):
        rest = ids[writer.named(side) :]
        writer.name_rows(side, rest, [titles.get(one) for one in rest] if side == "item" else None)
    return writer


def _titles(chosen: Arguments) -> dict[str, str]:
    return read_titles(Path(chosen.titles)) if chosen.titles else {}


def _learner(chosen: Arguments) -> Learner:
    return Learner(
        rank=chosen.rank[0],
        learning_rate=chosen.learning_rate[0],
        factor_rate=chosen.factor_rate[0],
        lambda_=chosen.lambda_[0],
        passes=chosen.passes,
        decay=chosen.decay,
        step=chosen.step,
        defects=frozenset(chosen.defects),
        seed=chosen.seed,
    )


def _zip(writer: RunWriter, chosen: Arguments) -> None:
    if chosen.zip:
        writer.zip(chosen.zip)


def _needed(chosen: Arguments, name: str) -> str:
    value = getattr(chosen, name)
    if not value:
        raise RunError(f"--{name} is needed to stream from {chosen.source}" if name != "ratings" else "which ratings?")
    return str(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("factorscope-spark", description="Factorscope's experiment on Apache Spark.")
    commands = parser.add_subparsers(required=True)
    common = _common()
    one = commands.add_parser("als", parents=[common], help="batch ALS, by Spark's own", description=als.__doc__)
    one.set_defaults(run=als)
    one.add_argument("ratings", help="a file of ratings, or: sample")
    _model(one, several=False, lambda_=0.1)
    one.add_argument("--iterations", type=int, default=10)
    one.add_argument("--cold-start", choices=("nan", "drop"), default="drop")
    one.add_argument("--nonnegative", action="store_true")
    one.add_argument("--implicit", action="store_true")
    one.add_argument("--frames", choices=("each", "last"), default="each", help="each iteration is a fit of its own")
    for name, run, several in (("stream", stream, False), ("search", search, True)):
        two = commands.add_parser(name, parents=[common], help=run.__doc__, description=run.__doc__)
        two.set_defaults(run=run)
        _arriving(two)
        _sgd(two, several=several)
        if several:
            two.add_argument("--prune-every", type=int, default=10, metavar="BATCHES")
            two.add_argument("--keep", type=float, default=0.5, help="share of the learners that goes on")
    three = commands.add_parser("replay", help=replay.__doc__, description=replay.__doc__)
    three.set_defaults(run=replay)
    three.add_argument("ratings", help="a file of ratings, or: sample")
    three.add_argument("--servers", required=True, help="of Kafka")
    three.add_argument("--topic", required=True)
    three.add_argument("--batch", type=int, default=1000)
    three.add_argument("--seconds", type=float, default=5.0, help="from batch to batch; 0: as fast as can be")
    three.add_argument("--order", choices=("time", "file"), default="time")
    four = commands.add_parser("recommend", help=recommend.__doc__, description=recommend.__doc__)
    four.set_defaults(run=recommend)
    four.add_argument("folder", help="a run folder")
    four.add_argument("--of", default="run1", help="folder of the run in it")
    four.add_argument("--top", type=int, default=10)
    four.add_argument("--ratings", help="leave out what this file has")
    four.add_argument("--out", required=True, metavar="FILE")
    return parser


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--run", dest="folder", required=True, metavar="FOLDER", help="the run folder to write")
    common.add_argument("--zip", metavar="FILE", help="a run file of it, in the end")
    common.add_argument("--master", default="local[2]", help="of Spark")
    common.add_argument("--hold-out", type=float, default=0.2, metavar="SHARE")
    common.add_argument("--seed", type=int, default=1)
    common.add_argument("--titles", metavar="FILE", help="CSV of item ids and titles")
    return common


def _arriving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ratings", nargs="?", help="a file to be replayed, or: sample; or a folder of files")
    parser.add_argument("--from", dest="source", choices=("replay", "files", "kafka"), default="replay")
    parser.add_argument("--batch", type=int, default=1000, help="ratings in a batch (files: a file)")
    parser.add_argument("--order", choices=("time", "file"), default="time")
    parser.add_argument("--every", metavar="TIME", help="goes on for ever, a batch every so often: '5 seconds'")
    parser.add_argument("--format", choices=("json", "csv"), default="json", help="of the files of a folder")
    parser.add_argument("--scale", default="0.5,5", help="least and greatest rating, where no file says it")
    parser.add_argument("--servers", help="of Kafka")
    parser.add_argument("--topic", help="of Kafka")
    parser.add_argument("--inbox", metavar="FOLDER", help="ratings dropped here are in the next batch")
    parser.add_argument("--shards", type=int, default=4, help="parts of the factors")
    parser.add_argument("--measured", type=int, default=20_000, help="held-out ratings that a batch is measured on")
    parser.add_argument("--batch-als", action="store_true", help="fit batch ALS first: the dashed line")


def _model(parser: argparse.ArgumentParser, *, several: bool, lambda_: float) -> None:
    many: dict[str, Any] = {"nargs": "+"} if several else {"nargs": 1}
    parser.add_argument("--rank", type=int, default=[10], **many)
    parser.add_argument("--lambda", dest="lambda_", type=float, default=[lambda_], **many)


def _sgd(parser: argparse.ArgumentParser, *, several: bool) -> None:
    usual = Learner()
    many: dict[str, Any] = {"nargs": "+"} if several else {"nargs": 1}
    _model(parser, several=several, lambda_=usual.lambda_)
    parser.add_argument("--learning-rate", type=float, default=[usual.learning_rate], help="γ of biases", **many)
    parser.add_argument("--factor-rate", type=float, default=[usual.factor_rate], help="γ of factors", **many)
    parser.add_argument("--passes", type=int, default=usual.passes)
    parser.add_argument("--decay", type=float, default=usual.decay)
    parser.add_argument("--step", choices=STEPS, default=usual.step)
    parser.add_argument("--defects", nargs="*", choices=DEFECTS, default=[], help="of the published code")
