"""The lessons' figures: what they compute agrees with the case, what they draw stays in its frame, in both languages."""

import matplotlib.font_manager as fonts
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from kpikit import figures, pictures
from kpikit.companies import case
from kpikit.language import LANGUAGES, Trouble, use
from kpikit.metrics import metric

HABIT = ["visits", "programmes", "new_outlets", "report_compliance"]


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def every_pick():
    for without in ([], ["visits"], HABIT, ["mt_revenue"], ["mt_revenue", "sku_coverage"], list(pictures.NUMBERS)):
        yield "removal", {"without": without}
    for team in pictures.TEAMS:
        for link in pictures.NEXT:
            for year in ("both", "2025", "2026"):
                yield "chain", {"team": team, "link": link, "year": year}


# ---------------------------------------------------------------- computing


def test_covering_the_habit_numbers_loses_nothing():
    board = pictures.removal(case("distributor"))
    assert pictures.first_warning(board) == pictures.first_warning(board.drop(index=HABIT)) == "2026-04"


def test_the_habit_numbers_alone_are_green_all_year():
    board = pictures.removal(case("distributor"))
    assert pictures.first_warning(board.loc[HABIT]) is None


def test_the_board_is_the_catalogues_own_year_to_date():
    ytd = metric(case("distributor"), "mt_revenue", by="ytd").set_index("period").loc["2026-12"]
    board = pictures.removal(case("distributor"))
    assert board.loc["mt_revenue", "2026-12"] == pytest.approx(100 * ytd["actual"] / ytd["plan"])


def test_the_target_for_reports_is_the_storys():
    assert f"| {pictures.REPORTS_TARGET}% |" in case("distributor").story("en")


@pytest.mark.parametrize("link", pictures.NEXT)
@pytest.mark.parametrize("year", ["both", "2025", "2026"])
def test_every_link_of_team_1_holds(link, year):
    cause, effect = pictures.chain_halves(pictures.chain_months(case("distributor"), "Đội 1", link, year))
    assert effect >= pictures.HOLDS * cause


@pytest.mark.parametrize("year", ["both", "2025", "2026"])
def test_only_the_first_link_of_team_2_is_broken(year):
    holds = {}
    for link in pictures.NEXT:
        cause, effect = pictures.chain_halves(pictures.chain_months(case("distributor"), "Đội 2", link, year))
        holds[link] = effect >= pictures.HOLDS * cause
    assert holds == {"calls": False, "qualified_leads": True, "orders": True}


def test_a_lead_is_laid_beside_the_orders_of_the_month_after():
    calls = case("distributor").tables["calls"].set_index(["team", "month"])
    months = pictures.chain_months(case("distributor"), "Đội 1", "qualified_leads")
    assert months.loc["2026-04", "effect"] == calls.loc[("Đội 1", "2026-05"), "orders"]
    assert "2026-12" not in months.index


def test_the_years_of_the_chain_say_what_the_story_says():
    change = {team: pictures.chain_years(case("distributor"), team)["change"].round(1) for team in pictures.TEAMS}
    assert change["Đội 1"].round().tolist() == [13, 15, 13, 13]
    assert (round(change["Đội 2"]["calls"]), change["Đội 2"]["revenue"]) == (32, -0.5)


# ---------------------------------------------------------------- drawing


@pytest.mark.parametrize(("name", "picks"), every_pick())
def test_every_text_is_large_enough_and_stays_in_the_frame(lang, name, picks):
    made = figures.picture(name, **picks)
    figure, canvas = made.figure, FigureCanvasAgg(made.figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    unseen = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible() or text in unseen:
            continue
        box = text.get_window_extent()
        assert text.get_fontsize() >= 14, text.get_text()
        assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= -1, text.get_text()


def test_the_font_has_every_vietnamese_letter():
    letters = (
        "ĂăÂâĐđÊêÔôƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ→↓−"
    )
    font = fonts.get_font(fonts.findfont("DejaVu Sans"))
    assert not [letter for letter in letters if ord(letter) not in font.get_charmap()]


@pytest.mark.parametrize(("name", "picks"), [("removal", {}), ("chain", {"team": "Đội 2"})])
def test_a_picture_as_html_has_its_words_and_its_table(lang, name, picks):
    made = figures.picture(name, **picks)
    page = figures.as_html(made)
    assert f'alt="{made.sentence}"' in page
    assert "<details>" in page
    assert page.count("<th>") >= len(made.table)


def test_the_two_languages_say_the_same_numbers():
    from autograder.build import figures_in

    for name, picks in every_pick():
        said = {}
        for code in LANGUAGES:
            use(code)
            said[code] = figures_in(figures.picture(name, **picks).sentence)
        assert said["vi"] == said["en"], picks
    use("vi")


# ---------------------------------------------------------------- exploring


def test_without_a_notebook_it_prints_the_sentence_and_gives_the_figure(lang, capsys):
    figure = figures.explore("chain", team="Đội 2")
    assert figure is not None
    assert capsys.readouterr().out.strip() == figures.picture("chain", team="Đội 2").sentence


@pytest.mark.parametrize(
    ("name", "picks", "there"),
    [
        ("pace", {}, "removal, chain"),
        ("chain", {"team": "Đội 3"}, "Đội 1, Đội 2"),
        ("chain", {"channel": "MT"}, "team, year, link"),
        ("removal", {"without": ["revenue"]}, "mt_revenue"),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(name, picks, there):
    use("en")
    with pytest.raises(Trouble, match=there):
        figures.explore(name, **picks)
    use("vi")


def test_the_controls_answer_at_once(monkeypatch):
    shown = []
    monkeypatch.setattr(figures, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", shown.append)
    use("vi")
    assert figures.explore("removal") is None
    controls, out = shown[0].children
    before = out.value
    for toggle in controls.children[0].children[-2:]:
        toggle.value = True
    assert before != out.value
    assert figures.picture("removal", without=["mt_revenue", "sku_coverage"]).sentence in out.value
