"""What a report says beside its figures: what fits best, how a situation begins, and why there is no alpha."""

import re
from collections.abc import Iterator
from html import unescape

import pandas as pd
import pytest
from etiquette_kit.analysis import cronbach_alpha
from etiquette_kit.analysis.plots import option_shares
from etiquette_kit.analysis.reports.group import GroupResults, group_results
from etiquette_kit.analysis.reports.page import report_page
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.locale import catalog, languages
from etiquette_kit.store.sql.store import Store

BANK = load_bank()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    filled = Store(tmp_path_factory.mktemp("words") / "store.sqlite3")
    synthetic_store(filled, BANK, 60, "apart")
    synthetic_store(filled, list(BANK)[::3][:20], 20, "shared", seed=20)
    yield filled
    filled.close()


@pytest.fixture(params=languages())
def results(store: Store, request: pytest.FixtureRequest) -> GroupResults:
    return group_results(store, "apart", BANK, request.param)


def test_each_list_marks_the_reactions_that_fit_best(results: GroupResults):
    words = catalog(results.report.lang)
    listed = [*results.report.divisive, *results.report.to_discuss]
    assert len(listed) == 10
    told, page = str(results.report), unescape(report_page(results, BANK, "A group"))
    for situation in listed:
        key = BANK.key(situation.scenario)
        for choice in situation.choices:
            marked = words("analysis.report.best", label=choice.label)
            assert choice.is_best == (key[choice.option] == 4)
            assert (marked in told) == (marked in page) == choice.is_best
        assert any(choice.is_best for choice in situation.choices)


def test_a_plot_marks_it_as_well(results: GroupResults):
    situation = results.report.divisive[0]
    plot = option_shares(situation, results.report.lang)
    labels = [" ".join(label.get_text().split()) for label in plot.figure.axes[0].get_yticklabels()]
    assert labels == [choice.text(results.report.lang) for choice in situation.choices]
    assert all(choice.text(results.report.lang) in plot.alt for choice in situation.choices)


def test_each_situation_of_a_list_begins_as_its_stem_does(results: GroupResults):
    lang = results.report.lang
    told, page = str(results.report).splitlines(), unescape(report_page(results, BANK, "A group"))
    for situation in (*results.report.divisive, *results.report.to_discuss):
        begins = BANK[situation.scenario].opening(lang)
        assert situation.opening == begins
        assert f"    {begins}" in told
    openings = re.findall(r'<span class="opening">(.*?)</span>', page)
    assert openings == [BANK[str(item).partition("@")[0]].opening(lang) for item in results.items.index]


def test_the_page_and_the_text_say_why_there_is_no_alpha(results: GroupResults):
    line = catalog(results.report.lang)("report.no_alpha.not_same")
    assert results.reliability() == line
    assert line in unescape(report_page(results, BANK, "A group"))


@pytest.mark.parametrize("lang", languages())
def test_where_there_is_an_alpha_it_is_shown(store: Store, lang: str):
    results = group_results(store, "shared", BANK, lang)
    begins, _, ends = catalog(lang)("report.alpha").partition("{alpha}")
    assert results.reliability().startswith(begins)
    assert catalog(lang)("numbers.none") not in results.reliability().removeprefix(begins).replace("Feldt", "").split()
    assert ends


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"a": [1, 0, 1], "b": [1, 1, 0]}, ""),
        ({"a": [1, 0, 1]}, "no_items"),
        ({"a": [1, 0, 1], "b": [1, 1, 1]}, "no_items"),
        ({"a": [1, 0, None, None], "b": [None, None, 1, 0]}, "no_pairs"),
        ({"a": [1, 0, 1, 0], "b": [0, 1, 0, 1]}, "no_variance"),
    ],
)
def test_an_alpha_says_why_it_is_missing(columns: dict[str, list[float | None]], why: str):
    assert cronbach_alpha(pd.DataFrame(columns)).why_missing == why


@pytest.mark.parametrize("why", ["no_items", "no_pairs", "no_variance"])
@pytest.mark.parametrize("lang", languages())
def test_every_reason_is_told_in_words(store: Store, why: str, lang: str):
    from dataclasses import replace

    frames = {
        "no_items": {"a": [1, 0]},
        "no_pairs": {"a": [1, 0, None, None], "b": [None, None, 1, 0]},
        "no_variance": {"a": [1, 0], "b": [0, 1]},
    }
    results = group_results(store, "shared", BANK, lang)
    missing = replace(results, statistics=replace(results.statistics, alpha=cronbach_alpha(pd.DataFrame(frames[why]))))
    assert missing.reliability() == catalog(lang)(f"report.no_alpha.{why}")


def test_stored_content_is_told_as_it_was(store: Store):
    # The openings come from the store, whatever the present bank has.
    from etiquette_kit.bank import Bank

    own = group_results(store, "shared", Bank([]), "en")
    assert set(own.openings.values()) == {BANK[name.partition("@")[0]].opening("en") for name in own.openings}
