"""Watches another library learn: implicit's ALS, on who rated what in the bundled sample. No Spark.

pip install implicit==0.7.3
python spark/examples/watch_implicit.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix

from factorscope_spark import Frame, RunWriter
from factorscope_spark.ratings import read_ratings


def watch(folder: Path, iterations: int = 10) -> None:
    """Learns preferences (1: has rated it) and writes a frame after every iteration."""
    ratings = read_ratings("sample")
    shape = (len(ratings.user_ids), len(ratings.item_ids))
    rated = csr_matrix((np.ones(len(ratings.users), dtype=np.float32), (ratings.users, ratings.items)), shape)
    model = AlternatingLeastSquares(
        factors=16, iterations=iterations, regularization=0.1, random_state=1, num_threads=1
    )
    with RunWriter(
        folder, name="who rated what", scale=(0, 1), software="implicit", training_count=rated.nnz
    ) as writer:
        writer.name_rows("user", ratings.user_ids)
        writer.name_rows("item", ratings.item_ids)
        run = writer.run("implicit’s ALS", method="als", rank=16, lambda_=0.1, seed=1)

        def after(iteration: int, seconds: float, _loss: float | None = None) -> None:
            frame = Frame(model.user_factors, model.item_factors)
            predicted = np.einsum("ij,ij->i", model.user_factors[ratings.users], model.item_factors[ratings.items])
            error = float(np.sqrt(np.mean((1 - predicted) ** 2)))
            run.add(iteration + 1, frame, trainRmse=error, seconds=run.seconds + seconds)

        model.fit(rated, show_progress=False, callback=after)


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
