"""The firm that lives through the year: its parameters, their units, their sources, and the prior the tests draw from.

Everything about growth is in goal units, *x*: 0 is last year's level, 1 is what the AOP asks for. Effort is a share
of a department's working time, 0 to 1. Points are in hundredths, so that 1 is the 100 of a met target.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MONTHS = 12
DEPARTMENTS = ("key_accounts", "general_trade", "trade_marketing", "operations", "finance")
TASKS = ("build", "show", "game")
SHOCKS = ("market", "law", "supply", "economy")
KAM, GT, TM, OPS, FIN = range(5)
BUILD, SHOW, GAME = range(3)

# what a KPI can measure: company numbers, then one of each sort for every department
COMPANY = ("revenue", "focus", "support", "share", "profit", "cash", "drivers", "activities")
MEASURES = (*COMPANY, *(f"{sort}:{d}" for sort in ("driver", "activity", "local", "compliance") for d in DEPARTMENTS))
REVENUE, FOCUS, SUPPORT, SHARE, PROFIT, CASH, DRIVERS, ACTIVITIES = range(8)
DRIVER, ACTIVITY, LOCAL, COMPLIANCE = (slice(8 + 5 * n, 13 + 5 * n) for n in range(4))
OUTCOMES = (REVENUE, FOCUS, SUPPORT, PROFIT, CASH)


def _row(*values: float) -> Callable[[], Array]:
    return lambda: np.array(values, dtype=float)


@dataclass(frozen=True)
class Firm:
    """One firm with a focus and a supporting line of business. Every default stands in README.md with its source.

    >>> Firm().growth, round(float(Firm().season.sum()), 6)
    (0.2, 1.0)
    """

    growth: float = 0.20  # the goal: last year's result times 1 + growth
    focus_part: float = 0.70  # the focus line's part of the growth asked for (40% of sales growing 35% is 0.7 of 20%)
    season: Array = field(default_factory=_row(1.35, 1.10, 0.80, 0.85, 0.90, 0.95, 0.90, 0.90, 0.95, 1.00, 1.05, 1.25))

    # what people do with their time
    usual: Array = field(
        default_factory=_row(0.28, 0.30, 0.10)
    )  # last year's effort: build, show, game (the rest is routine)
    needed: float = 0.425  # build effort at which a driver meets its target
    easy: float = 0.08  # more show effort than last year meets an activity target
    local: float = 0.12  # more game effort than last year meets a local target
    heat: float = 1.6  # bounded rationality: temperature of the softmax, in points/100
    taste: Array = field(default_factory=_row(0.0, 0.15, -2.3))  # habit and scruple, in points/100 a unit of effort
    most: float = 0.5  # the most that gaming can take of working time
    comfort: float = 0.5  # the pull of routine, the same unit
    care: float = 0.35  # intrinsic care for the goal, the same unit
    pace: float = 0.45  # part of a change of mind that is done within a month
    sight: float = 0.7  # how much of the way from own work to an outcome people see
    doubt: float = 0.45  # uncertainty of the year's end in January, x

    # cause and effect
    bend: float = 2.5  # saturation of effort: the higher, the sooner more brings little
    fade: float = 0.28  # what a driver loses a month without work (carry-over 1 - fade)
    on_focus: Array = field(
        default_factory=_row(0.42, 0.00, 0.25, 0.23, 0.10)
    )  # what each driver gives the focus line; adds up to 1
    on_support: Array = field(default_factory=_row(0.00, 0.62, 0.06, 0.17, 0.15))  # and the supporting line
    visible: float = 0.15  # what show effort gives a line: x a unit
    cosmetic: float = 0.8  # show effort also lifts the measured driver, per unit of build
    caught: float = 0.5  # part of that which a review sees through, the outcome standing beside
    harm: Array = field(default_factory=_row(0.15, 0.15, 0.35, 0.35, 0.35))  # game effort that undoes build, per unit
    load: float = 2.0  # game effort of sales: x of its line moved into the channel
    promo: float = 0.5  # trade marketing's game loads this part of it
    back: float = 0.30  # part of the loaded stock that comes back a month
    close: float = 0.15  # what a quarter's close adds to what a booking is felt to be worth
    discount: float = 0.35  # profit lost by loading, x of profit a x of sales
    luck: float = 0.33  # of the whole year, x of a line (standard deviation)
    noise: float = 0.25  # of a month, the same unit
    money: float = 0.35  # what budget moves: x a log unit

    # shocks: chance a year, what they do from their month on at size 1
    chance: Array = field(default_factory=_row(0.22, 0.15, 0.18, 0.20))
    hit_focus: Array = field(default_factory=_row(-0.60, -0.15, -0.40, -0.35))
    hit_support: Array = field(default_factory=_row(-0.15, -0.15, -0.35, -0.60))
    goal_moves: Array = field(default_factory=_row(-0.30, -0.05, -0.20, -0.35))
    astray: Array = field(
        default_factory=lambda: np.array(
            [  # part of build that no longer builds, shock x department
                [0.60, 0.20, 0.55, 0.15, 0.10],
                [0.25, 0.50, 0.35, 0.40, 0.45],
                [0.30, 0.30, 0.25, 0.60, 0.20],
                [0.25, 0.45, 0.35, 0.20, 0.55],
            ]
        )
    )
    learning: float = 0.02  # of that, what people find out by themselves a month

    # the rhythm
    push: float = 2.4  # management's attention to a gap of 1 x, points/100 a unit of effort
    grip: float = 0.80  # part of what went astray that an update of the KPIs sets right
    blunt: float = 0.55  # what is left of a review with no analyst, or nobody who decides
    blind: float = 0.25  # part of attention that finds its way without any driver KPI
    foresight: float = 0.90  # how much a ratchet is seen through beforehand (Weitzman 1980)

    def __post_init__(self) -> None:
        object.__setattr__(self, "season", self.season / self.season.sum())

    def but(self, **changes: Any) -> Firm:
        """The same firm with other values.

        >>> Firm().but(growth=0.1).growth
        0.1
        """
        return replace(self, **changes)


# the prior: each is multiplied by a number drawn evenly between these two; the rest is drawn as `drawn` says
PRIOR: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        (
            "easy",
            "local",
            "heat",
            "care",
            "pace",
            "sight",
            "doubt",
            "bend",
            "fade",
            "visible",
            "cosmetic",
            "caught",
            "load",
            "promo",
            "back",
            "close",
            "discount",
            "luck",
            "noise",
            "learning",
            "push",
            "grip",
            "blunt",
            "foresight",
        ),
        (0.75, 1.25),
    ),
    **dict.fromkeys(("needed",), (0.94, 1.06)),
    **dict.fromkeys(("harm", "chance", "hit_focus", "hit_support", "goal_moves", "astray"), (0.7, 1.3)),
    **dict.fromkeys(("on_focus", "on_support"), (0.7, 1.3)),
    **dict.fromkeys(("usual",), (0.9, 1.1)),
}


def drawn(rng: np.random.Generator) -> Firm:
    """A firm from the prior, for asking whether a finding hangs on one lucky set of parameters.

    Every parameter in `PRIOR` is multiplied by its own even draw, arrays element by element; what must add up to 1 is
    scaled to do so. Shares stay below 1.

    >>> drawn(np.random.default_rng(1)).heat != Firm().heat
    True
    """
    base, changes = Firm(), {}
    for name in (f.name for f in fields(Firm)):
        if name not in PRIOR:
            continue
        value = getattr(base, name)
        value = value * rng.uniform(*PRIOR[name], size=np.shape(value))
        if name in ("on_focus", "on_support"):
            value = value / value.sum()
        changes[name] = value if np.ndim(value) else float(value)
    changes["grip"] = min(changes["grip"], 0.95)
    changes["foresight"] = min(changes["foresight"], 0.98)
    changes["astray"] = np.minimum(changes["astray"], 0.9)
    return base.but(**changes)
