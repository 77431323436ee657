"""A design's cause and effect: which KPI leads where, and where it breaks (E3). What `tree` draws."""

from __future__ import annotations

from dataclasses import dataclass

from ..checklist.reading import Reading, says
from ..companies import Case
from ..design import Design, Goal, Kpi

COLUMNS = ("activity", "driver", "outcome", "goal")  # cause on the left, effect on the right
BREAKS = ("no_outcome", "no_driver", "nowhere", "no_arrow", "lost", "unproven")


@dataclass(frozen=True)
class Node:
    """A goal or a KPI of the tree. ``column`` is one of `COLUMNS`, ``kind`` what it really is; ``breaks`` the first of
    `BREAKS` that holds, or empty; ``to`` the places it leads to that are there."""

    place: str
    name: str
    column: str
    kind: str
    level: str
    card: str
    goal: str
    breaks: str
    to: tuple[str, ...]


def cause_tree(design: Design, case: Case | None = None, goal: str | None = None) -> list[Node]:
    """Goals, then KPIs, in the design's order; with ``goal`` only that goal and the KPIs that name it.

    A KPI *leads nowhere* where neither arrows (parents and links, over any steps) nor words (`contributes`) lead from it to
    an outcome of its goal; with words alone it *lacks an arrow*; it is *lost* where it names a parent or a link's end
    that is not there; an activity without evidence is *unproven*. An outcome of the company scorecard leads to its goal.

    >>> from kpikit.companies import case
    >>> sorted({node.breaks for node in cause_tree(case("distributor").design("habit"))})
    ['', 'no_driver', 'no_outcome', 'nowhere']
    >>> {node.breaks for node in cause_tree(case("distributor").design("sound"))}
    {''}
    """
    reading = Reading(design, case.catalogue if case else None)
    goals = [g for g in design.aop.goals if goal is None or g.id == goal]
    kpis = [k for k in design.kpis if goal is None or k.goal == goal]
    made = [_goal(reading, g) for g in goals]
    return made + [_kpi(reading, k) for k in kpis]


def _goal(reading: Reading, goal: Goal) -> Node:
    outcomes = [k for k in reading.of(goal, reading.company.kpis) if reading.is_outcome(k)]
    drivers = [k for k in reading.of(goal, reading.kpis) if reading.is_driver(k)]
    breaks = "no_outcome" if not outcomes else "no_driver" if goal.role == "primary" and not drivers else ""
    return Node(reading.place(goal), reading.name(goal), "goal", goal.role or "", "", "", "", breaks, ())


def _kpi(reading: Reading, kpi: Kpi) -> Node:
    kind = reading.kind(kpi) or ""
    column = kind if kind in ("outcome", "driver") else "activity"
    direct = kind == "outcome" and kpi.level == "company" and kpi.goal in reading.goals
    there = {k.id for k in reading.kpis if k.id} | set(reading.goals)
    named = dict.fromkeys(
        [*kpi.parents, *(x.effect for x in reading.design.links if x.cause and x.cause == kpi.id and x.effect)]
    )
    to = [place for place in named if place in there and place != kpi.id]
    if direct and kpi.goal:
        to.insert(0, kpi.goal)
    breaks = ""
    if not direct and not reading.leads_to_outcome(kpi):
        breaks = "no_arrow" if says(kpi.contributes) and kpi.goal in reading.goals else "nowhere"
    elif any(place not in there for place in named):
        breaks = "lost"
    elif reading.is_unproven(kpi):
        breaks = "unproven"
    card = "company" if kpi.level == "company" else kpi.scorecard or kpi.level or ""
    return Node(
        reading.place(kpi),
        reading.name(kpi),
        column,
        kind,
        kpi.level or "",
        card,
        kpi.goal or "",
        breaks,
        tuple(dict.fromkeys(to)),
    )


def drawn(nodes: list[Node], most: int, persons: bool = False) -> dict[str, list[Node]]:
    """The nodes that fit on a figure, by column, from top to bottom so that arrows cross little; empty columns left out.

    A column over ``most`` leaves out persons' KPIs first, then compliance, then the last ones. ``persons``: keep theirs.

    >>> from kpikit.companies import case
    >>> columns = drawn(cause_tree(case("distributor").design("sound")), most=10)
    >>> {column: len(nodes) for column, nodes in columns.items()}
    {'activity': 1, 'driver': 9, 'outcome': 6, 'goal': 2}
    """
    kept = [n for n in nodes if persons or n.level != "individual"]
    columns: dict[str, list[Node]] = {}
    rank: dict[str, float] = {}
    for column in reversed(COLUMNS):
        here = [n for n in kept if n.column == column]
        for spare in (lambda n: n.level == "individual", lambda n: n.kind == "compliance", lambda n: True):
            while len(here) > most and any(spare(n) for n in here):
                here.remove(next(n for n in reversed(here) if spare(n)))
        for _ in range(3):  # a node stands near what it leads to; those in its own column are placed by then
            for place, n in enumerate(here):
                ahead = [rank[t] for t in n.to if t in rank] or [rank[n.goal] for _ in (1,) if n.goal in rank]
                rank[n.place] = sum(ahead) / len(ahead) if ahead else 1 + place / 100
            here.sort(key=lambda n: (rank[n.place], n.level != "company"))
            rank |= {n.place: (i + 0.5) / len(here) for i, n in enumerate(here)}
        if here:
            columns[column] = here
    return {column: columns[column] for column in COLUMNS if column in columns}
