"""How often kpikit reads a metric's name rightly: python tests/benchmarks/kinds_accuracy.py [--split blind6] [--wrong]

Prints accuracy by language, difficulty and kind, three ways (result, activity, compliance) and four ways, how often a
claim of 0.9 or more is right, and the time a name. vi.csv and en.csv are split by seed; public_real.csv is copied from
real scorecards and the small model never learns from it; the blind rounds were measured at first sight and then learnt
from (tests/kpikit/names/README.md keeps those figures).
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kpikit import kinds

NAMES = Path(__file__).parents[1] / "kpikit" / "names"
BLIND = tuple(path.stem for path in sorted(NAMES.glob("blind*.csv")))
WHOLE = ("public_real", "public_late", "public_unseen", "unseen", *BLIND)
SEED, HELD_OUT = 4, 0.4
CERTAIN = 0.9


class Labelled(NamedTuple):
    """A row of the files of names: what a careful reader calls it."""

    name: str
    lang: str
    kind: str
    difficulty: str
    source: str


def read(path: Path) -> list[Labelled]:
    """The labelled names of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Labelled(**row) for row in csv.DictReader(file)]


def split(which: str) -> list[Labelled]:
    """The names of 'train', 'held_out' (the same ones for the same files, by seed), 'public_real' or a blind round."""
    if which not in ("train", "held_out"):
        return read(NAMES / f"{which}.csv")
    chosen: list[Labelled] = []
    for lang in ("vi", "en"):
        rows = read(NAMES / f"{lang}.csv")
        random.Random(SEED).shuffle(rows)
        cut = round(len(rows) * HELD_OUT)
        chosen += rows[:cut] if which == "held_out" else rows[cut:]
    return chosen


def three(kind: str) -> str:
    """Outcome and driver are results both: the firm's word decides between them where a name cannot."""
    return "result" if kind in ("outcome", "driver") else kind


class Tally(NamedTuple):
    """How many names, and how many were right three ways, four ways, and where kpikit claimed to be certain."""

    names: int
    three_ways: float
    four_ways: float
    certain: float
    certain_right: float


def tally(rows: list[Labelled], classify: Callable[[str], kinds.Kind] = kinds.classify) -> Tally:
    """Shares right among the rows; certain is the share claimed at 0.9 or more, certain_right of these."""
    said = [(row, classify(row.name)) for row in rows]
    sure = [row.kind == kind.kind for row, kind in said if kind.confidence >= CERTAIN]
    return Tally(
        len(rows),
        sum(three(row.kind) == three(kind.kind) for row, kind in said) / len(rows),
        sum(row.kind == kind.kind for row, kind in said) / len(rows),
        len(sure) / len(rows),
        sum(sure) / max(len(sure), 1),
    )


def groups(rows: list[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    """All, then by language and difficulty, then by kind in each language."""
    yield "all", rows
    for lang in ("vi", "en"):
        yield f"{lang} all", [r for r in rows if r.lang == lang]
        for difficulty in ("plain", "hard"):
            yield f"{lang} {difficulty}", [r for r in rows if (r.lang, r.difficulty) == (lang, difficulty)]
    for lang in ("vi", "en"):
        for kind in kinds.KINDS:
            yield f"{lang} {kind}", [r for r in rows if (r.lang, r.kind) == (lang, kind)]


def milliseconds_a_name(rows: list[Labelled]) -> tuple[float, float]:
    """A new name and a remembered one, words already read; the best of five runs, for the machine is shared."""
    kinds.classify("")
    new: list[float] = []
    again: list[float] = []
    for run in range(5):
        names = [f"{row.name} {run}{i}" for i, row in enumerate(rows)]
        for times in (new, again):
            start = time.perf_counter()
            for name in names:
                kinds.classify(name)
            times.append((time.perf_counter() - start) * 1000 / len(names))
    return min(new), min(again)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="held_out", choices=["train", "held_out", *WHOLE])
    parser.add_argument("--wrong", action="store_true", help="list the names read otherwise than labelled")
    args = parser.parse_args()
    rows = split(args.split)
    print(f"{args.split:22}{'names':>6}{'3 ways':>8}{'4 ways':>8}{'>=0.9':>8}{'right':>8}")
    for title, group in groups(rows):
        if group:
            t = tally(group)
            print(f"{title:22}{t.names:6}" + "".join(f"{share:8.1%}" for share in t[1:]))
    if args.wrong:
        for row in rows:
            said = kinds.classify(row.name)
            if said.kind != row.kind:
                mark = "##" if said.confidence >= CERTAIN else "! " if three(said.kind) != three(row.kind) else "  "
                print(f"{mark} {row.name} | {row.kind} | {said.kind} {said.confidence} {said.because['en']}")
    new, again = milliseconds_a_name(rows)
    print(f"{new:.3f} ms a new name, {again:.4f} ms a remembered one")


if __name__ == "__main__":
    main()
