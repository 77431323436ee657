"""F7 Cascade: department feeds company, person feeds department, and each KPI leads to a decision."""

from collections.abc import Iterator

from .problem import Problem, check
from .reading import Reading, says


@check("7.1")
def departments_feed_the_company(reading: Reading) -> Iterator[Problem]:
    if reading.design.flat:
        return
    departments = [k for k in reading.kpis if k.level == "department"]
    if not departments:
        yield Problem("none", "aop")
    for kpi in departments:
        at, name = reading.place(kpi), reading.name(kpi)
        parents = reading.parents(kpi)
        companys = [p for p in parents if p.level == "company"]
        fit = reading.choice(k for k in reading.company.kpis if kpi.goal and k.goal == kpi.goal)
        there = {p.id for p in parents}
        if gone := [i for i in kpi.parents if i not in there] if not companys else []:
            yield Problem("unknown_parent", at, kpi=name, parents=gone, candidates=fit)
        elif not companys:
            yield Problem("no_parent", at, kpi=name, candidates=fit)
        elif not kpi.goal:
            yield Problem("no_goal", at, kpi=name, parents=reading.names(companys))
        elif not any(p.goal == kpi.goal for p in companys):
            yield Problem("other_goal", at, kpi=name, goal=kpi.goal, candidates=fit, parents=reading.names(companys))
        if not says(kpi.contributes):
            yield Problem("no_contribution", at, kpi=name)


@check("7.2")
def persons_feed_departments(reading: Reading) -> Iterator[Problem]:
    above = "company" if reading.design.flat else "department"
    persons = [k for k in reading.kpis if k.level == "individual"]
    if not persons:
        yield Problem("none", "aop")
    for kpi in persons:
        if not any(p.level == above for p in reading.parents(kpi)):
            yield Problem(
                "no_company_parent" if reading.design.flat else "no_department_parent",
                reading.place(kpi),
                kpi=reading.name(kpi),
                candidates=reading.choice(k for k in reading.kpis if k.level == above),
            )


@check("7.3")
def every_kpi_leads_to_a_decision(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if not says(kpi.decision):
            yield Problem("no_decision", reading.place(kpi), kpi=reading.name(kpi))
