"""The removal test's board agrees with the case: what is covered is what one stops knowing (A3)."""

import pytest

from kpikit.companies import case
from kpikit.metrics import metric
from kpikit.views import removal

HABIT = ["visits", "programmes", "new_outlets", "report_compliance"]


def test_covering_the_habit_numbers_loses_nothing():
    board = removal.removal(case("distributor"))
    assert removal.first_warning(board) == removal.first_warning(board.drop(index=HABIT)) == "2026-04"


def test_the_habit_numbers_alone_are_green_all_year():
    board = removal.removal(case("distributor"))
    assert removal.first_warning(board.loc[HABIT]) is None


def test_the_board_is_the_catalogues_own_year_to_date():
    ytd = metric(case("distributor"), "mt_revenue", by="ytd").set_index("period").loc["2026-12"]
    board = removal.removal(case("distributor"))
    assert board.loc["mt_revenue", "2026-12"] == pytest.approx(100 * ytd["actual"] / ytd["plan"])


def test_the_target_for_reports_is_the_storys():
    assert f"| {removal.REPORTS_TARGET}% |" in case("distributor").story("en")
