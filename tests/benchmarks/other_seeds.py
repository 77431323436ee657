"""Evidence and pace on the five companies as other seeds would have made them: data nobody looked at while tuning.

    python tests/benchmarks/other_seeds.py [SEEDS]

Each case's generator runs with other seeds (10 unless told), with the same causal truth. Printed: of the planted links
how many are shown, of the non-links how many are not, by case; and how often pace's range, meant for 80%, holds, with
its error beside the naive run rate's. What is not out of sample here: the shape of the generators, and the choice of
chains in the catalogues.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from kpikit.companies import Case, cases
from kpikit.proof import evidence
from kpikit.run_rate import year_of

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT / "tests" / "kpikit"))
from pace_backtest import KINDS, naive  # noqa: E402
from test_proof import PLANTED  # noqa: E402


def made_anew(name: str, seed: int, home: Path) -> Case:
    """A case's folder with tables of another seed."""
    source = ROOT / "cases" / name
    folder = home / f"{name}-{seed}"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("tables", "__pycache__"))
    spec = importlib.util.spec_from_file_location(f"make_{name}_{seed}", source / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.SEED = seed
    module.main(folder / "tables")
    return Case(name, folder)


def links(company: Case) -> Counter[str]:
    """Planted links and non-links, each right or wrong."""
    told: Counter[str] = Counter()
    for (chain, unit), truth in PLANTED[company.id].items():
        mine = [link for link in evidence(company, chain).links if link.unit == unit]
        for link, planted in zip(mine, truth, strict=True):
            shown = link.verdict == "shown"
            told[f"{'link' if planted else 'none'} {'right' if shown == bool(planted) else 'wrong'}"] += 1
            if shown != bool(planted):
                told[f"  {company.id} {chain} {unit or ''}: {link.step.cause} → {link.step.effect}"] += 1
    return told


def paces(company: Case) -> tuple[list[bool], list[tuple[float, float]]]:
    """Of every planned metric's years: did the range hold, and the errors of pace and of the naive run rate."""
    held, errors = [], []
    for id, entry in company.catalogue.items():
        if entry.definition["type"] not in KINDS:
            continue
        for label in ("2025", "2026"):
            year = year_of(company, id, label)
            if year is None:
                continue
            truth, size = year.whole(year.actual), year.size_of_plan
            for month in range(2, 12):
                forecast, low, high = year.forecast(month)
                held.append(bool(low <= truth <= high))
                errors.append((abs(forecast - truth) / size, abs(naive(year, month) - truth) / size))
    return held, errors


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    told: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, list[bool]] = defaultdict(list)
    errors: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as home:
        for seed in range(9001, 9001 + count):
            for name in cases():
                company = made_anew(name, seed, Path(home))
                range_held, off = paces(company)
                seen = links(company)
                for key in (name, "all"):
                    told[key] += seen
                    held[key] += range_held
                    errors[key] += off
    print(f"{count} seeds; planted links shown, non-links not shown, pace's range holds, error in % of plan (naive)")
    for name in [*cases(), "all"]:
        of = told[name]
        pace, plain = 100 * np.mean(errors[name], axis=0)
        print(
            f"{name:<13} {of['link right']:>4} of {of['link right'] + of['link wrong']:<4} "
            f"{of['none right']:>4} of {of['none right'] + of['none wrong']:<4} {np.mean(held[name]):>5.0%} "
            f"{pace:>6.2f} ({plain:.2f})"
        )
    for what, n in told["all"].most_common():
        if what.startswith("  "):
            print(f"{what}: wrong in {n} of {count}")


if __name__ == "__main__":
    main()
