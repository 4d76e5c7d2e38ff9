"""Spark's own ALS, filmed: its errors are those of its frames."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from pyspark.sql import SparkSession
from small import last_frame, moments, write_small

from factorscope_spark import RunWriter
from factorscope_spark.als import Settings, film
from factorscope_spark.cli import main
from factorscope_spark.hold_out import held_out
from factorscope_spark.ratings import read_ratings


def test_the_command_films_it_and_its_errors_are_those_of_its_frames(spark: SparkSession, tmp_path: Path) -> None:
    small = write_small(tmp_path / "small.csv")
    (tmp_path / "titles.csv").write_text('movieId,title\n1,"First, the"\n')
    folder = tmp_path / "run"
    command = [
        "als",
        str(small),
        "--run",
        str(folder),
        "--rank",
        "3",
        "--iterations",
        "2",
        "--zip",
        str(tmp_path / "run.zip"),
    ]
    assert main([*command, "--titles", str(tmp_path / "titles.csv")]) == 0
    ratings = read_ratings(small)
    held = held_out(ratings.users, ratings.items, 0.2, 1)
    users, items = (np.load(folder / f"run1/000001.{side}Factors.npy").astype(float) for side in ("user", "item"))
    first, last = moments(folder)
    assert [first["step"], last["step"]] == [1, 2]
    for part, which in (("train", ~held), ("validation", held)):
        # Spark has factors of whom it was trained on; the others are dropped.
        known = which & users.any(axis=1)[ratings.users] & items.any(axis=1)[ratings.items]
        errors = ratings.values[known] - np.einsum("ij,ij->i", users[ratings.users[known]], items[ratings.items[known]])
        assert abs(np.sqrt(np.mean(errors**2)) - last[f"{part}Rmse"]) < 1e-5
        assert abs(np.abs(errors).mean() - last[f"{part}Mae"]) < 1e-5
    assert last["trainRmse"] < first["trainRmse"]
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["data"]["validationCount"] == 100
    assert "First, the" in (folder / "items.ndjson").read_text()
    assert (
        main(["recommend", str(folder), "--top", "3", "--ratings", str(small), "--out", str(tmp_path / "top.csv")]) == 0
    )
    with (tmp_path / "top.csv").open() as file:
        rows = list(csv.DictReader(file))
    rated = {(ratings.user_ids[x], ratings.item_ids[y]) for x, y in zip(ratings.users, ratings.items, strict=True)}
    assert len(rows) == 3 * int(users.any(axis=1).sum())
    assert not [row for row in rows if (row["user"], row["item"]) in rated]
    user = ratings.user_ids.index(rows[0]["user"])
    item = ratings.item_ids.index(rows[0]["item"])
    assert abs(float(rows[0]["prediction"]) - users[user] @ items[item]) < 1e-4


@pytest.mark.parametrize(
    ("settings", "is_measured"),
    [
        (Settings(rank=2, iterations=1, nonnegative=True), True),
        (Settings(rank=2, iterations=1, cold_start="nan"), False),
        (Settings(rank=2, iterations=1, implicit=True), False),
        # So many that a stack could not hold where their factors came from.
        (Settings(rank=2, iterations=12, each=False), True),
    ],
    ids=["nonnegative", "nan", "implicit", "many"],
)
def test_what_cannot_be_measured_is_not(
    spark: SparkSession, tmp_path: Path, settings: Settings, *, is_measured: bool
) -> None:
    ratings = read_ratings(write_small(tmp_path / "small.csv"))
    held = held_out(ratings.users, ratings.items, 0.5, 1)
    writer = RunWriter(tmp_path / "run", name="als", scale=ratings.scale)
    writer.name_rows("user", ratings.user_ids)
    writer.name_rows("item", ratings.item_ids)
    film(spark, ratings, held, settings, writer.run("ALS", method="als", rank=2, **settings.config()))
    (moment,) = moments(tmp_path / "run")
    assert moment["step"] == settings.iterations
    assert (moment["validationRmse"] is not None) == is_measured
    if settings.nonnegative:
        assert min(array.min() for name, array in last_frame(tmp_path / "run").items() if "Factors" in name) >= 0
