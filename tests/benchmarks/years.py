"""How fast the simulated year is: python tests/benchmarks/years.py [--years 20480]

Prints company-years a second of one core for an 18-KPI design, vectorised and as a plain Python loop of the same model;
300 years of every shipped design; peak memory; and where the time goes. CPU time of one thread: other work on the
machine slows the clock on the wall, and this only as far as it shares the core's caches. The matrix products are too small
for a BLAS to spread over threads.
"""

import argparse
import time

import numpy as np
from plain_year import plain

from kpikit.companies import case, cases
from kpikit.years import chance as chances
from kpikit.years import model
from kpikit.years.firm import Firm
from kpikit.years.mapping import mapped
from kpikit.years.result import year
from kpikit.years.run import run


def timed(work, times=5):
    """The least CPU seconds of several runs, and the clock's."""
    found = []
    for _ in range(times):
        cpu, clock = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - clock))
    return min(c for c, _ in found), min(w for _, w in found)


def company_years(setup, years):
    """Company-years a second: vectorised, and in the plain loop."""
    run(setup, chances.CHUNK)
    cpu, clock = timed(lambda: run(setup, years))
    print(
        f"{len(setup)} KPIs, {years} years: {years / cpu:,.0f} company-years a second of one core ({years / clock:,.0f} by the clock)"
    )
    firm, chance = Firm(), chances.draws(Firm(), 1, 0)
    one = {
        "focus": chance.focus[:, 0].tolist(),
        "support": chance.support[:, 0].tolist(),
        "moved": chance.moved[:, 0].tolist(),
        "astray": chance.astray[:, :, 0].tolist(),
    }
    loop, _ = timed(lambda: [plain(setup, firm, one) for _ in range(20)])
    print(
        f"the plain loop of the same model: {20 / loop:,.0f} a second; vectorised is {years / cpu * loop / 20:,.0f} times as fast"
    )


def shipped():
    """300 years of every shipped design, mapping included, once imported."""
    for name in cases():
        for path in sorted((case(name).folder / "designs").glob("*.yaml")):
            design = case(name).design(path.stem)
            year(design, 300, case=name)
            cpu, clock = timed(lambda design=design, name=name: year(design, 300, case=name))
            made, _ = timed(lambda design=design, name=name: mapped(design, name))
            print(
                f"300 years of {name}/{path.stem}: {1000 * cpu:.0f} ms CPU, {1000 * clock:.0f} ms by the clock, mapping {1000 * made:.0f} ms of it"
            )


def parts(setup):
    """Where a chunk's time goes."""
    plan = model.Plan(setup, Firm())
    chance = chances.draws(plan.firm, 1, 0)
    state = model.begin(plan, chances.CHUNK)
    model.month(plan, state, chance, 0)
    focus = np.zeros(chances.CHUNK)
    acts = {
        "draws": (lambda: chances.draws(plan.firm, 1, 0), 1),
        "slopes of the scales": (lambda: model.slopes(plan, state, 3), 12),
        "choice (slopes in it)": (lambda: model._choose(plan, state, 3), 12),
        "work": (lambda: model._work(plan, state, chance, 3), 12),
        "measures": (lambda: model._measure(plan, state, focus, focus, 3), 12),
        "review": (lambda: model._review(plan, state, chance, 3), 12),
    }
    for name, (act, times) in acts.items():
        cpu, _ = timed(lambda act=act: [act() for _ in range(20)])
        print(f"  {name}: {1e6 * cpu / 20 * times / chances.CHUNK:.1f} µs a company-year")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=20 * chances.CHUNK)
    options = parser.parse_args()
    setup = mapped(case("distributor").design("sound")).setup
    company_years(setup, options.years)
    parts(setup)
    shipped()
    run(setup, 100_000)
    try:
        import resource

        print(
            f"peak memory after 100,000 years at once: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )
    except ImportError:
        print("peak memory: not measured on this system")


if __name__ == "__main__":
    main()
