"""What chance brings to a year: luck, noise, and the four shocks. The only place where a random number is drawn."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .firm import MONTHS, Array, Firm

CHUNK = 512  # years computed together: fits a processor's cache, and fixes which random numbers a year gets
NEVER = MONTHS  # a month index that is not in the year


class Draws(NamedTuple):
    """What chance brings, the same for every design: (12, Y) each, astray (12, 5, Y), shock (4, Y) a month or 12."""

    focus: Array
    support: Array
    moved: Array
    astray: Array
    shock: Array


def draws(firm: Firm, seed: int, chunk: int) -> Draws:
    """The chances of `CHUNK` years. Year *i* of a seed is the same year for every design and any number of years."""
    rng = np.random.default_rng([seed, chunk])
    chance, size = rng.random((4, CHUNK)), rng.uniform(0.5, 1.5, (4, CHUNK))
    month = np.where(chance < firm.chance[:, None], rng.integers(2, 10, (4, CHUNK)), NEVER)
    luck = firm.luck * rng.standard_normal((2, CHUNK))
    noise = firm.noise * rng.standard_normal((2, MONTHS, CHUNK))
    past = np.arange(MONTHS)[:, None, None]
    on = (past >= month) * size  # (12, 4, Y)
    kept = np.ones((MONTHS, 5, CHUNK))
    for kind in range(4):
        first = (past[:, 0] == month[kind]) * size[kind]
        kept *= 1 - np.minimum(first[:, None, :] * firm.astray[kind][None, :, None], 0.95)
    return Draws(
        focus=firm.hit_focus @ on + luck[0] + noise[0],
        support=firm.hit_support @ on + luck[1] + noise[1],
        moved=firm.goal_moves @ on,
        astray=1 - kept,
        shock=month,
    )
