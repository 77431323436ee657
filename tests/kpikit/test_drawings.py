"""Every figure, of every case, in both languages: its words fit, are large, do not collide, and say its own numbers."""

from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

import kpikit
from kpikit import gallery
from kpikit.companies import UnknownCase, case, cases
from kpikit.language import LANGUAGES, Trouble, use
from kpikit.pictures import canvas, card, plan, share, unit, weight
from kpikit.pictures.cause_tree import BREAKS, cause_tree

KEYS = Path(__file__).parents[2] / "autograder" / "keys" / "designs"
ODD = {
    "aop": {
        "priority": "win $x_1$ and ^{more}",
        "goals": [{"id": "G1", "name": "A goal " * 40, "role": "primary", "metric": "revenue", "baseline": 1, "target": 2e9},
                  {"name": "<b>$\\frac{1}{2}$</b> & co."}],
    },
    "kpis": [
        {},
        {"id": "K1", "name": "Costs $5 or $6 _a_ <script>" * 9, "level": "company", "metric": "revenue", "weight": -5},
        {"id": "K2", "metric": "no_such", "parent": ["K2", "K9"], "level": "company", "scale": {"target": 0}},
        {"id": "K3", "metric": "mt_share", "level": "department", "scorecard": "Phòng " * 20, "scale": {"target": 5, "floor": 9}},
        *({"id": f"A{n}", "name": f"Số cuộc gọi của tổ {n} trong cả năm nay", "level": "company", "kind": "activity", "weight": 4,
           "metric": "calls", "goal": "G1", "scale": {"target": 9000}} for n in range(25)),
        *({"id": f"P{n}", "name": "Doanh thu", "level": "individual", "scorecard": f"Người {n}", "weight": 100} for n in range(12)),
    ],
    "links": [{"from": "K1", "to": "K2"}, {"from": "K2", "to": "K1"}, {"from": "A1"}, {"from": "nobody", "to": "K1"}],
}  # fmt: skip


def every_ask():
    for name in cases():
        for figure in ("plan", "share", "bottleneck"):
            yield figure, {"case": name}
        yield "plan", {"case": name, "month": "2026-05"}
        yield "bottleneck", {"case": name, "month": "2026-08"}
        for design in (KEYS / f"{name}-sound.yaml", "sound", "habit"):
            if (isinstance(design, str) and design not in case(name).designs) or (
                isinstance(design, Path) and not design.is_file()
            ):
                continue
            for figure in ("scorecard", "tree", "weights"):
                yield figure, {"case": name, "design": design}
        yield "scorecard", {"case": name, "design": "habit", "against": "plan", "month": "2026-09"}
    for metric in (
        "mt_share",
        "revenue_growth",
        "operating_cash_flow",
        "overdue_share",
        "chains_with_jbp",
        "report_compliance",
    ):
        yield "plan", {"metric": metric, "month": "2026-10"}
    yield "plan", {"metric": "revenue", "month": "2027-02"}
    yield "share", {"metric": "mt_revenue", "split": "account"}
    yield "bottleneck", {"metric": "mt_trade_roi"}
    yield "scorecard", {"scorecard": "Phòng GT"}
    yield "tree", {"goal": "G2", "persons": True}
    for figure in ("scorecard", "tree", "weights"):
        yield figure, {"case": "distributor", "design": ODD}
        yield figure, {"case": "distributor", "design": {}}


ASKS = list(every_ask())


_made = {}


def drawn(ask, lang):
    """One ask's picture, drawn once."""
    use(lang)
    at = (ASKS.index(ask), lang)
    if at not in _made:
        _made[at] = kpikit.figure(ask[0], **ask[1])
    return _made[at]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def words(figure):
    """Every text that is seen, with where it stands, in dots."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    unseen = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    texts = (t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible() and t not in unseen)
    return [(text, text.get_window_extent()) for text in texts]


def label(ask):
    return "-".join([ask[0], *(str(getattr(v, "name", v))[:24] for v in ask[1].values() if not isinstance(v, dict))])


# ---------------------------------------------------------------- drawing


@pytest.mark.parametrize("ask", ASKS, ids=label)
def test_words_fit_are_large_and_do_not_collide(lang, ask):
    """On 1280 by 720: nothing under 14 points, nothing out of the frame, no word over another."""
    made = drawn(ask, lang)
    assert tuple(made.figure.get_size_inches() * made.figure.dpi) == (1280, 720)
    seen = words(made.figure)
    for text, box in seen:
        assert text.get_fontsize() >= 14, text.get_text()
        assert min(box.x0, box.y0, 1280 - box.x1, 720 - box.y1) >= 0, text.get_text()
    for n, (text, box) in enumerate(seen):
        for other, there in seen[n + 1 :]:
            wide = min(box.x1, there.x1) - max(box.x0, there.x0)
            tall = min(box.y1, there.y1) - max(box.y0, there.y0)
            assert wide < 2 or tall < 5, f"{text.get_text()!r} over {other.get_text()!r}"


@pytest.mark.parametrize("ask", ASKS, ids=label)
def test_a_figure_brings_its_sentence_its_table_and_its_words_for_the_blind(ask):
    """The title is the sentence, the table is not empty, and both languages say the same numbers."""
    from autograder.build import figures_in

    said = {}
    for lang in LANGUAGES:
        made = drawn(ask, lang)
        title = max(made.figure.texts, key=lambda t: t.get_fontsize()).get_text()
        assert made.sentence.endswith(".")
        assert made.sentence.startswith(" ".join(title.rstrip("…").split())[:60])
        assert made.alt.endswith(made.sentence) and len(made.alt) > len(made.sentence)
        assert len(made.table) or not ask[1].get("design", True)
        said[lang] = sorted(figures_in(made.sentence))
    use("vi")
    assert said["vi"] == said["en"]


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_as_html_it_has_its_words_and_its_table_and_nothing_runs(lang, name):
    made = kpikit.figure(
        name, case="distributor", **({"design": ODD} if name in ("tree", "weights", "scorecard") else {})
    )
    page = made._repr_html_()
    assert "data:image/png;base64," in page and "<details>" in page
    assert page.count("<tr") == len(made.table) + 1
    assert "<script>" not in page


# ---------------------------------------------------------------- what the figures say


@pytest.mark.parametrize(
    ("name", "unit"),
    [("distributor", "Siêu thị Lam Sơn"), ("b2b_sales", "Đội Dự án"), ("cafe_chain", "Hiên Nhà Hòa Khánh"),
     ("factory", "Chuyền sơn"), ("subscription", "TP.HCM")],
)  # fmt: skip
def test_the_bottleneck_is_the_one_that_the_generators_planted(lang, name, unit):
    made = kpikit.figure("bottleneck", case=name)
    assert unit in made.sentence
    assert made.table.index[0] == unit


def test_the_bottlenecks_gap_and_part_are_the_tables():
    use("en")
    made = kpikit.figure("bottleneck", case="distributor")
    gap = made.table.iloc[:, 2]
    assert f"{-gap.iloc[0]:.1f}bn" in made.sentence
    table = unit.by_unit(case("distributor"), "revenue", "account", "2026-12")
    short = (table["plan"] - table["actual"])[lambda s: s > unit.FLAT * table["plan"]]
    assert f"{round(100 * short.max() / short.sum())}%" in made.sentence
    use("vi")


def test_where_every_unit_is_on_plan_there_is_no_bottleneck(lang):
    assert kpikit.figure("bottleneck", case="cafe_chain", metric="posts").sentence.startswith(
        {"vi": "Không có nút thắt", "en": "There is no bottleneck"}[lang]
    )


def test_the_plans_sentence_is_its_table(lang):
    made = kpikit.figure("plan", case="b2b_sales", month="2026-10")
    actual, plan = made.table.iloc[9, 3], made.table.iloc[9, 4]
    for value in (actual, plan, plan - actual):
        assert f"{value:.1f}".removesuffix(".0").replace(".", "," if lang == "vi" else ".") in made.sentence
    assert made.table.iloc[10:, 3].isna().all()


def test_shares_of_all_units_add_up():
    for name in cases():
        id, split, _ = share._whole(case(name), None, None, "2026-12")
        assert share.shares(case(name), id, split, "2026-12")["actual"].sum() == pytest.approx(100)


@pytest.mark.parametrize("metric", ["gross_margin", "operating_cash_flow"])
def test_what_has_no_shares_is_refused(metric):
    with pytest.raises(Trouble):
        kpikit.figure("share", case="distributor", metric=metric)


def test_weights_of_a_scorecard_add_up():
    for name in cases():
        table = weight.weights_by_group(case(name).design("habit"), case(name))
        assert table.sum(axis=1).to_list() == pytest.approx([100] * len(table))


def test_the_weights_sentence_is_its_table(lang):
    made = kpikit.figure("weights", case="cafe_chain", design="habit")
    primary, _, activity, _ = made.table.iloc[0]
    assert f"{primary:.0f}%" in made.sentence and f"{activity:.0f}%" in made.sentence


def test_the_scorecard_counts_its_own_lights(lang):
    made = kpikit.figure("scorecard", case="cafe_chain", design="habit", against="plan")
    green = {"vi": "xanh", "en": "green"}[lang]
    card = made.table[made.table.iloc[:, 0] == {"vi": "Công ty", "en": "Company"}[lang]]
    assert f"{(card.iloc[:, -1] == green).sum()} " in made.sentence
    assert {"vi": "đỏ", "en": "red"}[lang] in made.sentence


def test_another_years_numbers_on_a_scale_are_called_so(lang):
    made = kpikit.figure("scorecard", case="distributor", month="2026-12")
    assert "2026" in made.sentence and "2027" in made.sentence


@pytest.mark.parametrize(
    ("value", "place"), [(3, 0.125), (4, 0.25), (5, 0.45), (6, 0.65), (7, 0.775), (8, 0.9), (99, 0.985)]
)
def test_a_value_stands_where_its_scale_puts_it(value, place):
    row = {"actual": value, "floor": 4, "target": 6, "stretch": 8, "direction": "up"}
    down = {**{k: -v for k, v in row.items() if k != "direction"}, "direction": "down"}
    for one in (row, down):
        assert card.place_on_scale(one) == pytest.approx(max(0.015, place), abs=0.08 if value == 3 else 1e-9)


# ---------------------------------------------------------------- the tree


def tree(*kpis, links=(), goals=({"id": "G1", "name": "Doanh thu", "role": "primary", "metric": "revenue"},)):
    from kpikit.files import as_design

    nodes = cause_tree(as_design({"aop": {"goals": list(goals)}, "kpis": list(kpis), "links": list(links)}))
    return {n.place: n for n in nodes}


TOP = {"id": "K1", "name": "Doanh thu", "metric": "revenue", "kind": "outcome", "goal": "G1", "level": "company"}
DRIVER = {"id": "K2", "name": "Tỷ lệ chuyển đổi", "kind": "driver", "goal": "G1", "level": "company"}
CALLS = {"id": "K3", "name": "Số cuộc gọi", "kind": "activity", "goal": "G1", "level": "company", "parent": "K2"}


def test_a_whole_chain_breaks_nowhere():
    nodes = tree(TOP, DRIVER, {**CALLS, "evidence": "CRM 2026: 10% nhiều hơn"}, links=[{"from": "K2", "to": "K1"}])
    assert {n.breaks for n in nodes.values()} == {""}
    assert nodes["K1"].to == ("G1",) and nodes["K2"].to == ("K1",)


@pytest.mark.parametrize(
    ("change", "links", "breaks"),
    [
        ({}, [], "nowhere"),
        ({"contributes": "Chốt nhiều hơn thì doanh thu tăng"}, [], "no_arrow"),
        ({"parent": ["K1", "K77"]}, [], "lost"),
        ({}, [{"from": "K2", "to": "K1"}], ""),
    ],
)
def test_where_a_driver_breaks(change, links, breaks):
    assert tree(TOP, {**DRIVER, **change}, links=links)["K2"].breaks == breaks


def test_an_activity_without_evidence_is_unproven_though_it_leads_on():
    assert tree(TOP, DRIVER, CALLS, links=[{"from": "K2", "to": "K1"}])["K3"].breaks == "unproven"


def test_a_goal_says_what_it_lacks():
    assert tree(DRIVER)["G1"].breaks == "no_outcome"
    assert tree(TOP)["G1"].breaks == "no_driver"


@pytest.mark.parametrize("name", cases())
def test_a_habit_design_breaks_and_a_sound_one_lets_every_kpi_lead_somewhere(name):
    from kpikit.files import load

    habit = cause_tree(case(name).design("habit"), case(name))
    assert sum(n.breaks in ("nowhere", "no_arrow") for n in habit if n.column != "goal") * 2 > len(habit) / 2
    design = case(name).design("sound") if name == "distributor" else load(KEYS / f"{name}-sound.yaml")
    assert {n.breaks for n in cause_tree(design, case(name))} <= {"", "no_arrow"}


def test_every_break_is_said_and_shown(lang):
    made = kpikit.figure("tree", case="distributor", design="habit")
    shown = "\n".join(text.get_text() for text, _ in words(made.figure))
    assert shown.count({"vi": "không dẫn tới đâu", "en": "leads nowhere"}[lang]) == 10  # as many as fit
    assert (made.table.iloc[:, -1] == {"vi": "không dẫn tới đâu", "en": "leads nowhere"}[lang]).sum() == 13


def test_every_break_has_its_words():
    from kpikit.pictures import tree

    assert set(BREAKS) <= set(tree._WORDS)


# ---------------------------------------------------------------- told apart without colour


def grey(colour):
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_lights_differ_in_shape_and_word_too(lang):
    assert len({shape for _, shape in card.LOOKS.values()}) == len(card.LOOKS)
    said = {card._WORDS[light][lang] for light in ("green", "amber", "red")}
    assert len(said) == 3


def test_weights_of_different_kinds_differ_in_print():
    looks = list(weight.LOOKS.values())
    for n, (colour, hatch) in enumerate(looks):
        for other, line in looks[n + 1 :]:
            assert hatch != line or abs(grey(colour) - grey(other)) > 0.15


# ---------------------------------------------------------------- asking


def test_a_figure_is_a_picture_that_shows_itself():
    made = kpikit.figure("plan")
    assert isinstance(made, canvas.Picture)
    assert made._repr_html_().startswith("<style>")


@pytest.mark.parametrize(
    ("ask", "there"),
    [
        ({"name": "pie"}, "plan"),
        ({"name": "plan", "metric": "profitt"}, "mt_revenue"),
        ({"name": "plan", "case": "bakery"}, "factory"),
        ({"name": "plan", "month": "May"}, "2026-04"),
        ({"name": "plan", "colour": "red"}, "metric"),
        ({"name": "scorecard", "scorecard": "Phòng Mơ"}, "Phòng KAM"),
        ({"name": "tree", "goal": "G9"}, "G1"),
        ({"name": "bottleneck", "case": "factory", "metric": "profit"}, "metric="),
        ({"name": "bottleneck", "split": "moon"}, "channel"),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(ask, there):
    use("en")
    with pytest.raises(Trouble, match=there):
        kpikit.figure(**ask)
    use("vi")


def test_a_design_may_be_a_mapping_a_path_or_a_name(tmp_path):
    design = case("distributor").design("habit")
    kpikit.save(design, tmp_path / "mine.yaml")
    said = {
        kpikit.figure("tree", design=d).sentence
        for d in (design, design.as_document(), tmp_path / "mine.yaml", str(tmp_path / "mine.yaml"))
    }
    said.add(kpikit.figure("tree", case="distributor", design="habit").sentence)
    assert len(said) == 1


def test_a_design_without_a_case_can_be_drawn_but_not_measured():
    assert kpikit.figure(
        "weights", design={"kpis": [{"name": "Doanh thu", "level": "company", "weight": 100}]}
    ).sentence
    with pytest.raises(Trouble, match="case="):
        kpikit.figure("scorecard", design={"kpis": [{"name": "Doanh thu"}]})


def test_every_figure_names_a_maker_that_is_there():
    from importlib import import_module

    for module, maker in gallery.FIGURES.values():
        assert callable(getattr(import_module(f"kpikit.{module}"), maker))


def test_an_unknown_case_is_the_cases_own_error():
    with pytest.raises(UnknownCase):
        kpikit.figure("plan", case="bakery")


def test_the_goals_metric_is_the_first_primary_goals():
    assert {name: plan.goal_metric(case(name)) for name in cases()}["cafe_chain"] == "net_cash"


# ---------------------------------------------------------------- the page


def test_labels_are_moved_apart_in_order_and_no_further():
    assert canvas.apart([5.0, 1.0, 1.2], 1.0) == [5.0, 0.6, 1.6]
    moved = canvas.apart([0.0, 0.0, 0.0, 10.0], 2.0)
    assert moved == [-2.0, 0.0, 2.0, 10.0]


def test_a_line_that_is_too_long_ends_in_an_ellipsis():
    made = canvas.fit("một hai ba bốn năm sáu bảy tám chín mười " * 5, 300, lines=2)
    assert made.count("\n") == 1 and made.endswith("…")
    assert all(canvas.width(line) <= 300 for line in made.split("\n"))
