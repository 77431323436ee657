"""The fields of a KPI as a form shows them: headings, lists, and a KPI as one flat row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..language import Words
from ..questions import KIND_WORDS, Question
from .cells import Column, Item, Options

KINDS: dict[str, Words] = {
    **KIND_WORDS,
    "driver": {"vi": "yếu tố tác động", "en": "driver"},
    "activity": {"vi": "hoạt động", "en": "activity"},
    "compliance": {"vi": "tuân thủ", "en": "compliance"},
}  # short enough for a cell
LEVELS: dict[str, Words] = {
    "company": {"vi": "công ty", "en": "company"},
    "department": {"vi": "phòng ban", "en": "department"},
    "individual": {"vi": "cá nhân", "en": "person"},
}
DIRECTIONS: dict[str, Words] = {
    "up": {"vi": "càng cao càng tốt", "en": "higher is better"},
    "down": {"vi": "càng thấp càng tốt", "en": "lower is better"},
}
CADENCES: dict[str, Words] = {
    "daily": {"vi": "hàng ngày", "en": "daily"},
    "weekly": {"vi": "hàng tuần", "en": "weekly"},
    "monthly": {"vi": "hàng tháng", "en": "monthly"},
    "quarterly": {"vi": "hàng quý", "en": "quarterly"},
    "half_yearly": {"vi": "nửa năm", "en": "half-yearly"},
    "yearly": {"vi": "hàng năm", "en": "yearly"},
}
ORIGINS: dict[str, Words] = {
    "aop": {"vi": "từ AOP", "en": "the AOP"},
    "job": {"vi": "từ mô tả công việc", "en": "the job"},
    "habit": {"vi": "thói quen cũ", "en": "habit"},
}
_AT: Words = {"vi": "Điểm tại ", "en": "Points at "}

COLUMNS: dict[str, Column] = {
    c.name: c
    for c in (
        Column("name", {"vi": "Tên KPI", "en": "KPI"}, "long", 24),
        Column("metric", {"vi": "Chỉ số", "en": "Metric"}, "suggest", 20),
        Column("kind", {"vi": "Loại chỉ số", "en": "Kind"}, "choice", 21, KINDS),
        Column("goal", {"vi": "Mục tiêu", "en": "Goal it serves"}, "choice"),
        Column("level", {"vi": "Cấp", "en": "Level"}, "choice", 16, LEVELS),
        Column("scorecard", {"vi": "Bảng KPI của", "en": "Scorecard of"}, "suggest"),
        Column("parent", {"vi": "KPI cấp trên", "en": "Parent KPI"}, "choice"),
        Column("contributes", {"vi": "Đóng góp vào KPI cấp trên", "en": "How it contributes"}, "long", 24),
        Column("weight", {"vi": "Trọng số (%)", "en": "Weight (%)"}, "number", 11, unit="%"),
        Column("unit", {"vi": "Đơn vị", "en": "Unit"}, "suggest", 11),
        Column("direction", {"vi": "Chiều tốt", "en": "Better is"}, "choice", 16, DIRECTIONS),
        Column("baseline", {"vi": "Mức năm trước", "en": "Last year"}, "number", 13),
        Column("floor", {"vi": "Ngưỡng tối thiểu", "en": "Floor"}, "number", 13),
        Column("target", {"vi": "Mức đạt", "en": "Target"}, "number", 13),
        Column("stretch", {"vi": "Mức vượt kỳ vọng", "en": "Stretch"}, "number", 13),
        Column("points_floor", {"vi": _AT["vi"] + "mức sàn", "en": _AT["en"] + "floor"}, "number", 11, unit=None, sample={"vi": "60", "en": "60"}),
        Column("points_target", {"vi": _AT["vi"] + "mức đạt", "en": _AT["en"] + "target"}, "number", 11, unit=None, sample={"vi": "100", "en": "100"}),
        Column("points_stretch", {"vi": _AT["vi"] + "mức vượt", "en": _AT["en"] + "stretch"}, "number", 11, unit=None, sample={"vi": "120", "en": "120"}),
        Column("owner", {"vi": "Người chịu trách nhiệm", "en": "Owner"}),
        Column("cadence", {"vi": "Nhịp theo dõi", "en": "Cadence"}, "choice", 16, CADENCES),
        Column("decision", {"vi": "Quyết định điều chỉnh", "en": "Decision it serves"}, "long", 24),
        Column("origin", {"vi": "Vì sao có", "en": "Why it is here"}, "choice", 16, ORIGINS),
        Column("formula", {"vi": "Cách tính", "en": "Formula"}, "long", 24),
        Column("source", {"vi": "Nguồn số liệu", "en": "Source"}, "long", 24),
        Column("lag_days", {"vi": "Trễ (ngày)", "en": "Lag (days)"}, "number", 11, unit="days"),
        Column("evidence", {"vi": "Bằng chứng (cho chỉ số hoạt động)", "en": "Evidence (for an activity count)"}, "long", 24),
    )
}  # fmt: skip
SCALE = ("floor", "target", "stretch")
UNIT_NAMES: dict[str, dict[str, str]] = {
    "vi": {"VND": "VND", "%": "%", "days": "ngày", "times": "lần", "months": "tháng"},
    "en": {"VND": "VND", "USD": "USD", "%": "%", "days": "days", "times": "times", "months": "months"},
}
UNIT_OFFERS: dict[str, Options] = {lang: [(n, n) for n in names.values()] for lang, names in UNIT_NAMES.items()}


def columns_of(names: tuple[str, ...]) -> list[Column]:
    """The columns a question names; one that is no field of a KPI is a text."""
    return [COLUMNS.get(name) or Column(name, {"vi": name, "en": name}) for name in names]


def flat(kpi: Any) -> Item:
    """A KPI as one row: ``scale: {floor, points: {floor}}`` becomes ``floor`` and ``points_floor``.

    >>> flat({"name": "A", "scale": {"floor": 1, "points": {"floor": 50}}})
    {'name': 'A', 'floor': 1, 'points_floor': 50}
    """
    if not isinstance(kpi, Mapping):
        return {}
    row = {k: v for k, v in kpi.items() if k != "scale"}
    scale = kpi.get("scale")
    scale = scale if isinstance(scale, Mapping) else {}
    points = scale.get("points")
    row |= {line: scale[line] for line in SCALE if line in scale}
    return row | (
        {f"points_{line}": points[line] for line in SCALE if line in points} if isinstance(points, Mapping) else {}
    )


def deep(row: Item) -> Item:
    """A row as a KPI of the document; what `flat` made of it comes back.

    >>> deep({"name": "A", "floor": 1, "points_floor": 50})
    {'name': 'A', 'scale': {'floor': 1, 'points': {'floor': 50}}}
    """
    inside = {*SCALE, *(f"points_{line}" for line in SCALE)}
    scale: Item = {line: row[line] for line in SCALE if line in row}
    if points := {line: row[f"points_{line}"] for line in SCALE if f"points_{line}" in row}:
        scale["points"] = points
    kpi = {k: v for k, v in row.items() if k not in inside}
    return {**kpi, "scale": scale} if scale else kpi


# ---------------------------------------------------------------- what can be chosen


def goal_options(aop: Any, lang: str) -> Options:
    """The goals of an AOP, by id and name, for a drop-down."""
    goals = aop.get("goals") if isinstance(aop, Mapping) else None
    named = [(g.get("name"), str(g["id"])) for g in goals or [] if isinstance(g, Mapping) and g.get("id")]
    return [(f"{id} {name[lang] if isinstance(name, Mapping) else name or ''}".strip(), id) for name, id in named]


def kpi_options(kpis: Any) -> Options:
    """KPIs by id and name."""
    named = [(k.get("name"), str(k["id"])) for k in kpis or [] if isinstance(k, Mapping) and k.get("id")]
    return [(f"{id} {name or ''}".strip(), id) for name, id in named]


def metric_options(case: str | None, lang: str) -> Options:
    """The metrics of a case's catalogue by their names; none without a case."""
    from ..companies import case as open_case

    return [(m.name[lang], m.id) for m in open_case(case).catalogue.values()] if case else []


def given_kpis(question: Question, lang: str) -> list[Any]:
    """The KPIs that a question lays down."""
    return [k for k in question.laid_down(lang).get("kpis") or [] if isinstance(k, Mapping)]
