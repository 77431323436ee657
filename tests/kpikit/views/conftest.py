"""What the tests of views share: both languages, and words that are whole and lie over nothing."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from kpikit.language import LANGUAGES, use


@pytest.fixture(params=LANGUAGES)
def lang(request):
    use(request.param)
    yield request.param
    use("vi")


@pytest.fixture
def check_words():
    def check(made):
        """Nothing under 14 points, cut short, out of the frame or over another word; a sentence for who cannot see it."""
        FigureCanvasAgg(made.figure).draw()
        texts = [*made.figure.texts, *(text for axes in made.figure.axes for text in axes.texts)]
        texts += [label for axes in made.figure.axes for label in (axes.xaxis.label, axes.yaxis.label)]
        seen = [(text, text.get_window_extent()) for text in texts if text.get_text()]
        wide, high = made.figure.get_size_inches() * made.figure.dpi
        for text, box in seen:
            assert text.get_fontsize() >= 14
            assert "…" not in text.get_text()
            assert min(box.x0, box.y0, wide - box.x1, high - box.y1) >= 0, text.get_text()
        for (one, a), (other, b) in combinations(seen, 2):
            across, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            assert across < 2 or tall < 5, f"{one.get_text()!r} over {other.get_text()!r}"
        assert len(made.sentence) <= 220
        assert made.sentence.endswith(".")
        assert made.alt.endswith(made.sentence)

    return check
