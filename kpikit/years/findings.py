"""What the year is used to show, each as one number that is above 0 where it holds, in one firm.

The tests ask it of at least 40 firms drawn from the prior; README.md quotes it for the usual firm. Run
``python -m kpikit.years.findings`` for the table that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..companies import case
from .causes import CAUSES, all_or_nothing, driver_only, linear, one_more, outcome_only, ratchet, rhythm
from .firm import ACTIVITY, BUILD, GAME, GT, KAM, SHOW, TM, Firm, drawn
from .mapping import mapped
from .run import Years, run
from .setup import Setup

VISITS = (0.0, 0.2, 0.4, 0.6, 0.8)  # weights of visits on key accounts' score


@dataclass(frozen=True)
class Finding:
    """``value`` above 0: it holds. ``said``: what it is, with its unit."""

    said: str
    value: float


def findings(firm: Firm, years: int = 512, seed: int = 1) -> dict[str, Finding]:
    """Every finding of README.md, measured in one firm with the distributor's two designs and their variants.

    >>> findings(Firm(), years=50)["habit"].value > 0
    True
    """
    sound, habit = designs()
    base = run(sound, years, seed, firm)
    found = dict(_against_sound(base, sound, habit, years, seed, firm))
    monthly, quarterly, yearly = (_mean(run(rhythm(sound, n), years, seed, firm)) for n in (1, 3, 12))
    found["quarterly_under_monthly"] = Finding(
        "attainment, monthly review less quarterly, % of goal", 100 * (monthly - quarterly)
    )
    found["yearly_under_quarterly"] = Finding(
        "attainment, quarterly review less yearly, % of goal", 100 * (quarterly - yearly)
    )
    cliff, line = (loading(run(change(sound), years, seed, firm), firm) for change in (all_or_nothing, linear))
    found["cliff_loads"] = Finding(
        "loading in the last quarter, all-or-nothing over linear, %", 100 * (cliff / line - 1)
    )
    kept = run(ratchet(sound), years, seed, firm)
    found["ratchet_slackens"] = Finding(
        "effort, no ratchet less ratchet, % of working time",
        100 * float((base.effort - kept.effort).sum(axis=2).mean()),
    )
    build, show = visits(sound, firm, years, seed)
    found["visits_cost_build"] = Finding(
        "key accounts' build lost by each 20% more on visits, least, % of working time",
        -100 * float(np.diff(build).max()),
    )
    found["visits_bring_show"] = Finding(
        "key accounts' show won by each 20% more on visits, least, % of working time", 100 * float(np.diff(show).min())
    )
    return found


def _against_sound(
    base: Years, sound: Setup, habit: Setup, years: int, seed: int, firm: Firm
) -> Iterator[tuple[str, Finding]]:
    others = {
        "habit": habit,
        **{name: cause(sound) for name, cause in CAUSES.items()},
        "outcome_only": outcome_only(sound),
        "driver_only": driver_only(sound),
    }
    for name, other in others.items():
        lived = run(other, years, seed, firm)
        yield name, Finding(f"attainment, sound less {name}, % of goal", 100 * (_mean(base) - _mean(lived)))
        if name in CAUSES:
            yield (
                f"{name}_paradox",
                Finding(
                    f"chance of the paradox, {name} less sound, % of years",
                    100 * float(lived.paradox.mean() - base.paradox.mean()),
                ),
            )


def designs() -> tuple[Setup, Setup]:
    """The distributor's sound and habit designs as the model reads them."""
    distributor = case("distributor")
    sound, habit = (mapped(distributor.design(name), distributor).setup for name in ("sound", "habit"))
    return sound, habit


def visits(sound: Setup, firm: Firm, years: int = 512, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Key accounts' build and show effort, part of working time, as visits weigh 0 to 80% of their score."""
    lived = [
        run(one_more(sound, ACTIVITY.start + KAM, KAM, w), years, seed, firm).spent[:, KAM].mean(axis=0) for w in VISITS
    ]
    spent = np.array(lived)
    return spent[:, BUILD], spent[:, SHOW]


def loading(lived: Years, firm: Firm) -> float:
    """What the sales departments' gaming books ahead in the last quarter: mean effort, weighted as it loads."""
    game, part = lived.effort[9:, :, GAME].mean(axis=0), firm.focus_part
    return float(part * (game[KAM] + firm.promo * game[TM]) + (1 - part) * game[GT])


def _mean(lived: Years) -> float:
    return float(lived.attainment.mean())


def table(firms: int = 40, years: int = 512) -> str:
    """The markdown table of README.md: each finding in the usual firm, and in firms from the prior."""
    usual = findings(Firm(), 4096)
    prior: list[Mapping[str, Finding]] = [findings(drawn(np.random.default_rng([40, n])), years) for n in range(firms)]
    rows = ["| finding | usual firm | least of the prior's | holds in |", "| --- | --- | --- | --- |"]
    for name, finding in usual.items():
        values = np.array([p[name].value for p in prior])
        rows.append(f"| {finding.said} | {finding.value:.1f} | {values.min():.1f} | {(values > 0).sum()} of {firms} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
