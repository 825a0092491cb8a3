"""Every rule that fits is shown, but for one whose conditions are all among another's."""

from itertools import product
from pathlib import Path

from etiquette_kit import load_bank
from etiquette_kit.content.house_rules import House, HouseHead, HouseRule
from etiquette_kit.content.material import Situation
from etiquette_kit.present.house_notes import general_note, note_on
from etiquette_kit.rules.facts import EVENTS, NETWORKS, RELATIONS
from house_examples import GENERAL, house_of
from hypothesis import given
from hypothesis import strategies as st

HEAD = HouseHead("A house")
conditions = st.tuples(*(st.sampled_from([None, *values]) for values in (RELATIONS, NETWORKS, EVENTS)))
situations = st.builds(
    lambda relation, network, event: Situation("s", relation, event, network=network),
    *(st.sampled_from(values) for values in (RELATIONS, NETWORKS, EVENTS)),
)


def rules_of(*given: tuple[str | None, ...]) -> House:
    return House(HEAD, tuple(HouseRule(*entry, texts={"en": str(entry)}) for entry in given))


def applying(house: House, relation: str, network: str, event: str) -> list[tuple[str | None, str | None, str | None]]:
    found = house.applying([Situation("s", relation, event, network=network)])
    return [(rule.relation, rule.network, rule.event) for rule in found]


def test_a_rule_with_all_conditions_of_another_and_more_takes_its_place():
    house = rules_of(("client", None, None), ("client", "private", None), ("client", "private", "message"))
    assert applying(house, "client", "private", "message") == [("client", "private", "message")]
    assert applying(house, "client", "private", "audience") == [("client", "private", None)]
    assert applying(house, "client", "professional", "message") == [("client", None, None)]
    assert applying(house, "boss", "private", "message") == []


def test_rules_of_which_none_has_all_conditions_of_the_other_are_both_shown_in_the_order_of_the_file():
    house = rules_of((None, None, "message"), ("client", None, None), (None, "private", None))
    assert applying(house, "client", "private", "message") == [(None, None, "message"), ("client", None, None), (None, "private", None)]


@given(entries=st.lists(conditions.filter(any), unique=True), situation=situations)
def test_what_is_shown_fits_and_what_fits_is_shown_or_replaced(entries: list[tuple[str | None, ...]], situation: Situation):
    house = rules_of(*entries)
    values = (situation.relation, situation.network, situation.event)
    fitting = [entry for entry in entries if all(own in (None, value) for own, value in zip(entry, values, strict=True))]
    shown = applying(house, *values)
    assert shown == [entry for entry in fitting if entry in shown]
    for entry in fitting:
        finer = [other for other in fitting if other != entry and all(own in (None, more) for own, more in zip(entry, other, strict=True))]
        assert (entry in shown) == (not finer)


def test_no_more_than_three_rules_ever_stand_beside_an_answer():
    house = rules_of(*(entry for entry in product([None, *RELATIONS], [None, *NETWORKS], [None, *EVENTS]) if any(entry)))
    fewer = rules_of(
        *((r, n, e) for r, n, e in product([None, *RELATIONS], [None, *NETWORKS], [None, *EVENTS]) if sum(map(bool, (r, n, e))) == 1)
    )
    for relation, network, event in product(RELATIONS, NETWORKS, EVENTS):
        assert applying(house, relation, network, event) == [(relation, network, event)]
        assert len(applying(fewer, relation, network, event)) == 3


def test_the_network_of_a_message_is_that_of_its_platform():
    messages = [scenario for scenario in load_bank() if scenario.facts.event == "message"]
    house = rules_of((None, "private", None), (None, "professional", None))
    for scenario in messages:
        assert [rule.network for rule in house.applying(scenario.situations)] == [scenario.place.network]


def test_a_rule_for_two_situations_of_one_exercise_is_shown_once():
    house = rules_of(("client", None, None), ("boss", None, None))
    several = [Situation(relation, relation, "message", network="private") for relation in ("boss", "client", "client")]
    assert [rule.relation for rule in house.applying(several)] == ["client", "boss"]


def test_a_text_that_is_not_there_in_the_language_of_the_page_is_shown_in_its_own(tmp_path: Path):
    house = house_of(tmp_path)
    note = general_note(house, "en")
    assert note is not None
    assert note.title == "Your organisation’s rule: Stadtwerke Musterstadt"
    assert [(said.text, said.lang) for said in note.texts] == [(GENERAL, "de")]
    german = general_note(house, "de")
    assert german is not None
    assert german.title == "Regel Ihres Hauses: Stadtwerke Musterstadt"


def test_several_rules_are_titled_in_the_plural(tmp_path: Path):
    house = house_of(tmp_path)
    scenario = next(
        entry for entry in load_bank() if (entry.facts.relation, entry.facts.event, entry.place.network) == ("client", "message", "private")
    )
    note = note_on(house, scenario, "en")
    assert note is not None
    assert note.title.startswith("Your organisation’s rules: ")
    assert [(said.text, said.lang) for said in note.texts] == [
        ("We are formal with clients everywhere.", "en"),
        ("Private Profile bleiben privat.", "de"),
    ]


def test_without_rules_nothing_is_shown():
    scenario = next(iter(load_bank()))
    assert general_note(None, "de") is None
    assert note_on(None, scenario, "de") is None
    assert general_note(House(HEAD), "de") is None
    assert note_on(House(HEAD), scenario, "de") is None
