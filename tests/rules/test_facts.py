from typing import Any

import pytest
from etiquette_kit.rules import Facts, FactsError, all_cells, facts_problems
from hypothesis import given
from hypothesis import strategies as st

REQUESTS = {
    ("friend_request", relation, network, wanted, None)
    for relation in ("client", "colleague", "boss")
    for network in ("private", "professional")
    for wanted in (True, False)
}
MESSAGES = {("message", relation, None, None, personal) for relation in ("client", "colleague", "boss") for personal in (True, False)}
AUDIENCE = {("audience", relation, None, None, None) for relation in ("client", "colleague", "boss")}
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


@given(events, relations, networks, truths, truths)
def test_facts_are_one_of_the_21_cells_or_refused(event: Any, relation: Any, network: Any, wanted: Any, personal: Any):
    given_facts = (event, relation, network, wanted, personal)
    if _typed(given_facts) in TYPED:
        assert Facts(*given_facts) in set(all_cells())
    else:
        with pytest.raises(FactsError) as caught:
            Facts(*given_facts)
        assert caught.value.problems


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(["event", "relation", "network", "wanted", "personal", "gossip"]), st.text(max_size=8)), anything
    )
)
def test_facts_from_a_mapping_are_one_of_the_21_cells_or_refused(given_facts: dict[str, Any]):
    try:
        facts = Facts.from_mapping(given_facts)
    except FactsError as error:
        assert error.problems  # noqa: PT017  both outcomes are allowed
    else:
        assert facts in set(all_cells())


def test_a_fact_that_does_not_exist_may_be_none_as_any_other_that_is_not_given():
    assert Facts.from_mapping({"event": "audience", "relation": "boss", "gossip": None}) == Facts("audience", "boss")


def test_the_fact_space_has_12_requests_6_messages_and_3_audiences():
    cells = {(cell.event, cell.relation, cell.network, cell.wanted, cell.personal) for cell in all_cells()}
    assert cells == SENSIBLE
    assert (len(REQUESTS), len(MESSAGES), len(AUDIENCE)) == (12, 6, 3)
    assert len(list(all_cells())) == 21


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
