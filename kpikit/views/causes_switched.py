"""The four causes switched on in a firm whose design is sound, in the simulated year; and targets raised (D1 to D6).

The firm is the model's usual one, with the distributor's worked design: KPIs that follow from its AOP. A switch turns its
cause on in every department and at full strength. It shows mechanisms; it forecasts no company.
Source: curriculum D1 to D6; kpikit/years/README.md for the equations and where each comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..companies import case
from ..language import Words, current, say
from ..picks import Choice, Several, View
from ..pictures.canvas import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    SOFT,
    VIEW_HIGH,
    Picture,
    fit,
    page,
    put,
)
from ..years.causes import CAUSES
from ..years.mapping import mapped
from ..years.result import CAUSE_NAMES, percent
from ..years.run import GREEN, MET, Years, run

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

YEARS, SEED = 500, 1
RAISED = 0.25  # of the growth that a target asks for: what is added to every target where the board raises them
# local before activity: a department that serves its own number goes on doing so, whatever else is counted
ORDER = ("local", "activity", "against", "frozen")
EDGES = [100 * MET + 2.5 * n for n in range(-19, 12)]  # percent of the goal; one of them is where it counts as met
NOTABLE = 0.05  # a change in the chance of the paradox that is worth a word


class Corners(NamedTuple):
    """Shares of the years, 0 to 1, by what the scorecards said and whether the goal was met; ``mean``: of the goal."""

    paradox: float
    won: float
    lost: float
    harsh: float
    mean: float

    @property
    def met(self) -> float:
        return self.won + self.harsh


# ---------------------------------------------------------------- the numbers


def lived(causes: Iterable[str] = (), raised: bool = False) -> Years:
    """`YEARS` years of the worked design with these causes switched on; ``raised``: and every target moved up.

    >>> float(lived(["activity"]).paradox.mean()) > 0.9
    True
    """
    return _lived(frozenset(causes), raised)


@cache
def _lived(causes: frozenset[str], raised: bool) -> Years:
    distributor = case("distributor")
    setup = mapped(distributor.design("sound"), distributor).setup
    for name in ORDER:
        if name in causes:
            setup = CAUSES[name](setup)
    if raised:
        setup = setup.but(lines=setup.lines + RAISED)
    return run(setup, YEARS, SEED)


def corners(years: Years) -> Corners:
    """How many of the years fell in each corner.

    >>> sum(corners(lived())[:4])
    1.0
    """
    green, met = years.green, years.met
    return Corners(
        float((green & ~met).mean()),
        float((green & met).mean()),
        float((~green & ~met).mean()),
        float((~green & met).mean()),
        float(years.attainment.mean()),
    )


# ---------------------------------------------------------------- the picture


def causes_switched_picture(causes: list[str], targets: str) -> Picture:
    """Five hundred years of one firm: how much of the goal was attained, and whether the scorecards were green."""
    lang, raised = current(), targets == "raised"
    years = lived(causes, raised)
    facts = _facts(causes, corners(years), lang)
    title = say(WORDS[_finding(causes, raised)], lang, **facts)
    sentence = say(WORDS["sentence"], lang, **facts)
    figure = page(title, say(WORDS["note"], lang, least=round(100 * GREEN), met=round(100 * MET)), high=VIEW_HIGH)
    _draw(figure, years, lang)
    return Picture(figure, sentence, _table(causes, raised, lang), alt=f"{title}. {sentence}")


def _finding(causes: list[str], raised: bool) -> str:
    """Which sentence is true of what is picked now, judged against no cause and against targets as they were."""
    now, kept, none = corners(lived(causes, raised)), corners(lived(causes)), corners(lived())
    if raised:
        if not causes:
            return "raised_none"
        if kept.paradox < NOTABLE:
            return "raised_flat"
        return "raised_red" if now.paradox < kept.paradox - NOTABLE else "raised_same"
    if not causes:
        return "none"
    return "more" if now.paradox > none.paradox + NOTABLE else "no_more"


def _facts(causes: list[str], now: Corners, lang: str) -> dict[str, str]:
    kept, none = corners(lived(causes)), corners(lived())
    named = [CAUSE_NAMES[name][lang] for name in CAUSES if name in causes]
    return {
        "named": "; ".join(named) or WORDS["no_cause"][lang],
        "paradox": percent(now.paradox, lang),
        "green": percent(now.paradox + now.won, lang),
        "met": percent(now.met, lang),
        "mean": percent(now.mean, lang),
        "kept": percent(kept.mean, lang),
        "none": percent(none.mean, lang),
    }


def _table(causes: list[str], raised: bool, lang: str) -> pd.DataFrame:
    """What is picked beside no cause at all, a row a corner."""
    import pandas as pd

    told = {WORDS["base"][lang]: corners(lived()), WORDS["picked"][lang]: corners(lived(causes, raised))}
    rows = [WORDS[f"row_{name}"][lang] for name in Corners._fields]
    return pd.DataFrame({name: [percent(v, lang) for v in made] for name, made in told.items()}, index=rows)


def _draw(figure: Figure, years: Years, lang: str) -> None:
    """Two histograms back to back: years with every scorecard green above the line, the others below it."""
    import numpy as np

    axes = figure.add_axes((0.235, 0.205, 0.53, 0.66))
    line = 100 * MET
    for green in (True, False):
        some = 100 * years.attainment[years.green == green]
        counts, _ = np.histogram(np.clip(some, EDGES[0], EDGES[-1] - 0.01), EDGES)
        share = 100 * counts / len(years.attainment) * (1 if green else -1)
        missed, met = (ORANGE, BLUE) if green else (GREY, SKY)
        middle = [edge + 1.25 for edge in EDGES[:-1]]
        axes.bar(middle, share, width=2.3, color=[missed if m < line else met for m in middle])
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(line, color=INK, linewidth=1.5, linestyle=":")
    axes.set(xlim=(EDGES[0], 125), ylim=(-31, 31), yticks=[], xlabel=WORDS["axis"][lang])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: percent(value / 100, lang))
    for y, key in ((30.0, "all_green"), (-30.0, "some_red")):
        put(axes, 51, y, WORDS[key][lang], color=SOFT, va="top" if y > 0 else "bottom")
    now = corners(years)
    for x, y, part, key, colour in (
        (0.016, 0.75, now.paradox, "paradox", ORANGE),
        (0.016, 0.39, now.lost, "lost", SOFT),
        (0.79, 0.75, now.won, "won", BLUE),
        (0.79, 0.39, now.harsh, "harsh", INK),
    ):
        strong = part >= 0.005
        put(figure, x, y, percent(part, lang), size=26, weight="bold", color=colour if strong else PALE)
        words = fit(WORDS[f"corner_{key}"][lang], 255, lines=3)
        put(figure, x, y - 0.025, words, va="top", color=colour if strong else GREY, linespacing=1.2)


WORDS: dict[str, Words] = {
    "none": {
        "vi": "Bảng KPI đi ra từ AOP: đạt mục tiêu trong {met} số năm, nghịch lý {paradox}",
        "en": "KPIs that follow from the AOP: goal met in {met} of years, the paradox in {paradox}",
    },
    "more": {
        "vi": "Nghịch lý trong {paradox} số năm; trung bình đạt {mean} mục tiêu (vốn {none})",
        "en": "The paradox in {paradox} of years; on average {mean} of the goal (was {none})",
    },
    "no_more": {
        "vi": "Nghịch lý không tăng ({paradox}), nhưng mục tiêu đạt ít đi: {mean} thay vì {none}",
        "en": "No more of the paradox ({paradox}), but less of the goal: {mean} instead of {none}",
    },
    "raised_none": {
        "vi": "Nâng chỉ tiêu khi hệ thống đã đúng: mục tiêu {mean}, bảng xanh chỉ còn {green}",
        "en": "Targets raised in a sound system: {mean} of the goal, green in only {green}",
    },
    "raised_same": {
        "vi": "Nâng chỉ tiêu không chữa được: nghịch lý vẫn {paradox}, mục tiêu {mean}",
        "en": "Raising targets cures nothing: still {paradox} paradox, {mean} of the goal",
    },
    "raised_red": {
        "vi": "Nâng chỉ tiêu: không năm nào xanh hết nên hết nghịch lý, mục tiêu vẫn {mean}",
        "en": "Targets raised: never all green, so no paradox; still {mean} of the goal",
    },
    "raised_flat": {
        "vi": "Nâng chỉ tiêu không đưa mục tiêu lại gần: trước {kept}, sau {mean}",
        "en": "Raising targets brings the goal no nearer: {kept} before, {mean} after",
    },
    "no_cause": {"vi": "chưa có gì", "en": "nothing"},
    "sentence": {
        "vi": "Đang bật: {named}. Đạt mục tiêu trong {met} số năm giả lập, mọi bảng KPI xanh trong {green}, "
        "nghịch lý trong {paradox}.",
        "en": "Switched on: {named}. The goal is met in {met} of the simulated years, every scorecard green in {green}, "
        "the paradox in {paradox}.",
    },
    "note": {
        "vi": "500 năm giả lập của một công ty; mô hình, không phải dự báo. Quy ước: xanh từ {least} điểm, "
        "mục tiêu đạt từ {met}%.",
        "en": "500 simulated years of one firm; a model, no forecast. House rules: green from {least} points, "
        "goal met from {met}%.",
    },
    "axis": {"vi": "Tỷ lệ hoàn thành mục tiêu năm", "en": "Attainment of the year's goal"},
    "all_green": {"vi": "▲ mọi bảng KPI đều xanh", "en": "▲ every scorecard green"},
    "some_red": {"vi": "▼ có bảng chưa xanh", "en": "▼ some scorecard not green"},
    "corner_paradox": {"vi": "KPI xanh, mục tiêu hụt: nghịch lý", "en": "KPIs green, goal missed: the paradox"},
    "corner_won": {"vi": "KPI xanh, mục tiêu đạt", "en": "KPIs green, goal met"},
    "corner_lost": {"vi": "có bảng chưa xanh, mục tiêu hụt", "en": "some not green, goal missed"},
    "corner_harsh": {"vi": "có bảng chưa xanh, mục tiêu vẫn đạt", "en": "some not green, goal met all the same"},
    "row_paradox": {"vi": "KPI xanh, mục tiêu hụt", "en": "KPIs green, goal missed"},
    "row_won": {"vi": "KPI xanh, mục tiêu đạt", "en": "KPIs green, goal met"},
    "row_lost": {"vi": "Có bảng chưa xanh, mục tiêu hụt", "en": "Some not green, goal missed"},
    "row_harsh": {"vi": "Có bảng chưa xanh, mục tiêu đạt", "en": "Some not green, goal met"},
    "row_mean": {"vi": "Tỷ lệ hoàn thành trung bình", "en": "Mean attainment"},
    "base": {"vi": "Chưa bật gì", "en": "Nothing switched on"},
    "picked": {"vi": "Đang chọn", "en": "Picked now"},
}

VIEW = View(
    causes_switched_picture,
    picks={
        "causes": Several(
            asks={"vi": "Bật:", "en": "Switch on:"},
            options={
                "activity": {"vi": "1 KPI đếm hoạt động", "en": "1 KPIs count activity"},
                "local": {"vi": "2 KPI phòng ban tách khỏi mục tiêu", "en": "2 departments cut off from the goal"},
                "against": {"vi": "3 trọng số ngược ưu tiên", "en": "3 weights against priority"},
                "frozen": {"vi": "4 không cập nhật", "en": "4 never updated"},
            },
        ),
        "targets": Choice(
            asks={"vi": "Rồi sửa số trên bảng:", "en": "Then edit the sheet:"},
            options={
                "kept": {"vi": "giữ nguyên chỉ tiêu", "en": "targets stay"},
                "raised": {"vi": "nâng mọi chỉ tiêu", "en": "raise every target"},
            },
            start="kept",
        ),
    },
)
