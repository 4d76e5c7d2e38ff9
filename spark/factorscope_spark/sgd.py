"""Mini-batch B-SGD on rows of numbers, as the post has it; pure numpy, so that it can be read beside its formulas.

All learners of a job share one row per user and item, so that each rating travels once for all of them:

    row = [last, learner 0, learner 1, …],  learner = [copies, bias, factor 1 … factor k]

`last` is the batch in which the user or item last stood. Values are in units of `ratingUnit` rating units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .hold_out import Words, mixed
from .learner import Learner

Rows = NDArray[np.float64]
Ids = NDArray[np.int64]

# More copies than this of one user or item are not made: a cluster would be out of memory long before.
MOST_COPIES = 1e4
# Standard deviation of what new users and items begin with, as a share of the span, once multiplied.
INITIAL_NOISE = 0.005
UNKNOWN = -1.0


class Initial(Protocol):
    """Where the rows of new users and items come from."""

    def rows(self, side: str, ids: Ids, learner: Learner) -> Rows:
        """A bias and factors each: n × (1 + rank)."""
        ...


@dataclass(frozen=True)
class SmallNormal:
    """Biases 0; factors so small that U·P scatters by half a percent of the scale. Fixed by seed, side and id alone."""

    span: float
    unit: float

    def rows(self, side: str, ids: Ids, learner: Learner) -> Rows:
        """Twelve uniforms less six, as the app draws its normals, here from hashes of id and factor."""
        spread = np.sqrt(INITIAL_NOISE * self.span / (np.sqrt(learner.rank) * self.unit))
        seed = mixed(np.array([learner.seed ^ (0x75736572 if side == "users" else 0x6974656D)], dtype=np.uint32))
        of_ids = mixed(mixed(seed ^ ids.astype(np.uint32)) ^ (ids >> 32).astype(np.uint32))[:, None]
        rows = np.zeros((len(ids), 1 + learner.rank))
        factors = np.arange(learner.rank, dtype=np.uint32)[None, :]
        for n in range(12):
            drawn: Words = mixed(of_ids + (12 * factors + np.uint32(n)) * np.uint32(0x9E3779B1))
            rows[:, 1:] += drawn / 2.0**32
        rows[:, 1:] = spread * (rows[:, 1:] - 6)
        return rows


@dataclass(frozen=True)
class Batch:
    """What a pass over a batch needs to know beside the ratings."""

    number: int
    ratings: int
    # μ of each learner, and the ends of the scale; all in the model's unit.
    means: tuple[float, ...]
    scale: tuple[float, float]
    unit: float
    # Rating units in a star.
    star: float
    pass_: int = 0


class Layout:
    """Where the numbers of each learner stand in a row."""

    def __init__(self, learners: Sequence[Learner]) -> None:
        self.learners = tuple(learners)
        ends = np.cumsum([1, *(2 + learner.rank for learner in learners)])
        self.slices = [slice(int(a), int(b)) for a, b in pairwise(ends)]
        self.width = int(ends[-1])

    def fresh(self, side: str, ids: Ids, initial: Initial) -> Rows:
        """Rows of whom nobody knows yet."""
        rows = np.empty((len(ids), self.width))
        rows[:, 0] = UNKNOWN
        for learner, at in zip(self.learners, self.slices, strict=True):
            rows[:, at.start] = 1
            rows[:, at.start + 1 : at.stop] = initial.rows(side, ids, learner)
        return rows

    def arrive(self, rows: Rows, side: str, ids: Ids, counts: NDArray[Any], batch: int, initial: Initial) -> None:
        """Marks who stands in a batch, before it is learnt; who was forgotten begins again."""
        for learner, at in zip(self.learners, self.slices, strict=True):
            if "forgets" in learner.defects:
                gone = np.flatnonzero(~self.knows(rows, learner, batch - 1) & (rows[:, 0] != UNKNOWN))
                rows[gone, at.start] = 1
                rows[gone, at.start + 1] = 0
                rows[gone, at.start + 2 : at.stop] = initial.rows(side, ids[gone], learner)[:, 1:]
            if "copies" in learner.defects:
                rows[:, at.start] = np.minimum(MOST_COPIES, rows[:, at.start] * counts)
        rows[:, 0] = batch

    @staticmethod
    def knows(rows: Rows, learner: Learner, batch: int) -> NDArray[np.bool_]:
        """Whom a learner knows after a batch: everybody who came, or who stood in it if it forgets the others."""
        known: NDArray[np.bool_] = rows[:, 0] == batch if "forgets" in learner.defects else rows[:, 0] != UNKNOWN
        return known

    def gradients(self, users: Rows, items: Rows, values: Rows, batch: Batch) -> tuple[Rows, Rows]:
        """Gradients of each rating for its user and its item, from the values before the pass, side by side as in rows.

        ε = r − r̂,  Δb_x = ε − λb_x,  Δb_y = ε − λb_y,  ΔU_x = εP_y − λU_x,  ΔP_y = εU_x − λP_y
        """
        of_users, of_items = np.zeros_like(users), np.zeros_like(items)
        for learner, at, mean in zip(self.learners, self.slices, batch.means, strict=True):
            u, p = users[:, at], items[:, at]
            predicted = mean + u[:, 1] + p[:, 1] + np.einsum("ij,ij->i", u[:, 2:], p[:, 2:])
            if "clips" in learner.defects:
                predicted = np.clip(predicted, *batch.scale)
            error = (values - predicted)[:, None]
            # Biases and factors grow otherwise with the scale of the ratings: each has its λ.
            lam, factor_lam = learner.used_lambda / batch.star, learner.used_lambda / batch.unit
            # In copies, a rating meets each copy of its user with each copy of its item.
            times = u[:, :1] * p[:, :1]
            of_users[:, at.start + 1 : at.start + 2] = times * (error - lam * u[:, 1:2])
            of_items[:, at.start + 1 : at.start + 2] = times * (error - lam * p[:, 1:2])
            of_users[:, at.start + 2 : at.stop] = times * (error * p[:, 2:] - factor_lam * u[:, 2:])
            of_items[:, at.start + 2 : at.stop] = times * (error * u[:, 2:] - factor_lam * p[:, 2:])
        return of_users, of_items

    def move(self, rows: Rows, sums: Rows, counts: Rows, batch: Batch) -> None:
        """Adds γ times the summed gradients of a pass to the rows, each with `counts` ratings in the batch."""
        for learner, at in zip(self.learners, self.slices, strict=True):
            if batch.pass_ >= learner.passes:
                continue
            fading = learner.used_decay**batch.pass_
            share = batch.ratings if "divides" in learner.defects else 1
            for gamma, to, times in (
                (learner.learning_rate, slice(at.start + 1, at.start + 2), 1.0),
                (learner.factor_rate, slice(at.start + 2, at.stop), batch.unit / batch.star),
            ):
                rate = gamma * fading
                # What is bounded is a step of ratings in stars.
                rates = bounded(rate, counts) if learner.is_bounded else np.full_like(counts, rate)
                rows[:, to] += (times * rates / share)[:, None] * sums[:, to]

    def errors(self, users: Rows, items: Rows, values: Rows, batch: Batch) -> NDArray[np.float64]:
        """ε of each rating and learner, in the model's unit: n × learners. Of whom is not known, the bias is 0."""
        errors = np.empty((len(values), len(self.learners)))
        for i, (learner, at, mean) in enumerate(zip(self.learners, self.slices, batch.means, strict=True)):
            knows_user = self.knows(users, learner, batch.number)
            knows_item = self.knows(items, learner, batch.number)
            u, p = users[:, at], items[:, at]
            product = np.where(knows_user & knows_item, np.einsum("ij,ij->i", u[:, 2:], p[:, 2:]), 0)
            bias = np.where(knows_user, u[:, 1], 0) + np.where(knows_item, p[:, 1], 0)
            errors[:, i] = values - (mean + bias + product)
        return errors


def mean_for(learner: Learner, first: float, now: float) -> float:
    """μ of a learner: of all that has come by now, or of the first batch."""
    return first if "frozen-mean" in learner.defects else now


def bounded(gamma: float, counts: Rows) -> Rows:
    """(1 − (1 − γ)ⁿ)/n: the summed gradient of n ratings then moves a row about as far as n single steps would."""
    return (1 - max(0.0, 1 - gamma) ** counts) / counts


def summed(keys: Ids, values: Rows) -> tuple[Ids, Rows]:
    """The sums of rows of equal keys, and those keys, ascending."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(keys) else np.zeros(0, dtype=int)
    return ordered[starts], np.add.reduceat(values[order], starts, axis=0) if len(keys) else values


def rating_unit(span: float) -> float:
    """Rating units in one unit of the model, a power of four: ratings are brought to a span of at most five."""
    unit = 1.0
    while unit < span / 5:
        unit *= 4
    return unit


def star_unit(least: float, most: float, step: float = 0.0) -> float:
    """Rating units in one star, if the scale were one of stars: 1 for 1 to 5 and half stars, 20 for 20 to 100 by 20.

    The spacing of the values, or a quarter of the span where they have none, doubled or halved to a span of 2.55 to 5.1
    stars. As in the app (`rating-unit.ts`): ratings c times as large are learnt alike.
    """
    span = most - least or 1.0
    unit = step if step > 0 else span / 4
    while span > 5.1 * unit:
        unit *= 2
    while span < 2.55 * unit:
        unit /= 2
    return unit
