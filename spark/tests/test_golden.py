"""The four variants of the golden mini-batches, learnt by Spark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from given import Given, model
from pyspark.sql import SparkSession

from factorscope_spark.learner import Learner

SIDES = (("users", "user_ids", "b_user", "U"), ("items", "item_ids", "b_item", "P"))
GOLDEN = json.loads((Path(__file__).parent / "fixtures/minibatch.json").read_text())


def learner_of(params: dict[str, Any]) -> Learner:
    wanted = {
        "divides": params["divide"] == "batch-size",
        "clips": params["clamp"],
        "frozen-mean": params["mu"] == "frozen",
    }
    return Learner(
        name=params["name"],
        rank=GOLDEN["k"],
        learning_rate=params["gamma"],
        factor_rate=params["gamma"],
        lambda_=params["lam"],
        passes=params["iterations"],
        decay=params["rate"],
        step="summed",
        defects=frozenset(name for name, is_on in wanted.items() if is_on),
    )


def initial() -> Given:
    init = GOLDEN["init"]
    users = {x: [bias, *row] for x, (bias, row) in enumerate(zip(init["bu"], init["U"], strict=True))}
    items = {y: [bias, *row] for y, (bias, row) in enumerate(zip(init["bi"], init["P"], strict=True))}
    return Given(users, items)


def test_spark_learns_what_the_reference_does_in_all_four_variants(spark: SparkSession, tmp_path: Path) -> None:
    variants = GOLDEN["variants"]
    learners = [learner_of(variant["params"]) for variant in variants]
    learning = model(spark, tmp_path, learners, initial(), (0.5, 5))
    for number, batch in enumerate(GOLDEN["batches"]):
        learning.learn(batch)
        for side, ids, bias, factors in SIDES:
            rows = dict(learning.rows(side))
            for i, variant in enumerate(variants):
                expected = variant["after_batch"][number]
                assert sorted(rows) == expected[ids]
                wanted = [[b, *row] for b, row in zip(expected[bias], expected[factors], strict=True)]
                got = np.array([rows[one][i + 1][1:] for one in expected[ids]])
                assert np.abs(got - wanted).max() < 1e-6, variant["params"]["name"]
