"""A learner's own sheets in the simulated year beside last year's: put together by six mends, or designed by her (G5).

Hương Việt's AOP of 2027 with the sheets of last year, or with some of six mends made; or the learner's own design
beside the habit sheets of its case. Five hundred years each, the same luck and shocks for both. It shows mechanisms;
it forecasts no company. Source: curriculum E2, E5 to E8, G5; kpikit/years/README.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..checklist import check
from ..companies import case
from ..language import current, say, show
from ..picks import Choice, Several, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, SOFT, VIEW_HIGH, Picture, fit, page, put
from ..years.at_hand import CASES, AtHand, own, put_together
from ..years.result import Year, percent, year
from ..years.run import MET
from ._year_of_yours_design import LINES, MENDS, sheets
from ._year_of_yours_words import WORDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEARS, SEED = 500, 1
SHOWN = 300  # years drawn as dots
LEFT, RIGHT = 55, 117  # percent of the goal on the axis; a year outside stands at the edge
BOTTOM, TALL = 0.235, 0.575  # of the strips, part of the page
MET_AT, PARADOX_AT = 0.79, 0.885  # where the chances stand
RARE, OFTEN = 0.1, 0.5  # of the years: from where a finding speaks of the goal met, of the paradox


class Run(NamedTuple):
    """Sheets that lived through `YEARS` years: who they are, the years, and how many of the 24 questions they tick."""

    name: str
    year: Year
    ticks: int

    @property
    def mean(self) -> float:
        """Mean attainment; 1 is the goal."""
        return float(self.year.attainment.mean())


# ---------------------------------------------------------------- the numbers


@cache
def lived(mends: frozenset[str]) -> Run:
    """Hương Việt with these of the six mends made.

    >>> lived(frozenset()).year.met, lived(frozenset(MENDS)).ticks
    (0.0, 24)
    """
    design = sheets(mends)
    return Run("", year(design, YEARS, SEED, CASES[0]), check(design).score)


@cache
def habit(company: str) -> Run:
    """A case's habit sheets, as its own AOP lies beside them."""
    design = case(company).design("habit")
    return Run(design.company or company, year(design, YEARS, SEED, company), check(design).score)


# ---------------------------------------------------------------- the picture


def year_of_yours_picture(sheet: str, mends: list[str]) -> Picture:
    """Two ways of measuring in the same years: how much of the goal, and what the sheets said of it."""
    lang = current()
    if sheet == "put":
        put_together[:] = [sheets(mends, lang)]
        return _picture(lived(frozenset()), lived(frozenset(mends)), mends, lang)
    mine, faults = own(Path.cwd(), lang)
    return _of_own(mine[0], lang) if mine else _nothing(faults, lang)


def _picture(old: Run, now: Run, mends: list[str], lang: str) -> Picture:
    old, now = old._replace(name=WORDS["old"][lang]), now._replace(name=WORDS["now"][lang])
    told = _told(old, now, lang) | {"n": show(len(mends), lang=lang)}
    title, sentence = (
        say(WORDS[f"title_{_finding(now)}" if mends else "title_none"], lang, **told),
        say(WORDS["sentence"], lang, **told),
    )
    figure = page(title, WORDS["note"][lang], high=VIEW_HIGH)
    for n, name in enumerate(MENDS):
        done = name in mends
        look = {"color": BLUE, "weight": "bold"} if done else {"color": SOFT}
        put(figure, 0.016, 0.75 - 0.085 * n, ("✓ " if done else "– ") + LINES[name][done][lang], **look)
    put(figure, 0.016, 0.22, say(WORDS["ticks"], lang, n=now.ticks), weight="bold")
    _draw(figure, old, now, lang)
    return Picture(figure, sentence, _table(old, now, lang), alt=f"{title}. {sentence}")


def _of_own(found: AtHand, lang: str) -> Picture:
    design, old = found.open(), habit(found.case or CASES[0])
    now = Run(found.name, year(design, YEARS, SEED, found.case), check(design, case=found.case).score)
    old = old._replace(name=say(WORDS["habit"], lang, company=old.name))
    told = _told(old, now, lang)
    title, sentence = say(WORDS[f"own_{_finding(now)}"], lang, **told), say(WORDS["sentence"], lang, **told)
    figure = page(title, WORDS["note"][lang], high=VIEW_HIGH)
    put(
        figure,
        0.016,
        0.75,
        fit(design.company or found.name, 380, lines=2, weight="bold"),
        weight="bold",
        va="top",
        linespacing=1.2,
    )
    about = say(WORDS["about"], lang, n=len(design.kpis), ticks=now.ticks)
    put(figure, 0.016, 0.63, fit(about, 390, lines=2), va="top", linespacing=1.25)
    put(figure, 0.016, 0.51, fit(now.year.mapping.summary(lang), 390, lines=6), va="top", color=SOFT, linespacing=1.25)
    _draw(figure, old, now, lang)
    return Picture(figure, sentence, _table(old, now, lang), alt=f"{title}. {sentence}")


def _nothing(faults: list[str], lang: str) -> Picture:
    """No design of her own lies here: where one would be found."""
    import pandas as pd

    figure = page(WORDS["nothing"][lang], high=VIEW_HIGH)
    y = 0.80
    for text in (*(fault.splitlines()[0] for fault in faults[:1]), *(WORDS[f"place_{n}"][lang] for n in (1, 2, 3))):
        made = fit(text, 1220, size=17, lines=3)
        put(figure, 0.016, y, made, size=17, va="top", linespacing=1.3)
        y -= 0.06 + 0.055 * (made.count("\n") + 1)
    table = pd.DataFrame({WORDS["places"][lang]: [WORDS[f"place_{n}"][lang] for n in (1, 2, 3)]})
    return Picture(figure, WORDS["nothing_sentence"][lang], table, alt=WORDS["nothing_sentence"][lang])


def _finding(now: Run) -> str:
    """What is to be said of these years first: the paradox, the goal met, or a goal that is no longer hidden."""
    if now.year.paradox >= OFTEN:
        return "paradox"
    return "met" if now.year.met >= RARE else "missed"


def _told(old: Run, now: Run, lang: str) -> dict[str, str]:
    return {
        "now": now.name,
        "met": percent(now.year.met, lang),
        "paradox": percent(now.year.paradox, lang),
        "mean": percent(now.mean, lang),
        "old_met": percent(old.year.met, lang),
        "old_paradox": percent(old.year.paradox, lang),
        "old_mean": percent(old.mean, lang),
    }


def _table(old: Run, now: Run, lang: str) -> pd.DataFrame:
    import pandas as pd

    rows = {}
    for made in (old, now):
        shares = (made.year.met, made.year.paradox, made.year.green, made.mean)
        rows[made.name] = [*(percent(v, lang) for v in shares), say(WORDS["of_24"], lang, n=made.ticks)]
    return pd.DataFrame(rows, index=[WORDS[f"row_{k}"][lang] for k in ("met", "paradox", "green", "mean", "ticks")]).T


def _draw(figure: Figure, old: Run, now: Run, lang: str) -> None:
    """A strip of years for each; their chances to the right."""
    import numpy as np

    axes = figure.add_axes((0.35, BOTTOM, 0.41, TALL))
    line, spread = 100 * MET, np.random.default_rng(1).uniform(-0.24, 0.24, SHOWN)
    for y, made in ((1, old), (0, now)):
        x = np.clip(100 * made.year.attainment[:SHOWN], LEFT + 0.5, RIGHT - 0.5)
        met, paradox = made.year.years.met[:SHOWN], made.year.years.paradox[:SHOWN]
        for which, mark, colour in ((~met & ~paradox, "o", GREY), (paradox, "D", ORANGE), (met, "o", BLUE)):
            axes.plot(x[which], (y + spread)[which], mark, color=colour, markersize=5, alpha=0.5, markeredgewidth=0)
        axes.plot([100 * made.mean] * 2, [y - 0.3, y + 0.3], color=INK, linewidth=3)
        name = fit(made.name, 520, lines=1, weight="bold")
        put(axes, LEFT, y + 0.36, name, weight="bold", color=SOFT if made is old else INK)
        for at, value, colour in ((MET_AT, made.year.met, BLUE), (PARADOX_AT, made.year.paradox, ORANGE)):
            middle = BOTTOM + TALL * (y + 0.5) / 2.1
            told = colour if value >= 0.005 else GREY
            put(figure, at, middle, percent(value, lang), size=26, weight="bold", color=told, va="center")
    axes.axvline(line, color=INK, linewidth=1.5, linestyle=":")
    put(figure, MET_AT, 0.83, WORDS["head_met"][lang], color=BLUE, weight="bold")
    put(figure, PARADOX_AT, 0.83, WORDS["head_paradox"][lang], color=ORANGE, weight="bold")
    axes.set(xlim=(LEFT, RIGHT), ylim=(-0.5, 1.6), yticks=[], xlabel=WORDS["axis"][lang])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value / 100, lang))


VIEW = View(
    year_of_yours_picture,
    picks={
        "sheet": Choice(
            asks=WORDS["ask_sheet"], options={"put": WORDS["pick_put"], "mine": WORDS["pick_mine"]}, start="put"
        ),
        "mends": Several(asks=WORDS["ask_mends"], options={name: WORDS[f"mend_{name}"] for name in MENDS}),
    },
)
