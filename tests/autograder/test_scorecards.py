"""A short scorecard is judged by what the story says its rows are, not by their labels."""

import pytest

from autograder import scorecards
from kpikit.files import as_design

GIVEN = {
    "aop": {
        "goals": [
            {"id": "G1", "role": "primary", "metric": "profit", "baseline": 100e9, "target": 120e9, "unit": "VND"},
            {"id": "G2", "role": "supporting", "metric": "keep", "baseline": 80, "target": 90, "unit": "%"},
        ]
    }
}
FIRM = scorecards.Firm(
    kinds={"profit": "outcome", "keep": "outcome", "calls": "driver", "scrap": "driver", "visits": "activity"},
    names={
        "profit": {"vi": "Lợi nhuận xưởng", "en": "Plant profit"},
        "keep": {"vi": "Tỷ lệ khách còn mua", "en": "Customers still buying"},
        "calls": {"vi": "Số cuộc gọi cho khách cũ", "en": "Calls to old customers"},
        "scrap": {"vi": "Tỷ lệ phế phẩm", "en": "Scrap rate"},
        "visits": {"vi": "Số buổi gặp khách", "en": "Customer meetings"},
    },
    words={"calls": r"gọi.*khách cũ", "keep": r"giữ khách"},
    proven={"calls"},
    down={"scrap"},
    serves={"profit": ("G1",), "keep": ("G2",)},
)


def sheet(*rows: dict) -> scorecards.Sheet:
    return scorecards.laid_on(as_design({"kpis": [{"id": f"K{n}", **r} for n, r in enumerate(rows)]}), GIVEN, FIRM)


def row(name: str, kind: str = "driver", goal: str = "G1", lines=(1, 2, 3), **more) -> dict:
    return {
        "name": name,
        "kind": kind,
        "goal": goal,
        "scale": dict(zip(("floor", "target", "stretch"), lines, strict=True)),
    } | more


def names(part: scorecards.Part) -> list[str]:
    return [reason.name for reason in part[1]]


@pytest.mark.parametrize(
    ("written", "metric"),
    [
        ("lợi nhuận xưởng", "profit"),
        ("Customers still", "keep"),
        ("Số lần gọi lại khách cũ", "calls"),
        ("Số cuộc họp về giữ khách", None),
        ("Lợi", None),
    ],
)
def test_a_row_is_known_by_its_name_its_beginning_or_its_words(written, metric):
    assert FIRM.known(written) == metric


def test_what_a_row_really_is_outweighs_its_label():
    kpis = sheet(row("Số buổi gặp khách"), row("Số lần gọi lại khách cũ", "activity"), row("Số bài đăng", "outcome"))
    assert [kpis.kind(k) for k in kpis.kpis] == ["activity", "driver", "activity"]


def test_a_row_without_a_name_and_a_repeated_one_are_left_out():
    assert len(sheet(row("Lợi nhuận xưởng"), row("LỢI NHUẬN XƯỞNG "), {"kind": "driver"}).kpis) == 1


def test_an_outcome_tells_of_the_goal_it_can_serve_only():
    assert names(scorecards.ends(sheet(row("Lợi nhuận xưởng", "outcome", "G2")))) == ["end_missing", "end_missing"]
    assert scorecards.ends(sheet(row("Lợi nhuận xưởng", "outcome"), row("Giữ khách", "outcome", "g2"))) == (1, [])


def test_less_is_better_where_the_story_says_so_or_the_lines_fall():
    ordered = sheet(row("Tỷ lệ phế phẩm", lines=(5, 4, 3)), row("Giờ chờ", lines=(9, 8, 7)), row("Lợi nhuận xưởng"))
    assert scorecards.scales(ordered, 3) == (1, [])
    assert names(scorecards.scales(sheet(row("Tỷ lệ phế phẩm", lines=(3, 4, 5))), 1)) == ["scale_unclear"]


@pytest.mark.parametrize(
    ("target", "share", "said"),
    [(120e9, 0.5, []), (10e9, 0.5, []), (20, 0.5, []), (120, 0.25, ["unit_slip"]), (99e9, 0, ["target_off"])],
)
def test_a_target_agrees_with_the_aop_by_year_month_or_growth(target, share, said):
    earned, reasons = scorecards.targets(sheet(row("Lợi nhuận xưởng", "outcome", lines=(1, target, target * 2))))
    assert (earned, [r.name for r in reasons]) == (share, [*said, "target_missing"])


def test_a_decision_is_its_own_and_changes_something():
    judged = scorecards.decisions(
        sheet(
            row("Lợi nhuận xưởng", decision="Chuyển hai thợ sang chuyền sơn"),
            row("Tỷ lệ phế phẩm", decision="Họp toàn công ty"),
            row("Giờ chờ", decision="chuyển hai thợ sang chuyền sơn"),
            row("Số bài đăng"),
        ),
        4,
    )
    assert judged[0] == 0.25
    assert names(judged) == ["decision_talk", "decision_copied", "decision_missing"]
