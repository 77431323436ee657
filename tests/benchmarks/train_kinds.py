"""Fit the linear model that kinds.py falls back on: python tests/benchmarks/train_kinds.py [--check]

Multinomial logistic regression over hashed runs of letters, on the training names, tuned.csv and the rounds that were
blind once, by plain gradient descent: the same names give the same file. Names of real scorecards are never learnt.
--check prints what each method alone and both together get right on the held-out names and on those of real
scorecards; nothing is written then.
"""

import argparse
from pathlib import Path

import numpy as np
from kinds_accuracy import BLIND, NAMES, Labelled, read, split, three

from kpikit import kinds, kinds_model

FILE = Path(kinds_model.__file__).with_suffix(".npy")
STEPS, RATE, PENALTY = 600, 3.0, 2e-4


def matrix(rows: list[Labelled]) -> np.ndarray:
    """A row a name: its runs of letters, of length 1 together, and a one for the start."""
    seen = np.zeros((len(rows), kinds_model.BUCKETS + 1), np.float32)
    seen[:, -1] = 1
    for i, row in enumerate(rows):
        places = kinds_model.features(row.name)
        seen[i, places] = 1 / len(places) ** 0.5
    return seen


def fit(rows: list[Labelled]) -> np.ndarray:
    """Weights, a row a bucket and one for the start, a column a kind."""
    seen, told = matrix(rows).astype(float), np.eye(4)[[kinds.KINDS.index(row.kind) for row in rows]]
    weights, push = np.zeros((seen.shape[1], 4)), np.zeros((seen.shape[1], 4))
    for _ in range(STEPS):
        scores = seen @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        push = 0.9 * push + seen.T @ (chances - told) / len(rows) + PENALTY * weights
        weights -= RATE * push * np.r_[np.ones(seen.shape[1] - 1), 0.1][:, None]  # the start moves slowly
    return weights.astype(np.float16)


def report(name: str, rows: list[Labelled], said: list[str]) -> None:
    """Print the shares right, three ways and four."""
    ways = [np.mean([f(row.kind) == f(kind) for row, kind in zip(rows, said, strict=True)]) for f in (three, str)]
    print(f"{name:28}{len(rows):6}{ways[0]:8.1%}{ways[1]:8.1%}")


def main() -> None:
    """Fit and write, or with --check compare the methods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare the methods, write nothing")
    rows = [*split("train"), *(row for file in ("tuned", *BLIND) for row in read(NAMES / f"{file}.csv"))]
    weights = fit(rows)
    if not parser.parse_args().check:
        np.save(FILE, weights)
        print(f"{FILE.name}: {len(rows)} names, {FILE.stat().st_size} bytes")
        return
    print(f"{'':28}{'names':>6}{'3 ways':>8}{'4 ways':>8}")
    for which in ("held_out", "public_real"):
        names = split(which)
        report(f"{which}: letters alone", names, [kinds.KINDS[i] for i in (matrix(names) @ weights).argmax(axis=1)])
        report(f"{which}: words alone", names, [kinds._judge(kinds_model.normal(row.name)).kind for row in names])
        report(f"{which}: both", names, [kinds.classify(row.name).kind for row in names])


if __name__ == "__main__":
    main()
