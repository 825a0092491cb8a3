from typing import Any

import msgspec
import pytest
from etiquette_kit.rules import Facts, FactsError, all_cells, decide, facts_problems
from etiquette_kit.rules.facts import asked_facts
from hypothesis import given
from hypothesis import strategies as st

REQUESTS = {
    ("friend_request", relation, *rest)
    for relation in ("client", "colleague", "boss")
    for rest in (
        ("private", True, None, True),
        ("private", True, None, False),
        ("private", False, None, None),
        ("professional", True, None, None),
        ("professional", False, None, None),
    )
}
MESSAGES = {("message", relation, None, None, personal, None) for relation in ("client", "colleague", "boss") for personal in (True, False)}
AUDIENCE = {("audience", relation, None, None, None, None) for relation in ("client", "colleague", "boss")}
SENSIBLE = REQUESTS | MESSAGES | AUDIENCE

words = st.sampled_from(
    ["friend_request", "message", "audience", "client", "colleague", "boss", "private", "professional", "yes", "True", ""]
)
anything = st.one_of(words, st.text(max_size=5), st.booleans(), st.none(), st.sampled_from([0, 1, 1.0, [], {}, ["client"]]))
events = st.one_of(st.sampled_from(["friend_request", "message", "audience"]), anything)
relations = st.one_of(st.sampled_from(["client", "colleague", "boss"]), anything)
networks = st.one_of(st.sampled_from(["private", "professional", None]), anything)
truths = st.one_of(st.sampled_from([True, False, None]), anything)


def _typed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    # 1 == True: the type has to count as well.
    return tuple((type(value), value) for value in values)


TYPED = [_typed(cell) for cell in SENSIBLE]


@given(events, relations, networks, truths, truths, truths)
def test_facts_are_one_of_the_24_cells_or_refused(event: Any, relation: Any, network: Any, wanted: Any, personal: Any, sensitive: Any):
    given_facts = (event, relation, network, wanted, personal, sensitive)
    if _typed(given_facts) in TYPED:
        assert Facts(*given_facts) in set(all_cells())
    else:
        with pytest.raises(FactsError) as caught:
            Facts(*given_facts)
        assert caught.value.problems


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(["event", "relation", "network", "wanted", "personal", "sensitive", "gossip"]), st.text(max_size=8)),
        anything,
    )
)
def test_facts_from_a_mapping_are_one_of_the_24_cells_or_refused(given_facts: dict[str, Any]):
    try:
        facts = Facts.from_mapping(given_facts)
    except FactsError as error:
        assert error.problems  # noqa: PT017  both outcomes are allowed
    else:
        assert facts in set(all_cells())


def test_a_fact_that_does_not_exist_may_be_none_as_any_other_that_is_not_given():
    assert Facts.from_mapping({"event": "audience", "relation": "boss", "gossip": None}) == Facts("audience", "boss")


def test_the_fact_space_has_15_requests_6_messages_and_3_audiences():
    cells = {(cell.event, cell.relation, cell.network, cell.wanted, cell.personal, cell.sensitive) for cell in all_cells()}
    assert cells == SENSIBLE
    assert (len(REQUESTS), len(MESSAGES), len(AUDIENCE)) == (15, 6, 3)
    assert len(list(all_cells())) == 24


WANTED = {"event": "friend_request", "relation": "boss", "network": "private", "wanted": True}


@pytest.mark.parametrize(
    ("given_facts", "expected"),
    [
        (WANTED, [("missing_fact", "sensitive")]),
        ({**WANTED, "sensitive": True}, []),
        ({**WANTED, "sensitive": "yess"}, [("unknown_value", "sensitive")]),
        ({**WANTED, "wanted": False, "sensitive": True}, [("fact_not_asked", "sensitive")]),
        ({**WANTED, "network": "professional", "sensitive": False}, [("fact_not_asked", "sensitive")]),
        ({"event": "audience", "relation": "boss", "sensitive": True}, [("fact_not_asked", "sensitive")]),
        ({"event": "message", "relation": "boss", "personal": True, "sensitive": True}, [("fact_not_asked", "sensitive")]),
        # What it depends on is missing or wrong: then it is neither missing nor too much.
        ({**WANTED, "wanted": None}, [("missing_fact", "wanted")]),
        ({**WANTED, "wanted": "yes", "sensitive": True}, [("unknown_value", "wanted")]),
        ({**WANTED, "network": None, "sensitive": True}, [("missing_fact", "network")]),
        ({**WANTED, "wanted": False, "network": None, "sensitive": True}, [("missing_fact", "network"), ("fact_not_asked", "sensitive")]),
    ],
)
def test_whether_there_is_something_to_hide_is_asked_for_a_wanted_request_on_a_private_network(
    given_facts: dict[str, Any], expected: list[tuple[str, str]]
):
    problems = list(facts_problems(given_facts))
    assert [(problem.kind, problem.fact) for problem in problems] == expected
    if expected:
        with pytest.raises(FactsError):
            Facts.from_mapping(given_facts)


def test_what_is_wrong_with_sensitive_is_told_with_what_is_allowed_and_the_nearest():
    (problem,) = facts_problems({**WANTED, "sensitive": "yess"})
    assert (problem.allowed, problem.nearest) == (("yes", "no"), "yes")
    (problem,) = facts_problems({**WANTED, "wanted": False, "sensitive": True})
    assert problem.allowed == ("event", "relation", "network", "wanted")
    (problem,) = facts_problems({**WANTED, "sensitve": True, "sensitive": True})
    assert (problem.kind, problem.nearest) == ("unknown_fact", "sensitive")


def test_facts_of_an_old_record_can_be_read_and_are_refused_when_decided():
    old = msgspec.convert(WANTED, Facts)
    assert dict(old.items()) == WANTED
    with pytest.raises(FactsError, match="the fact 'sensitive' is missing"):
        decide(old)
    with pytest.raises(FactsError):
        old.check()
    with pytest.raises(msgspec.ValidationError, match="'bos'"):
        msgspec.convert({**WANTED, "relation": "bos"}, Facts)


def test_an_unknown_value_is_refused_with_what_is_allowed_and_the_nearest():
    with pytest.raises(FactsError, match=r"allowed: client, colleague, boss. Did you mean 'client'") as caught:
        Facts(event="audience", relation="clinet")
    (problem,) = caught.value.problems
    assert (problem.kind, problem.fact, problem.nearest) == ("unknown_value", "relation", "client")
    assert isinstance(caught.value, ValueError)


def test_all_problems_are_told_at_once():
    with pytest.raises(FactsError) as caught:
        Facts.from_mapping({"event": "message", "relation": "bos", "wanted": True, "persnal": True})
    assert {(problem.kind, problem.fact) for problem in caught.value.problems} == {
        ("unknown_value", "relation"),
        ("unknown_fact", "persnal"),
        ("missing_fact", "personal"),
        ("fact_not_asked", "wanted"),
    }
    for problem in caught.value.problems:
        assert str(problem) in str(caught.value)


def test_an_unknown_event_leaves_the_other_facts_unjudged():
    problems = list(facts_problems({"event": "gossip", "relation": "boss", "network": "private"}))
    assert [(problem.kind, problem.fact) for problem in problems] == [("unknown_value", "event")]


@pytest.mark.parametrize("event", ["gossip", None, 1, [], ["message"]])
def test_of_an_event_that_does_not_exist_only_who_it_is_is_asked(event: object):
    assert asked_facts({"event": event, "network": "private"}) == ("event", "relation")


def test_each_problem_has_the_value_that_was_given():
    given_facts = {"event": "audience", "relation": "bos", "personal": True, "gossip": 7}
    found = {problem.kind: problem.value for problem in facts_problems(given_facts)}
    assert found == {"unknown_value": "bos", "fact_not_asked": True, "unknown_fact": 7}
    assert [problem.value for problem in facts_problems({"event": "audience"})] == [None]


def test_an_unknown_fact_names_the_nearest():
    (problem,) = facts_problems({"event": "audience", "relation": "boss", "relatoin": "boss"})
    assert (problem.kind, problem.nearest) == ("unknown_fact", "relation")
    assert "Did you mean 'relation'?" in str(problem)


@pytest.mark.parametrize("wanted", ["yes", "true", 1, 0])
def test_what_only_looks_like_a_truth_value_is_refused(wanted: Any):
    with pytest.raises(FactsError, match="allowed: yes, no"):
        Facts(event="friend_request", relation="client", network="private", wanted=wanted)


def test_facts_are_values_with_a_readable_text():
    facts = Facts(event="friend_request", relation="client", network="private", wanted=False)
    assert str(facts) == "event = friend_request, relation = client, network = private, wanted = no"
    assert dict(facts.items()) == {"event": "friend_request", "relation": "client", "network": "private", "wanted": False}
    assert len({facts, Facts(event="friend_request", relation="client", network="private", wanted=False)}) == 1


@pytest.mark.parametrize(
    ("given_facts", "told"),
    [
        ({"event": "audience"}, "the fact 'relation' is missing; give one of: client, colleague, boss."),
        (
            {"event": "audience", "relation": "bos"},
            "relation = 'bos' is not known; allowed: client, colleague, boss. Did you mean 'boss'?",
        ),
        ({"event": "audience", "relation": "?"}, "relation = '?' is not known; allowed: client, colleague, boss."),
        ({"event": "audience", "relation": True}, "relation = 'yes' is not known; allowed: client, colleague, boss."),
        ({"event": "audience", "relation": False}, "relation = 'no' is not known; allowed: client, colleague, boss."),
        (
            {"event": "audience", "relation": "boss", "personal": True},
            "'personal' makes no sense here and must be left out; the facts of this event are: event, relation.",
        ),
        (
            {"event": "audience", "relation": "boss", "?": True},
            "there is no fact '?'; the facts are: event, relation, network, wanted, sensitive, personal.",
        ),
        (
            {"event": "audience", "persnal": True},
            (
                "there is no fact 'persnal'; the facts are: event, relation, network, wanted, sensitive, personal. "
                "Did you mean 'personal'? "
                "the fact 'relation' is missing; give one of: client, colleague, boss."
            ),
        ),
    ],
)
def test_what_is_wrong_is_told_in_words(given_facts: dict[str, Any], told: str):
    with pytest.raises(FactsError) as caught:
        Facts.from_mapping(given_facts)
    assert str(caught.value) == told
