"""The seven defects of the post's published code, learnt by Spark as the app's own lab learns them, batch by batch.

The fixture is what src/sessions/spark-lab.test.ts records of the lab, and finds again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from given import Given, Model, model
from pyspark.sql import SparkSession

from factorscope_spark.learner import DEFECTS, Learner
from factorscope_spark.sgd import star_unit

LAB = json.loads((Path(__file__).parent / "fixtures/defects.json").read_text())
RANK = LAB["rank"]
SIDES = (("users", "userBias", "userFactors"), ("items", "itemBias", "itemFactors"))


def learner_of(case: dict[str, Any]) -> Learner:
    return Learner(
        name=f"{case['passes']} {case['defects']}",
        rank=RANK,
        learning_rate=LAB["learningRate"],
        factor_rate=LAB["factorRate"],
        lambda_=LAB["lambda"],
        passes=case["passes"],
        decay=LAB["decay"],
        defects=frozenset(case["defects"]),
    )


def given(first: dict[str, list[float]]) -> Given:
    users, items = (np.array(first[name]).reshape(-1, RANK) for name in ("userFactors", "itemFactors"))
    with_bias = [{x: [0.0, *row] for x, row in enumerate(rows)} for rows in (users, items)]
    return Given(*with_bias)


def differences(learning: Model, cases: list[dict[str, Any]], batch: int) -> dict[str, float]:
    """How far each learner is at most from the lab, on whom it knows; and that it knows those whom the lab knows."""
    layout = learning.work.layout
    worst = dict.fromkeys((learner.name for learner in layout.learners), 0.0)
    for side, bias, factors in SIDES:
        rows = dict(learning.rows(side))
        for i, (case, learner) in enumerate(zip(cases, layout.learners, strict=True)):
            after = case["batches"][batch]
            lab = np.array(after[factors]).reshape(-1, RANK)
            for one, known in enumerate(after["known"][side]):
                mine = rows.get(one)
                assert bool(known) == (mine is not None and bool(layout.knows(mine[0][None], learner, batch + 1)[0]))
                if known and mine is not None:
                    row = np.array([after[bias][one], *lab[one]])
                    worst[learner.name] = max(worst[learner.name], float(np.abs(mine[i + 1][1:] - row).max()))
    return worst


def test_every_defect_and_all_of_them_together_are_those_of_the_lab(spark: SparkSession, tmp_path: Path) -> None:
    assert {defect for case in LAB["cases"] for defect in case["defects"]} == set(DEFECTS)
    for number, unit in enumerate(sorted({case["unit"] for case in LAB["cases"]})):
        cases = [case for case in LAB["cases"] if case["unit"] == unit]
        scale = cases[0]["scale"]
        learners = [learner_of(case) for case in cases]
        ends = (scale["min"], scale["max"])
        learning = model(
            spark,
            tmp_path / str(number),
            learners,
            given(cases[0]["first"]),
            ends,
            unit,
            star_unit(*ends, scale["step"]),
        )
        for batch, after in enumerate(cases[0]["batches"]):
            learning.learn(after["ratings"])
            means = [case["batches"][batch]["mean"] for case in cases]
            assert np.abs(np.array(learning.work.batch.means) - means).max() < 1e-8
            worst = differences(learning, cases, batch)
            assert max(worst.values()) < 1e-6, worst
