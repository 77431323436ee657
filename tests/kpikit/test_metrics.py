"""A metric is right over any period, whole and split, and says no more than it knows."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.companies import Catalogue, Metric, UnknownCase, case
from kpikit.language import Trouble
from kpikit.metrics import PERIODS, metric

MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
BOTH = {"vi": "-", "en": "-"}


def entry(id: str, unit: str = "VND", **definition: Any) -> Metric:
    return Metric(id, BOTH, unit, "up", "outcome", BOTH, definition)


ENTRIES = [
    entry("sold", type="sum", table="sales", column="sold"),
    entry("sold_mt", type="sum", table="sales", column="sold", filter={"channel": "MT"}),
    entry("sold_gt", type="sum", table="sales", column="sold", filter={"channel": "GT"}),
    entry("owed", type="last", table="sales", column="sold"),
    entry("usual", type="mean", table="sales", column="sold"),
    entry("orders", type="sum", table="sales", column="orders"),
    entry("per_order", type="ratio", numerator="sold", denominator="orders"),
    entry("per_order_pct", unit="%", type="ratio", numerator="sold", denominator="orders"),
    entry("share_mt", unit="%", type="share", of="sold", filter={"channel": "MT"}),
    entry("share_gt", unit="%", type="share", of="sold", filter={"channel": "GT"}),
    entry("growth", unit="%", type="growth", of="sold"),
    entry("to_date", type="cumulative", of="sold"),
]


def firm(sold: list[int], orders: list[int], months: list[str] = MONTHS) -> Any:
    """A case in memory: two channels, three accounts, two years."""
    keys = [
        (month, channel, account) for month in months for channel, account in (("MT", "a"), ("MT", "b"), ("GT", "c"))
    ]
    sales = pd.DataFrame(keys, columns=["month", "channel", "account"])
    sales["sold"], sales["orders"] = sold[: len(sales)], orders[: len(sales)]
    plan = sales.assign(sold=sales["sold"] + 1)[["month", "channel", "account", "sold"]]
    catalogue = Catalogue({e.id: e for e in ENTRIES}, plans={"sales": "plan"})
    return SimpleNamespace(id="toy", catalogue=catalogue, tables={"sales": sales, "plan": plan})


size = 3 * len(MONTHS)
firms = st.builds(
    firm,
    st.lists(st.integers(1, 10**9), min_size=size, max_size=size),
    st.lists(st.integers(1, 10**4), min_size=size, max_size=size),
)
periods = st.sampled_from(PERIODS)
few = settings(max_examples=25, deadline=None)


def actual(firm: Any, id: str, by: str = "month", **how: Any) -> "pd.Series[float]":
    return metric(firm, id, by, **how).set_index("period")["actual"]


def same(one: "pd.Series[float]", other: "pd.Series[float]") -> None:
    pd.testing.assert_series_equal(one, other, check_names=False, rtol=1e-9)


# ---------------------------------------------------------------- properties


@few
@given(firms, periods)
def test_filters_partition_a_sum(firm: Any, by: str) -> None:
    same(actual(firm, "sold_mt", by) + actual(firm, "sold_gt", by), actual(firm, "sold", by))


@few
@given(firms, periods, st.sampled_from(["channel", "account"]))
def test_the_parts_of_a_split_add_up_to_the_whole(firm: Any, by: str, split: str) -> None:
    for id in ("sold", "owed", "usual", "share_mt"):
        same(metric(firm, id, by, split=split).groupby("period")["actual"].sum(), actual(firm, id, by))


@few
@given(firms, periods)
def test_a_ratio_times_its_denominator_is_its_numerator(firm: Any, by: str) -> None:
    same(actual(firm, "per_order", by) * actual(firm, "orders", by), actual(firm, "sold", by))
    same(actual(firm, "per_order_pct", by), actual(firm, "per_order", by) * 100)


@few
@given(firms, periods)
def test_shares_of_a_partition_add_up_to_100(firm: Any, by: str) -> None:
    total = actual(firm, "share_mt", by) + actual(firm, "share_gt", by)
    assert total.to_numpy() == pytest.approx(100)


@few
@given(firms, periods)
def test_growth_inverts_to_the_year_before(firm: Any, by: str) -> None:
    growth, sold = actual(firm, "growth", by), actual(firm, "sold", by)
    half = len(sold) // 2
    assert growth.iloc[:half].isna().all()
    before = sold.iloc[half:] / (1 + growth.iloc[half:] / 100)
    assert before.to_numpy() == pytest.approx(sold.iloc[:half].to_numpy())


@few
@given(firms)
def test_year_to_date_is_the_sum_of_the_months_and_ends_at_the_year(firm: Any) -> None:
    months, to_date = actual(firm, "sold"), actual(firm, "sold", "ytd")
    same(months.groupby(months.index.str[:4]).cumsum(), to_date)
    same(actual(firm, "to_date"), to_date)
    years = actual(firm, "sold", "year")
    assert to_date["2026-12"] == years["2026"]
    quarters = actual(firm, "sold", "quarter")
    same(quarters.groupby(quarters.index.str[:4]).sum(), years)


@few
@given(firms)
def test_a_balance_is_its_last_month_and_a_mean_its_twelfth(firm: Any) -> None:
    assert actual(firm, "owed", "year")["2025"] == actual(firm, "sold")["2025-12"]
    assert actual(firm, "usual", "year")["2025"] * 12 == pytest.approx(actual(firm, "sold", "year")["2025"])


@few
@given(firms, st.sampled_from(MONTHS), st.sampled_from([e.id for e in ENTRIES]))
def test_until_shows_what_was_known_then_and_leaves_the_plan(firm: Any, until: str, id: str) -> None:
    then, now = (table.set_index("period") for table in (metric(firm, id, until=until), metric(firm, id)))
    same(then["actual"].dropna(), now["actual"][:until].dropna())
    same(then["plan"].dropna(), now["plan"].dropna())


# ---------------------------------------------------------------- the edges

ONES = firm([1] * size, [1] * size)


def test_a_period_that_is_not_over_has_no_actual_but_its_plan() -> None:
    quarters = metric(ONES, "sold", "quarter", until="2026-05").set_index("period")
    assert quarters["actual"]["2026-Q1"] == 9
    assert pd.isna(quarters["actual"]["2026-Q2"])
    assert quarters["plan"]["2026-Q2"] == 18


def test_a_metric_without_a_planned_column_has_no_plan() -> None:
    assert metric(ONES, "orders")["plan"].isna().all()
    assert metric(ONES, "per_order")["plan"].isna().all()


def test_a_plan_grows_on_what_was_really_there() -> None:
    growth = metric(ONES, "growth", "year").set_index("period")["plan"]
    assert growth["2026"] == pytest.approx(100)  # 72 planned after 36 sold


def test_before_all_data_and_without_a_plan_there_is_an_empty_table() -> None:
    table = metric(ONES, "orders", until="2020-01", split="channel")
    assert table.empty and list(table.columns) == ["period", "channel", "actual", "plan"]


def test_dividing_by_nothing_says_nothing() -> None:
    assert metric(firm([5] * size, [0] * size), "per_order")["actual"].isna().all()


def test_a_filter_within_a_filter_keeps_what_both_keep() -> None:
    entries = {
        e.id: e for e in [*ENTRIES, entry("none", unit="%", type="share", of="sold_mt", filter={"channel": "GT"})]
    }
    toy: Any = SimpleNamespace(id="toy", catalogue=Catalogue(entries), tables=ONES.tables)
    assert metric(toy, "none")["actual"].tolist() == [0] * len(MONTHS)


def test_a_renamed_account_is_one_part() -> None:
    parts = metric(case(), "mt_revenue", "year", split="account")["account"].unique()
    assert "Tân Lộc Fresh" in parts and "Siêu thị Tân Lộc" not in parts
    assert len(parts) == 5


def test_master_data_give_splits_the_table_does_not_have() -> None:
    parts = metric(case(), "mt_revenue", "year", split="keeper")
    by_keeper = parts.groupby("period")["actual"].sum(min_count=1)
    whole = metric(case(), "mt_revenue", "year").set_index("period")["actual"]
    same(by_keeper, whole)


def test_a_returned_order_counts_against_its_month() -> None:
    sales = case().tables["sales"].query("month == '2025-11' and account_code == 'MT02'")
    november = metric(case(), "mt_revenue", split="account").set_index(["account", "period"])["actual"]
    assert november["Đại siêu thị Thiên Phát", "2025-11"] == sales["revenue"].sum() < sales["revenue"].max()


def test_a_missing_month_is_unknown_for_its_account_and_nothing_in_the_total() -> None:
    visits = metric(case(), "mt_visits", split="account").set_index(["account", "period"])["actual"]
    assert pd.isna(visits["Góc Phố 24", "2025-08"])
    total = metric(case(), "mt_visits").set_index("period")["actual"]
    assert total["2025-08"] == visits.xs("2025-08", level="period").sum()


@pytest.mark.parametrize("id", list(case().catalogue))
def test_every_metric_of_the_case_can_be_computed_in_every_way(id: str) -> None:
    for by in PERIODS:
        table = metric(case(), id, by)
        assert list(table.columns) == ["period", "actual", "plan"]
        assert table["actual"].notna().any()
        assert table["period"].is_unique


def test_percentages_are_percentages() -> None:
    share = metric(case(), "mt_share", "year").set_index("period")["actual"]
    assert 35 < share["2026"] < 45


def test_errors_name_what_there_is_in_both_languages() -> None:
    for kind, call in [
        (UnknownCase, {"id": "nope"}),
        (Trouble, {"id": "visits", "by": "week"}),
        (Trouble, {"id": "visits", "until": "May"}),
        (Trouble, {"id": "operating_cash_flow", "split": "channel"}),
        (Trouble, {"id": "visits", "split": "colour"}),
    ]:
        with pytest.raises(kind) as told:
            metric(case(), **call)
        assert set(told.value.words) == {"vi", "en"}


def test_a_column_that_is_not_there_is_told_with_the_metric_and_the_ones_there_are() -> None:
    entries = {"odd": entry("odd", type="sum", table="sales", column="weight")}
    toy: Any = SimpleNamespace(id="toy", catalogue=Catalogue(entries), tables=ONES.tables)
    with pytest.raises(Trouble, match=r"toy/metrics\.yaml, odd.*weight.*sold"):
        metric(toy, "odd")
