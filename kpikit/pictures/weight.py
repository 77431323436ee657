"""Who gets the weight: the goals the AOP chose, or activity and compliance (D4, E5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..checklist.reading import Reading
from ..companies import Case
from ..design import Design, Kpi
from ..language import Words, current, say, show
from .canvas import AMBER, BLUE, GREY, INK, ORANGE, SKY, SOFT, TEAL, Picture, bare, fit, page, put, styled

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

GROUPS = ("primary", "supporting", "activity", "compliance")
LOOKS = {"primary": (BLUE, None), "supporting": (SKY, None), "activity": (AMBER, "//"), "compliance": (ORANGE, "..")}
MOST = 9  # scorecards that fit; the table has the rest
HALF, FIFTH = 50, 20  # percent: what checks 5.1, 3.3 and 5.2 draw the line at


def weights_by_group(design: Design, case: Case | None = None) -> pd.DataFrame:
    """How each scorecard's weight is spread, in percent of its own total: a row a scorecard.

    Columns: ``primary`` and ``supporting`` (KPIs of such goals), ``activity`` (counts without evidence) and ``compliance``,
    whatever goal they name. A KPI without a known goal counts as supporting. NaN where a scorecard has no weights.

    >>> from kpikit.companies import case
    >>> weights_by_group(case("distributor").design("habit")).loc["company"].to_dict()
    {'primary': 20.0, 'supporting': 0.0, 'activity': 60.0, 'compliance': 20.0}
    """
    import pandas as pd

    reading = Reading(design, case.catalogue if case else None)
    rows = []
    for card in reading.cards:
        parts = {g: 100 * card.share(k for k in card.kpis if group(reading, k) == g) for g in GROUPS}
        rows.append(parts if card.total else dict.fromkeys(GROUPS, float("nan")))
    return pd.DataFrame(rows, index=[card.place for card in reading.cards], columns=list(GROUPS), dtype=float)


def group(reading: Reading, kpi: Kpi) -> str:
    """What a KPI's weight really rewards: see `weights_by_group`."""
    if reading.is_compliance(kpi):
        return "compliance"
    if reading.is_unproven(kpi):
        return "activity"
    return "primary" if reading.serves_primary(kpi) else "supporting"


def budget_by_role(design: Design) -> dict[str, float]:
    """The AOP's budget by the role of the goal it is for, in percent of what names a goal; empty without a budget (B2).

    >>> from kpikit.companies import case
    >>> {role: round(part) for role, part in budget_by_role(case("distributor").design("sound")).items()}
    {'primary': 71, 'supporting': 29}
    """
    roles = {goal.id: goal.role or "supporting" for goal in design.aop.goals if goal.id}
    amounts = dict.fromkeys(("primary", "supporting"), 0.0)
    for line in design.aop.budget:
        if line.goal in roles and line.amount and line.amount > 0:
            amounts[roles[line.goal]] += line.amount
    whole = sum(amounts.values())
    return {role: 100 * amount / whole for role, amount in amounts.items()} if whole else {}


@styled
def weight_picture(*, design: Design, case: Case | None = None, month: str | None = None) -> Picture:
    """Each scorecard's weight on primary goals, supporting goals, activity and compliance, beside the AOP's budget.

    Source: curriculum D4, E5; the lines are those of checks 3.3, 5.1 and 5.2.

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(weight_picture(design=case("distributor").design("habit")).sentence)
    The company scorecard gives its primary goals 20% of the weight, unproven activity 60%.
    """
    lang = current()
    table = weights_by_group(design, case)
    budget = budget_by_role(design)
    sentence = _finding(table, lang)
    sentence = sentence[:1].upper() + sentence[1:]
    told = table.round(1)
    if budget:
        told.loc[_WORDS["budget"][lang]] = {**dict.fromkeys(GROUPS, 0.0), **{k: round(v, 1) for k, v in budget.items()}}
    told.index = [_card(str(place), lang) for place in told.index]  # type: ignore[assignment]
    told.columns = [f"{_WORDS[g][lang]} (%)" for g in GROUPS]  # type: ignore[assignment]
    return Picture(_draw(table, budget, design, sentence, lang), sentence, told, _WORDS["alt"][lang] + sentence)


def _card(place: str, lang: str) -> str:
    return _WORDS["company"][lang] if place == "company" else place


def _finding(table: pd.DataFrame, lang: str) -> str:
    """The company scorecard first: what primary goals get, and who gets more than they should; then departments."""
    known = table.dropna()
    if known.empty:
        return _WORDS["nothing"][lang]
    place = "company" if "company" in known.index else str(known.index[0])
    row = known.loc[[place]].iloc[0]
    facts: dict[str, Any] = {"card": _WORDS["the_company"][lang] if place == "company" else place}
    facts |= {g: show(round(row[g]), "%", lang) for g in GROUPS}
    if row["activity"] >= HALF or row["activity"] > row["primary"]:
        return say(_WORDS["to_activity"], lang, **facts)
    if row["compliance"] > FIFTH:
        return say(_WORDS["to_compliance"], lang, **facts)
    if row["primary"] < HALF:
        return say(_WORDS["little"], lang, **facts)
    off = known[(known["activity"] >= HALF) | (known["compliance"] > FIFTH)].drop(index=place, errors="ignore")
    if len(off):
        return say(_WORDS["others"], lang, other=str(off.index[0]), n=len(off), **facts)
    return say(_WORDS["follows"], lang, **facts)


def _draw(table: pd.DataFrame, budget: dict[str, float], design: Design, title: str, lang: str) -> Figure:
    rows = table.head(MOST)
    more = say(_WORDS["more"], lang, n=len(table) - MOST) if len(table) > MOST else ""
    priority = design.aop.priority or ""
    chosen = (
        say(_WORDS["priority"], lang, what=_WORDS.get(f"is_{priority}", {}).get(lang, priority)) if priority else ""
    )
    figure = page(title, chosen + _WORDS["note"][lang] + more)
    slots = max(len(rows) + (1.25 if budget else 0), 5)
    tall = 0.6 * (len(rows) + (1.25 if budget else 0)) / slots if slots > 5 else 0.6
    for n, name in enumerate(GROUPS):
        axes = bare(figure.add_axes((0.235 + n * 0.19, 0.125, 0.175, tall)))
        axes.set(xlim=(0, 138), ylim=(slots - 0.5, -0.5))
        put(figure, 0.235 + n * 0.19, 0.785, fit(_WORDS[name][lang], 232, lines=2, weight="bold"), weight="bold", va="center",
            linespacing=1.15)  # fmt: skip
        axes.axvline(0, color=GREY, linewidth=1.2)
        colour, hatch = LOOKS[name]
        for y, (place, row) in enumerate(rows.iterrows()):
            if n == 0:
                _row_name(axes, y, _card(str(place), lang), place == "company")
            _bar(axes, y, row[name], colour, hatch, place == "company", lang)
        if budget:
            below = len(rows) + 0.25
            if n == 0:
                _row_name(axes, below, _WORDS["budget"][lang], False)
            if name in budget:
                _bar(axes, below, budget[name], TEAL, "xx", False, lang)
    return figure


def _row_name(axes: Any, y: float, text: str, bold: bool) -> None:
    weight = "bold" if bold else "normal"
    put(axes, -8, y, fit(text, 270, lines=2, weight=weight), ha="right", va="center", weight=weight, linespacing=1.1,
        color=INK if bold else SOFT)  # fmt: skip


def _bar(axes: Any, y: float, value: float, colour: str, hatch: str | None, bold: bool, lang: str) -> None:
    if value != value:
        put(axes, 4, y, "–", va="center", color=SOFT)
        return
    axes.barh(y, value, height=0.58, color=colour, edgecolor=INK if hatch else colour, hatch=hatch, linewidth=0.6)
    put(axes, value + 4, y, show(round(value), "%", lang), va="center", weight="bold" if bold else "normal",
        color=INK if value >= 0.5 else "#767676")  # fmt: skip


_WORDS: dict[str, Words] = {
    "primary": {"vi": "Mục tiêu trọng tâm", "en": "Primary goals"},
    "supporting": {"vi": "Mục tiêu hỗ trợ", "en": "Supporting goals"},
    "activity": {"vi": "Hoạt động chưa có bằng chứng", "en": "Activity without evidence"},
    "compliance": {"vi": "Tuân thủ, hành chính", "en": "Compliance"},
    "company": {"vi": "Công ty", "en": "Company"},
    "the_company": {"vi": "công ty", "en": "the company scorecard"},
    "budget": {"vi": "Ngân sách trong AOP", "en": "Budget in the AOP"},
    "nothing": {"vi": "Chưa bảng KPI nào có trọng số.", "en": "No scorecard has weights yet."},
    "to_activity": {
        "vi": "Bảng KPI {card} dành {primary} trọng số cho mục tiêu trọng tâm, {activity} cho hoạt động chưa có bằng chứng.",
        "en": "{card} gives its primary goals {primary} of the weight, unproven activity {activity}.",
    },
    "to_compliance": {
        "vi": "Bảng KPI {card} dành {primary} trọng số cho mục tiêu trọng tâm, {compliance} cho tuân thủ.",
        "en": "{card} gives its primary goals {primary} of the weight, compliance {compliance}.",
    },
    "little": {
        "vi": "Bảng KPI {card} chỉ dành {primary} trọng số cho mục tiêu trọng tâm.",
        "en": "{card} gives its primary goals only {primary} of the weight.",
    },
    "others": {
        "vi": "Bảng KPI {card} dành {primary} trọng số cho mục tiêu trọng tâm; số bảng khác nặng về hoạt động, tuân thủ: {n}, trước hết là {other}.",
        "en": "{card} gives its primary goals {primary} of the weight; scorecards heavy with activity or compliance: {n}, first {other}.",
    },
    "follows": {
        "vi": "Trọng số đi theo ưu tiên: bảng KPI {card} dành {primary} cho mục tiêu trọng tâm.",
        "en": "Weights follow the priority: {card} gives its primary goals {primary}.",
    },
    "priority": {"vi": "Ưu tiên của AOP: {what}. ", "en": "The AOP's priority: {what}. "},
    "is_growth": {"vi": "tăng trưởng", "en": "growth"},
    "is_efficiency": {"vi": "tối ưu hiệu quả", "en": "efficiency"},
    "is_cash": {"vi": "giữ dòng tiền", "en": "cash"},
    "is_retention": {"vi": "giữ khách", "en": "retention"},
    "note": {
        "vi": "Mỗi hàng cộng lại là 100% trọng số của một bảng KPI.",
        "en": "Each row adds up to 100% of a scorecard's weight.",
    },
    "more": {"vi": " Còn {n} bảng KPI trong bảng số liệu.", "en": " {n} more scorecards are in the table."},
    "alt": {
        "vi": "Cột ngang: trọng số của mỗi bảng KPI chia cho mục tiêu trọng tâm, mục tiêu hỗ trợ, hoạt động, tuân thủ. ",
        "en": "Bars: each scorecard's weight by primary goals, supporting goals, activity, compliance. ",
    },
}
