"""What docs/claims.md says in numbers is so."""

from collections import Counter

from doc_pages import read, section, table
from etiquette_kit import Quiz
from etiquette_kit.rules import all_cells, article_table, decide

PAGE = read("docs/claims.md")


def test_the_bases_are_counted_as_in_the_table():
    advice = {decide(cell).rule: decide(cell) for cell in all_cells()}
    counted = Counter(basis for one in advice.values() for basis in one.basis.values())
    told = {basis: int(count) for basis, _, count in table(section(PAGE, "## Grades, and where they come from"))}
    assert told == counted
    assert 0.6 < told["implied"] / (told["implied"] + told["stated"]) < 0.7


def test_passages_rules_and_situations_are_as_many_as_it_says():
    article = article_table()
    assert (len(article.passages), len(article.rules), len(list(all_cells()))) == (10, 17, 24)
    assert "ten passages (S0 to S9) and a decision table of seventeen rules over 24 kinds of situation" in PAGE


def test_the_article_is_silent_where_it_says():
    silent = {
        (action, cell.relation if cell.event == "audience" or action == "ignore" else None, decide(cell).rule)
        for cell in all_cells()
        for action, basis in decide(cell).basis.items()
        if basis == "silent" and decide(cell).grades
    }
    assert silent == {
        *(("ignore", "colleague", f"R{number}") for number in (4, 5, 6)),
        *(("ignore", "boss", f"R{number}") for number in (7, 8, 9)),
        ("unfriend", "boss", "R15"),
        ("unfriend", "colleague", "R16"),
        ("unfriend", "client", "R17"),
    }
    assert {decide(cell).rule for cell in all_cells() if not decide(cell).grades} == {"R11", "R14"}
    assert len(section(PAGE, "## Where the article is silent").split("\n- ")) - 1 == 4


def test_the_result_is_the_mean_of_what_was_answered_and_skipped_ones_do_not_count():
    quiz = Quiz(seed=7, length=3)
    first = quiz.answer(quiz.question.options[0])
    quiz.next()
    quiz.next()  # skipped
    last = quiz.answer(quiz.question.options[1])
    assert quiz.summary()["credit"] == (first.credit + last.credit) / 2
    assert quiz.summary()["answered"] == 2
