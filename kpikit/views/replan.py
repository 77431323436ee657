"""A shock on the first of July: how often the firm looks, and what it does then, month by month (E8, G4).

Five hundred simulated years of the model's usual firm with the distributor's worked design, all with the same shock of
the market on the same day and nothing else from outside; luck differs. It shows mechanisms; it forecasts no company.
Source: curriculum E8, G4; kpikit/years/README.md, equations (8) and (9).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..companies import case
from ..language import current, say, show
from ..picks import Choice, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, SOFT, VIEW_HIGH, Picture, bare, fit, month_tick, page, put
from ..years.chance import CHUNK, NEVER, Draws, draws
from ..years.firm import MONTHS, REVENUE, SHOCKS, Firm
from ..years.mapping import mapped
from ..years.model import Plan, State, attainment, begin, month, points, update
from ..years.result import percent
from ..years.run import GREEN, MET
from ._replan_words import ANSWERS, RHYTHMS, WORDS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.figure import Figure

YEARS, SEED = 500, 1
JULY = 6  # the month index in which the market shifts
EVERY = {"monthly": 1, "quarterly": 3, "yearly": 12}


class Lived(NamedTuple):
    """What came of one rhythm and one answer.

    ``path`` (12,): the year so far as reported, mean, in % of January's plan so far; ``allowed`` (12,): the same of the
    goal as the shock left it; ``mean``: attainment of that goal, ``met``: share of years that meet it, ``green``: share
    with every scorecard green, ``agree``: share in which the two say the same; ``score``: mean points.
    """

    path: np.ndarray
    allowed: np.ndarray
    mean: float
    met: float
    green: float
    agree: float
    score: float


# ---------------------------------------------------------------- the numbers


@cache
def lived(rhythm: str, answer: str) -> Lived:
    """Five hundred years with a review so often, and that answer at the first review after the shock.

    ``hold``: reviews go on, plan and KPIs stay. ``move``: work is aimed anew, goal and KPIs stay. ``kpis``: outcomes'
    targets move with the market, the work does not. ``replan``: both, as the model's own update has it.

    >>> lived("monthly", "replan").mean > lived("monthly", "hold").mean
    True
    """
    import numpy as np

    distributor = case("distributor")
    own = mapped(distributor.design("sound"), distributor).setup
    firm = Firm(grip=0.0) if answer == "kpis" else Firm()  # without grip an update moves the lines alone
    plan = Plan(own.but(every=EVERY[rhythm], updates=answer in ("kpis", "replan")), firm)
    chance, state = shocked(firm), begin(plan, CHUNK)
    path, allowed = np.empty(MONTHS), np.empty(MONTHS)
    for t in range(MONTHS):
        month(plan, state, chance, t)
        if answer == "move" and (t + 1) % EVERY[rhythm] == 0:
            _aim_anew(plan, state, chance, t)
        start, planned = plan.past[t, REVENUE], plan.phase[t]
        asked = start + firm.growth * planned
        path[t] = 100 * np.mean((start + firm.growth * state.total[REVENUE, :YEARS]) / asked)
        allowed[t] = 100 * np.mean((start + firm.growth * (planned + state.moved[:YEARS])) / asked)
    return _ended(plan, state, chance, path, allowed)


def shocked(firm: Firm) -> Draws:
    """The chances of years without any shock but one of the market, of middle size, on the first of July."""
    import numpy as np

    calm = draws(firm.but(chance=np.zeros(len(SHOCKS))), SEED, 0)
    market, since = SHOCKS.index("market"), (np.arange(MONTHS) >= JULY)[:, None] * 1.0
    astray, shock = np.zeros_like(calm.astray), np.full_like(calm.shock, NEVER)
    astray[JULY], shock[market] = firm.astray[market][:, None], JULY
    return Draws(
        focus=calm.focus + firm.hit_focus[market] * since,
        support=calm.support + firm.hit_support[market] * since,
        moved=calm.moved + firm.goal_moves[market] * since,
        astray=astray,
        shock=shock,
    )


def _aim_anew(plan: Plan, state: State, chance: Draws, t: int) -> None:
    """Of the model's update only what it does to the work; goal and targets stay as they are."""
    other = state.copy()
    update(plan, other, chance, t)
    state.astray, state.waits = other.astray, other.waits


def _ended(plan: Plan, state: State, chance: Draws, path: np.ndarray, allowed: np.ndarray) -> Lived:
    cards = plan.people @ points(plan, state)[:, :YEARS]
    got = attainment(plan, state, chance)[:YEARS]
    green, met = cards.min(axis=0) >= GREEN, got >= MET
    return Lived(
        path,
        allowed,
        mean=float(got.mean()),
        met=float(met.mean()),
        green=float(green.mean()),
        agree=float((green == met).mean()),
        score=100 * float(cards.mean()),
    )


# ---------------------------------------------------------------- the picture


def replan_picture(rhythm: str, answer: str) -> Picture:
    """The year's path against January's plan, and what the goal and the scorecards say of it in December."""
    lang, now, held = current(), lived(rhythm, answer), lived(rhythm, "hold")
    facts = {
        "when": WORDS[rhythm][lang],
        "mean": percent(now.mean, lang),
        "held": percent(held.mean, lang),
        "met": percent(now.met, lang),
        "green": percent(now.green, lang),
        "score": show(round(now.score), lang=lang),
        "held_score": show(round(held.score), lang=lang),
    }
    title = say(WORDS["title_late" if rhythm == "yearly" else f"title_{answer}"], lang, **facts)
    sentence = say(WORDS["sentence"], lang, **facts)
    figure = page(title, WORDS["note"][lang], high=VIEW_HIGH)
    _draw_path(figure, now, held, rhythm, answer, lang)
    _draw_end(figure, now, held, answer, lang)
    return Picture(figure, sentence, _table(rhythm, lang), alt=f"{title}. {sentence}")


def _table(rhythm: str, lang: str) -> pd.DataFrame:
    """All four answers at this rhythm, a row an answer."""
    import pandas as pd

    rows = {}
    for answer, words in ANSWERS.items():
        made = lived(rhythm, answer)
        shares = [percent(v, lang) for v in (made.mean, made.met, made.green, made.agree)]
        rows[words[lang]] = [*shares, show(round(made.score), lang=lang)]
    return pd.DataFrame(rows, index=[WORDS[f"row_{k}"][lang] for k in ("mean", "met", "green", "agree", "score")]).T


def _draw_path(figure: Figure, now: Lived, held: Lived, rhythm: str, answer: str, lang: str) -> None:
    axes = figure.add_axes((0.075, 0.19, 0.5, 0.6))
    put(figure, 0.016, 0.825, WORDS["path"][lang], color=SOFT, weight="bold")
    axes.axhline(100, color=GREY, linewidth=1.2)
    axes.axvline(JULY - 0.5, color=INK, linewidth=1.2, linestyle=":")
    put(axes, JULY - 0.6, 87.4, WORDS["shock"][lang], ha="right", color=SOFT)
    axes.plot(range(JULY - 1, MONTHS), now.allowed[JULY - 1 :], "--", color=INK, linewidth=1.8)
    put(axes, 11.15, now.allowed[-1] + 0.1, fit(WORDS["allowed"][lang], 190, lines=3), va="center", linespacing=1.15)
    if answer != "hold":
        axes.plot(range(MONTHS), held.path, color=GREY)
    axes.plot(range(MONTHS), now.path, color=BLUE if answer != "hold" else ORANGE)
    acted = next(t for t in range(JULY, MONTHS) if (t + 1) % EVERY[rhythm] == 0)
    axes.plot(acted, now.path[acted], "o", markersize=12, color=INK)
    told = WORDS["looks" if answer == "hold" else "acts"][lang]
    if rhythm == "monthly":
        put(axes, acted, now.path[acted] + 1.1, told, ha="center", weight="bold")
    else:  # by then the path lies under the broken line, so the words stand to its left, above the axis
        put(axes, acted - 0.35, max(now.path[acted] - 0.9, 88.3), told, ha="right", va="center", weight="bold")
    axes.set(xlim=(0, 11.2), ylim=(87, 104.5), yticks=[90, 95, 100])
    axes.yaxis.set_major_formatter(lambda value, _: percent(value / 100, lang))
    axes.set_xticks(range(0, 12, 2), [month_tick(f"2027-{m:02}", lang) for m in range(1, 13, 2)])


def _draw_end(figure: Figure, now: Lived, held: Lived, answer: str, lang: str) -> None:
    """Three bars of the year's end; a grey stroke says where holding the plan would have led."""
    put(figure, 0.735, 0.825, WORDS["end"][lang], color=SOFT, weight="bold")
    axes = bare(figure.add_axes((0.735, 0.13, 0.25, 0.66)))
    colour = BLUE if answer != "hold" else ORANGE
    for y, key in enumerate(("met", "green", "score")):
        value, before = (100 * part if key != "score" else part for part in (getattr(now, key), getattr(held, key)))
        put(axes, 0, y - 0.28, WORDS[f"bar_{key}"][lang], va="center")
        axes.barh(y + 0.08, value, height=0.34, color=colour)
        if answer != "hold":
            axes.plot([before, before], [y - 0.13, y + 0.29], color=GREY, linewidth=4)
        told = show(round(value), lang=lang) if key == "score" else percent(value / 100, lang)
        put(axes, max(value, before if answer != "hold" else 0) + 3, y + 0.08, told, va="center", weight="bold", color=colour)  # fmt: skip
    axes.set(xlim=(0, 125), ylim=(2.6, -0.6))
    if answer != "hold":
        put(axes, 0, 2.5, WORDS["stroke"][lang], color=SOFT, va="center")


VIEW = View(
    replan_picture,
    picks={
        "rhythm": Choice(asks={"vi": "Họp rà soát:", "en": "Reviews:"}, options=RHYTHMS, start="monthly"),
        "answer": Choice(asks={"vi": "Thị trường đổi, ta:", "en": "After the shock:"}, options=ANSWERS, start="hold"),
    },
)
