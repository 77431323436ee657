"""Every view, at every pick: its texts are large and stay in the frame, both languages say the same numbers."""

import random
from itertools import combinations

import matplotlib.font_manager as fonts
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from kpikit import exploring
from kpikit.language import LANGUAGES, Trouble, use
from kpikit.picks import Choice, Several, Slider
from kpikit.pictures.canvas import as_html


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


def values(pick):
    """What can be picked: every option, the ends and the middle of a slider, none, one, two and all of several."""
    if isinstance(pick, Choice):
        return list(pick.options)
    if isinstance(pick, Slider):
        there = pick.values()
        return [there[0], there[len(there) // 2], there[-1]]
    options = list(pick.options)
    return [[], *([o] for o in options[:6]), *map(list, list(combinations(options, 2))[:4]), options]


def every_pick():
    """Each pick through its values, the others at their start; then some of everything at once, drawn by seed."""
    for name in exploring.names():
        view, chance = exploring.find(name), random.Random(name)
        yield name, {}
        for pick in view.picks:
            for value in values(view.picks[pick]):
                yield name, {pick: value}
        for _ in range(4):
            yield name, {pick: chance.choice(values(view.picks[pick])) for pick in view.picks}


@pytest.mark.parametrize(
    ("name", "picks", "code"), [(name, picks, list(LANGUAGES)[n % 2]) for n, (name, picks) in enumerate(every_pick())]
)
def test_every_text_is_large_enough_and_stays_in_the_frame(name, picks, code):
    """The picks in turn in one language and the other; each view's own tests draw more of it."""
    use(code)
    made = exploring.picture(name, **picks)
    figure, canvas = made.figure, FigureCanvasAgg(made.figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    assert width <= 1280
    assert height <= 720
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
    assert figure._suptitle is None
    assert not any(axes.get_legend() for axes in figure.axes), "lines are labelled where they are"


@pytest.mark.parametrize("name", exploring.names())
def test_the_two_languages_say_the_same_numbers_and_the_picture_has_its_words(name):
    from autograder.build import figures_in

    for picks in [picks for view, picks in every_pick() if view == name][::3][:5]:
        said = {}
        for code in LANGUAGES:
            use(code)
            made = exploring.picture(name, **picks)
            said[code] = figures_in(made.sentence)
            page = as_html(made)
            assert "<details>" in page
            assert page.count("<th>") >= len(made.table)
            assert 20 < len(made.sentence) <= 320, made.sentence
        assert said["vi"] == said["en"], picks
    use("vi")


@pytest.mark.parametrize("name", exploring.names())
def test_some_pick_changes_what_is_found(name):
    use("vi")
    found = {exploring.picture(name, **picks).sentence for view, picks in every_pick() if view == name}
    assert len(found) >= 3


def test_the_font_has_every_vietnamese_letter():
    letters = (
        "ĂăÂâĐđÊêÔôƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ→↓−"
    )
    font = fonts.get_font(fonts.findfont("DejaVu Sans"))
    assert not [letter for letter in letters if ord(letter) not in font.get_charmap()]


# ---------------------------------------------------------------- exploring


def test_without_a_notebook_it_prints_the_sentence_and_gives_the_figure(lang, capsys):
    figure = exploring.explore("chain", team="Đội 2")
    assert figure is not None
    assert capsys.readouterr().out.strip() == exploring.picture("chain", team="Đội 2").sentence


@pytest.mark.parametrize(
    ("name", "picks", "there"),
    [
        ("nowhere", {}, "chain, .*removal"),
        ("__init__", {}, "chain, .*removal"),
        ("chain", {"team": "Đội 3"}, "Đội 1, Đội 2"),
        ("chain", {"channel": "MT"}, "team, year, link"),
        ("removal", {"without": ["revenue"]}, "mt_revenue"),
        ("removal", {"without": "visits"}, "mt_revenue"),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(name, picks, there):
    use("en")
    with pytest.raises(Trouble, match=there):
        exploring.explore(name, **picks)
    use("vi")


@pytest.fixture
def shown(monkeypatch):
    boxes = []
    monkeypatch.setattr(exploring, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", boxes.append)
    use("vi")
    return boxes


def test_the_controls_answer_at_once(shown):
    assert exploring.explore("removal") is None
    controls, out = shown[0].children
    before = out.value
    for toggle in controls.children[0].children[-2:]:
        toggle.value = True
    assert before != out.value
    assert exploring.picture("removal", without=["mt_revenue", "sku_coverage"]).sentence in out.value


@pytest.mark.parametrize("name", exploring.names())
def test_every_view_can_be_shown_with_all_its_controls(shown, lang, name):
    assert exploring.explore(name) is None
    controls, out = shown[-1].children
    assert len(controls.children) == len(exploring.find(name).picks)
    assert exploring.picture(name).sentence[:30].split("“")[0] in out.value


def test_sliders_ticks_and_buttons_read_as_they_stand(shown):
    def told(channel, lines, money):
        made = exploring.picture("removal")
        return type(made)(made.figure, f"{channel} {lines} {money:g}", made.table)

    words = {"vi": "A", "en": "A"}
    view = exploring.View(
        told,
        picks={
            "channel": Choice(words, {"mt": words, "gt": {"vi": "B", "en": "B"}}, "gt"),
            "lines": Several(words, {"1.1": words, "1.2": {"vi": "B", "en": "B"}}, ("1.2",), as_list=True),
            "money": Slider(words, 0, 30e9, 1e9, 12e9, "VND"),
        },
    )
    exploring._show(view, view.start())
    controls, out = shown[0].children
    assert "gt ['1.2'] 1.2e+10" in out.value.replace("&#x27;", "'")
    slider = controls.children[2].children[1]
    assert slider.label == "12 tỷ"
    slider.value = 30e9
    controls.children[1].children[1].value = True
    assert "gt ['1.1', '1.2'] 3e+10" in out.value.replace("&#x27;", "'")
