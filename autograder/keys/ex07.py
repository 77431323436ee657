"""The key of ex07: cascade and rhythm at Nhựa Đông Kiều. Words, misconceptions and samples: ex07.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from autograder import review_pages
from autograder.readings import named, rows
from autograder.score import Credit, Reason, key
from autograder.sorting import sorted_into
from kpikit.companies import Case
from kpikit.design import Design
from kpikit.language import Amount

# ---------------------------------------------------------------- q1: ten arrows upward

ARROWS = {
    "k01": "feeds",
    "k02": "copied",
    "k03": "against",
    "k04": "against",
    "k05": "against",
    "k06": "feeds",
    "k07": "hollow",
    "k08": "feeds",
    "k09": "copied",
    "k10": "hollow",
}


@key("ex07-q1")
def sorts_by_what_it_does_to_the_kpi_above(answer: dict[str, str], case: Case | None) -> Credit:
    """A tenth of the points for each arrow."""
    return sorted_into(answer, ARROWS, _idea_of_arrow)


def _idea_of_arrow(arrow: str, given: str) -> str:
    is_ = ARROWS[arrow]
    if is_ == "feeds":
        return "part_unseen"
    if is_ == "copied":
        return "copy_as_link" if given == "feeds" else "copy_unseen"
    if is_ == "hollow":
        return "busy_as_link" if given == "feeds" else "harm_invented"
    return "green_as_good" if given == "feeds" else "harm_unseen"


# ---------------------------------------------------------------- q2 and q3: a number through the chain

GOAL, BASE, PART = 32_500.0, 34_640.0, 0.4  # VND a piece; what delivery has to bring of the fall
LIMIT = 90.0  # OTD, percent


class Period(NamedTuple):
    """What a period's deliveries and penalties come to."""

    otd: float  # percent
    shipped: float
    penalties: float  # VND

    @property
    def per_piece(self) -> float:
        return self.penalties / self.shipped


@cache
def _period(case: Case, first: int, last: int) -> Period:
    """Months of 2026, both included."""
    months = {f"2026-{n:02}" for n in range(first, last + 1)}
    lines = [r for r in rows(case, "deliveries") if r["month"] in months]
    due, on_time, shipped = (
        sum(float(r[c] or 0) for r in lines) for c in ("orders_due", "orders_on_time", "pieces_shipped")
    )
    penalties = sum(float(r["penalties"]) for r in rows(case, "costs") if r["month"] in months)
    return Period(100 * on_time / due, shipped, penalties)


@key("ex07-q2")
def penalty_of_a_point_of_otd(answer: float, case: Case | None) -> Credit:
    """The rise of penalties per piece over the points of OTD lost, quarter II to IV, VND: within 3."""
    assert case is not None
    size = abs(answer) / (1e6 if abs(answer) >= 1e6 else 1)  # the plant's money is told in millions
    name = named(size, _worth_of_a_point(case), within=3, right=3)
    shares = {"right": 1.0, "not_per_point": 0.5, "year_pieces": 0.5, "unit_slip": 0.5, "percent_for_points": 0.5}
    shares |= {"from_hundred": 0.25, "not_per_piece": 0.25, "one_period": 0.25, "upside_down": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(answer if size < 1 else round(answer, 2), "VND"))])


def _worth_of_a_point(case: Case) -> Iterator[tuple[float, str]]:
    second, fourth, year = _period(case, 4, 6), _period(case, 10, 12), _period(case, 1, 12)
    rise, points = fourth.per_piece - second.per_piece, second.otd - fourth.otd
    more = fourth.penalties - second.penalties
    yield rise / points, "right"
    yield rise / points / 1000, "unit_slip"
    yield rise / points / 1e6, "unit_slip"  # reckoned in millions, as the table has it
    yield rise / (100 * points / second.otd), "percent_for_points"
    yield rise, "not_per_point"
    yield more / year.shipped / points, "year_pieces"
    yield more / points / 1e6, "not_per_piece"
    yield points / rise, "upside_down"
    for period in (second, fourth, year):
        yield period.per_piece, "one_period"
        yield period.per_piece / (100 - period.otd), "from_hundred"


@key("ex07-q3", after=("ex07-q2",))
def otd_that_brings_its_part(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """The year's OTD plus the points that 40% of the fall takes, at her own worth of a point: within 0.5 points."""
    assert case is not None
    truth = next(_worth_of_a_point(case))[0]
    hers = abs(float(earlier.get("ex07-q2", truth)))
    name = named(answer, _levels(case, truth), within=0.4, right=0.5)
    if (
        name != "right" and hers and abs(hers - truth) > 0.5
    ):  # the truth first: she may have found it without going back
        own = named(answer, _levels(case, hers), within=0.4, right=0.5)
        name = ("follows" if answer <= 100 else "follows_odd") if own == "right" else own
    shares = {"right": 1.0, "follows": 1.0, "follows_odd": 1.0}
    shares |= {"points_for_level": 0.5, "unit_slip": 0.5, "from_quarter": 0.5, "percent_of_otd": 0.5}
    shares |= {"whole_fall": 0.25, "other_part": 0.25, "from_hundred": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), "%"))])


def _levels(case: Case, worth: float) -> Iterator[tuple[float, str]]:
    year, fourth = _period(case, 1, 12).otd, _period(case, 10, 12).otd
    fall = BASE - GOAL
    points = PART * fall / worth
    yield year + points, "right"
    yield (year + points) / 100, "unit_slip"
    yield points, "points_for_level"
    yield fourth + points, "from_quarter"
    yield year * (1 + points / 100), "percent_of_otd"
    yield year + fall / worth, "whole_fall"
    yield year + (1 - PART) * fall / worth, "other_part"
    yield 100 - points, "from_hundred"
    yield year - points, "downwards"
    yield LIMIT, "limit_copied"


# ---------------------------------------------------------------- q4: the action plan

ACTIONS = {
    "a1": "ready",
    "a2": "no_work",
    "a3": "no_one",
    "a4": "no_date",
    "a5": "ready",
    "a6": "no_work",
    "a7": "no_one",
    "a8": "no_date",
    "a9": "no_work",
}
MEETING = "a9"


@key("ex07-q4")
def says_what_an_action_lacks(answer: dict[str, str], case: Case | None) -> Credit:
    """A ninth of the points for each line of the plan."""
    return sorted_into(answer, ACTIONS, _idea_of_action)


def _idea_of_action(action: str, given: str) -> str:
    if action == MEETING and given == "ready":
        return "meeting_as_work"
    return {
        "no_work": "wish_as_work",
        "no_one": "many_as_one",
        "no_date": "hope_as_date",
        "ready": "fault_invented",
    }[ACTIONS[action]]


# ---------------------------------------------------------------- q5: the rhythm of each thing

RHYTHM = {
    "r1": "weekly",
    "r2": "weekly",
    "r3": "monthly",
    "r4": "monthly",
    "r5": "monthly",
    "r6": "quarterly",
    "r7": "quarterly",
    "r8": "trigger",
    "r9": "trigger",
}
_ORDER = ("weekly", "monthly", "quarterly")


@key("ex07-q5")
def looks_at_each_in_its_rhythm(answer: dict[str, str], case: Case | None) -> Credit:
    """A ninth of the points for each."""
    return sorted_into(answer, RHYTHM, _idea_of_rhythm)


def _idea_of_rhythm(item: str, given: str) -> str:
    is_ = RHYTHM[item]
    if is_ == "trigger":
        return "goal_by_calendar"
    if given == "trigger":
        return "result_by_trigger"
    return "too_often" if _ORDER.index(given) < _ORDER.index(is_) else "too_late"


# ---------------------------------------------------------------- q6 and q7: the bridge

PROPOSALS = {
    "p1": "update",
    "p2": "goalposts",
    "p3": "update",
    "p4": "goalposts",
    "p5": "leave",
    "p6": "update",
    "p7": "leave",
    "p8": "leave",
    "p9": "goalposts",
}
YARD, SLIP = 400e6, 300.0  # VND; VND a piece lost by the end of June
BAN, LOST = 6.0, 2.0  # points of OTD that the ban takes in the second half; those still lost with the yard


@key("ex07-q6")
def updates_what_the_bridge_changes(answer: dict[str, str], case: Case | None) -> Credit:
    """A ninth of the points for each proposal; half of it where it is stopped, though under the other name."""
    stopped = ("leave", "goalposts")
    near = sum(g != PROPOSALS[p] and {g, PROPOSALS[p]} == set(stopped) for p, g in answer.items())
    credit = sorted_into(answer, PROPOSALS, _idea_of_proposal)
    return Credit(credit.share + near / 2 / len(PROPOSALS), credit.reasons)


def _idea_of_proposal(proposal: str, given: str) -> str:
    is_ = PROPOSALS[proposal]
    if is_ == "update":
        return "plan_frozen"
    if is_ == "goalposts":
        return "slip_excused" if given == "update" else "pretext_unseen"
    return "all_reopened" if given == "update" else "pretext_everywhere"


@key("ex07-q7", after=("ex07-q2",))
def unit_cost_planned_anew(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """The plan, the penalties of two points on the second half's pieces, the yard's rent on all: within 12 VND."""
    assert case is not None
    truth = next(_worth_of_a_point(case))[0]
    hers = abs(float(earlier.get("ex07-q2", truth)))
    name = named(answer, _anew(case, truth), within=10, right=12)
    if name != "right" and abs(hers - truth) > 3:
        own = named(answer, _anew(case, hers), within=10, right=12)
        name = "follows" if own == "right" else own
    shares = {"right": 1.0, "follows": 1.0, "rise_for_level": 0.5, "whole_year": 0.5, "rent_on_half": 0.5}
    shares |= {"rent_forgotten": 0.5, "penalties_forgotten": 0.5, "unit_slip": 0.5}
    shares |= {"before_the_yard": 0.25, "downwards": 0.25, "slip_excused": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), "VND"))])


def _anew(case: Case, worth: float) -> Iterator[tuple[float, str]]:
    plan = [r for r in rows(case, "plan") if r["month"].startswith("2027")]
    pieces = sum(float(r["pieces_shipped"]) for r in plan)
    half = sum(float(r["pieces_shipped"]) for r in plan if r["month"] >= "2027-07")
    penalties, rent = worth * LOST * half / pieces, YARD / pieces
    yield GOAL + penalties + rent, "right"
    yield (GOAL + penalties + rent) / 1000, "unit_slip"
    yield penalties + rent, "rise_for_level"
    yield GOAL + worth * LOST + rent, "whole_year"
    yield GOAL + worth * LOST + YARD / half, "whole_year"
    yield GOAL + penalties + YARD / half, "rent_on_half"
    yield GOAL + penalties, "rent_forgotten"
    yield GOAL + worth * LOST, "rent_forgotten"
    yield GOAL + rent, "penalties_forgotten"
    yield GOAL + worth * BAN * half / pieces + rent, "before_the_yard"
    yield GOAL + worth * BAN * half / pieces, "before_the_yard"
    yield GOAL - penalties - rent, "downwards"
    yield GOAL - penalties + rent, "downwards"
    for slip in (SLIP, SLIP / 2):
        yield GOAL + penalties + rent + slip, "slip_excused"
        yield GOAL + worth * LOST + rent + slip, "slip_excused"
    yield GOAL + SLIP, "slip_excused"
    yield GOAL, "plan_frozen"


# ---------------------------------------------------------------- q8: the year's rhythm

PARTS = {"cadence": 2, "analyst": 3, "decides": 3, "triggers": 6}  # points, of 14


@key("ex07-q8")
def steers_in_time_and_opens_for_a_reason(answer: Design, case: Case | None) -> Credit:
    """Cadence, analyst, decider and triggers, each a share of its points."""
    review = answer.review
    found = {
        "cadence": review_pages.cadence(review.cadence),
        "analyst": review_pages.analyst(review.analyst),
        "decides": review_pages.decides(review.decides, review.analyst),
        "triggers": review_pages.triggers(review.triggers),
    }
    share = sum(PARTS[part] * earned for part, (earned, _) in found.items()) / sum(PARTS.values())
    return Credit(round(share, 4), [reason for _, reasons in found.values() for reason in reasons])
