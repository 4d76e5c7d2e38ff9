"""What a learner of a stream is set to, by the names that the app uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from .npy import RunError

# What the post's published code does that mini-batch B-SGD should not; each can be switched on.
DEFECTS = ("copies", "forgets", "frozen-mean", "clips", "divides", "decays", "heavy-lambda")
DEFECT_LAMBDA = 10.0
DEFECT_DECAY = 0.9
STEPS = ("bounded", "summed")


@dataclass(frozen=True)
class Learner:
    """Mini-batch B-SGD: r̂ = μ + b_x + b_y + U_x·P_y. λ per rating, rating units; γ as in the app."""

    name: str = "Mini-batch B-SGD"
    rank: int = 10
    learning_rate: float = 0.03
    factor_rate: float = 0.15
    lambda_: float = 0.02
    passes: int = 1
    decay: float = 0.9
    step: str = "bounded"
    defects: frozenset[str] = field(default_factory=frozenset)
    seed: int = 1

    def __post_init__(self) -> None:
        """Names the first setting that is not right."""
        if self.step not in STEPS:
            raise RunError(f"step {self.step} is not one of {', '.join(STEPS)}")
        for defect in sorted(self.defects):
            if defect not in DEFECTS:
                raise RunError(f"{defect} is none of the defects: {', '.join(DEFECTS)}")
        if not (self.rank >= 1 and self.passes >= 1):
            raise RunError("rank and passes are at least 1")
        if not (self.learning_rate > 0 and self.factor_rate > 0 and self.lambda_ >= 0 and self.decay > 0):
            raise RunError("rates and decay are above 0, λ is not below")

    @property
    def used_lambda(self) -> float:
        """λ, or what the published code has for it."""
        return DEFECT_LAMBDA if "heavy-lambda" in self.defects else self.lambda_

    @property
    def used_decay(self) -> float:
        """What γ is multiplied by from one pass over a batch to the next."""
        return DEFECT_DECAY if "decays" in self.defects else self.decay

    @property
    def is_bounded(self) -> bool:
        """Whether a row with n ratings in a batch moves about as far as n single steps would move it."""
        return self.step == "bounded" and "divides" not in self.defects

    def config(self) -> dict[str, Any]:
        """The settings as a run's manifest has them."""
        return {
            "lambda": self.lambda_,
            "learningRate": self.learning_rate,
            "factorRate": self.factor_rate,
            "passes": self.passes,
            "decay": self.decay,
            "stepRule": self.step,
            "defects": sorted(self.defects),
            "seed": self.seed,
        }


def grid(base: Learner, choices: dict[str, Sequence[Any]]) -> list[Learner]:
    """A learner for every combination of choices, named by what sets it apart."""
    varied = {name: values for name, values in choices.items() if len(values) > 1}
    learners = []
    for values in product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        words = ", ".join(f"{name.rstrip('_').replace('_', ' ')} {chosen[name]}" for name in varied)
        learners.append(replace(base, name=words or base.name, **chosen))
    return learners
