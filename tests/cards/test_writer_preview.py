"""Looking at a situation and playing it, in the author's page."""

from pathlib import Path

from etiquette_kit.locale import catalog
from writing import Writing

WORDS = catalog("de")


def test_the_preview_shows_before_and_after_in_each_language(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.do("preview", open=True)
    assert page.page["preview"]["question"]["title"] == "Eine Anfrage"
    assert page.page["feedback"]["chosen"] == "a"
    page.do("preview", open=True, lang="en", narrow=True, option="b")
    assert (page.page["preview"]["question"]["title"], page.page["preview"]["narrow"]) == ("A request", True)
    assert (page.page["feedback"]["chosen"], page.page["feedback"]["grade"]) == ("b", 4)
    page.edit(text__en__title="")
    assert page.page["preview"]["question"]["title"] == "…"
    assert page.page["feedback"] == {}
    assert page.page["preview"]["missing"] == WORDS("writer.preview_missing")
    page.do("preview", open=False)
    assert page.page["preview"] is None


def test_a_situation_is_played_and_left_again(folder: Path):
    page = Writing(folder)
    page.do("open", key="one")
    page.edit(text__de__title="Ein neuer Titel")
    page.do("play", on=True)
    question = page.page
    assert (question["kind"], question["question"]["title"]) == ("question", "Ein neuer Titel")
    page.do("answer", position=0, round=question["round"], question="one", response="b")
    assert page.page["revealed"]
    assert page.page["feedback"]["grade"] == 4
    page.do("next", position=0, round=question["round"])
    assert page.page["kind"] == "end"
    page.do("language", lang="en")
    assert page.page["kind"] == "end"
    page.do("play", on=False)
    assert page.page["values"]["text.de.title"] == "Ein neuer Titel"
