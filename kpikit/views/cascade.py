"""From a person's or department's KPI up to the company's goal: where the chain breaks, and what mends it (E7). The distributor.

The KPIs are those of its habit and its sound design for 2027; what happened to them in 2026 is read from its tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import Words, current, say, show
from ..picks import Choice, View
from ..pictures.canvas import BLUE, GREY, INK, PALE, SOFT, VIEW_HIGH, WIDE, Picture, bare, fit, page, put
from ._cascade_words import BOXES, CHAINS, FEEDS, LEVELS, MENDS, WHO, WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

BROKEN = "#B34700"  # vermillion, dark enough for text
BOX, LEFT, RIGHT, TALK = 54, 190, 640, 700  # dots: a box's height, its sides, where the answers begin


@dataclass(frozen=True)
class Step:
    """One level of a chain: the KPI there, and how it feeds the next (``holds`` None: there is nothing to feed)."""

    level: Words
    inside: Words  # the level inside a sentence
    kpi: Words
    holds: bool | None = True
    feeds: Words | None = None


def chain(who: str, mend: str) -> list[Step]:
    """The levels from somebody's KPI up to the AOP's goal, the lowest first; the goal feeds nothing further.

    >>> [step.holds for step in chain("ha", "as_is")]
    [False, False, True, True]
    """
    boxes, feeds = CHAINS[who, mend]
    steps = []
    for n, box in enumerate(boxes):
        level, kpi = BOXES[box]
        answer = FEEDS[feeds[n]] if n < len(feeds) else None
        steps.append(Step(*LEVELS[level], kpi, answer.holds if answer else True, answer.words if answer else None))
    return steps


def whole(steps: list[Step]) -> bool:
    """Whether every level answers how it feeds the next."""
    return all(step.holds is not False for step in steps)


@cache
def facts(case: Case) -> dict[str, float]:
    """What the answers quote from the tables: changes from 2025 to 2026 in percent, money in billions of VND, shares in percent.

    >>> from kpikit.companies import case
    >>> round(facts(case("distributor"))["visits"])
    38
    """
    sales, field, calls = (case.tables[name] for name in ("sales", "field", "calls"))
    lam_son, mt = "account_code == 'MT01'", "channel == 'MT'"
    plan = case.tables["plan"].query("month >= '2027' and channel == 'MT'")
    hers = case.tables["accounts"].query("keeper == 'Trịnh Thu Hà'")["account_code"]
    team = calls[calls["team"] == "Đội 1"]
    good, poor = shelves(case)
    cash = case.tables["cash"].query("'2026' <= month < '2027'")
    found = {
        "visits": _change(field.query(lam_son), "visits"),
        "lam_son": _change(sales.query(lam_son), "revenue"),
        "hers": plan[plan["account_code"].isin(hers)]["revenue"].sum() / 1e9,
        "chains": len(hers),
        "mt_plan": plan["revenue"].sum() / 1e9,
        "calls": _change(team, "calls"),
        "leads": _change(team, "qualified_leads"),
        "orders": _change(team, "orders"),
        "called": _change(team, "revenue"),
        "team": team[team["month"] >= "2026"]["revenue"].sum() / 1e9,
        "gt": sales.query("channel == 'GT' and '2026' <= month < '2027'")["revenue"].sum() / 1e9,
        "receipts": cash["receipts"].sum() / 1e9,
        "gt_receipts": case.tables["receivables"]
        .query("channel == 'GT' and '2026' <= month < '2027'")["collected"]
        .sum()
        / 1e9,
        "trips": _change(case.tables["deliveries"].query(mt), "deliveries"),
        "mt": _change(sales.query(mt), "revenue"),
        "good": good,
        "poor": poor,
    }
    return {name: float(value) for name, value in found.items()}


def _change(table: pd.DataFrame, column: str) -> float:
    years = table.groupby(table["month"].str[:4])[column].sum()
    return 100 * float(years["2026"] / years["2025"] - 1)


def shelves(case: Case) -> tuple[float, float]:
    """Products found on MT's shelves, in percent of checks, in the month after deliveries went well, and after they went badly.

    Well or badly: above or below the chain's own median of deliveries on time and in full.
    """
    import pandas as pd

    sent = case.tables["deliveries"].query("channel == 'MT'")
    sent = sent.assign(rate=sent["on_time_in_full"] / sent["deliveries"])
    sent["poor"] = sent["rate"] < sent.groupby("account_code")["rate"].transform("median")
    sent["month"] = (pd.PeriodIndex(sent["month"], freq="M") + 1).astype(str)
    after = case.tables["listing"].merge(sent[["month", "account_code", "poor"]], on=["month", "account_code"])
    found = after.groupby("poor")[["shelf_checks", "shelf_available"]].sum()
    rate = 100 * found["shelf_available"] / found["shelf_checks"]
    return float(rate[False]), float(rate[True])


def cascade_picture(who: str, mend: str) -> Picture:
    """Somebody's KPI at the bottom, the AOP's goal on top, and at each level how the lower feeds the upper (E7).

    >>> from kpikit.language import use
    >>> use("en"); print(cascade_picture("ha", "change").sentence)
    Hà, with another KPI: the chain holds from her KPI to the company's goal.
    """
    lang, steps = current(), chain(who, mend)
    said = _said(lang)
    title = _finding(who, mend, steps, lang)
    broken = next((say(step.feeds, lang, **said) for step in steps if step.holds is False and step.feeds), "")
    sentence = f"{title} {broken}".strip()
    return Picture(_draw(steps, title, said, lang), sentence, _told(steps, said, lang), WORDS["alt"][lang] + title)


def _said(lang: str) -> dict[str, str]:
    """The facts as they stand in a text: changes with a sign, in whole percents from 5 on; money with one decimal below 10."""
    told = {}
    for name, value in facts(case("distributor")).items():
        if name in ("visits", "lam_son", "calls", "leads", "orders", "called", "trips", "mt"):
            shown = round(value) if abs(value) >= 5 else round(value, 1)
            told[name] = ("+" if shown > 0 else "−" if shown < 0 else "") + show(abs(shown), "%", lang)
        elif name in ("good", "poor"):
            told[name] = show(round(value, 1), "%", lang)
        else:
            told[name] = show(round(value) if value >= 10 else round(value, 1), lang=lang)
    return told


def _finding(who: str, mend: str, steps: list[Step], lang: str) -> str:
    named: dict[str, Any] = {"who": WHO[who]["short"][lang], "mend": MENDS[mend]["told"][lang]}
    if any(step.holds is None for step in steps):
        return say(WORDS["nothing_lost"], lang, **named)
    if whole(steps):
        return say(WORDS["whole"], lang, **named, whose=WHO[who]["whose"][lang])
    n = next(n for n, step in enumerate(steps) if step.holds is False)
    return say(WORDS["broken"], lang, **named, low=steps[n].inside[lang], high=steps[n + 1].inside[lang])


def _draw(steps: list[Step], title: str, said: dict[str, str], lang: str) -> Figure:
    from matplotlib.patches import FancyBboxPatch

    figure = page(title, WORDS["note"][lang], high=VIEW_HIGH)
    axes = bare(figure.add_axes((0, 0, 1, 1)))
    axes.set(xlim=(0, WIDE), ylim=(VIEW_HIGH, 0))
    axes.patch.set_visible(False)
    pitch = {3: 148, 4: 108}[len(steps)]
    places = [455 - pitch * n for n in range(len(steps))]  # the middle of each box, the lowest first
    for n, (step, y) in enumerate(zip(steps, places, strict=True)):
        goal, gone = n == len(steps) - 1, step.kpi[lang].startswith("(")
        face, edge = BLUE if goal else "white" if gone else "#E4EEF5", GREY if gone else BLUE
        axes.add_patch(FancyBboxPatch((LEFT, y - BOX / 2), RIGHT - LEFT, BOX, boxstyle="round,pad=0,rounding_size=6",
                                      linewidth=1.5, linestyle="--" if gone else "-", facecolor=face, edgecolor=edge))  # fmt: skip
        put(axes, (LEFT + RIGHT) / 2, y, fit(step.kpi[lang], RIGHT - LEFT - 24, lines=2, weight="bold" if goal else "normal"),
            ha="center", va="center", color="white" if goal else SOFT if gone else INK,
            weight="bold" if goal else "normal", linespacing=1.15)  # fmt: skip
        put(axes, LEFT - 14, y, fit(step.level[lang], LEFT - 34, lines=2, weight="bold"), ha="right", va="center",
            color=SOFT, weight="bold", linespacing=1.15)  # fmt: skip
        if not goal:
            _arrow(axes, step, y - BOX / 2, places[n + 1] + BOX / 2, said, lang)
    return figure


def _arrow(axes: Any, step: Step, low: float, high: float, said: dict[str, str], lang: str) -> None:
    """From a box to the one above, with what is answered when one asks how the lower feeds the upper."""
    middle, x = (low + high) / 2, (LEFT + RIGHT) / 2
    ink = {True: INK, False: BROKEN, None: SOFT}[step.holds]
    if step.holds:
        axes.annotate(
            "", (x, high + 1), (x, low), arrowprops={"arrowstyle": "-|>", "color": BLUE, "lw": 3, "mutation_scale": 22}
        )
    elif step.holds is False:
        axes.plot([x, x], [low, high], "--", color=BROKEN, linewidth=2.4)
        axes.plot(x, middle, "X", color=BROKEN, markersize=17, markeredgecolor="white", markeredgewidth=1.5)
    if step.feeds is None:
        return
    axes.plot([x + 20, TALK - 12], [middle, middle], color=PALE, linewidth=1.2, zorder=0)
    mark = {True: "✓ ", False: "✕ ", None: ""}[step.holds]
    weight = "bold" if step.holds is False else "normal"
    told = fit(mark + say(step.feeds, lang, **said), WIDE - TALK - 20, lines=4, weight=weight)
    put(axes, TALK, middle, told, va="center", color=ink, weight=weight, linespacing=1.2)


def _told(steps: list[Step], said: dict[str, str], lang: str) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (step.level[lang], step.kpi[lang].strip("()"), say(step.feeds, lang, **said) if step.feeds else "–",
         "–" if step.feeds is None or step.holds is None else WORDS["yes" if step.holds else "no"][lang])
        for step in reversed(steps)
    ]  # fmt: skip
    columns = [WORDS[c][lang] for c in ("level", "kpi", "feeds", "holds")]
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


VIEW = View(
    cascade_picture,
    picks={
        "who": Choice(
            asks={"vi": "KPI của:", "en": "Whose KPI:"},
            options={id: words["pick"] for id, words in WHO.items()},
            start="ha",
        ),
        "mend": Choice(
            asks={"vi": "Sửa:", "en": "Mend:"},
            options={id: words["pick"] for id, words in MENDS.items()},
            start="as_is",
        ),
    },
)
