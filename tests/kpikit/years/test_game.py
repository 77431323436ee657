"""The year month by month: a value, the same luck for everyone, a debrief that says what each change brought."""

import json

import pytest

from kpikit.companies import case
from kpikit.language import LANGUAGES, Trouble, use
from kpikit.years.firm import MONTHS
from kpikit.years.game import Decision, start, step
from kpikit.years.looking_back import debrief
from kpikit.years.play import Table, page


def played(game, decisions=None):
    while not game.over:
        game = step(game, (decisions or {}).get(game.month))
    return game


def test_a_step_leaves_the_game_before_it_as_it_was():
    game = step(start(seed=2))
    effort = game.state.effort.copy()
    assert step(game).boards[-1] == step(game).boards[-1]
    assert game.month == 1
    assert (game.state.effort == effort).all()


def test_a_shock_comes_and_is_told():
    for seed in range(1, 6):
        assert any(board.news for board in played(start(seed=seed)).boards)


def test_decisions_only_at_reviews():
    game = step(start(seed=2))
    with pytest.raises(Trouble, match=r"No review|Chưa đến"):
        step(game, Decision(budget=0.9))
    assert step(step(step(game))).decisions == ()


def test_after_december_there_is_no_step_and_before_no_debrief():
    game = played(start(seed=2))
    with pytest.raises(Trouble):
        step(game)
    with pytest.raises(Trouble):
        debrief(start())


@pytest.mark.parametrize(
    "wrong",
    [
        Decision(budget=2.0),
        Decision(attention=("legal",)),
        Decision(weights={"Z9": 5}),
        Decision(weights={"C1": 500}),
        Decision(targets={"P9": 5}),
    ],
)
def test_a_wrong_decision_says_what_there_is(wrong):
    game = step(step(step(start(seed=2))))
    with pytest.raises(Trouble) as error:
        step(game, wrong)
    assert set(error.value.words) == set(LANGUAGES)


def test_weight_target_budget_attention_and_update_each_take_effect():
    game = step(step(step(start(seed=2))))
    plain = step(game)
    for decision in (
        Decision(weights={"D1": 0}),
        Decision(budget=0.5),
        Decision(attention=("operations",)),
        Decision(targets={"C5": 900e9}),
    ):
        other = played(step(game, decision))
        same = played(plain)
        assert other.boards[-1] != same.boards[-1], decision
    late = played(start(case("distributor").design("sound"), seed=2, every=1), {7: Decision(aim_anew=True)})
    assert late.boards[-1] != played(start(case("distributor").design("sound"), seed=2, every=1)).boards[-1]


def test_the_debrief_compares_the_same_year():
    game = played(
        start(seed=2), {3: Decision(attention=("key_accounts",)), 6: Decision(weights={"D1": 5}, aim_anew=True)}
    )
    looked = debrief(game)
    assert set(looked.endings) == {"yours", "untouched", "sound", "habit"}
    assert looked.endings["untouched"] == looked.endings["habit"]  # the game is played with the habit design
    assert looked.endings["sound"].attainment > looked.endings["habit"].attainment
    assert [month for month, _, _ in looked.brought] == [3, 6]
    assert sum(gain for _, _, gain in looked.brought) > 0
    json.dumps(looked.as_dict())


def test_leaving_a_change_out_gives_the_game_without_it():
    change = Decision(budget=0.6)
    game = played(start(seed=4), {6: change})
    without = played(start(seed=4))
    gain = debrief(game).brought[0][2]
    assert gain == pytest.approx(
        debrief(game).endings["yours"].attainment - debrief(without).endings["yours"].attainment
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_screen_plays_a_year_by_its_button(lang):
    use(lang)
    table = Table(start(seed=2))
    for _ in range(MONTHS):
        if table.game.review_due:
            table.who["key_accounts"].value = True
            table.kpi.value, table.weight.value = "D1", "10"
        table.next()
    assert table.game.over
    assert table.button.disabled
    assert len(table.game.decisions) == 3
    assert "<script" not in page(table.game, lang)


def test_the_screen_says_a_mistake_and_loses_nothing():
    use("en")
    table = Table(start(seed=2, every=1))
    table.next()
    table.kpi.value, table.weight.value = "D1", "many"
    table.next()
    assert "number" in table.trouble.value
    assert table.game.month == 1
