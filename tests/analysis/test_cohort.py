import json
from typing import Any

import pandas as pd
import pytest
from etiquette_kit import load_bank
from etiquette_kit.analysis import cohort_report
from etiquette_kit.analysis.cohort_report import CohortReport
from etiquette_kit.analysis.reports.cohort import MIN_PERSONS
from etiquette_kit.analysis.synthetic import synthetic_cohort
from etiquette_kit.locale import LanguageError, languages
from etiquette_kit.privacy.thresholds import MIN_GROUP_FLOOR

BANK = load_bank()
FIRST, SECOND = list(BANK)[:2]


def credit(scenario: str, option: str) -> float:
    return (BANK.key(scenario)[option] - 1) / 3


def ranked(scenario: str) -> list[str]:
    """The options, best first."""
    key = BANK.key(scenario)
    return sorted(key, key=lambda option: -key[option])


def rows(*answers: tuple[int, int, str, str, int], **more: Any) -> pd.DataFrame:
    """Answers as (person, session, scenario, option, minute)."""
    begin = pd.Timestamp("2026-03-02T09:00Z")
    return pd.DataFrame(
        [
            {
                "participant": person,
                "session": session,
                "scenario": scenario,
                "option": option,
                "credit": credit(scenario, option),
                "at": begin + pd.Timedelta(minutes=minute),
                **more,
            }
            for person, session, scenario, option, minute in answers
        ]
    )


def area(report: CohortReport, name: str) -> Any:
    (found,) = [entry for entry in (*report.by_relation, *report.by_theme) if entry.name == name]
    return found


def test_areas_are_means_of_first_answers():
    best, worst = ranked(FIRST.id)[0], ranked(FIRST.id)[-1]
    answers = [(person, 1, FIRST.id, best if person < 9 else worst, 0) for person in range(12)]
    later = [(person, 2, FIRST.id, best, 50) for person in range(12)]
    report = cohort_report(rows(*later, *answers), BANK)
    for name in (FIRST.facts.relation, FIRST.theme):
        found = area(report, name)
        assert found.credit == pytest.approx((9 * credit(FIRST.id, best) + 3 * credit(FIRST.id, worst)) / 12)
        assert found.persons == 12
    assert (report.persons, report.answers) == (12, 12)
    assert {entry.name for entry in report.by_relation} == {FIRST.facts.relation}  # nobody was asked about the others


def test_in_an_area_each_persons_mean_counts_once():
    theme = [scenario for scenario in BANK if scenario.theme == FIRST.theme][:4]
    answers = [(person, 1, FIRST.id, ranked(FIRST.id)[-1], 0) for person in range(6)]
    answers += [(0, 1, scenario.id, ranked(scenario.id)[0], 1) for scenario in theme if scenario is not FIRST]
    low = credit(FIRST.id, ranked(FIRST.id)[-1])
    own = (low + sum(credit(scenario.id, ranked(scenario.id)[0]) for scenario in theme if scenario is not FIRST)) / len(theme)
    assert area(cohort_report(rows(*answers), BANK), FIRST.theme).credit == pytest.approx((own + 5 * low) / 6)


def test_before_is_the_first_session_and_after_the_last():
    best, worst = ranked(FIRST.id)[0], ranked(FIRST.id)[-1]
    answers = []
    for person in range(MIN_PERSONS):
        answers += [(person, 1, FIRST.id, worst, 0), (person, 1, FIRST.id, best, 1)]  # the second one in a session does not count
        answers += [(person, 2, FIRST.id, worst, 20), (person, 3, FIRST.id, best if person else worst, 30)]
        answers.append((person, 1, SECOND.id, ranked(SECOND.id)[0], 5))  # once only: neither before nor after
    everybody, *by_relation = cohort_report(rows(*answers), BANK).gains
    low, high = credit(FIRST.id, worst), credit(FIRST.id, best)
    after = (low + (MIN_PERSONS - 1) * high) / MIN_PERSONS
    assert (everybody.before, everybody.after) == pytest.approx((low, after))
    assert everybody.gain == pytest.approx((after - low) / (1 - low))
    assert (everybody.persons, everybody.pairs) == (MIN_PERSONS, MIN_PERSONS)
    assert [(gain.name, gain.pairs) for gain in by_relation] == [(FIRST.facts.relation, MIN_PERSONS)]


def test_each_person_counts_once_however_many_scenarios_she_repeated():
    best, worst = ranked(FIRST.id)[0], ranked(FIRST.id)[-1]
    answers = [(person, session, FIRST.id, worst, session) for person in range(MIN_PERSONS) for session in (1, 2)]
    answers += [(0, session, SECOND.id, ranked(SECOND.id)[0], session) for session in (1, 2)]
    found = cohort_report(rows(*answers), BANK).gains[0]
    low = credit(FIRST.id, worst)
    own = (low + credit(SECOND.id, ranked(SECOND.id)[0])) / 2
    assert found.before == pytest.approx((own + (MIN_PERSONS - 1) * low) / MIN_PERSONS)
    assert (found.persons, found.pairs) == (MIN_PERSONS, MIN_PERSONS + 1)
    assert best != worst


def test_division_is_the_probability_that_two_persons_differ():
    first, second, *_ = ranked(FIRST.id)
    answers = [(person, 1, FIRST.id, first if person < 7 else second, 0) for person in range(12)]
    answers += [(person, 1, SECOND.id, ranked(SECOND.id)[0], 0) for person in range(12)]
    (found,) = cohort_report(rows(*answers), BANK).divisive  # all agree on the other
    pairs = [(a, b) for a in range(12) for b in range(12) if a != b]
    assert found.disagreement == pytest.approx(sum((a < 7) != (b < 7) for a, b in pairs) / len(pairs))
    assert [(choice.option, choice.persons) for choice in found.choices][:2] == [(first, 7), (second, 5)]
    assert sum(choice.share for choice in found.choices) == pytest.approx(1)
    assert len(found.choices) == len(FIRST.options)


def test_to_discuss_is_what_went_wrong_lowest_first():
    def share_of_wrong(scenario: str, wrong: int) -> list[tuple[int, int, str, str, int]]:
        order = ranked(scenario)
        assert credit(scenario, order[-1]) < 0.5
        return [(person, 1, scenario, order[-1] if person < wrong else order[0], 0) for person in range(12)]

    report = cohort_report(rows(*share_of_wrong(FIRST.id, 4), *share_of_wrong(SECOND.id, 9)), BANK, "en")
    assert [entry.scenario for entry in report.to_discuss] == [SECOND.id, FIRST.id]
    assert report.to_discuss[0].title == SECOND.text("en").title
    assert report.to_discuss[0].question.endswith("?")
    assert cohort_report(rows(*share_of_wrong(FIRST.id, 3)), BANK).to_discuss == ()


def test_versions_of_a_scenario_are_told_apart():
    order = ranked(FIRST.id)
    old = rows(*[(person, 1, FIRST.id, order[0], 0) for person in range(10)], content="old")
    new = rows(*[(person, 2, FIRST.id, order[person % 2], 20) for person in range(10)], content="new")
    report = cohort_report(pd.concat([old, new]), BANK)
    assert [(entry.content, entry.persons) for entry in report.divisive] == [("new", 10)]
    assert report.gains[0].persons == 0  # nobody answered the same version twice
    assert report.answers == 20


def test_what_the_bank_does_not_have_is_counted_and_left_out():
    answers = rows(*[(person, 1, FIRST.id, ranked(FIRST.id)[0], 0) for person in range(10)])
    stranger = answers.iloc[:3].assign(scenario="gone")
    removed = answers.iloc[:2].assign(scenario=SECOND.id, option="removed")
    report = cohort_report(pd.concat([answers, stranger, removed]), BANK)
    assert (report.unknown, report.answers) == (5, 10)
    assert "5" in str(report).splitlines()[1]


@pytest.mark.parametrize(("lang", "too_few"), [("de", "zu wenige, um etwas zu sagen"), ("en", "too few to tell")])
def test_a_small_group_is_told_that_it_is_too_small(lang: str, too_few: str):
    report = cohort_report(synthetic_cohort(BANK, MIN_GROUP_FLOOR - 1), BANK, lang)
    told = str(report)
    assert {entry.credit for entry in (*report.by_relation, *report.by_theme)} == {None}
    assert (report.gains[0].gain, report.divisive, report.to_discuss) == (None, (), ())
    assert told.count(too_few) == len(report.by_relation) + len(report.by_theme) + len(report.gains)
    assert "%" not in told


def test_from_five_people_on_areas_are_described_and_from_ten_on_anything_is_compared():
    report = cohort_report(synthetic_cohort(BANK, MIN_PERSONS - 1), BANK)
    assert {entry.credit is None: entry.persons >= MIN_GROUP_FLOOR for entry in report.by_theme} == {False: True}
    assert (report.gains[0].gain, report.divisive, report.to_discuss) == (None, (), ())
    more = cohort_report(synthetic_cohort(BANK, MIN_PERSONS, length=60), BANK)
    assert more.gains[0].gain is not None
    assert more.divisive


@pytest.mark.parametrize("lang", languages())
def test_an_empty_group_and_a_large_one_are_told_in_words(lang: str):
    nothing = cohort_report(synthetic_cohort(BANK, 1).iloc[:0], BANK, lang)
    assert (nothing.persons, nothing.answers, nothing.by_relation) == (0, 0, ())
    large = str(cohort_report(synthetic_cohort(BANK, 60), BANK, lang))
    for told in (str(nothing), large):
        assert "{" not in told
        assert "None" not in told
        assert "nan" not in told.split()
    assert len(large) > 2 * len(str(nothing))


def test_the_report_is_plain_values_and_tables():
    report = cohort_report(synthetic_cohort(BANK, 40), BANK, "en")
    plain = json.loads(json.dumps(report.as_dict()))
    assert plain["persons"] == 40
    assert plain["gains"][0]["gain"] == report.gains[0].gain
    assert report.table("by_relation").columns.tolist() == ["area", "fit", "people"]
    for name in ("by_relation", "by_theme", "gains", "divisive", "to_discuss"):
        assert len(report.table(name)) == len(plain[name])
    with pytest.raises(ValueError, match="no table 'gain'; there are: by_relation"):
        report.table("gain")


def test_entries_can_be_withheld():
    answers = synthetic_cohort(BANK, 40)
    whole = cohort_report(answers, BANK)
    enough = cohort_report(answers, BANK, publishable=lambda entry: entry.persons >= 15)
    assert enough.by_theme == whole.keep(lambda entry: entry.persons >= 15).by_theme
    assert enough.withheld > 0
    assert min(entry.persons for entry in (*enough.by_theme, *enough.divisive, *enough.to_discuss)) >= 15
    assert str(enough.withheld) in str(enough).splitlines()[-1]
    assert whole.withheld == 0


def test_lists_are_made_of_what_is_not_withheld():
    answers = synthetic_cohort(BANK, 60)
    first, *others = cohort_report(answers, BANK).divisive
    without = cohort_report(answers, BANK, publishable=lambda entry: entry != first)
    assert without.divisive[:-1] == tuple(others)
    assert len(without.divisive) == len(others) + 1


def test_what_the_data_hold_beyond_what_is_needed_is_passed_over():
    answers = synthetic_cohort(BANK, 20)
    needed = answers[["participant", "session", "scenario", "option", "credit", "at", "content"]]
    shuffled = answers.sample(frac=1, random_state=1).assign(more=1)
    assert cohort_report(needed, BANK) == cohort_report(shuffled, BANK)


def test_bad_answers_are_refused():
    answers = synthetic_cohort(BANK, 3)
    with pytest.raises(ValueError, match="the answers have no column 'session'; needed are: participant, session"):
        cohort_report(answers.drop(columns="session"), BANK)
    with pytest.raises(ValueError, match=r"row 4: .*1\.5.* is not a credit from 0 to 1"):
        cohort_report(answers.assign(credit=answers["credit"].where(answers.index != 4, 1.5)), BANK)
    with pytest.raises(LanguageError):
        cohort_report(answers, BANK, "xx")
