"""How often `evidence` says “shown” where there is nothing, and where there is something.

    python tests/benchmarks/evidence_null.py [PAIRS] [MONTHS] [SEED]

Null pairs (1,000 of 24 months): twelve families in turn, unrelated but for a trend, a season, a step, Tết or a bend
that both have. Panels of 4 to 6 units beside them. Power: an effect a month later of stated strength (the part of
its month-to-month changes that the cause explains). The thresholds were set while looking at seed 2027; other seeds
are series nobody looked at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from time import perf_counter

import numpy as np

from kpikit.one_link import measure

FAMILIES = ("noise", "trend", "random walk", "autocorrelated", "season", "step", "both trend", "both the same season",
            "both step at once", "step and trend", "both at Tết", "both bend")  # fmt: skip
TET = (0, 13)  # months of a two years' series that hold Tết


def series(kind: str, rng: np.random.Generator, n: int) -> np.ndarray:
    """One series of its kind, around 100, its noise 5%."""
    time, noise = np.arange(n), rng.normal(size=n)
    made = {
        "trend": lambda: noise + rng.choice([0.15, 0.3, -0.2, -0.3]) * time,
        "random walk": lambda: np.cumsum(noise),
        "autocorrelated": lambda: autocorrelated(rng, n, 0.8),
        "season": lambda: 0.6 * noise + 2 * np.sin(2 * np.pi * (time + rng.integers(12)) / 12),
        "step": lambda: noise + (time >= rng.integers(n // 3, 3 * n // 4)) * rng.choice([3, 4, -4]),
    }.get(kind, lambda: noise)()
    return 100 * np.exp(0.05 * made)


def autocorrelated(rng: np.random.Generator, n: int, memory: float) -> np.ndarray:
    """Noise that remembers, long past its start."""
    made = rng.normal(size=n + 50)
    for i in range(1, n + 50):
        made[i] += memory * made[i - 1]
    return made[50:]


def unrelated(kind: str, rng: np.random.Generator, n: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """Two series without a link; the families from “both” on share something that is none."""
    time = np.arange(n)
    at = rng.integers(n // 3, 3 * n // 4)
    if kind == "both trend":
        return tuple(series("trend", rng, n) * np.exp(0.01 * time) for _ in range(2))
    if kind == "both the same season":
        wave = np.exp(0.1 * np.sin(2 * np.pi * (time + rng.integers(12)) / 12))
        return tuple(series("noise", rng, n) * wave for _ in range(2))
    if kind == "both step at once":
        later = at + rng.integers(0, 2)
        return tuple(series("noise", rng, n) * np.exp(0.2 * (time >= when)) for when in (at, later))
    if kind == "step and trend":
        return tuple(series(base, rng, n) * np.exp(0.2 * (time >= at)) for base in ("trend", "random walk"))
    if kind == "both at Tết":
        dip = np.where(np.isin(time, TET), 0.7, 1.0)
        return tuple(series(base, rng, n) * dip for base in ("noise", "autocorrelated"))
    if kind == "both bend":
        return (
            series("noise", rng, n) * np.exp(0.02 * time + 0.001 * time**2),
            series("noise", rng, n) * np.exp(0.0015 * time**2),
        )
    return series(kind, rng, n), series(kind, rng, n)


def null_pairs(count: int, seed: int = 2027, n: int = 24) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """So many unrelated pairs, the families in turn."""
    rng = np.random.default_rng(seed)
    for i in range(count):
        kind = FAMILIES[i % len(FAMILIES)]
        yield kind, *unrelated(kind, rng, n)


def linked(strength: float, rng: np.random.Generator, n: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """An activity and an effect a month later, of which it explains the part ``strength`` (0 to 1)."""
    moved = autocorrelated(rng, n + 1, 0.5)
    own = rng.normal(size=n) * moved.std() * np.sqrt(1 / strength - 1)
    return 100 * np.exp(0.08 * moved[1:]), 100 * np.exp(0.08 * (moved[:-1] + own))


def power(strength: float, count: int, seed: int = 7, n: int = 24) -> float:
    """The share of planted links that is shown."""
    rng = np.random.default_rng(seed)
    return sum(measure(*linked(strength, rng, n)).verdict == "shown" for _ in range(count)) / count


def panels(kind: str, count: int, seed: int = 3) -> float:
    """The share of unrelated panels of 4 to 6 units in which a link is shown all the same."""
    rng, shown = np.random.default_rng(seed), 0
    for _ in range(count):
        units, base = rng.integers(4, 7), "noise" if " " in kind else kind
        x, y = (np.array([series(base, rng, 24) for _ in range(units)]) for _ in range(2))
        step = np.arange(24) >= rng.integers(8, 16)
        if kind == "one unit steps":
            x[0], y[0] = x[0] * (1 + 0.25 * step), y[0] * (1 + 0.25 * step)
        if kind == "all step alike":
            x, y = (z * np.where(step, rng.uniform(1, 1.3, (units, 1)), 1) for z in (x, y))
        shown += measure(x, y).verdict == "shown"
    return shown / count


def main(count: int = 1000, months: int = 24, seed: int = 2027) -> None:
    """Prints it all."""
    began, all_of, shown = perf_counter(), Counter(), Counter()
    for kind, x, y in null_pairs(count, seed, months):
        all_of[kind] += 1
        shown[kind] += measure(x, y).verdict == "shown"
    print(f"false “shown”: {sum(shown.values())} of {count} = {sum(shown.values()) / count:.1%}, {months} months")
    for kind in FAMILIES:
        print(f"  {kind:<22} {shown[kind]:>3} of {all_of[kind]}")
    for strength in (0.9, 0.8, 0.65, 0.5, 0.35):
        print(
            f"power: the cause explains {strength:.0%} of the effect's changes: {power(strength, 200, seed % 1000, months):.0%} shown"
        )
    for kind in ("noise", "autocorrelated", "random walk", "season", "trend", "all step alike", "one unit steps"):
        print(f"panel of 4-6 units, {kind:<15} false “shown” {panels(kind, 150, seed % 999):.1%}")
    print(f"{perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
