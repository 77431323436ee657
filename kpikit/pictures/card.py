"""A scorecard with traffic lights: what each KPI has reached, on its own scale (B4, E6). The numbers are `attainment`'s."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..attainment import LIGHTS, NEAR_PLAN, REASONS, firm_of, last_month, light, share_of_target, to_date, totals
from ..attainment import scorecard as measured
from ..companies import Case
from ..design import Design, Kpi
from ..language import Trouble, Words, current, say, show
from ..metrics import metric as values
from .canvas import (
    AMBER,
    GREY,
    INK,
    ORANGE,
    PALE,
    SOFT,
    TEAL,
    WIDE,
    Picture,
    Ruler,
    bare,
    fit,
    month_name,
    page,
    put,
    styled,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 11  # rows that fit at 14 points; the table has the rest
LOOKS = {"green": (TEAL, "o"), "amber": (AMBER, "D"), "red": (ORANGE, "X"), "": (GREY, "_")}  # told apart by shape too
_LINES = ("floor", "target", "stretch")
_PLACES = {"floor": 0.25, "target": 0.65, "stretch": 0.9}  # where a scale's lines stand on its drawing


@styled
def card_picture(
    *, design: Design, case: Case | None = None, month: str | None = None, scorecard: str | None = None,
    against: str = "scale",
) -> Picture:  # fmt: skip
    """One scorecard: each KPI's actual, target, place on its scale, points and light, and the AOP's goals below.

    ``scorecard``: its name as the design has it, else the company's. ``against``: ``scale``, or ``plan`` for a year the
    design was not written for: see `kpikit.attainment.scorecard`. Raises `Trouble` for a scorecard that is not there.

    >>> from kpikit.companies import case
    >>> from kpikit.language import use
    >>> use("en"); print(card_picture(design=case("cafe_chain").design("habit"), against="plan").sentence)
    3 of 4 KPIs on the company scorecard are green, but a goal of the AOP is red: Giữ dòng tiền để trả nợ.
    """
    lang = current()
    firm = firm_of(design, case)
    month = month or last_month(firm)
    table = measured(design, firm, month, against)
    names = list(dict.fromkeys(table["scorecard"]))
    place = scorecard or ("company" if "company" in names else next(iter(names), "company"))
    if names and place not in names:
        there = ", ".join(names)
        raise Trouble(
            vi=f"Không có bảng KPI “{place}”. Có: {there}.", en=f"There is no scorecard “{place}”. There are: {there}."
        )
    card = table[table["scorecard"] == place]
    aims = goals_reached(design, firm, month, against)
    sentence = _finding(card, aims, place, table.attrs, lang)
    note = _note(table.attrs, len(card), bool(len(aims)), lang)
    told = _told(table, lang)
    return Picture(_draw(card, aims, sentence, note, lang), sentence, told, _WORDS["alt"][lang] + sentence)


def goals_reached(design: Design, case: Case, month: str, against: str = "scale") -> pd.DataFrame:
    """The AOP's goals with a metric beside their target at the end of a month: a row a goal, columns as in `scorecard`.

    >>> from kpikit.companies import case
    >>> firm = case("cafe_chain")
    >>> goals_reached(firm.design("habit"), firm, "2026-12", "plan")["light"].to_dict()
    {'G1': 'red'}
    """
    import pandas as pd

    rows = {}
    for goal in design.aop.goals:
        entry = case.catalogue.get(goal.metric) if goal.metric else None
        if entry is None or (goal.target is None and against == "scale"):
            continue
        found = values(case, entry.id, by="ytd", until=month).set_index("period")
        target = found["plan"].get(month) if against == "plan" else to_date(case, entry, month)(goal.target)
        actual = found["actual"].get(month)
        kpi = Kpi(direction=entry.direction)
        if actual is None or target is None or actual != actual or target != target:
            continue
        floor = target - abs(target) * (1 - NEAR_PLAN) * (1 if entry.up else -1)
        rows[goal.id or goal.name or entry.id] = {
            "name": goal.name or entry.name[current()], "unit": goal.unit or entry.unit, "role": goal.role or "",
            "direction": entry.direction, "actual": actual, "target": target, "floor": floor, "stretch": float("nan"),
            "points": float("nan"), "weight": float("nan"), "attainment": share_of_target(kpi, target, actual),
            "light": light(kpi, {"floor": floor, "target": target}, actual), "reason": "",
        }  # fmt: skip
    columns = ["name", "unit", "role", "direction", "actual", "target", "floor", "stretch", "points", "weight",
               "attainment", "light", "reason"]  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


# ---------------------------------------------------------------- words


def _finding(card: pd.DataFrame, aims: pd.DataFrame, place: str, attrs: Mapping[Any, Any], lang: str) -> str:
    total = totals(card)
    if total.empty or not total.iloc[0]["measured"]:
        return say(_WORDS["no_data"], lang, card=_card(place, lang))
    row = total.iloc[0]
    seen = int(sum(row[colour] for colour in LIGHTS))
    missed = aims[aims["light"] != "green"]
    facts: dict[str, Any] = {"card": _card(place, lang), "green": int(row["green"]), "n": seen}
    if row["green"] * 2 > seen and len(missed):
        worst = missed.iloc[0]
        return say(_WORDS["paradox"], lang, goal=worst["name"], light=_WORDS[worst["light"]][lang], **facts)
    facts["points"] = say(_WORDS["points"], lang, points=round(row["points"]))
    if row["measured"] <= 99.5:
        facts["points"] += " " + say(_WORDS["part"], lang, part=show(round(row["measured"]), "%", lang))
    facts["lights"] = ", ".join(f"{int(row[c])} {_WORDS[c][lang]}" for c in LIGHTS if row[c])
    if _other_year(attrs):
        return say(_WORDS["total_other"], lang, year=attrs["month"][:4], theirs=attrs["design_year"], **facts)
    return say(_WORDS["total"], lang, **facts)


def _other_year(attrs: Mapping[Any, Any]) -> bool:
    """True where a year's numbers lie on another year's scale."""
    return bool(attrs["against"] == "scale" and attrs["design_year"] not in ("", attrs["month"][:4]))


def _card(place: str, lang: str) -> str:
    return _WORDS["company"][lang] if place == "company" else say(_WORDS["of"], lang, card=place)


def _note(attrs: Mapping[Any, Any], rows: int, goals: bool, lang: str) -> str:
    month = attrs["month"]
    key = "note_plan" if attrs["against"] == "plan" else "note_other" if _other_year(attrs) else "note"
    note = say(_WORDS[key], lang, month=month_name(month, lang), year=month[:4], theirs=attrs["design_year"])
    near = say(_WORDS["near"], lang, near=show(NEAR_PLAN * 100, "%", lang))
    more = say(_WORDS["more"], lang, n=rows - MOST + 3) if rows > MOST - 3 and goals else ""
    return note + (near if goals or key == "note_plan" else "") + more


def _told(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The whole design's table as people read it: every scorecard, large money in tỷ or triệu, lights in words."""
    import pandas as pd

    rows = []
    for _, row in table.iterrows():
        ruler = _ruler(row)
        numbers = {c: round(row[c] / ruler.scale, 3) for c in ("actual", *_LINES)}
        rows.append({
            "scorecard": _WORDS["company_row"][lang] if row["scorecard"] == "company" else row["scorecard"],
            "name": row["name"], "unit": ruler.axis(lang) or row["unit"], "weight": row["weight"], **numbers,
            "points": round(row["points"], 1), "attainment": round(row["attainment"], 1),
            "light": _WORDS[row["light"] or "grey"][lang] if not row["reason"] else REASONS[row["reason"]][lang],
        })  # fmt: skip
    columns = ["scorecard", "name", "unit", "weight", "actual", *_LINES, "points", "attainment", "light"]
    told = pd.DataFrame(rows, index=table.index, columns=columns)
    told.columns = [_WORDS[f"col_{c}"][lang] for c in columns]  # type: ignore[assignment]
    return told


def _ruler(row: pd.Series[Any]) -> Ruler:
    numbers = [abs(row[c]) for c in ("actual", "target") if row[c] == row[c]]
    return Ruler(str(row["unit"]), max(numbers, default=0.0))


# ---------------------------------------------------------------- drawing

_X = {
    "light": 20,
    "name": 138,
    "weight": 548,
    "actual": 684,
    "target": 818,
    "scale": 846,
    "points": 1126,
    "percent": 1258,
}


def _draw(card: pd.DataFrame, aims: pd.DataFrame, title: str, note: str, lang: str) -> Figure:
    figure = page(title, note)
    axes = bare(figure.add_axes((0, 0.1, 1, 0.745)))
    aims = aims.head(3)
    kpis = card.head(MOST - len(aims) - bool(len(aims)))
    slots = max(len(kpis) + (len(aims) + 1 if len(aims) else 0), 7) + 0.9
    axes.set(xlim=(0, WIDE), ylim=(slots, 0))
    for name in ("weight", "actual", "target", "points", "percent"):
        put(axes, _X[name], 0.45, _WORDS[f"head_{name}"][lang], ha="right", va="center", color=SOFT)
    put(axes, _X["scale"] + 108, 0.45, _WORDS["head_scale"][lang], ha="center", va="center", color=SOFT)
    y = 1.3
    for _, row in kpis.iterrows():
        _row(axes, y, row, 540 / slots > 42, lang)
        y += 1
    if len(aims):
        axes.axhline(y - 0.42, 0.012, 0.988, color=INK, linewidth=1.2)
        put(axes, _X["light"], y + 0.06, _WORDS["goals"][lang], weight="bold", color=INK, va="center")
        for _, row in aims.iterrows():
            y += 1
            _row(axes, y, row, 540 / slots > 42, lang)
    return figure


def _row(axes: Any, y: float, row: pd.Series[Any], roomy: bool, lang: str) -> None:
    colour, shape = LOOKS[row["light"]]
    axes.plot(_X["light"] + 8, y, shape, color=colour, markersize=14, markeredgecolor=INK if row["light"] else GREY,
              markeredgewidth=1.2)  # fmt: skip
    put(axes, _X["light"] + 28, y, _WORDS[row["light"] or "grey"][lang], weight="bold", va="center",
        color=INK if row["light"] else SOFT)  # fmt: skip
    put(axes, _X["name"], y, fit(str(row["name"]), 342, lines=2 if roomy else 1), va="center", linespacing=1.1)
    if row["weight"] == row["weight"]:
        put(axes, _X["weight"], y, show(round(row["weight"], 1), "%", lang), ha="right", va="center")
    if row["reason"]:
        put(axes, _X["weight"] + 30, y, fit(REASONS[row["reason"]][lang], 690), color=SOFT, va="center", style="italic")
        return
    ruler = _ruler(row)
    for name in ("actual", "target"):
        look = {"weight": "bold"} if name == "actual" else {"color": SOFT}
        put(axes, _X[name], y, ruler.write(row[name], lang, unit=ruler.unit in ("%", "VND")).removesuffix(" VND"), ha="right",
            va="center", **look)  # fmt: skip
    _scale(axes, y, row, colour, shape)
    if row["points"] == row["points"]:
        put(axes, _X["points"], y, show(round(row["points"]), lang=lang), ha="right", va="center", weight="bold")
    if row["attainment"] == row["attainment"]:
        put(axes, _X["percent"], y, show(round(row["attainment"]), "%", lang), ha="right", va="center", color=SOFT)


def _scale(axes: Any, y: float, row: pd.Series[Any], colour: str, shape: str) -> None:
    """The scale as a bar, not acceptable hatched, with a stroke at the target, and the actual where it stands."""
    left, wide = _X["scale"], 216
    floor = _PLACES["floor"] if row["floor"] == row["floor"] else 0.0
    axes.barh(y, wide * floor, left=left, height=0.3, color="white", edgecolor=GREY, hatch="////", linewidth=0)
    axes.barh(y, wide * (_PLACES["target"] - floor), left=left + wide * floor, height=0.3, color=PALE)
    axes.barh(y, wide * (1 - _PLACES["target"]), left=left + wide * _PLACES["target"], height=0.3, color="#BFD9C9")
    for line in ("target", "stretch"):
        if row[line] == row[line]:
            x = left + wide * _PLACES[line]
            axes.vlines(x, y - 0.27, y + 0.27, color=INK, linewidth=3 if line == "target" else 1.5)
    axes.plot(
        left + wide * place_on_scale(row),
        y,
        shape,
        color=colour,
        markersize=13,
        markeredgecolor=INK,
        markeredgewidth=1.2,
    )


def place_on_scale(row: pd.Series[Any]) -> float:
    """Where a value stands on the drawn scale, 0 to 1: straight between its lines, and no further than the edges.

    >>> place_on_scale({"actual": 5, "floor": 4, "target": 6, "stretch": 8, "direction": "up"})
    0.45
    """
    lines = [(line, row[line]) for line in _LINES if row[line] == row[line]]
    up = row["direction"] == "up"
    known = [(_PLACES[line], float(at)) for line, at in lines]
    known = [k for i, k in enumerate(known) if i == 0 or (k[1] > known[i - 1][1]) == up]
    if len(known) == 1:
        step = abs(known[0][1]) or 1.0
        known = [(0.0, known[0][1] - step * (1 if up else -1)), *known]
    (x0, v0), (x1, v1) = known[:2]
    value = float(row["actual"])
    for a, b in pairwise(known):
        if (value - a[1]) * (1 if up else -1) >= 0:
            (x0, v0), (x1, v1) = a, b
    return float(min(0.985, max(0.015, x0 + (x1 - x0) * (value - v0) / (v1 - v0)))) if v1 != v0 else x0


_WORDS: dict[str, Words] = {
    "green": {"vi": "xanh", "en": "green"},
    "amber": {"vi": "vàng", "en": "amber"},
    "red": {"vi": "đỏ", "en": "red"},
    "grey": {"vi": "–", "en": "–"},
    "company": {"vi": "bảng KPI công ty", "en": "the company scorecard"},
    "company_row": {"vi": "Công ty", "en": "Company"},
    "of": {"vi": "bảng KPI của {card}", "en": "the scorecard of {card}"},
    "total": {
        "vi": "Hiện {card} được {points}: trong {n} KPI có {lights}.",
        "en": "{points} on {card}: of {n} KPIs {lights}.",
    },
    "total_other": {
        "vi": "Với số của năm {year}, {card} năm {theirs} mới được {points}: trong {n} KPI có {lights}.",
        "en": "With the numbers of {year}, {card} for {theirs} stands at {points}: of {n} KPIs {lights}.",
    },
    "points": {"vi": "{points} điểm", "en": "{points} points"},
    "part": {"vi": "(tính trên {part} trọng số có số liệu)", "en": "(from the {part} of the weight that has data)"},
    "paradox": {
        "vi": "Trên {card}, {green} trong {n} KPI xanh, mà mục tiêu của AOP thì {light}: {goal}.",
        "en": "{green} of {n} KPIs on {card} are green, but a goal of the AOP is {light}: {goal}.",
    },
    "no_data": {
        "vi": "Trên {card} chưa KPI nào có số liệu để so.",
        "en": "No KPI on {card} has data to compare yet.",
    },
    "note": {
        "vi": "Lũy kế đến hết {month} năm {year}. Vạch đậm: mức đạt cho phần năm đã qua. Gạch chéo: dưới sàn.",
        "en": "Year to date at the end of {month} {year}. Thick stroke: target for the year so far. Hatched: below the floor.",
    },
    "note_plan": {
        "vi": "Lũy kế đến hết {month} năm {year}, so với kế hoạch của chính năm ấy (vạch đậm).",
        "en": "Year to date at the end of {month} {year}, against the plan of that same year (thick stroke).",
    },
    "note_other": {
        "vi": "Lũy kế đến hết {month} năm {year}, đặt lên thang đo của {theirs}. Vạch đậm: mức đạt. Gạch chéo: dưới sàn.",
        "en": "Year to date at the end of {month} {year}, on the scale of {theirs}. Thick stroke: target. Hatched: below the floor.",
    },
    "near": {
        "vi": " Không có sàn riêng (mục tiêu, kế hoạch) thì dưới {near} là đỏ.",
        "en": " Without a floor of its own (goal, plan), below {near} is red.",
    },
    "more": {"vi": " Còn {n} KPI trong bảng số liệu.", "en": " {n} more KPIs are in the table."},
    "goals": {"vi": "Mục tiêu của AOP", "en": "Goals of the AOP"},
    "head_weight": {"vi": "Trọng số", "en": "Weight"},
    "head_actual": {"vi": "Thực hiện", "en": "Actual"},
    "head_target": {"vi": "Mức đạt", "en": "Target"},
    "head_scale": {"vi": "Trên thang đo", "en": "On its scale"},
    "head_points": {"vi": "Điểm", "en": "Points"},
    "head_percent": {"vi": "% đạt", "en": "% reached"},
    "alt": {
        "vi": "Bảng KPI với đèn xanh, vàng, đỏ ghi bằng chữ, thực hiện, mức đạt và điểm. ",
        "en": "A scorecard with green, amber and red lights in words, actuals, targets and points. ",
    },
    "col_scorecard": {"vi": "Bảng KPI", "en": "Scorecard"},
    "col_name": {"vi": "KPI", "en": "KPI"},
    "col_unit": {"vi": "Đơn vị", "en": "Unit"},
    "col_weight": {"vi": "Trọng số (%)", "en": "Weight (%)"},
    "col_actual": {"vi": "Thực hiện", "en": "Actual"},
    "col_floor": {"vi": "Sàn", "en": "Floor"},
    "col_target": {"vi": "Mức đạt", "en": "Target"},
    "col_stretch": {"vi": "Mức vượt", "en": "Stretch"},
    "col_points": {"vi": "Điểm", "en": "Points"},
    "col_attainment": {"vi": "% đạt", "en": "% reached"},
    "col_light": {"vi": "Đèn", "en": "Light"},
}
