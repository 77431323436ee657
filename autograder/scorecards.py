"""A learner's short scorecard, judged by what its rows really are: the parts that the keys of several exercises share.

A `Firm` says what a story's numbers are; `laid_on` lays the learner's rows on the question's AOP; each part then gives
a share, 0 to 1, and reasons (their words stand in the key's YAML, under the same names):

- `ends`: end_missing, ends_crowded
- `levers`: lever_missing, lever_other_goal
- `busywork`: busy_row, busy_called_result, too_many_rows
- `scales`: scale_unclear
- `targets`: unit_slip, target_off, target_missing
- `decisions`: decision_missing, decision_talk, decision_copied

`whole` weighs the parts and adds `<part>_good` for each that is complete, and few_rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import kpikit
from autograder.score import Credit, Reason
from kpikit.checklist.reading import CERTAIN, says
from kpikit.companies import Case, Catalogue, Metric
from kpikit.design import Design, Goal, Kpi
from kpikit.files import as_design
from kpikit.language import Amount, Words, clean, same

Part = tuple[float, list[Reason]]  # a share, 0 to 1, and why

PARTS_OF_A_YEAR = (1, 1 / 12, 1 / 4)  # a year's total may stand by month or by quarter
ENDS_MOST = 2  # outcomes of one goal (check 4.1)
_WORK = ("activity", "compliance")
_SHORTENED = 8  # letters from which the beginning of a metric's name stands for it
_FEW_WORDS = 5  # a decision that opens with talk needs as many other words to be one
TALK = (  # what changes nothing by itself
    "họp|báo cáo|theo dõi|xem lại|xem xét|nhắc nhở|nhắc|cố gắng|tìm nguyên nhân|tìm hiểu|thảo luận|đánh giá|rà soát"
    "|đôn đốc|phân tích|hold a meeting|meeting|meet|review|report|monitor|discuss|follow up"
    "|try harder|remind|improve|analy[sz]e|look into"
)
WHOM = "toàn công ty|nhân viên|the team|the staff"  # whoever is talked to adds nothing either


# ---------------------------------------------------------------- what the story says


@dataclass(frozen=True, eq=False)  # the same only as itself, so that it may hold mappings and still be hashed
class Firm:
    """What a firm's story says of its numbers.

    ``kinds``: each metric's id and what it really is; ``names``: its names in both languages; ``words``: a pattern
    for other ways of writing it, the narrower ones first; ``proven``: activities whose links the story shows (A5),
    known by their words even where they sound like work; ``down``: those of which less is better; ``serves``: the
    goals that a metric can serve, where the story rules the others out.
    """

    kinds: Mapping[str, str]
    names: Mapping[str, Words]
    words: Mapping[str, str] = field(default_factory=dict)
    proven: Collection[str] = ()
    down: Collection[str] = ()
    serves: Mapping[str, Collection[str]] = field(default_factory=dict)

    def known(self, name: str) -> str | None:
        """The metric that a row means: by its name, its words, or the name's beginning; None where the story has none."""
        written, labels = same(name), {id: [same(n) for n in names.values()] for id, names in self.names.items()}
        for id, its in labels.items():
            if written in its:
                return id
        for id, pattern in self.words.items():
            # a name that counts work is not a result because it mentions one: “meetings about keeping customers”
            mentioned = self.kinds[id] not in _WORK and id not in self.proven and kpikit.classify(name).kind in _WORK
            if re.search(pattern, written) and not mentioned:
                return id
        for id, its in labels.items():
            if len(written) >= _SHORTENED and any(label.startswith(written) for label in its):
                return id
        return None

    @cached_property
    def case(self) -> Case:
        """The firm as a case without tables, whose catalogue says what the story says."""
        return _Told("told", Path(), self)


@dataclass(frozen=True)
class _Told(Case):
    firm: Firm = field(default_factory=lambda: Firm({}, {}), repr=False)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(
            {
                id: Metric(
                    id,
                    self.firm.names[id],
                    "",
                    "down" if id in self.firm.down else "up",
                    kind,
                    self.firm.names[id],
                    MappingProxyType({}),
                )
                for id, kind in self.firm.kinds.items()
            }
        )


# ---------------------------------------------------------------- the learner's rows on the question's AOP


@dataclass(frozen=True)
class Sheet:
    """The rows of a learner's scorecard, as the firm would read them."""

    design: Design
    firm: Firm

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        return self.design.kpis

    def kind(self, kpi: Kpi) -> str | None:
        """What a row really is: by the firm's story, else where its name is certain, else as its designer says."""
        if told := self.firm.kinds.get(kpi.metric or ""):
            return told
        named = kpikit.classify(clean(kpi.name or ""))
        return named.kind if named.confidence >= CERTAIN else kpi.kind

    def of(self, goal: Goal, kind: str) -> list[Kpi]:
        """The rows of a kind that name this goal and can serve it."""
        mine = [k for k in self.kpis if k.goal == goal.id and self.kind(k) == kind]
        return [k for k in mine if goal.id in self.firm.serves.get(k.metric or "", (goal.id,))]

    def failing(self, check: str) -> list[str]:
        """Where a check of the kit fails on this sheet, with the firm's own catalogue."""
        places: list[str] = kpikit.check(self.design, self.firm.case, only=[check]).failing.get(check, [])
        return places


def laid_on(answer: Design, given: Mapping[str, Any], firm: Firm) -> Sheet:
    """The learner's rows on the question's AOP, as a company scorecard; rows without a name and repeated ones left out."""
    rows: dict[str, dict[str, Any]] = {}
    for row in answer.as_document().get("kpis", []):
        kpi = Kpi.model_validate(row)
        if not says(kpi.name):
            continue
        known = firm.known(kpi.name or "")
        rows.setdefault(
            same(kpi.name),
            {
                **row,
                "level": "company",
                "metric": known,
                "goal": (kpi.goal or "").strip().upper() or None,
                "parent": None,
                "direction": kpi.direction or _direction(kpi, known, firm),
            },
        )
    design: Design = as_design({**given, "kpis": list(rows.values())})
    return Sheet(design, firm)


def _direction(kpi: Kpi, known: str | None, firm: Firm) -> str:
    """The table has no column for it: a number we know has its own; else falling lines mean that less is better."""
    if known:
        return "down" if known in firm.down else "up"
    lines = [v for v in (kpi.scale.floor, kpi.scale.target, kpi.scale.stretch) if v is not None]
    falling = len(lines) > 1 and lines == sorted(lines, reverse=True) and lines[0] > lines[-1]
    return "down" if falling else "up"


# ---------------------------------------------------------------- the parts


def whole(sheet: Sheet, found: Mapping[str, Part], points: Mapping[str, float], enough: int) -> Credit:
    """The parts weighed by their points; each complete one is said to be good, and too few rows are named."""
    share = sum(points[part] * earned for part, (earned, _) in found.items()) / sum(points.values())
    good = [Reason(f"{part}_good") for part, (earned, _) in found.items() if earned == 1]
    few = [Reason("few_rows", rows=len(sheet.kpis), enough=enough)] if len(sheet.kpis) < enough else []
    return Credit(round(share, 4), [*good, *few, *(r for _, reasons in found.values() for r in reasons)])


def filled(sheet: Sheet, enough: int) -> float:
    """How much of the lines asked for is there, at most 1: one good line is not yet a scorecard."""
    return min(1.0, len(sheet.kpis) / enough)


def ends(sheet: Sheet) -> Part:
    """Each goal has an outcome of its own, and a primary goal no more than two (checks 2.1 and 4.1)."""
    goals = sheet.design.aop.goals
    lacking = [g.id for g in goals if not sheet.of(g, "outcome")]
    crowded = [g.id for g in goals if g.role == "primary" and len(sheet.of(g, "outcome")) > ENDS_MOST]
    reasons = [Reason("end_missing", goal=goal) for goal in lacking]
    reasons += [Reason("ends_crowded", goal=goal) for goal in crowded[:1]]
    return 1 - len(lacking) / len(goals) - (0.25 if crowded else 0), reasons


def levers(sheet: Sheet) -> Part:
    """Each primary goal has a driver that really is one (check 3.2)."""
    lacking = [g for g in sheet.design.aop.goals if g.role == "primary" and not sheet.of(g, "driver")]
    if not lacking:
        return 1, []
    elsewhere = any(k.kind == "driver" and k.goal != lacking[0].id for k in sheet.kpis)
    return 0, [Reason("lever_other_goal" if elsewhere else "lever_missing", goal=lacking[0].id)]


def busywork(sheet: Sheet, enough: int, most: int) -> Part:
    """No row counts work that nobody has proven, or a rule kept (checks 3.1 and 3.3, and stricter: none at all)."""
    counted = [k for k in sheet.kpis if sheet.kind(k) in _WORK]
    reasons = [
        Reason("busy_called_result" if k.kind in ("outcome", "driver") else "busy_row", row=k.name) for k in counted
    ]
    if len(sheet.kpis) > most:
        reasons.append(Reason("too_many_rows", rows=len(sheet.kpis), most=most))
    share = 0.0 if sheet.failing("3.3") or sheet.failing("3.1") else 0.5 if reasons else 1.0
    return share * filled(sheet, enough), reasons


def scales(sheet: Sheet, enough: int) -> Part:
    """Floor, target and stretch stand in order (check 6.3), row by row."""
    bad = sheet.failing("6.3")
    rows = [k for k in sheet.kpis if k.id in bad]
    share = (1 - len(rows) / len(sheet.kpis)) * filled(sheet, enough)
    return share, [Reason("scale_unclear", row=k.name) for k in rows]


def targets(sheet: Sheet) -> Part:
    """An outcome's target is the AOP's own: the year's, its month's or quarter's part, or the growth it means."""
    share, reasons, goals = 0.0, [], sheet.design.aop.goals
    for goal in goals:
        given = [k.scale.target for k in sheet.of(goal, "outcome") if k.scale.target is not None]
        wanted = aop_targets(goal)
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


def aop_targets(goal: Goal) -> list[float]:
    """The targets that reach a goal: a rate as percent or as Excel keeps it; an amount by year, quarter, month; growth."""
    assert goal.target is not None
    assert goal.baseline is not None
    if goal.unit == "%":
        return [goal.target, goal.target / 100]
    return [goal.target * part for part in PARTS_OF_A_YEAR] + [100 * (goal.target / goal.baseline - 1)]


def decisions(sheet: Sheet, enough: int) -> Part:
    """A decision changes something (check 7.3, and more than talk), and each row has its own."""
    unsaid, seen, good, reasons = sheet.failing("7.3"), set[str](), 0, []
    for kpi in sheet.kpis:
        if kpi.id in unsaid or not says(kpi.decision):
            reasons.append(Reason("decision_missing", row=kpi.name))
        elif only_talks(kpi.decision or ""):
            reasons.append(Reason("decision_talk", row=kpi.name, decision=kpi.decision))
        elif same(kpi.decision) in seen:
            reasons.append(Reason("decision_copied", row=kpi.name))
        else:
            good += 1
        seen.add(same(kpi.decision))
    return good / max(len(sheet.kpis), enough), reasons


def only_talks(decision: str) -> bool:
    """True for one word alone, or a decision that opens with talk and has little else.

    >>> only_talks("Họp toàn công ty để tìm nguyên nhân"), only_talks("Move two people to tuning")
    (True, False)
    """
    words = re.findall(r"\w+", same(decision))
    opens = re.match(rf"(\w+ ){{0,2}}({TALK})\b", " ".join(words))
    rest = re.sub(rf"\b({TALK}|{WHOM})\b", " ", " ".join(words)).split()
    return len(words) < 2 or (opens is not None and len(rest) < _FEW_WORDS)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 0.01 * abs(b)
