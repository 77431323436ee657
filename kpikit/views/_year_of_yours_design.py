"""Hương Việt's scorecards of last year with some of six mends made: a design document, as a view's picks ask for it.

The AOP of 2027 is the same in all. Without any mend the sheets are those of the habit design, with all six those of the
worked design (cases/distributor/designs). Source: curriculum E2, E5 to E8.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from ..companies import case
from ..design import Design
from ..files import as_design
from ..language import Words

MENDS = ("weights", "drivers", "tied", "scale", "review", "triggers")
KEPT = 0.2  # what new lines hold of a sheet whose weights still follow last year's
FLOOR, STRETCH = 0.5, 1.25  # of the way from last year to the target, where a line of last year gets a scale
PERSONS = {"KAM Trịnh Thu Hà": "KAM Lam Sơn"}  # the same person: Hà looks after Lam Sơn

Lines = list[dict[str, Any]]


def sheets(mends: Collection[str], lang: str = "vi") -> Design:
    """Last year's sheets with these of `MENDS` made; names of KPIs in ``lang``.

    >>> [k.id for k in sheets(()).kpis][:5]
    ['H1', 'H2', 'H3', 'H4', 'H5']
    """
    return _sheets(frozenset(mends), lang)


@cache
def _sheets(mends: frozenset[str], lang: str) -> Design:
    distributor = case("distributor")
    worked, habit = (distributor.design(name).as_document() for name in ("sound", "habit"))
    old, new = _by_sheet(_renumbered(habit["kpis"])), _by_sheet(worked["kpis"])
    kpis = [line for place in new for line in _sheet(place, old.get(place, []), new[place], mends)]
    there = {line["id"] for line in kpis}
    top = [line for line in kpis if line["level"] == "company" and line["kind"] == "outcome"]
    for line in kpis:
        _finish(line, mends)
        line["parent"] = _parents(line, there, top)
        line["name"] = _name(line, lang)
    document = {
        **worked,
        "kpis": kpis,
        "links": [link for link in worked["links"] if {link["from"], link["to"]} <= there],
        "review": _review(worked["review"], habit["review"], mends),
    }
    made: Design = as_design(document)
    return made


def _renumbered(lines: Lines) -> Lines:
    """Last year's lines under ids of their own, on the sheets of this year's people; none says what it feeds."""
    return [
        {**{k: v for k, v in line.items() if k != "parent"}, "id": f"H{n}", "scorecard": PERSONS.get(line["scorecard"], line["scorecard"])}
        for n, line in enumerate(lines, 1)
    ]  # fmt: skip


def _by_sheet(lines: Lines) -> dict[tuple[str, str], Lines]:
    found: dict[tuple[str, str], Lines] = {}
    for line in lines:
        found.setdefault((line["level"], line["scorecard"]), []).append(deepcopy(line))
    return found


def _sheet(place: tuple[str, str], old: Lines, new: Lines, mends: frozenset[str]) -> Lines:
    """One scorecard: last year's lines, and the worked ones that the mends bring, with their weights."""
    company = place[0] == "company"
    goals = [line for line in old if line["kind"] == "outcome"]  # last year's sheet of the company had revenue on it
    counts = [line for line in old if line["kind"] != "outcome"]
    if company:
        brought = [n for n in new if n["kind"] == "driver"] if "drivers" in mends else []
        core = [*([n for n in new if n["kind"] == "outcome"] if "weights" in mends else goals), *brought]
        if brought and "weights" not in mends:
            goals[0]["weight"] = sum(n["weight"] for n in new if n["kind"] == "outcome")
    else:
        core = [n for n in new if "drivers" in mends or n["kind"] != "driver"] if "tied" in mends else []
    if not core or ("weights" in mends):
        return _weighted(core or counts, 100)
    return [*_weighted(counts, 100 * (1 - KEPT)), *_weighted(core, 100 * KEPT if counts else 100)]


def _weighted(lines: Lines, whole: float) -> Lines:
    """The lines in their own proportions, adding up to ``whole``."""
    held = sum(line["weight"] for line in lines)
    return [{**line, "weight": round(line["weight"] / held * whole, 6)} for line in lines]


def _finish(line: dict[str, Any], mends: frozenset[str]) -> None:
    """Scale and cadence of a line, as the mends have them."""
    scale, base = line["scale"], line["baseline"]
    if "scale" not in mends and line["kind"] != "compliance":
        line["scale"] = {"target": scale["target"]}
    elif "scale" in mends and "floor" not in scale:
        step = scale["target"] - base
        line["scale"] = {"floor": base + FLOOR * step, "target": scale["target"], "stretch": base + STRETCH * step}
    line["cadence"] = "monthly" if "review" in mends else "yearly"


def _parents(line: Mapping[str, Any], there: set[str], top: Lines) -> list[str]:
    """What a line feeds of what is there; a department's, where nothing of it is, the company's outcome of its goal."""
    named = line.get("parent") or []
    found = [id for id in ([named] if isinstance(named, str) else named) if id in there]
    if found or not named or line["level"] != "department":
        return found
    return [next((one["id"] for one in top if one["goal"] == line["goal"]), top[0]["id"])]


def _review(worked: Mapping[str, Any], habit: Mapping[str, Any], mends: frozenset[str]) -> dict[str, Any]:
    rhythm = {k: v for k, v in (worked if "review" in mends else habit).items() if k != "triggers"}
    return {**rhythm, "triggers": worked["triggers"]} if "triggers" in mends else rhythm


def _name(line: Mapping[str, Any], lang: str) -> str:
    """A KPI's name in the reader's language: the document's own, the catalogue's, or one of the few it lacks."""
    if lang == "vi":
        return str(line["name"])
    metrics = case("distributor").catalogue
    return metrics[line["metric"]].name[lang] if line.get("metric") in metrics else ENGLISH[line["name"]]


ENGLISH: Mapping[str, str] = {
    "Số cuộc họp với chuỗi": "Number of meetings with chains",
    "Nộp báo cáo tuần đúng mẫu": "Weekly reports filed in the set form",
    "Chấm công và nội quy": "Attendance and house rules",
    "Doanh thu Lam Sơn trong JBP": "Lam Sơn revenue under the JBP",
    "Độ phủ SKU tại Lam Sơn": "SKU coverage at Lam Sơn",
}
LINES: Mapping[str, tuple[Words, Words]] = {
    "weights": (
        {"vi": "Nặng nhất: số lượt, số chương trình", "en": "Heaviest: visits and programmes"},
        {"vi": "Nặng nhất: doanh thu, dòng tiền", "en": "Heaviest: revenue and cash"},
    ),
    "drivers": (
        {"vi": "Không có đòn bẩy", "en": "No drivers"},
        {"vi": "Có đòn bẩy: JBP, ROI trade", "en": "Drivers: JBPs, trade ROI"},
    ),
    "tied": (
        {"vi": "Phòng nào lo việc phòng ấy", "en": "Each department minds its own"},
        {"vi": "Phòng nào cũng nuôi KPI công ty", "en": "Departments feed the company"},
    ),
    "scale": (
        {"vi": "Thang đo: mỗi mức đạt", "en": "Scale: a target, no more"},
        {"vi": "Thang đo: sàn, đạt, vượt", "en": "Scale: floor, target, stretch"},
    ),
    "review": (
        {"vi": "Cuối năm mới xem", "en": "Looked at in December"},
        {"vi": "Xem hàng tháng, có người quyết", "en": "Looked at monthly, decided"},
    ),
    "triggers": (
        {"vi": "Không có điều kiện cập nhật", "en": "No triggers"},
        {"vi": "Có điều kiện cập nhật", "en": "Triggers written down"},
    ),
}  # fmt: skip
