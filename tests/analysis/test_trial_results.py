import math
from collections.abc import Sequence

import pytest
from etiquette_kit.analysis.trial.answer_files import counted_answers
from etiquette_kit.analysis.trial.mending import falls_short, mendings
from etiquette_kit.analysis.trial.results import SituationResult, TrialResult, trial_results
from etiquette_kit.content.trial import TrialAnswer
from trial_examples import BANK, IDS, SCENARIOS, answer, answers, skipped

BOSS, COLLEAGUE = SCENARIOS[1], SCENARIOS[2]  # not wanted; wanted with something to hide
KEY = BOSS.key()
NEAR = {name: grade + (1 if grade < 4 else -1) for name, grade in KEY.items()}
FAR = {name: 5 - grade for name, grade in KEY.items()}


def results(*readers: Sequence[TrialAnswer], lang: str = "en") -> list[TrialResult]:
    given = [(f"{number}", answers(number, lang, given=each)) for number, each in enumerate(readers, start=1)]
    return trial_results(counted_answers(given, BANK).readers, BANK)


def situation(*given: TrialAnswer) -> SituationResult:
    (found,) = results(*([each] for each in given))
    (only,) = found.situations
    return only


def kinds(*given: TrialAnswer) -> list[str]:
    return [f"{each.kind} {each.option.id}" if each.option else each.kind for each in mendings(situation(*given))]


def test_readers_who_do_as_the_key_does_agree_in_everything():
    found = results(*([answer(each) for each in SCENARIOS] for _ in range(6)))[0]
    assert (found.readers, found.agreement.same, found.agreement.near) == (6, 1, 1)
    assert found.kappa.kappa == found.icc.icc == found.alpha == 1
    assert found.validity == {"clear": 1, "realistic": 1}
    assert [each.scenario.id for each in found.situations] == [scenario.id for scenario in BANK if scenario.id in IDS]
    assert [list(mendings(each)) for each in found.situations] == [[], [], []]


def test_the_shares_are_counted_over_all_ratings():
    found = results([answer(BOSS)], [answer(BOSS, grades=NEAR)], [answer(BOSS, grades=FAR)], [skipped(BOSS)])[0]
    far = [abs(5 - 2 * grade) for grade in KEY.values()]
    assert found.agreement.count == 3 * len(KEY)
    assert found.agreement.same == pytest.approx(1 / 3)
    assert found.agreement.near == pytest.approx((2 * len(KEY) + far.count(1)) / (3 * len(KEY)))
    assert (found.readers, found.situations[0].read, found.situations[0].skipped) == (3, 3, 1)


def test_each_language_is_counted_by_itself():
    mixed = [("a", answers(1, "en")), ("b", answers(2, "de")), ("c", answers(3, "de"))]
    found = trial_results(counted_answers(mixed, BANK).readers, BANK)
    assert [(each.lang, each.readers) for each in found] == [("de", 2), ("en", 1)]


def test_understanding_counts_what_is_asked_for_alone():
    given = situation(answer(BOSS), answer(BOSS, understood={"wanted": "unsure", "relation": "boss"}))
    assert (given.understood["wanted"].right, given.understood["wanted"].total, given.understood["wanted"].wrong) == (1, 2, {"unsure": 1})
    assert given.understood["event"].total == 1, "the second reader left it out"
    assert "sensitive" not in given.understood, "on what is not wanted, no answer is wrong"
    assert "sensitive" in situation(answer(COLLEAGUE)).understood


def test_icc_takes_what_all_have_rated_and_alpha_all():
    partly = [answer(BOSS, grades=FAR), skipped(COLLEAGUE)]
    found = results([answer(BOSS), answer(COLLEAGUE)], [answer(BOSS, grades=NEAR), answer(COLLEAGUE)], partly)[0]
    assert (found.icc.targets, found.icc.raters) == (len(KEY), 3)
    without = results([answer(BOSS), answer(COLLEAGUE)], [answer(BOSS, grades=NEAR), answer(COLLEAGUE)])[0]
    assert without.icc.targets == len(KEY) + len(COLLEAGUE.key())
    assert not math.isnan(found.alpha)


def test_one_reader_and_none_give_no_agreement():
    found = results([answer(BOSS)])[0]
    assert math.isnan(found.icc.icc)
    assert math.isnan(found.alpha)
    assert trial_results([], BANK) == []
    (nothing,) = results([skipped(BOSS)])
    assert nothing.readers == nothing.agreement.count == 0


def test_a_remark_cannot_be_traced_by_its_place():
    given = [answer(BOSS, remark=text) for text in (" zebra", "ape ", "", "  ")]
    assert situation(*given).remarks == situation(*given[::-1]).remarks == ("ape", "zebra")


def test_the_index_is_the_share_of_the_two_best_words():
    scale = situation(*(answer(BOSS, clear=rating) for rating in (4, 3, 2)), answer(BOSS, clear=None)).scales["clear"]
    assert (scale.agree, scale.total, scale.reaches) == (2, 3, False)
    assert scale.index == pytest.approx(2 / 3)


def test_guesses_are_compared_with_chance():
    best = next(name for name, grade in KEY.items() if grade == 4)
    worst = next(name for name, grade in KEY.items() if grade == 1)
    found = situation(answer(BOSS, guess=best), answer(BOSS, guess=worst), answer(BOSS)).guesses
    assert found is not None
    assert (found.right, found.total) == (1, 2)
    assert found.by_chance == pytest.approx(2 * list(KEY.values()).count(4) / len(KEY))
    assert situation(answer(BOSS)).guesses is None


def test_one_wrong_or_unsure_answer_of_five_is_worth_a_look_and_one_of_six_is_not():
    wrong = answer(BOSS, understood={"relation": "client", "platform": "unsure"})
    assert kinds(wrong, *[answer(BOSS)] * 4) == ["relation", "platform"]
    assert kinds(wrong, *[answer(BOSS)] * 5) == []
    assert kinds(wrong, wrong, *[answer(BOSS)] * 5) == ["relation", "platform"]


@pytest.mark.parametrize(("agree", "total", "short"), [(0, 0, False), (1, 2, True), (2, 2, False), (5, 6, False), (6, 9, True)])
def test_what_falls_short(agree: int, total: int, short: bool):  # noqa: FBT001
    assert falls_short(agree, total) is short


def test_an_option_that_is_rated_otherwise_or_differently_is_named():
    first = next(iter(KEY))
    away = answer(BOSS, grades={**KEY, first: KEY[first] - 2})
    assert kinds(away) == [f"option {first}"]
    assert kinds(away, answer(BOSS), answer(BOSS)) == [f"divided {first}"]
    assert kinds(away, *[answer(BOSS)] * 4) == [], "one of five"
    below, above = (answer(BOSS, grades={**KEY, "a": grade}) for grade in (2, 4))
    assert KEY["a"] == 3
    assert kinds(below, below, above, above, *[answer(BOSS)] * 2) == []
    assert kinds(below, below, below, above, above, above, answer(BOSS)) == ["divided a"]


def test_texts_that_are_unclear_or_give_the_key_away_are_named():
    best = next(name for name, grade in KEY.items() if grade == 4)
    assert kinds(*[answer(BOSS, clear=2, realistic=1, guess=best)] * 3) == ["clear", "realistic", "guess"]
