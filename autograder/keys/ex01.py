"""The key of ex01, KPI or activity: what each answer earns and why. Words, misconceptions and samples: ex01.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import kpikit
from autograder.score import Credit, Reason, key
from kpikit.checklist.reading import says
from kpikit.companies import Case, Catalogue, Metric
from kpikit.design import Design, Goal, Kpi
from kpikit.files import as_design
from kpikit.language import Amount, clean, same
from kpikit.questions import Question, questions_of

GROUPS = {  # q1: what the roastery's twelve numbers are, by its own story
    "m01": "outcome",
    "m02": "driver",
    "m03": "activity",
    "m04": "driver",
    "m05": "activity",
    "m06": "outcome",
    "m07": "compliance",
    "m08": "driver",
    "m09": "activity",
    "m10": "compliance",
    "m11": "outcome",
    "m12": "driver",
}
PROVEN = "m02"  # an activity whose links the story's data show, one by one (A5)


# ---------------------------------------------------------------- q1: twelve metrics


@key("ex01-q1")
def sorts_by_what_it_says_about_the_goal(answer: dict[str, str], case: Case | None) -> Credit:
    """A twelfth of the points for each metric in its group."""
    wrong = {item: group for item, group in answer.items() if group != GROUPS[item]}
    right, missing = len(answer) - len(wrong), len(GROUPS) - len(answer)
    reasons: list[Any] = [
        Reason("all_right") if right == len(GROUPS) else Reason("some_right", right=right, of=len(GROUPS))
    ]
    reasons += dict.fromkeys(_idea(item, group) for item, group in wrong.items())
    reasons += wrong  # each metric's own sentence has the metric's id as its name
    if missing:
        reasons.append(Reason("unsorted", missing=missing))
    return Credit(right / len(GROUPS), reasons)


def _idea(item: str, given: str) -> str:
    """The wrong idea that puts this metric into that group."""
    if item == PROVEN and given == "activity":
        return "proof_overlooked"
    if given == "compliance":
        return "rule_for_goal"
    return {
        "activity": "busy_as_result",
        "compliance": "rule_as_lever",
        "driver": "lever_as_end" if given == "outcome" else "lever_as_task",
        "outcome": "end_as_lever" if given == "driver" else "lever_as_task",
    }[GROUPS[item]]


# ---------------------------------------------------------------- q2 to q4: the removal test


@key("ex01-q2")
def visits_leave_the_scorecard(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, drop_blind=1, drop_work=0.4)


@key("ex01-q3")
def listed_skus_join_the_scorecard(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, keep_where=1, keep_easy=0.4)


@key("ex01-q4")
def reports_on_time_become_a_house_rule(answer: str, case: Case | None) -> Credit:
    return _chosen(answer, drop_to_rules=1, drop_reports=0.4)


def _chosen(option: str, **shares: float) -> Credit:
    """The right verdict for the wrong reason earns part; each option's sentence has the option's id as its name."""
    return Credit(shares.get(option, 0), option)


# ---------------------------------------------------------------- q5: attainment


@key("ex01-q5")
def attainment_of_the_same_nine_months(answer: float, case: Case | None) -> Credit:
    """Actual over plan of MT, April to December 2026, in percent: within 0.3 points."""
    assert case is not None
    shares = {
        "right": 1.0,
        "unit_slip": 0.5,
        "gap_for_attainment": 0.5,
        "whole_year": 0.25,
        "other_period": 0.25,
        "month_for_period": 0.25,
        "company_for_channel": 0.25,
        "upside_down": 0.25,
    }
    near = sorted(
        (abs(answer - value), name)
        for value, name in _all_readings(case)
        if abs(answer - value) <= (0.3 if name == "right" else 0.5 if abs(value) > 1 else 0.06)
    )
    name = near[0][1] if near else "elsewhere"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), "%"))])


@cache
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    """A table as plain rows: importing pandas would take longer than grading a class."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _all_readings(case: Case) -> tuple[tuple[float, str], ...]:
    """The books are read once a class, not once an answer."""
    return tuple(_readings(case))


def _readings(case: Case) -> Iterator[tuple[float, str]]:
    """Every number that a known way of reading the books leads to, and that way's name."""

    def total(table: str, first: str, last: str, channel: str | None = "MT", column: str = "revenue") -> float:
        return sum(
            float(row[column] or 0)
            for row in _rows(case.folder / "tables" / f"{table}.csv")
            if first <= row["month"] <= last and channel in (None, row["channel"])
        )

    nine = ("2026-04", "2026-12")
    actual, plan, before = total("sales", *nine), total("plan", *nine), total("sales", "2025-04", "2025-12")
    yield 100 * actual / plan, "right"
    yield actual / plan, "unit_slip"
    yield 100 * (1 - actual / plan), "gap_for_attainment"
    yield 100 * (actual / plan - 1), "gap_for_attainment"
    yield 100 * plan / actual, "upside_down"
    for year in ("2026-01", "2026-12"), ("2026-01", "2026-03"):
        yield (
            100 * total("sales", *year) / total("plan", *year),
            "whole_year" if year[1] == "2026-12" else "other_period",
        )
    yield 100 * total("sales", "2026-01", "2026-09") / total("plan", "2026-01", "2026-09"), "other_period"
    yield 100 * total("sales", "2026-12", "2026-12") / total("plan", "2026-12", "2026-12"), "month_for_period"
    yield 100 * total("sales", *nine, None) / total("plan", *nine, None), "company_for_channel"
    yield 100 * (actual / before - 1), "growth_for_attainment"
    yield 100 * actual / before, "growth_for_attainment"
    yield 100 * actual / total("sales", *nine, None), "share_for_attainment"
    yield (
        100 * total("field", *nine, column="visits") / total("plan", *nine, column="visits"),
        "activity_for_result",
    )
    for amount in (actual, plan, before):
        yield amount / 1e9, "amount_for_rate"


# ---------------------------------------------------------------- q7: a small scorecard

PARTS = {"ends": 5, "levers": 5, "busywork": 3, "scales": 4, "targets": 3, "decisions": 5}  # points, of 25
ENOUGH, MOST = 3, 4  # lines asked for
PARTS_OF_A_YEAR = (1, 1 / 12, 1 / 4)  # a year's total may stand by month or by quarter
TALK = (  # what changes nothing by itself
    "họp|báo cáo|theo dõi|xem lại|xem xét|nhắc nhở|nhắc|cố gắng|tìm nguyên nhân|tìm hiểu|thảo luận|đánh giá|rà soát"
    "|đôn đốc|phân tích|toàn công ty|nhân viên|hold a meeting|meeting|meet|review|report|monitor|discuss|follow up"
    "|try harder|remind|improve|analy[sz]e|look into|the team|the staff"
)


@key("ex01-q7")
def steers_the_roastery(answer: Design, case: Case | None) -> Credit:
    """Six parts, each a share of its points; what a row really is decides, not what it is called."""
    design = _whole(answer)
    if not design.kpis:
        return Credit(0, "no_rows")
    enough = min(1.0, len(design.kpis) / ENOUGH)
    found = {
        "ends": _ends(design),
        "levers": _levers(design),
        "busywork": _busywork(design, enough),
        "scales": _scales(design, enough),
        "targets": _targets(design),
        "decisions": _decisions(design),
    }
    share = sum(PARTS[part] * earned for part, (earned, _) in found.items()) / sum(PARTS.values())
    good = [f"{part}_good" for part, (earned, _) in found.items() if earned == 1]
    few = [Reason("few_rows", rows=len(design.kpis), enough=ENOUGH)] if enough < 1 else []
    return Credit(round(share, 4), [*good, *few, *(r for _, reasons in found.values() for r in reasons)])


Part = tuple[float, list[Reason]]


def _ends(design: Design) -> Part:
    """Each goal has an outcome of its own, and the primary goal no more than two (checks 2.1 and 4.1)."""
    goals = [g.id or "" for g in design.aop.goals]
    lacking = [goal for goal in goals if goal in _places(design, "2.1")]
    share = 1 - len(lacking) / len(goals)
    reasons = [Reason("end_missing", goal=goal) for goal in lacking]
    if crowded := [goal for goal in _places(design, "4.1") if goal not in lacking and goal in goals]:
        share, reasons = share - 0.25, [*reasons, Reason("ends_crowded", goal=crowded[0])]
    return share, reasons


def _levers(design: Design) -> Part:
    """The primary goal has a driver that really is one (check 3.2)."""
    if not _places(design, "3.2"):
        return 1, []
    elsewhere = any(k.kind == "driver" and k.goal != "G1" for k in design.kpis)
    return 0, [Reason("lever_other_goal" if elsewhere else "lever_missing", goal="G1")]


def _busywork(design: Design, enough: float) -> Part:
    """No row counts work that nobody has proven, or a rule kept (checks 3.1 and 3.3, and stricter: none at all)."""
    counted = [k for k in design.kpis if _kind(k) in ("activity", "compliance")]
    reasons = [
        Reason("busy_called_result" if k.kind in ("outcome", "driver") else "busy_row", row=k.name) for k in counted
    ]
    if len(design.kpis) > MOST:
        reasons.append(Reason("too_many_rows", rows=len(design.kpis), most=MOST))
    share = 0.0 if _places(design, "3.3") or _places(design, "3.1") else 0.5 if reasons else 1.0
    return share * enough, reasons


def _scales(design: Design, enough: float) -> Part:
    """Floor, target and stretch stand in order (check 6.3), row by row."""
    bad = _places(design, "6.3")
    rows = [k for k in design.kpis if k.id in bad]
    return (1 - len(rows) / len(design.kpis)) * enough, [Reason("scale_unclear", row=k.name) for k in rows]


def _targets(design: Design) -> Part:
    """An outcome's target is the AOP's own: the year's, its month's or quarter's part, or the growth it means."""
    share, reasons, goals = 0.0, [], design.aop.goals
    for goal in goals:
        outcomes = [k for k in design.kpis if k.goal == goal.id and _kind(k) == "outcome"]
        given = [k.scale.target for k in outcomes if k.scale.target is not None]
        wanted = _wanted(goal)
        if any(_close(g, w) for g in given for w in wanted):
            share += 1 / len(goals)
        elif any(_close(g * scale, w) for g in given for w in wanted for scale in (1e3, 1e6, 1e9)):
            share += 0.5 / len(goals)
            reasons.append(Reason("unit_slip", goal=goal.id))
        elif given:
            target = Amount(given[0], "VND" if given[0] >= 1e6 else None)
            reasons.append(Reason("target_off", goal=goal.id, target=target))
        else:
            reasons.append(Reason("target_missing", goal=goal.id))
    return min(1.0, share), reasons


def _wanted(goal: Goal) -> list[float]:
    """The targets that reach this goal: a rate as percent or as Excel keeps it; an amount by year, quarter, month."""
    assert goal.target is not None
    assert goal.baseline is not None
    if goal.unit == "%":
        return [goal.target, goal.target / 100]
    return [goal.target * part for part in PARTS_OF_A_YEAR] + [100 * (goal.target / goal.baseline - 1)]


def _decisions(design: Design) -> Part:
    """A decision changes something (check 7.3, and more than talk), and each row has its own."""
    unsaid, seen, good, reasons = _places(design, "7.3"), set[str](), 0, []
    for kpi in design.kpis:
        if kpi.id in unsaid or not says(kpi.decision):
            reasons.append(Reason("decision_missing", row=kpi.name))
        elif _only_talks(kpi.decision or ""):
            reasons.append(Reason("decision_talk", row=kpi.name, decision=kpi.decision))
        elif same(kpi.decision) in seen:
            reasons.append(Reason("decision_copied", row=kpi.name))
        else:
            good += 1
        seen.add(same(kpi.decision))
    return good / max(len(design.kpis), ENOUGH), reasons


def _only_talks(decision: str) -> bool:
    """One word alone, or a decision that opens with talk and has little else: “họp toàn công ty”, “monitor closely”."""
    words = re.findall(r"\w+", same(decision))
    opens = re.match(rf"(\w+ ){{0,2}}({TALK})\b", " ".join(words))
    rest = re.sub(rf"\b({TALK})\b", " ", " ".join(words)).split()
    return len(words) < 2 or (opens is not None and len(rest) < 5)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 0.01 * abs(b)


# ---------------------------------------------------------------- the design as the roastery would read it


def _whole(answer: Design) -> Design:
    """The learner's rows on the question's AOP, as a company scorecard; rows without a name and repeated rows left out."""
    rows: dict[str, dict[str, Any]] = {}
    for row in answer.as_document().get("kpis", []):
        kpi = Kpi.model_validate(row)
        if not says(kpi.name):
            continue
        known = _known(kpi.name or "")
        goal = (kpi.goal or "").strip().upper() or None
        rows.setdefault(
            same(kpi.name),
            {
                **row,
                "level": "company",
                "metric": known,
                "goal": goal,
                "parent": None,
                "direction": kpi.direction or _direction(kpi, known),
            },
        )
    whole: Design = as_design({**_question("ex01-q7").given, "kpis": list(rows.values())})
    return whole


def _direction(kpi: Kpi, known: str | None) -> str:
    """The table has no column for it: falling lines mean that less is better, but never for a number we know."""
    lines = [v for v in (kpi.scale.floor, kpi.scale.target, kpi.scale.stretch) if v is not None]
    return (
        "down"
        if not known and len(lines) > 1 and lines == sorted(lines, reverse=True) and lines[0] > lines[-1]
        else "up"
    )


def _known(name: str) -> str | None:
    """The roastery's metric that a row means: named as in q1, or shortened; tuning and keeping cafés by their words."""
    written, sure = same(name), kpikit.classify(name)
    for id, labels in _question("ex01-q1").items.items():
        if any(
            written == same(label) or (len(written) > 7 and same(label).startswith(written))
            for label in labels.values()
        ):
            return id
    if re.search(r"chỉnh máy|tuning|tuned|calibrat", written):
        return PROVEN
    if re.search(r"còn mua|giữ (được )?(quán|khách)|retention|still buying|retained", written):
        return "m06" if sure.kind not in ("activity", "compliance") else None
    return None


def _places(design: Design, check: str) -> list[str]:
    """Where a check of the kit fails on this design, with the roastery's own catalogue."""
    places: list[str] = kpikit.check(design, _Roastery("roastery", Path()), only=[check]).failing.get(check, [])
    return places


def _kind(kpi: Kpi) -> str | None:
    """What a row really is: by the roastery's story, else where the name is certain, else as its designer says."""
    if kpi.metric in GROUPS:
        return GROUPS[kpi.metric]
    named = kpikit.classify(clean(kpi.name or ""))
    return named.kind if named.confidence >= 0.9 else kpi.kind


class _Roastery(Case):
    """Đồi Gió as a case whose catalogue says what q1's story says."""

    @property
    def catalogue(self) -> Catalogue:  # type: ignore[override]
        words = _question("ex01-q1").items
        return Catalogue(
            {id: Metric(id, words[id], "", "up", kind, words[id], MappingProxyType({})) for id, kind in GROUPS.items()}
        )


@cache
def _question(id: str) -> Question:
    return questions_of("ex01", Path(__file__).parent).find(id)
