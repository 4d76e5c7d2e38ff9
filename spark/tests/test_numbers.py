"""What is the app's: the sample, the numbering, the hold-out; and reading files."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import numpy as np
import pytest

from factorscope_spark import RunError
from factorscope_spark.hold_out import held_out, held_out_on_arrival
from factorscope_spark.learner import Learner, grid
from factorscope_spark.ratings import read_ratings
from factorscope_spark.sample import sample
from factorscope_spark.store import Shard, forget_after, shard_folder

# Of the app's own sampleCsv(1), and of the pairs "x y" that its hold-out of 20 % with seed 1 keeps, sorted.
SAMPLE = "eec0dd91c461a9ebd197290f4b33cd6b7f4ff87bf41eb4bc03cc8cc50d2ddbee"
HELD_OUT = "fff42f9d448474235b6ac78c7f7e91022a44417d78e988aefa99c43f04fb0dd9"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_sample_and_its_hold_out_are_the_apps() -> None:
    rows = "".join(f"{user},{item},{value:g},{time}\n" for user, item, value, time in sample())
    assert digest(f"userId,movieId,rating,timestamp\n{rows}") == SAMPLE
    ratings = read_ratings("sample")
    held = held_out(ratings.users, ratings.items, 0.2, 1)
    pairs = sorted(f"{x} {y}" for x, y in zip(ratings.users[held], ratings.items[held], strict=True))
    assert (len(pairs), digest("\n".join(pairs))) == (12_000, HELD_OUT)
    on_arrival = held_out_on_arrival(ratings.users, ratings.items, 0.2, 1)
    # The same order of hashes; only the cut is a guess.
    assert not (held & ~on_arrival).any() or not (on_arrival & ~held).any()
    assert abs(int(on_arrival.sum()) - 12_000) < 400


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "movieId,userId,rating\n7,b,3\n9,b,4.5\n7,a,1\n"),
        ("u.data", "b\t7\t3\t100\nb\t9\t4.5\t101\na\t7\t1\t102\n"),
        ("ratings.dat", "b::7::3::100\nb::9::4.5::99\na::7::5::90\na::7::1::91\n"),
        ("a.csv.gz", '\ufeffuser,item,rating\r\nb,7,3\r\n"b",9,4.5\r\n\r\na,7,1\r\n'),
    ],
)
def test_files_of_ratings_are_read_and_numbered_as_they_come(tmp_path: Path, name: str, text: str) -> None:
    data = text.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    ratings = read_ratings(tmp_path / name)
    assert (ratings.user_ids, ratings.item_ids) == (["b", "a"], ["7", "9"])
    triples = zip(ratings.users, ratings.items, ratings.values, strict=True)
    assert list(triples) == [(0, 0, 3), (0, 1, 4.5), (1, 0, 1)]
    assert ratings.scale == (1, 4.5, 0)


@pytest.mark.parametrize("text", ["", "name,year\nx,1999\n", "user,item,rating\na,b,five\n", "a,b\n"])
def test_files_of_no_ratings_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(RunError):
        read_ratings(tmp_path / "x.csv")


def test_learners_that_cannot_be_are_refused_and_a_grid_is_named_by_what_differs() -> None:
    for wrong in ({"step": "long"}, {"defects": frozenset(["typo"])}, {"rank": 0}, {"learning_rate": 0.0}):
        with pytest.raises(RunError):
            Learner(**wrong)  # type: ignore[arg-type]
    names = [one.name for one in grid(Learner(), {"rank": [3, 5], "lambda_": [0.02], "factor_rate": [0.1, 0.2]})]
    assert names[0] == "rank 3, factor rate 0.1"
    assert len(set(names)) == 4


def test_a_shard_is_what_a_dictionary_would_be_at_every_version(tmp_path: Path) -> None:
    rng = np.random.default_rng(16)
    wanted: dict[int, list[float]] = {}
    folder = shard_folder(tmp_path, "users", 3)
    versions = []
    for version in range(1, 80):
        ids = np.unique(rng.integers(0, 40 + 5 * version, size=rng.integers(1, 12)))
        rows = rng.normal(size=(len(ids), 2))
        Shard(folder, version - 1).write(version, ids, rows)
        wanted |= {int(one): row.tolist() for one, row in zip(ids, rows, strict=True)}
        versions.append(dict(wanted))
        # A batch that is learnt again after a kill writes the same version again.
        Shard(folder, version - 1).write(version, ids, rows)
        shard = Shard(folder, version)
        assert {int(row[0]): row[1:].tolist() for row in shard.all()} == wanted
        asked = np.arange(0, 500, 7)
        known, found = shard.rows(asked)
        assert {int(one): row.tolist() for one, row in zip(asked[known], found[known], strict=True)} == {
            one: row for one, row in wanted.items() if one % 7 == 0
        }
    files = len(list(folder.iterdir()))
    Shard(folder, 79).tidy()
    assert len(list(folder.iterdir())) < files
    assert {int(row[0]): row[1:].tolist() for row in Shard(folder, 79).all()} == wanted
    Shard(folder, 79).write(80, np.array([1]), np.zeros((1, 2)))
    forget_after(tmp_path, 79)
    assert {int(row[0]): row[1:].tolist() for row in Shard(folder, 80).all()} == wanted
