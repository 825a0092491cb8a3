from typing import Any

import pytest
from etiquette_kit import Advisor, Facts, decide
from etiquette_kit.locale import LanguageError, catalog
from etiquette_kit.rules import all_cells
from hypothesis import given, settings
from hypothesis import strategies as st

BEGIN = Facts(event="friend_request", relation="client", network="private", wanted=False)


def choose(advisor: Advisor, number: int, fact: object, value: object) -> None:
    Advisor._take(advisor, advisor, {"do": "choose", "fact": fact, "value": value, "n": f"x-{number}"}, [])


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("facts", list(all_cells()), ids=str)
def test_the_page_tells_what_the_table_decides(facts: Facts, lang: str):
    advisor = Advisor(lang, facts)
    advice = decide(facts)
    words = catalog(lang)
    assert advisor.facts == facts
    assert advisor.advice == advice
    page = advisor.page
    assert page["kind"] == "advisor"
    assert advice.rule in page["answer"]
    assert [(fact["fact"], fact["value"]) for fact in page["facts"]] == [
        (name, str(value).lower() if isinstance(value, bool) else value) for name, value in facts.items()
    ]
    told = [(action["name"], action["grade"], action["tag"], action["passages"]) for action in page["actions"]]
    assert told == [
        (words(f"actions.{action}"), advice.grades.get(action), advice.tag(action, lang), advice.passages[action])
        for action in advice.basis
    ]
    assert all(action["reason"] and action["verdict"] for action in page["actions"])
    assert all(bool(action["source"]) == bool(action["tag"]) == (action["grade"] is not None) for action in page["actions"])
    assert set(page["passages"]) == {passage for passages in advice.passages.values() for passage in passages}


def test_it_begins_with_a_client_who_is_not_wanted_on_a_private_network():
    assert Advisor().facts == BEGIN
    assert Advisor("en").page["title"] == "What does the article advise?"


def test_facts_are_picked_one_at_a_time_and_kept_over_another_event():
    advisor = Advisor("de", Facts(event="friend_request", relation="boss", network="professional", wanted=True))
    choose(advisor, 1, "event", "message")
    assert advisor.facts == Facts(event="message", relation="boss", personal=True)
    choose(advisor, 2, "personal", "false")
    choose(advisor, 3, "event", "audience")
    assert advisor.facts == Facts(event="audience", relation="boss")
    choose(advisor, 4, "event", "friend_request")
    assert advisor.facts == Facts(event="friend_request", relation="boss", network="professional", wanted=True)
    choose(advisor, 5, "wanted", "false")
    assert advisor.advice.rule == "R11"
    assert advisor.page["answer"] == catalog("de")("advisor.silent", rule="R11")


def test_whether_there_is_something_to_hide_is_asked_when_it_matters():
    advisor = Advisor("en")
    asked = [fact["question"] for fact in advisor.page["facts"]]
    assert not [question for question in asked if "should not see" in question]
    choose(advisor, 1, "wanted", "true")
    assert advisor.advice.rule == "R1"
    assert advisor.page["facts"][-1]["question"] == "Is there something on your profile that this person should not see?"
    choose(advisor, 2, "sensitive", "true")
    assert advisor.advice.rule == "R2"
    choose(advisor, 3, "network", "professional")
    assert (advisor.advice.rule, advisor.page["facts"][-1]["fact"]) == ("R10", "wanted")
    choose(advisor, 4, "network", "private")
    assert advisor.advice.rule == "R2"


anything = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=1) | st.just({})
facts = st.sampled_from(["event", "relation", "network", "wanted", "sensitive", "personal", "items"]) | anything
values = (
    st.sampled_from(["friend_request", "message", "audience", "client", "boss", "private", "professional", "true", "false", True])
    | anything
)


@settings(max_examples=60)
@given(st.lists(st.tuples(facts, values), max_size=8))
def test_whatever_is_picked_the_facts_make_sense(picked: list[tuple[Any, Any]]):
    advisor = Advisor()
    for number, (fact, value) in enumerate(picked):
        choose(advisor, number, fact, value)
        assert advisor.notice == ""
        assert advisor.facts in set(all_cells())
        assert advisor.page["kind"] == "advisor"


def test_the_language_changes_the_words_and_not_the_facts():
    advisor = Advisor("de", Facts(event="audience", relation="boss"))
    Advisor._take(advisor, advisor, {"do": "language", "lang": "en", "n": "x-1"}, [])
    assert advisor.lang == "en"
    assert advisor.facts == Facts(event="audience", relation="boss")
    assert advisor.page["actions"][0]["name"] == "separate the lists"


def test_an_unknown_language_is_refused():
    with pytest.raises(LanguageError, match="there are: de, en"):
        Advisor("fr")


def test_the_text_is_stable_and_tells_the_rule_and_every_action():
    text = repr(Advisor("de", BEGIN))
    assert text == repr(Advisor("de", BEGIN)) == Advisor("de", BEGIN)._repr_mimebundle_()[0]["text/plain"]
    assert text.startswith("R3: ")
    assert "  absagen mit kurzer Begründung: passt am besten" in text
    assert len(text.splitlines()) == 1 + len(decide(BEGIN).basis)
