"""Does an activity reach the goal, link by link? Two call teams of the distributor (A5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..companies import Case, case
from ..language import LANGUAGES, Words, current, say, show
from ..picks import Choice, View
from ..pictures.canvas import BLUE, GREY, INK, ORANGE, PALE, SOFT, VIEW_HIGH, Picture, page

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

STEPS: dict[str, Words] = {
    "calls": {"vi": "Cuộc gọi", "en": "Calls"},
    "qualified_leads": {"vi": "Khách tiềm năng chất lượng", "en": "Qualified leads"},
    "orders": {"vi": "Đơn hàng", "en": "Orders"},
    "revenue": {"vi": "Doanh thu", "en": "Revenue"},
}
TEAMS: dict[str, Words] = {"Đội 1": {"vi": "Đội 1", "en": "Team 1"}, "Đội 2": {"vi": "Đội 2", "en": "Team 2"}}
NEXT = {"calls": "qualified_leads", "qualified_leads": "orders", "orders": "revenue"}
LATER = {"qualified_leads": 1}  # a lead becomes an order in the month after
HOLDS = 0.5  # a link holds where the effect moves at least half as much as its cause: a house rule


def chain_years(case: Case, team: str) -> pd.DataFrame:
    """A team's calls, qualified leads, orders and revenue (VND), 2025 and 2026, and the change in percent."""
    calls = case.tables["calls"]
    mine = calls[calls["team"] == team]
    years = mine.groupby(mine["month"].str[:4])[list(STEPS)].sum().T
    years["change"] = 100 * (years["2026"] / years["2025"] - 1)
    return years


def chain_months(case: Case, team: str, link: str, year: str = "both") -> pd.DataFrame:
    """One link month by month: ``cause``, ``effect`` (a month later for leads) and ``busy``.

    ``busy`` is true for the half of the months with the most of the cause. ``year``: that year's causes only.
    """
    calls = case.tables["calls"]
    mine = calls[calls["team"] == team].sort_values("month").set_index("month")
    months = mine[[link]].rename(columns={link: "cause"})
    months["effect"] = mine[NEXT[link]].shift(-LATER.get(link, 0))
    months = months[months.index.str.startswith("20" if year == "both" else year)].dropna()
    months["busy"] = months["cause"].rank(method="first") > len(months) / 2
    return months


def chain_halves(months: pd.DataFrame) -> tuple[float, float]:
    """How much more of cause and effect the busy half of the months had than the quiet half, in percent."""
    quiet, busy = months.groupby("busy")[["cause", "effect"]].mean().to_numpy()
    cause, effect = 100 * (busy / quiet - 1)
    return float(cause), float(effect)


def chain_picture(team: str, link: str, year: str) -> Picture:
    """A team's chain over the years, one link of it month by month, and whether that link holds (A5)."""
    lang, distributor = current(), case("distributor")
    years, months = chain_years(distributor, team), chain_months(distributor, team, link, year)
    cause, effect = chain_halves(months)
    holds = effect >= HOLDS * cause
    facts = {
        "team": TEAMS[team][lang],
        "cause": STEPS[link][lang].lower(),
        "effect": _effect(link, lang).lower(),
        "more": _signed(cause, lang),
        "change": _signed(effect, lang),
    }
    found = "holds" if holds else "broken"
    sentence, title = _tell(found, lang, **facts), _tell(f"{found}_title", lang, **facts)
    table = years.rename(index={id: _unit(id, lang) for id in STEPS}, columns={"change": _tell("change", lang)})
    table = table.apply(
        lambda column: [show(round(v, 1), "%" if column.name == _tell("change", lang) else None, lang) for v in column]
    )
    return Picture(_draw_chain(years, months, link, holds, title, lang), sentence, table)


def _signed(percent: float, lang: str) -> str:
    """A change with its sign: +36%, −0,5%; whole percents from 5 on."""
    shown = round(percent) if abs(percent) >= 5 else round(percent, 1)
    return ("+" if shown > 0 else "−" if shown < 0 else "") + show(abs(shown), "%", lang)


def _effect(link: str, lang: str) -> str:
    return STEPS[NEXT[link]][lang] + (_tell("next_month", lang) if link in LATER else "")


def _unit(id: str, lang: str) -> str:
    return STEPS[id][lang] + (" (VND)" if id == "revenue" else "")


def _draw_chain(years: pd.DataFrame, months: pd.DataFrame, link: str, holds: bool, title: str, lang: str) -> Figure:
    figure = page(title, _tell("note", lang), high=VIEW_HIGH)
    _draw_years(figure.add_axes((0.02, 0.13, 0.36, 0.72)), years, link, lang)
    axes, colour = figure.add_axes((0.52, 0.2, 0.46, 0.63)), BLUE if holds else ORANGE
    million = 1e6 if NEXT[link] == "revenue" else 1
    for busy, half in months.groupby("busy"):
        axes.plot(half["cause"], half["effect"] / million, "o", color=colour if busy else GREY, alpha=0.55, zorder=2)
    means = months.groupby("busy")[["cause", "effect"]].mean()
    x, y = means["cause"], means["effect"] / million
    axes.plot(x, y, "-", color=INK, zorder=3)
    for busy, key in ((False, "quiet"), (True, "busy")):
        axes.plot(
            x[busy],
            y[busy],
            "o",
            markersize=15,
            color=colour if busy else GREY,
            markeredgecolor="white",
            markeredgewidth=2,
            zorder=4,
        )
        axes.annotate(
            _tell(key, lang),
            (x[busy], 0),
            xytext=(8 if busy else -8, 10),
            textcoords="offset points",
            ha="left" if busy else "right",
            color=colour if busy else SOFT,
            weight="bold",
        )
        axes.plot([x[busy], x[busy]], [0, y[busy]], ":", linewidth=1.5, color=colour if busy else GREY, zorder=1)
    axes.set(
        xlim=(0, months["cause"].max() * 1.2),
        ylim=(0, months["effect"].max() / million * 1.12),
        xlabel=_tell("per_month", lang, what=STEPS[link][lang]),
    )
    axes.set_title(
        _tell("by_month", lang, what=_effect(link, lang) + (_tell("million", lang) if million > 1 else "")),
        weight="normal",
        fontsize=14,
        pad=6,
    )
    axes.locator_params(nbins=5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: show(value, lang=lang))
    return figure


def _draw_years(axes: Any, years: pd.DataFrame, link: str, lang: str) -> None:
    """Four bars, one a step of the chain; the two of the chosen link stand out."""
    axes.axvline(0, color=GREY, linewidth=1.5)
    for y, (id, row) in enumerate(years.iterrows()):
        chosen, change = id in (link, NEXT[link]), row["change"]
        axes.barh(y + 0.16, change, height=0.4, color=(BLUE if change >= 5 else ORANGE) if chosen else PALE)
        arrow = "" if y == 0 else "↓ "
        axes.text(
            0,
            y - 0.28,
            f" {arrow}{STEPS[str(id)][lang]}",
            va="center",
            color=INK if chosen else SOFT,
            weight="bold" if chosen else "normal",
        )
        axes.text(
            max(change, 0) + 0.8,
            y + 0.16,
            _signed(change, lang),
            va="center",
            color=INK if chosen else SOFT,
            weight="bold" if chosen else "normal",
        )
    axes.set(xlim=(-2, 46), ylim=(3.6, -0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.set_title(_tell("against_2025", lang), weight="normal", fontsize=14, pad=6)


_WORDS: dict[str, Words] = {
    "holds": {
        "vi": "{team}: so nửa số tháng nhiều {cause} với nửa còn lại, {cause} {more} và {effect} {change}. "
        "Mắt xích này liền.",
        "en": "{team}: the half of the months with more {cause}, against the other half: {cause} {more}, "
        "{effect} {change}. This link holds.",
    },
    "broken": {
        "vi": "{team}: so nửa số tháng nhiều {cause} với nửa còn lại, {cause} {more}, còn {effect} thì {change}. "
        "Mắt xích này đứt.",
        "en": "{team}: the half of the months with more {cause}, against the other half: {cause} {more}, "
        "but {effect} {change}. This link is broken.",
    },
    "holds_title": {
        "vi": "{team}: {cause} tăng, {effect} tăng theo",
        "en": "{team}: more {cause}, {effect} up too",
    },
    "broken_title": {
        "vi": "{team}: {cause} tăng, {effect} không theo kịp",
        "en": "{team}: more {cause}, {effect} not keeping up",
    },
    "note": {
        "vi": "Chấm to: trung bình của nửa số tháng. Phần sau tăng bằng nửa phần trước trở lên là liền (quy ước của khóa học).",
        "en": "Large dots: the mean of half the months. A link holds if the effect rises at least half as much (a house rule).",
    },
    "next_month": {"vi": " tháng sau", "en": " a month later"},
    "change": {"vi": "Thay đổi", "en": "Change"},
    "quiet": {"vi": "ít", "en": "fewer"},
    "busy": {"vi": "nhiều", "en": "more"},
    "per_month": {"vi": "{what} mỗi tháng", "en": "{what} a month"},
    "by_month": {"vi": "Từng tháng: {what}", "en": "Month by month: {what}"},
    "million": {"vi": " (triệu VND)", "en": " (VND m)"},
    "against_2025": {"vi": "Năm 2026 so với 2025", "en": "2026 against 2025"},
}


def _tell(key: str, lang: str, **facts: Any) -> str:
    return say(_WORDS[key], lang, **facts)


VIEW = View(
    chain_picture,
    picks={
        "team": Choice(asks={"vi": "Đội:", "en": "Team:"}, options=TEAMS, start="Đội 1"),
        "year": Choice(
            asks={"vi": "Các tháng của:", "en": "Months of:"},
            options={
                "both": {"vi": "Cả hai năm", "en": "Both years"},
                "2025": {"vi": "2025", "en": "2025"},
                "2026": {"vi": "2026", "en": "2026"},
            },
            start="both",
        ),
        "link": Choice(
            asks={"vi": "Mắt xích:", "en": "Link:"},
            options={
                cause: {lang: f"{STEPS[cause][lang]} → {STEPS[effect][lang]}" for lang in LANGUAGES}
                for cause, effect in NEXT.items()
            },
            start="calls",
        ),
    },
)
