"""A passage is shown in our words, with its place and its strength; whose advice it is stands in the table."""

import pytest
from etiquette_kit.locale import catalog, languages
from etiquette_kit.rules import article_table
from etiquette_kit.rules.passages import CitedPassage, attributed, cited, cited_passages

PASSAGES = {passage.id: passage for passage in article_table().passages}


@pytest.mark.parametrize("lang", languages())
def test_each_passage_is_told_once_with_its_words_place_and_strength(lang: str):
    words = catalog(lang)
    told = cited(["S7", "S0", "S7"], lang)
    assert list(told) == ["S7", "S0"]
    assert told == {name: [words(f"passages.{name}"), PASSAGES[name].place, words(f"strengths.{PASSAGES[name].strength}")] for name in told}


@pytest.mark.parametrize("lang", languages())
def test_a_page_has_the_place_of_a_passage_in_words_beside_its_strength(lang: str):
    words = catalog(lang)
    for name, passage in PASSAGES.items():
        source = f"{words(f'places.{passage.place}')} · {words(f'strengths.{passage.strength}')}"
        assert cited_passages([name], lang) == {name: CitedPassage(words(f"passages.{name}"), source)}
    assert list(cited_passages(["S3", "S1", "S3"], lang)) == ["S3", "S1"]


@pytest.mark.parametrize("lang", languages())
def test_whose_advice_it_is_stands_where_the_text_leaves_it_open(lang: str):
    words, article = catalog(lang), article_table().article
    told = attributed(words, "end.source")
    assert told == words("end.source", coach=article.coach, title=article.title, agency=article.agency)
    assert all(named in told for named in (article.coach, article.title, article.agency))
