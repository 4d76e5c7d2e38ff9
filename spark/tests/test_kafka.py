"""Ratings through a real Kafka broker: published, learnt, and learnt on from where it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from broker import broker
from process import run_to_the_end
from small import RATINGS, last_frame, moments, state, write_small

from factorscope_spark.cli import main
from factorscope_spark.hold_out import held_out_on_arrival
from factorscope_spark.ratings import read_ratings

# A batch, of which the file has two.
LARGE = RATINGS // 2


def test_what_is_published_is_learnt_exactly_once_and_goes_on_where_it_was(tmp_path: Path) -> None:
    small = write_small(tmp_path / "small.csv")
    folder = tmp_path / "run"
    with broker(tmp_path) as servers:
        topic = ["--servers", servers, "--topic", "ratings"]
        command = ["stream", "--from", "kafka", *topic, "--run", str(folder), "--batch", str(LARGE), "--shards", "2"]
        for times in (1, 2):
            assert main(["replay", str(small), *topic, "--batch", "100", "--seconds", "0"]) == 0
            run_to_the_end([*command, "--rank", "3", "--master", "local[2]"])
            told = state(folder)
            assert (told.learnt + told.held, told.refused) == (times * RATINGS, 0)
            assert told.batches == len(moments(folder)) == times * RATINGS // LARGE
    # What came is what was published, and was held out by the same hashes as in a tab.
    ratings = read_ratings(small)
    assert np.isclose(told.total + held_sum(ratings.values, ratings.users, ratings.items), 2 * ratings.values.sum())
    assert len(last_frame(folder)["userFactors"]) == len(ratings.user_ids)


def held_sum(values: np.ndarray, users: np.ndarray, items: np.ndarray) -> float:
    """Sum of what was held out of a file that came twice."""
    return 2 * float(values[held_out_on_arrival(users, items, 0.2, 1)].sum())
